//! Whether policies allow an action: an explicit Deny, then an explicit Allow, then an implicit Deny.
//! This module must never answer yes where a condition could say no.

use core::fmt;

use super::{Effect, Policy, Statement};
use crate::{Permission, Scope};

/// Where a policy is attached to a user group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In IAM, for a project.
    IamProject,
    /// In Enterprise Management, for an enterprise project.
    EnterpriseProject,
}

/// A policy and where it is attached.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// Where it is attached.
    pub place: Place,
}

/// All policies of a user: what decides.
///
/// ```
/// use permspec_runtime::policy::{Attached, Decision, Place, Policies, Policy, Statement};
/// use permspec_runtime::{Permission, Scope};
///
/// const READ: &[Permission] = &[Permission::new("ims:*:get*")];
/// const SECRET: &[Permission] = &[Permission::new("ims:images:getSecret")];
/// const STATEMENTS: &[Statement] = &[Statement::allow(READ), Statement::deny(SECRET)];
/// static READER: Policy = Policy::new(STATEMENTS);
///
/// let attached = [Attached { policy: &READER, place: Place::IamProject }];
/// let policies = Policies::new(&attached);
///
/// let decide = |action| policies.decide(&Permission::new(action), Scope::default());
/// assert!(matches!(decide("ims:images:get"), Decision::Allowed(_)));
/// assert!(matches!(decide("ims:images:getSecret"), Decision::Denied(_)));
/// assert!(matches!(decide("ims:images:share"), Decision::NotAllowed(None)));
/// ```
///
/// Source: IAM user guide, "Policy Syntax", "Authentication Process".
#[derive(Clone, Copy, Debug)]
pub struct Policies<'p> {
    attached: &'p [Attached<'p>],
}

/// What policies say about one action.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'p> {
    /// A statement without a condition denies it.
    Denied(Reason<'p>),
    /// A statement without a condition allows it, and none denies it.
    Allowed(Reason<'p>),
    /// A condition or a list of resources decides, which is not evaluated here: one that allows it
    /// and nothing else does, or one that denies what something else allows.
    Restricted(Reason<'p>),
    /// Nothing allows it. The reason is a statement that would, but is attached where the action
    /// takes no effect.
    NotAllowed(Option<Reason<'p>>),
}

impl<'p> Decision<'p> {
    /// Whether the action is allowed without any doubt.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Decision::Allowed(_))
    }

    /// The statement that decided; `None` where there is none.
    pub fn reason(&self) -> Option<Reason<'p>> {
        match self {
            Decision::Denied(reason) | Decision::Allowed(reason) | Decision::Restricted(reason) => {
                Some(*reason)
            }
            Decision::NotAllowed(reason) => *reason,
        }
    }
}

/// The statement behind a decision, and what in it means the action.
#[derive(Clone, Copy, Debug)]
pub struct Reason<'p> {
    /// Which of the policies, from 0.
    pub policy: usize,
    /// Which of its statements, from 0.
    pub index: usize,
    /// The statement.
    pub statement: &'p Statement,
    /// The action or pattern in it that means the action.
    pub named: &'p Permission,
    place: Place,
}

impl<'p> Policies<'p> {
    /// These policies together.
    pub const fn new(attached: &'p [Attached<'p>]) -> Policies<'p> {
        Policies { attached }
    }

    /// What they say about `action`, whose operation has this scope.
    ///
    /// A policy has no effect on an operation that the documentation marks as not supported in the
    /// kind of project in which the policy is attached. Where the documentation does not say, it has.
    pub fn decide(&self, action: &Permission, scope: Scope) -> Decision<'p> {
        let effective = || {
            self.meaning(action)
                .filter(|reason| reason.place.has_effect(scope))
        };
        let first = |effect, restricted| {
            effective().find(|reason| {
                reason.statement.effect() == effect
                    && reason.statement.is_restricted() == restricted
            })
        };
        if let Some(reason) = first(Effect::Deny, false) {
            return Decision::Denied(reason);
        }
        match (
            first(Effect::Allow, false),
            first(Effect::Deny, true),
            first(Effect::Allow, true),
        ) {
            (Some(_), Some(reason), _) | (None, _, Some(reason)) => Decision::Restricted(reason),
            (Some(reason), None, _) => Decision::Allowed(reason),
            (None, _, None) => {
                let mut without_effect = self.meaning(action);
                Decision::NotAllowed(without_effect.find(|reason| {
                    reason.statement.effect() == Effect::Allow && !reason.place.has_effect(scope)
                }))
            }
        }
    }

    /// The statements that mean `action`, in the order of policies.
    fn meaning(&self, action: &Permission) -> impl Iterator<Item = Reason<'p>> {
        self.attached
            .iter()
            .enumerate()
            .flat_map(move |(policy, attached)| {
                let statements = attached.policy.statements().iter().enumerate();
                statements.filter_map(move |(index, statement)| {
                    let named = statement.covering(action)?;
                    Some(Reason {
                        policy,
                        index,
                        statement,
                        named,
                        place: attached.place,
                    })
                })
            })
    }
}

impl Place {
    fn has_effect(self, scope: Scope) -> bool {
        let supported = match self {
            Place::IamProject => scope.iam_project,
            Place::EnterpriseProject => scope.enterprise_project,
        };
        supported != Some(false)
    }
}

/// Why, in words: "statement 2 of policy 1 denies `ims:*:*`".
impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Decision::Denied(reason) => write!(f, "{reason} denies `{}`", reason.named),
            Decision::Allowed(reason) => write!(f, "{reason} allows `{}`", reason.named),
            Decision::Restricted(reason) => {
                let verb = match reason.statement.effect() {
                    Effect::Allow => "allows",
                    Effect::Deny => "denies",
                };
                write!(
                    f,
                    "{reason} {verb} `{}` under a {}, which is not evaluated",
                    reason.named,
                    reason.restriction()
                )
            }
            Decision::NotAllowed(None) => f.write_str("no statement allows it"),
            Decision::NotAllowed(Some(reason)) => {
                let place = match reason.place {
                    Place::IamProject => "IAM project",
                    Place::EnterpriseProject => "enterprise project",
                };
                write!(
                    f,
                    "{reason} allows `{}`, but takes no effect in an {place}",
                    reason.named
                )
            }
        }
    }
}

impl Reason<'_> {
    fn restriction(&self) -> &'static str {
        match (self.statement.condition(), self.statement.resource()) {
            (Some(_), Some(_)) => "condition and a list of resources",
            (_, Some(_)) => "list of resources",
            _ => "condition",
        }
    }
}

/// Counted from 1, as people do.
impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "statement {} of policy {}",
            self.index + 1,
            self.policy + 1
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGES: &[Permission] = &[Permission::new("ims:images:*")];
    const SHARES: &[Permission] = &[Permission::new("ims:*:share")];
    const ALLOWS: &[Statement] = &[Statement::allow(IMAGES)];
    const DENIES: &[Statement] = &[Statement::deny(SHARES)];
    static ALLOW: Policy = Policy::new(ALLOWS);
    static DENY: Policy = Policy::new(DENIES);
    const SHARE: Permission = Permission::new("ims:images:share");
    const IAM_ONLY: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: Some(false),
    };

    fn said(policies: &[(&Policy, Place)], scope: Scope) -> std::string::String {
        let attached: std::vec::Vec<_> = policies
            .iter()
            .map(|(policy, place)| Attached {
                policy,
                place: *place,
            })
            .collect();
        std::format!("{}", Policies::new(&attached).decide(&SHARE, scope))
    }

    #[test]
    fn a_deny_anywhere_beats_every_allow() {
        use Place::IamProject as Iam;
        assert_eq!(
            said(&[(&ALLOW, Iam)], IAM_ONLY),
            "statement 1 of policy 1 allows `ims:images:*`"
        );
        for order in [[(&ALLOW, Iam), (&DENY, Iam)], [(&DENY, Iam), (&ALLOW, Iam)]] {
            assert!(said(&order, IAM_ONLY).ends_with("denies `ims:*:share`"));
        }
        assert_eq!(said(&[], IAM_ONLY), "no statement allows it");
    }

    #[test]
    fn a_policy_that_is_attached_where_it_takes_no_effect_neither_allows_nor_denies() {
        use Place::{EnterpriseProject, IamProject};
        assert_eq!(
            said(&[(&ALLOW, EnterpriseProject)], IAM_ONLY),
            "statement 1 of policy 1 allows `ims:images:*`, but takes no effect in an enterprise project"
        );
        assert!(
            said(
                &[(&ALLOW, IamProject), (&DENY, EnterpriseProject)],
                IAM_ONLY
            )
            .contains("allows")
        );
        let not_stated = Scope {
            enterprise_project: None,
            ..IAM_ONLY
        };
        assert!(
            said(
                &[(&ALLOW, IamProject), (&DENY, EnterpriseProject)],
                not_stated
            )
            .contains("denies")
        );
    }

    #[test]
    fn what_a_condition_decides_is_neither_yes_nor_no() {
        let restricted = |statement: Statement| statement.with_condition(r#"{"StringEquals":{}}"#);
        let one =
            |statements: std::vec::Vec<Statement>| -> Policy { Policy::new(statements.leak()) };
        let allow = || Statement::allow(IMAGES);
        let deny = || Statement::deny(SHARES);
        for (statements, restricts) in [
            (std::vec![restricted(allow())], true),
            (std::vec![allow(), restricted(deny())], true),
            (std::vec![allow(), restricted(allow())], false),
            (std::vec![restricted(allow()), deny()], false),
            (std::vec![restricted(deny())], false),
        ] {
            let said = said(&[(&one(statements), Place::IamProject)], IAM_ONLY);
            assert_eq!(said.contains("not evaluated"), restricts, "{said}");
        }
    }
}
