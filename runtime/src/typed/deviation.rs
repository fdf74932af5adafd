//! What a value contains that is not as documented, with its place: for a program that compares a server with its
//! documentation.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::wire::written;
use super::{Wire, Writer};

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
    /// How the original value of a documented field differs from the value that was read from it. `5.0` and 5 are the
    /// same number.
    pub(super) fn of(original: &Value, read: &dyn Wire) -> Option<Difference> {
        if original.is_null() {
            return Some(Difference::Null);
        }
        let read = serde_json::from_slice(&written(read));
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

/// The fields of a value that are not as documented, at any depth, in the order in which they are written.
/// Objects inside of such a field are not looked at.
///
/// ```
/// use permspec_runtime::typed::{self, Difference, Extra};
///
/// #[derive(Clone, Default)]
/// pub struct Member {
///     pub age: Option<i64>,
///     pub extra: Extra,
/// }
/// permspec_runtime::object!(Member { age: "age" });
///
/// let members: Vec<Member> = typed::from_json(br#"[{"age": 5}, {"age": "5", "since": 1}]"#)?;
/// let found = typed::deviations(&members);
/// assert_eq!((found[0].place.as_str(), found[0].difference), ("[1].age", Difference::Form));
/// assert_eq!((found[1].place.as_str(), found[1].difference), ("[1].since", Difference::Unknown));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn deviations(value: &dyn Wire) -> Vec<Deviation> {
    let mut writer = Writer::with_deviations();
    value.write(&mut writer);
    writer.into_deviations()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference<T: Wire + Default>(text: &str) -> Option<Difference> {
        let original = serde_json::from_str(text).unwrap();
        let read: T = crate::typed::from_json(text.as_bytes()).unwrap();
        Difference::of(&original, &read)
    }

    #[test]
    fn a_number_with_a_fraction_of_zero_is_as_documented() {
        assert_eq!(difference::<f64>("5.0"), None);
        assert_eq!(difference::<Vec<i64>>("[5.0, 6]"), None);
        assert_eq!(difference::<i64>("\"5\""), Some(Difference::Form));
        assert_eq!(difference::<Vec<i64>>("5"), Some(Difference::Form));
        assert_eq!(difference::<super::super::Map<f64>>("{\"a\": 1.0}"), None);
    }
}
