//! Finds the cells of a grid table ("Grid Tables" in the reStructuredText specification). It follows
//! lines from corner to corner. It does not read the content of a cell.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::TableError;
use crate::columns::ColumnLine;
use crate::parser::Parser;
use crate::source::{Line, all};

/// The search for cells may take this many steps per character of the table. A normal table takes two or
/// three. Only a text that was made to be slow takes more.
const STEPS_PER_CHARACTER: usize = 64;

/// The table by column, as it is drawn.
pub(super) struct Grid<'s> {
    pub lines: Vec<Line>,
    pub columns: Vec<ColumnLine<'s>>,
    /// The index of the last line.
    pub bottom: usize,
    /// The index of the last column.
    pub right: usize,
    /// The line that separates header and body.
    pub separator: Option<usize>,
}

/// The corners of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellBox {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

/// The rows and columns of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellArea {
    pub row: usize,
    pub more_rows: usize,
    pub more_columns: usize,
}

impl<'s> Grid<'s> {
    pub fn new(parser: &mut Parser<'s, '_>, range: Range<usize>) -> Result<Grid<'s>, TableError> {
        let (mut lines, mut columns) = std::mem::take(&mut parser.grid_lines);
        let ascii = parser.source.is_ascii();
        for line in range {
            let line = parser.lines[line];
            lines.push(line);
            columns.push(ColumnLine::of(parser.slice(line), ascii));
        }
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
                    "lines {} and {} of it both separate header and body",
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
                    "the line that separates header and body is the first or last one",
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

    /// Finds every cell, row by row, and the starts of rows and columns.
    pub fn layout(&self) -> Result<Layout, TableError> {
        match self.regular_layout() {
            Some(layout) => Ok(layout),
            None => Layout::of(self, self.trace_cells()?),
        }
    }

    /// The cells of a table without spans: all lines between rows are like the top one, and every other
    /// line has a bar below each crossing of the top line. Most tables do not have spans, and this avoids
    /// tracing lines.
    fn regular_layout(&self) -> Option<Layout> {
        let top = self.columns[0].columns();
        let crossings: Vec<usize> = (0..top.len())
            .filter(|&column| top[column] == b'+')
            .collect();
        let mut rows = vec![0];
        for (index, line) in self.columns.iter().enumerate().skip(1) {
            let drawn = line.columns();
            if drawn == top || self.separator == Some(index) && crosses_alike(drawn, top) {
                rows.push(index);
            } else if crossings.iter().any(|&column| drawn[column] != b'|') {
                return None;
            }
        }
        if rows.len() < 2
            || rows.last() != Some(&self.bottom)
            || rows.windows(2).any(|pair| pair[1] == pair[0] + 1)
        {
            return None;
        }
        Some(Layout {
            rows,
            columns: crossings,
            traced: None,
        })
    }

    /// Finds every cell, from the top left corner on.
    fn trace_cells(&self) -> Result<Vec<CellBox>, TableError> {
        let incomplete = || TableError::new("its lines do not meet everywhere", 0);
        let mut cells = Vec::new();
        // For each column, the line down to which cells cover it.
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

    /// Whether lines lead from the bottom right corner back to the top left one.
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

/// The starts of rows and columns, and the end of the last ones.
pub(super) struct Layout {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    /// The cells of a table with spans. Without spans, a cell is between any two neighbours.
    traced: Option<Vec<CellBox>>,
}

impl Layout {
    fn of(grid: &Grid<'_>, cells: Vec<CellBox>) -> Result<Layout, TableError> {
        let mut row_marks = vec![false; grid.bottom + 1];
        let mut column_marks = vec![false; grid.right + 1];
        (row_marks[0], column_marks[0]) = (true, true);
        for cell in &cells {
            // Every crossing on the edges of a cell starts a row or a column.
            for (row, mark) in row_marks
                .iter_mut()
                .enumerate()
                .take(cell.bottom + 1)
                .skip(cell.top + 1)
            {
                *mark |= grid.at(row, cell.left) == b'+' || grid.at(row, cell.right) == b'+';
            }
            let (top, bottom) = (
                grid.columns[cell.top].columns(),
                grid.columns[cell.bottom].columns(),
            );
            for column in cell.left + 1..=cell.right {
                column_marks[column] |= top[column] == b'+' || bottom[column] == b'+';
            }
        }
        let layout = Layout {
            rows: marked(&row_marks),
            columns: marked(&column_marks),
            traced: Some(cells),
        };
        if let Some(separator) = grid.separator.filter(|&line| !row_marks[line]) {
            return Err(TableError::new(
                "the line that separates header and body cuts a cell",
                separator,
            ));
        }
        Ok(layout)
    }

    /// The number of cells.
    pub fn len(&self) -> usize {
        match &self.traced {
            Some(cells) => cells.len(),
            None => (self.rows.len() - 1) * (self.columns.len() - 1),
        }
    }

    /// The cell `index`, row by row.
    pub fn cell(&self, index: usize) -> (CellBox, CellArea) {
        if let Some(cells) = &self.traced {
            let cell = cells[index];
            let (row, column) = (
                number(&self.rows, cell.top),
                number(&self.columns, cell.left),
            );
            let place = CellArea {
                row,
                more_rows: number(&self.rows, cell.bottom) - row - 1,
                more_columns: number(&self.columns, cell.right) - column - 1,
            };
            return (cell, place);
        }
        let per_row = self.columns.len() - 1;
        let (row, column) = (index / per_row, index % per_row);
        let cell = CellBox {
            top: self.rows[row],
            left: self.columns[column],
            bottom: self.rows[row + 1],
            right: self.columns[column + 1],
        };
        let place = CellArea {
            row,
            more_rows: 0,
            more_columns: 0,
        };
        (cell, place)
    }

    /// The row that starts at `line` or before it.
    pub fn row(&self, line: usize) -> usize {
        number(&self.rows, line)
    }
}

/// The marked places, in order.
fn marked(marks: &[bool]) -> Vec<usize> {
    (0..marks.len()).filter(|&place| marks[place]).collect()
}

/// The number of the row or column that starts at `place` or before it.
fn number(starts: &[usize], place: usize) -> usize {
    starts.partition_point(|&start| start <= place) - 1
}

/// Whether a line of `=` crosses where a line of `-` does.
fn crosses_alike(line: &[u8], top: &[u8]) -> bool {
    line.iter()
        .zip(top)
        .all(|(&byte, &above)| (byte == b'+') == (above == b'+'))
}

/// Whether the line consists of `dash` and `+`, so that it may be the border of a table.
pub(super) fn is_line_of(line: &str, dash: u8) -> bool {
    let bytes = line.as_bytes();
    match bytes {
        [b'+', first, inner @ .., last, b'+'] => {
            let ends = *first == dash && *last == dash && !inner.is_empty();
            ends && all(inner, |byte| byte == dash || byte == b'+')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;

    fn spans(text: &str) -> Vec<Vec<(usize, usize)>> {
        let parsed = parse(text);
        let table = parsed.document.tables().next().expect("a table");
        table
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| (cell.more_rows, cell.more_columns))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn cells_may_span_columns() {
        let text = "\
+--------------+-----+
| ims          | Y   |
+-------+------+-----+
| a     | b    | c   |
+-------+------+-----+
";
        assert_eq!(
            spans(text),
            [vec![(0, 1), (0, 0)], vec![(0, 0), (0, 0), (0, 0)]]
        );
    }

    #[test]
    fn cells_may_span_rows() {
        let text = "\
+-----+-----+
| ims | get |
|     +-----+
|     | put |
+-----+-----+
";
        assert_eq!(spans(text), [vec![(1, 0), (0, 0)], vec![(0, 0)]]);
    }
}
