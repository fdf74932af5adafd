//! Directives ("Directives" in the reStructuredText specification): a name, arguments, options and
//! content. A directive never includes files, and never generates content.

mod block;
mod content;
mod inline;
mod known;
mod options;
mod spec;
mod unknown;

use std::ops::Range;

pub use self::options::DirectiveOption;
pub(crate) use self::options::{character, widths};
pub(crate) use self::spec::Kind;
use crate::block::target::read_target;
use crate::block::{Malformed, join, text_of};
use crate::inline::escape::unescape_uri;
use crate::inline::{Inline, ReferenceTarget, text as inline_text};
use crate::parser::Parser;
use crate::places::{Places, byte_at};
use crate::{Block, Code, Few, LiteralBlock, Span};

/// A directive that is not a table: `.. name:: arguments`, options and content.
///
/// ```
/// use rst_parser::Block;
///
/// let parsed = rst_parser::parse(".. note::\n   :name: limits\n\n   Images can be shared.\n");
/// let Block::Directive(note) = &parsed.document.blocks[0] else { unreachable!() };
/// assert_eq!((note.name.as_str(), note.option("name")), ("note", Some("limits")));
/// assert_eq!(note.text(), "Images can be shared.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'t> {
    /// The directive, from the two dots on.
    pub span: Span,
    /// The name as it is written.
    pub name: String,
    /// Whether the name is known. The content of an unknown directive is read if it is markup. Then
    /// `blocks` contains it.
    pub known: bool,
    /// The arguments.
    pub arguments: Vec<String>,
    /// The options, in order.
    pub options: Vec<DirectiveOption>,
    /// A title, or the text that the directive makes, for `admonition`, `rubric`, `replace` and others.
    pub inlines: Few<Inline<'t>>,
    /// The content as blocks. For a figure, its caption and legend.
    pub blocks: Vec<Block<'t>>,
    /// The content as it is written, without indentation.
    pub body: String,
    pub(crate) places: Places,
    pub(crate) kind: Kind,
}

impl Directive<'_> {
    /// The place of the bytes `range` of [`body`](Directive::body) in the page. An empty range is a position.
    /// `None` if the range is not in the body or cuts a character.
    ///
    /// ```
    /// use rst_parser::Block;
    ///
    /// let page = ".. code-block:: json\n\n   {\n     \"limit\": ten\n   }\n";
    /// let parsed = rst_parser::parse(page);
    /// let Block::Directive(example) = &parsed.document.blocks[0] else { unreachable!() };
    /// let at = example.body.find("ten").unwrap();
    /// let span = example.locate(at..at + 3).unwrap();
    /// assert_eq!((span.line, span.column), (4, 15));
    /// ```
    pub fn locate(&self, range: Range<usize>) -> Option<Span> {
        self.places.span(&self.body, range)
    }

    /// The body as a literal block, for programs that read the text of code blocks and literal blocks alike.
    ///
    /// ```
    /// use rst_parser::{Block, LiteralBlock};
    ///
    /// /// The examples of a page: literal blocks and code blocks.
    /// fn example(block: &Block<'_>) -> Option<LiteralBlock> {
    ///     match block {
    ///         Block::LiteralBlock(literal) => Some(literal.clone()),
    ///         Block::Directive(code) if code.name == "code-block" => Some(code.literal()),
    ///         _ => None,
    ///     }
    /// }
    ///
    /// let parsed = rst_parser::parse(".. code-block:: json\n\n   {}\n");
    /// let example = example(&parsed.document.blocks[0]).unwrap();
    /// assert_eq!((example.text.as_str(), example.span.line), ("{}", 3));
    /// ```
    pub fn literal(&self) -> LiteralBlock {
        let whole = self.places.span(&self.body, 0..self.body.len());
        LiteralBlock {
            span: whole.unwrap_or(self.span),
            text: self.body.clone(),
            places: self.places.clone(),
        }
    }

    /// The position in the page of a line and a column of [`body`](Directive::body), both from one. The column
    /// counts characters. `None` if the body does not have this line or column.
    pub fn locate_line(&self, line: usize, column: usize) -> Option<Span> {
        let at = byte_at(&self.body, line, column)?;
        self.locate(at..at)
    }

    /// The value of the option `name`. Empty for an option without a value.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options
            .iter()
            .find(|option| option.name == name)
            .map(|option| option.value.as_str())
    }

    /// The address of an image or a figure: the argument without white space, unless it is escaped.
    ///
    /// ```
    /// use rst_parser::Block;
    ///
    /// let parsed = rst_parser::parse(".. figure:: /_static/images/\n   en-us_image_0000001.png\n");
    /// let Block::Directive(figure) = &parsed.document.blocks[0] else { unreachable!() };
    /// assert_eq!(figure.uri().as_deref(), Some("/_static/images/en-us_image_0000001.png"));
    /// ```
    pub fn uri(&self) -> Option<String> {
        let is_image = matches!(self.kind, Kind::Image | Kind::Figure);
        is_image.then(|| unescape_uri(&self.arguments.join(" ")))
    }

    /// The address that an image links to: its `target` option.
    pub fn link(&self) -> Option<ReferenceTarget> {
        let lines: Vec<&str> = self.option("target")?.split('\n').collect();
        read_target(&lines, true)
    }

    /// The text without markup, like docutils' `astext()`. For an image, it is the alternative text. For
    /// a figure, it is caption and legend. For other directives, it is the content. It is empty if the
    /// content is not read, or if the directive only arranges the document, such as `toctree`.
    pub fn text(&self) -> String {
        let alt = || self.option("alt").unwrap_or_default().to_owned();
        let title = (!self.inlines.is_empty()).then(|| inline_text(&self.inlines));
        let blocks = (!self.blocks.is_empty()).then(|| text_of(&self.blocks));
        match self.kind {
            Kind::Image => alt(),
            Kind::Figure => join([alt()].into_iter().chain(blocks)),
            Kind::Math | Kind::Raw => self.body.clone(),
            Kind::Silent => String::new(),
            _ => join(title.into_iter().chain(blocks)),
        }
    }

    /// Whether the directive makes text or an image inside a line.
    pub(crate) fn is_inline(&self) -> bool {
        match self.kind {
            Kind::Image | Kind::Date | Kind::Raw => true,
            Kind::Replace | Kind::Unicode => !self.inlines.is_empty(),
            _ => false,
        }
    }
}

/// The lines of a directive, split into parts.
pub(crate) struct Parts {
    pub span: Span,
    pub name: String,
    pub arguments: Vec<String>,
    /// The lines of the first argument, for inline markup.
    pub argument_lines: Range<usize>,
    pub options: Vec<DirectiveOption>,
    /// The lines of the options.
    pub option_lines: Range<usize>,
    /// The content, without blank lines around it.
    pub content: Range<usize>,
}

impl<'t> Parser<'_, 't> {
    /// Reads the directive `name` on line `at`, whose arguments start after `bytes` bytes. Returns the
    /// next line, and whether a blank line comes before it.
    pub fn directive(
        &mut self,
        at: usize,
        end: usize,
        name: &str,
        bytes: usize,
        out: &mut Vec<Block<'t>>,
    ) -> (usize, bool) {
        let block = self.indented_with_top(at, end, bytes);
        let spec = known::of(name);
        let span = self.span_of(at..block.next);
        if spec.kind == Kind::Unknown {
            self.unknown_directive(span, name, block.lines.clone(), out);
        } else {
            let parts = self.directive_parts(name, spec, span, block.lines.clone());
            let read = parts.and_then(|parts| self.run_directive(spec.kind, parts, out));
            if let Err(reason) = read {
                let code = if spec.kind.is_table() {
                    Code::MalformedTable
                } else {
                    Code::MalformedDirective
                };
                self.report(
                    code,
                    span,
                    format!("malformed `{name}` directive: {reason}"),
                );
                out.push(Malformed::block(span, self.joined(at..block.next)));
            }
        }
        self.lines.truncate(block.pushed);
        (
            block.next,
            block.blank_finish || self.blank_at(block.next, end),
        )
    }
}
