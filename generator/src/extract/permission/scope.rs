//! Scope cells: yes, no, or not stated. This module must never read an unknown value as a no.

use rst_parser::Cell;

use super::findings::CellFindings;
use super::nothing::is_nothing;
use crate::diagnostic::Code;
use crate::extract::table::statements;

/// Whether a scope cell says yes (`Y`) or no (`x`); `None` if it says neither, or both.
pub(super) fn value(cell: &Cell, findings: &mut CellFindings<'_>) -> Option<bool> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the scope cell is empty");
    }
    let mut values = Vec::new();
    for statement in statements.iter().filter(|statement| !statement.remark) {
        let text = statement.text.to_lowercase();
        match text.trim_end_matches('.') {
            "y" | "yes" | "supported" | "√" | "✓" | "✔" | "✔\u{fe0f}" | "☑" | "✅" => {
                values.push(true);
            }
            "x" | "n" | "no" | "not supported" | "unsupported" | "×" | "✕" | "✖" | "✗" | "✘"
            | "❌" => values.push(false),
            text if is_nothing(text) => {}
            _ => {
                let message = format!("`{}` is not a scope value", statement.text);
                findings.push(Code::UnknownScope, statement.span, message);
            }
        }
    }
    let first = *values.first()?;
    if values.iter().all(|value| *value == first) {
        return Some(first);
    }
    findings.push(
        Code::MixedScope,
        cell.span,
        "the scope cell says both yes and no",
    );
    None
}

/// The scopes for IAM and enterprise projects from one cell: `Both projects and enterprise projects are
/// supported.`, `Projects are supported.`, or a list of what is supported.
pub(super) fn both(cell: &Cell, findings: &mut CellFindings<'_>) -> (Option<bool>, Option<bool>) {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the scope cell is empty");
    }
    let mut scopes = StatedScopes::default();
    // `Supported:` and `Not supported:` hold for the list after them.
    let mut listed = true;
    for statement in statements.iter().filter(|statement| !statement.remark) {
        let text = statement.text.to_lowercase();
        let negations = ["not supported", "unsupported", "not applicable"];
        let negated = negations.iter().any(|words| text.contains(words));
        let heading = text.trim_end_matches([':', '：', ' ']);
        if matches!(heading, "supported" | "not supported") && heading != text {
            listed = !negated;
        } else if text.contains("project") {
            scopes.state(&text, listed && !negated);
        } else if !is_nothing(&text) {
            let message = format!("`{}` is not a scope value", statement.text);
            findings.push(Code::UnknownScope, statement.span, message);
        }
    }
    if scopes.mixed {
        findings.push(
            Code::MixedScope,
            cell.span,
            "the scope cell says both yes and no",
        );
        return (None, None);
    }
    scopes.values()
}

/// What a cell says about both scopes so far.
#[derive(Default)]
struct StatedScopes {
    iam: Option<bool>,
    enterprise: Option<bool>,
    mixed: bool,
}

impl StatedScopes {
    /// A statement that names one scope or both.
    fn state(&mut self, text: &str, supported: bool) {
        let rest = text.replace("enterprise project", "");
        let named = [rest.contains("project"), rest != text];
        for (scope, named) in [&mut self.iam, &mut self.enterprise].into_iter().zip(named) {
            if named {
                self.mixed |= scope.is_some_and(|known| known != supported);
                *scope = Some(supported);
            }
        }
    }

    /// If a cell lists what is supported, the other scope is not supported. If it only lists what is not
    /// supported, it says nothing about the other scope.
    fn values(self) -> (Option<bool>, Option<bool>) {
        let lists = self.iam == Some(true) || self.enterprise == Some(true);
        let value = |scope: Option<bool>| scope.or(lists.then_some(false));
        (value(self.iam), value(self.enterprise))
    }
}

#[cfg(test)]
mod tests;
