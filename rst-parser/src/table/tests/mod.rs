//! Tests of whole tables of every kind, with everything that is known about them: the places of cells,
//! the cells that span others, widths, and diagnostics about malformed tables.

mod directive;
mod grid;
mod simple;

use std::fmt::Write as _;

use crate::{Block, Span, Table, parse};

/// The tables and diagnostics of a text, with one line for each row, cell and diagnostic.
fn drawn(text: &str) -> String {
    let parsed = parse(text);
    let mut out = String::new();
    for table in parsed.document.tables() {
        draw(&mut out, text, table);
    }
    for block in &parsed.document.blocks {
        match block {
            Block::Table(_) => {}
            Block::Malformed(kept) => writeln!(out, "then\n{}", kept.text).unwrap(),
            _ => writeln!(out, "then {:?}", block.text()).unwrap(),
        }
    }
    for found in &parsed.diagnostics {
        let Span { line, column, .. } = found.span;
        writeln!(out, "{line}:{column} {}", found.message).unwrap();
    }
    out
}

/// Checks that a text has these tables and diagnostics, in the form of `drawn`.
fn shows(text: &str, expected: &str) {
    assert_eq!(drawn(text), expected.trim_start(), "{text}");
}

fn draw(out: &mut String, text: &str, table: &Table<'_>) {
    let place = |span: Span| {
        let bytes = &text[span.start as usize..span.end as usize];
        format!("{}:{} {bytes:?}", span.line, span.column)
    };
    let (widths, header) = (&table.widths, table.header_rows);
    let numbers = (table.columns, header, table.stub_columns);
    writeln!(out, "{:?} {numbers:?} widths {widths:?}", table.kind).unwrap();
    assert_eq!(table.header().len() + table.body().len(), table.rows.len());
    assert_eq!(table.header().len(), header);
    let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
    assert_eq!(table.cells().count(), cells);
    for row in &table.rows {
        writeln!(out, "row {}", place(row.span)).unwrap();
        for cell in &row.cells {
            let spans = (cell.more_rows, cell.more_columns);
            let (lines, columns) = (&cell.lines, &cell.columns);
            writeln!(
                out,
                "  {lines:?} {columns:?} {spans:?} {}",
                place(cell.span)
            )
            .unwrap();
        }
    }
}
