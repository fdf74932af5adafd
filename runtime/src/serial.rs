//! serde's traits (feature `serde`): names as strings, and policies in the form that IAM accepts.
//! This module must never accept a policy that `policy::check` rejects.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{SerializeMap, SerializeSeq};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::policy::{self, Effect, JsonNode, JsonValue, Key, Policy, Statement};
use crate::{Method, Permission, PermissionSet};

impl Serialize for Permission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Permission::from)
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(D::Error::custom)
    }
}

impl Serialize for PermissionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for PermissionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Permission>::deserialize(deserializer).map(|actions| actions.into_iter().collect())
    }
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Version", "1.1")?;
        map.serialize_entry("Statement", self.statements())?;
        map.end()
    }
}

/// Returns the first error of [`policy::check`], in words.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let checked = policy::check(
            &policy::compact(&JsonNode::deserialize(deserializer)?),
            None,
        );
        let error = checked
            .findings
            .iter()
            .find(|finding| finding.severity == policy::Severity::Error);
        match (checked.policy, error) {
            (Some(policy), None) => Ok(policy),
            (_, Some(finding)) => Err(D::Error::custom(finding)),
            (None, None) => Err(D::Error::custom("no policy")),
        }
    }
}

impl Serialize for Statement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let effect = match self.effect() {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        map.serialize_entry("Effect", effect)?;
        map.serialize_entry("Action", self.actions())?;
        for (key, json) in [
            ("Resource", self.resource()),
            ("Condition", self.condition()),
        ] {
            if let Some(json) = json {
                match policy::read(json) {
                    Ok(node) => map.serialize_entry(key, &node)?,
                    Err(_) => map.serialize_entry(key, json)?,
                }
            }
        }
        map.end()
    }
}

impl Serialize for JsonNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            JsonValue::Plain(word) => match word.as_str() {
                "null" => serializer.serialize_unit(),
                "true" => serializer.serialize_bool(true),
                "false" => serializer.serialize_bool(false),
                number => serialize_number(number, serializer),
            },
            JsonValue::Text(text) => serializer.serialize_str(text),
            JsonValue::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                items
                    .iter()
                    .try_for_each(|item| sequence.serialize_element(item))?;
                sequence.end()
            }
            JsonValue::Object(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (&key.name, value)))
            }
        }
    }
}

/// Keeps a whole number as a whole number, so that it does not lose digits.
fn serialize_number<S: Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(whole) = number.parse::<u64>() {
        serializer.serialize_u64(whole)
    } else if let Ok(whole) = number.parse::<i64>() {
        serializer.serialize_i64(whole)
    } else if let Ok(number) = number.parse::<f64>() {
        serializer.serialize_f64(number)
    } else {
        serializer.serialize_str(number)
    }
}

impl<'de> Deserialize<'de> for JsonNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = deserializer.deserialize_any(Any)?;
        Ok(JsonNode { value, span: 0..0 })
    }
}

/// Accepts any JSON value.
struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = JsonValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy")
    }

    fn visit_bool<E>(self, value: bool) -> Result<JsonValue, E> {
        Ok(JsonValue::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<JsonValue, E> {
        Ok(JsonValue::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonValue, E> {
        Ok(JsonValue::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<JsonValue, E> {
        Ok(JsonValue::Plain(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<JsonValue, E> {
        Ok(JsonValue::Plain("null".into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<JsonValue, E> {
        Ok(JsonValue::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<JsonValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(JsonValue::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonValue, A::Error> {
        let mut entries: Vec<(Key, JsonNode)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, JsonNode>()? {
            if entries.iter().any(|(key, _)| key.name == name) {
                return Err(A::Error::custom(format_args!(
                    "the key `{name}` stands twice"
                )));
            }
            entries.push((Key { name, span: 0..0 }, value));
        }
        Ok(JsonValue::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"{"Version":"1.1","Statement":[{"Effect":"Deny","Action":["ims:*:share"],"Resource":["a"],"Condition":{"NumericEquals":{"x":[1,-2.5,18446744073709551615,-9223372036854775808,true,null]}}}]}"#;

    #[test]
    fn a_policy_is_written_and_read_as_iam_takes_it() {
        let policy: Policy = serde_json::from_str(POLICY).unwrap();
        assert_eq!(policy.to_json(), POLICY);
        assert_eq!(serde_json::to_string(&policy).unwrap(), POLICY);
    }

    #[test]
    fn what_the_check_refuses_serde_refuses_too() {
        for (text, message) in [
            (
                POLICY.replace("Effect", "effect"),
                "error: the statement has no `Effect`",
            ),
            (
                POLICY.replace("1.1", "1.0"),
                "error: the version of a custom policy is `1.1`",
            ),
            (
                POLICY.replace("Resource", "Effect"),
                "the key `Effect` stands twice",
            ),
            ("[]".into(), "error: expected a policy, found an array"),
        ] {
            let error = serde_json::from_str::<Policy>(&text)
                .unwrap_err()
                .to_string();
            assert!(error.contains(message), "{error}");
        }
    }

    #[test]
    fn names_are_strings() {
        let set: PermissionSet =
            serde_json::from_str(r#"["b:c:d","a:b:c","A:b:c","a:B:c"]"#).unwrap();
        assert_eq!(
            serde_json::to_string(&set).unwrap(),
            r#"["A:b:c","a:b:c","b:c:d"]"#
        );
        assert_eq!(
            serde_json::from_str::<Method>("\"PUT\"").unwrap(),
            Method::Put
        );
        assert!(serde_json::from_str::<Method>("\"put\"").is_err());
    }
}
