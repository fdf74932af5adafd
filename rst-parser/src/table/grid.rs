//! Grid tables ("Grid Tables" in the reStructuredText specification): drawn with `+`, `-` and
//! `|`, with cells that may span rows and columns. A table whose lines do not meet is never read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::{Cell, Row, Table, TableError, TableKind};
use crate::block::{Malformed, indentation};
use crate::columns::ColumnLine;
use crate::parser::Parser;
use crate::source::Line;
use crate::{Block, Code, Span};

/// Looking for cells may take this many steps per character of the table. A table takes two or
/// three; only text made to be slow takes more.
const STEPS_PER_CHARACTER: usize = 64;

/// True for the top or bottom line of a grid table: `+---+---+`.
pub(crate) fn is_border(line: &str) -> bool {
    is_line_of(line, b'-')
}

fn is_line_of(line: &str, dash: u8) -> bool {
    let bytes = line.as_bytes();
    match bytes {
        [b'+', first, inner @ .., last, b'+'] => {
            let ends = *first == dash && *last == dash && !inner.is_empty();
            ends && inner.iter().all(|&byte| byte == dash || byte == b'+')
        }
        _ => false,
    }
}

impl Parser<'_> {
    /// Reads the grid table whose top line is line `at`.
    pub fn grid_table(&mut self, at: usize, end: usize, out: &mut Vec<Block>) -> usize {
        let (next, indented) = self.grid_block_end(at, end);
        let (bottom, error) = self.grid_bottom(at, next);
        // docutils reads the last two lines of a table again, when more lines follow that look
        // like a table's; what comes out is the same text here.
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

    /// Where the lines end that look like a table's, and whether an indented line ended them.
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

    /// Where the table ends: after its last border.
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

    fn read_grid(&mut self, lines: Range<usize>) -> Result<Table, TableError> {
        let grid = Grid::new(self, lines)?;
        let cells = grid.cells()?;
        let layout = Layout::new(&grid, &cells)?;
        Ok(self.build_grid(&grid, &cells, &layout))
    }

    fn build_grid(&mut self, grid: &Grid<'_>, boxes: &[CellBox], layout: &Layout) -> Table {
        let mut rows: Vec<Row> = Vec::with_capacity(layout.rows.len() - 1);
        let row_spans = layout.rows[..layout.rows.len() - 1].iter();
        rows.extend(row_spans.map(|&top| Row {
            span: self.source.line_span(grid.lines[top + 1].take(0)),
            cells: Vec::new(),
        }));
        let per_row = layout.columns.len() - 1;
        let left = self.source.line_span(grid.lines[0]).column - 1;
        for cell in boxes {
            let (row, column) = (layout.row(cell.top), layout.column(cell.left));
            let first = self.push_box(grid, cell);
            let lines = first..self.lines.len();
            let span = self.text_span(lines.clone(), grid, cell);
            let blocks = if lines.is_empty() {
                Vec::new()
            } else {
                self.nested_lines(lines)
            };
            self.lines.truncate(first);
            let row_number = |row: usize| grid.lines[row].row + 1;
            let column_number =
                |column: usize| left + u32::try_from(column).unwrap_or(u32::MAX) + 1;
            let read = Cell {
                span,
                lines: row_number(cell.top) + 1..row_number(cell.bottom),
                columns: column_number(cell.left) + 1..column_number(cell.right),
                more_rows: layout.row(cell.bottom) - row - 1,
                more_columns: layout.column(cell.right) - column - 1,
                blocks,
            };
            let row = &mut rows[row];
            if row.cells.is_empty() {
                row.cells.reserve_exact(per_row);
                row.span = span;
            }
            row.span = Span {
                start: row.span.start.min(span.start),
                ..row.span.to(span)
            };
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

    /// Pushes the lines inside a cell's box, without the blanks around the text.
    fn push_box(&mut self, grid: &Grid<'_>, cell: &CellBox) -> usize {
        let pushed = self.lines.len();
        let mut indent = usize::MAX;
        for at in cell.top + 1..cell.bottom {
            let part = grid.columns[at].part(grid.lines[at], cell.left + 1, cell.right);
            let text = crate::source::trim_end(self.slice(part));
            let line = part.take(text.len());
            if !line.is_blank() {
                indent = indent.min(indentation(text).1);
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

    fn text_span(&self, lines: Range<usize>, grid: &Grid<'_>, cell: &CellBox) -> Span {
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
        out: &mut Vec<Block>,
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

/// The table by column, as it is drawn.
struct Grid<'s> {
    lines: Vec<Line>,
    columns: Vec<ColumnLine<'s>>,
    /// Index of the last line.
    bottom: usize,
    /// Index of the last column.
    right: usize,
    /// The line that parts header from body.
    separator: Option<usize>,
}

/// The corners of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CellBox {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
}

impl<'s> Grid<'s> {
    fn new(parser: &Parser<'s>, range: Range<usize>) -> Result<Grid<'s>, TableError> {
        let lines = parser.lines[range].to_vec();
        let columns: Vec<_> = lines
            .iter()
            .map(|&line| ColumnLine::new(parser.slice(line)))
            .collect();
        let width = columns[0].columns().len();
        let uneven = |line: &ColumnLine<'_>| {
            let columns = line.columns();
            columns.len() != width || !matches!(columns.last(), Some(b'+' | b'|'))
        };
        if let Some(line) = columns.iter().position(uneven) {
            return Err(TableError::new(
                "the right border is missing or not aligned",
                line,
            ));
        }
        let bottom = lines.len() - 1;
        let mut separator = None;
        for (index, &line) in lines.iter().enumerate() {
            if !is_line_of(parser.slice(line), b'=') {
                continue;
            }
            if let Some(first) = separator.replace(index) {
                let reason = format!(
                    "lines {} and {} of it both part header from body",
                    first + 1,
                    index + 1
                );
                return Err(TableError {
                    reason,
                    line: index,
                });
            }
            if index == 0 || index == bottom {
                return Err(TableError::new(
                    "the line that parts header from body is the first or last one",
                    index,
                ));
            }
        }
        Ok(Grid {
            lines,
            columns,
            bottom,
            right: width - 1,
            separator,
        })
    }

    fn at(&self, row: usize, column: usize) -> u8 {
        self.columns[row].columns()[column]
    }

    fn is_dash(&self, row: usize, byte: u8) -> bool {
        byte == b'-' || byte == b'=' && self.separator == Some(row)
    }

    /// Finds every cell, from the top left corner on.
    fn cells(&self) -> Result<Vec<CellBox>, TableError> {
        let incomplete = || TableError::new("its lines do not meet everywhere", 0);
        let mut cells = Vec::new();
        // Per column, the line down to which cells cover it.
        let mut done = vec![0; self.right];
        let mut corners = BinaryHeap::from([Reverse((0, 0))]);
        let mut steps = (self.bottom + 1) * (self.right + 1) * STEPS_PER_CHARACTER;
        while let Some(Reverse((top, left))) = corners.pop() {
            if top == self.bottom
                || left == self.right
                || top < done[left]
                || self.at(top, left) != b'+'
            {
                continue;
            }
            let Some((bottom, right)) = self.scan(top, left, &mut steps) else {
                continue;
            };
            if done[left..right].iter().any(|&line| line != top) {
                return Err(incomplete());
            }
            done[left..right].fill(bottom);
            cells.push(CellBox {
                top,
                left,
                bottom,
                right,
            });
            corners.push(Reverse((top, right)));
            corners.push(Reverse((bottom, left)));
        }
        if done.iter().any(|&line| line != self.bottom) {
            return Err(incomplete());
        }
        Ok(cells)
    }

    /// The opposite corner of the cell whose top left corner this is.
    fn scan(&self, top: usize, left: usize, steps: &mut usize) -> Option<(usize, usize)> {
        let line = self.columns[top].columns();
        for (right, &byte) in line.iter().enumerate().skip(left + 1) {
            *steps = steps.checked_sub(1)?;
            if byte == b'+' {
                if let Some(bottom) = self.scan_down(top, left, right, steps) {
                    return Some((bottom, right));
                }
            } else if !self.is_dash(top, byte) {
                return None;
            }
        }
        None
    }

    fn scan_down(&self, top: usize, left: usize, right: usize, steps: &mut usize) -> Option<usize> {
        for bottom in top + 1..=self.bottom {
            *steps = steps.checked_sub(1)?;
            match self.at(bottom, right) {
                b'+' if self.closes(top, left, bottom, right, steps) => return Some(bottom),
                b'+' | b'|' => {}
                _ => return None,
            }
        }
        None
    }

    /// True when lines lead from the bottom right corner back to the top left one.
    fn closes(
        &self,
        top: usize,
        left: usize,
        bottom: usize,
        right: usize,
        steps: &mut usize,
    ) -> bool {
        let line = &self.columns[bottom].columns()[left..right];
        let dashes = line
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'+' || self.is_dash(bottom, byte))
            .count();
        *steps = steps.saturating_sub(dashes);
        if dashes < line.len() || line[0] != b'+' {
            return false;
        }
        let mut sides = (top + 1..bottom).rev();
        *steps = steps.saturating_sub(bottom - top);
        sides.all(|row| matches!(self.at(row, left), b'+' | b'|'))
    }
}

/// Where rows and columns start, and the last ones end.
struct Layout {
    rows: Vec<usize>,
    columns: Vec<usize>,
    row_index: Vec<u32>,
    column_index: Vec<u32>,
}

impl Layout {
    fn new(grid: &Grid<'_>, cells: &[CellBox]) -> Result<Layout, TableError> {
        let mut row_marks = vec![false; grid.bottom + 1];
        let mut column_marks = vec![false; grid.right + 1];
        (row_marks[0], column_marks[0]) = (true, true);
        for cell in cells {
            // Every crossing on a cell's edges starts a row or a column.
            for row in cell.top + 1..=cell.bottom {
                row_marks[row] |=
                    grid.at(row, cell.left) == b'+' || grid.at(row, cell.right) == b'+';
            }
            let (top, bottom) = (
                grid.columns[cell.top].columns(),
                grid.columns[cell.bottom].columns(),
            );
            for column in cell.left + 1..=cell.right {
                column_marks[column] |= top[column] == b'+' || bottom[column] == b'+';
            }
        }
        let (rows, row_index) = indices(&row_marks);
        let (columns, column_index) = indices(&column_marks);
        let layout = Layout {
            rows,
            columns,
            row_index,
            column_index,
        };
        if let Some(separator) = grid.separator.filter(|&line| !row_marks[line]) {
            return Err(TableError::new(
                "the line that parts header from body cuts a cell",
                separator,
            ));
        }
        Ok(layout)
    }

    fn row(&self, line: usize) -> usize {
        self.row_index[line] as usize
    }

    fn column(&self, column: usize) -> usize {
        self.column_index[column] as usize
    }
}

/// The marked places, and for each place the number of marked ones before it.
fn indices(marks: &[bool]) -> (Vec<usize>, Vec<u32>) {
    let mut marked = Vec::new();
    let mut index = Vec::with_capacity(marks.len());
    for (place, &mark) in marks.iter().enumerate() {
        index.push(u32::try_from(marked.len()).unwrap_or(u32::MAX));
        if mark {
            marked.push(place);
        }
    }
    (marked, index)
}
