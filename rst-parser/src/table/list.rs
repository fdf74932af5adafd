//! Tables by directive: `.. table::` around a drawn table, and `.. list-table::` ("Tables" in the
//! docutils directives reference). A list whose rows have different lengths is not a table.

use super::{Cell, Row, Table, TableKind};
use crate::block::{BulletList, ListItem};
use crate::directive::Parts;
use crate::directive::widths;
use crate::parser::Parser;
use crate::{Block, Few, Inline, Span};

/// Reads `.. table::`, which gives a title to the one table that it contains.
pub(crate) fn read_table_directive<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
    out: &mut Vec<Block<'t>>,
) -> Result<(), String> {
    if parts.content.is_empty() {
        return Err("it needs content".to_owned());
    }
    let title = title(parser, parts);
    match parser.nested_lines(parts.content.clone()).only() {
        Some(Block::Table(mut table)) => {
            if let Some(widths) = given_widths(parts, table.columns)? {
                table.widths = widths;
            }
            table.title = title;
            table.options.clone_from(&parts.options);
            table.span = parts.span;
            out.push(Block::Table(table));
            Ok(())
        }
        _ => Err("it must contain one table and nothing else".to_owned()),
    }
}

/// Reads `.. list-table::`.
pub(crate) fn read<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
    out: &mut Vec<Block<'t>>,
) -> Result<(), String> {
    if parts.content.is_empty() {
        return Err("it needs content".to_owned());
    }
    let title = title(parser, parts);
    let blocks = parser.nested_lines(parts.content.clone());
    let Some(Block::BulletList(list)) = blocks.only() else {
        return Err("it must contain one bullet list and nothing else".to_owned());
    };
    let rows = list_rows(list)?;
    let columns = rows.first().map_or(0, |row| row.cells.len());
    check_dimensions(parts, rows.iter().map(|row| row.cells.len()))?;
    let widths = column_widths(parts, columns)?;
    out.push(Block::Table(Box::new(Table {
        span: parts.span,
        kind: TableKind::List,
        title,
        columns,
        widths,
        header_rows: count(parts, "header-rows"),
        stub_columns: count(parts, "stub-columns"),
        rows,
        options: parts.options.clone(),
    })));
    Ok(())
}

fn list_rows<'t>(list: BulletList<'t>) -> Result<Vec<Row<'t>>, String> {
    let mut rows: Vec<Row<'t>> = Vec::with_capacity(list.items.len());
    for (index, item) in list.items.into_iter().enumerate() {
        let number = index + 1;
        let Some(Block::BulletList(inner)) = item.blocks.only() else {
            return Err(format!("row {number} is not a bullet list"));
        };
        let expected = rows
            .first()
            .map_or(inner.items.len(), |row| row.cells.len());
        if inner.items.len() != expected {
            let found = inner.items.len();
            return Err(format!(
                "row {number} has {found} items, but row 1 has {expected}"
            ));
        }
        rows.push(Row {
            span: item.span,
            cells: inner.items.into_iter().map(list_cell).collect(),
        });
    }
    Ok(rows)
}

fn list_cell(item: ListItem<'_>) -> Cell<'_> {
    let ListItem { span, blocks } = item;
    let last = blocks.last().map_or(span, Block::span);
    // Without a block, the item is only its bullet.
    let behind_bullet = Span {
        start: span.end,
        column: span.column.saturating_add(1),
        ..span
    };
    let text = blocks
        .first()
        .map_or(behind_bullet, |first| first.span().to(last));
    let width = u32::try_from(span.len()).unwrap_or(u32::MAX);
    Cell {
        span: text,
        lines: span.line..last.line.max(span.line) + 1,
        columns: span.column..span.column.saturating_add(width),
        more_rows: 0,
        more_columns: 0,
        blocks,
    }
}

pub(super) fn title<'t>(parser: &mut Parser<'_, 't>, parts: &Parts) -> Option<Few<Inline<'t>>> {
    (!parts.arguments.is_empty()).then(|| parser.title(parts))
}

fn option<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    parts
        .options
        .iter()
        .find(|option| option.name == name)
        .map(|option| option.value.as_str())
}

/// The value of an option that is a number. Zero if the option is missing.
pub(super) fn count(parts: &Parts, name: &str) -> usize {
    option(parts, name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or_default()
}

/// The `widths` option, if it is a list of numbers.
fn given_widths(parts: &Parts, columns: usize) -> Result<Option<Vec<usize>>, String> {
    match option(parts, "widths").and_then(widths) {
        Some(widths) if widths.len() != columns => Err(format!(
            "it gives {} widths for {columns} columns",
            widths.len()
        )),
        given => Ok(given),
    }
}

/// The given widths, or equal widths.
pub(super) fn column_widths(parts: &Parts, columns: usize) -> Result<Vec<usize>, String> {
    if columns == 0 {
        return Err("it contains no data".to_owned());
    }
    Ok(given_widths(parts, columns)?.unwrap_or_else(|| vec![100 / columns; columns]))
}

/// Not all rows or columns may be headers.
pub(super) fn check_dimensions(
    parts: &Parts,
    rows: impl ExactSizeIterator<Item = usize>,
) -> Result<(), String> {
    let (header, stub) = (count(parts, "header-rows"), count(parts, "stub-columns"));
    if rows.len() < header || rows.len() == header && header > 0 {
        return Err(format!(
            "{header} rows are headers, but there are only {} in all",
            rows.len()
        ));
    }
    for columns in rows {
        if columns < stub || columns == stub && stub > 0 {
            return Err(format!(
                "{stub} columns are headers, but there are only {columns} in all"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{Code, TableKind, parse};

    #[test]
    fn a_directive_gives_a_table_its_title() {
        let text = "\
.. table:: **Table 1** Actions

   ====== ==================
   API    Action
   ====== ==================
   GET /  ims:images:get
   ====== ==================
";
        let parsed = parse(text);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(table.title_text().as_deref(), Some("Table 1 Actions"));
        assert_eq!(
            (table.kind, table.header_rows, table.span.line),
            (TableKind::Simple, 1, 1)
        );
    }

    #[test]
    fn a_list_of_lists_is_a_table() {
        let text = "\
.. list-table:: Actions
   :header-rows: 1

   * - API
     - Action
   * - GET /
     - ims:images:get
";
        let parsed = parse(text);
        let table = parsed.document.tables().next().unwrap();
        assert_eq!(
            (table.kind, table.columns, table.header_rows),
            (TableKind::List, 2, 1)
        );
        assert_eq!(table.rows[1].cells[1].text(), "ims:images:get");
    }

    #[test]
    fn rows_of_different_length_are_reported() {
        let parsed = parse(
            "\
.. list-table::

   * - API
     - Action
   * - GET /
",
        );
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedTable);
        assert_eq!(parsed.document.tables().count(), 0);
    }
}
