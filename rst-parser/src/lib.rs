//! Parses reStructuredText into blocks and tables with source spans.
//!
//! [`parse`] reads a text and returns a [`Document`] with diagnostics. It never fails. Text that cannot
//! be read as the markup that it starts as is kept as text, and a [`Diagnostic`] says why. The result
//! agrees with docutils, down to the text of every table cell.
//!
//! ```
//! let page = "\
//! Image Sharing
//! =============
//!
//! +---------------------+-------------------+
//! | APIs                | Actions           |
//! +=====================+===================+
//! | POST /v2/images     | -  ims:images:get |
//! +---------------------+-------------------+
//! ";
//! let parsed = rst_parser::parse(page);
//! let table = parsed.document.tables().next().unwrap();
//! let cell = &table.body()[0].cells[1];
//! assert_eq!(cell.text(), "ims:images:get");
//! assert_eq!((cell.span.line, cell.span.column), (7, 25));
//!
//! // A row that is wider than its table:
//! let page = page.replace("v2/images ", "v2/cloudimages ");
//! let parsed = rst_parser::parse(&page);
//! assert_eq!(parsed.diagnostics[0].to_string(),
//!     "7:1: error[malformed-table]: malformed table: the right border is missing or not aligned");
//! ```
//!
//! # How to read a document
//!
//! - [`Document::title`], [`Document::field`], [`Document::tables`] and [`Document::tables_by_section`]
//!   find the parts of a page that most programs need.
//! - [`Document::outline`] lists the sections, and [`Document::block_of`] finds the block of a label.
//! - A [`Block`] is a body element. [`Block::children`] returns the blocks inside it, [`Block::text`]
//!   returns its text like docutils' `astext()`, and [`Block::span`] returns its place.
//! - A [`Table`] is the same for every kind of table: grid, simple, list, comma-separated values. Its
//!   [`Cell`]s contain blocks and know the box in which they are drawn.
//! - An [`Inline`] is a piece of text, with or without markup.
//! - A document borrows from the text, so the text must live as long as the document. A list that usually
//!   has one element, such as the blocks of a cell, is a [`Few`].
//!
//! # Limits
//!
//! The parser does not resolve, number, substitute, generate or include anything. `|name|` shows `name`,
//! `[#]_` does not show anything, and files are never opened. Blocks that are nested more than 100 levels
//! deep are kept as text.
//!
//! The content of an unknown directive is read if it is markup, because it may contain tables. A
//! diagnostic notes that. The content of a directive for another language is never read.
//!
//! # Where the parser reads each construct
//!
//! Each construct has its own file: grid tables are in `table/grid.rs`, bullet lists in
//! `block/bullet_list.rs`, directives in `directive/`, inline markup in `inline/scanner.rs`.
//! `block/body.rs` decides which construct a line starts, and `source.rs` reads white space.
#![forbid(unsafe_code)]

mod block;
mod columns;
mod diagnostic;
mod directive;
mod document;
mod few;
mod inline;
mod labels;
mod outline;
mod parser;
mod places;
mod source;
mod span;
mod table;

pub use block::{
    Block, BlockLine, BlockQuote, BulletList, Citation, CommandOption, Comment, DefinitionItem,
    DefinitionList, DoctestBlock, EnumeratedList, EnumeratorForm, Field, FieldList, Footnote,
    LineBlock, ListItem, LiteralBlock, Malformed, Numbering, OptionItem, OptionList, Paragraph,
    Section, SubstitutionDefinition, Target, Transition,
};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use directive::{Directive, DirectiveOption};
pub use document::Document;
pub use few::Few;
pub use inline::{
    Inline, Reference, ReferenceTarget, Role, SubstitutionReference, text as inline_text,
};
pub use outline::OutlineEntry;
pub use span::Span;
pub use table::{Cell, Row, Table, TableKind};

/// A document with the diagnostics about its text. The document borrows from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<'t> {
    /// The document.
    pub document: Document<'t>,
    /// The diagnostics, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a text.
///
/// It accepts every text and never panics. Its time is proportional to the length of the text, and the
/// depth of nesting is bounded. It reads at most the first 4 GB of a text.
///
/// ```
/// let parsed = rst_parser::parse("-  ims:images:get\n-  ims:images:share\n");
/// assert_eq!(parsed.document.blocks[0].text(), "ims:images:get\n\nims:images:share");
/// assert!(parsed.diagnostics.is_empty());
/// ```
pub fn parse(text: &str) -> Parsed<'_> {
    parser::parse(text)
}
