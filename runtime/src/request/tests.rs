use alloc::format;
use alloc::string::ToString;

use super::*;
use crate::{Endpoint, Permission, Requirement, Scope};

static SHOW: RouteSpec = RouteSpec {
    service: "ims",
    id: "GetImageMember",
    title: "Querying Image Member Details",
    endpoints: &[Endpoint {
        method: Some(Method::Get),
        path: "/v2/images/{image_id}/members/{member_id}",
        query: &[],
        body_action: None,
    }],
    permissions: &[Requirement::always(Permission::new("ims:images:get"))],
    dependencies: &[],
    scope: Scope {
        iam_project: Some(true),
        enterprise_project: Some(false),
    },
    doc: None,
    service_spec: None,
};

static NOWHERE: RouteSpec = RouteSpec {
    endpoints: &[],
    ..EMPTY
};
const EMPTY: RouteSpec = RouteSpec {
    service: "ims",
    id: "Nowhere",
    title: "",
    endpoints: &[],
    permissions: &[],
    dependencies: &[],
    scope: Scope {
        iam_project: None,
        enterprise_project: None,
    },
    doc: None,
    service_spec: None,
};

fn show() -> Request {
    Request::new(&SHOW, &["a", "b"])
}

#[test]
fn query_parameters_are_encoded_and_keep_their_order() {
    let request = show()
        .query("name", "a b&c=d+e")
        .query("limit", 10)
        .query("name", "é");
    assert_eq!(
        request.target().unwrap(),
        "/v2/images/a/members/b?name=a%20b%26c%3Dd%2Be&limit=10&name=%C3%A9",
    );
    assert_eq!(request.path().unwrap(), "/v2/images/a/members/b");
}

#[test]
fn a_header_that_is_set_again_replaces_the_first_in_any_case() {
    let request = show()
        .body("[]", "application/json")
        .header("content-type", "text/plain");
    assert!(request.headers().eq([("content-type", "text/plain")]));
}

#[test]
fn an_invalid_request_says_which_operation_and_which_parameter() {
    let error = Request::new(&SHOW, &["a", ""])
        .query("x", 1)
        .target()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`ims.GetImageMember` was not sent: path parameter `member_id` is empty",
    );
    assert_eq!(error.spec(), &SHOW);
    assert_eq!(
        error.problem(),
        &Problem::EmptyParameter {
            name: "member_id".into()
        }
    );
}

#[test]
fn an_operation_without_an_endpoint_cannot_be_called() {
    let error = Request::new(&NOWHERE, &[]).path().unwrap_err();
    assert_eq!(error.problem(), &Problem::NoEndpoint);
}

static LIST_NETWORKS: RouteSpec = RouteSpec {
    service: "ecs",
    id: "ListNetworks",
    endpoints: &[
        Endpoint {
            method: Some(Method::Get),
            path: "/v2/{project_id}/os-networks",
            query: &[],
            body_action: None,
        },
        Endpoint {
            method: None,
            path: "/v2.1/{project_id}/os-networks",
            query: &[],
            body_action: None,
        },
    ],
    ..EMPTY
};

#[test]
fn another_endpoint_takes_the_same_values() {
    let request = Request::new(&LIST_NETWORKS, &["p/q"]);
    assert_eq!(request.path().unwrap(), "/v2/p%2Fq/os-networks");
    let request = request.endpoint(1).with_method(Method::Post);
    assert_eq!(request.path().unwrap(), "/v2.1/p%2Fq/os-networks");
    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.endpoint(0).method(), Method::Get);
}

#[test]
fn an_endpoint_without_a_method_needs_one_and_one_that_is_not_there_is_refused() {
    let request = Request::new(&LIST_NETWORKS, &["p"]);
    let problem = |request: Request| request.path().unwrap_err().problem().clone();
    assert_eq!(problem(request.clone().endpoint(1)), Problem::NoMethod);
    assert_eq!(problem(request.endpoint(2)), Problem::NoEndpoint);
}

#[test]
fn debug_shows_names_and_never_values() {
    let request = show()
        .header("X-Auth-Token", "s3cret")
        .query("password", "s3cret")
        .body("s3cret", "application/json");
    let shown = format!("{request:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(
        shown.contains("X-Auth-Token") && shown.contains("6 bytes"),
        "{shown}"
    );
}

static ACTIONS: RouteSpec = RouteSpec {
    service: "evs",
    id: "Extend",
    endpoints: &[
        Endpoint::new(Method::Post, "/v2/{id}/action").with_body_action("os-extend"),
        Endpoint::new(Method::Post, "/v3/{id}/extend"),
    ],
    ..EMPTY
};

#[test]
fn a_request_without_the_body_that_tells_operations_apart_is_not_sent() {
    let extend = || Request::new(&ACTIONS, &["a"]);
    let error = extend().check().unwrap_err();
    let key = Some("os-extend");
    assert_eq!(error.problem(), &Problem::NoBody { key });
    assert_eq!(
        error.to_string(),
        "`evs.Extend` was not sent: it does not have a body, and the body must have the key `os-extend`"
    );
    assert!(extend().body("{}", "application/json").check().is_ok());
    // Its other endpoint does not have a key, but a stub may still know that a body is required.
    assert!(extend().endpoint(1).check().is_ok());
    let marked = extend().endpoint(1).with_body_required();
    let error = marked.check().unwrap_err();
    assert_eq!(error.problem(), &Problem::NoBody { key: None });
    assert!(
        error
            .to_string()
            .ends_with("which of several operations with this call is meant")
    );
    assert!(marked.body("", "application/json").check().is_ok());
    // An invalid path is reported first.
    let error = Request::new(&ACTIONS, &[""]).check().unwrap_err();
    assert_eq!(
        error.problem(),
        &Problem::EmptyParameter { name: "id".into() }
    );
}

#[cfg(feature = "json")]
#[test]
fn a_json_body_has_the_key_that_selects_its_operation() {
    use serde_json::json;

    let extend = || Request::new(&ACTIONS, &["a"]);
    let key = "os-extend";
    for wrong in [
        json!({"new_size": 1}),
        json!({"OS-EXTEND": {}}),
        json!(["os-extend"]),
        json!(null),
    ] {
        let error = extend().json(&wrong).unwrap_err();
        assert_eq!(error.problem(), &Problem::NoKey { key }, "{wrong}");
    }
    for value in [
        json!({"new_size": 1}),
        json!({}),
        json!(null),
        json!({"os-extend": 1}),
    ] {
        let whole = extend()
            .json(&json!({"other": 1, "os-extend": value}))
            .unwrap();
        assert!(whole.check().is_ok());
        let wrapped = extend().action(&value).unwrap();
        let body: serde_json::Value = serde_json::from_slice(wrapped.body_bytes()).unwrap();
        assert_eq!(body, json!({"os-extend": value}));
        assert!(wrapped.headers().eq([("Content-Type", "application/json")]));
    }
    let without_key = || extend().endpoint(1);
    assert!(without_key().json(&json!([1])).is_ok());
    let error = without_key().action(&1).unwrap_err();
    assert_eq!(error.problem(), &Problem::KeyNotDocumented);
}
