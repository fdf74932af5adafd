//! The transports for tests, below either client.

use otc_api::ims;
use permspec_runtime::auth::AccessKey;
use permspec_runtime::policy::Wanted;
use permspec_runtime::testing::{Recording, Reply, Scripted};
use permspec_runtime::{Body, Client, Error, ErrorKind, Reqwest, Response, Retry, blocking};
use permspec_tests::Server;
use serde_json::json;

use super::{IMAGE, MEMBER};

const URL: &str = "https://ims.test";

fn list() -> &'static permspec_runtime::RouteSpec {
    ims::Route::ListImageMembers.spec()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}

#[test]
fn answers_come_in_order_for_each_operation_over_either_client() {
    let script = || {
        Scripted::new()
            .reply(list(), Reply::broken("connection reset"))
            .reply(
                list(),
                Reply::json(200, &json!({"n": 1})).header("X-Request-Id", "r"),
            )
            .always(list(), Reply::status(404).body("none"))
            .reply(ims::Route::AddImageMember.spec(), Reply::status(200))
    };
    let said = |answer: Result<Response, Error>| match answer {
        Ok(answer) => format!("{} {}", answer.request_id().unwrap_or("-"), answer.text()),
        Err(error) => format!("{error:#}"),
    };
    let of_list = "`ims.ListImageMembers` (GET /v2/images/a/members): ";
    let expected = [
        format!("{of_list}no complete response: connection reset"),
        "r {\"n\":1}".into(),
        format!("{of_list}404 Not Found: none"),
        format!("{of_list}404 Not Found: none"),
    ];
    let client = blocking::Client::over(script(), URL).unwrap();
    for expected in &expected {
        assert_eq!(&said(client.send(ims::list_image_members("a"))), expected);
    }
    let client = Client::over(script(), URL).unwrap();
    for expected in &expected {
        assert_eq!(
            &said(run(client.send(ims::list_image_members("a")))),
            expected
        );
    }
}

#[test]
fn a_call_that_the_script_lacks_is_an_error_that_says_so() {
    let script = Scripted::new().reply(list(), Reply::status(200));
    let client = blocking::Client::over(script, URL).unwrap();
    client.send(ims::list_image_members("a")).unwrap();
    for request in [ims::list_image_members("a"), ims::add_image_member("a")] {
        let name = request.spec().to_string();
        let error = client.send(request).unwrap_err();
        let ending = format!("the script does not have another reply for `{name}`");
        assert!(format!("{error:#}").ends_with(&ending), "{error:#}");
    }
}

#[test]
fn waits_take_no_time_and_every_attempt_is_noted() {
    let cloud = Recording::new(
        Scripted::new()
            .reply(list(), Reply::status(503).header("Retry-After", "3000"))
            .reply(list(), Reply::status(200)),
    );
    let longest = std::time::Duration::from_secs(3600);
    let client = blocking::Client::over(cloud.clone(), URL).unwrap();
    let client = client.retry(Retry::attempts(2).longest_wait(longest));
    client
        .send(ims::list_image_members("a b").query("limit", 5))
        .unwrap();
    let line = "ims.ListImageMembers image_id=a b limit=5\n";
    assert_eq!(cloud.to_string(), line.repeat(2));
    assert_eq!(cloud.calls()[1].query("limit"), Some("5"));
    assert_eq!(cloud.calls()[1].query("offset"), None);
}

#[test]
fn a_recording_has_parameters_and_bodies_and_no_secret() {
    let cloud = Recording::new(
        Scripted::new()
            .always(ims::Route::AddImageMember.spec(), Reply::status(200))
            .always(ims::Route::UploadImage.spec(), Reply::status(204)),
    );
    let key = AccessKey::new("ak", "key-s3cret").security_token("session-s3cret");
    let client = blocking::Client::over(cloud.clone(), URL)
        .unwrap()
        .auth(key);
    let body = json!({"member": MEMBER});
    let add = ims::add_image_member(IMAGE)
        .json(&body)
        .unwrap()
        .header("X-Language", "en");
    client.send(add).unwrap();
    let upload = ims::upload_image(IMAGE).header("Content-Type", "text/plain");
    client
        .upload(upload, Body::reader(&b"abc"[..], Some(3)))
        .unwrap();
    let own = ims::add_image_member(IMAGE).header("X-Auth-Token", "t0ken-s3cret");
    client.send(own).unwrap();

    let calls = cloud.calls();
    assert_eq!(calls[0].parameter("image_id"), Some(IMAGE));
    assert_eq!(calls[0].json(), Some(body));
    assert_eq!(calls[0].headers()["x-language"], "en");
    assert!(calls[0].headers().contains_key("x-sdk-date"));
    assert!(calls[1].body().is_none() && calls[1].json().is_none());
    for call in &calls {
        for name in ["authorization", "x-auth-token", "x-security-token"] {
            assert!(!call.headers().contains_key(name), "{name}");
        }
    }
    let shown = format!("{cloud} {cloud:?} {calls:#?}");
    assert!(
        shown.contains(IMAGE) && !shown.contains("s3cret"),
        "{shown}"
    );

    let least = Wanted::new(cloud.operations()).least(&otc_api::CATALOGUE);
    assert!(
        least.policies[0]
            .to_json()
            .contains("\"ims:images:upload\"")
    );
}

#[test]
fn a_body_that_fails_fails_the_scripted_call_too() {
    let upload = ims::Route::UploadImage.spec();
    let client = blocking::Client::over(Scripted::new().always(upload, Reply::status(204)), URL);
    let short = Body::reader(&b"abc"[..], Some(4));
    let error = client
        .unwrap()
        .upload(ims::upload_image("a"), short)
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
}

#[test]
fn a_recording_notes_what_goes_over_a_real_socket() {
    let server = Server::start(axum::Router::new().fallback(|| async { "{}" }));
    let address = permspec_runtime::Address::try_from(server.url()).unwrap();
    let wire = Recording::new(Reqwest::for_address(&address).unwrap());
    let client = Client::over(wire.clone(), address).unwrap();
    run(client.send(ims::delete_image_member(IMAGE, MEMBER))).unwrap();
    assert_eq!(wire.operations(), [ims::Route::DeleteImageMember.spec()]);
    assert_eq!(server.received_one().method, "DELETE");
}
