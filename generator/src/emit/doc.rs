//! Doc comments for generated items: title, calls, actions, scopes, page.
//! Text from a page is inert here: this module must never let it become Markdown, HTML, or the end
//! of a comment.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, Origin, Requirement};

/// Doc attributes, one a line; prettyplease prints them as `///`.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// The full documentation of an operation, for its variant.
pub(super) fn operation(operation: &Operation, page: &Origin) -> Vec<String> {
    let mut lines = summary(operation);
    lines.push(String::new());
    lines.push(needs(operation));
    lines.push(String::new());
    lines.push(scopes(operation));
    if let Some(url) = page.doc_url.as_deref().filter(|url| is_link(url)) {
        lines.push(String::new());
        lines.push(format!("[{}]({url})", text(&page.title)));
    }
    lines
}

/// The title and the calls, for items that stand beside the documented variant.
pub(super) fn summary(operation: &Operation) -> Vec<String> {
    let mut lines = vec![text(&operation.title)];
    for route in &operation.routes {
        lines.push(String::new());
        lines.push(code(&route.to_string()));
    }
    lines
}

/// What a caller needs, as one sentence.
pub(super) fn needs(operation: &Operation) -> String {
    let needs = match operation.actions.as_slice() {
        [] => "The page names no action.".to_owned(),
        actions => format!("Needs {}.", list(actions)),
    };
    match operation.dependencies.as_slice() {
        [] => needs,
        dependencies => format!("{needs} Depends on {}.", list(dependencies)),
    }
}

fn list(requirements: &[Requirement]) -> String {
    let one = |requirement: &Requirement| match &requirement.when {
        None => code(&requirement.action),
        Some(when) => format!("{} ({})", code(&requirement.action), text(when)),
    };
    requirements.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn scopes(operation: &Operation) -> String {
    let word = |value: Option<bool>| match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not stated",
    };
    format!(
        "IAM project: {}; enterprise project: {}.",
        word(operation.iam_project),
        word(operation.enterprise_project)
    )
}

/// Running text: Markdown's and HTML's own characters are escaped, line breaks and invisible
/// characters become blanks.
pub(super) fn text(text: &str) -> String {
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
pub(super) fn code(text: &str) -> String {
    format!(
        "`{}`",
        visible(text).filter(|c| *c != '`').collect::<String>()
    )
}

/// Text for a line comment: whatever could end the line becomes a blank.
pub(super) fn line(text: &str) -> String {
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
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_link(url: &str) -> bool {
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
