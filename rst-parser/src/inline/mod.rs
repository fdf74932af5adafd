//! Text with inline markup ("Inline Markup" in the reStructuredText specification): the types, and the
//! way from the lines of a block to one text. Inline markup is never nested.

mod close;
mod delimiter;
pub(crate) mod escape;
mod footnote_reference;
mod interpreted;
mod quoted;
mod reference;
mod role;
mod scanner;
mod scheme;
#[cfg(test)]
mod testing;
mod uri;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use self::reference::adjust_uri;
pub use self::reference::{Reference, ReferenceTarget, SubstitutionReference};
pub use self::role::Role;
pub(crate) use self::role::{RoleKind, Roles};
use self::scanner::{PlacedLine, Scanner, classes_of};
use crate::parser::Parser;
use crate::source::Line;
use crate::{Few, Span};

/// A piece of text, with or without markup.
///
/// ```
/// use rst_parser::{Block, Inline};
///
/// let parsed = rst_parser::parse("See :ref:`Deleting ECSs <en-us_topic_0020212679>`.\n");
/// let Block::Paragraph(paragraph) = &parsed.document.blocks[0] else { unreachable!() };
/// let Inline::Role(role) = &paragraph.inlines[1] else { unreachable!() };
/// assert_eq!((&*role.name, &*role.text), ("ref", "Deleting ECSs"));
/// assert_eq!(role.target.as_deref(), Some("en-us_topic_0020212679"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inline<'t> {
    /// Text without markup.
    Text {
        /// The place of the text.
        span: Span,
        /// The text without escapes.
        text: Cow<'t, str>,
    },
    /// `*text*`
    Emphasis {
        /// The markup, including its start and end.
        span: Span,
        /// The emphasised text.
        text: Cow<'t, str>,
    },
    /// `**text**`
    Strong {
        /// The markup, including its start and end.
        span: Span,
        /// The strongly emphasised text.
        text: Cow<'t, str>,
    },
    /// ` ``text`` `
    Literal {
        /// The markup, including its start and end.
        span: Span,
        /// The text, including backslashes.
        text: Cow<'t, str>,
    },
    /// Interpreted text, such as ``:ref:`text <target>` ``.
    Role(Box<Role<'t>>),
    /// A link: `name_`, `` `text <uri>`_ `` or a URI without markup.
    Reference(Box<Reference<'t>>),
    /// `[1]_`
    FootnoteReference {
        /// The markup.
        span: Span,
        /// The label as it is written: a number, `#`, `#name` or `*`.
        label: Cow<'t, str>,
    },
    /// `[CIT2002]_`
    CitationReference {
        /// The markup.
        span: Span,
        /// The label.
        label: Cow<'t, str>,
    },
    /// `|name|`
    SubstitutionReference(Box<SubstitutionReference<'t>>),
    /// `` _`text` ``
    Target {
        /// The markup.
        span: Span,
        /// The text, which is also the name of the target.
        text: Cow<'t, str>,
    },
    /// Markup that cannot be read. A diagnostic says why.
    Problematic {
        /// The place of the text.
        span: Span,
        /// The text as it is written.
        text: Cow<'t, str>,
    },
}

impl Inline<'_> {
    /// The place, including the markup.
    pub fn span(&self) -> Span {
        match self {
            Inline::Text { span, .. }
            | Inline::Emphasis { span, .. }
            | Inline::Strong { span, .. }
            | Inline::Literal { span, .. }
            | Inline::FootnoteReference { span, .. }
            | Inline::CitationReference { span, .. }
            | Inline::Target { span, .. }
            | Inline::Problematic { span, .. } => *span,
            Inline::Role(role) => role.span,
            Inline::Reference(reference) => reference.span,
            Inline::SubstitutionReference(reference) => reference.span,
        }
    }

    /// The text that is shown, without any markup.
    pub fn text(&self) -> &str {
        match self {
            Inline::Text { text, .. }
            | Inline::Emphasis { text, .. }
            | Inline::Strong { text, .. }
            | Inline::Literal { text, .. }
            | Inline::Target { text, .. }
            | Inline::Problematic { text, .. } => text,
            // A label without a number yet does not show anything.
            Inline::FootnoteReference { label, .. } if label.starts_with(['#', '*']) => "",
            Inline::FootnoteReference { label, .. } | Inline::CitationReference { label, .. } => {
                label
            }
            Inline::Role(role) => &role.text,
            Inline::Reference(reference) => &reference.text,
            Inline::SubstitutionReference(reference) => &reference.name,
        }
    }
}

/// The text that `inlines` show, without any markup.
pub fn text(inlines: &[Inline<'_>]) -> String {
    match inlines {
        [only] => only.text().to_owned(),
        _ => inlines.iter().map(Inline::text).collect(),
    }
}

/// Reads inline markup in one line, or in a part of one.
pub(crate) fn read_line<'t>(parser: &mut Parser<'_, 't>, line: Line) -> Few<Inline<'t>> {
    let text = parser.slice(line);
    let lasting = parser.lasting(line.start, line.end);
    let classes = classes_of(text);
    if classes == 0 {
        let span = parser.source.line_span(line);
        return plain(
            span,
            lasting.map_or_else(|| text.to_owned().into(), Cow::Borrowed),
        );
    }
    Scanner::new(parser, text, lasting, &[PlacedLine { at: 0, line }]).read(classes)
}

/// The same as [`read_line`], but text keeps its backslashes.
pub(crate) fn read_line_with_escapes<'t>(
    parser: &mut Parser<'_, 't>,
    line: Line,
) -> Few<Inline<'t>> {
    let text = parser.slice(line);
    let lasting = parser.lasting(line.start, line.end);
    Scanner::new(parser, text, lasting, &[PlacedLine { at: 0, line }])
        .keeping_escapes()
        .read(classes_of(text))
}

/// Reads inline markup in lines of the parser.
pub(crate) fn read_lines<'t>(parser: &mut Parser<'_, 't>, range: Range<usize>) -> Few<Inline<'t>> {
    if range.len() == 1 {
        return read_line(parser, parser.lines[range.start]);
    }
    let joined = parser.joined(range.clone());
    let classes = classes_of(&joined);
    if classes == 0 {
        return plain(parser.span_of(range), joined.into());
    }
    let mut at = 0;
    let piece = |line: &Line| {
        let piece = PlacedLine { at, line: *line };
        at += line.len() + 1;
        piece
    };
    let pieces: Vec<PlacedLine> = parser.lines[range].iter().map(piece).collect();
    Scanner::new(parser, &joined, None, &pieces).read(classes)
}

/// A text without any markup.
fn plain(span: Span, text: Cow<'_, str>) -> Few<Inline<'_>> {
    if text.is_empty() {
        return Few::new();
    }
    Few::one(Inline::Text { span, text })
}

/// The length of the simple reference name that `text` starts with: letters and digits, with single
/// hyphens, periods, underscores, plus signs and colons between them.
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

/// Whether the character may appear once between letters or digits of a simple name.
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
