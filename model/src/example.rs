//! The JSON of an example in a documentation: every value knows where it starts, numbers stay as they are written,
//! and members keep their order.

/// A value and the byte at which it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// First byte in the text that was read.
    pub at: usize,
    /// What it is.
    pub value: Value,
}

/// What a JSON text says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written.
    Number(String),
    /// A string without its escapes.
    String(String),
    /// The elements of an array.
    Array(Vec<Json>),
    /// The members of an object in their order, keys with their places.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key without its escapes.
    pub key: String,
    /// First byte of the key.
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

    /// The members of an object; none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of an array; none of anything else.
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
                // The last of equal keys wins, as it does for readers of JSON.
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
