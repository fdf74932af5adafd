//! Action and dependency cells: the actions that a row names.
//! An action is `service:resource:operation` and nothing else; this module must never guess one.

use rst_parser::Cell;

use super::Findings;
use super::cell::{is_nothing, statements};
use crate::diagnostic::Code;
use crate::model::Requirement;

/// The actions of a cell, one for each paragraph or bullet, each once.
pub(super) fn requirements(cell: &Cell, findings: &mut Findings<'_>) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    for statement in statements(cell) {
        if is_nothing(&statement.text) {
            continue;
        }
        if !is_action(&statement.text) {
            let message = format!("`{}` is no action", statement.text);
            findings.push(Code::NotAnAction, statement.span, message);
            continue;
        }
        let requirement = Requirement::always(statement.text);
        if !found.contains(&requirement) {
            found.push(requirement);
        }
    }
    found
}

/// Whether the text is three parts joined by `:`, of letters, digits, `-`, `_` and `*`.
pub fn is_action(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_*".contains(c))
    };
    let parts: Vec<&str> = text.split(':').collect();
    parts.len() == 3
        && parts.iter().copied().all(part)
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::is_action;

    #[test]
    fn an_action_has_three_parts_of_its_own_alphabet() {
        for action in [
            "ims:images:share",
            "elb:security-policies:get",
            "nat:dnat_rules:list",
            "vpc:*:get*",
        ] {
            assert!(is_action(action), "{action}");
        }
        for other in [
            "ims:images",
            "ims:images:get:all",
            "None",
            "a b:c:d",
            "ims::get",
            "1:2:3",
            "",
        ] {
            assert!(!is_action(other), "{other}");
        }
    }
}
