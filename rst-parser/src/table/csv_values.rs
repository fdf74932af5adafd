//! Lines of comma-separated values as rows of values ("CSV Table" in the docutils directives
//! reference, which leaves it to Python's module `csv`). It never looks for markup in a value.

use crate::Span;

/// How values are written.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    pub delimiter: char,
    pub quote: char,
    pub escape: Option<char>,
    /// Blanks after a delimiter are no part of the value.
    pub skip_blanks: bool,
}

/// A row: where it stands, and its values.
pub(super) struct Record {
    pub span: Span,
    /// The end of its last line.
    pub end: Span,
    pub values: Vec<Value>,
}

/// A value as read: its text and where it stands.
#[derive(Default)]
pub(super) struct Value {
    pub text: String,
    pub span: Span,
    pub last_line: u32,
}

/// Reads lines, each with its place. Where a line is written in another form at its place, such as
/// with a tab, all of its values stand there.
pub(super) fn read(lines: &[(&str, Span)], dialect: Dialect) -> Result<Vec<Record>, String> {
    let mut reader = Reader {
        dialect,
        state: State::Start,
        value: Value::default(),
        values: Vec::new(),
        records: Vec::new(),
    };
    for &(line, span) in lines {
        reader.line(line, span)?;
    }
    if reader.state != State::Start {
        return Err("a quoted value does not end".to_owned());
    }
    Ok(reader.records)
}

/// Where in a value the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// A quote inside quotes: the end, or one half of a doubled one.
    QuoteInQuoted,
}

struct Reader {
    dialect: Dialect,
    state: State,
    value: Value,
    values: Vec<Value>,
    records: Vec<Record>,
}

impl Reader {
    fn line(&mut self, line: &str, span: Span) -> Result<(), String> {
        if line.is_empty() && self.state == State::Start && self.values.is_empty() {
            let values = Vec::new();
            let end = span;
            self.records.push(Record { span, end, values });
            return Ok(());
        }
        let mut places = Places::of(line, span);
        let mut end = span;
        let mut characters = line.chars().chain(['\n']);
        while let Some(character) = characters.next() {
            let place = places.next(character);
            end = place;
            if self.state == State::Start && self.value.text.is_empty() {
                self.value.span = place;
            }
            let mut escaped = || {
                let next = characters.next()?;
                places.next(next);
                Some(next)
            };
            match self.state {
                State::Quoted if Some(character) == self.dialect.escape => {
                    self.value.text.extend(escaped());
                }
                State::Quoted if character == self.dialect.quote => {
                    self.state = State::QuoteInQuoted;
                }
                State::Quoted => self.value.text.push(character),
                _ if character == '\n' || character == self.dialect.delimiter => {
                    self.end_value(place);
                    continue;
                }
                State::QuoteInQuoted
                    if character == self.dialect.quote && self.dialect.escape.is_none() =>
                {
                    self.value.text.push(character);
                    self.state = State::Quoted;
                }
                State::QuoteInQuoted => {
                    let Dialect {
                        delimiter, quote, ..
                    } = self.dialect;
                    return Err(format!("`{delimiter}` expected after `{quote}`"));
                }
                State::Start if character == ' ' && self.dialect.skip_blanks => {}
                State::Start if character == self.dialect.quote => self.state = State::Quoted,
                _ if Some(character) == self.dialect.escape => {
                    self.value.text.extend(escaped());
                    self.state = State::Plain;
                }
                _ => {
                    self.value.text.push(character);
                    self.state = State::Plain;
                }
            }
            self.value.span = self.value.span.to(place);
        }
        if self.state == State::Start {
            let values = std::mem::take(&mut self.values);
            let span = match (values.first(), values.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => span,
            };
            self.records.push(Record { span, end, values });
        }
        Ok(())
    }

    /// Ends a value before the delimiter, or the line's end, at `place`.
    fn end_value(&mut self, place: Span) {
        let mut value = std::mem::take(&mut self.value);
        if value.text.is_empty() && self.state == State::Start {
            // Nothing stands between two delimiters.
            value.span.end = value.span.start.max(place.start);
            value.span.start = value.span.end;
        }
        value.last_line = place.line.max(value.span.line);
        self.values.push(value);
        self.state = State::Start;
    }
}

/// Where the characters of a line stand.
struct Places {
    next: Span,
    line: Span,
    /// The line is written as it is read.
    exact: bool,
}

impl Places {
    fn of(text: &str, line: Span) -> Places {
        let next = Span {
            end: line.start,
            ..line
        };
        let exact = text.len() == line.len();
        Places { next, line, exact }
    }

    fn next(&mut self, character: char) -> Span {
        if !self.exact {
            return self.line;
        }
        let length = u32::try_from(character.len_utf8()).unwrap_or_default();
        let end = self.next.start.saturating_add(length).min(self.line.end);
        let place = Span { end, ..self.next };
        self.next.start = end;
        self.next.end = end;
        self.next.column = self.next.column.saturating_add(1);
        place
    }
}

#[cfg(test)]
mod tests {
    use crate::{Span, Table, parse};

    fn table(page: &str) -> Table<'_> {
        let parsed = parse(page);
        parsed.document.tables().next().expect("a table").clone()
    }

    #[test]
    fn a_value_stands_where_it_is_written() {
        let page = ".. csv-table::\n\n   \"Größe\", ims:images:get , x\n   a,, b\n";
        let table = table(page);
        let written = |row: usize, cell: usize| {
            let span: Span = table.rows[row].cells[cell].span;
            (&page[span.range()], span.line, span.column)
        };
        assert_eq!(written(0, 0), ("\"Größe\"", 3, 4));
        assert_eq!(written(0, 1), ("ims:images:get ", 3, 13));
        assert_eq!(written(0, 2), ("x", 3, 30));
        assert_eq!(written(1, 1), ("", 4, 6));
    }

    #[test]
    fn a_row_without_values_stands_on_its_line() {
        let page = ".. csv-table::\n\n   GET /v2/images, ims:images:get\n\n   a, b\n";
        let table = table(page);
        assert_eq!((table.rows.len(), table.rows[1].span.line), (3, 4));
        assert!(
            table.rows[1]
                .cells
                .iter()
                .all(|cell| table.span.contains(cell.span))
        );
    }

    #[test]
    fn a_value_that_is_left_out_stands_at_the_end_of_its_row() {
        let table = table(".. csv-table::\n\n   GET /v2/images, ims:images:get\n   Größe\n");
        let span = table.rows[1].cells[1].span;
        assert_eq!((span.line, span.column, span.len()), (4, 9, 0));
    }

    #[test]
    fn an_escape_character_may_be_chosen() {
        let page = ".. csv-table::\n   :escape: '\n\n   '\"GET'\", '\n   a\n";
        let table = table(page);
        assert_eq!(table.rows[0].cells[0].text(), "\"GET\"");
    }
}
