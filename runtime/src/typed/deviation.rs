//! What a value contains that is not as documented, with its place: for a program that compares a server with its
//! documentation.

use alloc::string::String;

use serde_json::Value;

/// How a field differs from the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The object has no documented field of this name.
    Unknown,
    /// The field is documented, and its value is `null`.
    Null,
    /// The field is documented, and its value has another form: `"5"` for a number.
    Form,
}

impl Difference {
    /// How the original value of a documented field differs from the text of the value that was read from it. `5.0`
    /// and 5 are the same number.
    pub(super) fn of(original: &Value, written: &[u8]) -> Option<Difference> {
        if original.is_null() {
            return Some(Difference::Null);
        }
        let read = serde_json::from_slice(written);
        let is_same = read.is_ok_and(|read| is_same_by_value(original, &read));
        (!is_same).then_some(Difference::Form)
    }
}

fn is_same_by_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same_by_value(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| {
                other
                    .get(name)
                    .is_some_and(|other| is_same_by_value(value, other))
            };
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

/// A field of an object that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// The fields that lead to it: `servers[0].flavor`.
    pub place: String,
    /// How it differs.
    pub difference: Difference,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(original: &str, written: &str) -> Option<Difference> {
        let original = serde_json::from_str(original).unwrap();
        Difference::of(&original, written.as_bytes())
    }

    #[test]
    fn numbers_are_compared_by_their_value() {
        assert_eq!(difference("5.0", "5"), None);
        assert_eq!(difference("[5.0, 6]", "[5,6]"), None);
        assert_eq!(difference(r#"{"a": 1.0}"#, r#"{"a":1}"#), None);
        for (original, written) in [
            ("5.5", "5"),
            ("\"5\"", "5"),
            ("[5]", "[5,6]"),
            ("5", "[5]"),
            (r#"{"a": 1, "b": 2}"#, r#"{"a":1}"#),
            (r#"{"a": 1}"#, r#"{"b":1}"#),
        ] {
            assert_eq!(difference(original, written), Some(Difference::Form));
        }
    }

    #[test]
    fn null_is_no_other_form() {
        assert_eq!(difference("null", "null"), Some(Difference::Null));
    }
}
