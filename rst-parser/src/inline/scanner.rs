//! Finds inline markup in a text ("Inline markup recognition rules" in the reStructuredText
//! specification). It reads every byte a bounded number of times, for every text.

use std::borrow::Cow;

use super::Inline;
use super::close::End;
use super::delimiter::{is_pair, may_follow, may_precede};
use super::escape::unescape;
use super::reference::{Reference, ReferenceTarget, adjust_uri};
use super::scheme::is_known_scheme;
use super::uri::Links;
use crate::parser::Parser;
use crate::source::{Line, is_space};
use crate::{Code, Few, Span};

/// A line of the text, and the byte of the text where it starts.
#[derive(Clone, Copy)]
pub(super) struct PlacedLine {
    pub at: usize,
    pub line: Line,
}

/// A text whose markup is being read.
pub(super) struct Scanner<'a, 'p, 's, 't> {
    pub parser: &'p mut Parser<'s, 't>,
    pub text: &'a str,
    pub bytes: &'a [u8],
    /// The same text, if it lasts as long as the document.
    lasting: Option<&'t str>,
    pieces: &'a [PlacedLine],
    out: Vec<Inline<'t>>,
    /// Text from here on is not yet in `out`.
    plain: usize,
    /// Markup may start here, whatever comes before.
    pub base: usize,
    /// The classes of the bytes from `plain` on that may be part of a link.
    link: u8,
    /// The text contains a backslash.
    escapes: bool,
    /// Text keeps its backslashes.
    keep_escapes: bool,
    /// For each kind of end: there is no end in this range. If the text continues, there is one at the
    /// end of the range.
    pub searched: [(usize, usize); 6],
}

/// Bytes that may start markup.
const MARK: u8 = 1;
/// The colon of a link.
const COLON: u8 = 2;
/// The at sign of an address.
const AT_SIGN: u8 = 4;

/// The class of each byte.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let marks = b"*`|_[\\";
    let mut index = 0;
    while index < marks.len() {
        class[marks[index] as usize] = MARK;
        index += 1;
    }
    class[b':' as usize] = COLON;
    class[b'@' as usize] = AT_SIGN;
    class
};

/// The classes of all bytes of `text`. Zero for a text without any markup.
pub(super) fn classes_of(text: &str) -> u8 {
    let class = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |classes, &byte| classes | CLASS[usize::from(byte)])
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    words
        .iter()
        .fold(class(rest), |classes, word| classes | class(word))
}

impl<'a, 'p, 's, 't> Scanner<'a, 'p, 's, 't> {
    pub fn new(
        parser: &'p mut Parser<'s, 't>,
        text: &'a str,
        lasting: Option<&'t str>,
        pieces: &'a [PlacedLine],
    ) -> Scanner<'a, 'p, 's, 't> {
        let bytes = text.as_bytes();
        let out = std::mem::take(&mut parser.inline_room);
        Scanner {
            parser,
            text,
            bytes,
            lasting,
            pieces,
            out,
            plain: 0,
            base: 0,
            link: 0,
            escapes: false,
            keep_escapes: false,
            searched: [(0, 0); 6],
        }
    }

    pub fn keeping_escapes(self) -> Self {
        Scanner {
            keep_escapes: true,
            ..self
        }
    }

    /// Makes a scanner of a text whose bytes have these classes.
    pub fn read(mut self, classes: u8) -> Few<Inline<'t>> {
        let mut at = 0;
        if classes & MARK == 0 {
            self.link = classes;
            at = self.bytes.len();
        }
        while let Some(&byte) = self.bytes.get(at) {
            match CLASS[usize::from(byte)] {
                0 => at += 1,
                MARK => at = self.mark(at, byte),
                class => {
                    self.link |= class;
                    at += 1;
                }
            }
        }
        self.flush(self.text.len());
        let inlines = Few::take_from(&mut self.out, 0);
        self.parser.inline_room = self.out;
        inlines
    }

    /// Reads the mark at `at`. Returns the place to continue.
    fn mark(&mut self, at: usize, byte: u8) -> usize {
        let double = self.bytes.get(at + 1) == Some(&byte);
        match byte {
            // An escaped character is not a mark. The rest of a longer character is not a mark, either.
            b'\\' => {
                self.escapes = true;
                at + 2
            }
            b'*' if double => self.quoted_or(at, 2, End::Strong),
            b'*' => self.quoted_or(at, 1, End::Emphasis),
            b'`' if double => self.quoted_or(at, 2, End::Literal),
            b'`' => self.interpreted(at),
            b'|' if double => at + 1,
            b'|' => self.quoted_or(at, 1, End::Substitution),
            b'_' if self.bytes.get(at + 1) == Some(&b'`') => self.quoted_or(at, 2, End::Target),
            b'_' => self.simple_reference(at),
            _ => self.footnote_reference(at),
        }
    }

    pub fn unclosed(&mut self, at: usize, content: usize, end: End) -> usize {
        let (mark, name) = end.name();
        self.problematic(
            at,
            content,
            Code::UnclosedInline,
            format!("{name} starts with `{mark}` and does not end"),
        )
    }

    pub fn problematic(&mut self, start: usize, end: usize, code: Code, message: String) -> usize {
        let span = self.span(start, end);
        self.parser.report(code, span, message);
        self.push(
            start,
            end,
            Inline::Problematic {
                span,
                text: self.piece(start, end),
            },
        )
    }

    /// Takes `start..end` as `inline`. Returns the place to continue.
    pub fn push(&mut self, start: usize, end: usize, inline: Inline<'t>) -> usize {
        self.flush(start);
        self.out.push(inline);
        (self.plain, self.base) = (end, end);
        end
    }

    /// Takes the text up to `end` as text and links.
    fn flush(&mut self, end: usize) {
        let start = std::mem::replace(&mut self.plain, end);
        if start == end {
            return;
        }
        let text = &self.text[start..end];
        let mut at = 0;
        let link = std::mem::take(&mut self.link);
        if link != 0 {
            let mut links = Links::of(text, link & COLON != 0, link & AT_SIGN != 0);
            while let Some(link) = links.next(at) {
                let found = &text[link.start..link.end];
                // docutils does not read a text any further after the first unknown scheme.
                if !link.email && !is_known_scheme(found) {
                    break;
                }
                self.push_text(start + at, start + link.start);
                let span = self.span(start + link.start, start + link.end);
                let text = unescape(self.piece(start + link.start, start + link.end));
                let uri = if link.email {
                    adjust_uri(format!("mailto:{text}")).into()
                } else {
                    (*text).into()
                };
                self.out.push(Inline::Reference(Box::new(Reference {
                    span,
                    text,
                    target: ReferenceTarget::Uri(uri),
                    defines: false,
                })));
                at = link.end;
            }
        }
        self.push_text(start + at, end);
    }

    fn push_text(&mut self, start: usize, end: usize) {
        if start < end {
            let (span, text) = (self.span(start, end), self.piece(start, end));
            let text = if self.escapes && !self.keep_escapes {
                unescape(text)
            } else {
                text
            };
            // An escaped space is not text.
            if !text.is_empty() {
                self.out.push(Inline::Text { span, text });
            }
        }
    }

    /// The text `start..end` as it is, borrowed if it lasts.
    pub fn piece(&self, start: usize, end: usize) -> Cow<'t, str> {
        match self.lasting {
            Some(text) => Cow::Borrowed(&text[start..end]),
            None => Cow::Owned(self.text[start..end].to_owned()),
        }
    }

    pub fn span(&self, start: usize, end: usize) -> Span {
        let (start, row) = self.position(start);
        let (end, _) = self.position(end);
        self.parser.source.span(start, end.max(start), row)
    }

    fn position(&self, at: usize) -> (u32, u32) {
        let index = match self.pieces {
            [_] => 0,
            pieces => pieces
                .partition_point(|piece| piece.at <= at)
                .saturating_sub(1),
        };
        let piece = self.pieces[index];
        let offset = u32::try_from(at - piece.at).unwrap_or(u32::MAX);
        (piece.line.start.saturating_add(offset), piece.line.row)
    }

    pub fn character_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub fn space_at(&self, at: usize) -> bool {
        self.character_at(at).is_some_and(is_space)
    }

    /// Whether markup may start at `at`.
    pub fn may_start(&self, at: usize) -> bool {
        at == self.base || self.text[..at].chars().next_back().is_some_and(may_precede)
    }

    /// Whether markup may end before `at`.
    pub fn may_end(&self, at: usize) -> bool {
        self.text
            .get(at..)
            .is_some_and(|rest| rest.chars().next().is_none_or(may_follow))
    }

    /// Whether the characters around a start mark quote it, so that it is not a start mark.
    pub fn is_quoted(&self, start: usize, end: usize) -> bool {
        if start == self.base {
            return false;
        }
        match (
            self.text[..start].chars().next_back(),
            self.character_at(end),
        ) {
            (Some(before), Some(after)) => is_pair(before, after),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::inline::testing::{kinds, texts};

    #[test]
    fn a_route_is_text() {
        assert_eq!(
            kinds("GET /v2/images/{image_id}/members/{member_id}\n"),
            "t"
        );
        assert_eq!(kinds("ims:images:share\n"), "t");
    }

    #[test]
    fn wildcards_are_written_in_many_ways() {
        assert_eq!(texts(r"obs:bucket:\*").concat(), "obs:bucket:*");
        assert_eq!(texts(r"kms:``*``:\*").concat(), "kms:*:*");
        assert_eq!(texts("\"``vpc:*:*``\"").concat(), "\"vpc:*:*\"");
    }

    #[test]
    fn every_kind_of_markup_is_found() {
        assert_eq!(
            kinds("*a* **b** ``c`` `d` e_ [1]_ [CIT]_ |f| _`g` https://h.i\n"),
            "etstltrtRtFtCtStTtR"
        );
    }
}
