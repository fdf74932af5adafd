//! Splits lines of comma-separated values into rows of values ("CSV Table" in the docutils directives
//! reference, which refers to Python's module `csv`). This module does not read markup in a value.

use crate::Span;
use crate::source::{Line, Source, Stretch};

/// How values are written.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    pub delimiter: char,
    pub quote: char,
    pub escape: Option<char>,
    /// Spaces after a delimiter are not part of the value.
    pub skip_blanks: bool,
}

/// A row: its place, and its values.
pub(super) struct Record {
    pub span: Span,
    /// The end of its last line.
    pub end: Span,
    pub values: Vec<CsvValue>,
}

/// A value as it was read: its text and its place.
#[derive(Default)]
pub(super) struct CsvValue {
    pub text: String,
    pub span: Span,
    pub last_line: u32,
    /// The places of the stretches of the text.
    pub pieces: Vec<Stretch>,
}

/// Reads `lines` of `source`.
pub(super) fn read(
    source: &Source<'_>,
    lines: &[Line],
    dialect: Dialect,
) -> Result<Vec<Record>, String> {
    let mut reader = Reader {
        source,
        dialect,
        state: State::Start,
        value: Open::default(),
        values: Vec::new(),
        records: Vec::new(),
    };
    for &line in lines {
        reader.line(line)?;
    }
    if reader.state != State::Start {
        return Err("a quoted value does not end".to_owned());
    }
    Ok(reader.records)
}

/// The state of the reader in a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// A quote inside quotes: the end, or the first half of a doubled quote.
    QuoteInQuoted,
}

/// A place in the normalised text: a byte, and its physical line.
#[derive(Clone, Copy, Default)]
struct Place {
    at: u32,
    row: u32,
}

/// A value that is being read.
#[derive(Default)]
struct Open {
    text: String,
    pieces: Vec<Stretch>,
    /// The source of the text, including its quotes.
    start: Option<Place>,
    end: u32,
}

impl Open {
    /// Adds a character that is written at `place`.
    fn push(&mut self, character: char, place: Place) {
        let inner = position(self.text.len());
        let goes_on = self.pieces.last().is_some_and(|piece| {
            piece.row == place.row && piece.outer + (inner - piece.inner) == place.at
        });
        if !goes_on {
            self.pieces.push(Stretch {
                inner,
                outer: place.at,
                row: place.row,
            });
        }
        self.text.push(character);
    }
}

struct Reader<'s> {
    source: &'s Source<'s>,
    dialect: Dialect,
    state: State,
    value: Open,
    values: Vec<CsvValue>,
    records: Vec<Record>,
}

impl Reader<'_> {
    fn line(&mut self, line: Line) -> Result<(), String> {
        let written = &self.source.text()[line.start as usize..line.end as usize];
        let end = self.source.line_span(line.skip(line.len()));
        if written.is_empty() && self.state == State::Start && self.values.is_empty() {
            let values = Vec::new();
            let span = end;
            self.records.push(Record { span, end, values });
            return Ok(());
        }
        let places = |(at, character)| {
            let at = line.start + position(at);
            (Place { at, row: line.row }, character)
        };
        let line_end = (written.len(), '\n');
        let mut characters = written.char_indices().chain([line_end]).map(places);
        while let Some((place, character)) = characters.next() {
            if self.state == State::Start && self.value.text.is_empty() {
                self.value.start = Some(place);
                self.value.end = place.at;
            }
            let ended = self.character(place, character, &mut characters)?;
            if !ended && character != '\n' {
                let bytes = position(character.len_utf8());
                self.value.end = self.value.end.max(place.at + bytes);
            }
        }
        if self.state == State::Start {
            self.end_record(line, end);
        }
        Ok(())
    }

    /// Reads one character, and the character that it escapes from `rest`. Returns whether it ended a
    /// value.
    fn character(
        &mut self,
        place: Place,
        character: char,
        rest: &mut impl Iterator<Item = (Place, char)>,
    ) -> Result<bool, String> {
        match self.state {
            State::Quoted => self.quoted(place, character, rest),
            // Such a space does not count, even if it is the delimiter.
            State::Start if character == ' ' && self.dialect.skip_blanks => {}
            _ if character == '\n' || character == self.dialect.delimiter => {
                self.end_value(place);
                return Ok(true);
            }
            State::QuoteInQuoted => self.after_quote(place, character, rest)?,
            State::Start if character == self.dialect.quote => self.state = State::Quoted,
            State::Start | State::Plain => self.plain(place, character, rest),
        }
        Ok(false)
    }

    /// A character in quotes.
    fn quoted(
        &mut self,
        place: Place,
        character: char,
        rest: &mut impl Iterator<Item = (Place, char)>,
    ) {
        if Some(character) == self.dialect.escape {
            self.escaped(rest.next());
        } else if character == self.dialect.quote {
            self.state = State::QuoteInQuoted;
        } else {
            self.value.push(character, place);
        }
    }

    /// A character that follows a quote in quotes.
    fn after_quote(
        &mut self,
        place: Place,
        character: char,
        rest: &mut impl Iterator<Item = (Place, char)>,
    ) -> Result<(), String> {
        let Dialect {
            delimiter,
            quote,
            escape,
            ..
        } = self.dialect;
        if escape.is_some() {
            // If there is an escape character for quotes, the value continues after its quoted part.
            self.plain(place, character, rest);
        } else if character == quote {
            self.value.push(character, place);
            self.state = State::Quoted;
        } else {
            return Err(format!("`{delimiter}` expected after `{quote}`"));
        }
        Ok(())
    }

    /// A character outside of quotes.
    fn plain(
        &mut self,
        place: Place,
        character: char,
        rest: &mut impl Iterator<Item = (Place, char)>,
    ) {
        if Some(character) == self.dialect.escape {
            self.escaped(rest.next());
        } else {
            self.value.push(character, place);
        }
        self.state = State::Plain;
    }

    /// Ends a record on `line`, whose end is `end`.
    fn end_record(&mut self, line: Line, end: Span) {
        let values = std::mem::take(&mut self.values);
        let span = match (values.first(), values.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.source.line_span(line),
        };
        self.records.push(Record { span, end, values });
    }

    /// Adds the character after an escape character.
    fn escaped(&mut self, next: Option<(Place, char)>) {
        if let Some((place, character)) = next {
            self.value.push(character, place);
            self.value.end = place.at + position(character.len_utf8());
        }
    }

    /// Ends a value at `place`, before the delimiter or the end of the line.
    fn end_value(&mut self, place: Place) {
        let Open {
            text,
            pieces,
            start,
            end,
        } = std::mem::take(&mut self.value);
        let mut start = start.unwrap_or(place);
        if text.is_empty() && self.state == State::Start {
            // There is no value between two delimiters.
            start = place;
        }
        let span = self.source.span(start.at, end.max(start.at), start.row);
        let last = self.source.span(place.at, place.at, place.row);
        self.values.push(CsvValue {
            text,
            span,
            last_line: last.line.max(span.line),
            pieces,
        });
        self.state = State::Start;
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::{Span, Table, parse};

    fn table(page: &str) -> Table<'_> {
        let parsed = parse(page);
        parsed.document.tables().next().expect("a table").clone()
    }

    #[test]
    fn a_value_has_its_place() {
        let page = r#".. csv-table::

   "Größe", ims:images:get , x
   a,, b
"#;
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
    fn a_row_without_values_has_its_line() {
        let page = "\
.. csv-table::

   GET /v2/images, ims:images:get

   a, b
";
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
    fn a_missing_value_has_its_place_at_the_end_of_its_row() {
        let table = table(
            "\
.. csv-table::

   GET /v2/images, ims:images:get
   Größe
",
        );
        let span = table.rows[1].cells[1].span;
        assert_eq!((span.line, span.column, span.len()), (4, 9, 0));
    }

    #[test]
    fn a_space_before_a_value_does_not_count_if_it_is_the_delimiter() {
        let table = table(
            "\
.. csv-table::
   :delim: space

   a   b
",
        );
        let texts: Vec<String> = table.cells().map(crate::Cell::text).collect();
        assert_eq!(texts, ["a", "b"]);
    }

    #[test]
    fn an_escape_character_may_be_chosen() {
        let page = r#".. csv-table::
   :escape: '

   '"GET'", '
   a
"#;
        let table = table(page);
        assert_eq!(table.rows[0].cells[0].text(), "\"GET\"");
    }
}
