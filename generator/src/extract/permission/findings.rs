//! Where the readers of cells report what is wrong with a cell.

use rst_parser::{Cell, Span};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::table;

/// Where the reader of a cell reports its findings: the file, and the report of the run.
pub(super) struct CellFindings<'a> {
    pub(super) file: &'a str,
    pub(super) report: &'a mut Report,
    /// The cells that start in the row. A cell that reaches into the row from above was reported there.
    pub(super) own: &'a [Span],
}

impl CellFindings<'_> {
    pub(super) fn push(&mut self, code: Code, span: Span, message: impl Into<String>) {
        if self.own.iter().any(|cell| cell.contains(span)) {
            self.report.push(Diagnostic::new(
                code,
                Location::span(self.file, span),
                message,
            ));
        }
    }

    pub(super) fn title(&mut self, cell: &Cell) -> String {
        let title = table::text(cell);
        if title.is_empty() {
            self.push(
                Code::EmptyCell,
                cell.span,
                "the cell for the title is empty",
            );
        }
        title
    }
}
