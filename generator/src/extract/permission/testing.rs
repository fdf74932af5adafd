//! What the tests of cell readers share: a table with one cell, and the findings of its reader.

use rst_parser::Cell;

use super::findings::CellFindings;
use crate::diagnostic::{Code, Report};

/// Runs a reader over a cell with this text: its value, and its findings in their order.
pub(super) fn in_cell<T>(
    text: &str,
    read: impl Fn(&Cell, &mut CellFindings<'_>) -> T,
) -> (T, Vec<(Code, String)>) {
    let width = text
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(3);
    let border = format!("+{}+\n", "-".repeat(width + 2));
    let empty = text.is_empty().then_some("");
    let lines = text.lines().chain(empty);
    let lines: Vec<String> = lines.map(|line| format!("| {line:width$} |\n")).collect();
    let page = [border.as_str(), &lines.concat(), &border].concat();
    let document = rst_parser::parse(&page).document;
    let table = document.tables().next().expect("a table");
    let cell = &table.rows[0].cells[0];
    let mut report = Report::default();
    let value = read(
        cell,
        &mut CellFindings {
            file: "page.rst",
            report: &mut report,
            own: &[cell.span],
        },
    );
    let found = report.diagnostics();
    let found = found.into_iter().map(|f| (f.code, f.message.clone()));
    (value, found.collect())
}
