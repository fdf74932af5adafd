//! Whether policies allow an action: an explicit Deny, then an explicit Allow, then an implicit Deny.
//! This module must never return "allowed" if a condition or an undocumented fact could mean "denied".

use core::fmt;

use super::{Effect, Policy, Statement};
use crate::{Permission, Scope};

/// The place where a policy is attached to a user group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In IAM, for a project.
    IamProject,
    /// In Enterprise Management, for an enterprise project.
    EnterpriseProject,
}

/// A policy and the place where it is attached. [`Policies`] has an example.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The place where it is attached.
    pub place: Place,
}

/// All policies of a user. They decide together.
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
///
/// ```
/// use permspec_runtime::policy::Decision;
///
/// /// For an audit log, in which doubt counts as a no.
/// fn line(decision: &Decision<'_>) -> String {
///     let answer = if decision.is_allowed() { "allowed" } else { "not allowed" };
///     format!("{answer}: {decision}")
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Decision<'p> {
    /// A statement denies the action. Other statements do not matter.
    Denied(Reason<'p>),
    /// A statement allows the action, and no statement denies it.
    Allowed(Reason<'p>),
    /// It is not known whether the statement counts, because of its [`Caveat`]. The statement allows what
    /// no other statement allows, or it denies what another one allows.
    Depends(Reason<'p>),
    /// No statement allows the action. The reason, if there is one, is a statement that would allow it,
    /// but is attached where the action does not take effect.
    NotAllowed(Option<Reason<'p>>),
}

impl<'p> Decision<'p> {
    /// Whether the action is certainly allowed.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Decision::Allowed(_))
    }

    /// The statement that decided. `None` if there is no such statement.
    pub fn reason(&self) -> Option<Reason<'p>> {
        match self {
            Decision::Denied(reason) | Decision::Allowed(reason) | Decision::Depends(reason) => {
                Some(*reason)
            }
            Decision::NotAllowed(reason) => *reason,
        }
    }
}

/// The statement that decided, and the part of it that means the action.
///
/// ```
/// use permspec_runtime::policy::{Caveat, Decision};
///
/// /// Returns `policy 1, statement 2` if a pattern denies the action, so that somebody can fix the
/// /// statement.
/// fn too_wide(decision: &Decision<'_>) -> Option<String> {
///     let Decision::Denied(reason) = decision else { return None };
///     let wide = reason.named.is_pattern();
///     wide.then(|| format!("policy {}, statement {}", reason.policy + 1, reason.index + 1))
/// }
///
/// /// Whether somebody must look at the condition.
/// fn rests_on_a_condition(decision: &Decision<'_>) -> bool {
///     decision.reason().is_some_and(|reason| reason.caveat == Some(Caveat::Restriction))
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Reason<'p> {
    /// The index of the policy, from 0.
    pub policy: usize,
    /// The index of the statement in its policy, from 0.
    pub index: usize,
    /// The statement.
    pub statement: &'p Statement,
    /// The action or pattern of the statement that means the action.
    pub named: &'p Permission,
    /// Why the statement may not count. `None` if it counts.
    pub caveat: Option<Caveat>,
    place: Place,
}

/// Why it is not known whether a statement counts for an action that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caveat {
    /// The statement has a condition or a list of resources. This crate does not evaluate them.
    Restriction,
    /// The policy is attached in an enterprise project, and the documentation does not say whether the
    /// action takes effect there.
    Scope,
    /// The action is a pattern, because some tables contain patterns (`cce:kubernetes:*`), and the
    /// statement names only a part of it.
    Part,
}

impl<'p> Policies<'p> {
    /// Combines these policies.
    pub const fn new(attached: &'p [Attached<'p>]) -> Policies<'p> {
        Policies { attached }
    }

    /// What the policies say about `action`, whose operation has this scope.
    ///
    /// ```
    /// use permspec_runtime::policy::{Attached, Decision, Place, Policies, Policy, Statement};
    /// use permspec_runtime::{Permission, Scope};
    ///
    /// const ALL: &[Permission] = &[Permission::new("ims:*:*")];
    /// const STATEMENTS: &[Statement] = &[Statement::allow(ALL)];
    /// static POLICY: Policy = Policy::new(STATEMENTS);
    ///
    /// let attached = [Attached { policy: &POLICY, place: Place::EnterpriseProject }];
    /// let share = Permission::new("ims:images:share");
    /// let decide = |enterprise_project| {
    ///     let scope = Scope { iam_project: Some(true), enterprise_project };
    ///     Policies::new(&attached).decide(&share, scope)
    /// };
    /// assert!(matches!(decide(Some(true)), Decision::Allowed(_)));
    /// assert!(matches!(decide(None), Decision::Depends(_)), "the documentation does not say");
    /// assert!(matches!(decide(Some(false)), Decision::NotAllowed(Some(_))), "it takes no effect there");
    /// ```
    ///
    /// A policy that is attached in an IAM project takes effect there unless the documentation says no. A
    /// policy that is attached in an enterprise project takes effect only if the documentation says yes.
    /// If the documentation does not say anything, the result has a [`Caveat`].
    pub fn decide(&self, action: &Permission, scope: Scope) -> Decision<'p> {
        let counted = || self.naming(action, scope).filter_map(Named::counted);
        let surely = |effect| counted().find(|found| found.is(effect) && found.caveat.is_none());
        let maybe = |effect| counted().find(|found| found.is(effect) && found.caveat.is_some());

        // The order is that of the documentation: an explicit Deny, then an explicit Allow, then an
        // implicit Deny. A statement with a caveat matters only if it would change the decision.
        if let Some(deny) = surely(Effect::Deny) {
            return Decision::Denied(deny);
        }
        if let Some(allow) = surely(Effect::Allow) {
            return match maybe(Effect::Deny) {
                Some(deny) => Decision::Depends(deny),
                None => Decision::Allowed(allow),
            };
        }
        if let Some(allow) = maybe(Effect::Allow) {
            return Decision::Depends(allow);
        }
        let without_effect = self.naming(action, scope).find_map(Named::without_effect);
        Decision::NotAllowed(without_effect)
    }

    /// The statements that name `action`, in the order of the policies.
    fn naming(&self, action: &Permission, scope: Scope) -> impl Iterator<Item = Named<'p>> {
        let policies = self.attached.iter().enumerate();
        policies.flat_map(move |(policy, attached)| {
            let takes_effect = attached.place.takes_effect(scope);
            let statements = attached.policy.statements().iter().enumerate();
            statements.filter_map(move |(index, statement)| {
                let (named, whole) = statement.naming(action)?;
                let caveat = if statement.is_restricted() {
                    Some(Caveat::Restriction)
                } else if takes_effect.is_none() {
                    Some(Caveat::Scope)
                } else if !whole {
                    Some(Caveat::Part)
                } else {
                    None
                };
                let place = attached.place;
                let reason = Reason {
                    policy,
                    index,
                    statement,
                    named,
                    caveat,
                    place,
                };
                Some(Named {
                    reason,
                    takes_effect: takes_effect != Some(false),
                })
            })
        })
    }
}

/// A statement that names an action. It may not take effect.
struct Named<'p> {
    reason: Reason<'p>,
    takes_effect: bool,
}

impl<'p> Named<'p> {
    fn counted(self) -> Option<Reason<'p>> {
        self.takes_effect.then_some(self.reason)
    }

    fn without_effect(self) -> Option<Reason<'p>> {
        (!self.takes_effect && self.reason.is(Effect::Allow)).then_some(self.reason)
    }
}

impl Place {
    /// Whether an action of this scope takes effect in this place. `None` if the documentation does not
    /// say.
    ///
    /// Every custom policy can be attached in an IAM project, so the absence of a statement means yes
    /// there. The column of enterprise projects is missing if a service does not know them, and it
    /// contains `-` if they do not matter. So the absence of a statement does not mean anything there.
    fn takes_effect(self, scope: Scope) -> Option<bool> {
        match self {
            Place::IamProject => scope.iam_project.or(Some(true)),
            Place::EnterpriseProject => scope.enterprise_project,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Place::IamProject => "IAM project",
            Place::EnterpriseProject => "enterprise project",
        })
    }
}

/// Writes the reason in words: "statement 2 of policy 1 denies `ims:*:*`".
impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(reason) = self.reason() else {
            return f.write_str("no statement allows it");
        };
        let verb = match reason.statement.effect() {
            Effect::Allow => "allows",
            Effect::Deny => "denies",
        };
        write!(f, "{reason} {verb} `{}`", reason.named)?;
        match (self, reason.caveat) {
            (Decision::NotAllowed(_), _) => {
                write!(f, ", but does not take effect in an {}", reason.place)
            }
            (_, None) => Ok(()),
            (_, Some(Caveat::Restriction)) => {
                let restriction = reason.restriction();
                write!(f, " under a {restriction}, which is not evaluated")
            }
            (_, Some(Caveat::Scope)) => {
                let place = reason.place;
                write!(
                    f,
                    ", but the documentation does not say whether that takes effect in an {place}"
                )
            }
            (_, Some(Caveat::Part)) => f.write_str(", which is only a part of it"),
        }
    }
}

impl Reason<'_> {
    fn is(&self, effect: Effect) -> bool {
        self.statement.effect() == effect
    }

    fn restriction(&self) -> &'static str {
        match (self.statement.condition(), self.statement.resource()) {
            (Some(_), Some(_)) => "condition and a list of resources",
            (_, Some(_)) => "list of resources",
            _ => "condition",
        }
    }
}

/// Counts from 1, as people do.
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
mod tests;
