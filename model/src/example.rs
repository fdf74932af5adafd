//! The JSON of an example in a documentation. Every value knows where it starts. Numbers stay as they are
//! written, and members keep their order.

/// A value, and the byte where it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// The first byte in the text that was read.
    pub at: usize,
    /// The value itself.
    pub value: Value,
}

/// The kinds of JSON values.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string, with its escapes decoded.
    String(String),
    /// The elements of an array.
    Array(Vec<Json>),
    /// The members of an object in their order, with the places of their keys.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, with its escapes decoded.
    pub key: String,
    /// The first byte of the key.
    pub at: usize,
    /// The value.
    pub value: Json,
}

impl Json {
    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.members()
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.value)
    }

    /// The members of an object. Any other value has none.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of an array. Any other value has none.
    pub fn elements(&self) -> &[Json] {
        match &self.value {
            Value::Array(elements) => elements,
            _ => &[],
        }
    }
}

impl serde::Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => {
                if let Ok(number) = text.parse::<i64>() {
                    serializer.serialize_i64(number)
                } else if let Ok(number) = text.parse::<u64>() {
                    serializer.serialize_u64(number)
                } else {
                    serializer.serialize_f64(text.parse().unwrap_or(0.0))
                }
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(elements) => serializer.collect_seq(elements),
            Value::Object(members) => {
                // The last of equal keys counts, as in other JSON readers.
                let last = |at: usize| {
                    !members[at + 1..]
                        .iter()
                        .any(|later| later.key == members[at].key)
                };
                let kept = members.iter().enumerate().filter(|(at, _)| last(*at));
                serializer.collect_map(kept.map(|(_, member)| (&member.key, &member.value)))
            }
        }
    }
}
