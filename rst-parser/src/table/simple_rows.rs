//! Finds the rows of a simple table ("Simple Tables" in the reStructuredText specification). It reads the
//! first column and the lines under rows. It does not read the content of a cell.

use std::ops::Range;

use super::TableError;
use super::simple::is_border;
use crate::columns::ColumnLine;
use crate::source::Line;

/// A row: its lines, and for each cell its columns and the number of further columns that it spans.
pub(super) struct SimpleRow {
    pub start: usize,
    pub end: usize,
    pub cells: Vec<(Range<usize>, usize)>,
}

/// The rows and columns of a simple table.
pub(super) struct SimpleLayout<'a> {
    text: &'a str,
    lines: &'a [Line],
    shown: &'a [ColumnLine<'a>],
    /// The columns as the top border draws them. The last one grows with its text.
    pub columns: Vec<Range<usize>>,
    border_end: usize,
    pub rows: Vec<SimpleRow>,
}

impl<'a> SimpleLayout<'a> {
    /// Finds the rows of the table on `lines` of `text`, whose columns are `shown`.
    pub fn of(
        text: &'a str,
        lines: &'a [Line],
        shown: &'a [ColumnLine<'a>],
    ) -> Result<SimpleLayout<'a>, TableError> {
        let columns = runs(shown[0].columns(), b'=');
        let mut layout = SimpleLayout {
            text,
            lines,
            shown,
            border_end: columns.last().map_or(0, |column| column.end),
            columns,
            rows: Vec::new(),
        };
        layout.find_rows()?;
        Ok(layout)
    }

    fn find_rows(&mut self) -> Result<(), TableError> {
        let last = self.lines.len() - 1;
        let (mut start, mut text_found) = (1, false);
        for at in 1..=last {
            let line = self.line(at);
            let dashes =
                line.starts_with('-') && line.bytes().all(|byte| matches!(byte, b'-' | b' '));
            if is_border(line) || dashes {
                self.row(start..at, Some(at))?;
                (start, text_found) = (at + 1, false);
            } else if !self.shown[at].is_blank_by_character(line, &self.columns[0]) {
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

    /// Takes the lines `range` as a row. Line `rule` under the row draws its columns.
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

    /// Text may appear only in columns. After the last column, it widens the column.
    fn check_margins(
        &mut self,
        range: Range<usize>,
        columns: &mut [Range<usize>],
    ) -> Result<(), TableError> {
        for index in 0..columns.len() {
            for at in range.clone() {
                let end = columns[index].end;
                if let Some(next) = columns.get(index + 1) {
                    if !self.shown[at].is_blank(&(end..next.start)) {
                        let reason =
                            format!("there is text between two columns in line {} of it", at + 1);
                        return Err(TableError { reason, line: at });
                    }
                    continue;
                }
                let width = self.shown[at].end();
                if width > end {
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

/// The starts and ends of runs of `mark`.
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

#[cfg(test)]
mod tests {
    use crate::{Code, parse};

    #[test]
    fn a_row_continues_if_its_first_column_is_blank() {
        let text = "\
=========== =========================================
Status Code Description
=========== =========================================
401         Authentication failed.
404         The requested resource
            cannot be found.
=========== =========================================
";
        let parsed = parse(text);
        let table = parsed.document.tables().next().expect("a table");
        assert_eq!(table.rows.len(), 3);
        assert_eq!(
            table.rows[2].cells[1].text(),
            "The requested resource\ncannot be found."
        );
    }

    #[test]
    fn a_line_under_a_row_draws_its_spans() {
        let text = "\
========= ========= ======
Parameter           Type
------------------- ------
Name      Mandatory
========= ========= ======
name      Yes       String
========= ========= ======
";
        let parsed = parse(text);
        let table = parsed.document.tables().next().expect("a table");
        let spans = |row: usize| -> Vec<usize> {
            let cells = table.rows[row].cells.iter();
            cells.map(|cell| cell.more_columns).collect()
        };
        assert_eq!(
            (table.header_rows, spans(0), spans(1)),
            (2, vec![1, 0], vec![0, 0, 0])
        );
    }

    #[test]
    fn text_between_two_columns_is_reported_at_its_place() {
        let text = "\
========== ====== ==============
Parameter  Type   Description
========== ====== ==============
error_codes_String Error code.
========== ====== ==============
";
        let parsed = parse(text);
        let found = &parsed.diagnostics[0];
        assert_eq!((found.code, found.span.line), (Code::MalformedTable, 4));
    }
}
