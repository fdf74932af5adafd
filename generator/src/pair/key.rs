//! What identifies a call, whatever the names of its parameters are. A key is compared and never shown. This
//! module must never look at a title.

use std::fmt;

use crate::model::{Endpoint, PathShape};

/// What identifies a call in another version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// Method and path shape, and the key of the body that selects the operation.
    Call(PathShape, Option<String>),
    /// What a cell without a method and a path says.
    #[cfg_attr(
        not(any(test, feature = "tools")),
        expect(dead_code, reason = "only versions are compared by it")
    )]
    Named(String),
}

impl Key {
    pub(crate) fn call(route: &Endpoint) -> Self {
        let method = route.method.as_deref().unwrap_or("ANY");
        Key::Call(shape(method, &route.path), route.body_action.clone())
    }

    /// What a cell without a call says. An invalid call (`UPDATE /v1/images`) is identified by its word and
    /// its path, so that it is found again after the word is corrected.
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn named(name: &str) -> Self {
        match Key::word_and_path(name) {
            Some((word, path)) => Key::Call(shape(&word.to_ascii_uppercase(), path), None),
            None => Key::Named(name.to_lowercase()),
        }
    }

    /// The two parts of an invalid call.
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn word_and_path(name: &str) -> Option<(&str, &str)> {
        let (word, path) = name.split_once(' ')?;
        let is_call = word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && path.starts_with('/')
            && !path.contains(' ');
        is_call.then_some((word, path))
    }

    /// The call without what selects the operation in its body.
    pub(crate) fn without_body(&self) -> Option<Key> {
        match self {
            Key::Call(shape, _) => Some(Key::Call(shape.clone(), None)),
            Key::Named(_) => None,
        }
    }

    /// The call without the versions in its path.
    pub(crate) fn without_version(&self) -> Option<Key> {
        match self {
            Key::Call(shape, body) => Some(Key::Call(shape.without_version(), body.clone())),
            Key::Named(_) => None,
        }
    }

    /// The call without its method.
    pub(crate) fn without_method(&self) -> Option<Key> {
        match self {
            Key::Call(shape, body) => {
                Some(Key::Call(PathShape::new("ANY", shape.path()), body.clone()))
            }
            Key::Named(_) => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Call(shape, None) => write!(f, "{shape}"),
            Key::Call(shape, Some(body)) => write!(f, "{shape} ({body})"),
            Key::Named(name) => f.write_str(name),
        }
    }
}

/// A slash at the end does not make another call.
fn shape(method: &str, path: &str) -> PathShape {
    let path = path.trim_end_matches('/');
    PathShape::new(method, if path.is_empty() { "/" } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(method: &str, path: &str) -> Key {
        Key::Call(PathShape::new(method, path), None)
    }

    #[test]
    fn versions_are_left_out_wherever_they_stand() {
        for path in ["/v1/{project_id}/jobs", "/v2.1/{id}/jobs", "/V3/{id}/jobs"] {
            let short = key("GET", path).without_version();
            assert_eq!(short, Some(key("GET", "/{}/jobs")), "{path}");
        }
        let kept = key("GET", "/vpcs/v/volumes").without_version();
        assert_eq!(kept, Some(key("GET", "/vpcs/v/volumes")));
    }

    #[test]
    fn a_colon_before_a_segment_makes_it_a_parameter() {
        assert_eq!(
            key("GET", "/v1/:project_id/jobs"),
            key("GET", "/v1/{id}/jobs")
        );
    }
}
