//! Grid tables ("Grid Tables" in the reStructuredText specification): drawn with `+`, `-` and `|`, with
//! cells that may span rows and columns. A table whose lines do not meet is never read.

use std::ops::Range;

use super::grid_cells::{CellBox, Grid, Layout, is_line_of};
use super::{Cell, Row, Table, TableError, TableKind};
use crate::block::Malformed;
use crate::columns::cell_indentation;
use crate::parser::Parser;
use crate::source::Line;
use crate::{Block, Code, Few, Span};

/// Whether the line is the top or bottom line of a grid table: `+---+---+`.
pub(crate) fn is_border(line: &str) -> bool {
    is_line_of(line, b'-')
}

impl<'t> Parser<'_, 't> {
    /// Reads the grid table whose top line is line `at`.
    pub fn grid_table(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let (next, indented) = self.grid_block_end(at, end);
        let (bottom, error) = self.grid_bottom(at, next);
        // docutils reads the last two lines of a table again if more lines follow that look like a
        // table's. The resulting text is the same here.
        let after = if bottom < next { bottom - 2 } else { bottom };
        let lines = at..bottom;
        let read = match error {
            Some(error) => Err(error),
            None => self.read_grid(lines.clone()),
        };
        match read {
            Ok(table) => out.push(Block::Table(Box::new(table))),
            Err(error) => self.malformed_table(lines, &error, out),
        }
        if indented {
            let span = self.source.line_span(self.lines[next]);
            self.report(
                Code::UnexpectedIndentation,
                span,
                "unexpected indentation after a table".to_owned(),
            );
        }
        self.warn_unindent(self.blank_at(bottom, end), bottom, end, "a table");
        after
    }

    /// The end of the lines that look like a table's, and whether an indented line ended them.
    fn grid_block_end(&self, at: usize, end: usize) -> (usize, bool) {
        let mut next = at + 1;
        while next < end {
            match self.line(next).as_bytes().first() {
                Some(b'+' | b'|') => next += 1,
                Some(b' ') => return (next, true),
                _ => break,
            }
        }
        (next, false)
    }

    /// The end of the table: the line after its last border.
    fn grid_bottom(&self, at: usize, next: usize) -> (usize, Option<TableError>) {
        if is_border(self.line(next - 1)) {
            return (next, None);
        }
        match (at + 2..next - 1)
            .rev()
            .find(|&line| is_border(self.line(line)))
        {
            Some(bottom) => (bottom + 1, None),
            None => (
                next,
                Some(TableError::new(
                    "the bottom border is missing or broken",
                    next - at - 1,
                )),
            ),
        }
    }

    fn read_grid(&mut self, lines: Range<usize>) -> Result<Table<'t>, TableError> {
        let grid = Grid::new(self, lines)?;
        let layout = grid.layout()?;
        let table = self.build_grid(&grid, &layout);
        // The next table reuses this memory.
        let Grid {
            mut lines,
            mut columns,
            ..
        } = grid;
        lines.clear();
        columns.clear();
        self.grid_lines = (lines, columns);
        Ok(table)
    }

    fn build_grid(&mut self, grid: &Grid<'_>, layout: &Layout) -> Table<'t> {
        let mut rows: Vec<Row<'t>> = Vec::with_capacity(layout.rows.len() - 1);
        let row_spans = layout.rows[..layout.rows.len() - 1].iter();
        rows.extend(row_spans.map(|&top| Row {
            span: self.source.line_span(grid.lines[top + 1].take(0)),
            cells: Vec::new(),
        }));
        let per_row = layout.columns.len() - 1;
        let left = self.source.line_span(grid.lines[0]).column - 1;
        for index in 0..layout.len() {
            let (cell, place) = layout.cell(index);
            let first = self.push_box(grid, cell);
            let lines = first..self.lines.len();
            let span = self.text_span(lines.clone(), grid, cell);
            let blocks = if lines.is_empty() {
                Few::new()
            } else {
                self.nested_lines(lines)
            };
            self.lines.truncate(first);
            let row_number = |row: usize| self.source.line_number(grid.lines[row]);
            let column_number =
                |column: usize| left + u32::try_from(column).unwrap_or(u32::MAX) + 1;
            let read = Cell {
                span,
                lines: row_number(cell.top) + 1..row_number(cell.bottom),
                columns: column_number(cell.left) + 1..column_number(cell.right),
                more_rows: place.more_rows,
                more_columns: place.more_columns,
                blocks,
            };
            let row = &mut rows[place.row];
            if row.cells.is_empty() {
                row.cells = Vec::with_capacity(per_row);
                row.span = span;
            }
            row.span = row.span.around(span);
            row.cells.push(read);
        }
        Table {
            span: self.source.span(
                grid.lines[0].start,
                grid.lines[grid.bottom].end,
                grid.lines[0].row,
            ),
            kind: TableKind::Grid,
            title: None,
            columns: per_row,
            widths: layout
                .columns
                .windows(2)
                .map(|pair| pair[1] - pair[0] - 1)
                .collect(),
            header_rows: grid.separator.map_or(0, |separator| layout.row(separator)),
            stub_columns: 0,
            rows,
            options: Vec::new(),
        }
    }

    /// Pushes the lines inside a cell's box, without the spaces around the text.
    fn push_box(&mut self, grid: &Grid<'_>, cell: CellBox) -> usize {
        let pushed = self.lines.len();
        if cell.bottom - cell.top == 2 {
            let line = self.box_line(grid, cell, cell.top + 1);
            if !line.is_blank() {
                let indent = cell_indentation(self.slice(line), false);
                self.lines.push(line);
                self.cut_in_place(pushed, indent);
            }
            return pushed;
        }
        let mut indent = usize::MAX;
        for at in cell.top + 1..cell.bottom {
            let line = self.box_line(grid, cell, at);
            if !line.is_blank() {
                indent = indent.min(cell_indentation(self.slice(line), false));
            } else if self.lines.len() == pushed {
                continue;
            }
            self.lines.push(line);
        }
        while self.lines.len() > pushed && self.lines[self.lines.len() - 1].is_blank() {
            self.lines.pop();
        }
        if indent > 0 {
            self.cut_in_place(pushed, indent);
        }
        pushed
    }

    /// The part of line `at` inside a cell's box, without spaces at its end.
    fn box_line(&self, grid: &Grid<'_>, cell: CellBox, at: usize) -> Line {
        let part = grid.columns[at].part(grid.lines[at], cell.left + 1, cell.right);
        part.take(crate::source::trim_end(self.slice(part)).len())
    }

    fn text_span(&self, lines: Range<usize>, grid: &Grid<'_>, cell: CellBox) -> Span {
        if lines.is_empty() {
            let line = grid.lines[cell.top + 1];
            let at = grid.columns[cell.top + 1].part(line, cell.left + 1, cell.left + 1);
            return self.source.line_span(at);
        }
        self.span_of(lines)
    }

    /// Keeps the lines of a table that cannot be read as text.
    pub fn malformed_table(
        &mut self,
        lines: Range<usize>,
        error: &TableError,
        out: &mut Vec<Block<'t>>,
    ) {
        let line = (lines.start + error.line).min(lines.end - 1);
        let span = self.source.line_span(self.lines[line]);
        self.report(
            Code::MalformedTable,
            span,
            format!("malformed table: {}", error.reason),
        );
        let span = self.span_of(lines.clone());
        out.push(Malformed::block(span, self.joined(lines)));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, parse};

    const TABLE: &str = "\
+-------------------------------------+------------------------+
| Permissions                         | Actions                |
+=====================================+========================+
| Adds image members.                 | ims:images:share       |
+-------------------------------------+------------------------+
| Deletes image members in batches.   | -  ims:images:get      |
|                                     |                        |
|                                     | -  ims:images:share    |
+-------------------------------------+------------------------+
";

    #[test]
    fn cells_contain_blocks_and_blank_lines() {
        let parsed = parse(TABLE);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(
            (table.columns, table.header_rows, table.rows.len()),
            (2, 1, 3)
        );
        assert!(matches!(
            table.rows[1].cells[1].blocks[..],
            [Block::Paragraph(_)]
        ));
        assert!(matches!(
            table.rows[2].cells[1].blocks[..],
            [Block::BulletList(_)]
        ));
        assert_eq!(table.rows[2].cells[1].lines, 6..9);
    }

    #[test]
    fn a_border_that_is_cut_short_is_reported_and_the_text_is_kept() {
        let text = TABLE.replace(
            "| Adds image members.                 |",
            "| Adds image members. |",
        );
        let parsed = parse(&text);
        assert_eq!(
            (parsed.diagnostics[0].code, parsed.diagnostics[0].span.line),
            (Code::MalformedTable, 4)
        );
        assert!(
            parsed.document.blocks[0]
                .text()
                .contains("Adds image members. |")
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let parsed = parse(
            "\
+--------+---+
| 镜像   | x |
+--------+---+
",
        );
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(table.rows[0].cells[0].text(), "镜像");
        assert_eq!(table.rows[0].cells[1].columns, 11..14);
    }
}
