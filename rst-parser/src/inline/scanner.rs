//! Finding inline markup in a text ("Inline markup recognition rules" in the reStructuredText
//! specification). Every byte is looked at a bounded number of times, whatever the text is.

use super::delimiter::{is_pair, may_follow, may_precede};
use super::escape::{is_escaped, normal_name, unescape};
use super::reference::{ReferenceTarget, adjust_uri, phrase};
use super::role::interpret;
use super::scheme::is_known_scheme;
use super::uri::Links;
use super::{Inline, is_name_separator, simple_name};
use crate::parser::Parser;
use crate::source::{Line, is_space};
use crate::{Code, Few, Span};

/// A line of the text, and where it starts in it.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub at: usize,
    pub line: Line,
}

/// What ends a piece of markup.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Emphasis,
    Strong,
    Literal,
    Target,
    Interpreted,
    Substitution,
}

impl End {
    fn mark(self) -> &'static str {
        match self {
            End::Emphasis => "*",
            End::Strong => "**",
            End::Literal => "``",
            End::Target | End::Interpreted => "`",
            End::Substitution => "|",
        }
    }

    /// The mark it starts with, and what it is called.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            End::Emphasis => ("*", "emphasis"),
            End::Strong => ("**", "strong emphasis"),
            End::Literal => ("``", "literal text"),
            End::Target => ("_`", "an inline target"),
            End::Interpreted => ("`", "interpreted text"),
            End::Substitution => ("|", "a substitution reference"),
        }
    }
}

/// The end of a piece of markup: its marks, role and underscores.
#[derive(Clone, Copy)]
struct Close<'a> {
    start: usize,
    end: usize,
    role: Option<&'a str>,
    underscores: usize,
}

pub(super) struct Scanner<'a, 'p, 's> {
    parser: &'p mut Parser<'s>,
    text: &'a str,
    bytes: &'a [u8],
    pieces: &'a [Piece],
    out: Vec<Inline>,
    /// Text from here on is not yet in `out`.
    plain: usize,
    /// Markup may start here, whatever stands before.
    base: usize,
    /// The classes of the bytes from `plain` on that may be part of a link.
    link: u8,
    /// A backslash was seen.
    escapes: bool,
    /// Text keeps its backslashes.
    keep_escapes: bool,
    /// Per kind of end: no end is in this range, and there is one at its end, if the text goes on.
    searched: [(usize, usize); 6],
}

/// Bytes that may start markup.
const MARK: u8 = 1;
/// The colon of a link.
const COLON: u8 = 2;
/// The at sign of an address.
const AT_SIGN: u8 = 4;

/// Per byte, its class.
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

/// The classes of all bytes of `text`; zero for a text that is nothing but text.
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

impl<'a, 'p, 's> Scanner<'a, 'p, 's> {
    pub fn new(
        parser: &'p mut Parser<'s>,
        text: &'a str,
        pieces: &'a [Piece],
    ) -> Scanner<'a, 'p, 's> {
        let bytes = text.as_bytes();
        let out = std::mem::take(&mut parser.inline_room);
        Scanner {
            parser,
            text,
            bytes,
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

    /// Reads a text whose bytes are of these classes.
    pub fn read(mut self, classes: u8) -> Few<Inline> {
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

    /// Looks at the mark at `at`. Returns where to go on.
    fn mark(&mut self, at: usize, byte: u8) -> usize {
        let double = self.bytes.get(at + 1) == Some(&byte);
        match byte {
            // What is escaped is no mark. The rest of a longer character is none either.
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

    /// Reads simple markup whose start mark is `length` bytes at `at`.
    fn quoted_or(&mut self, at: usize, length: usize, end: End) -> usize {
        let content = at + length;
        if !self.may_start(at) || self.space_at(content) {
            return at + 1;
        }
        if self.is_quoted(at, content) {
            self.base = content;
            return content;
        }
        let Some(close) = self.close(end, content) else {
            return self.unclosed(at, content, end);
        };
        let span = self.span(at, close.end);
        let inner = &self.text[content..close.start];
        let text = if end == End::Literal {
            inner.to_owned()
        } else {
            unescape(inner)
        };
        let inline = match end {
            End::Emphasis => Inline::Emphasis { span, text },
            End::Strong => Inline::Strong { span, text },
            End::Literal => Inline::Literal { span, text },
            End::Target => Inline::Target { span, text },
            End::Interpreted | End::Substitution => {
                let target = match close.underscores {
                    0 => None,
                    1 => Some(ReferenceTarget::Name(normal_name(&text))),
                    _ => Some(ReferenceTarget::Anonymous),
                };
                Inline::SubstitutionReference {
                    span,
                    name: text,
                    target,
                }
            }
        };
        self.push(at, close.end, inline)
    }

    /// Reads text in back-quotes: interpreted text, or a reference.
    fn interpreted(&mut self, at: usize) -> usize {
        let content = at + 1;
        if self.space_at(content) {
            return at + 1;
        }
        let role_start = self.role_before(at);
        if role_start.is_none() {
            if !self.may_start(at) {
                return at + 1;
            }
            if self.is_quoted(at, content) {
                self.base = content;
                return content;
            }
        }
        let start = role_start.unwrap_or(at);
        let Some(close) = self.close(End::Interpreted, content) else {
            return self.unclosed(at, content, End::Interpreted);
        };
        let prefix = role_start.map(|start| &self.text[start + 1..at - 1]);
        let reason = match (prefix, close.role, close.underscores) {
            (Some(_), Some(_), _) => Some("interpreted text has a role before and one after it"),
            (Some(_), None, 1..) | (None, Some(_), 1..) => {
                Some("interpreted text has a role and is a reference as well")
            }
            _ => None,
        };
        if let Some(reason) = reason {
            return self.problematic(start, close.end, Code::MalformedRole, reason.to_owned());
        }
        let inner = &self.text[content..close.start];
        let span = self.span(start, close.end);
        if close.underscores > 0 {
            let phrase = phrase(inner, close.underscores == 2);
            let inline = Inline::Reference {
                span,
                text: phrase.text,
                target: phrase.target,
                defines: phrase.defines,
            };
            return self.push(start, close.end, inline);
        }
        let name = prefix.or(close.role).unwrap_or_default();
        let interpreted = self
            .parser
            .roles
            .kind(name)
            .and_then(|kind| interpret(kind, inner));
        let Some((text, target)) = interpreted else {
            let message = format!("the role `{name}` is not known, or does not fit its text");
            return self.problematic(start, close.end, Code::UnknownRole, message);
        };
        let name = if name.is_empty() {
            self.parser.roles.default_name()
        } else {
            name
        }
        .to_owned();
        self.push(
            start,
            close.end,
            Inline::Role {
                span,
                name,
                text,
                target,
            },
        )
    }

    /// Where the role in front of the back-quote at `at` starts, with its colon.
    fn role_before(&self, at: usize) -> Option<usize> {
        if at <= self.base + 1 || self.bytes[at - 1] != b':' {
            return None;
        }
        let name = self.name_before(at - 1)?;
        let start = name
            .checked_sub(1)
            .filter(|&start| start >= self.base && self.bytes[start] == b':')?;
        self.may_start(start).then_some(start)
    }

    /// Where the longest simple name that ends before `end` starts.
    fn name_before(&self, end: usize) -> Option<usize> {
        let mut start = end;
        let mut characters = self.text[self.base..end].char_indices().rev().peekable();
        while let Some((at, character)) = characters.next() {
            if character.is_alphanumeric() {
                start = self.base + at;
            } else {
                let inside = start < end && start == self.base + at + character.len_utf8();
                let next = characters
                    .peek()
                    .is_some_and(|&(_, next)| next.is_alphanumeric());
                if !(inside && next && is_name_separator(character)) {
                    break;
                }
            }
        }
        (start < end).then_some(start)
    }

    /// Reads `name_` or `name__`, whose first underscore is at `at`.
    fn simple_reference(&mut self, at: usize) -> usize {
        let anonymous = self.bytes.get(at + 1) == Some(&b'_');
        let end = at + 1 + usize::from(anonymous);
        if self.bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) || !self.may_end(end) {
            return at + 1;
        }
        let Some(longest) = self.name_before(at) else {
            return at + 1;
        };
        // A name may also start behind a separator that may stand before markup.
        let starts = self.text[longest..at]
            .char_indices()
            .map(|(offset, _)| longest + offset);
        let mut starts =
            starts.filter(|&start| self.character_at(start).is_some_and(char::is_alphanumeric));
        let Some(start) = starts.find(|&start| self.may_start(start)) else {
            return at + 1;
        };
        let name = &self.text[start..at];
        let target = if anonymous {
            ReferenceTarget::Anonymous
        } else {
            ReferenceTarget::Name(normal_name(name))
        };
        let inline = Inline::Reference {
            span: self.span(start, end),
            text: name.to_owned(),
            target,
            defines: false,
        };
        self.push(start, end, inline)
    }

    /// Reads `[label]_`, whose bracket is at `at`.
    fn footnote_reference(&mut self, at: usize) -> usize {
        let inner = &self.text[at + 1..];
        let length = match inner.bytes().next() {
            Some(b'*') => Some(1),
            Some(b'#') => Some(1 + simple_name(&inner[1..]).unwrap_or_default()),
            _ => simple_name(inner),
        };
        let found = length
            .filter(|&length| inner[length..].starts_with("]_"))
            .map(|length| &inner[..length]);
        let Some(label) = found else { return at + 1 };
        let end = at + 1 + label.len() + 2;
        if !self.may_start(at) || !self.may_end(end) {
            return at + 1;
        }
        let span = self.span(at, end);
        let is_footnote =
            label.starts_with(['#', '*']) || label.bytes().all(|byte| byte.is_ascii_digit());
        let label = label.to_owned();
        let inline = if is_footnote {
            Inline::FootnoteReference { span, label }
        } else {
            Inline::CitationReference { span, label }
        };
        self.push(at, end, inline)
    }

    /// The first end of markup whose content starts at `content`, unless that leaves no content.
    fn close(&mut self, end: End, content: usize) -> Option<Close<'a>> {
        if self.close_at(end, content, true).is_some() {
            return None;
        }
        let (from, found) = self.searched[end as usize];
        let first = self.character_at(content).map_or(1, char::len_utf8);
        let mut at = if from <= content && content < found {
            found
        } else {
            content + first
        };
        let close = loop {
            let next = self.text.get(at..).and_then(|rest| rest.find(end.mark()));
            let Some(next) = next else {
                at = self.text.len();
                break None;
            };
            at += next;
            if let Some(close) = self.close_at(end, at, false) {
                break Some(close);
            }
            at += 1;
        };
        let from = if from <= content && content < found {
            from
        } else {
            content
        };
        self.searched[end as usize] = (from, at);
        close
    }

    /// The end of markup at `at`, if there is one. At the `first` byte, nothing stands before it.
    fn close_at(&self, end: End, at: usize, first: bool) -> Option<Close<'a>> {
        let mark = end.mark();
        if !self.text.get(at..)?.starts_with(mark) {
            return None;
        }
        if !first {
            let space_before = self.text[..at].chars().next_back().is_some_and(is_space);
            let escaped = end != End::Literal && is_escaped(self.bytes, at);
            // A blank that is escaped may stand before the end of interpreted text.
            let blank_ok =
                end == End::Interpreted && space_before && is_escaped(self.bytes, at - 1);
            if escaped || space_before && !blank_ok {
                return None;
            }
        }
        let after = at + mark.len();
        let plain = Close {
            start: at,
            end: after,
            role: None,
            underscores: 0,
        };
        match end {
            End::Interpreted => {
                let role = self.text[after..].strip_prefix(':').and_then(|rest| {
                    let length = simple_name(rest)?;
                    rest[length..].starts_with(':').then(|| &rest[..length])
                });
                let with_role = role.and_then(|name| {
                    let close = Close {
                        end: after + name.len() + 2,
                        role,
                        ..plain
                    };
                    self.with_underscores(close)
                });
                with_role.or_else(|| self.with_underscores(plain))
            }
            End::Substitution => self.with_underscores(plain),
            _ => self.may_end(after).then_some(plain),
        }
    }

    fn with_underscores(&self, close: Close<'a>) -> Option<Close<'a>> {
        let found = self.bytes[close.end..]
            .iter()
            .take(2)
            .take_while(|&&byte| byte == b'_')
            .count();
        let ends = (0..=found).rev().map(|underscores| Close {
            end: close.end + underscores,
            underscores,
            ..close
        });
        ends.into_iter().find(|close| self.may_end(close.end))
    }

    fn unclosed(&mut self, at: usize, content: usize, end: End) -> usize {
        let (mark, name) = end.name();
        self.problematic(
            at,
            content,
            Code::UnclosedInline,
            format!("{name} starts with `{mark}` and does not end"),
        )
    }

    fn problematic(&mut self, start: usize, end: usize, code: Code, message: String) -> usize {
        let span = self.span(start, end);
        self.parser.report(code, span, message);
        self.push(
            start,
            end,
            Inline::Problematic {
                span,
                text: self.text[start..end].to_owned(),
            },
        )
    }

    /// Takes `start..end` as `inline`. Returns where to go on.
    fn push(&mut self, start: usize, end: usize, inline: Inline) -> usize {
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
                // docutils gives up on a text at the first scheme it does not know.
                if !link.email && !is_known_scheme(found) {
                    break;
                }
                self.push_text(start + at, start + link.start);
                let span = self.span(start + link.start, start + link.end);
                let text = unescape(found);
                let uri = if link.email {
                    adjust_uri(format!("mailto:{text}"))
                } else {
                    text.clone()
                };
                self.out.push(Inline::Reference {
                    span,
                    text,
                    target: ReferenceTarget::Uri(uri),
                    defines: false,
                });
                at = link.end;
            }
        }
        self.push_text(start + at, end);
    }

    fn push_text(&mut self, start: usize, end: usize) {
        if start < end {
            let (span, text) = (self.span(start, end), &self.text[start..end]);
            let text = if self.escapes && !self.keep_escapes {
                unescape(text)
            } else {
                text.to_owned()
            };
            // An escaped blank is no text.
            if !text.is_empty() {
                self.out.push(Inline::Text { span, text });
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
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

    fn character_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn space_at(&self, at: usize) -> bool {
        self.character_at(at).is_some_and(is_space)
    }

    /// True when markup may start at `at`.
    fn may_start(&self, at: usize) -> bool {
        at == self.base || self.text[..at].chars().next_back().is_some_and(may_precede)
    }

    /// True when markup may end before `at`.
    fn may_end(&self, at: usize) -> bool {
        self.text
            .get(at..)
            .is_some_and(|rest| rest.chars().next().is_none_or(may_follow))
    }

    /// True when the characters around a start mark quote it, so that it is none.
    fn is_quoted(&self, start: usize, end: usize) -> bool {
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
    use crate::{Block, Inline, parse};

    fn inlines(text: &str) -> Vec<Inline> {
        match parse(text).document.blocks.into_iter().next() {
            Some(Block::Paragraph(paragraph)) => paragraph.inlines.into(),
            other => panic!("{other:?}"),
        }
    }

    fn kinds(text: &str) -> String {
        let kind = |inline: &Inline| match inline {
            Inline::Text { .. } => 't',
            Inline::Emphasis { .. } => 'e',
            Inline::Strong { .. } => 's',
            Inline::Literal { .. } => 'l',
            Inline::Role { .. } => 'r',
            Inline::Reference { .. } => 'R',
            Inline::FootnoteReference { .. } => 'F',
            Inline::CitationReference { .. } => 'C',
            Inline::SubstitutionReference { .. } => 'S',
            Inline::Target { .. } => 'T',
            Inline::Problematic { .. } => 'P',
        };
        inlines(text).iter().map(kind).collect()
    }

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
        let texts = |text| {
            inlines(text)
                .iter()
                .map(|inline| inline.text().to_owned())
                .collect::<String>()
        };
        assert_eq!(texts(r"obs:bucket:\*"), "obs:bucket:*");
        assert_eq!(texts(r"kms:``*``:\*"), "kms:*:*");
        assert_eq!(texts("\"``vpc:*:*``\""), "\"vpc:*:*\"");
    }

    #[test]
    fn every_kind_of_markup_is_found() {
        assert_eq!(
            kinds("*a* **b** ``c`` `d` e_ [1]_ [CIT]_ |f| _`g` https://h.i\n"),
            "etstltrtRtFtCtStTtR"
        );
    }

    #[test]
    fn quoted_marks_are_text() {
        assert_eq!(kinds("(*) '*' \"**\" * a\n"), "t");
    }

    #[test]
    fn markup_needs_room_before_and_after() {
        assert_eq!(kinds("2*3*4 a_b __init__ x``y``\n"), "t");
    }

    #[test]
    fn markup_without_an_end_is_kept_as_text() {
        assert_eq!(kinds("*a **b ``c\n"), "PtPtPt");
        assert_eq!(inlines("*a\n")[0].text(), "*");
    }
}
