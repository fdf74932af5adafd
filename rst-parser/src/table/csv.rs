//! Tables of comma-separated values: `.. csv-table::` with its content in the document ("CSV
//! Table" in the docutils directives reference). Files and addresses are never opened.

use super::csv_values::{self, Dialect, Record, Value};
use super::list::{check_dimensions, column_widths, count, title};
use super::{Cell, Row, Table, TableKind};
use crate::directive::{Parts, character};
use crate::parser::Parser;
use crate::source::{Line, Source};
use crate::{Block, Few, Span};

/// Reads `.. csv-table::`.
pub(crate) fn read<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
    out: &mut Vec<Block<'t>>,
) -> Result<(), String> {
    let find = |name: &str| parts.options.iter().find(|option| option.name == name);
    let option = |name: &str| find(name).map(|option| option.value.as_str());
    let header_option = find("header");
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
    let body = csv_values::read(&lines, dialect)?;
    let header_lines: Vec<(&str, Span)> = header_option
        .into_iter()
        .flat_map(|header| header.value.split('\n').map(|line| (line, header.span)))
        .collect();
    let header = csv_values::read(&header_lines, dialect)?;
    let columns = header
        .iter()
        .chain(&body)
        .map(|record| record.values.len())
        .max()
        .unwrap_or_default();
    check_dimensions(parts, body.iter().map(|record| record.values.len()))?;
    let widths = column_widths(parts, columns)?;
    let header_rows = header.len() + count(parts, "header-rows");
    let rows = header
        .into_iter()
        .chain(body)
        .map(|record| build_row(parser, record, columns))
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

fn build_row<'t>(parser: &mut Parser<'_, 't>, record: Record, columns: usize) -> Row<'t> {
    let span = record.span;
    let mut cells: Vec<Cell<'t>> = record
        .values
        .into_iter()
        .map(|value| build_cell(parser, &value))
        .collect();
    // Short rows are filled up.
    while cells.len() < columns {
        let at = record.end;
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
