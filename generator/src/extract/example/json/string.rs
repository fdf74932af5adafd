//! Strings of JSON, and what documentation prints in their place: curly and single quotes, strings over
//! several lines, strings without an end.

use super::{Reader, Slip};

impl Reader<'_> {
    pub(super) fn curly(&mut self) -> String {
        let quote = self.text[self.at..].chars().next();
        let open = quote.map_or(0, char::len_utf8);
        let rest = &self.text[self.at + open..];
        let end = rest.find(['”', '“', '’', '"', '\n']).unwrap_or(rest.len());
        let text = rest[..end].to_owned();
        self.at += open + end;
        if let Some(close) = self.text[self.at..].chars().next().filter(|c| *c != '\n') {
            self.at += close.len_utf8();
        }
        text
    }

    pub(super) fn quoted(&mut self, open: &str, close: &str) -> String {
        self.at += open.len();
        let rest = &self.text[self.at..];
        let end = rest.find(close).unwrap_or(rest.len());
        let text = rest[..end].to_owned();
        self.at = (self.at + end + close.len()).min(self.bytes.len());
        text
    }

    /// A string in double quotes. One without an end ends with its line.
    pub(super) fn string(&mut self) -> String {
        let start = self.at + 1;
        let mut at = start;
        let mut text = String::new();
        let mut from = start;
        loop {
            match self.bytes.get(at) {
                None => {
                    self.slip("a string without an end");
                    text.push_str(&self.text[from..]);
                    self.at = self.bytes.len();
                    return text;
                }
                Some(b'"') => {
                    text.push_str(&self.text[from..at]);
                    self.at = at + 1;
                    return text;
                }
                Some(b'\n') => {
                    // A string that continues on the next line is a slip, and so is one that never ends.
                    let rest = &self.text[at + 1..];
                    let next = rest.split('\n').next().unwrap_or_default();
                    let goes_on = next.matches('"').count() % 2 == 1
                        && !next.trim_start().starts_with(['"', '}', ']']);
                    let slip = Slip {
                        at,
                        what: "a line end in a string",
                    };
                    self.slips.push(slip);
                    text.push_str(&self.text[from..at]);
                    if !goes_on && !multi_line(rest) {
                        self.at = at;
                        return text.trim_end_matches([',', ' ']).to_owned();
                    }
                    text.push('\n');
                    at += 1;
                    from = at;
                }
                Some(b'\\') => {
                    text.push_str(&self.text[from..at]);
                    at = self.escape(at, &mut text);
                    from = at;
                }
                Some(_) => at += 1,
            }
        }
    }

    /// Reads the escape at `at`, and returns where it ends.
    fn escape(&mut self, at: usize, text: &mut String) -> usize {
        let Some(next) = self.text[at + 1..].chars().next() else {
            return at + 1;
        };
        let plain = match next {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            '"' | '\\' | '/' => next,
            'u' => {
                let code = |at: usize| {
                    let digits = self.text.get(at..at + 4)?;
                    u32::from_str_radix(digits, 16).ok()
                };
                let Some(first) = code(at + 2) else {
                    self.slips.push(Slip {
                        at,
                        what: "an escape that is not one",
                    });
                    text.push('\\');
                    return at + 1;
                };
                let low = (self.text.get(at + 6..at + 8) == Some("\\u"))
                    .then(|| code(at + 8))
                    .flatten();
                if let (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (first, low) {
                    let both = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
                    text.push(char::from_u32(both).unwrap_or('\u{fffd}'));
                    return at + 12;
                }
                text.push(char::from_u32(first).unwrap_or('\u{fffd}'));
                return at + 6;
            }
            _ => {
                self.slips.push(Slip {
                    at,
                    what: "an escape that is not one",
                });
                text.push('\\');
                return at + 1;
            }
        };
        text.push(plain);
        at + 1 + next.len_utf8()
    }
}

/// Whether a string without an end on its line ends within the next lines, before a new key.
fn multi_line(rest: &str) -> bool {
    for line in rest.split('\n').take(60) {
        if let Some(at) = line.find('"') {
            let after = line[at + 1..].trim_start();
            return !line.trim_start().starts_with('"')
                && (after.is_empty() || after.starts_with([',', '}', ']']));
        }
    }
    false
}
