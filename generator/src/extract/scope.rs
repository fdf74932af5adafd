//! Scope cells: yes, no, or not stated.
//! A third value is no `no`; this module must never turn what it does not understand into one.

use rst_parser::Cell;

use super::Findings;
use super::cell::{collapse, is_nothing, statements};
use crate::diagnostic::Code;

/// Whether a scope cell says yes (`Y`) or no (`x`); `None` where it says neither, or both.
pub(super) fn value(cell: &Cell, findings: &mut Findings<'_>) -> Option<bool> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the scope cell is empty");
    }
    let mut values = Vec::new();
    for statement in statements.iter().filter(|statement| !statement.remark) {
        let text = statement.text.to_lowercase();
        match text.trim_end_matches('.') {
            "y" | "yes" | "supported" | "√" | "✓" | "✔" => values.push(true),
            "x" | "n" | "no" | "not supported" | "×" | "✗" | "✘" => values.push(false),
            text if is_nothing(&text.to_uppercase()) => {}
            _ => {
                let message = format!("`{}` is no scope value", statement.text);
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

/// The scopes for IAM and enterprise projects from one cell: `Both projects and enterprise projects
/// are supported.`, `Projects are supported.`, or the list of those that are.
pub(super) fn both(cell: &Cell, findings: &mut Findings<'_>) -> (Option<bool>, Option<bool>) {
    let text = collapse(&cell.text()).to_lowercase();
    let rest = text.replace("enterprise project", "");
    let (iam, enterprise) = (rest.contains("project"), rest != text);
    let negated = text.contains("not supported");
    if negated || (!iam && !enterprise) {
        if !is_nothing(&text.to_uppercase()) {
            findings.push(
                Code::UnknownScope,
                cell.span,
                format!("`{text}` is no scope value"),
            );
        }
        return (None, None);
    }
    (Some(iam), Some(enterprise))
}
