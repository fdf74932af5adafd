//! Which of several operations a body means.
//! This module must never rule an operation out because of a body that it cannot read.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use http::{HeaderMap, header};
use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Operation;
use crate::lookup::told;

/// Whether a body has a say in which of the operations is meant.
pub(super) fn is_needed(operations: &[Operation]) -> bool {
    let mut endpoints = operations.iter().map(Operation::endpoint);
    endpoints.any(|endpoint| endpoint.body_action.is_some())
}

/// The operations that a body means; all, where it is not known or not a JSON object.
pub(super) fn narrow(
    operations: Vec<Operation>,
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> Vec<Operation> {
    let Some(keys) = body.filter(|_| is_plain(headers)).and_then(keys) else {
        return operations;
    };
    let has_key = |key: &str| keys.iter().any(|known| known == key);
    told::by_keys(operations.into_iter(), Operation::endpoint, has_key)
}

/// A compressed body would have to be unpacked, and its size would have no bound.
fn is_plain(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::CONTENT_ENCODING);
    encodings.iter().all(|encoding| encoding == "identity")
}

/// The keys of a JSON object, each as often as it occurs; `None` for anything else.
fn keys(body: &[u8]) -> Option<Vec<String>> {
    let Keys(keys) = serde_json::from_slice(body).ok()?;
    Some(keys)
}

struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Keys, M::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_outer_keys_of_an_object_count() {
        let of = |body: &str| keys(body.as_bytes());
        assert_eq!(
            of(r#"{"a": {"b": 1}, "c": [{"d": 2}]}"#).unwrap(),
            ["a", "c"]
        );
        assert_eq!(of(r#"{"\u0061": 1, "a": 2}"#).unwrap(), ["a", "a"]);
        for other in [
            "",
            "[]",
            "\"a\"",
            "{\"a\": 1} x",
            "{\"a\"",
            "null",
            "\u{feff}{}",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn a_body_that_lies_deep_in_itself_does_no_harm() {
        let deep = "{\"a\":".repeat(100_000);
        assert_eq!(keys(deep.as_bytes()), None);
    }
}
