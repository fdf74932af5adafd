//! What is around a call in an API cell: quotes, separators, prose, and the key of a body. It answers
//! questions about a text. This module must never say what a cell means.

use crate::extract::call::method;
use crate::model::{METHODS, is_version};

/// A text without the quotes or parentheses around the whole of it.
pub(super) fn unwrapped(text: &str) -> &str {
    let pairs = [('(', ')'), ('"', '"'), ('“', '”'), ('\'', '\''), ('`', '`')];
    let inner = pairs
        .iter()
        .find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map_or(text, str::trim)
}

pub(super) fn starts_url(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Whether a paragraph starts like a call: with a method, or with a path alone.
pub(in crate::extract::permission) fn starts_call(text: &str) -> bool {
    let text = unwrapped(text);
    method::with_path(text).is_some()
        || METHODS.contains(&text)
        || starts_segment(text)
        || starts_url(text)
}

/// Whether a text starts with a slash and a path segment. A slash alone separates words.
pub(super) fn starts_segment(text: &str) -> bool {
    let segment = text.strip_prefix('/').unwrap_or_default();
    !segment.is_empty() && !segment.starts_with([' ', '/'])
}

/// The start of a text, for messages. A message about one call must not quote a paragraph of many calls.
pub(super) fn brief(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_QUOTE);
    end.map_or(text, |(end, _)| &text[..end])
}

/// How many characters of a path a message shows.
const LONGEST_QUOTE: usize = 200;

/// The text after a path, without the separator.
pub(super) fn without_separator(rest: &str) -> &str {
    let next = rest.trim_start_matches([',', ';', '|', ' ']);
    let next = next.strip_prefix("/ ").unwrap_or(next);
    let word = ["and ", "or "];
    let next = word
        .iter()
        .find_map(|word| next.strip_prefix(word))
        .unwrap_or(next);
    next.trim_start()
}

/// Whether a path states its version.
pub(super) fn has_version(path: &str) -> bool {
    let path = path.split(' ').next().unwrap_or_default();
    path.split('/').any(is_version)
}

/// Whether a text is one word in capitals that may be meant as a method.
pub(super) fn is_word(text: &str) -> bool {
    text.len() > 2
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && !matches!(text, "API" | "URI" | "URL" | "PATH")
        && !METHODS.contains(&text)
}

/// Whether a word can be the rest of a path that ends with a slash.
pub(super) fn goes_on(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.contains(['/', '{']) || !text.contains(' ')
}

/// Whether a word of prose looks like a path: `/v1/..`, `{project_id}/..`, `v3.0/..`; not `and/or`.
pub(in crate::extract::permission) fn is_path(word: &str) -> bool {
    let (first, rest) = word.split_once('/').unwrap_or((word, ""));
    word.contains('/')
        && ((first.is_empty() && !rest.is_empty())
            || word.contains('{')
            || is_version(first)
            || rest.contains('/'))
}

/// The key in `action="os-extend"`.
pub(super) fn body_action(text: &str) -> Option<&str> {
    const QUOTES: [char; 5] = ['"', '\'', '“', '”', '`'];
    let value = text
        .trim_start_matches(QUOTES)
        .strip_prefix("action")?
        .trim_start_matches(QUOTES)
        .trim_start()
        .strip_prefix(['=', ':'])?;
    let value = value.trim().trim_matches(QUOTES);
    (!value.is_empty() && !value.contains(' ')).then_some(value)
}
