//! Responses that are refusals: what an error contains, and what it never contains. Also responses of another form.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use otc_api::ims;
use permspec_runtime::ErrorKind;
use permspec_runtime::blocking::Client;
use permspec_tests::Server;
use serde_json::Value;

use crate::{IMAGE, TOKEN, always, client, image_sharing, refused, shown};

#[test]
fn a_refusal_names_operation_path_status_and_body() {
    for (status, reason) in [
        (StatusCode::UNAUTHORIZED, "401 Unauthorized"),
        (StatusCode::NOT_FOUND, "404 Not Found"),
        (StatusCode::CONFLICT, "409 Conflict"),
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "500 Internal Server Error",
        ),
    ] {
        let server = always((status, r#"{"code": "IMG.0001"}"#));
        let error = refused(&server, ims::add_image_member("a b"));
        assert_eq!(
            error.to_string(),
            format!(
                "`ims.AddImageMember` (POST /v2/images/a%20b/members): {reason}: \
                 {{\"code\": \"IMG.0001\"}}"
            ),
        );
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.path(), Some("/v2/images/a%20b/members"));
        assert_eq!(error.response().unwrap().text(), r#"{"code": "IMG.0001"}"#);
    }
}

#[test]
fn a_403_names_the_permissions_that_the_page_lists() {
    let both = "`ims:images:get`, `ims:images:share`";
    let share = "`ims:images:share`";
    let server = always((StatusCode::FORBIDDEN, "denied by policy"));
    for (request, api, actions) in [
        (
            ims::add_image_member("a"),
            "POST /v2/images/{image_id}/members",
            both,
        ),
        (
            ims::update_image_sharing_status("a", "b"),
            "PUT /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::get_image_member("a", "b"),
            "GET /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::list_image_members("a"),
            "GET /v2/images/{image_id}/members",
            both,
        ),
        (
            ims::delete_image_member("a", "b"),
            "DELETE /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::add_image_members_in_batches(),
            "POST /v1/cloudimages/members",
            share,
        ),
        (
            ims::update_status_of_image_members_in_batches(),
            "PUT /v1/cloudimages/members",
            share,
        ),
        (
            ims::delete_image_members_in_batches(),
            "DELETE /v1/cloudimages/members",
            share,
        ),
    ] {
        let message = refused(&server, request).to_string();
        let expected = format!(": 403 Forbidden: denied by policy; `{api}` needs {actions}");
        assert!(message.ends_with(&expected), "{message}");
    }
}

#[test]
fn a_refusal_without_a_body_ends_with_its_status() {
    let server = always(StatusCode::UNAUTHORIZED);
    let error = refused(&server, ims::add_image_members_in_batches());
    assert_eq!(
        error.to_string(),
        "`ims.AddImageMembersInBatches` (POST /v1/cloudimages/members): 401 Unauthorized",
    );
}

#[test]
fn an_error_shows_the_beginning_of_a_long_body_and_keeps_all_of_it() {
    let server = always((StatusCode::BAD_GATEWAY, "<html>\n".repeat(1_000)));
    let error = refused(&server, ims::add_image_members_in_batches());
    assert!(shown(&error).len() < 2_000, "{error}");
    assert_eq!(error.response().unwrap().body().len(), 7_000);
}

#[test]
fn a_server_that_sends_the_token_back_does_not_get_it_into_messages() {
    let echo = |headers: HeaderMap| async move {
        let token = headers["x-auth-token"].clone();
        let body = format!("bad token {}", token.to_str().unwrap());
        (StatusCode::UNAUTHORIZED, [("x-subject-token", token)], body)
    };
    let server = Server::start(Router::new().fallback(echo));
    let error = refused(&server, ims::add_image_members_in_batches());
    assert!(
        error
            .to_string()
            .ends_with("401 Unauthorized: bad token [secret]"),
        "{error}"
    );
    assert!(!shown(&error).contains(TOKEN), "{error:#?}");
}

#[test]
fn a_token_that_is_no_header_is_not_sent_and_not_shown() {
    let server = Server::start(image_sharing());
    let client = Client::new(server.url())
        .unwrap()
        .token("s3cret\r\nX-Admin: 1");
    let error = client.send(ims::list_image_members(IMAGE)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Auth(_)), "{error}");
    assert!(!shown(&error).contains("s3cret"));
    assert!(server.received().is_empty());
}

#[test]
fn an_answer_of_another_shape_is_an_error_that_names_the_operation() {
    let server = Server::start(Router::new().fallback(get(|| async { "not json" })));
    let answer = client(&server)
        .send(ims::list_image_members(IMAGE))
        .unwrap();
    let error = answer.json::<Value>().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Json(_)), "{error}");
    assert_eq!(error.spec(), Some(ims::Route::ListImageMembers.spec()));
}
