//! Operations that share a call. Their requests differ, and no request is sent without the body that tells the
//! operations apart.

use axum::http::StatusCode;
use otc_api::CATALOGUE;
use permspec_runtime::{Body, Endpoint, ErrorKind, Method, Problem, Request, RouteSpec};
use serde_json::json;

use crate::{always, client, refused};

static EXTEND: RouteSpec = RouteSpec {
    id: "Extend",
    endpoints: &[
        Endpoint::new(Method::Post, "/v2/volumes/{id}/action").with_body_action("os-extend")
    ],
    ..RouteSpec::of("demo")
};

static STOP: RouteSpec = RouteSpec {
    id: "Stop",
    endpoints: &[Endpoint::new(Method::Post, "/v2/servers/{id}/action")],
    ..RouteSpec::of("demo")
};

#[test]
fn what_the_body_decides_is_not_sent_without_one() {
    let server = always(StatusCode::NO_CONTENT);
    let key = Some("os-extend");
    for (request, expected) in [
        (Request::new(&EXTEND, &["v"]), Problem::NoBody { key }),
        (
            Request::new(&STOP, &["s"]).with_body_required(),
            Problem::NoBody { key: None },
        ),
    ] {
        let error = refused(&server, request.clone());
        let ErrorKind::Request(invalid) = error.kind() else {
            panic!("{error}")
        };
        assert_eq!(invalid.problem(), &expected);
        let error = http::Request::try_from(request).unwrap_err();
        assert_eq!(error.problem(), &expected);
    }
    assert!(server.received().is_empty());
}

#[test]
fn with_a_body_it_is_sent_also_where_that_comes_beside_the_request() {
    let server = always(StatusCode::NO_CONTENT);
    let client = client(&server);
    let extend = Request::new(&EXTEND, &["v"]);
    client
        .send(extend.clone().action(&json!({"new_size": 40})).unwrap())
        .unwrap();
    assert_eq!(
        &server.received_one().body[..],
        br#"{"os-extend":{"new_size":40}}"#
    );

    let stop = Request::new(&STOP, &["s"]).with_body_required();
    let whole = stop.clone().json(&json!({"os-stop": {}})).unwrap();
    client.send(whole).unwrap();
    assert_eq!(&server.received_one().body[..], br#"{"os-stop":{}}"#);

    for request in [extend, stop] {
        client.upload(request, Body::from("{}")).unwrap();
        assert_eq!(&server.received_one().body[..], b"{}");
    }
}

#[test]
fn every_operation_of_the_catalogue_with_a_key_needs_it() {
    let mut keys = 0;
    for spec in CATALOGUE.specs() {
        for (number, endpoint) in spec.endpoints.iter().enumerate() {
            let Some(key) = endpoint.body_action else {
                continue;
            };
            let values: Vec<&str> = endpoint.parameters().map(|_| "x").collect();
            let request = Request::new(spec, &values).endpoint(number);
            let problem = request.check().unwrap_err();
            assert_eq!(problem.problem(), &Problem::NoBody { key: Some(key) });
            let body = request.action(&()).unwrap();
            assert_eq!(body.body_bytes(), format!("{{\"{key}\":null}}").as_bytes());
            keys += 1;
        }
    }
    assert!(keys > 0);
}
