//! Tables of comma-separated values: `.. csv-table::` with its content in the document ("CSV
//! Table" in the docutils directives reference). Files and addresses are never opened.

use super::list::{check_dimensions, column_widths, count, title};
use super::{Cell, Row, Table, TableKind};
use crate::directive::{Parts, character};
use crate::parser::Parser;
use crate::source::{Line, Source};
use crate::{Block, Few, Span};

/// How values are written.
#[derive(Clone, Copy)]
struct Dialect {
    delimiter: char,
    quote: char,
    escape: Option<char>,
    skip_blanks: bool,
}

/// A value as read: its text and where it stands.
struct Value {
    text: String,
    span: Span,
    last_line: u32,
}

/// Reads `.. csv-table::`.
pub(crate) fn read<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
    out: &mut Vec<Block<'t>>,
) -> Result<(), String> {
    let option = |name: &str| {
        parts
            .options
            .iter()
            .find(|option| option.name == name)
            .map(|option| option.value.as_str())
    };
    if option("file").is_some() || option("url").is_some() {
        return Err("its content is in a file or at an address".to_owned());
    }
    if parts.content.is_empty() {
        return Err("it needs content".to_owned());
    }
    let dialect = Dialect {
        delimiter: option("delim").and_then(character).unwrap_or(','),
        quote: option("quote").and_then(character).unwrap_or('"'),
        escape: option("escape").and_then(character),
        skip_blanks: option("keepspace").is_none(),
    };
    let title = title(parser, parts);
    let lines: Vec<(&str, Span)> = parts
        .content
        .clone()
        .map(|at| (parser.line(at), parser.source.line_span(parser.lines[at])))
        .collect();
    let body = read_rows(&lines, dialect)?;
    let header_lines: Vec<(&str, Span)> = option("header")
        .map(|header| {
            header
                .split('\n')
                .map(|line| {
                    (
                        line,
                        Span {
                            end: parts.span.start,
                            ..parts.span
                        },
                    )
                })
                .collect()
        })
        .unwrap_or_default();
    let header = read_rows(&header_lines, dialect)?;
    let columns = header
        .iter()
        .chain(&body)
        .map(Vec::len)
        .max()
        .unwrap_or_default();
    check_dimensions(parts, body.iter().map(Vec::len))?;
    let widths = column_widths(parts, columns)?;
    let header_rows = header.len() + count(parts, "header-rows");
    let rows = header
        .into_iter()
        .chain(body)
        .map(|row| build_row(parser, row, columns))
        .collect();
    out.push(Block::Table(Box::new(Table {
        span: parts.span,
        kind: TableKind::Csv,
        title,
        columns,
        widths,
        header_rows,
        stub_columns: count(parts, "stub-columns"),
        rows,
        options: parts.options.clone(),
    })));
    Ok(())
}

fn build_row<'t>(parser: &mut Parser<'_, 't>, values: Vec<Value>, columns: usize) -> Row<'t> {
    let span = match (values.first(), values.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    };
    let mut cells: Vec<Cell<'t>> = values
        .into_iter()
        .map(|value| build_cell(parser, &value))
        .collect();
    // Short rows are filled up.
    while cells.len() < columns {
        let at = Span {
            start: span.end,
            ..span
        };
        cells.push(Cell {
            span: at,
            lines: at.line..at.line + 1,
            columns: at.column..at.column,
            more_rows: 0,
            more_columns: 0,
            blocks: Few::new(),
        });
    }
    Row { span, cells }
}

/// The value is not a part of the text once quotes are read, so it is a text of its own; all that
/// is in it stands where the value stands.
fn build_cell<'t>(parser: &mut Parser<'_, 't>, value: &Value) -> Cell<'t> {
    let span = value.span;
    let blocks = if value.text.trim().is_empty() {
        Few::new()
    } else {
        parser.embedded(&value.text, span)
    };
    let width = u32::try_from(value.text.chars().count()).unwrap_or(u32::MAX);
    Cell {
        span,
        lines: span.line..value.last_line + 1,
        columns: span.column..span.column.saturating_add(width),
        more_rows: 0,
        more_columns: 0,
        blocks,
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads a text that is written at `span` in another form.
    fn embedded(&mut self, text: &str, span: Span) -> Few<Block<'t>> {
        let (source, lines): (Source<'_>, Vec<Line>) = Source::pinned(text, span);
        let mut inner = self.inner(&source, lines);
        let blocks = inner.nested_lines(0..inner.lines.len());
        let (diagnostics, roles) = (inner.diagnostics, inner.roles);
        self.diagnostics.extend(diagnostics);
        self.roles = roles;
        blocks
    }
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

fn read_rows(lines: &[(&str, Span)], dialect: Dialect) -> Result<Vec<Vec<Value>>, String> {
    let mut rows = Vec::new();
    let mut row: Vec<Value> = Vec::new();
    let mut value = Value {
        text: String::new(),
        span: Span::default(),
        last_line: 0,
    };
    let mut state = State::Start;
    for &(line, span) in lines {
        if line.is_empty() && state == State::Start && row.is_empty() {
            rows.push(Vec::new());
            continue;
        }
        let mut characters = line
            .char_indices()
            .map(|(at, character)| (Some(at), character))
            .chain([(None, '\n')]);
        while let Some((at, character)) = characters.next() {
            let place = place(span, at.unwrap_or(line.len()), line);
            if state == State::Start && value.text.is_empty() {
                value.span = Span {
                    end: place.start,
                    ..place
                };
            }
            let end_of_line = at.is_none();
            let after = at.map_or(place.start, |_| place.end);
            let end_value = |value: &mut Value, row: &mut Vec<Value>| {
                value.span.end = value.span.end.max(place.start);
                value.last_line = span.line.max(value.span.line);
                row.push(std::mem::replace(
                    value,
                    Value {
                        text: String::new(),
                        span: Span::default(),
                        last_line: 0,
                    },
                ));
            };
            match state {
                State::Quoted if Some(character) == dialect.escape => {
                    value.text.extend(characters.next().map(|(_, next)| next));
                }
                State::Quoted if character == dialect.quote => state = State::QuoteInQuoted,
                State::Quoted => {
                    value.text.push(character);
                    value.span.end = after;
                }
                _ if end_of_line => {
                    end_value(&mut value, &mut row);
                    state = State::Start;
                }
                _ if character == dialect.delimiter => {
                    end_value(&mut value, &mut row);
                    state = State::Start;
                }
                State::QuoteInQuoted if character == dialect.quote && dialect.escape.is_none() => {
                    value.text.push(character);
                    state = State::Quoted;
                }
                State::QuoteInQuoted => {
                    return Err(format!(
                        "`{}` expected after `{}`",
                        dialect.delimiter, dialect.quote
                    ));
                }
                State::Start if character == ' ' && dialect.skip_blanks => {}
                State::Start if character == dialect.quote => state = State::Quoted,
                _ if Some(character) == dialect.escape => {
                    value.text.extend(characters.next().map(|(_, next)| next));
                    state = State::Plain;
                }
                _ => {
                    value.text.push(character);
                    state = State::Plain;
                }
            }
        }
        if state == State::Start {
            rows.push(std::mem::take(&mut row));
        }
    }
    if state != State::Start {
        return Err("a quoted value does not end".to_owned());
    }
    Ok(rows)
}

/// The span of the character at byte `at` of a line.
fn place(line: Span, at: usize, text: &str) -> Span {
    let offset = u32::try_from(at).unwrap_or(u32::MAX);
    let start = line.start.saturating_add(offset).min(line.end);
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let end = start
        .saturating_add(u32::try_from(length).unwrap_or_default())
        .min(line.end);
    Span {
        start,
        end,
        line: line.line,
        column: line.column.saturating_add(offset),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Code, TableKind, parse};

    #[test]
    fn values_are_parted_by_commas_and_may_be_quoted() {
        let text = ".. csv-table:: Actions\n   :header: API, Action\n\n   \"GET /v2/images\", ims:images:get\n   \"a \"\"b\"\", c\"\n";
        let parsed = parse(text);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(
            (
                table.kind,
                table.columns,
                table.header_rows,
                table.rows.len()
            ),
            (TableKind::Csv, 2, 1, 3)
        );
        assert_eq!(table.rows[1].cells[0].text(), "GET /v2/images");
        assert_eq!(table.rows[2].cells[0].text(), "a \"b\", c");
        assert_eq!(table.rows[2].cells[1].text(), "");
    }

    #[test]
    fn a_quoted_value_may_contain_line_ends_and_blocks() {
        let text = ".. csv-table::\n\n   API, \"-  ims:images:get\n   -  ims:images:share\"\n";
        let parsed = parse(text);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(
            table.rows[0].cells[1].text(),
            "ims:images:get\n\nims:images:share"
        );
    }

    #[test]
    fn a_quote_without_an_end_is_reported() {
        let parsed = parse(".. csv-table::\n\n   \"API, Action\n");
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedTable);
    }
}
