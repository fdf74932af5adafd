//! The refusals of the three servers, each of which has a shape of its own.

use otc_api::{iam, ims, vpc};
use permspec_runtime::{Error, Request};
use serde_json::json;

use super::Cloud;

/// A request for something that is not there, and what the server says about it.
fn missing(server: &str) -> (Request, Option<&'static str>, &'static str) {
    match server {
        "keystone" => (
            iam::get_user("nobody"),
            Some("404"),
            "Could not find user: nobody.",
        ),
        // A page of HTML.
        "glance" => (
            ims::get_image("n'one"),
            None,
            "No image found with ID n'one",
        ),
        _ => (
            vpc::get_network("none"),
            Some("NetworkNotFound"),
            "Network none could not be found.",
        ),
    }
}

#[test]
fn a_refusal_has_status_code_message_and_request() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for server in ["keystone", "glance", "neutron"] {
        for client in cloud.admin(server) {
            let (request, code, message) = missing(server);
            let error = client.send(request).unwrap_err();
            assert_eq!(error.status().unwrap(), 404, "{server}");
            assert_eq!(error.code(), code, "{server}");
            assert_eq!(error.message(), Some(message), "{server}");
            assert_names_the_request(&error);
            let shown = error.to_string();
            assert!(shown.contains(message) && !shown.contains('<'), "{shown}");
        }
    }
}

fn assert_names_the_request(error: &Error) {
    let id = error.request_id().expect("an id of the request");
    assert!(id.starts_with("req-"), "{id}");
    assert!(error.to_string().contains(id), "{error}");
}

#[test]
fn an_invalid_body_is_refused_with_the_reason() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for (server, request, body, code, part) in [
        (
            "keystone",
            iam::create_user(),
            json!({"user": {"name": 1}}),
            Some("400"),
            "is not of type",
        ),
        (
            "glance",
            ims::create_image_metadata(),
            json!({"name": 1}),
            None,
            "1 is not of type 'null', 'string'",
        ),
        (
            "neutron",
            vpc::create_network(),
            json!({"network": {"nme": 1}}),
            Some("HTTPBadRequest"),
            "Unrecognized attribute(s) 'nme'",
        ),
    ] {
        let request = request.json(&body).unwrap();
        for client in cloud.admin(server) {
            let error = client.send(request.clone()).unwrap_err();
            assert_eq!(error.status().unwrap(), 400, "{server}");
            assert_eq!(error.code(), code, "{server}: {error}");
            let message = error.message().unwrap();
            assert!(message.contains(part), "{server}: {message}");
        }
    }
}

#[test]
fn without_a_token_every_server_refuses_and_none_repeats_a_wrong_one() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for (server, request) in [
        ("keystone", iam::list_users()),
        ("glance", ims::list_images()),
        ("neutron", vpc::list_networks()),
    ] {
        for client in cloud.anonymous(server) {
            let error = client.send(request.clone()).unwrap_err();
            assert_eq!(error.status().unwrap(), 401, "{server}");
            assert!(error.message().is_some(), "{server}: {error}");
            let error = client
                .token("wr0ng-s3cret")
                .send(request.clone())
                .unwrap_err();
            assert_eq!(error.status().unwrap(), 401, "{server}");
            assert!(
                !format!("{error:#} {error:?}").contains("s3cret"),
                "{server}"
            );
        }
    }
}

#[test]
fn a_list_of_versions_is_a_refusal_that_has_them() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for (server, request) in [
        ("keystone", iam::list_keystone_api_versions()),
        ("glance", ims::get_api_version()),
    ] {
        for client in cloud.anonymous(server) {
            let error = client.send(request.clone()).unwrap_err();
            assert_eq!(error.status().unwrap(), 300, "{server}");
            let response = error.response().unwrap();
            let versions: serde_json::Value = response.json().unwrap();
            assert!(versions["versions"].to_string().contains("\"links\""));
        }
    }
}
