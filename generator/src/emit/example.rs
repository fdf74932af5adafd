//! The operation that the first page of a generated crate calls, looks up and makes a policy for.
//! Its texts go into an example that is compiled, so this module must never take one that needs escapes.

use std::collections::BTreeSet;

use crate::ident;
use crate::model::{Operation, Service, parameters};
use crate::sharing::Sharing;

/// The value of each parameter of the path.
const VALUE: &str = "70a599e0";

/// One operation of a service, as the example writes it.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Example {
    /// The service's feature.
    service: String,
    /// The service's module.
    module: String,
    /// The operation's stub.
    function: String,
    /// What the stub takes: `"70a599e0", "70a599e0"`.
    arguments: String,
    /// The operation's name in the enum.
    route: String,
    /// The path of a `GET` that calls the operation.
    path: String,
}

impl Example {
    /// A simple operation of the first service that has one. Services that are on by default come first. An
    /// operation whose path has one parameter shows more than one without.
    pub(super) fn of(services: &[Service], default: &[String]) -> Option<Example> {
        Example::among(services, default, &|_| None)
    }

    /// The same among the operations that `ids` lists for a service. `None` lists all of them.
    pub(super) fn among(
        services: &[Service],
        default: &[String],
        ids: &dyn Fn(&Service) -> Option<BTreeSet<String>>,
    ) -> Option<Example> {
        let is_default = |service: &&Service| default.contains(&service.name);
        let (first, others): (Vec<_>, Vec<_>) = services.iter().partition(is_default);
        let mut ordered = first.into_iter().chain(others);
        ordered.find_map(|service| of_service(service, ids(service).as_ref()))
    }
}

fn of_service(service: &Service, ids: Option<&BTreeSet<String>>) -> Option<Example> {
    let sharing = Sharing::of(service);
    let simple: Vec<&Operation> = service
        .operations()
        .map(|(_, operation)| operation)
        .filter(|operation| ids.is_none_or(|ids| ids.contains(&operation.id)))
        .filter(|operation| is_simple(operation) && sharing.with(operation).is_none())
        .collect();
    let count = |operation: &Operation| parameters(&operation.endpoints[0].path).count();
    let operation = simple
        .iter()
        .find(|operation| count(operation) == 1)
        .or(simple.first())?;
    let value = |segment: &str| {
        if segment.starts_with('{') {
            VALUE
        } else {
            segment
        }
        .to_owned()
    };
    let path = &operation.endpoints[0].path;
    Some(Example {
        service: service.name.clone(),
        module: ident::value_ident(&service.name),
        function: ident::function(&operation.id),
        arguments: vec![format!("\"{VALUE}\""); count(operation)].join(", "),
        route: operation.id.clone(),
        path: path.split('/').map(value).collect::<Vec<_>>().join("/"),
    })
}

/// Whether the operation is one `GET` of a plain path, and always needs the actions that it names.
fn is_simple(operation: &Operation) -> bool {
    let [route] = &*operation.endpoints else {
        return false;
    };
    let is_get = route.method.as_deref() == Some("GET");
    let is_plain = route.query.is_empty() && route.body_action.is_none();
    let needs = &operation.actions;
    let is_certain = needs
        .iter()
        .all(|needed| needed.when.is_none() && !needed.action.contains('*'));
    let segments = route.path.strip_prefix('/').unwrap_or_default();
    // A parameter in the first segment may accept only versions.
    is_get
        && is_plain
        && is_certain
        && !needs.is_empty()
        && !segments.starts_with('{')
        && segments.split('/').all(is_plain_segment)
}

/// A word, or a parameter that is the whole segment.
fn is_plain_segment(segment: &str) -> bool {
    let name = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let text = name.unwrap_or(segment);
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let is_version = |c: char| name.is_none() && c == '.';
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| is_word(c) || is_version(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Requirement;
    use crate::sharing::tests::service;

    /// Method, path, query parameter and key of the body.
    type Call = (&'static str, &'static str, &'static str, &'static str);

    const PLAIN: &[(&str, &[Call])] = &[("GetThing", &[("GET", "/v1/a", "", "")])];

    fn needing(operations: &[(&str, &[Call])], action: &str) -> Service {
        let mut service = service(operations);
        for page in &mut service.pages {
            for operation in &mut page.operations {
                operation.actions = vec![Requirement::always(action)];
            }
        }
        service
    }

    #[test]
    fn the_example_is_a_plain_call_with_one_parameter_where_there_is_one() {
        let service = needing(
            &[
                ("ListThings", &[("GET", "/v1.0/things", "", "")]),
                ("MakeThing", &[("POST", "/v1.0/things/{id}", "", "")]),
                ("GetThing", &[("GET", "/v1.0/things/{id}", "", "")]),
            ],
            "a:b:get",
        );
        let example = Example::of(&[service], &[]).unwrap();
        assert_eq!(example.route, "GetThing");
        assert_eq!(example.function, "get_thing");
        assert_eq!(example.arguments, "\"70a599e0\"");
        assert_eq!(example.path, "/v1.0/things/70a599e0");
    }

    #[test]
    fn no_example_is_made_of_a_path_that_needs_escapes_or_of_an_operation_that_is_not_certain() {
        for path in [
            "/v1/a\"b",
            "/v1/a\\b",
            "/v1/{a}:{b}",
            "/{version}/a",
            "/v1/a\n",
            "/v1/`a`",
            "/v1//a",
            "/v1/..",
            "/",
            "v1/a",
        ] {
            let service = needing(&[("GetThing", &[("GET", path, "", "")])], "a:b:get");
            assert_eq!(Example::of(&[service], &[]), None, "{path}");
        }
        assert_eq!(Example::of(&[needing(PLAIN, "a:*:get")], &[]), None);
        assert_eq!(Example::of(&[service(PLAIN)], &[]), None);
        assert!(Example::of(&[needing(PLAIN, "a:b:get")], &[]).is_some());
    }

    #[test]
    fn only_listed_operations_become_the_example() {
        let calls: &[(&str, &[Call])] = &[
            ("GetThing", &[("GET", "/v1/things/{id}", "", "")]),
            ("ListThings", &[("GET", "/v1/things", "", "")]),
        ];
        let services = [needing(calls, "a:b:get")];
        let among = |ids: &[&str]| {
            let ids: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            Example::among(&services, &[], &|_| Some(ids.clone())).map(|example| example.route)
        };
        assert_eq!(among(&["ListThings", "Other"]).unwrap(), "ListThings");
        assert_eq!(among(&["ListThings", "GetThing"]).unwrap(), "GetThing");
        assert_eq!(among(&[]), None);
    }

    #[test]
    fn a_service_that_is_on_by_default_goes_first() {
        let services = ["one", "two"].map(|name| Service {
            name: name.into(),
            ..needing(PLAIN, "a:b:get")
        });
        let of = |default: &[String]| Example::of(&services, default).unwrap().service;
        assert_eq!(of(&[]), "one");
        assert_eq!(of(&["two".into()]), "two");
    }
}
