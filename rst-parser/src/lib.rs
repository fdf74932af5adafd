//! reStructuredText to blocks and tables with source spans.
#![forbid(unsafe_code)]

mod block;
mod columns;
mod diagnostic;
mod directive;
mod document;
mod inline;
mod parser;
mod source;
mod span;
mod table;

pub use block::{
    Block, BlockLine, BlockQuote, BulletList, Citation, CommandOption, Comment, DefinitionItem,
    DefinitionList, DoctestBlock, EnumeratedList, Field, FieldList, Footnote, LineBlock, ListItem,
    LiteralBlock, Malformed, Numbering, OptionItem, OptionList, Paragraph, Section,
    SubstitutionDefinition, Target, Transition,
};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use directive::{Directive, DirectiveOption};
pub use document::Document;
pub use inline::{Inline, ReferenceTarget, text as inline_text};
pub use span::Span;
pub use table::{Cell, Row, Table, TableKind};

/// A document, and what there is to say about its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The document.
    pub document: Document,
    /// Remarks, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text.
pub fn parse(text: &str) -> Parsed {
    parser::parse(text)
}
