//! The keys of a JSON body, by which the documentation distinguishes operations.
//! This module must never keep more of a body than its outer keys.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

/// The keys of a JSON object, each as often as it occurs. `None` for any other JSON value.
pub(crate) fn keys(body: &[u8]) -> Option<Vec<String>> {
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
