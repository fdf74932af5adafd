//! JSON as documentation prints it: strict JSON, and texts with slips that have one possible reading. Every
//! value knows its place. Tolerated slips are listed. The reader never panics, and its depth is limited.

mod string;

use crate::model::example::{Json, Member, Value};

/// Something that strict JSON does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The path of the file.
    pub at: usize,
    /// What it is, for a message.
    pub what: &'static str,
}

/// A text that was read as JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadJson {
    /// The value.
    pub json: Json,
    /// What was tolerated. It is empty for strict JSON.
    pub slips: Vec<Slip>,
    /// The byte after the value.
    pub end: usize,
}

/// Deeper values are not read.
const DEEPEST: usize = 64;
/// A text with more slips than this is not JSON.
const MOST_SLIPS: usize = 60;

/// Reads the value at byte `at`. `None` if the text is not JSON, even with slips.
pub fn read(text: &str, at: usize) -> Option<ReadJson> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at,
        slips: Vec::new(),
    };
    reader.space();
    let json = reader.value(0)?;
    let end = reader.at;
    Some(ReadJson {
        json,
        slips: reader.slips,
        end,
    })
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    slips: Vec<Slip>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn slip(&mut self, what: &'static str) {
        let at = self.at;
        self.slips.push(Slip { at, what });
    }

    fn starts(&self, start: &str) -> bool {
        self.bytes[self.at.min(self.bytes.len())..].starts_with(start.as_bytes())
    }

    /// White space, comments, and dots that mark an omission.
    fn space(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.starts("//") => {
                    self.slip("a comment");
                    self.line();
                }
                Some(b'/') if self.starts("/*") => {
                    self.slip("a comment");
                    let end = self.text[self.at..].find("*/");
                    self.at = end.map_or(self.bytes.len(), |end| self.at + end + 2);
                }
                Some(b'#') => {
                    self.slip("a comment");
                    self.line();
                }
                Some(b'.') if self.starts("..") => {
                    self.slip("dots in place of values");
                    while self.peek() == Some(b'.') {
                        self.at += 1;
                    }
                }
                Some(0xE2) if self.starts("…") => {
                    self.slip("dots in place of values");
                    self.at += "…".len();
                }
                Some(0xC2) if self.starts("\u{a0}") => {
                    self.slip("a space that is not one");
                    self.at += 2;
                }
                Some(0xE2) if self.starts("\u{200b}") || self.starts("\u{200c}") => {
                    self.slip("a space that is not one");
                    self.at += 3;
                }
                Some(0xE3) if self.starts("\u{3000}") => {
                    self.slip("a space that is not one");
                    self.at += 3;
                }
                _ => return,
            }
        }
    }

    fn line(&mut self) {
        let end = self.text[self.at..].find('\n');
        self.at = end.map_or(self.bytes.len(), |end| self.at + end);
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEEPEST || self.slips.len() > MOST_SLIPS {
            return None;
        }
        let at = self.at;
        let value = match self.peek()? {
            b'{' => self.object(depth)?,
            b'[' => self.array(depth)?,
            b'"' => Value::String(self.string()),
            b'\'' => {
                self.slip("single quotes");
                Value::String(self.quoted("'", "'"))
            }
            b'-' | b'0'..=b'9' => self.number(),
            0xE2 if self.starts("“") || self.starts("”") || self.starts("‘") => {
                self.slip("curly quotes");
                self.curly()
            }
            b'<' | b'$' | b'*' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80.. => self.word()?,
            _ => return None,
        };
        Some(Json { at, value })
    }

    fn number(&mut self) -> Value {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E')
        ) {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        let goes_on = matches!(
            self.peek(),
            Some(b'A'..=b'Z' | b'a'..=b'z' | b'_' | b':' | b'-' | b'*')
        );
        if !goes_on && is_number(text) {
            return Value::Number(text.to_owned());
        }
        if !goes_on && is_number(text.trim_end_matches('.')) {
            let text = text.trim_end_matches('.').to_owned();
            self.slip("dots in place of values");
            return Value::Number(text);
        }
        self.at = start;
        self.slip("a word without quotes");
        Value::String(self.bare())
    }

    /// A word without quotes: `true`, `null`, a placeholder.
    fn word(&mut self) -> Option<Value> {
        for (word, value) in [
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("null", Value::Null),
            ("True", Value::Bool(true)),
            ("False", Value::Bool(false)),
            ("None", Value::Null),
            ("NULL", Value::Null),
        ] {
            let ends = !self
                .bytes
                .get(self.at + word.len())
                .is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_');
            if self.starts(word) && ends {
                if word.starts_with(|c: char| c.is_ascii_uppercase()) {
                    self.slip("a word without quotes");
                }
                self.at += word.len();
                return Some(value);
            }
        }
        self.slip("a word without quotes");
        let text = self.bare();
        (!text.is_empty()).then_some(Value::String(text))
    }

    fn bare(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find([',', '}', ']', '\n', '"']).unwrap_or(rest.len());
        let text = rest[..end].trim_end().to_owned();
        self.at += end;
        text
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut elements = Vec::new();
        let mut comma = true;
        loop {
            self.space();
            match self.peek() {
                Some(b']') => {
                    if comma && !elements.is_empty() {
                        self.slip("a comma too many");
                    }
                    self.at += 1;
                    return Some(Value::Array(elements));
                }
                Some(b',') => {
                    if comma {
                        self.slip("a comma too many");
                    }
                    comma = true;
                    self.at += 1;
                }
                // The bracket is missing: the text or the object around it ends.
                None | Some(b'}') => {
                    self.slip("a bracket that is not closed");
                    return Some(Value::Array(elements));
                }
                Some(_) => {
                    if !comma {
                        self.slip("a missing comma");
                    }
                    let before = self.at;
                    // Members of an object whose braces are missing.
                    if self.peek() == Some(b'"') && self.is_key() {
                        self.slip("a missing brace");
                        elements.push(Json {
                            at: before,
                            value: self.members(depth + 1, b']')?,
                        });
                        comma = false;
                        continue;
                    }
                    elements.push(self.value(depth + 1)?);
                    if self.at == before {
                        return None;
                    }
                    comma = false;
                }
            }
        }
    }

    /// Whether a string here is followed by a colon.
    fn is_key(&self) -> bool {
        let rest = &self.bytes[self.at + 1..];
        let Some(end) = rest.iter().position(|byte| matches!(byte, b'"' | b'\n')) else {
            return false;
        };
        if rest[end] != b'"' {
            return false;
        }
        let next = rest[end + 1..]
            .iter()
            .find(|byte| !byte.is_ascii_whitespace());
        next == Some(&b':')
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        self.members(depth, b'}')
    }

    /// The members up to `close`. A bracket that closes an outer value is not consumed.
    fn members(&mut self, depth: usize, close: u8) -> Option<Value> {
        let mut members = Vec::new();
        let mut comma = true;
        loop {
            self.space();
            match self.peek() {
                Some(byte) if byte == close => {
                    if comma && !members.is_empty() {
                        self.slip("a comma too many");
                    }
                    if close == b'}' {
                        self.at += 1;
                    }
                    return Some(Value::Object(members));
                }
                None | Some(b']') => {
                    self.slip("a brace that is not closed");
                    return Some(Value::Object(members));
                }
                Some(b'}') => return Some(Value::Object(members)),
                Some(b',') => {
                    if comma {
                        self.slip("a comma too many");
                    }
                    comma = true;
                    self.at += 1;
                }
                Some(_) => {
                    if !comma {
                        self.slip("a missing comma");
                    }
                    self.member(depth, &mut members)?;
                    comma = false;
                }
            }
        }
    }

    /// A member; a placeholder in the place of members adds none.
    fn member(&mut self, depth: usize, members: &mut Vec<Member>) -> Option<()> {
        let at = self.at;
        let key = match self.peek()? {
            b'"' => self.string(),
            b'\'' => {
                self.slip("single quotes");
                self.quoted("'", "'")
            }
            0xE2 if self.starts("“") || self.starts("”") => {
                self.slip("curly quotes");
                match self.curly() {
                    Value::String(text) => text,
                    _ => return None,
                }
            }
            byte if byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'$' | b'<' | b'*' | b'-') =>
            {
                self.slip("a key without quotes");
                let rest = &self.text[self.at..];
                let end = rest
                    .find([':', ',', '}', ']', '\n', '"'])
                    .unwrap_or(rest.len());
                let key = rest[..end].trim_end().to_owned();
                self.at += end;
                if self.peek() == Some(b'"') {
                    self.at += 1;
                }
                key
            }
            _ => return None,
        };
        self.space();
        if self.starts("：") {
            self.slip("a colon that is not one");
            self.at += "：".len();
        } else if self.peek() == Some(b':') {
            self.at += 1;
        } else if matches!(self.peek(), Some(b',' | b'}') | None) {
            self.slip("a key without a value");
            return Some(());
        } else if self.peek() == Some(b'=') {
            self.slip("a colon that is not one");
            self.at += 1;
        } else {
            return None;
        }
        self.space();
        if matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
            self.slip("a key without a value");
            let value = Json {
                at: self.at,
                value: Value::Null,
            };
            members.push(Member { key, at, value });
            return Some(());
        }
        let value = self.value(depth + 1)?;
        members.push(Member { key, at, value });
        Some(())
    }
}

/// A number by the grammar of JSON.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    if whole == 0 || whole > 1 && text.starts_with('0') {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return false;
        }
        rest = &fraction[digits..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && exponent.bytes().all(|byte| byte.is_ascii_digit());
    }
    rest.is_empty()
}
