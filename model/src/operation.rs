//! One operation of the cloud: its endpoints, the actions it needs, and where it may be granted.
//! Plain data in the order of the JSON form; this module must never interpret a page's text.

use super::object::json_object;
use super::{Endpoint, Extra, Requirement};

/// One row of a permission table.
///
/// ```
/// let row = r#"{"id": "AddImageMembers", "title": "Adds image members.", "section": null, "line": 27,
///     "endpoints": [{"method": "POST", "path": "/v1/cloudimages/members", "query": [], "body_action": null}],
///     "actions": ["ims:images:share"], "dependencies": [], "iam_project": true, "enterprise_project": false}"#;
/// let operation: permspec_model::Operation = serde_json::from_str(row)?;
/// assert_eq!(operation.endpoints[0].to_string(), "POST /v1/cloudimages/members");
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
    pub endpoints: Vec<Endpoint>,
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
    endpoints,
    actions,
    dependencies,
    iam_project,
    enterprise_project
} and {} formerly { routes => endpoints });
