//! The methods at the start of an API statement: one, or several that share a path. This module must never
//! take prose for a method.

use crate::model::{METHODS, is_version};

/// The methods that a text starts with, and what follows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Methods<'a> {
    /// The methods as written.
    pub(crate) words: Vec<&'a str>,
    /// Whether the path follows without a space.
    pub(crate) glued: bool,
    /// The path and the text after it. It is empty if the text ends with the method.
    pub(crate) rest: &'a str,
}

/// Reads `GET`, `GET /v1/..`, `GET/v1/..`, `GET: /v1/..`, `[GET] /v1/..`, or `GET, PUT /v1/..`; `None` if the
/// text starts differently.
pub(crate) fn read(text: &str) -> Option<Methods<'_>> {
    let (first, mut rest) = word(text.trim_start_matches(OPENING))?;
    let mut words = vec![first];
    while let Some((next, after)) = another(rest).filter(|_| words.len() < METHODS.len()) {
        words.push(next);
        rest = after;
    }
    let after = rest.trim_start_matches(CLOSING);
    let glued = after.len() == rest.len() && after.starts_with(['/', '{']);
    if !(after.is_empty() || glued || after.starts_with([' ', '/', '{'])) {
        return None;
    }
    let rest = after.trim_start().trim_start_matches([':', '：', ' ']);
    // `Delete images` is prose. A word in lower case is a method only before a path.
    let upper = first.chars().all(|c| c.is_ascii_uppercase());
    (upper || rest.is_empty() || starts_path(rest)).then_some(Methods { words, glued, rest })
}

/// Reads methods that a path follows.
pub(crate) fn with_path(text: &str) -> Option<Methods<'_>> {
    read(text).filter(|methods| starts_path(methods.rest))
}

/// Whether a text starts like a path: with a slash, a parameter, a scheme or a version.
pub(crate) fn starts_path(text: &str) -> bool {
    let scheme = |head: &str| head.eq_ignore_ascii_case("http");
    let version = || {
        let first = text.split(['/', ' ']).next().unwrap_or_default();
        is_version(first) && text[first.len()..].starts_with('/')
    };
    text.starts_with(['/', '{']) || text.get(..4).is_some_and(scheme) || version()
}

const OPENING: [char; 6] = ['[', '(', '"', '“', '\'', '`'];
const CLOSING: [char; 8] = [']', ')', '"', '”', '\'', '`', ':', '：'];

/// A method in any letter case, and the text after it.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    let known = METHODS
        .iter()
        .any(|method| method.eq_ignore_ascii_case(word));
    known.then_some((word, rest))
}

/// One more method after a separator: `/PUT`, `, PUT`, ` or PUT`. It must be a whole word in upper case,
/// because `/put` may be a path.
fn another(rest: &str) -> Option<(&str, &str)> {
    let next = rest.trim_start_matches([' ', ',', '/', '|', '、']);
    let next = next
        .strip_prefix("or ")
        .or_else(|| next.strip_prefix("and "))
        .unwrap_or(next);
    let (method, after) = word(next)?;
    let upper = method.chars().all(|c| c.is_ascii_uppercase());
    let ends = after.is_empty() || after.starts_with([' ', ',', '/', '|', '、', ':', ')', ']']);
    (upper && ends && next.len() < rest.len()).then_some((method, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Vec<&str>, &str)> {
        read(text).map(|methods| (methods.words, methods.rest))
    }

    #[test]
    fn a_method_ends_at_a_blank_a_colon_a_bracket_or_the_path() {
        for text in [
            "GET /v1/x",
            "GET/v1/x",
            "GET: /v1/x",
            "[GET] /v1/x",
            "GET : /v1/x",
            "\"GET\" /v1/x",
        ] {
            assert_eq!(parts(text), Some((vec!["GET"], "/v1/x")), "{text}");
        }
        assert_eq!(parts("PUT"), Some((vec!["PUT"], "")));
        assert!(read("PUT/v1/x").unwrap().glued);
        assert!(!read("PUT: /v1/x").unwrap().glued);
    }

    #[test]
    fn methods_that_share_a_path_are_all_read() {
        for text in [
            "GET, PUT /v1/x",
            "GET/PUT /v1/x",
            "GET or PUT /v1/x",
            "GET PUT /v1/x",
            "GET|PUT /v1/x",
        ] {
            assert_eq!(parts(text), Some((vec!["GET", "PUT"], "/v1/x")), "{text}");
        }
        assert_eq!(parts("GET/put"), Some((vec!["GET"], "/put")));
    }

    #[test]
    fn prose_that_starts_with_a_verb_is_no_method() {
        for text in [
            "Delete images",
            "Get tags and/or names",
            "Posted /v1/x",
            "GETTING /v1/x",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
        assert_eq!(parts("Get /v1/x"), Some((vec!["Get"], "/v1/x")));
        assert_eq!(parts("get v3.0/x"), Some((vec!["get"], "v3.0/x")));
    }
}
