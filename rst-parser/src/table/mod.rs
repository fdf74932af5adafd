//! Tables. One type represents every kind of table ("Tables" in the reStructuredText specification).
//! The modules [`grid`], [`simple`], [`list`] and [`csv`] read them.
//! A table is never guessed. Text that is not a well-formed table is kept as text.

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
    /// The table, including the directive around it, if there is one.
    pub span: Span,
    /// How it is written.
    pub kind: TableKind,
    /// The title, if a directive gives one.
    pub title: Option<Few<Inline<'t>>>,
    /// The number of columns.
    pub columns: usize,
    /// The width of each column, in characters, or in the unit of the `widths` option.
    pub widths: Vec<usize>,
    /// The number of header rows at the top.
    pub header_rows: usize,
    /// The number of header columns on the left.
    pub stub_columns: usize,
    /// The rows, with header rows first.
    pub rows: Vec<Row<'t>>,
    /// The options of the directive around it.
    pub options: Vec<DirectiveOption>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'t> {
    /// The row, from the start of its first cell to the end of its last one.
    pub span: Span,
    /// The cells that start in this row. A cell that spans into this row from an earlier one is not
    /// repeated.
    pub cells: Vec<Cell<'t>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The text of the cell, from its first to its last character. For an empty cell, the place of its
    /// box.
    pub span: Span,
    /// The lines of the cell's box, from one. The end is not included.
    pub lines: Range<u32>,
    /// The columns of the cell's box, from one. The end is not included.
    pub columns: Range<u32>,
    /// The number of further rows that the cell spans.
    pub more_rows: usize,
    /// The number of further columns that the cell spans.
    pub more_columns: usize,
    /// The content of the cell.
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
    /// The text of the cell's blocks, like docutils' `astext()`.
    pub fn text(&self) -> String {
        text_of(&self.blocks)
    }
}

/// Why a table cannot be read, and the line of the table that shows it.
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
