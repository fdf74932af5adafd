//! Simple tables ("Simple Tables" in the reStructuredText specification): columns of text under
//! `====  ====`, with cells that may span columns. Text between two columns is never read.

use std::ops::Range;

use super::{Cell, Row, Table, TableError, TableKind};
use crate::columns::ColumnLine;
use crate::parser::Parser;
use crate::source::Line;
use crate::{Block, Few};

/// True for the top line of a simple table: two or more runs of `=`.
pub(crate) fn is_top(line: &str) -> bool {
    is_border(line) && line.contains(' ')
}

/// True for any line of `=` that can end a simple table or its header.
fn is_border(line: &str) -> bool {
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

    /// The lines of the table: up to the second border, or the first that a blank line follows.
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
        let mut reader = SimpleReader {
            text: self.text,
            columns: Vec::new(),
            border_end: 0,
            rows: Vec::new(),
            lines: &lines,
            shown: &columns,
        };
        reader.read()?;
        let SimpleReader {
            rows,
            columns: bounds,
            ..
        } = reader;
        let last = lines.len() - 1;
        let separator = (1..last).find(|&line| is_border(self.slice(lines[line])));
        let header_rows = match separator {
            Some(line) => rows.iter().position(|row| row.start > line).unwrap_or(0),
            None => 0,
        };
        let left = self.source.line_span(lines[0]).column;
        let rows = rows
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
        let first_row = lines[row.start.min(lines.len() - 1)].row + 1;
        let row_lines =
            first_row..first_row + u32::try_from(row.end - row.start).unwrap_or(u32::MAX);
        let mut cells = Vec::with_capacity(row.cells.len());
        for (bounds, more_columns) in &row.cells {
            let first = self.lines.len();
            let mut indent = usize::MAX;
            for at in row.start..row.end {
                let part = shown[at].part(lines[at], bounds.start, bounds.end);
                let text = crate::source::trim_end(self.slice(part));
                let line = part.take(text.len());
                if !line.is_blank() {
                    indent = indent.min(crate::block::indentation(text).1);
                }
                self.lines.push(line);
            }
            if indent > 0 && indent < usize::MAX {
                self.cut_in_place(first, indent);
            }
            let blank = self.lines[first..].iter().all(|line| line.is_blank());
            let start = self.skip_blank_lines(first);
            let span = if blank {
                let at = row.start.min(lines.len() - 1);
                self.source
                    .line_span(shown[at].part(lines[at], bounds.start, bounds.start))
            } else {
                self.span_of(start..self.lines.len())
            };
            let blocks = if blank {
                Few::new()
            } else {
                self.nested_lines(start..self.lines.len())
            };
            self.lines.truncate(first);
            let columns = number(bounds.start)..number(bounds.end);
            cells.push(Cell {
                span,
                lines: row_lines.clone(),
                columns,
                more_rows: 0,
                more_columns: *more_columns,
                blocks,
            });
        }
        let mut span = cells
            .first()
            .map_or_else(|| self.source.whole(), |cell| cell.span);
        for cell in &cells {
            span = span.to(cell.span);
            span.start = span.start.min(cell.span.start);
        }
        Row { span, cells }
    }

    fn skip_blank_lines(&self, first: usize) -> usize {
        (first..self.lines.len())
            .find(|&at| !self.lines[at].is_blank())
            .unwrap_or(self.lines.len())
    }
}

/// A row: its lines, and for each cell its columns and how many more it spans.
struct SimpleRow {
    start: usize,
    end: usize,
    cells: Vec<(Range<usize>, usize)>,
}

struct SimpleReader<'a> {
    text: &'a str,
    lines: &'a [Line],
    shown: &'a [ColumnLine<'a>],
    /// The columns as the top border draws them; the last one grows with its text.
    columns: Vec<Range<usize>>,
    border_end: usize,
    rows: Vec<SimpleRow>,
}

impl SimpleReader<'_> {
    fn read(&mut self) -> Result<(), TableError> {
        self.columns = runs(self.shown[0].columns(), b'=');
        self.border_end = self.columns.last().map_or(0, |column| column.end);
        let last = self.lines.len() - 1;
        let (mut start, mut text_found) = (1, false);
        for at in 1..=last {
            let line = self.line(at);
            let dashes =
                line.starts_with('-') && line.bytes().all(|byte| matches!(byte, b'-' | b' '));
            if is_border(line) || dashes {
                self.row(start..at, Some(at))?;
                (start, text_found) = (at + 1, false);
            } else if !self.is_blank(at, &self.columns[0].clone()) {
                if text_found && at != start {
                    self.row(start..at, None)?;
                }
                (start, text_found) = (at, true);
            } else if !text_found {
                start = at + 1;
            }
        }
        Ok(())
    }

    fn line(&self, at: usize) -> &str {
        let line = self.lines[at];
        &self.text[line.start as usize..line.end as usize]
    }

    fn is_blank(&self, at: usize, columns: &Range<usize>) -> bool {
        let shown = &self.shown[at];
        if shown.is_padding(columns.start) {
            return false;
        }
        let part = shown.part(self.lines[at], columns.start, columns.end);
        self.text[part.start as usize..part.end as usize]
            .trim_matches(crate::source::is_space)
            .is_empty()
    }

    /// Takes the lines `range` as a row, under which line `rule` draws its columns.
    fn row(&mut self, range: Range<usize>, rule: Option<usize>) -> Result<(), TableError> {
        if range.is_empty() && rule.is_none() {
            return Ok(());
        }
        let mut columns = match rule {
            Some(at) => self.drawn_columns(at)?,
            None => self.columns.clone(),
        };
        self.check_margins(range.clone(), &mut columns)?;
        let cells = self.spans(&columns, range.start)?;
        self.rows.push(SimpleRow {
            start: range.start,
            end: range.end,
            cells,
        });
        Ok(())
    }

    fn drawn_columns(&self, at: usize) -> Result<Vec<Range<usize>>, TableError> {
        let shown = self.shown[at].columns();
        let mark = shown[0];
        let mut columns = runs(shown, mark);
        let end = self.columns.last().map_or(0, |column| column.end);
        match columns.last_mut() {
            Some(last) if last.end == self.border_end => last.end = end,
            _ => {
                let reason = format!("the column span in line {} of it is incomplete", at + 1);
                return Err(TableError { reason, line: at });
            }
        }
        Ok(columns)
    }

    /// Text may stand in columns only; behind the last one it widens the column.
    fn check_margins(
        &mut self,
        range: Range<usize>,
        columns: &mut [Range<usize>],
    ) -> Result<(), TableError> {
        for index in 0..columns.len() {
            for at in range.clone() {
                let end = columns[index].end;
                if let Some(next) = columns.get(index + 1) {
                    if !self.is_blank(at, &(end..next.start)) {
                        let reason =
                            format!("there is text between two columns in line {} of it", at + 1);
                        return Err(TableError { reason, line: at });
                    }
                    continue;
                }
                let width = self.shown[at].columns().len();
                if !self.is_blank(at, &(end..usize::MAX)) {
                    let table_end = self.columns.last().map_or(0, |column| column.end);
                    columns[index].end = table_end.max(width);
                    if let Some(last) = self.columns.last_mut() {
                        last.end = last.end.max(width);
                    }
                }
            }
        }
        Ok(())
    }

    fn spans(
        &self,
        columns: &[Range<usize>],
        line: usize,
    ) -> Result<Vec<(Range<usize>, usize)>, TableError> {
        let misaligned = || TableError {
            reason: format!("the column span in line {} of it is not aligned", line + 2),
            line: line + 1,
        };
        let mut index = 0;
        let mut cells = Vec::with_capacity(columns.len());
        for column in columns {
            let first = index;
            if self
                .columns
                .get(index)
                .is_none_or(|known| known.start != column.start)
            {
                return Err(misaligned());
            }
            while self.columns.get(index).ok_or_else(misaligned)?.end != column.end {
                index += 1;
            }
            cells.push((column.clone(), index - first));
            index += 1;
        }
        Ok(cells)
    }
}

/// Where runs of `mark` start and end.
fn runs(columns: &[u8], mark: u8) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < columns.len() {
        let blanks = columns[at..]
            .iter()
            .take_while(|&&byte| byte != mark)
            .count();
        let start = at + blanks;
        let length = columns[start..]
            .iter()
            .take_while(|&&byte| byte == mark)
            .count();
        if length > 0 {
            runs.push(start..start + length);
        }
        at = start + length;
    }
    runs
}
