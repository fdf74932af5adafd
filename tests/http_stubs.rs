//! The client stubs of Image Sharing against a server whose routes were typed in from the page.
//! The server must never be made from generated code: then both sides would share a mistake.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use axum::{Json, body::Bytes};
use otc_api::ims;
use permspec_runtime::blocking::Client;
use permspec_runtime::{Error, ErrorKind, Problem, Request};
use permspec_tests::Server;
use serde_json::{Value, json};

const TOKEN: &str = "gAAAAABl-a-token";
const IMAGE: &str = "70a599e0-31e7-49b7-b260-868f441e862b";
const MEMBER: &str = "edc89b490d7d4392898e19b2deb34797";

/// The routes of "Image Sharing", from the column "APIs". Each answers with what it is and with the
/// ids and the body that it got.
fn image_sharing() -> Router {
    type Id = Path<String>;
    type Ids = Path<(String, String)>;

    async fn add_member(Path(image): Id, Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "add member", "image": image, "body": body}))
    }
    async fn list_members(Path(image): Id) -> Json<Value> {
        Json(json!({"did": "list members", "image": image}))
    }
    async fn show_member(Path((image, member)): Ids) -> Json<Value> {
        Json(json!({"did": "show member", "image": image, "member": member}))
    }
    async fn update_member(Path((image, member)): Ids, Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "update member", "image": image, "member": member, "body": body}))
    }
    async fn delete_member(Path((image, member)): Ids) -> Json<Value> {
        Json(json!({"did": "delete member", "image": image, "member": member}))
    }
    async fn add_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "add batch", "body": body}))
    }
    async fn update_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "update batch", "body": body}))
    }
    async fn delete_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "delete batch", "body": body}))
    }

    Router::new()
        .route(
            "/v2/images/{image_id}/members",
            post(add_member).get(list_members),
        )
        .route(
            "/v2/images/{image_id}/members/{member_id}",
            put(update_member).get(show_member).delete(delete_member),
        )
        .route(
            "/v1/cloudimages/members",
            post(add_batch).put(update_batch).delete(delete_batch),
        )
}

/// A server that gives every call the same answer.
fn always<A: IntoResponse + Clone + Send + Sync + 'static>(answer: A) -> Server {
    Server::start(Router::new().fallback(move || async move { answer }))
}

fn client(server: &Server) -> Client {
    Client::new(&server.url())
        .unwrap()
        .token(TOKEN)
        .timeout(Duration::from_secs(10))
}

/// The error of a call that `server` refuses.
fn refused(server: &Server, request: Request) -> Error {
    client(server).send(request).unwrap_err()
}

/// Everything that a log could come to hold of an error.
fn shown(error: &Error) -> String {
    format!("{error}\n{error:#?}")
}

#[test]
fn each_stub_reaches_the_handler_of_its_row() {
    let server = Server::start(image_sharing());
    let client = client(&server);
    let members = "/v2/images/70a599e0-31e7-49b7-b260-868f441e862b/members";
    let member =
        "/v2/images/70a599e0-31e7-49b7-b260-868f441e862b/members/edc89b490d7d4392898e19b2deb34797";
    let batch = "/v1/cloudimages/members";
    let one = json!({"member": MEMBER});
    let accepted = json!({"status": "accepted"});
    let many = json!({"images": [IMAGE], "projects": [MEMBER]});

    let rows: [(Request, Option<&Value>, &str, &str, &str); 8] = [
        (
            ims::add_image_member(IMAGE),
            Some(&one),
            "POST",
            members,
            "add member",
        ),
        (
            ims::update_image_sharing_status_in_batches(IMAGE, MEMBER),
            Some(&accepted),
            "PUT",
            member,
            "update member",
        ),
        (
            ims::query_image_member_details(IMAGE, MEMBER),
            None,
            "GET",
            member,
            "show member",
        ),
        (
            ims::query_image_members(IMAGE),
            None,
            "GET",
            members,
            "list members",
        ),
        (
            ims::delete_image_member(IMAGE, MEMBER),
            None,
            "DELETE",
            member,
            "delete member",
        ),
        (
            ims::add_image_members(),
            Some(&many),
            "POST",
            batch,
            "add batch",
        ),
        (
            ims::update_status_of_image_members_in_batches(),
            Some(&many),
            "PUT",
            batch,
            "update batch",
        ),
        (
            ims::delete_image_members_in_batches(),
            Some(&many),
            "DELETE",
            batch,
            "delete batch",
        ),
    ];
    for (request, body, method, path, did) in rows {
        let request = match body {
            Some(body) => request.json(body).unwrap(),
            None => request,
        };
        let answer = client.send(request).unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().unwrap();
        assert_eq!(answer["did"], did);
        assert_eq!(answer.get("body"), body);

        let received = server.received_one();
        assert_eq!((&*received.method, &*received.target), (method, path));
        assert_eq!(received.header("X-Auth-Token"), Some(TOKEN));
        assert_eq!(
            received.header("Content-Type"),
            body.map(|_| "application/json")
        );
        let sent = body
            .map(|body| serde_json::to_vec(body).unwrap())
            .unwrap_or_default();
        assert_eq!(received.body, sent);
    }
}

#[test]
fn awkward_ids_arrive_as_they_were_given() {
    let server = Server::start(image_sharing());
    let client = client(&server);
    for (id, encoded) in [
        ("a/b c?é", "a%2Fb%20c%3F%C3%A9"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("../../secret", "..%2F..%2Fsecret"),
        ("a#b&c=d+e", "a%23b%26c%3Dd%2Be"),
        ("x\r\nX-Admin: 1", "x%0D%0AX-Admin%3A%201"),
        ("\u{0}\u{7f}\\", "%00%7F%5C"),
        ("日本🚀", "%E6%97%A5%E6%9C%AC%F0%9F%9A%80"),
        ("{member_id}", "%7Bmember_id%7D"),
        ("-._~", "-._~"),
    ] {
        let answer: Value = client
            .send(ims::query_image_member_details(id, id))
            .unwrap()
            .json()
            .unwrap();
        assert_eq!(
            answer,
            json!({"did": "show member", "image": id, "member": id})
        );
        let received = server.received_one();
        assert_eq!(
            received.target,
            format!("/v2/images/{encoded}/members/{encoded}")
        );
        assert_eq!(received.header("X-Admin"), None);
    }
}

#[test]
fn ids_that_would_lead_to_another_path_are_never_sent() {
    let server = Server::start(image_sharing());
    for id in ["", ".", ".."] {
        let error = refused(&server, ims::delete_image_member(IMAGE, id));
        let ErrorKind::Request(invalid) = error.kind() else {
            panic!("{error}")
        };
        let expected = match id {
            "" => Problem::EmptyParameter { name: "member_id" },
            _ => Problem::DotSegment,
        };
        assert_eq!(invalid.problem(), &expected);
        assert!(
            error
                .to_string()
                .starts_with("`ims.DeleteImageMember` was not sent: "),
            "{error}"
        );
    }
    assert!(server.received().is_empty());
}

#[test]
fn query_and_headers_of_a_request_arrive() {
    let server = Server::start(image_sharing());
    let request = ims::query_image_members(IMAGE)
        .query("limit", 10)
        .query("marker", "a b&c")
        .header("X-Language", "en-us");
    client(&server).send(request).unwrap();
    let received = server.received_one();
    assert_eq!(
        received.target,
        format!("/v2/images/{IMAGE}/members?limit=10&marker=a%20b%26c")
    );
    assert_eq!(received.header("X-Language"), Some("en-us"));
    assert!(
        received
            .header("User-Agent")
            .unwrap()
            .starts_with("permspec-runtime/")
    );
}

#[test]
fn a_token_of_the_request_goes_before_the_clients() {
    let server = Server::start(image_sharing());
    let own = ims::query_image_members(IMAGE).header("x-auth-token", "another");
    client(&server).send(own).unwrap();
    assert_eq!(
        server.received_one().header("X-Auth-Token"),
        Some("another")
    );
}

#[test]
fn without_a_token_there_is_no_header_for_it() {
    let server = Server::start(image_sharing());
    Client::new(&server.url())
        .unwrap()
        .send(ims::query_image_members(IMAGE))
        .unwrap();
    assert_eq!(server.received_one().header("X-Auth-Token"), None);
}

#[test]
fn a_body_of_another_type_arrives_byte_for_byte() {
    let server = always(StatusCode::NO_CONTENT);
    let bytes = b"\x00\xff[{}]\r\n";
    let request = ims::update_status_of_image_members_in_batches()
        .body(*bytes, "application/openstack-images-v2.1-json-patch");
    let answer = client(&server).send(request).unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    let received = server.received_one();
    assert_eq!(&received.body[..], bytes);
    let content_type = "application/openstack-images-v2.1-json-patch";
    assert_eq!(received.header("Content-Type"), Some(content_type));
}

#[test]
fn only_methods_that_expect_a_body_announce_an_empty_one() {
    let server = always(StatusCode::NO_CONTENT);
    let client = client(&server);
    for (request, length) in [
        (ims::query_image_members(IMAGE), None),
        (ims::delete_image_member(IMAGE, MEMBER), None),
        (ims::add_image_members(), Some("0")),
        (ims::update_status_of_image_members_in_batches(), Some("0")),
    ] {
        let operation = request.spec();
        client.send(request).unwrap();
        let received = server.received_one();
        assert_eq!(received.header("Content-Length"), length, "{operation}");
        assert_eq!(received.header("Transfer-Encoding"), None, "{operation}");
    }
}

#[test]
fn a_path_of_the_service_address_stands_before_each_path() {
    let server = Server::start(Router::new().nest("/gate/ims", image_sharing()));
    let client = Client::new(&format!("{}/gate/ims/", server.url())).unwrap();
    client.send(ims::query_image_members("a")).unwrap();
    assert_eq!(
        server.received_one().target,
        "/gate/ims/v2/images/a/members"
    );
}

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
            ims::update_image_sharing_status_in_batches("a", "b"),
            "PUT /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::query_image_member_details("a", "b"),
            "GET /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::query_image_members("a"),
            "GET /v2/images/{image_id}/members",
            both,
        ),
        (
            ims::delete_image_member("a", "b"),
            "DELETE /v2/images/{image_id}/members/{member_id}",
            both,
        ),
        (
            ims::add_image_members(),
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
    let error = refused(&server, ims::add_image_members());
    assert_eq!(
        error.to_string(),
        "`ims.AddImageMembers` (POST /v1/cloudimages/members): 401 Unauthorized",
    );
}

#[test]
fn an_error_shows_the_beginning_of_a_long_body_and_keeps_all_of_it() {
    let server = always((StatusCode::BAD_GATEWAY, "<html>\n".repeat(1_000)));
    let error = refused(&server, ims::add_image_members());
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
    let error = refused(&server, ims::add_image_members());
    assert!(
        error
            .to_string()
            .ends_with("401 Unauthorized: bad token [token]"),
        "{error}"
    );
    assert!(!shown(&error).contains(TOKEN), "{error:#?}");
}

#[test]
fn a_token_that_is_no_header_is_not_sent_and_not_shown() {
    let server = Server::start(image_sharing());
    let client = Client::new(&server.url())
        .unwrap()
        .token("s3cret\r\nX-Admin: 1");
    let error = client.send(ims::query_image_members(IMAGE)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error}");
    assert!(!shown(&error).contains("s3cret"));
    assert!(server.received().is_empty());
}

#[test]
fn a_redirect_is_an_error_and_never_carries_the_token_elsewhere() {
    let elsewhere = always(StatusCode::OK);
    let location = [(header::LOCATION, elsewhere.url())];
    for status in [StatusCode::FOUND, StatusCode::TEMPORARY_REDIRECT] {
        let server = always((status, location.clone()));
        let error = refused(&server, ims::query_image_members(IMAGE));
        assert_eq!(error.status(), Some(status));
    }
    assert!(elsewhere.received().is_empty());
}

#[test]
fn a_connection_that_is_refused_is_a_transport_error() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}"))
        .unwrap()
        .token(TOKEN);
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    let message = error.to_string().to_lowercase();
    assert!(
        message.starts_with("`ims.queryimagemembers` (get /v2/images/a/members): "),
        "{message}"
    );
    assert!(message.contains("refused"), "{message}");
    assert!(!shown(&error).contains(TOKEN));
}

#[test]
fn a_server_that_never_answers_ends_in_a_time_out() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = silent.local_addr().unwrap();
    let client = Client::new(&format!("http://{address}")).unwrap();
    let client = client.timeout(Duration::from_millis(100));
    let start = Instant::now();
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "the time-out that was set did not count"
    );
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    assert!(error.to_string().contains("timeout"), "{error}");
}

#[test]
fn an_answer_that_breaks_off_is_an_error_and_no_short_success() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let _ = socket.read(&mut [0; 4096]).unwrap();
        socket
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"members\": [")
            .unwrap();
    });
    let client = Client::new(&format!("http://{address}")).unwrap();
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    server.join().unwrap();
}

#[test]
fn an_answer_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let server = always(Bytes::from_static(&[b'x'; 1_000]));
    let request = || ims::query_image_members(IMAGE);
    let answer = client(&server)
        .response_limit(1_000)
        .send(request())
        .unwrap();
    assert_eq!(answer.body().len(), 1_000);
    let error = client(&server)
        .response_limit(999)
        .send(request())
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::TooLarge { limit: 999 }),
        "{error}"
    );
}

#[test]
fn an_answer_of_another_shape_is_an_error_that_names_the_operation() {
    let server = Server::start(Router::new().fallback(get(|| async { "not json" })));
    let answer = client(&server)
        .send(ims::query_image_members(IMAGE))
        .unwrap();
    let error = answer.json::<Value>().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Json(_)), "{error}");
    assert_eq!(error.spec(), Some(ims::Route::QueryImageMembers.spec()));
}
