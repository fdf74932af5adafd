//! Text with inline markup ("Inline Markup" in the reStructuredText specification): the types,
//! and the way from lines of a block to one text. Inline markup never nests.

mod delimiter;
pub(crate) mod escape;
mod reference;
mod role;
mod scanner;
mod scheme;
mod uri;

use std::ops::Range;

pub use self::reference::ReferenceTarget;
pub(crate) use self::reference::adjust_uri;
pub(crate) use self::role::{RoleKind, Roles};
use self::scanner::{Piece, Scanner, classes_of};
use crate::{Few, Span};
use crate::parser::Parser;
use crate::source::Line;

/// A piece of text, marked up or not.
///
/// ```
/// use rst_parser::{Block, Inline};
///
/// let parsed = rst_parser::parse("See :ref:`Deleting ECSs <en-us_topic_0020212679>`.\n");
/// let Block::Paragraph(paragraph) = &parsed.document.blocks[0] else { unreachable!() };
/// let Inline::Role { name, text, target, .. } = &paragraph.inlines[1] else { unreachable!() };
/// assert_eq!((name.as_str(), text.as_str()), ("ref", "Deleting ECSs"));
/// assert_eq!(target.as_deref(), Some("en-us_topic_0020212679"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inline {
    /// Text without markup.
    Text {
        /// The text as written.
        span: Span,
        /// The text without escapes.
        text: String,
    },
    /// `*text*`
    Emphasis {
        /// The markup, start and end included.
        span: Span,
        /// What is emphasised.
        text: String,
    },
    /// `**text**`
    Strong {
        /// The markup, start and end included.
        span: Span,
        /// What is emphasised strongly.
        text: String,
    },
    /// ` ``text`` `
    Literal {
        /// The markup, start and end included.
        span: Span,
        /// The text, backslashes included.
        text: String,
    },
    /// Interpreted text, such as ``:ref:`text <target>` ``.
    Role {
        /// The markup, role included.
        span: Span,
        /// The role's name; without one, the default role's.
        name: String,
        /// What is shown.
        text: String,
        /// Where a cross reference leads.
        target: Option<String>,
    },
    /// A link: `name_`, `` `text <uri>`_ `` or a URI as it stands.
    Reference {
        /// The markup, or the URI.
        span: Span,
        /// What is shown.
        text: String,
        /// Where it leads.
        target: ReferenceTarget,
        /// True when the text becomes a name for the target: `` `text <uri>`_ ``.
        defines: bool,
    },
    /// `[1]_`
    FootnoteReference {
        /// The markup.
        span: Span,
        /// The label as written: a number, `#`, `#name` or `*`.
        label: String,
    },
    /// `[CIT2002]_`
    CitationReference {
        /// The markup.
        span: Span,
        /// The label.
        label: String,
    },
    /// `|name|`
    SubstitutionReference {
        /// The markup.
        span: Span,
        /// What is to be substituted.
        name: String,
        /// Where it leads, when it is a link as well: `|name|_`.
        target: Option<ReferenceTarget>,
    },
    /// `` _`text` ``
    Target {
        /// The markup.
        span: Span,
        /// The text, which is the target's name as well.
        text: String,
    },
    /// Markup that cannot be read; a diagnostic says why.
    Problematic {
        /// The text as written.
        span: Span,
        /// The text as written.
        text: String,
    },
}

impl Inline {
    /// Where it stands, markup included.
    pub fn span(&self) -> Span {
        match self {
            Inline::Text { span, .. }
            | Inline::Emphasis { span, .. }
            | Inline::Strong { span, .. }
            | Inline::Literal { span, .. }
            | Inline::Role { span, .. }
            | Inline::Reference { span, .. }
            | Inline::FootnoteReference { span, .. }
            | Inline::CitationReference { span, .. }
            | Inline::SubstitutionReference { span, .. }
            | Inline::Target { span, .. }
            | Inline::Problematic { span, .. } => *span,
        }
    }

    /// What is shown of it, without any markup.
    pub fn text(&self) -> &str {
        match self {
            Inline::Text { text, .. }
            | Inline::Emphasis { text, .. }
            | Inline::Strong { text, .. }
            | Inline::Literal { text, .. }
            | Inline::Role { text, .. }
            | Inline::Reference { text, .. }
            | Inline::Target { text, .. }
            | Inline::Problematic { text, .. } => text,
            // A label still to be numbered shows nothing.
            Inline::FootnoteReference { label, .. } if label.starts_with(['#', '*']) => "",
            Inline::FootnoteReference { label, .. } | Inline::CitationReference { label, .. } => {
                label
            }
            Inline::SubstitutionReference { name, .. } => name,
        }
    }
}

/// What is shown of `inlines`, without any markup.
pub fn text(inlines: &[Inline]) -> String {
    match inlines {
        [only] => only.text().to_owned(),
        _ => inlines.iter().map(Inline::text).collect(),
    }
}

/// Reads inline markup in one line, or a part of one.
pub(crate) fn read_line(parser: &mut Parser<'_>, line: Line) -> Few<Inline> {
    let text = parser.slice(line);
    let classes = classes_of(text);
    if classes == 0 {
        return plain(parser.source.line_span(line), text.to_owned());
    }
    Scanner::new(parser, text, &[Piece { at: 0, line }]).read(classes)
}

/// As [`read_line`], but text keeps its backslashes.
pub(crate) fn read_line_with_escapes(parser: &mut Parser<'_>, line: Line) -> Few<Inline> {
    let text = parser.slice(line);
    Scanner::new(parser, text, &[Piece { at: 0, line }])
        .keeping_escapes()
        .read(classes_of(text))
}

/// Reads inline markup in lines of the parser.
pub(crate) fn read_lines(parser: &mut Parser<'_>, range: Range<usize>) -> Few<Inline> {
    if range.len() == 1 {
        return read_line(parser, parser.lines[range.start]);
    }
    let bytes = parser.lines[range.clone()]
        .iter()
        .map(|line| line.len() + 1);
    let mut joined = String::with_capacity(bytes.sum());
    for &line in &parser.lines[range.clone()] {
        joined.push_str(parser.slice(line));
        joined.push('\n');
    }
    joined.truncate(crate::source::trim_end(&joined).len());
    let classes = classes_of(&joined);
    if classes == 0 {
        return plain(parser.span_of(range), joined);
    }
    let mut at = 0;
    let piece = |line: &Line| {
        let piece = Piece { at, line: *line };
        at += line.len() + 1;
        piece
    };
    let pieces: Vec<Piece> = parser.lines[range].iter().map(piece).collect();
    Scanner::new(parser, &joined, &pieces).read(classes)
}

/// A text without any markup.
fn plain(span: Span, text: String) -> Few<Inline> {
    if text.is_empty() {
        return Few::new();
    }
    Few::one(Inline::Text { span, text })
}

/// The length of the simple reference name that `text` starts with: letters and digits with single
/// hyphens, periods, underscores, plus signs and colons inside.
pub(crate) fn simple_name(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, character)) = characters.next() {
        if character.is_alphanumeric() {
            end = at + character.len_utf8();
        } else {
            let word_follows = characters
                .peek()
                .is_some_and(|&(_, next)| next.is_alphanumeric());
            if at == 0 || !is_name_separator(character) || !word_follows {
                break;
            }
        }
    }
    (end > 0).then_some(end)
}

/// True for a character that may stand once between letters or digits of a simple name.
fn is_name_separator(character: char) -> bool {
    matches!(character, '-' | '.' | '_' | '+' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, parse};

    #[test]
    fn simple_names_have_single_separators_inside() {
        assert_eq!(simple_name("en-us_topic_0125866393: x"), Some(22));
        assert_eq!(simple_name("a--b"), Some(1));
        assert_eq!((simple_name("_a"), simple_name("")), (None, None));
    }

    #[test]
    fn markup_over_several_lines_is_one_piece() {
        let parsed = parse("Permissions are **required\nfor images**.\n");
        let [Block::Paragraph(paragraph)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(paragraph.inlines[1].text(), "required\nfor images");
        assert_eq!(
            (
                paragraph.inlines[1].span().start,
                paragraph.inlines[1].span().end
            ),
            (16, 39)
        );
        assert_eq!(
            (
                paragraph.inlines[2].span().line,
                paragraph.inlines[2].span().column
            ),
            (2, 13)
        );
    }
}
