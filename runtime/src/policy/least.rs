//! The smallest policy for a set of operations.
//! This module must never guess. It asks about each documented case, and it makes patterns only on
//! request.

use alloc::vec::Vec;

use super::finding::limits;
use super::{Effect, Policy, Statement};
use crate::{Catalogue, Permission, PermissionSet, Requirement, RouteSpec};

/// The operations that a policy is wanted for, and how to make the policy.
///
/// ```
/// use permspec_runtime::policy::Wanted;
/// use permspec_runtime::Catalogue;
///
/// fn print(catalogue: &Catalogue) -> Option<()> {
///     let mut wanted = Wanted::new([catalogue.get("evs.ListEvsTagsOfTenant")?]);
///     wanted.cases = &["EVS disk"];
///     wanted.excluded = &["Backup"];
///     let least = wanted.least(catalogue);
///     for open in &least.open {
///         eprintln!("does {} need {}?", open.spec, open.requirement); // .. (Snapshot)
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
    /// Whether the policy also allows the actions that the operations depend on.
    pub dependencies: bool,
    /// The cases that apply, in the words of the documentation, such as `EVS disk`.
    pub cases: &'w [&'w str],
    /// The cases that do not apply, so that the result does not ask about them. A case that is in both
    /// lists applies.
    pub excluded: &'w [&'w str],
    /// Whether a pattern may replace several actions ([`PermissionSet::compact`]). A pattern may also
    /// mean actions that IAM knows and the documentation does not.
    pub patterns: bool,
}

/// The smallest policies, and the questions that remain open.
///
/// ```
/// use permspec_runtime::policy::LeastPrivilege;
///
/// /// Whether the policies are sufficient, according to the documentation.
/// fn is_complete(least: &LeastPrivilege) -> bool {
///     least.open.is_empty() && least.impossible.is_empty() && least.without_action.is_empty()
/// }
///
/// /// The text for the description of the role.
/// fn description(least: &LeastPrivilege) -> String {
///     format!("{} actions, from {}", least.allowed.len(), least.catalogue)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LeastPrivilege {
    /// The policies. There are several if one of them would exceed a limit, and none if the operations do
    /// not need any action.
    pub policies: Vec<Policy>,
    /// The actions that the policies allow.
    pub allowed: PermissionSet,
    /// The actions that are needed only in cases about which nothing was said.
    pub open: Vec<Open>,
    /// The operations whose page does not name an action. They may not need one, or they may need an
    /// undocumented one.
    pub without_action: Vec<&'static RouteSpec>,
    /// The operations on which a policy that is attached in an enterprise project does not take effect.
    pub iam_project_only: Vec<&'static RouteSpec>,
    /// The operations on which a policy takes effect only if it is attached in an enterprise project.
    pub enterprise_project_only: Vec<&'static RouteSpec>,
    /// The operations on which a custom policy does not take effect, wherever it is attached.
    pub without_effect: Vec<&'static RouteSpec>,
    /// The actions that are too long for any policy.
    pub impossible: PermissionSet,
    /// The version of the catalogue. A policy does not contain it, because IAM rejects unknown keys. Keep
    /// it with the policy, for example in the description of the role.
    pub catalogue: &'static str,
}

/// An action that an operation needs in a case about which nothing was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Open {
    /// The operation.
    pub spec: &'static RouteSpec,
    /// The action with its case.
    pub requirement: &'static Requirement,
}

impl<'w> Wanted<'w> {
    /// Asks for a policy with the actions that these operations always need, without patterns.
    pub fn new(operations: impl IntoIterator<Item = &'static RouteSpec>) -> Wanted<'w> {
        Wanted {
            operations: operations.into_iter().collect(),
            ..Wanted::default()
        }
    }

    /// The smallest policies that allow the operations. The order of the operations does not change the
    /// result.
    pub fn least(&self, catalogue: &Catalogue) -> LeastPrivilege {
        let mut operations = self.operations.clone();
        operations.sort_by_key(|spec| (spec.service, spec.id));
        operations.dedup();

        let mut needed = PermissionSet::new();
        let mut open = Vec::new();
        for (spec, requirement) in self.requirements(&operations) {
            match self.applies(requirement) {
                Some(true) => needed.insert(requirement.permission.clone()),
                Some(false) => {}
                None => open.push(Open { spec, requirement }),
            }
        }
        needed = without_covered(&needed);
        if self.patterns {
            needed = needed.compact(&PermissionSet::of(catalogue), &[]);
        }
        let (allowed, impossible): (PermissionSet, PermissionSet) =
            needed.into_iter().partition(fits_in_a_policy);
        // Does not ask about an action that is allowed anyway.
        let patterns = patterns(&allowed);
        open.retain(|open| {
            let asked = &open.requirement.permission;
            !allowed.contains(asked) && !patterns.iter().any(|named| named.covers(asked))
        });
        LeastPrivilege {
            policies: split(&allowed),
            allowed,
            open,
            without_action: those(&operations, |spec| spec.permissions.is_empty()),
            iam_project_only: those(&operations, |spec| places(spec) == (true, false)),
            enterprise_project_only: those(&operations, |spec| places(spec) == (false, true)),
            without_effect: those(&operations, |spec| places(spec) == (false, false)),
            impossible,
            catalogue: catalogue.version(),
        }
    }

    /// The entries of `cases` and `excluded` that none of the operations has. They are probably misspelt.
    pub fn unknown_cases(&self) -> impl Iterator<Item = &'w str> {
        let cases = self.cases.iter().chain(self.excluded).copied();
        cases.filter(|case| {
            let mut requirements = self.requirements(&self.operations);
            !requirements.any(|(_, requirement)| requirement.when == Some(*case))
        })
    }

    /// What the operations need, and what they depend on if that is wanted.
    fn requirements<'o>(
        &self,
        operations: &'o [&'static RouteSpec],
    ) -> impl Iterator<Item = (&'static RouteSpec, &'static Requirement)> + use<'o> {
        let with_dependencies = self.dependencies;
        operations.iter().flat_map(move |&spec| {
            let dependencies = spec.dependencies.iter().filter(move |_| with_dependencies);
            let needed = spec.permissions.iter().chain(dependencies);
            needed.map(move |requirement| (spec, requirement))
        })
    }

    /// Whether an action is needed. `None` in a case about which nothing was said.
    fn applies(&self, requirement: &Requirement) -> Option<bool> {
        match requirement.when {
            None => Some(true),
            Some(case) if self.cases.contains(&case) => Some(true),
            Some(case) if self.excluded.contains(&case) => Some(false),
            Some(_) => None,
        }
    }
}

/// The operations for which `holds` is true.
fn those(
    specs: &[&'static RouteSpec],
    holds: impl Fn(&RouteSpec) -> bool,
) -> Vec<&'static RouteSpec> {
    specs.iter().copied().filter(|spec| holds(spec)).collect()
}

/// Whether a policy may take effect if it is attached in an IAM project, and if it is attached in an
/// enterprise project. It is `false` only if the documentation says so.
fn places(spec: &RouteSpec) -> (bool, bool) {
    let may = |stated: Option<bool>| stated != Some(false);
    (
        may(spec.scope.iam_project),
        may(spec.scope.enterprise_project),
    )
}

fn fits_in_a_policy(action: &Permission) -> bool {
    action.as_str().chars().count() <= limits::ACTION_CHARACTERS
}

/// The set without the entries that another entry also means. Some operations need a pattern itself, and
/// others need an action that it matches. If two entries mean the same, the first one stays.
fn without_covered(set: &PermissionSet) -> PermissionSet {
    // Only patterns mean another action, and there are few patterns.
    let patterns = patterns(set);
    let is_covered = |action: &&Permission| {
        patterns.iter().any(|&other| {
            other != *action && other.covers(action) && (other < *action || !action.covers(other))
        })
    };
    set.iter()
        .filter(|action| !is_covered(action))
        .cloned()
        .collect()
}

fn patterns(set: &PermissionSet) -> Vec<&Permission> {
    set.iter().filter(|action| action.is_pattern()).collect()
}

/// Policies that allow the actions. Each of them is within the limits, also when it is written over
/// several lines. A policy is filled before the next one begins.
fn split(actions: &PermissionSet) -> Vec<Policy> {
    let all: Vec<&Permission> = actions.iter().collect();
    let mut policies = Vec::new();
    let mut rest = &all[..];
    while !rest.is_empty() {
        let most = rest.len().min(limits::STATEMENTS * limits::ACTIONS);
        let counts: Vec<usize> = (1..=most).collect();
        // One more action never makes a policy shorter, so a binary search finds the largest count that
        // fits.
        let fitting = counts.partition_point(|count| fits(&policy(&rest[..*count])));
        // One action alone always fits.
        let (filling, left) = rest.split_at(fitting.max(1));
        policies.push(policy(filling));
        rest = left;
    }
    policies
}

/// A policy that allows these actions, with as few statements as the limit allows.
fn policy(actions: &[&Permission]) -> Policy {
    let statements = actions
        .chunks(limits::ACTIONS)
        .map(|chunk| Statement::new(Effect::Allow, chunk.iter().copied().cloned()));
    Policy::from(statements.collect::<Vec<_>>())
}

fn fits(policy: &Policy) -> bool {
    policy.statements().len() <= limits::STATEMENTS
        && policy.to_json_pretty().chars().count() <= limits::CHARACTERS
}

#[cfg(test)]
mod tests;
