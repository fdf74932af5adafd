//! A way to call an operation: method and path template, and what else distinguishes its calls.

use std::fmt;

use super::object::json_object;
use super::{Extra, PathShape};

/// A method and a path template, and what else distinguishes the calls.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Endpoint {
    /// The HTTP method in upper case. `null` if the page does not name one, so that any method is meant.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Z]+$")))]
    pub method: Option<String>,
    /// The path template, from its first `/` to the query, such as `/v2/images/{image_id}/members`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^/")))]
    pub path: String,
    /// The names of the query parameters that the page names, in its order.
    pub query: Vec<String>,
    /// The key of the request body that selects the operation, such as `os-extend`.
    pub body_action: Option<String>,
    /// The fields of a newer minor version.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extra: Extra,
}

json_object!(Endpoint {
    method,
    path,
    query,
    body_action
});

impl Endpoint {
    /// Method and path without parameter names, which identify the call in its service.
    pub fn shape(&self) -> PathShape {
        PathShape::new(self.method.as_deref().unwrap_or("ANY"), &self.path)
    }
}

impl fmt::Display for Endpoint {
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
