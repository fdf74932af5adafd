//! Doc comments for generated items: title, calls, actions, scopes, page. Text from a page is inert here.
//! This module must never let it become Markdown, HTML, or the end of a comment.

use crate::inert::{code, is_link, text};
use crate::model::{Operation, Origin, Requirement};

/// The full documentation of an operation, for its variant.
pub(super) fn operation(operation: &Operation, page: &Origin) -> Vec<String> {
    let mut lines = summary(operation);
    lines.push(String::new());
    lines.push(needs(operation));
    lines.push(String::new());
    lines.push(scopes(operation));
    if let Some(url) = page.doc_url.as_deref().filter(|url| is_link(url)) {
        lines.push(String::new());
        lines.push(format!("[{}]({url})", text(&page.title)));
    }
    lines
}

/// The title and the calls, for items besides the documented variant.
pub(super) fn summary(operation: &Operation) -> Vec<String> {
    let mut lines = vec![text(&operation.title)];
    for route in &operation.endpoints {
        lines.push(String::new());
        lines.push(code(&route.to_string()));
    }
    lines
}

/// What a caller needs, as one sentence.
pub(super) fn needs(operation: &Operation) -> String {
    let needs = match operation.actions.as_slice() {
        [] => "The documentation names no action.".to_owned(),
        actions => format!("Needs {}.", list(actions)),
    };
    match operation.dependencies.as_slice() {
        [] => needs,
        dependencies => format!("{needs} Depends on {}.", list(dependencies)),
    }
}

fn list(requirements: &[Requirement]) -> String {
    let one = |requirement: &Requirement| match &requirement.when {
        None => code(&requirement.action),
        Some(when) => format!("{} ({})", code(&requirement.action), text(when)),
    };
    requirements.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn scopes(operation: &Operation) -> String {
    let word = |value: Option<bool>| match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not stated",
    };
    format!(
        "IAM project: {}; enterprise project: {}.",
        word(operation.iam_project),
        word(operation.enterprise_project)
    )
}
