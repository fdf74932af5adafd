//! Body elements: the parts of a document, a section, a list item or a table cell ("Body Elements" in the
//! reStructuredText specification). Each construct has its own file with its type and its parser. This
//! file does not parse anything.

mod block_quote;
mod body;
mod bullet_list;
mod comment;
mod definition_list;
mod doctest_block;
mod enumerated_list;
mod explicit;
mod field_list;
mod footnote;
mod indent;
mod line_block;
mod literal_block;
mod option_list;
mod paragraph;
mod roman;
mod section;
mod substitution_definition;
pub(crate) mod target;
mod transition;

pub use self::block_quote::BlockQuote;
pub(crate) use self::body::Start;
pub use self::bullet_list::{BulletList, ListItem};
pub use self::comment::Comment;
pub use self::definition_list::{DefinitionItem, DefinitionList};
pub use self::doctest_block::DoctestBlock;
pub use self::enumerated_list::{EnumeratedList, EnumeratorForm, Numbering};
pub(crate) use self::field_list::marker as field_marker;
pub use self::field_list::{Field, FieldList};
pub use self::footnote::{Citation, Footnote};
pub(crate) use self::indent::{Indent, Indented, indentation, trim_start};
pub use self::line_block::{BlockLine, LineBlock};
pub use self::literal_block::LiteralBlock;
pub use self::option_list::{CommandOption, OptionItem, OptionList};
pub use self::paragraph::Paragraph;
pub(crate) use self::section::Outline;
pub use self::section::Section;
pub use self::substitution_definition::SubstitutionDefinition;
pub use self::target::Target;
pub use self::transition::Transition;
use crate::inline;
use crate::{Directive, Span, Table};

/// A body element, or a section.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block<'t> {
    /// A title and the blocks below it.
    Section(Box<Section<'t>>),
    /// Text.
    Paragraph(Paragraph<'t>),
    /// A list with bullets.
    BulletList(BulletList<'t>),
    /// A list with numbers.
    EnumeratedList(EnumeratedList<'t>),
    /// Terms with definitions.
    DefinitionList(DefinitionList<'t>),
    /// Names with values.
    FieldList(FieldList<'t>),
    /// Command line options with descriptions.
    OptionList(OptionList<'t>),
    /// Lines that keep their line ends.
    LineBlock(LineBlock<'t>),
    /// Text that is kept as it is written.
    LiteralBlock(LiteralBlock),
    /// A Python session.
    DoctestBlock(DoctestBlock),
    /// An indented block.
    BlockQuote(Box<BlockQuote<'t>>),
    /// A comment.
    Comment(Comment),
    /// A name for a place in the text or for a URI.
    Target(Target),
    /// A footnote.
    Footnote(Footnote<'t>),
    /// A citation.
    Citation(Citation<'t>),
    /// The definition of a name in bars.
    SubstitutionDefinition(SubstitutionDefinition<'t>),
    /// A directive that is not a table.
    Directive(Box<Directive<'t>>),
    /// A table, drawn or made by a directive.
    Table(Box<Table<'t>>),
    /// A line between paragraphs.
    Transition(Transition),
    /// Markup that cannot be read. It is kept as text, and a diagnostic says why.
    Malformed(Malformed),
}

/// Markup that cannot be read as the construct that it starts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The place of the text that could not be read.
    pub span: Span,
    /// The text, without the indentation of the block around it.
    pub text: String,
}

impl Malformed {
    pub(crate) fn block<'t>(span: Span, text: String) -> Block<'t> {
        Block::Malformed(Malformed { span, text })
    }
}

impl<'t> Block<'t> {
    /// The place of the block, including its markup.
    pub fn span(&self) -> Span {
        match self {
            Block::Section(block) => block.span,
            Block::Paragraph(block) => block.span,
            Block::BulletList(block) => block.span,
            Block::EnumeratedList(block) => block.span,
            Block::DefinitionList(block) => block.span,
            Block::FieldList(block) => block.span,
            Block::OptionList(block) => block.span,
            Block::LineBlock(block) => block.span,
            Block::LiteralBlock(block) => block.span,
            Block::DoctestBlock(block) => block.span,
            Block::BlockQuote(block) => block.span,
            Block::Comment(block) => block.span,
            Block::Target(block) => block.span,
            Block::Footnote(block) => block.span,
            Block::Citation(block) => block.span,
            Block::SubstitutionDefinition(block) => block.span,
            Block::Directive(block) => block.span,
            Block::Table(block) => block.span,
            Block::Transition(block) => block.span,
            Block::Malformed(block) => block.span,
        }
    }

    /// The text without markup, like docutils' `astext()`. A blank line separates paragraphs. Text that
    /// could not be read is not part of the text of the blocks around it.
    pub fn text(&self) -> String {
        match self {
            Block::Section(block) => join([block.title_text(), text_of(&block.blocks)]),
            Block::Paragraph(block) => block.text(),
            Block::BulletList(block) => join(block.items.iter().map(ListItem::text)),
            Block::EnumeratedList(block) => join(block.items.iter().map(ListItem::text)),
            Block::DefinitionList(block) => join(block.items.iter().map(|item| {
                let classifiers = item
                    .classifiers
                    .iter()
                    .map(|classifier| inline::text(classifier));
                join(
                    [inline::text(&item.term)]
                        .into_iter()
                        .chain(classifiers)
                        .chain([text_of(&item.blocks)]),
                )
            })),
            Block::FieldList(block) => join(
                block
                    .fields
                    .iter()
                    .map(|field| join([field.name_text(), field.text()])),
            ),
            Block::OptionList(block) => join(block.items.iter().map(|item| {
                let options: Vec<_> = item.options.iter().map(CommandOption::text).collect();
                join([options.join(", "), text_of(&item.blocks)])
            })),
            Block::LineBlock(block) => join(block.lines.iter().map(BlockLine::text)),
            Block::LiteralBlock(LiteralBlock { text, .. })
            | Block::DoctestBlock(DoctestBlock { text, .. })
            | Block::Comment(Comment { text, .. })
            | Block::Malformed(Malformed { text, .. }) => text.clone(),
            Block::BlockQuote(block) => {
                let attribution = block
                    .attribution
                    .iter()
                    .map(|attribution| inline::text(attribution));
                join([text_of(&block.blocks)].into_iter().chain(attribution))
            }
            Block::Footnote(block) if block.is_auto() => text_of(&block.blocks),
            Block::Footnote(Footnote { label, blocks, .. })
            | Block::Citation(Citation { label, blocks, .. }) => {
                join([label.clone(), text_of(blocks)])
            }
            Block::SubstitutionDefinition(block) => block.directive.text(),
            Block::Directive(block) => block.text(),
            Block::Table(block) => block.text(),
            Block::Target(_) | Block::Transition(_) => String::new(),
        }
    }

    /// The blocks directly inside this one, in order. For a table, these are the blocks of its cells. For
    /// a list, these are the blocks of its items.
    pub fn children(&self) -> impl Iterator<Item = &Block<'t>> {
        let children: Box<dyn Iterator<Item = &Block<'t>>> = match self {
            Block::Section(block) => Box::new(block.blocks.iter()),
            Block::BlockQuote(block) => Box::new(block.blocks.iter()),
            Block::Footnote(Footnote { blocks, .. }) | Block::Citation(Citation { blocks, .. }) => {
                Box::new(blocks.iter())
            }
            Block::BulletList(BulletList { items, .. })
            | Block::EnumeratedList(EnumeratedList { items, .. }) => {
                Box::new(items.iter().flat_map(|item| &item.blocks))
            }
            Block::DefinitionList(block) => {
                Box::new(block.items.iter().flat_map(|item| &item.blocks))
            }
            Block::FieldList(block) => {
                Box::new(block.fields.iter().flat_map(|field| &field.blocks))
            }
            Block::OptionList(block) => Box::new(block.items.iter().flat_map(|item| &item.blocks)),
            Block::Directive(block) => Box::new(block.blocks.iter()),
            Block::SubstitutionDefinition(block) => Box::new(block.directive.blocks.iter()),
            Block::Table(block) => Box::new(block.cells().flat_map(|cell| &cell.blocks)),
            _ => Box::new(std::iter::empty()),
        };
        children
    }
}

/// The text of consecutive blocks, without text that could not be read.
pub(crate) fn text_of(blocks: &[Block<'_>]) -> String {
    match blocks {
        [Block::Malformed(_)] => String::new(),
        [only] => only.text(),
        _ => join(
            blocks
                .iter()
                .filter(|block| !matches!(block, Block::Malformed(_)))
                .map(Block::text),
        ),
    }
}

/// Texts of blocks, separated by blank lines.
pub(crate) fn join(texts: impl IntoIterator<Item = String>) -> String {
    let mut remaining = texts.into_iter();
    let mut joined = remaining.next().unwrap_or_default();
    for text in remaining {
        joined.push_str("\n\n");
        joined.push_str(&text);
    }
    joined
}
