//! What one operation says otherwise in the new version, and in which projects it takes effect.
//! It compares two rows that are one and knows nothing of pages; this module must never pair rows.

use super::call::Call;
use super::effect::PolicyEffect;
use super::rules::Rule;
use crate::extract::Role;
use crate::model::Operation;

/// One thing that an operation says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference<'a> {
    pub(crate) rule: Rule,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// The call that it is about, where it is about one.
    pub(crate) call: Option<Call<'a>>,
    /// What it asks of a policy, where that is less than its rule does.
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

/// In which kinds of project a policy takes effect otherwise.
pub(crate) fn scopes(old: &Operation, new: &Operation) -> Vec<Difference<'static>> {
    let scopes = [
        (
            "IAM project",
            Role::IamProject,
            old.iam_project,
            new.iam_project,
        ),
        (
            "enterprise project",
            Role::EnterpriseProject,
            old.enterprise_project,
            new.enterprise_project,
        ),
    ];
    let difference = |(scope, column, old, new)| {
        let rule = match (old, new) {
            (Some(true), Some(false)) => Rule::ScopeNarrowed,
            (Some(false), Some(true)) => Rule::ScopeWidened,
            (None, Some(_)) => Rule::ScopeDocumented,
            (Some(_), None) => Rule::ScopeUndocumented,
            _ => return None,
        };
        let say = |value: Option<bool>| Some(format!("{scope}: {}", supported(value)));
        Some(Difference::new(rule, column, say(old), say(new)))
    };
    scopes.into_iter().filter_map(difference).collect()
}

fn supported(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "supported",
        Some(false) => "not supported",
        None => "not stated",
    }
}
