//! JSON as documentation prints it: strict JSON, and texts with slips that have one reading.
//! Every value knows its place, and every slip is listed. The reader never panics, and its depth is bounded.

mod scalar;
mod space;
mod string;

use crate::model::example::{Json, Member, Value};

/// What strict JSON does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Where it is.
    pub at: usize,
    /// What it is, for a message.
    pub what: &'static str,
}

/// A text that was read as JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadJson {
    /// The value.
    pub json: Json,
    /// What was tolerated; empty if the text is strict JSON.
    pub slips: Vec<Slip>,
    /// The byte after the value.
    pub end: usize,
}

/// The reader does not read deeper values.
const DEEPEST: usize = 64;
/// A text with more slips than this is not JSON.
const MOST_SLIPS: usize = 60;

/// Reads the value at byte `at`; `None` if the text is not JSON, even with slips.
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
                Value::String(self.curly())
            }
            b'<' | b'$' | b'*' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80.. => self.word()?,
            _ => return None,
        };
        Some(Json { at, value })
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

    /// The members up to `close`. A bracket that closes something outside stays where it is.
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
        let key = self.key()?;
        self.space();
        if !self.colon()? {
            return Some(());
        }
        self.space();
        let value = if matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
            self.slip("a key without a value");
            Json {
                at: self.at,
                value: Value::Null,
            }
        } else {
            self.value(depth + 1)?
        };
        members.push(Member { key, at, value });
        Some(())
    }

    fn key(&mut self) -> Option<String> {
        Some(match self.peek()? {
            b'"' => self.string(),
            b'\'' => {
                self.slip("single quotes");
                self.quoted("'", "'")
            }
            0xE2 if self.starts("“") || self.starts("”") => {
                self.slip("curly quotes");
                self.curly()
            }
            byte if byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'$' | b'<' | b'*' | b'-') =>
            {
                self.slip("a key without quotes");
                let key = self.until(&[':', ',', '}', ']', '\n', '"']);
                if self.peek() == Some(b'"') {
                    self.at += 1;
                }
                key
            }
            _ => return None,
        })
    }

    /// Reads the colon after a key. False if the object goes on without a value.
    fn colon(&mut self) -> Option<bool> {
        if self.starts("：") {
            self.slip("a colon that is not one");
            self.at += "：".len();
            return Some(true);
        }
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Some(true)
            }
            Some(b',' | b'}') | None => {
                self.slip("a key without a value");
                Some(false)
            }
            Some(b'=') => {
                self.slip("a colon that is not one");
                self.at += 1;
                Some(true)
            }
            _ => None,
        }
    }
}
