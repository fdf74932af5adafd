//! Backslash escapes ("Escaping Mechanism" in the reStructuredText specification).
//! A backslash is part of the text only if another backslash comes before it.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::is_space;

/// `text` without its escaping backslashes. An escaped space or line end is removed with its backslash.
pub(crate) fn unescape<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = text.into();
    if !text.contains('\\') {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(
                characters
                    .next()
                    .filter(|escaped| !matches!(escaped, ' ' | '\n')),
            ),
            _ => plain.push(character),
        }
    }
    Cow::Owned(plain)
}

/// A part of a text, borrowed if the text is borrowed.
pub(crate) fn part<'t>(text: &Cow<'t, str>, range: Range<usize>) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

/// A URI without white space. An escaped space stays as a space.
pub(crate) fn unescape_uri(text: &str) -> String {
    let mut uri = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => uri.extend(
                characters
                    .next()
                    .map(|escaped| if escaped == '\n' { ' ' } else { escaped }),
            ),
            _ if is_space(character) => {}
            _ => uri.push(character),
        }
    }
    uri
}

/// Whether the character at byte `at` is escaped.
pub(crate) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

/// `text` with every run of white space as a single space, and without white space around it.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// A reference name as references are compared: in lower case, with white space collapsed.
pub(crate) fn normal_name(text: &str) -> String {
    collapse(&text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_keeps_the_next_character_from_being_markup() {
        assert_eq!(unescape(r"cce:kubernetes:\*"), "cce:kubernetes:*");
        assert_eq!(unescape(r"C:\\temp\ x\"), r"C:\tempx");
    }

    #[test]
    fn only_an_escaped_blank_stays_in_a_uri() {
        assert_eq!(
            unescape_uri("https://ims.example.com/v2/\n  images\\ x"),
            "https://ims.example.com/v2/images x"
        );
    }

    #[test]
    fn case_and_white_space_of_names_do_not_matter() {
        assert_eq!(normal_name("Image\n  Sharing "), "image sharing");
    }
}
