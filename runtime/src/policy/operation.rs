//! Whether policies allow an operation, with all the actions that its call needs.
//! This module must never choose one of the cases that a page names.

use core::fmt;

use super::{Decision, Policies};
use crate::{Requirement, RouteSpec};

/// Whether an operation may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Every action that the operation needs is allowed, in every case that the documentation names.
    Yes,
    /// The policies alone do not decide. The decision depends on a condition or a list of resources, on
    /// whether a policy takes effect where it is attached, or on the case of the call. It is also the
    /// result if the page does not name an action. Such an operation may not need one, such as a query of
    /// API versions, or it may need an undocumented one.
    Depends,
    /// An action that the operation always needs is not allowed.
    No,
}

/// What policies say about each action that an operation needs.
///
/// ```
/// use permspec_runtime::policy::{Answer, Explanation};
///
/// /// The decision of a gateway, with a line in its log.
/// fn pass(explanation: &Explanation<'_>) -> bool {
///     for needed in explanation.missing() {
///         eprintln!("{} lacks {}", explanation.spec(), needed.permission);
///     }
///     // `Depends` is not a yes.
///     explanation.answer() == Answer::Yes
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'p> {
    policies: Policies<'p>,
    spec: &'static RouteSpec,
}

impl<'p> Policies<'p> {
    /// Whether the policies allow `spec`, with the reasons.
    ///
    /// ```
    /// use permspec_runtime::policy::{Answer, Attached, Place, Policies, Policy, Statement};
    /// use permspec_runtime::{Permission, RouteSpec};
    ///
    /// fn may_share(policy: &Policy, spec: &'static RouteSpec) -> bool {
    ///     let attached = [Attached { policy, place: Place::IamProject }];
    ///     let explanation = Policies::new(&attached).explain(spec);
    ///     println!("{explanation}");
    ///     explanation.answer() == Answer::Yes
    /// }
    /// ```
    pub fn explain(&self, spec: &'static RouteSpec) -> Explanation<'p> {
        Explanation {
            policies: *self,
            spec,
        }
    }
}

impl<'p> Explanation<'p> {
    /// The operation.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// Each action that the call needs, in the documentation's order, with the decision about it.
    pub fn decisions(
        &self,
    ) -> impl Iterator<Item = (&'static Requirement, Decision<'p>)> + use<'p> {
        let Explanation { policies, spec } = *self;
        spec.permissions.iter().map(move |requirement| {
            (
                requirement,
                policies.decide(&requirement.permission, spec.scope),
            )
        })
    }

    /// The actions that are not allowed, including those that are needed only in a case.
    pub fn missing(&self) -> impl Iterator<Item = &'static Requirement> + use<'p> {
        let missing = |decision: &Decision<'_>| {
            matches!(decision, Decision::Denied(_) | Decision::NotAllowed(_))
        };
        self.decisions()
            .filter(move |(_, decision)| missing(decision))
            .map(|(requirement, _)| requirement)
    }

    /// Whether the operation may be called.
    pub fn answer(&self) -> Answer {
        if self.spec.permissions.is_empty() {
            return Answer::Depends;
        }
        let each = self
            .decisions()
            .map(|(requirement, decision)| match decision {
                Decision::Allowed(_) => Answer::Yes,
                Decision::Depends(_) => Answer::Depends,
                _ if requirement.when.is_some() => Answer::Depends,
                _ => Answer::No,
            });
        each.max().unwrap_or(Answer::Depends)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Answer::Yes => "yes",
            Answer::Depends => "depends",
            Answer::No => "no",
        })
    }
}

/// Writes the answer, then one line per action.
impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spec, self.answer())?;
        if self.spec.permissions.is_empty() {
            f.write_str("\n  the documentation does not name an action")?;
        }
        for (requirement, decision) in self.decisions() {
            write!(f, "\n  {requirement}: {decision}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{Answer, Attached, Place, Policies, Policy, Statement};
    use crate::{Permission, Requirement, RouteSpec, Scope};

    const VOLUMES: Permission = Permission::new("evs:volumeTags:list");
    const SNAPSHOTS: Permission = Permission::new("evs:snapshotTags:list");

    fn spec(permissions: &'static [Requirement]) -> RouteSpec {
        RouteSpec {
            service: "evs",
            id: "ListTagsOfResource",
            title: "Querying Tags of a Resource",
            endpoints: &[],
            permissions,
            dependencies: &[],
            scope: Scope::default(),
            doc: None,
            service_spec: None,
        }
    }

    #[test]
    fn a_denied_action_denies_the_call_only_if_every_call_needs_it() {
        const ALLOWED: &[Permission] = &[VOLUMES];
        const STATEMENTS: &[Statement] = &[Statement::allow(ALLOWED)];
        static POLICY: Policy = Policy::new(STATEMENTS);
        const fn when(permission: Permission, case: &'static str) -> Requirement {
            let when = Some(case);
            Requirement { permission, when }
        }
        const BY_CASE: &[Requirement] = &[when(VOLUMES, "disk"), when(SNAPSHOTS, "snapshot")];
        const ALWAYS: &[Requirement] =
            &[Requirement::always(VOLUMES), Requirement::always(SNAPSHOTS)];
        let attached = [Attached {
            policy: &POLICY,
            place: Place::IamProject,
        }];
        let policies = Policies::new(&attached);
        for (permissions, answer) in [
            (&ALWAYS[..1], Answer::Yes),
            (ALWAYS, Answer::No),
            (BY_CASE, Answer::Depends),
            (&[], Answer::Depends),
        ] {
            let spec: &'static RouteSpec =
                std::boxed::Box::leak(std::boxed::Box::new(spec(permissions)));
            assert_eq!(policies.explain(spec).answer(), answer, "{permissions:?}");
        }
    }
}
