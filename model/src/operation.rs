//! One operation of the cloud: its endpoints, the actions that it needs, and where they can be granted.
//! This is plain data in the order of the JSON form. It does not interpret the text of a page.

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
    /// The pinned identifier, in upper camel case, unique in its service.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Z][A-Za-z0-9]*$")))]
    pub id: String,
    /// The title as the page writes it, with white space collapsed.
    pub title: String,
    /// The group: the nearest section below the title of the page, if there is one, or the title of the
    /// table if several operations share it.
    pub section: Option<String>,
    /// The first line of the row that has text, in its page, from 1.
    pub line: u32,
    /// The endpoints that the row documents. There are several if the row lists versions.
    pub endpoints: Vec<Endpoint>,
    /// The actions that the call needs.
    pub actions: Vec<Requirement>,
    /// The actions of other operations that should be allowed together with this one.
    pub dependencies: Vec<Requirement>,
    /// Whether the action takes effect in an IAM project. `null` if the page does not say.
    pub iam_project: Option<bool>,
    /// Whether the action takes effect in an enterprise project. `null` if the page does not say.
    pub enterprise_project: Option<bool>,
    /// The fields of a newer minor version.
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
