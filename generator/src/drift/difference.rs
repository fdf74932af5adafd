//! One difference between two versions of an operation, before it has a place and a fingerprint. Plain data.
//! This module must never compare anything.

use super::call::WrittenCall;
use super::effect::PolicyEffect;
use super::rules::Rule;
use crate::extract::Role;

/// One thing that the new version says differently about an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference<'a> {
    pub(crate) rule: Rule,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// The call that it is about, if it is about one.
    pub(crate) call: Option<WrittenCall<'a>>,
    /// What it asks of a policy, if that is less than its rule asks.
    pub(crate) policy: PolicyEffect,
    /// The column that says it.
    pub(crate) column: Role,
}

impl Difference<'_> {
    pub(crate) fn new(
        rule: Rule,
        column: Role,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Difference {
            rule,
            before,
            after,
            call: None,
            policy: rule.entry().policy,
            column,
        }
    }
}
