//! A JSON text as it was read, before it becomes a typed value. Text is borrowed from the input.
//! serde's generic code is compiled here once, and not once for each generated type.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// As many fields as most objects have at most.
const USUAL_FIELDS: usize = 8;

/// A JSON value that borrows its text.
///
/// ```
/// use permspec_runtime::typed::Node;
///
/// let node = Node::parse(br#"{"id": "70a599e0", "size": 3}"#)?;
/// let Node::Object(entries) = &node else { panic!() };
/// assert_eq!(entries[0].0, "id");
/// assert_eq!(node.to_json()["size"], 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'de> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'de, str>),
    /// An array.
    Array(Vec<Node<'de>>),
    /// An object, in the order of the text.
    Object(Vec<(Cow<'de, str>, Node<'de>)>),
}

impl<'de> Node<'de> {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// If the text is not JSON, or if its values lie more than 127 levels deep.
    pub fn parse(text: &'de [u8]) -> Result<Node<'de>, serde_json::Error> {
        // One look at the whole is faster than one look at each text in it.
        match core::str::from_utf8(text) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(text),
        }
    }

    /// The same value, borrowed from a value of serde_json.
    pub fn of(json: &'de Value) -> Node<'de> {
        match json {
            Value::Null => Node::Null,
            Value::Bool(value) => Node::Boolean(*value),
            Value::Number(number) => Node::Number(number.clone()),
            Value::String(text) => Node::Text(Cow::Borrowed(text)),
            Value::Array(elements) => Node::Array(elements.iter().map(Node::of).collect()),
            Value::Object(entries) => Node::Object(
                entries
                    .iter()
                    .map(|(name, value)| (Cow::Borrowed(name.as_str()), Node::of(value)))
                    .collect(),
            ),
        }
    }

    /// The same value as a value of serde_json.
    pub fn to_json(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Boolean(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::Text(text) => Value::String(text.clone().into_owned()),
            Node::Array(elements) => elements.iter().map(Node::to_json).collect(),
            Node::Object(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone().into_owned(), value.to_json()))
                    .collect(),
            ),
        }
    }

    /// The value of the field `name`, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node<'de>> {
        let Node::Object(entries) = self else {
            return None;
        };
        // If a name is repeated, the last one counts, as in most readers.
        let found = entries.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// What kind of value this is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Boolean(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::Array(_) => "an array",
            Node::Object(_) => "an object",
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node<'de>, E> {
        Ok(Number::from_f64(number).map_or(Node::Null, Node::Number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node<'de>, E> {
        self.visit_string(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node<'de>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = array.next_element()? {
            elements.push(element);
        }
        Ok(Node::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node<'de>, A::Error> {
        let mut entries = Vec::with_capacity(USUAL_FIELDS);
        while let Some(Key(name)) = object.next_key()? {
            entries.push((name, object.next_value()?));
        }
        Ok(Node::Object(entries))
    }
}

/// The name of a field. serde reads a `Cow` as an owned text.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Any)? {
            Node::Text(name) => Ok(Key(name)),
            _ => Err(D::Error::custom("the name of a field is not a text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_escapes_is_borrowed_and_another_one_is_not() {
        let Node::Array(read) = Node::parse(br#"["plain", "a\n"]"#).unwrap() else {
            panic!()
        };
        assert!(matches!(&read[0], Node::Text(Cow::Borrowed("plain"))));
        assert!(matches!(&read[1], Node::Text(Cow::Owned(text)) if text == "a\n"));
    }

    #[test]
    fn a_value_is_the_same_after_both_conversions() {
        let text =
            br#"{"a": [null, true, 1, -2, 1.5, "x", {"\u0061": {}}], "big": 18446744073709551615}"#;
        let node = Node::parse(text).unwrap();
        let json: Value = serde_json::from_slice(text).unwrap();
        assert_eq!(node.to_json(), json);
        assert_eq!(Node::of(&json).to_json(), json);
    }

    #[test]
    fn a_text_that_lies_deep_in_itself_is_an_error() {
        assert!(Node::parse("[".repeat(100_000).as_bytes()).is_err());
    }

    #[test]
    fn the_last_of_two_fields_with_one_name_counts() {
        let node = Node::parse(br#"{"a": 1, "a": 2}"#).unwrap();
        assert_eq!(node.get("a"), Some(&Node::Number(2.into())));
        assert_eq!(node.get("b"), None);
    }
}
