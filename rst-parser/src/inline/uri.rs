//! URIs and e-mail addresses that stand in the text as they are ("Standalone Hyperlinks" in the
//! reStructuredText specification). An unknown scheme never makes a link: `ims:images:get` is text.

use super::delimiter::{may_follow, may_precede};

/// Schemes that make a link, in order. The set is the one docutils knows.
const SCHEMES: &[&str] = &[
    "about",
    "acap",
    "addbook",
    "afp",
    "afs",
    "aim",
    "callto",
    "castanet",
    "chttp",
    "cid",
    "crid",
    "data",
    "dav",
    "dict",
    "dns",
    "eid",
    "fax",
    "feed",
    "file",
    "finger",
    "freenet",
    "ftp",
    "go",
    "gopher",
    "gsm-sms",
    "h323",
    "h324",
    "hdl",
    "hnews",
    "http",
    "https",
    "hydra",
    "iioploc",
    "ilu",
    "im",
    "imap",
    "info",
    "ior",
    "ipp",
    "irc",
    "iris.beep",
    "iseek",
    "jar",
    "javascript",
    "jdbc",
    "ldap",
    "lifn",
    "livescript",
    "lrq",
    "mailbox",
    "mailserver",
    "mailto",
    "md5",
    "mid",
    "mocha",
    "modem",
    "mtqp",
    "mupdate",
    "news",
    "nfs",
    "nntp",
    "opaquelocktoken",
    "phone",
    "pop",
    "pop3",
    "pres",
    "printer",
    "prospero",
    "rdar",
    "res",
    "rtsp",
    "rvp",
    "rwhois",
    "rx",
    "sdp",
    "service",
    "shttp",
    "sip",
    "sips",
    "smb",
    "snews",
    "snmp",
    "soap.beep",
    "soap.beeps",
    "ssh",
    "t120",
    "tag",
    "tcp",
    "tel",
    "telephone",
    "telnet",
    "tftp",
    "tip",
    "tn3270",
    "tv",
    "urn",
    "uuid",
    "vemmi",
    "videotex",
    "view-source",
    "wais",
    "whodp",
    "whois++",
    "x-man-page",
    "xmlrpc.beep",
    "xmlrpc.beeps",
    "z39.50r",
    "z39.50s",
];

/// A link found in a text.
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
    /// A run of URI characters already looked at: where it ends, and where a link in it would.
    run: Option<(usize, Option<usize>)>,
}

/// The next link of one kind, as far as it is known.
#[derive(Clone, Copy)]
enum Ahead {
    Unknown,
    Found(Link),
    None,
}

impl<'a> Links<'a> {
    pub fn new(text: &'a str) -> Links<'a> {
        Links {
            text,
            colon: Ahead::Unknown,
            at_sign: Ahead::Unknown,
            run: None,
        }
    }

    /// The first link that starts at `from` or later. A known or unknown scheme makes one here.
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
            let colon = at + self.text[at..].find(':')?;
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

    /// Where the link whose path starts at `start` ends.
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

    /// The longest end of a link in the run `start..run_end`, or behind it in a query or fragment.
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

    /// True for a character a link may end in: no punctuation, unless `>` follows.
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

/// True when `text` is an e-mail address and nothing else.
pub(super) fn is_email(text: &str) -> bool {
    let links = Links::new(text);
    let link = links.find_email(0);
    link.is_some_and(|link| {
        link.start == 0
            && links.email_end(text.find('@').unwrap_or_default() + 1) == Some(text.len())
    })
}

/// True when `text` starts with a link.
pub(super) fn starts_with_link(text: &str) -> bool {
    Links::new(text).next(0).is_some_and(|link| link.start == 0)
}

/// True when the scheme of `link` makes it one.
pub(super) fn is_known_scheme(link: &str) -> bool {
    let scheme = link.split(':').next().unwrap_or_default();
    SCHEMES
        .binary_search_by(|known| {
            known
                .bytes()
                .cmp(scheme.bytes().map(|byte| byte.to_ascii_lowercase()))
        })
        .is_ok()
}

fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()[];/:@&=+$,%".contains(&byte)
}

fn is_email_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_!~*'{|}/#?^`&=+$%\\".contains(&byte)
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
    fn an_action_looks_like_a_link_but_its_scheme_is_unknown() {
        assert_eq!(found("ims:images:get"), Some("ims:images:get"));
        assert!(!is_known_scheme("ims:images:get"));
        assert!(is_known_scheme("HTTPS://x"));
    }

    #[test]
    fn addresses_are_links() {
        assert_eq!(found("mail to <a.b@example.com>"), Some("a.b@example.com"));
        assert_eq!(found("a@b"), None);
        assert!(is_email("a@example.com"));
    }

    #[test]
    fn schemes_are_in_order() {
        assert!(SCHEMES.is_sorted());
    }
}
