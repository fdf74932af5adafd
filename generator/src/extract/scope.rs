//! Scope cells: yes, no, or not stated.
//! A third value is no `no`; this module must never turn what it does not understand into one.

use rst_parser::Cell;

use super::Findings;
use super::cell::collapse;
use crate::diagnostic::Code;

/// Whether a scope cell says yes (`Y`) or no (`x`); `None` where it says neither.
pub(super) fn value(cell: &Cell, findings: &mut Findings<'_>) -> Option<bool> {
    let text = collapse(&cell.text());
    match text.as_str() {
        "Y" | "y" | "Yes" | "Supported" | "√" | "✓" | "✔" => Some(true),
        "x" | "X" | "No" | "Not supported" | "×" | "✗" | "✘" => Some(false),
        "-" | "N/A" => None,
        "" => {
            findings.push(Code::EmptyCell, cell.span, "the scope cell is empty");
            None
        }
        _ => {
            findings.push(
                Code::UnknownScope,
                cell.span,
                format!("`{text}` is no scope value"),
            );
            None
        }
    }
}

/// Both scopes from one cell: `Both projects and enterprise projects are supported.`,
/// `Projects are supported.`, or the list of those that are.
pub(super) fn both(cell: &Cell, findings: &mut Findings<'_>) -> (Option<bool>, Option<bool>) {
    let text = collapse(&cell.text()).to_ascii_lowercase();
    let rest = text.replace("enterprise project", "");
    let (iam, enterprise) = (rest.contains("project"), rest != text);
    if !iam && !enterprise {
        if !matches!(text.as_str(), "-" | "n/a") {
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
