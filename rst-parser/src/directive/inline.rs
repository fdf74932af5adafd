//! Directives that make text inside a line: characters by number ("Unicode Character Codes" in
//! the docutils directives reference). They never make markup.

use super::Parts;
use crate::inline::Inline;
use crate::parser::Parser;

/// The character that a code such as `U+2014`, `0x2014` or `&#x2014;` names.
pub(crate) fn character_code(code: &str) -> Option<char> {
    if code.bytes().all(|byte| byte.is_ascii_digit()) {
        return code.parse().ok().and_then(char::from_u32);
    }
    let prefixes = ["0x", "x", "\\x", "U+", "u+", "u", "U", "\\u", "\\U"];
    let hex = prefixes
        .iter()
        .filter_map(|prefix| code.strip_prefix(prefix))
        .chain(
            code.strip_prefix("&#x")
                .and_then(|rest| rest.strip_suffix(';')),
        );
    hex.filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .find_map(|digits| {
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32)
        })
}

/// The text that `.. unicode::` makes; what follows ` .. ` is a comment.
pub(super) fn characters(parser: &mut Parser<'_>, parts: &Parts) -> Vec<Inline> {
    let argument = parts
        .arguments
        .first()
        .map(String::as_str)
        .unwrap_or_default();
    let codes = argument.split(" .. ").next().unwrap_or_default();
    let codes = codes.strip_suffix(" ..").unwrap_or(codes);
    let mut text = String::new();
    for code in codes.split_whitespace() {
        match character_code(code) {
            Some(character) => text.push(character),
            None => text.push_str(code),
        }
    }
    let span = parser.span_of(parts.argument_lines.clone());
    vec![Inline::Text { span, text }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn characters_are_named_by_number() {
        assert_eq!(
            ["8212", "U+2014", "0x2014", "&#x2014;"].map(character_code),
            [Some('—'); 4]
        );
        assert_eq!((character_code("text"), character_code("")), (None, None));
    }

    #[test]
    fn codes_and_text_make_one_text() {
        let parsed = parse(".. |copy| unicode:: 0xA9 OTC .. copyright sign\n");
        assert_eq!(parsed.document.blocks[0].text(), "©OTC");
    }
}
