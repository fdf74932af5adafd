//! From a call to an identifier: `GET /v2/{project_id}/servers/detail` becomes `GetServersDetail`.
//! A pure function of method and path; this module must never look at a title or another operation.

use super::ident::pascal_case;
use crate::model::Route;

/// The identifier that a route gives: the method, then what it addresses.
///
/// `None` where the path has no static segment besides its version.
pub(super) fn identifier(route: &Route) -> Option<String> {
    let method = pascal_case(
        &route
            .method
            .as_deref()
            .unwrap_or("any")
            .to_ascii_lowercase(),
    );
    let action = route
        .body_action
        .as_deref()
        .map(pascal_case)
        .unwrap_or_default();
    Some(method + &addressed(&route.path)? + &action)
}

/// What a path addresses: its static segments behind the version (what stands before it belongs to
/// the host, as in `/autoscaling-api/v1/..`); a segment whose members the next parameter picks is in
/// the singular.
pub(super) fn addressed(path: &str) -> Option<String> {
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let version = segments.iter().position(|segment| is_version(segment));
    let mut segments = segments[version.map_or(0, |at| at + 1)..].iter().peekable();
    let mut name = String::new();
    while let Some(segment) = segments.next() {
        if segment.contains('{') {
            continue;
        }
        let picked = segments.peek().and_then(|next| parameter(next));
        let member = picked.is_some_and(picks_a_member);
        name += &pascal_case(&if member {
            singular(segment)
        } else {
            (*segment).to_owned()
        });
        if let Some(parameter) = picked.filter(|_| !member) {
            name += "By";
            name += &pascal_case(parameter);
        }
    }
    (!name.is_empty()).then_some(name)
}

/// The name that an action gives: `PublishApis` of `apig:apis:publish`.
pub(super) fn of_action(action: &str) -> Option<String> {
    let mut parts = action.split(':').skip(1).map(pascal_case);
    let (resource, operation) = (parts.next()?, parts.next()?);
    Some(operation + &resource).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The API version that a path states, as an identifier writes it: `V2` for `v2` and `v2.0`, `V21`
/// for `v2.1`.
pub(super) fn version(path: &str) -> Option<String> {
    let segment = path.split('/').find(|segment| is_version(segment))?;
    let number = segment[1..].trim_end_matches(".0");
    Some(format!("V{}", number.replace('.', "")))
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}

/// The name of a segment that is one parameter.
fn parameter(segment: &str) -> Option<&str> {
    segment
        .strip_prefix('{')?
        .strip_suffix('}')
        .filter(|name| !name.contains(['{', '}']))
}

/// Whether a parameter names one member of the collection before it.
fn picks_a_member(parameter: &str) -> bool {
    let parameter = parameter.to_ascii_lowercase();
    ["id", "name", "key", "uuid"]
        .iter()
        .any(|word| parameter.ends_with(word))
}

/// The singular of an English plural by its ending; other words stay.
fn singular(word: &str) -> String {
    let ending =
        |suffix: &str, end: &str| word.strip_suffix(suffix).map(|stem| format!("{stem}{end}"));
    ending("ies", "y")
        .or_else(|| ending("sses", "ss"))
        .or_else(|| ending("xes", "x"))
        .or_else(|| ending("ches", "ch"))
        .or_else(|| ending("statuses", "status"))
        .or_else(|| word.ends_with("ss").then(|| word.to_owned()))
        .or_else(|| word.ends_with("us").then(|| word.to_owned()))
        .or_else(|| ending("s", ""))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extra;

    fn name(method: &str, path: &str) -> Option<String> {
        identifier(&Route {
            method: Some(method.into()),
            path: path.into(),
            query: Vec::new(),
            body_action: None,
            extra: Extra::new(),
        })
    }

    #[test]
    fn a_call_reads_as_its_method_and_what_it_addresses() {
        for (method, path, expected) in [
            ("GET", "/v2/{project_id}/servers/detail", "GetServersDetail"),
            ("GET", "/v2/{project_id}/servers/{server_id}", "GetServer"),
            (
                "GET",
                "/v3/{project_id}/elb/l7policies/{l7policy_id}/rules",
                "GetElbL7policyRules",
            ),
            (
                "HEAD",
                "/v3.0/OS-AGENCY/projects/{project_id}/agencies/{agency_id}/roles/{role_id}",
                "HeadOsAgencyProjectAgencyRole",
            ),
            (
                "GET",
                "/v2/{project_id}/os-vendor-tags/{resource_type}",
                "GetOsVendorTagsByResourceType",
            ),
            ("GET", "/V1.0/{project_id}/quotas", "GetQuotas"),
        ] {
            assert_eq!(name(method, path).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_path_of_parameters_and_a_version_gives_no_name() {
        assert_eq!(name("GET", "/"), None);
        assert_eq!(name("GET", "/{api_version}"), None);
        assert_eq!(name("GET", "/v2/{project_id}"), None);
    }

    #[test]
    fn a_version_is_written_without_dots_and_without_a_zero() {
        assert_eq!(version("/v2.0/lbaas/pools").as_deref(), Some("V2"));
        assert_eq!(
            version("/v2.1/{project_id}/servers").as_deref(),
            Some("V21")
        );
        assert_eq!(version("/autoscaling-api/v1/x").as_deref(), Some("V1"));
        assert_eq!(version("/v1{project_id}/x"), None);
    }
}
