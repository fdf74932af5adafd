//! Whether a text may describe an operation: one look, without parsing.

/// A page of an operation has a section about its URI.
pub(crate) fn is_operation(text: &str) -> bool {
    ["UR", "Ur"].iter().any(|start| {
        text.match_indices(start).any(|(at, _)| {
            matches!(text.as_bytes().get(at + 2), Some(b'I' | b'L' | b'i' | b'l'))
                && is_title(text, at)
        })
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

/// Pages about calling an API in general, and walks through several calls, have a URI section too; they
/// do not describe one operation.
pub(crate) fn is_guide(path: &str, title: &str) -> bool {
    let words = super::part::words(title);
    let guide = |part: &str| {
        part.starts_with("calling_api")
            || matches!(part, "api_calling" | "examples" | "application_examples")
    };
    path.split('/').any(guide)
        || matches!(
            words.as_str(),
            "making an api request"
                | "constructing a request"
                | "making a request"
                | "rest apis"
                | "api request"
        )
}
