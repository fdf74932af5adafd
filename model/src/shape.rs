//! The shape of a path template: its static parts and the places of its parameters.
//! Two routes with one shape are the same call, even if their parameters have different names. Therefore,
//! this module must never compare parameter names.

use std::borrow::Cow;
use std::fmt;

use super::is_version;

/// A parameter of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// The name between the braces.
    pub name: &'a str,
    /// The nearest static segment before the parameter. `""` if there is none.
    pub after: &'a str,
}

/// The parameters of a path template in their order.
///
/// ```
/// let names: Vec<_> = permspec_model::parameters("/v2/images/{image_id}/members/{member_id}")
///     .map(|parameter| (parameter.after, parameter.name))
///     .collect();
/// assert_eq!(names, [("images", "image_id"), ("members", "member_id")]);
/// ```
pub fn parameters(path: &str) -> impl Iterator<Item = Parameter<'_>> {
    let mut after = "";
    path.split('/').flat_map(move |segment| {
        let names: Vec<_> = names(segment)
            .map(|name| Parameter { name, after })
            .collect();
        if names.is_empty() {
            after = segment;
        }
        names
    })
}

fn names(segment: &str) -> impl Iterator<Item = &str> {
    segment
        .split('{')
        .skip(1)
        .filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
}

/// A method and a path without parameter names, such as `POST /v2/images/{}/members`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathShape(String);

impl PathShape {
    /// The shape of `method` and the template `path`.
    pub fn new(method: &str, path: &str) -> Self {
        let mut shape = String::with_capacity(method.len() + 1 + path.len());
        shape.push_str(method);
        shape.push(' ');
        let path = plain(path);
        let mut rest = path.as_ref();
        while let Some((before, parameter)) = rest.split_once('{') {
            shape.push_str(before);
            match parameter.split_once('}') {
                Some((_, after)) => {
                    shape.push_str("{}");
                    rest = after;
                }
                None => rest = parameter,
            }
        }
        shape.push_str(rest);
        PathShape(shape)
    }

    /// The method. `ANY` if the page does not name one.
    pub fn method(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// The path after the method, such as `/v2/images/{}/members`.
    pub fn path(&self) -> &str {
        self.0.split_once(' ').map_or("", |(_, path)| path)
    }

    /// The shape without segments such as `v2` and `v2.1`.
    #[must_use]
    pub fn without_version(&self) -> Self {
        let kept = self.0.split('/').filter(|segment| !is_version(segment));
        PathShape(kept.collect::<Vec<_>>().join("/"))
    }
}

/// The path that a shape is made from. Versions are in lower case, because pages write `/V2/` and `/v2/`
/// for the same path. Parameters are in braces, because some pages write `/:project_id/`.
fn plain(path: &str) -> Cow<'_, str> {
    let is_odd = |segment: &str| match segment.as_bytes() {
        [b'v' | b'V', ..] => segment.bytes().any(|byte| byte.is_ascii_uppercase()),
        [first, ..] => *first == b':',
        [] => false,
    };
    if !path.split('/').any(is_odd) {
        return Cow::Borrowed(path);
    }
    let plain = |segment: &str| match segment.strip_prefix(':') {
        Some(name) if is_name(name) => format!("{{{name}}}"),
        _ if is_version(&segment.to_ascii_lowercase()) => segment.to_ascii_lowercase(),
        _ => segment.to_owned(),
    };
    Cow::Owned(path.split('/').map(plain).collect::<Vec<_>>().join("/"))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for PathShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameter_names_do_not_change_a_shape() {
        assert_eq!(
            PathShape::new("GET", "/v3/{project_id}/groups/{id}"),
            PathShape::new("GET", "/v3/{tenant_id}/groups/{idp_id}"),
        );
        assert_ne!(
            PathShape::new("GET", "/v3/groups"),
            PathShape::new("PUT", "/v3/groups")
        );
    }

    #[test]
    fn the_case_of_a_version_does_not_change_a_shape() {
        let shape = |path| PathShape::new("GET", path);
        assert_eq!(shape("/V1.0/{id}/quotas"), shape("/v1.0/{id}/quotas"));
        assert_ne!(shape("/v1.0/{id}/Vpcs"), shape("/v1.0/{id}/vpcs"));
    }

    #[test]
    fn two_parameters_in_one_segment_both_count() {
        let path = "/v2/reverse/floatingips/{region}:{floatingip_id}";
        let found: Vec<_> = parameters(path).map(|p| p.name).collect();
        assert_eq!(found, ["region", "floatingip_id"]);
        assert_eq!(
            PathShape::new("GET", path).to_string(),
            "GET /v2/reverse/floatingips/{}:{}"
        );
    }

    #[test]
    fn braces_that_never_close_are_kept_out_of_the_shape_without_loss_of_text() {
        assert_eq!(PathShape::new("GET", "/a/{b/c").to_string(), "GET /a/b/c");
        assert_eq!(parameters("/a/{b/c").count(), 0);
    }
}
