//! The paths as which routers may read one path.
//! Routers differ in what they decode, merge and resolve before they match. This module must never choose
//! the most likely reading.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{Catalogue, Decoded};

/// The texts of all templates, sorted as if all of them were in lower case.
///
/// Some routers ignore case when they match (Express and ASP.NET do by default).
#[derive(Clone, Debug)]
pub(super) struct Words(Vec<&'static str>);

impl Words {
    pub(super) fn of(catalogue: &Catalogue) -> Words {
        let endpoints = catalogue.specs().flat_map(|spec| spec.endpoints);
        let segments = endpoints.flat_map(|endpoint| endpoint.path.split('/'));
        let mut words: Vec<&'static str> = segments
            .filter(|word| !word.contains('{') && word.bytes().any(|b| b.is_ascii_alphabetic()))
            .collect();
        words.sort_unstable_by(|a, b| in_any_case(a, b).then_with(|| a.cmp(b)));
        words.dedup();
        Words(words)
    }

    /// The spellings of `segment` in the templates.
    fn spellings(&self, segment: &str) -> &[&'static str] {
        let start = self
            .0
            .partition_point(|word| in_any_case(word, segment) == Ordering::Less);
        let same = |word: &&&str| in_any_case(word, segment) == Ordering::Equal;
        let length = self.0[start..].iter().take_while(same).count();
        &self.0[start..start + length]
    }

    /// `path` with its segments spelled as in the templates, once for each spelling.
    fn respelt(&self, path: &str) -> Vec<String> {
        // The catalogue accepts a version in either case, but not in a path that it must match as it is written.
        let is_plain = merged(path).is_none() && resolved(path).is_none();
        let spelt_version = |segment: &str, words: &[&str]| {
            let is_version = matches!(segment.as_bytes(), [b'v' | b'V', b'0'..=b'9', ..]);
            is_plain && is_version && words.contains(&segment)
        };
        let segments: Vec<(&str, &[&str])> = path
            .split('/')
            .map(|segment| match self.spellings(segment) {
                words if spelt_version(segment, words) => (segment, &[][..]),
                words => (segment, words),
            })
            .collect();
        let is_spelt =
            |(segment, words): &(&str, &[&str])| words.iter().all(|word| word == segment);
        if segments.iter().all(is_spelt) {
            return Vec::new();
        }
        let most = segments.iter().map(|(_, words)| words.len()).max();
        (0..most.unwrap_or(0))
            .map(|number| {
                let spelt = |(segment, words): &(&str, &[&str])| -> String {
                    let last = words.len().saturating_sub(1);
                    let word = words.get(number.min(last)).copied();
                    String::from(word.unwrap_or(segment))
                };
                segments.iter().map(spelt).collect::<Vec<_>>().join("/")
            })
            .collect()
    }
}

fn in_any_case(a: &str, b: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower))
}

/// The largest number of readings of a path.
const MOST: usize = 128;

/// The largest number of bytes of all readings together, without the path itself. The limit is necessary
/// because the server, and not the caller, pays for each reading.
const MOST_BYTES: usize = 64 * 1024;

/// A path that has too many readings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// The paths as which a router may read `path`. The first one is `path` itself.
///
/// Routers, or servers before them, are known to do each of these rewritings. They may do several of them
/// in any order. Therefore, a rewriting of a reading is a reading, too.
pub(super) fn readings(path: &str, words: &Words) -> Result<Vec<String>, TooMany> {
    const REWRITINGS: [fn(&str) -> Option<String>; 7] = [
        decoded,
        decoded_within_segments,
        with_slashes,
        without_parameters,
        merged,
        resolved,
        without_last_slash,
    ];
    let mut readings = alloc::vec![String::from(path)];
    let mut bytes = 0;
    let mut at = 0;
    while let Some(reading) = readings.get(at) {
        let rewritten = REWRITINGS.iter().filter_map(|rewrite| rewrite(reading));
        let made: Vec<String> = rewritten.chain(words.respelt(reading)).collect();
        for reading in made {
            if readings.contains(&reading) {
                continue;
            }
            bytes += reading.len();
            readings.push(reading);
            if readings.len() > MOST || bytes > MOST_BYTES {
                return Err(TooMany);
            }
        }
        at += 1;
    }
    Ok(readings)
}

/// Whether a byte is encoded that may appear in a path unencoded (RFC 3986, section 3.3). A router that
/// does not decode then sees another path than the sender may mean.
pub(super) fn is_needlessly_encoded(path: &str) -> bool {
    let needless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    path.match_indices('%').any(|(at, _)| {
        let escape = path.get(at..at + 3).map(Decoded::new);
        escape.is_some_and(|mut escape| {
            let byte = escape.next();
            byte.is_some_and(needless) && escape.next().is_none()
        })
    })
}

/// The path decoded before it is split, as in frameworks that pass on `PATH_INFO`. A byte stays encoded
/// if it would begin a query or would not be text.
fn decoded(path: &str) -> Option<String> {
    decoded_but_for(path, b"?#")
}

/// The path decoded after it is split, as in frameworks that keep an encoded slash in its segment.
fn decoded_within_segments(path: &str) -> Option<String> {
    decoded_but_for(path, b"?#/")
}

fn decoded_but_for(path: &str, kept: &[u8]) -> Option<String> {
    let mut whole = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let byte = escape.get(..3).and_then(|escape| {
            let mut bytes = Decoded::new(escape);
            bytes.next().filter(|_| bytes.next().is_none())
        });
        let length = match byte {
            Some(byte) if matches!(byte, b' '..=b'~') && !kept.contains(&byte) => {
                whole.push(char::from(byte));
                3
            }
            _ => {
                whole.push('%');
                1
            }
        };
        rest = &escape[length..];
    }
    whole.push_str(rest);
    (whole != path).then_some(whole)
}

/// The path with slashes instead of backslashes, as browsers and servers on Windows read it.
fn with_slashes(path: &str) -> Option<String> {
    let has_any = path.contains('\\') || path.contains("%5c") || path.contains("%5C");
    has_any.then(|| {
        path.replace("%5c", "/")
            .replace("%5C", "/")
            .replace('\\', "/")
    })
}

/// The path without the part of each segment from a `;` on, as Java servers read it.
fn without_parameters(path: &str) -> Option<String> {
    let bare = |segment: &str| -> String {
        let end = ["%3b", "%3B", ";"]
            .iter()
            .filter_map(|mark| segment.find(mark))
            .min();
        String::from(&segment[..end.unwrap_or(segment.len())])
    };
    let whole = path.split('/').map(bare).collect::<Vec<_>>().join("/");
    (whole != path).then_some(whole)
}

/// The path without the slash at its end, as Express and others read it by default.
fn without_last_slash(path: &str) -> Option<String> {
    let bare = path.strip_suffix('/')?;
    (!bare.is_empty()).then(|| String::from(bare))
}

/// The path with one slash instead of several, as nginx and Go's `ServeMux` read it.
fn merged(path: &str) -> Option<String> {
    if !path.contains("//") {
        return None;
    }
    let mut whole = String::with_capacity(path.len());
    for character in path.chars() {
        if character != '/' || !whole.ends_with('/') {
            whole.push(character);
        }
    }
    Some(whole)
}

/// The path without `.` and `..` in any encoding (RFC 3986, section 5.2.4), as most clients and proxies
/// read it.
fn resolved(path: &str) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    let mut has_any = false;
    for segment in path.split('/').skip(1) {
        let mut bytes = Decoded::new(segment);
        match (bytes.next(), bytes.next(), bytes.next()) {
            (Some(b'.'), None, _) => has_any = true,
            (Some(b'.'), Some(b'.'), None) => {
                has_any = true;
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    has_any.then(|| {
        let mut whole = String::from("/");
        whole.push_str(&kept.join("/"));
        whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Vec<String> {
        let words = Words(alloc::vec!["Detail", "detail", "servers", "v2"]);
        readings(path, &words).unwrap()
    }

    #[test]
    fn a_plain_path_has_one_reading() {
        assert_eq!(of("/"), ["/"]);
        assert_eq!(of("/v2/servers/7a"), ["/v2/servers/7a"]);
    }

    #[test]
    fn each_way_to_read_a_path_is_there_once() {
        for (path, others) in [
            ("/v2/a%2Fb", &["/v2/a/b"][..]),
            ("/v2/a%3Fb%23%C3%A9%zz%2", &[]),
            ("/v2/a%252Fb", &["/v2/a%2Fb", "/v2/a/b"]),
            ("/v2\\a", &["/v2/a"]),
            ("/v2;x=1/a;y", &["/v2/a"]),
            ("//v2///a", &["/v2/a"]),
            ("/v2/a/", &["/v2/a"]),
            ("/v2/a//", &["/v2/a/", "/v2/a"]),
            ("//", &["/"]),
            ("/v2/./x/../a", &["/v2/a"]),
            ("/../..", &["/"]),
            ("/V2/Servers", &["/v2/servers"]),
            ("/v2/%2e%2E/a", &["/v2/../a", "/a"]),
            ("/DETAIL", &["/Detail", "/detail"]),
        ] {
            let [first, rest @ ..] = &*of(path) else {
                panic!("{path}")
            };
            assert_eq!(first, path);
            assert_eq!(rest, others, "{path}");
        }
    }

    #[test]
    fn a_version_may_be_spelled_in_both_cases() {
        let words = Words(alloc::vec!["servers", "V2", "v2"]);
        let readings = readings("/V2/SERVERS/.", &words).unwrap();
        for reading in ["/V2/servers/.", "/v2/servers/."] {
            assert!(readings.iter().any(|it| it == reading), "{readings:?}");
        }
    }

    #[test]
    fn a_router_may_read_in_several_ways_at_once() {
        let readings = of("/v2//SERVERS/x%5C..%2f%64etail;a");
        for reading in [
            "/v2/SERVERS/x%5C..%2f%64etail;a",
            "/v2/servers/x%5C..%2f%64etail",
            "/v2/SERVERS/detail",
            "/v2/servers/Detail",
            "/v2/servers/detail",
        ] {
            assert!(readings.iter().any(|it| it == reading), "{reading}");
        }
    }

    #[test]
    fn a_path_that_may_be_read_in_very_many_ways_is_refused() {
        let words = Words(Vec::new());
        let path = "/%2525252e%5C..;%3B//".repeat(20);
        assert_eq!(readings(&path, &words), Err(TooMany));
        // A long path may have few readings. A plain path may have any length.
        let long = |end: &str| ["/", &"x".repeat(30_000), end].concat();
        assert_eq!(readings(&long(""), &words).unwrap().len(), 1);
        assert_eq!(readings(&long("%2Fy"), &words).unwrap().len(), 2);
        assert_eq!(readings(&long("%2F..;"), &words), Err(TooMany));
    }

    #[test]
    fn an_encoding_is_needless_if_the_byte_may_be_in_a_path() {
        for path in ["/detai%6c", "/%7e", "/a%3Ab", "/%2e%2e"] {
            assert!(is_needlessly_encoded(path), "{path}");
        }
        for path in [
            "/a b", "/%20", "/%2F", "/%25", "/%C3%A9", "/%", "/%6", "/%zz", "/%é",
        ] {
            assert!(!is_needlessly_encoded(path), "{path}");
        }
    }
}
