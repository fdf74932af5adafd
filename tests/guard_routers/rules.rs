//! The operations that the guard asks about if a server may take a call for another one, rule by rule.
//! The service is invented, so that each rule has operations that only this rule tells apart.

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::{Extension, Router};
use permspec::lookup::table;
use permspec::model::{Operation as Row, Page, Service};
use permspec_runtime::guard::{Ambiguous, Guard, Matched, Operation, Unknown, Verdict};
use permspec_runtime::{Catalogue, Endpoint, Method, RouteSpec};
use serde_json::{Value, json};
use tower_service::Service as _;

use crate::servers::Asked;
use crate::urls::Numbers;
use crate::{catalogue, urls};

/// Identifier, method, path, and the key of the body.
const ROUTES: [(&str, Method, &str, Option<&str>); 12] = [
    (
        "ListDetails",
        Method::Get,
        "/v2/{project_id}/servers/detail",
        None,
    ),
    ("Show", Method::Get, "/v2/{project_id}/servers/{id}", None),
    (
        "Delete",
        Method::Delete,
        "/v2/{project_id}/servers/{id}",
        None,
    ),
    (
        "Start",
        Method::Post,
        "/v2/{project_id}/servers/{id}/action",
        Some("os-start"),
    ),
    (
        "Stop",
        Method::Post,
        "/v2/{project_id}/servers/{id}/action",
        Some("os-stop"),
    ),
    ("ShowKey", Method::Get, "/v2/{project_id}/keys/{id}", None),
    (
        "CheckKey",
        Method::Head,
        "/v2/{project_id}/keys/{key}",
        None,
    ),
    (
        "ListGroups",
        Method::Get,
        "/v2/{project_id}/groups/all",
        None,
    ),
    (
        "CheckGroup",
        Method::Head,
        "/v2/{project_id}/groups/{id}",
        None,
    ),
    (
        "ShowAddress",
        Method::Get,
        "/v2/addresses/{region}:{id}",
        None,
    ),
    ("Proxy", Method::Get, "/api/*", None),
    ("ListItems", Method::Get, "/api/v1/items", None),
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let row = |(id, method, path, key): &(&str, Method, &str, Option<&str>)| -> Row {
        serde_json::from_value(json!({
            "id": id, "title": id, "section": null, "line": 1,
            "endpoints": [{"method": method.as_str(), "path": path, "query": [], "body_action": key}],
            "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null
        }))
        .unwrap()
    };
    let origin = json!({
        "title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""
    });
    let page = Page::new(
        "demo",
        serde_json::from_value(origin).unwrap(),
        ROUTES.iter().map(row).collect(),
    );
    let spec = |(id, method, path, key): &(&'static str, Method, &'static str, _)| RouteSpec {
        id,
        endpoints: Vec::leak(vec![Endpoint {
            body_action: *key,
            ..Endpoint::new(*method, path)
        }]),
        ..RouteSpec::of("demo")
    };
    let specs: &[RouteSpec] = Vec::leak(ROUTES.iter().map(spec).collect());
    let service = Service {
        name: "demo".to_owned(),
        title: None,
        access: permspec::model::Access::default(),
        pages: vec![page],
    };
    Catalogue::new(
        "demo",
        Vec::leak(vec![Some(specs)]),
        Vec::leak(table(&[service])),
    )
});

/// Status of the response, and the operations that the guard asked about, each once. The policy allows only `allowed`.
async fn asked(
    unknown: Unknown,
    ambiguous: Ambiguous,
    allowed: &'static [&'static str],
    request: Request,
) -> (u16, Vec<&'static str>, String) {
    let asked = Arc::new(Asked::default());
    let note = asked.clone();
    let guard = Guard::new(&CATALOGUE, move |_: &Parts, operation: &Operation| {
        note.0.lock().unwrap().push(operation.spec());
        if allowed.contains(&operation.spec().id) {
            Verdict::Allow
        } else {
            Verdict::deny(operation)
        }
    });
    let behind = |matched: Option<Extension<Matched>>| async move {
        matched.map_or_else(String::new, |Extension(matched)| matched.to_string())
    };
    let guard = guard.unknown(unknown).ambiguous(ambiguous);
    let mut app = Router::new().fallback(behind).layer(guard);
    let response = app.call(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 10_000).await.unwrap();
    let mut ids: Vec<_> = asked.0.lock().unwrap().iter().map(|spec| spec.id).collect();
    ids.sort_unstable();
    ids.dedup();
    (status, ids, String::from_utf8(body.into()).unwrap())
}

fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// The operations that the guard asks about if unknown calls pass and nothing is allowed. A call without any passes.
async fn asked_of(method: &str, target: &str, headers: &[(&str, &str)]) -> Vec<&'static str> {
    let call = request(method, target, headers, "");
    let (status, ids, body) = asked(Unknown::Pass, Ambiguous::default(), &[], call).await;
    let expected = if ids.is_empty() { 200 } else { 403 };
    assert_eq!(status, expected, "{method} {target}: {body}");
    ids
}

#[tokio::test]
async fn head_needs_what_the_handler_of_get_needs() {
    assert_eq!(asked_of("HEAD", "/v2/p/servers/7", &[]).await, ["Show"]);
    assert_eq!(
        asked_of("HEAD", "/v2/p/servers/detail", &[]).await,
        ["ListDetails"]
    );
    let call = || request("HEAD", "/v2/p/servers/7", &[], "");
    let (status, _, _) = asked(Unknown::Pass, Ambiguous::default(), &["Show"], call()).await;
    assert_eq!(status, 200);
    // It is still not a documented operation.
    let (status, _, _) = asked(Unknown::Deny, Ambiguous::default(), &["Show"], call()).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn a_handler_behind_the_guard_is_told_that_head_is_served_as_get() {
    // A response to `HEAD` does not have a body, so the test reads the extension where it is set.
    let seen = Arc::new(std::sync::Mutex::new(None));
    let note = seen.clone();
    let behind = move |matched: Option<Extension<Matched>>| async move {
        *note.lock().unwrap() = matched.map(|Extension(matched)| matched.to_string());
    };
    let guard = Guard::new(&CATALOGUE, |_: &Parts, _: &Operation| Verdict::Allow);
    let mut app = Router::new()
        .fallback(behind)
        .layer(guard.unknown(Unknown::Pass));
    app.call(request("HEAD", "/v2/p/servers/7", &[], ""))
        .await
        .unwrap();
    assert_eq!(seen.lock().unwrap().as_deref(), Some("demo.Show"));
}

#[tokio::test]
async fn head_that_is_documented_on_the_path_needs_no_more_than_that() {
    assert_eq!(asked_of("HEAD", "/v2/p/keys/k", &[]).await, ["CheckKey"]);
    assert_eq!(
        asked_of("HEAD", "/v2/p/groups/g", &[]).await,
        ["CheckGroup"]
    );
    // Here, a router has the path of `ListGroups` and does not have its own handler for `HEAD`.
    let both = ["CheckGroup", "ListGroups"];
    assert_eq!(asked_of("HEAD", "/v2/p/groups/all", &[]).await, both);
}

#[tokio::test]
async fn a_method_that_no_handler_of_another_serves_is_unknown() {
    for method in ["OPTIONS", "TRACE", "PATCH", "PROPFIND"] {
        assert_eq!(
            asked_of(method, "/v2/p/servers/7", &[]).await,
            [""; 0],
            "{method}"
        );
        let call = request(method, "/v2/p/servers/7", &[], "");
        let everything = &["Show", "Delete"];
        let (status, _, _) = asked(Unknown::Deny, Ambiguous::default(), everything, call).await;
        assert_eq!(status, 403, "{method}");
    }
}

#[tokio::test]
async fn a_method_in_another_case_needs_what_the_method_needs() {
    assert_eq!(asked_of("get", "/v2/p/servers/7", &[]).await, ["Show"]);
    assert_eq!(asked_of("Delete", "/v2/p/servers/7", &[]).await, ["Delete"]);
    assert_eq!(asked_of("head", "/v2/p/servers/7", &[]).await, ["Show"]);
}

#[tokio::test]
async fn a_method_that_the_caller_names_beside_its_own_is_needed_too() {
    let target = "/v2/p/servers/7";
    for header in [
        ("X-HTTP-Method-Override", "DELETE"),
        ("x-http-method", " delete "),
        ("X-Method-Override", "PATCH, DELETE"),
        ("X_HTTP_Method_Override", "Delete"),
    ] {
        let both = ["Delete", "Show"];
        assert_eq!(asked_of("GET", target, &[header]).await, both, "{header:?}");
        assert_eq!(
            asked_of("PATCH", target, &[header]).await,
            ["Delete"],
            "{header:?}"
        );
    }
    for query in [
        "?_method=DELETE",
        "?a=b&%5Fmethod=delet%65",
        "?_method=X;_method=DELETE",
    ] {
        let target = format!("{target}{query}");
        assert_eq!(asked_of("POST", &target, &[]).await, ["Delete"], "{query}");
    }
    // If unknown calls are denied, the named method must be documented too.
    for (named, expected) in [("DELETE", 200), ("PATCH", 403), ("nothing", 403)] {
        let call = request("GET", target, &[("X-HTTP-Method-Override", named)], "");
        let both = &["Show", "Delete"];
        let (status, _, _) = asked(Unknown::Deny, Ambiguous::default(), both, call).await;
        assert_eq!(status, expected, "{named}");
    }
}

#[tokio::test]
async fn a_path_that_the_caller_names_beside_its_own_is_needed_too() {
    for header in [
        ("X-Original-URL", "/v2/p/servers/detail?x=1"),
        ("X-Rewrite-URL", "https://demo.test/v2/p/servers/detail"),
        ("x_original_url", "/v2/p//servers/detail"),
    ] {
        assert_eq!(
            asked_of("GET", "/none", &[header]).await,
            ["ListDetails"],
            "{header:?}"
        );
        let both = ["ListDetails", "Show"];
        assert_eq!(asked_of("GET", "/v2/p/servers/7", &[header]).await, both);
    }
    let call = request(
        "GET",
        "/v2/p/servers/7",
        &[("X-Original-URL", "/prefix/v2")],
        "",
    );
    let (status, _, _) = asked(Unknown::Deny, Ambiguous::default(), &["Show"], call).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn where_the_raw_and_the_decoded_path_differ_both_are_needed() {
    for target in ["/v2/p/servers/detai%6c", "/v2/p/%73ervers/x/../%64etail"] {
        let ids = asked_of("GET", target, &[]).await;
        assert!(ids.contains(&"ListDetails"), "{target}: {ids:?}");
    }
    let call = || request("GET", "/v2/p/servers/detai%6c", &[], "");
    for unknown in [Unknown::Pass, Unknown::Deny] {
        for (allowed, expected) in [
            (&["Show"][..], 403),
            (&["ListDetails"], 403),
            (&["ListDetails", "Show"], 200),
        ] {
            for ambiguous in [Ambiguous::AllMustBeAllowed, Ambiguous::OneMustBeAllowed] {
                let (status, ids, body) = asked(unknown, ambiguous, allowed, call()).await;
                assert_eq!(status, expected, "{allowed:?} {ambiguous:?}: {body}");
                assert_eq!(ids, ["ListDetails", "Show"]);
            }
        }
    }
    let both = &["ListDetails", "Show"];
    let (status, _, body) = asked(Unknown::Deny, Ambiguous::Deny, both, call()).await;
    assert_eq!(status, 403);
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        body["error"]["operations"],
        json!(["demo.ListDetails", "demo.Show"])
    );
    let message = body["error"]["message"].as_str().unwrap();
    assert!(
        message.ends_with("servers may read the call in several ways"),
        "{message}"
    );
}

#[tokio::test]
async fn a_call_that_is_documented_only_when_it_is_decoded_is_unknown() {
    let everything = &["ListDetails", "Show", "ShowAddress"];
    for (target, expected) in [
        ("/v2/p/%73ervers/7", 403),
        ("/v2/p/servers/%37", 200),
        ("/v2/p/servers/a%20b%2Fc%C3%A9", 200),
        ("/v2/addresses/eu-de%3Af", 200),
    ] {
        let call = request("GET", target, &[], "");
        let (status, _, body) = asked(Unknown::Deny, Ambiguous::default(), everything, call).await;
        assert_eq!(status, expected, "{target}: {body}");
    }
    assert_eq!(asked_of("GET", "/v2/p/%73ervers/7", &[]).await, ["Show"]);
}

#[tokio::test]
async fn what_a_server_may_decode_merge_resolve_or_cut_is_needed_where_unknown_calls_pass() {
    for target in [
        "/v2/p/servers/detail/",
        "/v2/p/servers/detail//",
        "//v2//p/servers///detail",
        "/v2/./p/servers/detail",
        "/v2/p/servers/x/../detail",
        "/v2/p/servers/x/%2E%2e/detail",
        "/v2/p%2Fservers%2fdetail",
        "/v2/p/servers/x%2F..%2Fdetail",
        "/v2/p/servers\\detail",
        "/v2/p/servers%5Cdetail",
        "/v2/p/servers;a=b/detail;c",
        "/V2/P/Servers/DETAIL",
        "/v2/p/servers/%2564etail",
        "/v2//p//SERVERS;x/y%2f%2E%2E/%64etail/",
    ] {
        let ids = asked_of("GET", target, &[]).await;
        assert!(ids.contains(&"ListDetails"), "{target}: {ids:?}");
    }
    for target in ["/v2/p/servers/..", "/v2/p/servers/%2e", "/v2//servers/7"] {
        let ids = asked_of("GET", target, &[]).await;
        assert!(ids.contains(&"Show"), "{target}: {ids:?}");
    }
    for target in [
        "/",
        "/v2",
        "/v3/p/servers/7",
        "/v2/p/servers/7/x",
        "/v2/p/servers",
    ] {
        assert_eq!(asked_of("GET", target, &[]).await, [""; 0], "{target}");
    }
}

#[tokio::test]
async fn what_a_router_without_the_documentations_forms_takes_for_a_value_is_needed_too() {
    // A router whose segments are a text or one parameter has `/v2/addresses/{key}`.
    assert_eq!(
        asked_of("GET", "/v2/addresses/tags", &[]).await,
        ["ShowAddress"]
    );
    // For a router, a version in another case and a slash at the end are not texts of `ListItems`.
    let both = ["ListItems", "Proxy"];
    for target in ["/api/V1/items", "/api/v1/items/", "/api/v1/item%73"] {
        assert_eq!(asked_of("GET", target, &[]).await, both, "{target}");
    }
    assert_eq!(asked_of("GET", "/api/v1/items", &[]).await, ["ListItems"]);
}

#[tokio::test]
async fn a_path_that_may_be_read_in_very_many_ways_is_refused() {
    let path = "/%25252525252e%255C..;%253B//".repeat(20);
    for unknown in [Unknown::Pass, Unknown::Deny] {
        let call = request("GET", &path, &[], "");
        let (status, ids, body) = asked(unknown, Ambiguous::default(), &[], call).await;
        assert_eq!((status, ids.len()), (400, 0));
        assert!(
            body.contains("the path can be read in too many ways"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_key_of_the_body_counts_in_any_case() {
    let call = |body| request("POST", "/v2/p/servers/7/action", &[], body);
    for (body, expected) in [
        (r#"{"os-start": {}}"#, &["Start"][..]),
        (r#"{"OS-Start": {}}"#, &["Start"]),
        ("{\"o\u{17f}-start\": {}}", &["Start"]),
        (r#"{"os-start": {}, "Os-Stop": null}"#, &["Start", "Stop"]),
        (r#"{"os-startx": {}}"#, &[]),
    ] {
        let (_, ids, _) = asked(Unknown::Pass, Ambiguous::default(), &[], call(body)).await;
        assert_eq!(ids, expected, "{body}");
    }
}

#[tokio::test]
async fn a_call_as_the_documentation_spells_it_is_asked_about_once_and_for_nothing_else() {
    let mut numbers = Numbers(1);
    for catalogue in catalogue::all() {
        let asked = Arc::new(Asked::default());
        let note = asked.clone();
        let guard = Guard::new(catalogue, move |_: &Parts, operation: &Operation| {
            note.0.lock().unwrap().push(operation.spec());
            Verdict::Allow
        });
        let mut app = Router::new().fallback(|| async {}).layer(guard);
        for spec in catalogue.specs() {
            for endpoint in spec.endpoints {
                let path = urls::call(endpoint, &mut numbers);
                let method = endpoint.method.unwrap_or(Method::Get);
                // `V1.0` as a value is a text of templates in another case.
                let plain = !path.contains(['%', ':']) && !path.contains("V1.0");
                // A `HEAD` on a more specific path of `GET` has two operations, as above. A slash at the end may be
                // an empty value. A router accepts any single segment as the version of another service.
                let is_single = path.matches('/').count() == 1;
                if !plain || method == Method::Head || is_single || path.ends_with('/') {
                    continue;
                }
                asked.0.lock().unwrap().clear();
                let request = request(method.as_str(), &path, &[], "");
                assert_eq!(app.call(request).await.unwrap().status(), 200, "{path}");
                let expected: Vec<_> = catalogue.find(method, &path).map(|it| it.spec()).collect();
                assert_eq!(*asked.0.lock().unwrap(), expected, "{method} {path}");
            }
        }
    }
}
