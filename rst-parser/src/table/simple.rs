//! Simple tables ("Simple Tables" in the reStructuredText specification): columns of text under `====
//! ====`, with cells that may span columns. A table with text between two columns is not read.

use std::ops::Range;

use super::simple_rows::{SimpleLayout, SimpleRow};
use super::{Cell, Row, Table, TableError, TableKind};
use crate::columns::{ColumnLine, cell_indentation};
use crate::parser::Parser;
use crate::source::Line;
use crate::{Block, Few, Span};

/// Whether the line is the top line of a simple table: two or more runs of `=`.
pub(crate) fn is_top(line: &str) -> bool {
    is_border(line) && line.contains(' ')
}

/// Whether the line consists of `=`, so that it may end a simple table or its header.
pub(super) fn is_border(line: &str) -> bool {
    line.starts_with('=') && line.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

impl<'t> Parser<'_, 't> {
    /// Reads the simple table whose top line is line `at`.
    pub fn simple_table(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let (lines, error) = self.simple_block(at, end);
        let next = lines.end;
        let read = match error {
            Some(error) => Err(error),
            None => self.read_simple(lines.clone()),
        };
        match read {
            Ok(table) => out.push(Block::Table(Box::new(table))),
            Err(error) => self.malformed_table(lines, &error, out),
        }
        self.warn_unindent(self.blank_at(next, end), next, end, "a table");
        next
    }

    /// The lines of the table: up to the second border, or up to the first border that a blank line
    /// follows.
    fn simple_block(&self, at: usize, end: usize) -> (Range<usize>, Option<TableError>) {
        let width = self.line(at).len();
        let mut last_border = None;
        for line in at + 1..end {
            if !is_border(self.line(line)) {
                continue;
            }
            if self.line(line).len() != width {
                let error = TableError::new(
                    "the bottom border or the line under the header is not as long as the top one",
                    line - at,
                );
                return (at..line + 1, Some(error));
            }
            if last_border.is_some() || self.blank_at(line + 1, end) {
                return (at..line + 1, None);
            }
            last_border = Some(line);
        }
        let (end, reason) = match last_border {
            Some(border) => (
                border + 1,
                "there is no bottom border, or no blank line after it",
            ),
            None => (end, "there is no bottom border"),
        };
        (at..end, Some(TableError::new(reason, 0)))
    }

    fn read_simple(&mut self, range: Range<usize>) -> Result<Table<'t>, TableError> {
        let lines = self.lines[range].to_vec();
        let columns: Vec<_> = lines
            .iter()
            .map(|&line| ColumnLine::new(self.slice(line)))
            .collect();
        let layout = SimpleLayout::of(self.text, &lines, &columns)?;
        let (bounds, found) = (layout.columns, layout.rows);
        let last = lines.len() - 1;
        let separator = (1..last).find(|&line| is_border(self.slice(lines[line])));
        let header_rows = match separator {
            Some(line) => found.iter().position(|row| row.start > line).unwrap_or(0),
            None => 0,
        };
        let left = self.source.line_span(lines[0]).column;
        let rows = found
            .iter()
            .map(|row| self.simple_row(row, &lines, &columns, left))
            .collect();
        Ok(Table {
            span: self
                .source
                .span(lines[0].start, lines[last].end, lines[0].row),
            kind: TableKind::Simple,
            title: None,
            columns: bounds.len(),
            widths: bounds.iter().map(Range::len).collect(),
            header_rows,
            stub_columns: 0,
            rows,
            options: Vec::new(),
        })
    }

    fn simple_row(
        &mut self,
        row: &SimpleRow,
        lines: &[Line],
        shown: &[ColumnLine<'_>],
        left: u32,
    ) -> Row<'t> {
        let number = |column: usize| left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        let first_row = self
            .source
            .line_number(lines[row.start.min(lines.len() - 1)]);
        let row_lines =
            first_row..first_row + u32::try_from(row.end - row.start).unwrap_or(u32::MAX);
        let mut cells = Vec::with_capacity(row.cells.len());
        for (bounds, more_columns) in &row.cells {
            let (span, blocks) = self.simple_cell(row, bounds, lines, shown);
            cells.push(Cell {
                span,
                lines: row_lines.clone(),
                columns: number(bounds.start)..number(bounds.end),
                more_rows: 0,
                more_columns: *more_columns,
                blocks,
            });
        }
        let mut span = cells
            .first()
            .map_or_else(|| self.source.whole(), |cell| cell.span);
        for cell in &cells {
            span = span.around(cell.span);
        }
        Row { span, cells }
    }

    /// The place of a cell's text, and its blocks.
    fn simple_cell(
        &mut self,
        row: &SimpleRow,
        bounds: &Range<usize>,
        lines: &[Line],
        shown: &[ColumnLine<'_>],
    ) -> (Span, Few<Block<'t>>) {
        let first = self.lines.len();
        self.push_cell_lines(row, bounds, lines, shown);
        let start = self.skip_blank_lines(first);
        let cell = if start == self.lines.len() {
            let at = row.start.min(lines.len() - 1);
            let before = shown[at].part(lines[at], bounds.start, bounds.start);
            (self.source.line_span(before), Few::new())
        } else {
            let text = start..self.lines.len();
            (self.span_of(text.clone()), self.nested_lines(text))
        };
        self.lines.truncate(first);
        cell
    }

    /// Adds the lines of a cell, without the indentation that all of them have.
    fn push_cell_lines(
        &mut self,
        row: &SimpleRow,
        bounds: &Range<usize>,
        lines: &[Line],
        shown: &[ColumnLine<'_>],
    ) {
        let first = self.lines.len();
        let mut indent = usize::MAX;
        for at in row.start..row.end {
            let part = shown[at].part(lines[at], bounds.start, bounds.end);
            let text = crate::source::trim_end(self.slice(part));
            let line = part.take(text.len());
            if !line.is_blank() {
                let cut = shown[at].is_padding(bounds.start);
                indent = indent.min(cell_indentation(text, cut));
            }
            self.lines.push(line);
        }
        if indent > 0 && indent < usize::MAX {
            self.cut_in_place(first, indent);
        }
    }

    fn skip_blank_lines(&self, first: usize) -> usize {
        (first..self.lines.len())
            .find(|&at| !self.lines[at].is_blank())
            .unwrap_or(self.lines.len())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, TableKind, parse};

    const TABLE: &str = "\
========== ========= ====== =========================
Parameter  Mandatory Type   Description
========== ========= ====== =========================
project_id Yes       String Specifies the project ID.
========== ========= ====== =========================
";

    #[test]
    fn columns_are_under_the_top_line() {
        let parsed = parse(TABLE);
        let table = parsed.document.tables().next().expect("a table");
        assert_eq!(
            (
                table.kind,
                table.columns,
                table.header_rows,
                table.rows.len()
            ),
            (TableKind::Simple, 4, 1, 2)
        );
        let cell = &table.rows[1].cells[2];
        assert_eq!(
            (cell.text().as_str(), cell.columns.clone()),
            ("String", 22..28)
        );
    }

    #[test]
    fn text_may_reach_out_of_the_last_column() {
        let text = TABLE.replace("project ID.", "project ID, a UUID in hexadecimal.");
        let parsed = parse(&text);
        let table = parsed.document.tables().next().expect("a table");
        assert_eq!(
            table.rows[1].cells[3].text(),
            "Specifies the project ID, a UUID in hexadecimal."
        );
    }

    #[test]
    fn a_table_without_a_header_has_two_lines() {
        let text = "\
========= ===============
name      Parameter name
========= ===============
";
        let parsed = parse(text);
        let table = parsed.document.tables().next().expect("a table");
        assert_eq!((table.header_rows, table.rows.len()), (0, 1));
    }

    #[test]
    fn a_table_without_a_bottom_border_is_kept_as_text() {
        let text = "\
========== ====== ==============
error_code String Error code.
";
        let parsed = parse(text);
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedTable);
        assert!(matches!(parsed.document.blocks[0], Block::Malformed(_)));
    }
}
