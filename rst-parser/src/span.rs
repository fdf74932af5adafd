//! A place in the text: a byte range with the line and column of its start.
//! A span is always inside the text given to [`parse`](crate::parse), and never cuts a character.

use std::ops::Range;

/// A byte range of the text given to [`parse`](crate::parse), with the line and column of its first
/// character.
///
/// Bytes are those of the original text, including tabs, line ends and a byte order mark. Lines and
/// columns start at one. A column counts characters. It does not count bytes or cells of a terminal.
///
/// ```
/// let text = "Übung\n=====\n\nText.\n";
/// let parsed = rst_parser::parse(text);
/// let span = parsed.document.title().unwrap().blocks[0].span();
/// assert_eq!((span.line, span.column), (4, 1));
/// assert_eq!(&text[span.range()], "Text.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// The line of the first character, from one.
    pub line: u32,
    /// The column of the first character on its line, in characters, from one.
    pub column: u32,
}

impl Span {
    /// The bytes as a range, to slice the text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span from the start of this one to the end of `last`.
    pub(crate) fn to(self, last: Span) -> Span {
        Span {
            end: last.end.max(self.end),
            ..self
        }
    }

    /// The span of both, from the start of the one that starts first.
    pub(crate) fn around(self, other: Span) -> Span {
        if other.start < self.start {
            other.to(self)
        } else {
            self.to(other)
        }
    }
}
