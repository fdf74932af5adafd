//! Directives that make text inside a line: characters by number ("Unicode Character Codes" in the
//! docutils directives reference). They never make markup.

use super::Parts;
use crate::Few;
use crate::inline::Inline;
use crate::parser::Parser;

/// The character that a code such as `8212`, `U+2014`, `0x2014` or `&#x2014;` names.
pub(crate) fn character_code(code: &str) -> Option<char> {
    let number = match digits(code) {
        _ if code.bytes().all(|byte| byte.is_ascii_digit()) => code.parse().ok(),
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => None,
    };
    number.and_then(char::from_u32)
}

/// The hexadecimal digits of a code.
fn digits(code: &str) -> Option<&str> {
    let prefixes = ["0x", "x", "\\x", "U+", "U", "u+", "u", "\\u"];
    let plain = prefixes.iter().find_map(|prefix| code.strip_prefix(prefix));
    let digits = plain.or_else(|| {
        code.strip_prefix("&#x")
            .and_then(|rest| rest.strip_suffix(';'))
    })?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

/// The text of `.. unicode::`. The text after ` .. ` is a comment.
pub(super) fn characters<'t>(
    parser: &mut Parser<'_, 't>,
    parts: &Parts,
) -> Result<Few<Inline<'t>>, String> {
    let argument = parts.arguments.join(" ");
    let mut words = argument.split_whitespace().peekable();
    let mut text = String::new();
    while let Some(word) = words.next() {
        if word == ".." && words.peek().is_some() {
            break;
        }
        match character_code(word) {
            Some(character) => text.push(character),
            None if is_code(word) => return Err(format!("`{word}` does not name a character")),
            None => text.push_str(word),
        }
    }
    let span = parser.span_of(parts.argument_lines.clone());
    Ok(if text.is_empty() {
        Few::new()
    } else {
        Few::one(Inline::Text {
            span,
            text: text.into(),
        })
    })
}

/// Whether the word is written like a code, even if no such character exists.
fn is_code(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || digits(word).is_some()
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
