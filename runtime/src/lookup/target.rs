//! The path of a request target, without the parts around it.
//! This module must never change the text of the path. It only cuts it.

use super::word::may_be_special;

/// The part of a request target that routes are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Path<'t> {
    /// Empty for `/`. Otherwise it starts with a slash and does not end with one.
    pub(super) text: &'t str,
    /// Whether it contains a `%`, so that its text may be an encoding of another text.
    pub(super) encoded: bool,
    /// Whether it is read as by a router that does not decode: a text matches only this text, and `..`
    /// may be a value.
    pub(super) as_written: bool,
    /// Whether an empty segment may be a value.
    pub(super) may_be_empty: bool,
}

impl<'t> Path<'t> {
    /// The path of `target`, which has the origin form (`/v2/images?limit=1`) or the absolute form
    /// (`https://host/v2/images`) of [RFC 9112, section 3.2]. `None` for any other text.
    ///
    /// [RFC 9112, section 3.2]: https://www.rfc-editor.org/rfc/rfc9112#section-3.2
    pub(super) fn of(target: &'t str) -> Option<Path<'t>> {
        let (text, encoded) = cut(target)?;
        Some(Path {
            text: text.strip_suffix('/').unwrap_or(text),
            encoded,
            as_written: false,
            may_be_empty: false,
        })
    }

    /// The path as read by a router that does not decode and for which a slash at the end matters.
    #[cfg(feature = "tower")]
    pub(super) fn as_written(target: &'t str) -> Option<Path<'t>> {
        let (text, _) = cut(target)?;
        Some(Path {
            text: if text == "/" { "" } else { text },
            encoded: false,
            as_written: true,
            may_be_empty: false,
        })
    }
}

/// The path of a target, and whether it contains a `%`.
fn cut(target: &str) -> Option<(&str, bool)> {
    let target = if target.starts_with('/') {
        target
    } else {
        without_host(target)?
    };
    if !may_be_special(target.as_bytes()) {
        return Some((target, false));
    }
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let text = &target[..end];
    Some((text, text.contains('%')))
}

/// The text after `scheme://authority`.
fn without_host(target: &str) -> Option<&str> {
    let (scheme, rest) = target.split_once("://")?;
    let mut letters = scheme.bytes();
    let is_scheme = letters.next()?.is_ascii_alphabetic()
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    // The path of `https://host?x` is empty and means `/` (RFC 9110, section 4.2.3).
    (is_scheme && host > 0).then(|| &rest[host..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(target: &str) -> Option<&str> {
        Path::of(target).map(|path| path.text)
    }

    #[test]
    fn query_fragment_scheme_and_host_are_not_part_of_the_path() {
        for target in [
            "/v2/images",
            "/v2/images/",
            "/v2/images?limit=1/2",
            "/v2/images/?x=/",
            "/v2/images#a?b",
            "https://ims.eu-de.otc.t-systems.com/v2/images",
            "http://[::1]:80/v2/images/?x#y",
            "HTTPS://user@host/v2/images",
        ] {
            assert_eq!(path(target), Some("/v2/images"), "{target}");
        }
    }

    #[test]
    fn the_root_is_the_empty_path() {
        for target in [
            "/",
            "/?x",
            "/#",
            "https://host",
            "https://host/",
            "https://host?x",
        ] {
            assert_eq!(path(target), Some(""), "{target}");
        }
    }

    #[test]
    fn only_one_slash_at_the_end_is_taken_for_none() {
        assert_eq!(path("/v2//"), Some("/v2/"));
        assert_eq!(path("//"), Some("/"));
    }

    #[test]
    fn what_is_neither_form_has_no_path() {
        for target in [
            "",
            "*",
            "v2/images",
            "host:443",
            "://x/y",
            "1a://x/y",
            "https:///v2",
            "?x=/",
        ] {
            assert_eq!(path(target), None, "{target}");
        }
    }

    #[test]
    fn a_percent_sign_counts_only_in_the_path() {
        assert!(Path::of("/a%2Fb").unwrap().encoded);
        assert!(!Path::of("/a?b=%2F").unwrap().encoded);
    }
}
