//! URIs and e-mail addresses without markup ("Standalone Hyperlinks" in the reStructuredText
//! specification). An unknown scheme never makes a link, so `ims:images:get` is text.

use super::delimiter::{may_follow, may_precede};

/// A link that was found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub start: usize,
    pub end: usize,
    pub email: bool,
}

/// Searches a text for links, from left to right.
pub(super) struct Links<'a> {
    text: &'a str,
    colon: Ahead,
    at_sign: Ahead,
    /// The last run of URI characters: its end, and the end of a link in it.
    run: Option<(usize, Option<usize>)>,
}

/// The next link of one kind, if it is known.
#[derive(Clone, Copy)]
enum Ahead {
    Unknown,
    Found(Link),
    None,
}

impl<'a> Links<'a> {
    pub fn new(text: &'a str) -> Links<'a> {
        Links::of(text, true, true)
    }

    /// The same as [`Links::new`], for a text of which it is known whether it has colons and at signs.
    pub fn of(text: &'a str, colon: bool, at_sign: bool) -> Links<'a> {
        let ahead = |there: bool| if there { Ahead::Unknown } else { Ahead::None };
        Links {
            text,
            colon: ahead(colon),
            at_sign: ahead(at_sign),
            run: None,
        }
    }

    /// The first link that starts at `from` or later. An unknown scheme also counts here.
    pub fn next(&mut self, from: usize) -> Option<Link> {
        let absolute = self.ahead(from, false);
        let email = self.ahead(from, true);
        match (absolute, email) {
            (Some(absolute), Some(email)) => Some(if email.start < absolute.start {
                email
            } else {
                absolute
            }),
            (absolute, email) => absolute.or(email),
        }
    }

    fn ahead(&mut self, from: usize, email: bool) -> Option<Link> {
        let known = if email { self.at_sign } else { self.colon };
        match known {
            Ahead::Found(link) if link.start >= from => return Some(link),
            Ahead::None => return None,
            _ => {}
        }
        let found = if email {
            self.find_email(from)
        } else {
            self.find_absolute(from)
        };
        let ahead = found.map_or(Ahead::None, Ahead::Found);
        if email {
            self.at_sign = ahead;
        } else {
            self.colon = ahead;
        }
        found
    }

    fn find_absolute(&mut self, from: usize) -> Option<Link> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let colon = at + bytes[at..].iter().position(|&byte| byte == b':')?;
            at = colon + 1;
            let scheme = bytes[from..colon]
                .iter()
                .rev()
                .take_while(|&&byte| is_scheme_byte(byte))
                .count();
            let starts = (colon - scheme..colon)
                .find(|&start| bytes[start].is_ascii_alphabetic() && self.may_start(start, from));
            let Some(start) = starts else { continue };
            if let Some(end) = self.absolute_end(colon + 1) {
                return Some(Link {
                    start,
                    end,
                    email: false,
                });
            }
        }
    }

    /// The end of the link whose path starts at `start`.
    fn absolute_end(&mut self, start: usize) -> Option<usize> {
        if let Some((run_end, link_end)) = self.run
            && start < run_end
        {
            return link_end.filter(|&end| end > start);
        }
        let run_end = self.run_end(start);
        let link_end = self.end_with_parts(start, run_end, b"?#");
        self.run = Some((run_end, link_end));
        link_end
    }

    /// The last possible end of a link in the run `start..run_end`, or after it in a query or fragment.
    fn end_with_parts(&self, start: usize, run_end: usize, parts: &[u8]) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let next = bytes.get(run_end).filter(|byte| parts.contains(byte));
        if let (Some(&part), true) = (next, run_end > start && self.is_last(run_end - 1)) {
            let further = if part == b'?' { &b"#"[..] } else { b"" };
            let part_end = self.run_end(run_end + 1);
            if let Some(end) = self.end_with_parts(run_end + 1, part_end, further) {
                return Some(end);
            }
        }
        (start..run_end)
            .rev()
            .find(|&last| self.is_last(last) && self.may_end(last + 1))
            .map(|last| last + 1)
    }

    fn run_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            let escape = byte == b'\\' && bytes.get(end + 1) != Some(&b'\\');
            if !is_uri_byte(byte) && !escape {
                break;
            }
            end += 1;
        }
        end
    }

    fn find_email(&self, from: usize) -> Option<Link> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let sign = at + self.text[at..].find('@')?;
            at = sign + 1;
            if super::escape::is_escaped(bytes, sign) {
                continue;
            }
            let (Some(start), Some(end)) = (self.email_start(from, sign), self.email_end(sign + 1))
            else {
                continue;
            };
            return Some(Link {
                start,
                end,
                email: true,
            });
        }
    }

    fn email_start(&self, from: usize, sign: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut start = sign;
        while start > from {
            let byte = bytes[start - 1];
            let dot = byte == b'.' && start < sign && bytes[start] != b'.';
            if !is_email_byte(byte) && !dot {
                break;
            }
            start -= 1;
        }
        (start..sign).find(|&at| is_email_byte(bytes[at]) && self.may_start(at, from))
    }

    fn email_end(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !bytes.get(start).is_some_and(|&byte| is_email_byte(byte)) {
            return None;
        }
        let mut end = start;
        while bytes
            .get(end)
            .is_some_and(|&byte| is_email_byte(byte) || byte == b'.')
        {
            end += 1;
        }
        let may_be_last = if bytes.get(end).is_some_and(|&byte| is_uri_byte(byte)) {
            end
        } else {
            end - 1
        };
        (start + 1..=may_be_last)
            .rev()
            .find(|&last| self.is_last(last) && self.may_end(last + 1))
            .map(|last| last + 1)
    }

    /// Whether a link may end in the character: not a punctuation mark, unless `>` follows.
    fn is_last(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let Some(&byte) = bytes.get(at) else {
            return false;
        };
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'~' | b'*' | b'/' | b'=' | b'+')
            || is_uri_byte(byte) && bytes.get(at + 1) == Some(&b'>')
    }

    fn may_start(&self, at: usize, from: usize) -> bool {
        at == from || self.text[..at].chars().next_back().is_none_or(may_precede)
    }

    fn may_end(&self, at: usize) -> bool {
        self.text
            .get(at..)
            .is_some_and(|rest| rest.chars().next().is_none_or(may_follow))
    }
}

/// Whether all of `text` is an e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let links = Links::new(text);
    let link = links.find_email(0);
    link.is_some_and(|link| {
        link.start == 0
            && links.email_end(text.find('@').unwrap_or_default() + 1) == Some(text.len())
    })
}

/// Whether `text` starts with a link.
pub(super) fn starts_with_link(text: &str) -> bool {
    Links::new(text).next(0).is_some_and(|link| link.start == 0)
}

/// May be part of a scheme.
const SCHEME: u8 = 1;
/// May be part of a URI.
const URI: u8 = 2;
/// May be part of an e-mail address.
const EMAIL: u8 = 4;

/// For each byte, the parts of a link that may contain it.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            class[byte as usize] = SCHEME | URI | EMAIL;
        }
        byte += 1;
    }
    let sets: [(u8, &[u8]); 3] = [
        (SCHEME, b".+-"),
        (URI, b"-_.!~*'()[];/:@&=+$,%"),
        (EMAIL, b"-_!~*'{|}/#?^`&=+$%\\"),
    ];
    let mut set = 0;
    while set < sets.len() {
        let mut index = 0;
        while index < sets[set].1.len() {
            class[sets[set].1[index] as usize] |= sets[set].0;
            index += 1;
        }
        set += 1;
    }
    class
};

fn is_scheme_byte(byte: u8) -> bool {
    CLASS[usize::from(byte)] & SCHEME != 0
}

fn is_uri_byte(byte: u8) -> bool {
    CLASS[usize::from(byte)] & URI != 0
}

fn is_email_byte(byte: u8) -> bool {
    CLASS[usize::from(byte)] & EMAIL != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        Links::new(text)
            .next(0)
            .map(|link| &text[link.start..link.end])
    }

    #[test]
    fn a_link_ends_before_punctuation_that_follows_it() {
        assert_eq!(
            found("See https://docs.otc.t-systems.com/ims/."),
            Some("https://docs.otc.t-systems.com/ims/")
        );
        assert_eq!(found("(http://a.b/c?d=e#f)."), Some("http://a.b/c?d=e#f"));
        assert_eq!(found("a:::"), None);
    }

    #[test]
    fn an_action_looks_like_a_link() {
        assert_eq!(found("ims:images:get"), Some("ims:images:get"));
    }

    #[test]
    fn addresses_are_links() {
        assert_eq!(found("mail to <a.b@example.com>"), Some("a.b@example.com"));
        assert_eq!(found("a@b"), None);
        assert!(is_email("a@example.com"));
    }
}
