//! In which kinds of project a policy takes effect for an operation, and what changed there. It compares two
//! rows that are the same operation. This module must never pair rows.

use super::difference::Difference;
use super::rules::Rule;
use crate::extract::Role;
use crate::model::Operation;

/// The kinds of project for which the versions differ.
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
