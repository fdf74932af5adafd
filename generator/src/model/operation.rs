//! One operation of the cloud: its routes, the actions it needs, and where it may be granted.
//! Plain data in the order of the JSON form; this module must never interpret a page's text.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::object::{json_object, or_absent, read};
use super::{Extra, PathShape};

/// One row of a permission table.
///
/// ```
/// let row = r#"{"id": "AddImageMembers", "title": "Adds image members.", "section": null, "line": 27,
///     "routes": [{"method": "POST", "path": "/v1/cloudimages/members", "query": [], "body_action": null}],
///     "actions": ["ims:images:share"], "dependencies": [], "iam_project": true, "enterprise_project": false}"#;
/// let operation: permspec::model::Operation = serde_json::from_str(row)?;
/// assert_eq!(operation.routes[0].to_string(), "POST /v1/cloudimages/members");
/// assert_eq!(operation.actions[0].action, "ims:images:share");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Operation {
    /// The pinned identifier, upper camel case, unique in its service.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Z][A-Za-z0-9]*$")))]
    pub id: String,
    /// The title as the page writes it, white space collapsed.
    pub title: String,
    /// The group: the nearest section below the page's title where there is one, or the title of
    /// the table where several share it.
    pub section: Option<String>,
    /// The first text line of the row in its page, from 1.
    pub line: u32,
    /// The calls that the row documents; several where it lists versions.
    pub routes: Vec<Route>,
    /// The actions that the call needs.
    pub actions: Vec<Requirement>,
    /// The actions of other operations that should be allowed with it.
    pub dependencies: Vec<Requirement>,
    /// Whether the action takes effect in an IAM project; `null` where the page does not say.
    pub iam_project: Option<bool>,
    /// Whether the action takes effect in an enterprise project; `null` where the page does not say.
    pub enterprise_project: Option<bool>,
    /// What a newer minor version has added.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extra: Extra,
}

json_object!(Operation {
    id,
    title,
    section,
    line,
    routes,
    actions,
    dependencies,
    iam_project,
    enterprise_project
});

/// A method and path template, with what else tells the call apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Route {
    /// The HTTP method in upper case; `null` where the page names none and any is meant.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Z]+$")))]
    pub method: Option<String>,
    /// The path template, from its first `/` up to the query, such as `/v2/images/{image_id}/members`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^/")))]
    pub path: String,
    /// The names of the query parameters that the page names, in its order.
    pub query: Vec<String>,
    /// The key of the request body that selects the operation, such as `os-extend`.
    pub body_action: Option<String>,
    /// What a newer minor version has added.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extra: Extra,
}

json_object!(Route {
    method,
    path,
    query,
    body_action
});

impl Route {
    /// Method and path without parameter names: what identifies the call in its service.
    pub fn shape(&self) -> PathShape {
        PathShape::new(self.method.as_deref().unwrap_or("ANY"), &self.path)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.method.as_deref().unwrap_or("ANY"),
            self.path
        )?;
        match &self.body_action {
            Some(action) => write!(f, " ({action})"),
            None => Ok(()),
        }
    }
}

/// An action that a call needs, and the case in which it does where the page names one.
///
/// In JSON it is the bare action, or `{"action": .., "when": ..}` for an alternative.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(from = "RequirementForm", into = "RequirementForm")
)]
pub struct Requirement {
    /// `service:resource:operation`, as the page writes it.
    pub action: String,
    /// The label or remark that restricts it, such as `EVS disk`.
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
