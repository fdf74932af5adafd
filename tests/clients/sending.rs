//! Both clients send exactly the request that they were given.

use std::time::SystemTime;

use axum::Router;
use http::HeaderValue;
use otc_api::ims;
use permspec_runtime::auth::AccessKey;
use permspec_runtime::{Address, Client, ErrorKind, Request, blocking};
use permspec_tests::{Received, Server};
use serde_json::json;

use super::wire::{Wire, answer};
use super::{IMAGE, MEMBER, both};

fn content() -> Server {
    Server::start(Router::new().fallback(|| async { "{}" }))
}

/// The eight operations of image sharing. Some of their pages have bodies.
fn requests() -> Vec<Request> {
    let both = json!({"images": [IMAGE], "projects": [MEMBER]});
    let with = |request: Request, body| request.json(&body).unwrap();
    vec![
        with(ims::add_image_member(IMAGE), json!({"member": MEMBER})),
        with(
            ims::update_image_sharing_status(IMAGE, "a/b c?é"),
            json!({"status": "accepted"}),
        ),
        ims::get_image_member(IMAGE, "..%2F"),
        ims::list_image_members(IMAGE)
            .query("marker", "a b&c+d")
            .query("limit", 2),
        ims::delete_image_member(IMAGE, MEMBER),
        with(ims::add_image_members_in_batches(), both.clone()),
        with(
            ims::update_status_of_image_members_in_batches(),
            both.clone(),
        ),
        with(ims::delete_image_members_in_batches(), both),
    ]
}

#[test]
fn every_stub_arrives_as_it_is() {
    let server = content();
    for client in both(&server.url()) {
        let client = client.token("a-token");
        for request in requests() {
            client.send(request.clone()).unwrap();
            let received = server.received_one();
            let about = format!("{} {request:?}", client.name());
            assert_eq!(received.method, request.method().as_str(), "{about}");
            assert_eq!(received.target, request.target().unwrap(), "{about}");
            assert_eq!(&received.body[..], request.body_bytes(), "{about}");
            assert_eq!(received.header("x-auth-token"), Some("a-token"), "{about}");
            for (name, value) in request.headers() {
                assert_eq!(received.header(name), Some(value), "{about}");
            }
            let expects = matches!(&*received.method, "POST" | "PUT") || !received.body.is_empty();
            let length = expects.then(|| received.body.len().to_string());
            assert_eq!(
                received.header("content-length"),
                length.as_deref(),
                "{about}"
            );
            assert_eq!(received.header("transfer-encoding"), None, "{about}");
        }
    }
}

#[test]
fn a_request_with_an_address_of_its_own_goes_there() {
    let (usual, other) = (content(), content());
    for client in both(&usual.url()) {
        let request = ims::list_image_members(IMAGE).at(&format!("{}/gate/", other.url()));
        client.send(request).unwrap();
        let path = format!("/gate/v2/images/{IMAGE}/members");
        assert_eq!(other.received_one().target, path);
        let error = client
            .send(ims::list_image_members(IMAGE).at("ims.test"))
            .unwrap_err();
        assert!(
            error.to_string().contains("write `https://` at the start"),
            "{error}"
        );
    }
    assert!(usual.received().is_empty());
}

#[test]
fn a_request_that_needs_tls_where_there_is_none_is_an_error() {
    let server = content();
    for client in both(&server.url()) {
        let request = ims::list_image_members(IMAGE).at("https://127.0.0.1:1");
        let error = client.send(request).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    }
}

#[test]
fn connections_are_kept_open() {
    for at in 0..2 {
        let wire = Wire::start(|_| answer("200 OK", "", "{}"));
        let client = &both(&wire.url)[at];
        for _ in 0..20 {
            client.send(ims::list_image_members(IMAGE)).unwrap();
            let delete = ims::delete_image_member(IMAGE, MEMBER);
            client.clone().send(delete).unwrap();
        }
        // reqwest returns a connection in a task of its own. The next call may be earlier.
        let most = if client.name() == "blocking" { 1 } else { 9 };
        assert!(
            wire.connections() <= most,
            "{} {}",
            client.name(),
            wire.connections()
        );
    }
}

/// The request as it arrived, which the server would sign to compare.
fn signed_again(key: &AccessKey, received: &Received, host: &str) -> HeaderValue {
    let uri = format!("http://{host}{}", received.target);
    let mut request = http::Request::builder()
        .method(&*received.method)
        .uri(uri)
        .body(received.body.clone())
        .unwrap();
    let authorization = received.header("authorization").unwrap();
    let names = authorization.split("SignedHeaders=").nth(1).unwrap();
    for name in names.split(',').next().unwrap().split(';') {
        let name: http::HeaderName = name.parse().unwrap();
        request
            .headers_mut()
            .insert(&name, received.headers[&name].clone());
    }
    key.sign(&mut request, SystemTime::UNIX_EPOCH).unwrap();
    request.headers()["authorization"].clone()
}

#[test]
fn what_is_signed_is_what_arrives() {
    let server = content();
    let host = server.url().replace("http://", "");
    for client in both(&server.url()) {
        for key in [
            AccessKey::new("ak", "s3cret"),
            AccessKey::new("ak", "s3cret")
                .sign_every_body()
                .project_id("p")
                .security_token("t"),
        ] {
            let client = client.clone().auth(key.clone());
            let mut requests = requests();
            requests.push(
                ims::add_image_members_in_batches().body(*b"\0\xff", "application/octet-stream"),
            );
            for request in requests {
                let about = format!("{} {request:?}", client.name());
                client
                    .send(request.header("X-Language", " en-us "))
                    .unwrap();
                let received = server.received_one();
                let again = signed_again(&key, &received, &host);
                assert_eq!(received.headers["authorization"], again, "{about}");
                assert!(again.to_str().unwrap().contains("x-language"), "{about}");
            }
        }
    }
}

#[test]
fn a_client_takes_an_address_as_well_as_a_text() {
    let address = Address::try_from("http://127.0.0.1:1/x").unwrap();
    let client = blocking::Client::new(address.clone()).unwrap();
    assert_eq!(client.address(), &address);
    assert_eq!(Client::new(address.clone()).unwrap().address(), &address);
    assert!(Client::new("127.0.0.1:1").is_err());
    let shown = format!("{:?}", Client::new(address).unwrap().token("s3cret"));
    assert!(
        shown.contains("127.0.0.1:1/x") && !shown.contains("s3cret"),
        "{shown}"
    );
}
