//! One method and path of an operation, as the documentation writes it.
//! An endpoint never contains values. A request puts values in the place of parameters.

use core::fmt;

use crate::Method;
use crate::template::{Piece, pieces};

/// A method and a path template, and what else distinguishes the calls of an operation.
///
/// ```
/// use permspec_runtime::{Endpoint, Method};
///
/// let endpoint = Endpoint::new(Method::Put, "/v2/images/{image_id}/members/{member_id}");
/// assert!(endpoint.parameters().eq(["image_id", "member_id"]));
/// assert_eq!(endpoint.to_string(), "PUT /v2/images/{image_id}/members/{member_id}");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The HTTP method. `None` if the documentation does not name one and means any [`Method`], as for
    /// the wildcard paths of Cloud Container Engine (`/api/*`).
    pub method: Option<Method>,
    /// The path template from its first `/`, such as `/v2/images/{image_id}/members`. It does not contain
    /// a scheme, a host or a query.
    pub path: &'static str,
    /// The names of the query parameters that the documentation names, in its order.
    pub query: &'static [&'static str],
    /// The key of the JSON body that selects the operation if several operations share method and path,
    /// such as `os-extend`.
    pub body_action: Option<&'static str>,
}

impl Endpoint {
    /// An endpoint with the method `method` and the template `path`, without query parameters and without
    /// a key of the body.
    pub const fn new(method: Method, path: &'static str) -> Endpoint {
        Endpoint {
            method: Some(method),
            ..Endpoint::any_method(path)
        }
    }

    /// An endpoint with the template `path` that the documentation states without a method.
    ///
    /// ```
    /// use permspec_runtime::Endpoint;
    ///
    /// assert_eq!(Endpoint::any_method("/api/*").to_string(), "ANY /api/*");
    /// ```
    pub const fn any_method(path: &'static str) -> Endpoint {
        Endpoint {
            method: None,
            path,
            query: &[],
            body_action: None,
        }
    }

    /// Sets the names of the query parameters.
    #[must_use]
    pub const fn with_query(self, query: &'static [&'static str]) -> Endpoint {
        Endpoint { query, ..self }
    }

    /// Sets the key of the JSON body that selects the operation.
    ///
    /// ```
    /// use permspec_runtime::{Endpoint, Method};
    ///
    /// let extend = Endpoint::new(Method::Post, "/v2/volumes/{volume_id}/action");
    /// let extend = extend.with_body_action("os-extend");
    /// assert_eq!(extend.to_string(), "POST /v2/volumes/{volume_id}/action (os-extend)");
    /// ```
    #[must_use]
    pub const fn with_body_action(self, key: &'static str) -> Endpoint {
        Endpoint {
            body_action: Some(key),
            ..self
        }
    }

    /// The names of the path parameters in their order, each as often as it occurs.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        pieces(self.path).filter_map(Piece::parameter)
    }
}

/// Writes method and path, and the key of the body in parentheses if there is one: `POST
/// /v2/volumes/{volume_id}/action (os-extend)`, `ANY /api/*`.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.method.map_or("ANY", Method::as_str),
            self.path
        )?;
        match self.body_action {
            Some(action) => write!(f, " ({action})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    const EXTEND: Endpoint = Endpoint {
        method: Some(Method::Post),
        path: "/v2/{project_id}/volumes/{volume_id}/action",
        query: &[],
        body_action: Some("os-extend"),
    };

    #[test]
    fn a_name_that_is_repeated_counts_each_time() {
        let endpoint = Endpoint {
            path: "/v3/{id}/x/{id}",
            ..EXTEND
        };
        assert!(endpoint.parameters().eq(["id", "id"]));
    }

    #[test]
    fn a_key_of_the_body_is_written_after_the_path() {
        assert_eq!(
            EXTEND.to_string(),
            "POST /v2/{project_id}/volumes/{volume_id}/action (os-extend)"
        );
    }
}
