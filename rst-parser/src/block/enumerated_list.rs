//! Enumerated lists ("Enumerated Lists" in the reStructuredText specification).
//! A list never skips a number. An item with another number starts another list, or is text.

use super::body::Start;
use super::{ListItem, roman};
use crate::parser::Parser;
use crate::{Block, Code, Span};

/// A list whose items are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumeratedList<'t> {
    /// The lines of the list.
    pub span: Span,
    /// How the items are numbered.
    pub numbering: Numbering,
    /// The characters around each number.
    pub form: EnumeratorForm,
    /// The number of the first item.
    pub start: u32,
    /// The items, in order.
    pub items: Vec<ListItem<'t>>,
}

/// The characters around the numbers of an enumerated list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumeratorForm {
    /// `1.`
    Period,
    /// `1)`
    RightParenthesis,
    /// `(1)`
    Parentheses,
}

impl EnumeratorForm {
    /// The character before each number: `(` or nothing.
    pub fn prefix(self) -> &'static str {
        match self {
            EnumeratorForm::Parentheses => "(",
            EnumeratorForm::Period | EnumeratorForm::RightParenthesis => "",
        }
    }

    /// The character after each number: `.` or `)`.
    pub fn suffix(self) -> &'static str {
        match self {
            EnumeratorForm::Period => ".",
            EnumeratorForm::RightParenthesis | EnumeratorForm::Parentheses => ")",
        }
    }
}

/// How the items of an enumerated list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// `1.`, also `#.`
    Arabic,
    /// `a.`
    LowerAlpha,
    /// `A.`
    UpperAlpha,
    /// `i.`
    LowerRoman,
    /// `I.`
    UpperRoman,
}

impl Numbering {
    const ALL: [Numbering; 5] = [
        Numbering::Arabic,
        Numbering::LowerAlpha,
        Numbering::UpperAlpha,
        Numbering::LowerRoman,
        Numbering::UpperRoman,
    ];

    /// The name that docutils gives it, such as `loweralpha`.
    pub fn as_str(self) -> &'static str {
        match self {
            Numbering::Arabic => "arabic",
            Numbering::LowerAlpha => "loweralpha",
            Numbering::UpperAlpha => "upperalpha",
            Numbering::LowerRoman => "lowerroman",
            Numbering::UpperRoman => "upperroman",
        }
    }

    fn fits(self, text: &str) -> bool {
        let one_of = |set: fn(&u8) -> bool| text.bytes().all(|byte| set(&byte));
        match self {
            Numbering::Arabic => one_of(u8::is_ascii_digit),
            Numbering::LowerAlpha => text.len() == 1 && one_of(u8::is_ascii_lowercase),
            Numbering::UpperAlpha => text.len() == 1 && one_of(u8::is_ascii_uppercase),
            Numbering::LowerRoman => one_of(|byte| b"ivxlcdm".contains(byte)),
            Numbering::UpperRoman => one_of(|byte| b"IVXLCDM".contains(byte)),
        }
    }

    fn value(self, text: &str) -> Option<u32> {
        match self {
            Numbering::Arabic => text.parse().ok().filter(|&value| value < u32::MAX),
            Numbering::LowerAlpha => Some(u32::from(text.as_bytes()[0] - b'a') + 1),
            Numbering::UpperAlpha => Some(u32::from(text.as_bytes()[0] - b'A') + 1),
            Numbering::LowerRoman => roman::value(&text.to_ascii_uppercase()),
            Numbering::UpperRoman => roman::value(text),
        }
    }

    fn write(self, value: u32) -> Option<String> {
        let letter = |first: u8| {
            u8::try_from(value)
                .ok()
                .filter(|n| (1..=26).contains(n))
                .map(|n| char::from(first + n - 1).to_string())
        };
        match self {
            Numbering::Arabic => Some(value.to_string()),
            Numbering::LowerAlpha => letter(b'a'),
            Numbering::UpperAlpha => letter(b'A'),
            Numbering::LowerRoman => roman::write(value).map(|text| text.to_ascii_lowercase()),
            Numbering::UpperRoman => roman::write(value),
        }
    }
}

/// An enumerator as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EnumeratorMarker<'l> {
    form: EnumeratorForm,
    /// The number, or `#` for the next number.
    text: &'l str,
    /// The number of bytes before the text of the item.
    bytes: usize,
}

/// The enumerator that `line` starts with.
pub(super) fn marker(line: &str) -> Option<EnumeratorMarker<'_>> {
    let inner = line.strip_prefix('(');
    let rest = inner.unwrap_or(line);
    // Most lines start with a word. Two letters that are not Roman digits decide that immediately.
    if let [first, second, ..] = rest.as_bytes()
        && first.is_ascii_alphabetic()
        && !b".)ivxlcdmIVXLCDM".contains(second)
    {
        return None;
    }
    let length = match rest.bytes().next()? {
        b'#' => 1,
        b'0'..=b'9' => rest.bytes().take_while(u8::is_ascii_digit).count(),
        b'a'..=b'z' | b'A'..=b'Z' => rest.bytes().take_while(u8::is_ascii_alphabetic).count(),
        _ => return None,
    };
    let (text, rest) = rest.split_at(length);
    let roman = |text: &str| Numbering::LowerRoman.fits(text) || Numbering::UpperRoman.fits(text);
    if length > 1 && !text.as_bytes()[0].is_ascii_digit() && !roman(text) {
        return None;
    }
    let form = match (rest.bytes().next()?, inner) {
        (b')', Some(_)) => EnumeratorForm::Parentheses,
        (b')', None) => EnumeratorForm::RightParenthesis,
        (b'.', None) => EnumeratorForm::Period,
        _ => return None,
    };
    let blanks = rest[1..].bytes().take_while(|&byte| byte == b' ').count();
    let bytes = form.prefix().len() + length + 1 + blanks;
    (blanks > 0 || bytes == line.len()).then_some(EnumeratorMarker { form, text, bytes })
}

impl EnumeratorMarker<'_> {
    /// The numbering and the value. `expected` decides if several numberings are possible. A numbering of
    /// `None` means `#`. A value of `None` means that the text does not have this numbering.
    fn read(self, expected: Option<Numbering>) -> (Option<Numbering>, Option<u32>) {
        if self.text == "#" {
            return (None, Some(1));
        }
        let first = match self.text {
            _ if expected.is_some() => expected.filter(|numbering| numbering.fits(self.text)),
            "i" => Some(Numbering::LowerRoman),
            "I" => Some(Numbering::UpperRoman),
            _ => None,
        };
        let numbering = first.or_else(|| {
            Numbering::ALL
                .into_iter()
                .find(|numbering| numbering.fits(self.text))
        });
        (
            numbering,
            numbering.and_then(|numbering| numbering.value(self.text)),
        )
    }
}

impl<'t> Parser<'_, 't> {
    pub(super) fn enumerated_list(
        &mut self,
        at: usize,
        end: usize,
        titles: bool,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let Some(first) = marker(self.line(at)) else {
            return self.text_block(at, end, titles, out);
        };
        let (numbering, value) = first.read(None);
        let Some(start) =
            value.filter(|&value| self.item_continues(at, end, first, numbering, value))
        else {
            return self.text_block(at, end, titles, out);
        };
        let mut auto = numbering.is_none();
        let list_numbering = numbering.unwrap_or(Numbering::Arabic);
        let mut items = Vec::new();
        let (mut next, mut marker_at, mut last) = (at, first, start);
        let blank_finish = loop {
            let (item, after, blank_finish) =
                self.list_item(next, end, marker_at.bytes, marker_at.bytes);
            items.push(item);
            next = self.skip_blank(after, end);
            let following = self.following_marker(next, end, first, list_numbering, auto, last);
            let Some((following, numbering, value)) = following else {
                break blank_finish;
            };
            auto |= numbering.is_none();
            (marker_at, last) = (following, value);
        };
        let span = self.span_of(at..next);
        if start != 1 {
            let message = format!("the list starts with `{}`, not with one", first.text);
            self.report(
                Code::ListStart,
                Span {
                    end: span.start,
                    ..span
                },
                message,
            );
        }
        out.push(Block::EnumeratedList(EnumeratedList {
            span,
            numbering: list_numbering,
            form: first.form,
            start,
            items,
        }));
        self.warn_unindent(blank_finish, next, end, "an enumerated list");
        next
    }

    /// The marker on line `at`, if it continues the list.
    fn following_marker(
        &self,
        at: usize,
        end: usize,
        first: EnumeratorMarker<'_>,
        list: Numbering,
        auto: bool,
        previous: u32,
    ) -> Option<(EnumeratorMarker<'_>, Option<Numbering>, u32)> {
        if at >= end || Start::of(self.line(at)) != Start::Enumerator {
            return None;
        }
        let marker = marker(self.line(at))?;
        let (numbering, value) = marker.read(Some(list));
        let value = value?;
        let same_form = marker.form == first.form;
        let in_order =
            numbering.is_none() || numbering == Some(list) && !auto && value == previous + 1;
        (same_form && in_order && self.item_continues(at, end, marker, numbering, value))
            .then_some((marker, numbering, value))
    }

    /// An enumerator starts an item only if the next line is blank, indented, or the next item.
    fn item_continues(
        &self,
        at: usize,
        end: usize,
        marker: EnumeratorMarker<'_>,
        numbering: Option<Numbering>,
        value: u32,
    ) -> bool {
        if self.blank_at(at + 1, end) || self.line(at + 1).starts_with(' ') {
            return true;
        }
        let next = match numbering {
            None => Some("#".to_owned()),
            Some(numbering) => numbering.write(value + 1),
        };
        let Some(next) = next else { return false };
        let line = self.line(at + 1);
        let starts_with = |number: &str| {
            let rest = line
                .strip_prefix(marker.form.prefix())
                .and_then(|rest| rest.strip_prefix(number));
            rest.and_then(|rest| rest.strip_prefix(marker.form.suffix()))
                .is_some_and(|rest| rest.starts_with(' '))
        };
        starts_with(&next) || starts_with("#")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn numbers_in_order_are_one_list() {
        let parsed = parse("#. Check the API calling permission.\n#. Check the resource.\n");
        let [Block::EnumeratedList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!((list.numbering, list.items.len()), (Numbering::Arabic, 2));
    }

    #[test]
    fn a_number_out_of_order_starts_another_list() {
        let parsed = parse("1. Check the API calling permission.\n\n3. Check the resource.\n");
        assert_eq!(parsed.document.blocks.len(), 2);
        assert_eq!(parsed.diagnostics[0].code, Code::ListStart);
    }

    #[test]
    fn a_sentence_that_starts_like_an_item_is_text() {
        let parsed = parse("A. Einstein was a really\nsmart dude.\n");
        assert!(matches!(parsed.document.blocks[..], [Block::Paragraph(_)]));
    }

    #[test]
    fn roman_numbers_count() {
        let parsed = parse("(i) one\n(ii) two\n");
        let [Block::EnumeratedList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(
            (list.numbering, list.form, list.items.len()),
            (Numbering::LowerRoman, EnumeratorForm::Parentheses, 2)
        );
    }
}
