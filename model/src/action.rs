//! An action that IAM checks, and the case in which an operation needs it.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::object::{or_absent, read};

/// An action that a call needs, and the case in which the call needs it, if the page names one.
///
/// In JSON it is the bare action. An alternative is `{"action": .., "when": ..}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(from = "RequirementForm", into = "RequirementForm")
)]
pub struct Requirement {
    /// `service:resource:operation`, as the page writes it.
    pub action: String,
    /// The label or remark that restricts the action, such as `EVS disk`.
    pub when: Option<String>,
}

impl Requirement {
    /// An action that is needed in every case.
    pub fn always(action: impl Into<String>) -> Self {
        Requirement {
            action: action.into(),
            when: None,
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.when {
            Some(when) => write!(f, "{} ({when})", self.action),
            None => f.write_str(&self.action),
        }
    }
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(when) = &self.when else {
            return serializer.serialize_str(&self.action);
        };
        let mut alternative = serializer.serialize_map(None)?;
        alternative.serialize_entry("action", &self.action)?;
        alternative.serialize_entry("when", when)?;
        alternative.end()
    }
}

impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherForm;

        impl<'de> Visitor<'de> for EitherForm {
            type Value = Requirement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an action, or an object with `action` and `when`")
            }

            fn visit_str<E: serde::de::Error>(self, action: &str) -> Result<Requirement, E> {
                Ok(Requirement::always(action))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Requirement, A::Error> {
                let (mut action, mut when) = (None, None);
                while let Some(name) = object.next_key::<String>()? {
                    match name.as_str() {
                        "action" => read("action", &mut action, &mut object)?,
                        "when" => read("when", &mut when, &mut object)?,
                        _ => {
                            object.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Requirement {
                    action: or_absent("action", action)?,
                    when: or_absent("when", when)?,
                })
            }
        }

        deserializer.deserialize_any(EitherForm)
    }
}

/// The two forms of a [`Requirement`], for its schema.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "nothing but its schema is used")]
enum RequirementForm {
    Always(String),
    When {
        action: String,
        when: Option<String>,
    },
}

/// Whether the text has three parts that `:` joins, of letters, digits, `-`, `_` and `*`. The first part
/// starts with a letter, and does not contain `_` or `*`.
pub fn is_action(text: &str) -> bool {
    let word = |part: &str, marks: &[u8]| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || marks.contains(&byte);
        !part.is_empty() && part.bytes().all(allowed)
    };
    let mut parts = text.splitn(3, ':');
    let (Some(service), Some(resource), Some(operation)) =
        (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    service.starts_with(|first: char| first.is_ascii_alphabetic())
        && word(service, b"-")
        && word(resource, b"-_*")
        && word(operation, b"-_*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_action_and_an_alternative_read_and_write_their_own_form() {
        let text = r#"["ims:images:get",{"action":"evs:volumeTags:list","when":"EVS disk"}]"#;
        let read: Vec<Requirement> = serde_json::from_str(text).unwrap();
        assert_eq!(read[1].when.as_deref(), Some("EVS disk"));
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn an_alternative_without_its_case_is_needed_always() {
        let text = r#"{"note": ["newer"], "action": "ims:images:get"}"#;
        let read: Requirement = serde_json::from_str(text).unwrap();
        assert_eq!(read, Requirement::always("ims:images:get"));
        assert!(serde_json::from_str::<Requirement>(r#"{"when": "EVS disk"}"#).is_err());
    }
}
