//! Text of a page, made harmless for the places where people read it: Markdown and comments.
//! Generated code and exported documents share it; this module must never change what a plain title
//! says.

/// Running text: Markdown's and HTML's own characters are escaped, line breaks and invisible
/// characters become blanks.
///
/// ```
/// assert_eq!(permspec::inert::text("a <b> of *all*"), r"a \<b\> of \*all\*");
/// ```
pub fn text(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    for c in visible(text) {
        if "\\`*_{}[]<>()#+-.!|~&$".contains(c) && needs_escape(c, &inert) {
            inert.push('\\');
        }
        inert.push(c);
    }
    inert
}

/// Punctuation of plain prose stays readable: only what Markdown could act on is escaped.
fn needs_escape(c: char, before: &str) -> bool {
    match c {
        '(' | ')' | '{' | '}' | '.' | '!' | '-' | '+' | '#' => before.is_empty(),
        // An underscore inside a word is no emphasis (CommonMark, section 6.2).
        '_' => !before.ends_with(|c: char| c.is_ascii_alphanumeric()),
        _ => true,
    }
}

/// Code: a back-tick cannot be escaped inside a code span, so it is left out.
pub fn code(text: &str) -> String {
    format!(
        "`{}`",
        visible(text).filter(|c| *c != '`').collect::<String>()
    )
}

/// Text for a line comment: whatever could end the line becomes a blank.
pub fn line(text: &str) -> String {
    visible(text).collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| {
        if c.is_control() || is_invisible(c) {
            ' '
        } else {
            c
        }
    })
}

/// Characters that change how the text around them is shown (Unicode TR 36, Trojan Source).
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether an address is a plain web address, which cannot leave the place where a link stands.
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
    fn only_plain_web_addresses_become_links() {
        assert!(is_link("https://docs.example/ims/image_sharing.html"));
        assert!(!is_link("javascript:alert(1)"));
        assert!(!is_link("https://x/) [evil](https://y"));
    }
}
