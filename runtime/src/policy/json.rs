//! JSON with the place of every value, so that findings can point at it.
//! A policy decides who may do what, so this module must never correct what it reads. A repeated key, a
//! number like `01`, and text after the value are errors. ([RFC 8259])
//!
//! [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// The deepest nesting of values. A policy needs six levels.
const DEPTH: usize = 64;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct JsonNode {
    pub(crate) value: JsonValue,
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum JsonValue {
    /// `null`, `true`, `false` or a number, as it is written.
    Plain(String),
    Text(String),
    Array(Vec<JsonNode>),
    Object(Vec<(Key, JsonNode)>),
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) span: Range<usize>,
}

impl JsonNode {
    /// The text, if the value is a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            JsonValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The kind of the value, such as `a string` or `an object`, for a message about an unexpected value.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            JsonValue::Plain(text) => match text.as_str() {
                "null" => "null",
                "true" | "false" => "a boolean",
                _ => "a number",
            },
            JsonValue::Text(_) => "a string",
            JsonValue::Array(_) => "an array",
            JsonValue::Object(_) => "an object",
        }
    }
}

/// What is wrong, and at which byte.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) message: &'static str,
    pub(crate) at: usize,
}

/// Reads the one value that `text` contains.
pub(crate) fn read(text: &str) -> Result<JsonNode, Fault> {
    read_from(text, 0)
}

/// Reads the one value that `text` contains from byte `at` on.
pub(crate) fn read_from(text: &str, at: usize) -> Result<JsonNode, Fault> {
    let mut reader = Reader { text, at };
    let node = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.fault("text follows the value"));
    }
    Ok(node)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn fault(&self, message: &'static str) -> Fault {
        Fault {
            message,
            at: self.at,
        }
    }

    fn rest(&self) -> &[u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn blanks(&mut self) {
        let blanks = self
            .rest()
            .iter()
            .take_while(|byte| b" \t\r\n".contains(byte));
        self.at += blanks.count();
    }

    /// Skips `byte` if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let taken = self.rest().first() == Some(&byte);
        self.at += usize::from(taken);
        taken
    }

    fn value(&mut self, depth: usize) -> Result<JsonNode, Fault> {
        if depth > DEPTH {
            return Err(self.fault("values are nested too deeply"));
        }
        self.blanks();
        let start = self.at;
        let value = match self.rest().first() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => JsonValue::Text(self.string()?),
            _ => self.plain()?,
        };
        Ok(JsonNode {
            value,
            span: start..self.at,
        })
    }

    fn array(&mut self, depth: usize) -> Result<JsonValue, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.take(b']') {
            return Ok(JsonValue::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.take(b']') {
                return Ok(JsonValue::Array(items));
            }
            if !self.take(b',') {
                return Err(self.fault("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<JsonValue, Fault> {
        let mut entries: Vec<(Key, JsonNode)> = Vec::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        self.at += 1;
        self.blanks();
        if self.take(b'}') {
            return Ok(JsonValue::Object(entries));
        }
        loop {
            self.blanks();
            let start = self.at;
            if self.rest().first() != Some(&b'"') {
                return Err(self.fault("expected a key in double quotes"));
            }
            let name = self.string()?;
            if !names.insert(name.clone()) {
                return Err(Fault {
                    message: "the key appears twice",
                    at: start,
                });
            }
            let key = Key {
                name,
                span: start..self.at,
            };
            self.blanks();
            if !self.take(b':') {
                return Err(self.fault("expected `:`"));
            }
            entries.push((key, self.value(depth + 1)?));
            self.blanks();
            if self.take(b'}') {
                return Ok(JsonValue::Object(entries));
            }
            if !self.take(b',') {
                return Err(self.fault("expected `,` or `}`"));
            }
        }
    }

    fn plain(&mut self) -> Result<JsonValue, Fault> {
        let word = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
        let word = &self.text[self.at..self.at + word.count()];
        if !(matches!(word, "null" | "true" | "false") || is_number(word)) {
            return Err(self.fault("expected a value"));
        }
        self.at += word.len();
        Ok(JsonValue::Plain(word.into()))
    }

    fn string(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .find(|c: char| c == '"' || c == '\\' || c < ' ')
                .unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match self.rest().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.fault("a control character in a string")),
                None => return Err(self.fault("the string does not end")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let character = match self.rest().get(1) {
            Some(b'u') => return self.unicode(),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            _ => return Err(self.fault("JSON does not have this escape")),
        };
        self.at += 2;
        Ok(character)
    }

    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self
            .unit()
            .ok_or_else(|| self.fault("expected four hexadecimal digits"))?;
        self.at += 6;
        let code = match first {
            // A pair of UTF-16 units (RFC 8259, section 7).
            0xd800..=0xdbff => match self.unit() {
                Some(second @ 0xdc00..=0xdfff) => {
                    self.at += 6;
                    0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                }
                _ => first,
            },
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| self.fault("half of a pair of UTF-16 units"))
    }

    /// The four digits after `\u`.
    fn unit(&self) -> Option<u32> {
        let digits = self.text.get(self.at..)?.strip_prefix("\\u")?.get(..4)?;
        digits
            .bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

/// Reads a number (RFC 8259, section 6).
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::write::compact;

    fn canonical(text: &str) -> Result<String, (&'static str, usize)> {
        read(text)
            .map(|node| compact(&node))
            .map_err(|fault| (fault.message, fault.at))
    }

    #[test]
    fn every_kind_of_value_is_read_with_its_place() {
        let text = r#" {"b": [1, -2.5e+3, true, null], "a": {"\u00e9\ud83d\ude00\n": "\"\\\/"}} "#;
        let expected = "{\"a\":{\"é😀\\n\":\"\\\"\\\\/\"},\"b\":[1,-2.5e+3,true,null]}";
        assert_eq!(canonical(text).unwrap(), expected);
        assert_eq!(read(text).unwrap().span, 1..text.len() - 1);
        assert_eq!(
            canonical(expected).unwrap(),
            expected,
            "canonical text is its own form"
        );
    }

    #[test]
    fn every_escape_of_json_is_read() {
        let read = read(r#""\"\\\/\b\f\n\r\t\u0041""#).unwrap();
        assert_eq!(read.text(), Some("\"\\/\u{8}\u{c}\n\r\tA"));
    }

    #[test]
    fn an_error_in_json_has_its_place() {
        for (text, message, at) in [
            ("", "expected a value", 0),
            ("{\"a\":1,\"a\":2}", "the key appears twice", 7),
            ("[1,]", "expected a value", 3),
            ("[1 2]", "expected `,` or `]`", 3),
            ("{a:1}", "expected a key in double quotes", 1),
            ("{\"a\" 1}", "expected `:`", 5),
            ("{\"a\":1", "expected `,` or `}`", 6),
            ("01", "expected a value", 0),
            ("1.", "expected a value", 0),
            ("\"a", "the string does not end", 2),
            ("\"\\x\"", "JSON does not have this escape", 1),
            ("\"\\u12\"", "expected four hexadecimal digits", 1),
            ("\"\\ud800x\"", "half of a pair of UTF-16 units", 7),
            ("\"\n\"", "a control character in a string", 1),
            ("{} {}", "text follows the value", 3),
        ] {
            assert_eq!(canonical(text), Err((message, at)), "{text}");
        }
    }

    #[test]
    fn depth_has_a_bound() {
        let deep = "[".repeat(100_000);
        assert_eq!(
            canonical(&deep).unwrap_err().0,
            "values are nested too deeply"
        );
        assert!(canonical(&("[".repeat(60) + &"]".repeat(60))).is_ok());
    }
}
