//! Makes text of a page harmless for the places where people read it: Markdown and comments.
//! Generated code and exported documents share it. It must never change what a plain title says.

use std::borrow::Cow;
use std::fmt::Write;

/// Escapes running text: the special characters of Markdown and HTML are escaped, and line breaks and
/// invisible characters become spaces.
///
/// ```
/// assert_eq!(permspec_model::inert::text("a <b> of *all*"), r"a \<b\> of \*all\*");
/// ```
pub fn text(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    for c in visible(text) {
        if needs_escape(c, &inert) {
            inert.push('\\');
        }
        inert.push(c);
    }
    inert
}

/// Punctuation of plain prose stays readable. Only characters that Markdown could interpret are escaped.
fn needs_escape(c: char, before: &str) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
        '(' | ')' | '{' | '}' | '.' | '!' | '-' | '+' | '#' => before.is_empty(),
        // An underscore inside a word does not start emphasis (CommonMark, section 6.2).
        '_' => !before.ends_with(|c: char| c.is_ascii_alphanumeric()),
        _ => false,
    }
}

/// Makes text for a code span. Back-ticks are removed, because a code span cannot escape them.
pub fn code(text: &str) -> String {
    let mut inert = String::with_capacity(text.len() + 2);
    inert.push('`');
    inert.extend(visible(text).filter(|c| *c != '`'));
    inert.push('`');
    inert
}

/// Makes text for a line comment. Every character that could end the line becomes a space.
pub fn line(text: &str) -> String {
    visible(text).collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    let is_seen = |c: char| match c {
        ' '..='~' => true,
        _ => !c.is_control() && !is_invisible(c),
    };
    text.chars().map(move |c| if is_seen(c) { c } else { ' ' })
}

/// Makes text for a terminal. Characters that a terminal would interpret or would not show become JSON
/// escapes, so a text that is JSON keeps its meaning. Line breaks and tabs stay.
///
/// ```
/// assert_eq!(permspec_model::inert::terminal("a\u{1b}[2Jb\u{202e}c\n"), "a\\u001b[2Jb\\u202ec\n");
/// ```
pub fn terminal(text: &str) -> Cow<'_, str> {
    let acts = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_invisible(c);
    if is_plain(text) || !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("a String takes every write");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Whether the text consists of printable ASCII characters and white space. Nearly every text does, and
/// this check is fast.
pub fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'))
}

/// Characters that are invisible, or that change how the text around them is shown: controls of
/// direction, joiners and spaces without width, line separators, fillers, and tags (Unicode TR 36,
/// "Trojan Source").
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the text is a plain web address, which cannot leave the place of a link.
pub fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url
            .chars()
            .all(|c| c.is_ascii_graphic() && !"()<>\"\\`".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_title_stays_as_it_reads() {
        for title in [
            "Adding an Image Member (Native OpenStack API)",
            "Updates the status of image members.",
        ] {
            assert_eq!(text(title), title);
        }
    }

    #[test]
    fn markdown_and_html_of_a_title_are_inert() {
        assert_eq!(text("<script>[x](y)*b*"), r"\<script\>\[x\](y)\*b\*");
        assert_eq!(text("# no heading"), r"\# no heading");
        assert_eq!(text("a\u{202e}b\nc"), "a b c");
        assert_eq!(code("GET /`x`\r\n"), "`GET /x  `");
    }

    #[test]
    fn what_a_terminal_acts_on_is_escaped_and_json_keeps_its_meaning() {
        let title = "a\u{9b}2J\u{7f}\u{e0041}\u{2066}é\n";
        let json = serde_json::to_string(title).unwrap();
        let shown = terminal(&json);
        assert!(!shown.contains(is_invisible) && !shown.contains(char::is_control));
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), title);
        assert!(matches!(terminal("plain\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_plain_web_addresses_become_links() {
        assert!(is_link("https://docs.example/ims/image_sharing.html"));
        assert!(!is_link("javascript:alert(1)"));
        assert!(!is_link("https://x/) [evil](https://y"));
    }
}
