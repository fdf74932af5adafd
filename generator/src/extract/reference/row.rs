//! The rows of a table of parameters or fields, each read once: name, type, whether it is needed,
//! facts, and the labels it refers to. Nothing is resolved here.

use rst_parser::{Block, Cell, Inline, Span, Table};

use super::super::table::{Grid, collapse};
use super::columns::FieldColumns;
use super::fact::{self, Facts, Said};
use super::kind::StatedType;
use super::outline::labels_of;
use super::part::words;
use crate::model::reference::In;

/// A row as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldRow {
    /// The name as written, white space collapsed.
    pub(crate) name: String,
    /// The text of the type cell.
    pub(crate) type_text: String,
    pub(crate) kind: StatedType,
    /// `None` where the table has no such column, or its cell says nothing.
    pub(crate) required: Option<bool>,
    pub(crate) location: Option<In>,
    /// Labels in the cell of the name, of the type, of everything else.
    pub(crate) name_refs: Vec<String>,
    pub(crate) type_refs: Vec<String>,
    pub(crate) other_refs: Vec<String>,
    pub(crate) facts: Facts,
    pub(crate) span: Span,
    /// The row whose object this one is in, by a column of inner names.
    pub(crate) inside: Option<usize>,
}

/// The rows of a table, and how many rows only go on with the one above or head those below.
pub(crate) fn rows(
    table: &Table<'_>,
    grid: &Grid<'_>,
    columns: &FieldColumns,
) -> (Vec<FieldRow>, usize) {
    let mut rows: Vec<FieldRow> = Vec::with_capacity(table.rows.len());
    let mut notes = 0;
    let mut group: Option<usize> = None;
    for index in columns.first..table.rows.len() {
        let cell = |column: usize| grid.cell(index, column);
        let Some(name_cell) = cell(columns.name) else {
            notes += 1;
            continue;
        };
        let goes_on = index > columns.first
            && grid
                .cell(index - 1, columns.name)
                .is_some_and(|above| std::ptr::eq(above, name_cell));
        let inner = columns.inner.and_then(cell).filter(|inner| {
            let text = text(inner);
            !matches!(text.as_str(), "" | "-" | "N/A" | "None")
        });
        if inner.is_none() && goes_on {
            notes += 1;
            continue;
        }
        let wide = name_cell.more_columns > 0 && name_cell.more_columns + 1 >= table.columns;
        let named = text(inner.unwrap_or(name_cell));
        if wide || named.is_empty() {
            notes += 1;
            continue;
        }
        let mut row = FieldRow {
            name: named,
            span: name_cell
                .blocks
                .first()
                .map_or(table.rows[index].span, Block::span),
            ..FieldRow::default()
        };
        if let Some(inner) = inner {
            row.span = inner.blocks.first().map_or(row.span, Block::span);
            if !goes_on {
                let parent = FieldRow {
                    name: text(name_cell),
                    kind: StatedType::Object(None),
                    span: row.span,
                    ..FieldRow::default()
                };
                group = Some(rows.len());
                rows.push(parent);
            }
            row.inside = group;
        }
        refs(inner.unwrap_or(name_cell), &mut row.name_refs);
        if let Some(cell) = columns.kind.and_then(cell) {
            row.type_text = text(cell);
            refs(cell, &mut row.type_refs);
        }
        row.kind = StatedType::read(&row.type_text, !row.type_refs.is_empty());
        row.required = columns
            .required
            .and_then(cell)
            .and_then(|cell| required(&text(cell)));
        row.location = columns
            .location
            .and_then(cell)
            .and_then(|cell| location(&text(cell)));
        for column in [columns.description, columns.range].into_iter().flatten() {
            if let Some(cell) = cell(column) {
                refs(cell, &mut row.other_refs);
            }
        }
        if let Some(cell) = columns.description.and_then(cell) {
            let mut said = Vec::new();
            collect(&cell.blocks, false, &mut said);
            row.facts = fact::read(&said, &row.kind);
        }
        if let Some(cell) = columns.default.and_then(cell) {
            let value = text(cell);
            if !matches!(
                value.to_lowercase().as_str(),
                "" | "-" | "n/a" | "none" | "null" | "/"
            ) {
                row.facts.default = Some(value);
            }
        }
        rows.push(row);
    }
    (rows, notes)
}

/// What a cell says, as one line. Notes in it are left out.
pub(crate) fn text(cell: &Cell<'_>) -> String {
    if let [Block::Paragraph(paragraph)] = &cell.blocks[..] {
        return collapse(&paragraph.text());
    }
    super::super::table::text(cell)
}

fn required(text: &str) -> Option<bool> {
    let text = words(text);
    match text.split(' ').next()? {
        "yes" | "y" | "mandatory" | "true" | "required" | "m" => Some(true),
        "" | "-" => None,
        _ => Some(false),
    }
}

fn location(text: &str) -> Option<In> {
    let text = words(text);
    Some(match text.split(' ').next()? {
        "path" | "uri" | "url" => In::Path,
        "query" => In::Query,
        "header" | "headers" => In::Header,
        "body" | "formdata" | "form" => In::Body,
        _ => return None,
    })
}

fn refs(cell: &Cell<'_>, labels: &mut Vec<String>) {
    for block in &*cell.blocks {
        refs_in(block, labels);
    }
}

fn refs_in(block: &Block<'_>, labels: &mut Vec<String>) {
    match block {
        Block::Paragraph(paragraph) => labels_of(&paragraph.inlines, labels),
        Block::LineBlock(lines) => lines
            .lines
            .iter()
            .for_each(|line| labels_of(&line.inlines, labels)),
        Block::LiteralBlock(_) => {}
        _ => block.children().for_each(|child| refs_in(child, labels)),
    }
}

fn collect(blocks: &[Block<'_>], bullet: bool, said: &mut Vec<Said>) {
    let mut first = bullet;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                said.push(paragraph_of(&paragraph.inlines, first));
            }
            Block::BulletList(list) => list
                .items
                .iter()
                .for_each(|item| collect(&item.blocks, true, said)),
            Block::EnumeratedList(list) => list
                .items
                .iter()
                .for_each(|item| collect(&item.blocks, true, said)),
            Block::BlockQuote(quote) => collect(&quote.blocks, false, said),
            Block::LineBlock(lines) => lines
                .lines
                .iter()
                .for_each(|line| said.push(paragraph_of(&line.inlines, false))),
            _ => {}
        }
        first = false;
    }
}

fn paragraph_of(inlines: &[Inline<'_>], bullet: bool) -> Said {
    let text = collapse(&rst_parser::inline_text(inlines));
    let bold: Vec<String> = inlines
        .iter()
        .filter_map(|inline| match inline {
            Inline::Strong { text, .. } | Inline::Literal { text, .. } => Some(collapse(text)),
            _ => None,
        })
        .collect();
    Said {
        bold_first: bold.first().is_some_and(|bold| {
            text.trim_start_matches(['"', '“'])
                .starts_with(bold.as_str())
        }),
        text,
        bold,
        bullet,
    }
}
