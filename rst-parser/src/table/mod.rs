//! Tables: one type for every way to write one ("Tables" in the reStructuredText specification).
//! Where they are read: [`grid`], [`simple`], and by directive [`list`] and [`csv`].
//! A table is never guessed: what is not well formed is kept as text.

pub(crate) mod csv;
mod csv_values;
pub(crate) mod grid;
mod grid_cells;
pub(crate) mod list;
pub(crate) mod simple;
mod simple_rows;

use std::ops::Range;

use crate::block::{join, text_of};
use crate::inline::{self, Inline};
use crate::{Block, DirectiveOption, Few, Span};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TableKind {
    /// Drawn with `+`, `-` and `|`.
    Grid,
    /// Columns under `====  ====`.
    Simple,
    /// A list of lists: `.. list-table::`.
    List,
    /// Comma-separated values: `.. csv-table::`.
    Csv,
}

/// A table.
///
/// ```
/// let text = "\
/// +--------------------------+--------------------+
/// | APIs                     | Actions            |
/// +==========================+====================+
/// | POST /v2/images/members  | -  ims:images:get  |
/// |                          | -  ims:images:share|
/// +--------------------------+--------------------+
/// ";
/// let parsed = rst_parser::parse(text);
/// let table = parsed.document.tables().next().unwrap();
/// assert_eq!((table.columns, table.header_rows, table.rows.len()), (2, 1, 2));
/// let cell = &table.body()[0].cells[1];
/// assert_eq!(cell.text(), "ims:images:get\n\nims:images:share");
/// assert_eq!((cell.lines.clone(), cell.columns.clone()), (4..6, 29..49));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'t> {
    /// The table, with the directive around it, if there is one.
    pub span: Span,
    /// How it is written.
    pub kind: TableKind,
    /// The title that a directive gives it.
    pub title: Option<Few<Inline<'t>>>,
    /// Number of columns.
    pub columns: usize,
    /// Width of each column, in characters, or in the unit of the `widths` option.
    pub widths: Vec<usize>,
    /// Number of rows at the top that are headers.
    pub header_rows: usize,
    /// Number of columns on the left that are headers.
    pub stub_columns: usize,
    /// The rows, headers first.
    pub rows: Vec<Row<'t>>,
    /// The options of the directive around it.
    pub options: Vec<DirectiveOption>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'t> {
    /// From the start of the row's first cell to the end of its last one.
    pub span: Span,
    /// The cells that start in this row. A cell of an earlier row or column that spans into this
    /// one is not repeated.
    pub cells: Vec<Cell<'t>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The cell's text, from its first character to its last; empty where the box is.
    pub span: Span,
    /// The lines of the cell's box, from one, the end not included.
    pub lines: Range<u32>,
    /// The columns of the cell's box, from one, the end not included.
    pub columns: Range<u32>,
    /// Rows that the cell spans beyond its own.
    pub more_rows: usize,
    /// Columns that the cell spans beyond its own.
    pub more_columns: usize,
    /// What the cell contains.
    pub blocks: Few<Block<'t>>,
}

impl<'t> Table<'t> {
    /// The header rows.
    pub fn header(&self) -> &[Row<'t>] {
        &self.rows[..self.header_rows.min(self.rows.len())]
    }

    /// The rows below the header.
    pub fn body(&self) -> &[Row<'t>] {
        &self.rows[self.header_rows.min(self.rows.len())..]
    }

    /// Every cell, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell<'t>> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// The title without markup.
    pub fn title_text(&self) -> Option<String> {
        self.title.as_deref().map(inline::text)
    }

    /// The text of title and cells.
    pub fn text(&self) -> String {
        join(
            self.title_text()
                .into_iter()
                .chain(self.cells().map(Cell::text)),
        )
    }
}

impl Cell<'_> {
    /// The text of the cell's blocks, as docutils' `astext()` gives it.
    pub fn text(&self) -> String {
        text_of(&self.blocks)
    }
}

/// Why a table cannot be read, and the line of it that shows why.
pub(crate) struct TableError {
    pub reason: String,
    pub line: usize,
}

impl TableError {
    pub fn new(reason: &str, line: usize) -> TableError {
        TableError {
            reason: reason.to_owned(),
            line,
        }
    }
}

#[cfg(test)]
mod tests;
