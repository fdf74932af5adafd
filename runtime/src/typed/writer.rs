//! Writes JSON without generic code, and notices required fields that are missing.
//! It writes every value that it is given.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::{Deviation, Difference};

/// Writes values as JSON.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    /// Whether the value before needs a comma.
    is_after_value: bool,
    /// The fields that lead to the present one.
    place: Vec<String>,
    /// Whether required fields are looked for.
    is_checked: bool,
    missing: Option<String>,
    /// The fields that are not as documented, if they are looked for.
    deviations: Option<Vec<Deviation>>,
    /// Whether passwords are shown as such.
    hides_secrets: bool,
}

impl Writer {
    pub(super) fn new() -> Writer {
        Writer::default()
    }

    /// A writer that looks for required fields that are missing.
    pub(super) fn checked() -> Writer {
        Writer {
            is_checked: true,
            ..Writer::default()
        }
    }

    /// A writer that looks for fields that are not as documented.
    pub(super) fn with_deviations() -> Writer {
        Writer {
            deviations: Some(Vec::new()),
            ..Writer::default()
        }
    }

    /// A writer for `Debug`.
    pub(super) fn for_people() -> Writer {
        Writer {
            hides_secrets: true,
            ..Writer::default()
        }
    }

    /// The text.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// The text, or the place of the first required field that is missing.
    pub(super) fn complete(self) -> Result<Vec<u8>, String> {
        match self.missing {
            Some(field) => Err(field),
            None => Ok(self.out),
        }
    }

    /// The fields that are not as documented.
    pub(super) fn into_deviations(self) -> Vec<Deviation> {
        self.deviations.unwrap_or_default()
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.separate();
        if text.bytes().all(is_plain) {
            self.out.push(b'"');
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'"');
        } else {
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut self.out, text);
        }
    }

    /// Writes a whole number.
    pub fn integer(&mut self, number: i64) {
        self.separate();
        let _ = serde_json::to_writer(&mut self.out, &number);
    }

    /// Writes a number. JSON has no infinite numbers, so these become `null`.
    pub fn number(&mut self, number: f64) {
        self.separate();
        let _ = serde_json::to_writer(&mut self.out, &number);
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.separate();
        self.out
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes a value of any kind.
    pub fn json(&mut self, value: &Value) {
        self.separate();
        let _ = serde_json::to_writer(&mut self.out, value);
    }

    /// Writes an array of `length` elements. `write` writes the element with an index.
    pub fn array(&mut self, length: usize, write: &mut dyn FnMut(&mut Writer, usize)) {
        self.open(b'[');
        for index in 0..length {
            if self.knows_place() {
                self.place.push(format!("[{index}]"));
            }
            write(self, index);
            self.place.pop();
        }
        self.close(b']');
    }

    /// Writes an object. `write` writes one member, name and value, or returns `false` at the end.
    pub(super) fn members(&mut self, write: &mut dyn FnMut(&mut Writer) -> bool) {
        self.open(b'{');
        while write(self) {}
        self.close(b'}');
    }

    /// Writes the name of a member.
    pub(super) fn name(&mut self, name: &str) {
        self.text(name);
        self.out.push(b':');
        self.is_after_value = false;
    }

    /// Remembers the first required field that is missing from the object that was written last.
    pub(super) fn miss(&mut self, find: &dyn Fn() -> Option<&'static str>) {
        if self.is_checked && self.missing.is_none() {
            self.missing = find().map(|field| self.located(field));
        }
    }

    /// Writes an object with one member.
    pub(super) fn single(&mut self, name: &str, write: &mut dyn FnMut(&mut Writer)) {
        self.open(b'{');
        self.member(name, write);
        self.close(b'}');
    }

    /// Writes a member: its name, and what `write` writes.
    pub(super) fn member(&mut self, name: &str, write: &mut dyn FnMut(&mut Writer)) {
        self.name(name);
        if self.hides_secrets && is_secret(name) {
            return self.text("[secret]");
        }
        if self.knows_place() {
            self.place.push(name.into());
        }
        write(self);
        self.place.pop();
    }

    pub(super) fn open(&mut self, bracket: u8) {
        self.separate();
        self.out.push(bracket);
        self.is_after_value = false;
    }

    pub(super) fn close(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.is_after_value = true;
    }

    fn separate(&mut self) {
        if self.is_after_value {
            self.out.push(b',');
        }
        self.is_after_value = true;
    }

    fn knows_place(&self) -> bool {
        self.is_checked || self.deviations.is_some()
    }

    /// Remembers how a field is not as documented, if it is not.
    pub(super) fn deviates(&mut self, name: &str, how: &dyn Fn() -> Option<Difference>) {
        if self.deviations.is_none() {
            return;
        }
        let place = self.located(name);
        if let (Some(deviations), Some(difference)) = (&mut self.deviations, how()) {
            deviations.push(Deviation { place, difference });
        }
    }

    /// `field` with the fields around it: `server.nics[0].subnet_id`.
    fn located(&self, field: &str) -> String {
        let mut place = String::new();
        for step in self.place.iter().map(String::as_str).chain([field]) {
            if !place.is_empty() && !step.starts_with('[') {
                place.push('.');
            }
            place.push_str(step);
        }
        place
    }
}

/// Whether a byte of a text stands for itself in JSON.
const fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte != b'"' && byte != b'\\'
}

/// Whether a field of this name may hold something that authenticates.
fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "password",
        "passwd",
        "adminpass",
        "secret",
        "token",
        "privatekey",
        "accesskey",
        "credential",
    ];
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| name.contains(word))
}
