//! reStructuredText to blocks and tables with source spans.
//!
//! [`parse`] reads a text and returns a [`Document`] with what there is to say about it. It never
//! fails: what cannot be read as the markup it starts as is kept as text, and a [`Diagnostic`] says
//! why. What a page says is what docutils says it says, down to the text of every table cell.
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
//! # The way through a document
//!
//! - [`Document::title`], [`Document::field`], [`Document::tables`] and
//!   [`Document::tables_by_section`] find what pages are read for.
//! - A [`Block`] is a body element; [`Block::children`] goes down, [`Block::text`] gives its text as
//!   docutils' `astext()` does, [`Block::span`] says where it stands.
//! - A [`Table`] is the same for every way to write one: drawn as a grid, simple, as a list, as
//!   comma-separated values. Its [`Cell`]s contain blocks and know the box they are drawn in.
//! - An [`Inline`] is a piece of text, marked up or not.
//! - A document borrows what it can from the text, so the text must live as long. A list that mostly
//!   holds one element, such as the blocks of a cell, is a [`Few`].
//!
//! # What is not done
//!
//! Nothing is resolved, numbered, substituted, generated or included: `|name|` shows `name`,
//! `[#]_` shows nothing, files are not opened. Blocks nested more than 100 levels deep are kept as
//! text.
//!
//! The content of a directive that is not known is read where it is markup, with a note, because
//! tables stand in it; that of a directive for another language never is.
//!
//! # Where things are read
//!
//! One file per construct: grid tables in `table/grid.rs`, bullet lists in `block/bullet_list.rs`,
//! directives in `directive/`, inline markup in `inline/scanner.rs`. Which construct a line starts
//! is decided in `block/body.rs`, and white space is read in `source.rs`.
#![forbid(unsafe_code)]

mod block;
mod columns;
mod diagnostic;
mod directive;
mod document;
mod few;
mod inline;
mod parser;
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
pub use span::Span;
pub use table::{Cell, Row, Table, TableKind};

/// A document, and what there is to say about its text. The document borrows from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<'t> {
    /// The document.
    pub document: Document<'t>,
    /// Remarks, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text, whatever it is.
///
/// Takes time in proportion to the text, panics never, and nests no deeper than a bound. Texts of
/// 4 GB and more are read up to there.
///
/// ```
/// let parsed = rst_parser::parse("-  ims:images:get\n-  ims:images:share\n");
/// assert_eq!(parsed.document.blocks[0].text(), "ims:images:get\n\nims:images:share");
/// assert!(parsed.diagnostics.is_empty());
/// ```
pub fn parse(text: &str) -> Parsed<'_> {
    parser::parse(text)
}
