//! Numbers, and words without quotes.

use super::{Reader, Value};

impl Reader<'_> {
    pub(super) fn number(&mut self) -> Value {
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
    pub(super) fn word(&mut self) -> Option<Value> {
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
        self.until(&[',', '}', ']', '\n', '"'])
    }

    /// The text up to one of some characters, or to the end.
    pub(super) fn until(&mut self, ends: &[char]) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(ends).unwrap_or(rest.len());
        let text = rest[..end].trim_end().to_owned();
        self.at += end;
        text
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
