//! What an object contains beyond its documented fields.
//! An entry is never dropped, so that an object is written as it was read.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_json::Value;

/// Fields of an object that are not documented, and documented fields whose value has another form than the
/// documentation says: `"5"` for a number, `null`, or an object for a text.
///
/// ```
/// use permspec_runtime::typed::Extra;
///
/// let mut extra = Extra::default();
/// extra.insert("os_hash_algo", "sha512".into());
/// assert_eq!(extra.get("os_hash_algo").unwrap(), "sha512");
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Vec<(String, Value)>);

impl Extra {
    /// The value of the field `name` as it was received.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// Sets a field. It is sent along with the documented fields that have a value.
    pub fn insert(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, present)) => *present = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// Removes a field and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(index).1)
    }

    /// All fields, in the order in which they were received.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is no such field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Shows the names only, because a value may be a secret.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
