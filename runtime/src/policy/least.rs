//! The smallest policy for some operations.
//! This module must never guess: a case that the documentation names is asked for, and no pattern is
//! made unless it was asked for.

use alloc::vec::Vec;

use super::finding::limits;
use super::{Effect, Policy, Statement};
use crate::{Catalogue, Permission, PermissionSet, Requirement, RouteSpec};

/// What a policy is wanted for.
///
/// ```
/// use permspec_runtime::policy::Wanted;
/// use permspec_runtime::Catalogue;
///
/// fn print(catalogue: &Catalogue) -> Option<()> {
///     let mut wanted = Wanted::new([catalogue.get("ims.AddImageMember")?]);
///     wanted.dependencies = true;
///     let least = wanted.least(catalogue);
///     for open in &least.open {
///         eprintln!("{} also needs {}, if that is the case", open.spec, open.requirement);
///     }
///     for policy in &least.policies {
///         println!("{}", policy.to_json_pretty());
///     }
///     eprintln!("made from {}", least.catalogue);
///     Some(())
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Wanted<'w> {
    /// The operations, in any order.
    pub operations: Vec<&'static RouteSpec>,
    /// Whether to allow the actions that they depend on, too.
    pub dependencies: bool,
    /// The cases that apply, as the documentation words them: `EVS disk`.
    pub cases: &'w [&'w str],
    /// Whether patterns may stand for several actions ([`PermissionSet::compact`]). They may mean
    /// actions that IAM knows and the documentation does not.
    pub patterns: bool,
}

/// The smallest policies, and what they leave open.
#[derive(Clone, Debug)]
pub struct LeastPrivilege {
    /// The policies: one, or several where a limit would be exceeded, or none where no action is
    /// needed.
    pub policies: Vec<Policy>,
    /// The actions that they allow.
    pub allowed: PermissionSet,
    /// Actions that are needed in cases that were not chosen.
    pub open: Vec<Open>,
    /// The operations whose page names no action.
    pub without_action: Vec<&'static RouteSpec>,
    /// The operations on which a policy has no effect that is attached in an enterprise project.
    pub iam_project_only: Vec<&'static RouteSpec>,
    /// Actions that no policy can hold, because they are too long.
    pub impossible: Vec<Permission>,
    /// The version of the catalogue. It is no part of a policy, because IAM rejects unknown keys; keep
    /// it with the policy, for example in the description of the role.
    pub catalogue: &'static str,
}

/// An action that an operation needs in a case that was not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The operation.
    pub spec: &'static RouteSpec,
    /// The action with its case.
    pub requirement: &'static Requirement,
}

impl<'w> Wanted<'w> {
    /// A policy for these operations: what they always need, in full.
    pub fn new(operations: impl IntoIterator<Item = &'static RouteSpec>) -> Wanted<'w> {
        Wanted {
            operations: operations.into_iter().collect(),
            ..Wanted::default()
        }
    }

    /// The smallest policies that allow the operations. The same operations give the same policies, in
    /// whatever order they come.
    pub fn least(&self, catalogue: &Catalogue) -> LeastPrivilege {
        let mut operations = self.operations.clone();
        operations.sort_by_key(|spec| (spec.service, spec.id));
        operations.dedup();
        let mut allowed = PermissionSet::new();
        let mut open = Vec::new();
        for spec in &operations {
            let dependencies = if self.dependencies {
                spec.dependencies
            } else {
                &[]
            };
            for requirement in spec.permissions.iter().chain(dependencies) {
                match requirement.when {
                    Some(case) if !self.cases.contains(&case) => {
                        open.push(Open { spec, requirement });
                    }
                    _ => allowed.insert(requirement.permission.clone()),
                }
            }
        }
        open.retain(|open| !allowed.contains(&open.requirement.permission));
        let mut allowed = without_covered(&allowed);
        if self.patterns {
            allowed = allowed.compact(&PermissionSet::of(catalogue), &[]);
        }
        let too_long =
            |action: &&Permission| action.as_str().chars().count() > limits::ACTION_CHARACTERS;
        let impossible: Vec<Permission> = allowed.iter().filter(too_long).cloned().collect();
        LeastPrivilege {
            policies: split(allowed.iter().filter(|action| !too_long(action))),
            allowed,
            open,
            without_action: operations
                .iter()
                .copied()
                .filter(|spec| spec.permissions.is_empty())
                .collect(),
            iam_project_only: operations
                .iter()
                .copied()
                .filter(|spec| spec.scope.enterprise_project == Some(false))
                .collect(),
            impossible,
            catalogue: catalogue.version(),
        }
    }
}

/// The set without the actions that a pattern in it means, which some operations need as such.
fn without_covered(set: &PermissionSet) -> PermissionSet {
    let covered = |action: &&Permission| {
        set.iter()
            .any(|other| other != *action && other.covers(action))
    };
    set.iter()
        .filter(|action| !covered(action))
        .cloned()
        .collect()
}

/// Policies that allow the actions, each within the limits, also when it is written for people.
fn split<'a>(actions: impl Iterator<Item = &'a Permission>) -> Vec<Policy> {
    let mut policies: Vec<Vec<Vec<Permission>>> = Vec::new();
    for action in actions {
        let last = policies.last().cloned().unwrap_or_default();
        let grown = with(last, action);
        if policies.is_empty() || !fits(&policy(&grown)) {
            policies.push(with(Vec::new(), action));
        } else if let Some(last) = policies.last_mut() {
            *last = grown;
        }
    }
    policies
        .iter()
        .map(|statements| policy(statements))
        .collect()
}

fn with(mut statements: Vec<Vec<Permission>>, action: &Permission) -> Vec<Vec<Permission>> {
    match statements.last_mut() {
        Some(last) if last.len() < limits::ACTIONS => last.push(action.clone()),
        _ => statements.push(alloc::vec![action.clone()]),
    }
    statements
}

fn policy(statements: &[Vec<Permission>]) -> Policy {
    let statements = statements
        .iter()
        .cloned()
        .map(|actions| Statement::new(Effect::Allow, actions));
    Policy::from(statements.collect::<Vec<_>>())
}

fn fits(policy: &Policy) -> bool {
    policy.statements().len() <= limits::STATEMENTS
        && policy.to_json_pretty().chars().count() <= limits::CHARACTERS
}
