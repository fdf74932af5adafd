//! Text as it is compared: with single spaces, and without characters that have no width.

/// White space of any kind and length becomes one space, and both ends are trimmed. Characters without a
/// width are removed. Editors put them into long words to allow line breaks.
pub(crate) fn collapse(text: &str) -> String {
    if is_collapsed(text) {
        text.to_owned()
    } else {
        respaced(text)
    }
}

/// [`collapse`] for a text that nobody else needs. Most texts stay as they are.
#[cfg(feature = "reference")]
pub(crate) fn collapsed(text: String) -> String {
    if is_collapsed(&text) {
        text
    } else {
        respaced(&text)
    }
}

pub(super) fn respaced(text: &str) -> String {
    let text: String = text.chars().filter(|&c| !is_unseen(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no width, so that it says nothing.
pub(crate) fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a text has nothing to collapse, like most cells.
pub(super) fn is_collapsed(text: &str) -> bool {
    let mut before = b' ';
    let single = text.bytes().all(|byte| {
        let space = std::mem::replace(&mut before, byte) == b' ';
        byte.is_ascii_graphic() || (byte == b' ' && !space)
    });
    single && before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_kind_becomes_one_blank_and_what_has_no_width_goes() {
        for (text, collapsed) in [
            ("", ""),
            (" ", ""),
            ("GET /v1/images", "GET /v1/images"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\tb\nc", "a b c"),
            ("ims:\u{200b}images:get", "ims:images:get"),
            ("caf\u{e9}\u{a0}x", "caf\u{e9} x"),
        ] {
            assert_eq!(collapse(text), collapsed, "{text:?}");
        }
    }

    #[test]
    fn white_space_collapses_and_characters_without_width_go() {
        assert_eq!(collapse(" GET\u{a0} \t/v1/\n"), "GET /v1/");
        assert_eq!(
            collapse("ims:\u{200b}images:\u{2060}get\u{feff}"),
            "ims:images:get"
        );
        assert_eq!(collapse("project\u{ad}_id"), "project_id");
    }
}
