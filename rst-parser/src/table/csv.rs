//! Tables of comma-separated values: `.. csv-table::` with its content in the document ("CSV Table" in
//! the docutils directives reference). Files and addresses are never opened.

use super::csv_values::{self, CsvValue, Dialect, Record};
use super::list::{check_dimensions, column_widths, count, title};
use super::{Cell, Row, Table, TableKind};
use crate::directive::{Parts, character};
use crate::parser::Parser;
use crate::source::{Source, Stretch, is_space};
use crate::{Block, Few};

/// Reads `.. csv-table::`.
pub(crate) fn read<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
    out: &mut Vec<Block<'t>>,
) -> Result<(), String> {
    let find = |name: &str| parts.options.iter().find(|option| option.name == name);
    let option = |name: &str| find(name).map(|option| option.value.as_str());
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
    let body = csv_values::read(parser.source, &parser.lines[parts.content.clone()], dialect)?;
    let header_lines = parser.option_value(parts.option_lines.clone(), "header");
    let header = csv_values::read(parser.source, &header_lines, dialect)?;
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
        .map(|value| build_cell(parser, value))
        .collect();
    // Short rows are filled with empty cells.
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

/// Without its quotes, the value is not a part of the text. Therefore, it is read as a separate text.
fn build_cell<'t>(parser: &mut Parser<'_, 't>, value: CsvValue) -> Cell<'t> {
    let CsvValue {
        text,
        span,
        last_line,
        pieces,
    } = value;
    let width = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let blocks = if text.chars().all(is_space) {
        Few::new()
    } else {
        parser.embedded(&text, pieces)
    };
    Cell {
        span,
        lines: span.line..last_line + 1,
        columns: span.column..span.column.saturating_add(width),
        more_rows: 0,
        more_columns: 0,
        blocks,
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads a text that is written here in another form, whose stretches are `pieces`.
    fn embedded(&mut self, text: &str, pieces: Vec<Stretch>) -> Few<Block<'t>> {
        let (source, lines) = Source::embedded(text, self.source, pieces);
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
    use crate::{Block, Code, TableKind, parse};

    #[test]
    fn commas_separate_values_which_may_be_quoted() {
        let text = r#".. csv-table:: Actions
   :header: API, Action

   "GET /v2/images", ims:images:get
   "a ""b"", c"
"#;
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
        let text = r#".. csv-table::

   API, "-  ims:images:get
   -  ims:images:share"
"#;
        let parsed = parse(text);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(
            table.rows[0].cells[1].text(),
            "ims:images:get\n\nims:images:share"
        );
    }

    #[test]
    fn markup_in_a_value_has_its_place() {
        let page = "\
.. csv-table::
   :header: \"*Größe*\",\tB

   a, \"\"\"x\"\" *é* |s|
   -- `y`\"
   a,\t\"- =

     - =\"
";
        let parsed = parse(page);
        let table = parsed.document.tables().next().unwrap();
        let written: Vec<(&str, u32, u32)> = table
            .cells()
            .flat_map(|cell| &cell.blocks)
            .flat_map(|block| match block {
                Block::Paragraph(paragraph) => {
                    paragraph.inlines.iter().map(crate::Inline::span).collect()
                }
                list => list
                    .children()
                    .map(Block::span)
                    .chain([list.span()])
                    .collect::<Vec<_>>(),
            })
            .map(|span| (&page[span.range()], span.line, span.column))
            .collect();
        assert_eq!(
            written,
            [
                ("*Größe*", 2, 14),
                ("B", 2, 24),
                ("a", 4, 4),
                ("\"x\"\" ", 4, 9),
                ("*é*", 4, 14),
                (" ", 4, 17),
                ("|s|", 4, 18),
                ("\n   -- ", 4, 21),
                ("`y`", 5, 7),
                ("a", 6, 4),
                ("=", 6, 10),
                ("- =", 8, 6),
                ("- =\n\n     - =", 6, 8),
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_in_a_value_is_text() {
        let page = "\
.. csv-table::

   \u{feff}API, \"\u{feff}\"
";
        let parsed = parse(page);
        let table = parsed.document.tables().next().unwrap();
        let texts: Vec<String> = table.cells().map(crate::Cell::text).collect();
        assert_eq!(texts, ["\u{feff}API", "\u{feff}"]);
    }

    #[test]
    fn an_error_in_a_value_is_reported_at_its_place() {
        let parsed = parse(
            r#".. csv-table::

   a, "x
   *y"
"#,
        );
        let found = &parsed.diagnostics[0];
        assert_eq!(
            (found.code, found.span.line, found.span.column),
            (Code::UnclosedInline, 4, 4)
        );
    }

    #[test]
    fn a_quote_without_an_end_is_reported() {
        let parsed = parse(
            r#".. csv-table::

   "API, Action
"#,
        );
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedTable);
    }
}
