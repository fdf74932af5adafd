//! Matches one segment of a path with one segment of a template.
//! This module must never accept an empty value, `.` or `..`, because a server would serve another path.

use super::percent::Decoded;
use crate::template::{Piece, pieces};

/// The number of bytes of `%2e%2e`, the longest text for which [`is_step`] is true.
pub(super) const LONGEST_STEP: usize = 6;

/// Whether clients and servers treat the segment as a step and not as a name, in any encoding ([URL
/// Standard](https://url.spec.whatwg.org/#double-dot-path-segment)).
pub(super) fn is_step(segment: &str) -> bool {
    segment.len() <= LONGEST_STEP && matches!(segment.as_bytes(), [b'.' | b'%', ..]) && {
        let mut dots = Decoded::new(segment);
        dots.clone().count() <= 2 && dots.all(|byte| byte == b'.')
    }
}

/// The values of the parameters of `template` in the segment `segment`. `None` if the segment does not
/// match.
///
/// A value is not empty. It ends at the first occurrence of the text after its parameter. That text may
/// be percent-encoded only if the segment does not match otherwise: in `eu%3Ade:f`, the second colon
/// separates.
pub(super) fn cut<'t>(template: &'static str, segment: &'t str) -> Option<Cut<'t>> {
    [false, true].into_iter().find_map(|decode| {
        let cut = Cut {
            pieces: template,
            rest: segment,
            decode,
        };
        cut.fits().then_some(cut)
    })
}

/// Parameters and their values from left to right.
#[derive(Clone, Debug)]
pub(super) struct Cut<'t> {
    pieces: &'static str,
    rest: &'t str,
    decode: bool,
}

impl<'t> Cut<'t> {
    /// The next parameter with its value. `Err` if the segment does not match, `Ok(None)` at the end.
    fn step(&mut self) -> Result<Option<(&'static str, &'t str)>, Misfit> {
        loop {
            let mut ahead = pieces(self.pieces);
            match ahead.next() {
                None if self.rest.is_empty() => return Ok(None),
                None => return Err(Misfit),
                Some(Piece::Text(text)) => {
                    let length = self.starts_with(self.rest, text).ok_or(Misfit)?;
                    self.rest = &self.rest[length..];
                    self.pieces = &self.pieces[text.len()..];
                }
                Some(Piece::Parameter(name)) => {
                    let length = match ahead.next() {
                        None => self.rest.len(),
                        Some(Piece::Parameter(_)) => {
                            self.rest.chars().next().map_or(0, char::len_utf8)
                        }
                        Some(Piece::Text(text)) => {
                            self.search(text, ahead.next().is_none()).ok_or(Misfit)?
                        }
                    };
                    let (value, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    self.pieces = &self.pieces[name.len() + "{}".len()..];
                    return if value.is_empty() {
                        Err(Misfit)
                    } else {
                        Ok(Some((name, value)))
                    };
                }
            }
        }
    }

    fn fits(&self) -> bool {
        let mut cut = self.clone();
        loop {
            match cut.step() {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(Misfit) => return false,
            }
        }
    }

    /// The first occurrence of `text` after the first character. With `last`, nothing may follow it.
    fn search(&self, text: &str, last: bool) -> Option<usize> {
        let mut at = 0;
        loop {
            at += self.first_length(&self.rest[at..])?;
            let found = self.starts_with(&self.rest[at..], text);
            if found.is_some_and(|length| !last || at + length == self.rest.len()) {
                return Some(at);
            }
        }
    }

    /// The length of the first character. An encoded byte is one character if encoded bytes are decoded.
    fn first_length(&self, rest: &str) -> Option<usize> {
        let mut bytes = Decoded::new(rest);
        let first = rest.chars().next()?;
        bytes.next();
        Some(match rest.len() - bytes.left() {
            encoded @ 3 if self.decode && first == '%' => encoded,
            _ => first.len_utf8(),
        })
    }

    /// The number of bytes of `rest` that match `text`, if `rest` starts with it.
    fn starts_with(&self, rest: &str, text: &str) -> Option<usize> {
        if !self.decode {
            return rest.starts_with(text).then_some(text.len());
        }
        let mut bytes = Decoded::new(rest);
        let same = text.bytes().all(|byte| bytes.next() == Some(byte));
        let length = rest.len() - bytes.left();
        (same && rest.is_char_boundary(length)).then_some(length)
    }
}

/// The segment does not match the template.
#[derive(Debug)]
struct Misfit;

impl<'t> Iterator for Cut<'t> {
    type Item = (&'static str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        self.step().ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    fn values<'t>(template: &'static str, segment: &'t str) -> Option<Vec<&'t str>> {
        cut(template, segment).map(|cut| cut.map(|(_, value)| value).collect())
    }

    #[test]
    fn a_value_ends_where_the_text_after_it_first_occurs() {
        assert_eq!(
            values("{region}:{id}", "eu-de:f:g"),
            Some(std::vec!["eu-de", "f:g"])
        );
        assert_eq!(
            values("{region}:{id}", "eu%3Ade:f"),
            Some(std::vec!["eu%3Ade", "f"])
        );
        assert_eq!(
            values("{region}:{id}", "eu-de%3af"),
            Some(std::vec!["eu-de", "f"])
        );
        // The `4` of `%14` is not the character `4`.
        assert_eq!(
            values("{a}4:{b}", "%14%3ay%34%3az"),
            Some(std::vec!["%14%3ay", "z"])
        );
        assert_eq!(values("v1{project_id}", "v1abc"), Some(std::vec!["abc"]));
        assert_eq!(values("{a}{b}", "éx"), Some(std::vec!["é", "x"]));
        assert_eq!(
            values("{name}.json", "a.json.json"),
            Some(std::vec!["a.json"])
        );
    }

    #[test]
    fn a_segment_that_lacks_a_text_or_a_value_does_not_fit() {
        for (template, segment) in [
            ("{region}:{id}", "eu-de"),
            ("{region}:{id}", ":f"),
            ("{region}:{id}", "eu-de:"),
            ("v1{project_id}", "v1"),
            ("v1{project_id}", "v2abc"),
            ("{name}.json", ".json"),
            ("{name}.json", "a.jsonx"),
            ("{a}{b}", "x"),
        ] {
            assert_eq!(values(template, segment), None, "{template} {segment}");
        }
    }

    #[test]
    fn steps_are_known_in_every_encoding() {
        for step in [".", "..", "%2e", ".%2E", "%2e%2e"] {
            assert!(is_step(step), "{step}");
        }
        for name in ["", "...", "a", "%2e%2e%2e", "%252e", "%2"] {
            assert!(!is_step(name), "{name}");
        }
    }
}
