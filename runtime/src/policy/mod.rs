//! Custom policies of version 1.1: who may do what.
//! Conditions are never evaluated. A decision that depends on a condition says so.
//!
//! Source: IAM user guide, "Policy Syntax" and "Creating a Custom Policy for Cloud Services".
#![cfg_attr(
    not(feature = "alloc"),
    allow(
        clippy::needless_borrow,
        clippy::needless_option_as_deref,
        reason = "without `alloc`, texts and lists are always borrowed"
    )
)]

#[cfg(feature = "alloc")]
mod calls;
#[cfg(feature = "alloc")]
mod check;
mod decision;
#[cfg(feature = "alloc")]
mod finding;
#[cfg(feature = "alloc")]
mod json;
#[cfg(feature = "alloc")]
mod least;
#[cfg(feature = "alloc")]
mod nearest;
mod operation;
#[cfg(feature = "alloc")]
mod write;

#[cfg(feature = "alloc")]
pub use calls::{AmbiguousCall, Calls};
#[cfg(feature = "alloc")]
pub use check::{Checked, check};
pub use decision::{Attached, Caveat, Decision, Place, Policies, Reason};
#[cfg(feature = "alloc")]
pub use finding::{Finding, Severity, limits};
#[cfg(feature = "alloc")]
pub use least::{LeastPrivilege, Open, Wanted};
pub use operation::{Answer, Explanation};

#[cfg(feature = "serde")]
pub(crate) use json::{JsonNode, JsonValue, Key, read};
#[cfg(feature = "serde")]
pub(crate) use write::compact;

use crate::Permission;

#[cfg(feature = "alloc")]
type List<T> = alloc::borrow::Cow<'static, [T]>;
#[cfg(not(feature = "alloc"))]
type List<T> = &'static [T];

#[cfg(feature = "alloc")]
type Text = alloc::borrow::Cow<'static, str>;
#[cfg(not(feature = "alloc"))]
type Text = &'static str;

/// A custom policy: statements that allow or deny.
///
/// Write it in code, also as a `static`, or read it with `check` (feature `alloc`):
///
/// ```
/// use permspec_runtime::policy::{Policy, Statement};
/// use permspec_runtime::Permission;
///
/// const SHARE: &[Permission] = &[Permission::new("ims:images:get"), Permission::new("ims:images:share")];
/// const DELETE: &[Permission] = &[Permission::new("ims:images:delete*")];
/// const STATEMENTS: &[Statement] = &[Statement::allow(SHARE), Statement::deny(DELETE)];
/// static SHARING: Policy = Policy::new(STATEMENTS);
///
/// assert_eq!(SHARING.statements().len(), 2);
/// # #[cfg(feature = "alloc")]
/// assert_eq!(
///     SHARING.to_json(),
///     r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["ims:images:get","ims:images:share"]},{"Effect":"Deny","Action":["ims:images:delete*"]}]}"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    statements: List<Statement>,
}

impl Policy {
    /// Makes a policy of these statements.
    pub const fn new(statements: &'static [Statement]) -> Policy {
        #[cfg(feature = "alloc")]
        return Policy {
            statements: alloc::borrow::Cow::Borrowed(statements),
        };
        #[cfg(not(feature = "alloc"))]
        return Policy { statements };
    }

    /// The statements in their order. The order does not matter to IAM.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

#[cfg(feature = "alloc")]
impl From<alloc::vec::Vec<Statement>> for Policy {
    fn from(statements: alloc::vec::Vec<Statement>) -> Policy {
        Policy {
            statements: statements.into(),
        }
    }
}

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The statement allows its actions, unless another statement denies them.
    Allow,
    /// The statement denies its actions, even if another statement allows them.
    Deny,
}

/// One statement of a policy.
///
/// ```
/// use permspec_runtime::policy::{Effect, Statement};
/// use permspec_runtime::Permission;
///
/// const SHARE: &[Permission] = &[Permission::new("ims:images:share")];
/// let here = Statement::allow(SHARE)
///     .with_condition(r#"{"StringEquals":{"g:ProjectName":["eu-de"]}}"#);
///
/// assert_eq!(here.effect(), Effect::Allow);
/// assert_eq!(here.actions()[0].operation(), "share");
/// assert!(here.is_restricted(), "whoever decides says that a condition was not evaluated");
/// ```
///
/// Source: IAM user guide, "Policy Syntax".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    effect: Effect,
    actions: List<Permission>,
    condition: Option<Text>,
    resource: Option<Text>,
}

impl Statement {
    /// Makes a statement that allows these actions and patterns.
    pub const fn allow(actions: &'static [Permission]) -> Statement {
        Statement::of(Effect::Allow, actions)
    }

    /// Makes a statement that denies these actions and patterns.
    pub const fn deny(actions: &'static [Permission]) -> Statement {
        Statement::of(Effect::Deny, actions)
    }

    const fn of(effect: Effect, actions: &'static [Permission]) -> Statement {
        #[cfg(feature = "alloc")]
        let actions = alloc::borrow::Cow::Borrowed(actions);
        Statement {
            effect,
            actions,
            condition: None,
            resource: None,
        }
    }

    /// Makes a statement of actions that are known only when the program runs.
    ///
    /// ```
    /// use permspec_runtime::policy::{Effect, Policy, Statement};
    /// use permspec_runtime::PermissionSet;
    ///
    /// fn denying(actions: PermissionSet) -> Policy {
    ///     Policy::from(vec![Statement::new(Effect::Deny, actions)])
    /// }
    /// ```
    #[cfg(feature = "alloc")]
    pub fn new(effect: Effect, actions: impl IntoIterator<Item = Permission>) -> Statement {
        let list: alloc::vec::Vec<Permission> = actions.into_iter().collect();
        Statement {
            effect,
            actions: list.into(),
            condition: None,
            resource: None,
        }
    }

    /// Adds a condition: a JSON object as in the key `Condition` of a policy. It is never evaluated.
    /// Decisions that depend on it say so.
    #[must_use]
    pub fn with_condition(self, json: impl Into<Text>) -> Statement {
        Statement {
            condition: Some(json.into()),
            ..self
        }
    }

    /// Restricts the statement to some resources: JSON as in the key `Resource` of a policy. Like a
    /// condition, it is never evaluated.
    #[must_use]
    pub fn with_resource(self, json: impl Into<Text>) -> Statement {
        Statement {
            resource: Some(json.into()),
            ..self
        }
    }

    /// Whether the statement allows or denies.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// The actions and patterns of the statement.
    pub fn actions(&self) -> &[Permission] {
        &self.actions
    }

    /// The condition as JSON, if the statement has one.
    pub fn condition(&self) -> Option<&str> {
        self.condition.as_deref()
    }

    /// The resources as JSON, if the statement has some.
    pub fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    /// Whether the statement has a condition or resources, so that it applies only to some calls.
    pub fn is_restricted(&self) -> bool {
        self.condition.is_some() || self.resource.is_some()
    }

    /// The first of the actions and patterns that means `action`, and whether it means all of it.
    /// `ims:images:get` means only a part of `ims:images:*`, and `ims:images:*` means all of
    /// `ims:images:get`.
    fn naming(&self, action: &Permission) -> Option<(&Permission, bool)> {
        if let Some(whole) = self.actions.iter().find(|named| named.covers(action)) {
            return Some((whole, true));
        }
        let mut parts = self.actions.iter().filter(|_| action.is_pattern());
        parts
            .find(|named| named.may_meet(action))
            .map(|part| (part, false))
    }
}
