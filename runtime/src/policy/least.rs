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
    /// Whether to allow the actions that they depend on, too.
    pub dependencies: bool,
    /// The cases that apply, as the documentation words them: `EVS disk`.
    pub cases: &'w [&'w str],
    /// The cases that do not apply, so that they need not be asked about. One that is in both lists
    /// applies.
    pub excluded: &'w [&'w str],
    /// Whether patterns may stand for several actions ([`PermissionSet::compact`]). They may mean
    /// actions that IAM knows and the documentation does not.
    pub patterns: bool,
}

/// The smallest policies, and what they leave open.
///
/// ```
/// use permspec_runtime::policy::LeastPrivilege;
///
/// /// Whether the policies are all that is needed, as far as the documentation goes.
/// fn is_complete(least: &LeastPrivilege) -> bool {
///     least.open.is_empty() && least.impossible.is_empty() && least.without_action.is_empty()
/// }
///
/// /// What to write into the role's description.
/// fn description(least: &LeastPrivilege) -> String {
///     format!("{} actions, from {}", least.allowed.len(), least.catalogue)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LeastPrivilege {
    /// The policies: one, or several where a limit would be exceeded, or none where no action is
    /// needed.
    pub policies: Vec<Policy>,
    /// The actions that they allow.
    pub allowed: PermissionSet,
    /// Actions that are needed in cases of which nobody said whether they apply.
    pub open: Vec<Open>,
    /// The operations whose page names no action: they may need none, or one that is not documented.
    pub without_action: Vec<&'static RouteSpec>,
    /// The operations on which a policy has no effect that is attached in an enterprise project.
    pub iam_project_only: Vec<&'static RouteSpec>,
    /// The operations on which a policy has an effect only where it is attached in an enterprise
    /// project.
    pub enterprise_project_only: Vec<&'static RouteSpec>,
    /// The operations on which no custom policy has an effect, wherever it is attached.
    pub without_effect: Vec<&'static RouteSpec>,
    /// Actions that no policy can hold, because they are too long.
    pub impossible: PermissionSet,
    /// The version of the catalogue. It is no part of a policy, because IAM rejects unknown keys; keep
    /// it with the policy, for example in the description of the role.
    pub catalogue: &'static str,
}

/// An action that an operation needs in a case of which nobody said whether it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
        // What is allowed anyway need not be asked about.
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

    /// Those of `cases` and `excluded` that none of the operations names: misspelt, most likely.
    pub fn unknown_cases(&self) -> impl Iterator<Item = &'w str> {
        let cases = self.cases.iter().chain(self.excluded).copied();
        cases.filter(|case| {
            let mut requirements = self.requirements(&self.operations);
            !requirements.any(|(_, requirement)| requirement.when == Some(*case))
        })
    }

    /// What the operations need, and where it is wanted what they depend on.
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

    /// Whether an action is needed; `None` in a case that nobody spoke of.
    fn applies(&self, requirement: &Requirement) -> Option<bool> {
        match requirement.when {
            None => Some(true),
            Some(case) if self.cases.contains(&case) => Some(true),
            Some(case) if self.excluded.contains(&case) => Some(false),
            Some(_) => None,
        }
    }
}

/// The operations of which something holds.
fn those(
    specs: &[&'static RouteSpec],
    holds: impl Fn(&RouteSpec) -> bool,
) -> Vec<&'static RouteSpec> {
    specs.iter().copied().filter(|spec| holds(spec)).collect()
}

/// Whether a policy may have an effect where it is attached in an IAM project, and where in an
/// enterprise project: not, where the documentation says so.
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

/// The set without what another of it means too: some operations need a pattern as such, and others
/// an action of it. Of two that mean the same, the first stays.
fn without_covered(set: &PermissionSet) -> PermissionSet {
    // Besides itself, only patterns mean an action, and there are few of them.
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

/// Policies that allow the actions, each within the limits, also when it is written for people.
/// One is filled before the next is begun.
fn split(actions: &PermissionSet) -> Vec<Policy> {
    let actions: Vec<&Permission> = actions.iter().collect();
    let mut policies = Vec::new();
    let mut rest = &actions[..];
    while !rest.is_empty() {
        let most = rest.len().min(limits::STATEMENTS * limits::ACTIONS);
        let counts: Vec<usize> = (1..=most).collect();
        // One action more never makes a policy shorter, so the last count that fits can be searched.
        let fitting = counts.partition_point(|count| fits(&policy(&rest[..*count])));
        // One action alone always fits.
        let (filling, left) = rest.split_at(fitting.max(1));
        policies.push(policy(filling));
        rest = left;
    }
    policies
}

/// A policy that allows these actions, in as few statements as the limit takes.
fn policy(actions: &[&Permission]) -> Policy {
    let statements = actions.chunks(limits::ACTIONS).map(|actions| {
        let actions = actions.iter().copied().cloned();
        Statement::new(Effect::Allow, actions)
    });
    Policy::from(statements.collect::<Vec<_>>())
}

fn fits(policy: &Policy) -> bool {
    policy.statements().len() <= limits::STATEMENTS
        && policy.to_json_pretty().chars().count() <= limits::CHARACTERS
}

#[cfg(test)]
mod tests;
