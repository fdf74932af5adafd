//! The rows of a table of parameters or fields, each read once: name, type, whether it is needed,
//! facts, and the labels it refers to. Nothing is resolved here.

use rst_parser::{Block, Cell, Inline, Span, Table};

use super::super::table::{Grid, collapse, collapsed};
use super::columns::FieldColumns;
use super::fact::{self, Facts, Said};
use super::kind::StatedType;
use super::outline::labels_of;
use super::part::words;
use super::prose;
use crate::model::reference::In;

/// A row as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldRow {
    /// The name as written, white space collapsed.
    pub(crate) name: String,
    /// The text of the type cell.
    pub(crate) type_text: String,
    pub(crate) kind: StatedType,
    /// `None` if the table does not have the column, or its cell is empty.
    pub(crate) required: Option<bool>,
    pub(crate) location: Option<In>,
    /// Labels in the cell of the name, in that of the type, and in the other cells.
    pub(crate) name_refs: Vec<String>,
    pub(crate) type_refs: Vec<String>,
    pub(crate) other_refs: Vec<String>,
    pub(crate) facts: Facts,
    /// The text of the description, if it is kept.
    pub(crate) description: Option<Box<str>>,
    pub(crate) span: Span,
    /// The row whose object this one is in, by a column of inner names.
    pub(crate) inside: Option<usize>,
}

/// The rows of a table, with their descriptions if these are kept, and how many rows only go on with the one above or
/// head those below.
pub(crate) fn rows(
    table: &Table<'_>,
    grid: &Grid<'_>,
    columns: &FieldColumns,
    keeps_prose: bool,
) -> (Vec<FieldRow>, usize) {
    let mut rows: Vec<FieldRow> = Vec::with_capacity(table.rows.len());
    let mut notes = 0;
    let mut group: Option<usize> = None;
    for index in columns.first..table.rows.len() {
        let cells = Cells {
            grid,
            columns,
            index,
        };
        let Some((named, name)) = cells.named(table) else {
            notes += 1;
            continue;
        };
        let mut row = FieldRow {
            name,
            span: place_of(named.cell).unwrap_or(table.rows[index].span),
            ..FieldRow::default()
        };
        if let Some(outer) = named.inside {
            if !named.goes_on {
                group = Some(rows.len());
                rows.push(FieldRow {
                    name: text(outer),
                    kind: StatedType::Object(None),
                    span: row.span,
                    ..FieldRow::default()
                });
            }
            row.inside = group;
        }
        refs(named.cell, &mut row.name_refs);
        cells.read(&mut row);
        if keeps_prose {
            let described = cells.at(columns.description);
            row.description = described.and_then(|cell| prose::text(&cell.blocks));
        }
        rows.push(row);
    }
    (rows, notes)
}

/// The cell that names a row.
struct Named<'d> {
    cell: &'d Cell<'d>,
    /// The cell of the object around it, if the table has a column of inner names.
    inside: Option<&'d Cell<'d>>,
    /// The cell in the column of names is that of the row above.
    goes_on: bool,
}

/// One row of a grid.
struct Cells<'g, 'd> {
    grid: &'g Grid<'d>,
    columns: &'g FieldColumns,
    index: usize,
}

impl<'d> Cells<'_, 'd> {
    fn at(&self, column: Option<usize>) -> Option<&'d Cell<'d>> {
        self.grid.cell(self.index, column?)
    }

    /// The cell with the name, and the name; `None` if the row only goes on with the one above or heads
    /// those below.
    fn named(&self, table: &Table<'_>) -> Option<(Named<'d>, String)> {
        let outer = self.at(Some(self.columns.name))?;
        let goes_on = self.index > self.columns.first
            && self
                .grid
                .cell(self.index - 1, self.columns.name)
                .is_some_and(|above| std::ptr::eq(above, outer));
        let inner = self
            .at(self.columns.inner)
            .filter(|inner| !matches!(text(inner).as_str(), "" | "-" | "N/A" | "None"));
        let is_wide = outer.more_columns > 0 && outer.more_columns + 1 >= table.columns;
        if inner.is_none() && goes_on || is_wide {
            return None;
        }
        let cell = inner.unwrap_or(outer);
        let name = text(cell);
        let named = Named {
            cell,
            inside: inner.map(|_| outer),
            goes_on,
        };
        (!name.is_empty()).then_some((named, name))
    }

    /// Reads everything but the name.
    fn read(&self, row: &mut FieldRow) {
        if let Some(cell) = self.at(self.columns.kind) {
            row.type_text = text(cell);
            refs(cell, &mut row.type_refs);
        }
        row.kind = StatedType::read(&row.type_text, !row.type_refs.is_empty());
        row.required = self
            .at(self.columns.required)
            .and_then(|cell| required(&text(cell)));
        row.location = self
            .at(self.columns.location)
            .and_then(|cell| location(&text(cell)));
        for column in [self.columns.description, self.columns.range] {
            if let Some(cell) = self.at(column) {
                refs(cell, &mut row.other_refs);
            }
        }
        if let Some(cell) = self.at(self.columns.description) {
            let mut said = Vec::new();
            collect(&cell.blocks, false, &mut said);
            row.facts = fact::read(&said, &row.kind);
        }
        if let Some(value) = self.at(self.columns.default).and_then(default) {
            row.facts.default = Some(value);
        }
    }
}

fn place_of(cell: &Cell<'_>) -> Option<Span> {
    cell.blocks.first().map(Block::span)
}

/// The value in a cell of defaults.
fn default(cell: &Cell<'_>) -> Option<String> {
    let value = text(cell);
    let nothing = matches!(
        value.to_lowercase().as_str(),
        "" | "-" | "n/a" | "none" | "null" | "/"
    );
    (!nothing).then_some(value)
}

/// What a cell says, as one line. Notes in it are left out.
pub(crate) fn text(cell: &Cell<'_>) -> String {
    if let [Block::Paragraph(paragraph)] = &cell.blocks[..] {
        return collapsed(paragraph.text());
    }
    super::super::table::text(cell)
}

fn required(text: &str) -> Option<bool> {
    match words(text).split(' ').next()? {
        "yes" | "y" | "mandatory" | "true" | "required" | "m" => Some(true),
        "" | "-" => None,
        _ => Some(false),
    }
}

fn location(text: &str) -> Option<In> {
    Some(match words(text).split(' ').next()? {
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
    let text = collapsed(rst_parser::inline_text(inlines));
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
