//! Whether a text may describe an operation: it has a section about a URI.

/// Whether a text has a section whose title names a URI or URL.
pub(super) fn has_uri_section(text: &str) -> bool {
    text.match_indices('U').any(|(at, _)| {
        matches!(
            text.as_bytes()[at + 1..],
            [b'R' | b'r', b'I' | b'L' | b'i' | b'l', ..]
        ) && is_title(text, at)
    })
}

/// Whether the line around `at` is underlined as titles are.
fn is_title(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..];
    let Some(end) = line.find('\n') else {
        return false;
    };
    let (title, rest) = (&line[..end], &line[end + 1..]);
    let under = rest.split('\n').next().unwrap_or_default().trim_end();
    let first = under.bytes().next();
    !title.starts_with([' ', '|', '+', '='])
        && under.len() >= 3
        && first.is_some_and(|byte| {
            byte.is_ascii_punctuation() && under.bytes().all(|other| other == byte)
        })
}
