//! How a call fails. Both clients return the same error.

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use otc_api::ims;
use permspec_runtime::ErrorKind;
use permspec_runtime::auth::RenewingToken;
use permspec_runtime::blocking::Client;
use permspec_runtime::testing::{Reply, Scripted};

use super::wire::{Wire, answer};
use super::{IMAGE, both};

#[test]
fn a_refusal_names_operation_path_status_request_and_what_is_needed() {
    let wire = Wire::start(|_| {
        answer(
            "403 Forbidden",
            "X-Openstack-Request-Id: req-5f1c\r\n",
            "denied\r\n by policy",
        )
    });
    for client in both(&wire.url) {
        let request = ims::update_image_sharing_status("a b", "c");
        let error = client.send(request).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`ims.UpdateImageSharingStatus` (PUT /v2/images/a%20b/members/c): \
             403 Forbidden (request req-5f1c): denied   by policy; \
             `PUT /v2/images/{image_id}/members/{member_id}` needs `ims:images:get`, \
             `ims:images:share`",
            "{}",
            client.name()
        );
        assert_eq!(error.request_id(), Some("req-5f1c"));
        assert_eq!(error.excerpt(), "denied   by policy");
        let needs: Vec<String> = error.needs().iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["ims:images:get", "ims:images:share"]);
        assert_eq!(error.status().unwrap(), 403);
        assert_eq!(
            error.spec(),
            Some(ims::Route::UpdateImageSharingStatus.spec())
        );
        assert_eq!(error.method().unwrap().as_str(), "PUT");
    }
}

#[test]
fn a_refusal_gives_code_and_message_in_whatever_shape_and_without_the_token() {
    for (body, code, message, excerpt) in [
        (
            r#"{"NeutronError": {"type": "Gone", "message": "t0ken-s3cret", "detail": ""}}"#,
            Some("Gone"),
            Some("[secret]"),
            r#"{"NeutronError": {"type": "Gone", "message": "[secret]", "detail": ""}}"#,
        ),
        (
            "<html><title>404 Not Found</title><h1>404 Not Found</h1>\n t0ken&#45;s3cret<br /></html>",
            None,
            Some("[secret]"),
            "[secret]",
        ),
        ("denied", None, None, "denied"),
        ("", None, None, ""),
    ] {
        let wire = Wire::start(move |_| answer("404 Not Found", "", body));
        for client in both(&wire.url) {
            let client = client.token("t0ken-s3cret");
            let error = client.send(ims::list_image_members(IMAGE)).unwrap_err();
            assert_eq!(error.code(), code, "{body}");
            assert_eq!(error.message(), message, "{body}");
            assert_eq!(error.excerpt(), excerpt, "{body}");
            assert!(!format!("{error:#} {error:?}").contains("s3cret"), "{body}");
        }
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Wire::start(|_| answer("200 OK", "", ""));
    let location = format!("Location: {}/\r\n", elsewhere.url);
    let wire = Wire::start(move |_| answer("307 Temporary Redirect", &location, ""));
    for client in both(&wire.url) {
        let error = client
            .token("t")
            .send(ims::list_image_members(IMAGE))
            .unwrap_err();
        assert_eq!(error.status().unwrap(), 307);
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn no_connection_no_answer_and_half_an_answer_are_transport_errors() {
    let gone = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let refused = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let closing = Wire::start(|_| None::<Vec<u8>>);
    let half =
        Wire::start(|_| Some(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"".to_vec()));
    let garbage = Wire::start(|_| Some(b"SSH-2.0-x\r\n\r\n".to_vec()));
    for url in [&refused, &closing.url, &half.url, &garbage.url] {
        for client in both(url) {
            let client = client.timeout(Duration::from_secs(2));
            let request = ims::list_image_members(IMAGE).query("marker", "in-the-query");
            let error = client.send(request).unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Transport(_)),
                "{url}: {error}"
            );
            let shown = format!("{error:#}");
            assert!(shown.contains("ims.ListImageMembers"), "{shown}");
            let says_why = shown.to_lowercase().contains("refused");
            assert!(says_why || *url != refused, "{shown}");
            assert!(!shown.contains("in-the-query"), "{} {shown}", client.name());
            let cause = error
                .source()
                .expect("the HTTP library's error is the cause");
            assert!(shown.contains(&cause.to_string()), "{shown}");
            assert!(!error.to_string().contains(&cause.to_string()), "{error}");
            let debug = format!("{error:?}");
            assert!(!debug.contains("in-the-query"), "{} {debug}", client.name());
        }
    }
}

#[test]
fn a_server_that_is_silent_or_drips_ends_in_a_time_out() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let silent = format!("http://{}", silent.local_addr().unwrap());
    let stuck = Wire::start(|_| {
        Some(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthe rest never comes".to_vec())
    });
    for url in [&silent, &stuck.url] {
        for client in both(url) {
            let client = client.timeout(Duration::from_millis(200));
            let start = Instant::now();
            let error = client.send(ims::list_image_members(IMAGE)).unwrap_err();
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "{}",
                client.name()
            );
            assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
        }
    }
}

#[test]
fn an_answer_over_the_limit_is_refused_however_it_comes() {
    let known = Wire::start(|_| answer("200 OK", "", &"x".repeat(1_000)));
    let chunked = Wire::start(|_| {
        let chunk = format!("{:x}\r\n{}\r\n", 500, "x".repeat(500));
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        Some(format!("{head}{chunk}{chunk}0\r\n\r\n").into_bytes())
    });
    for url in [&known.url, &chunked.url] {
        for client in both(url) {
            let request = || ims::list_image_members(IMAGE);
            let answer = client
                .clone()
                .response_limit(1_000)
                .send(request())
                .unwrap();
            assert_eq!(answer.body().len(), 1_000);
            let error = client
                .clone()
                .response_limit(999)
                .send(request())
                .unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::TooLarge { limit: 999 }),
                "{error}"
            );
        }
    }
}

#[test]
fn a_refusal_stays_one_when_its_body_is_too_large() {
    let wire = Wire::start(|_| answer("502 Bad Gateway", "", &"x".repeat(10_000)));
    for client in both(&wire.url) {
        let error = client
            .response_limit(100)
            .send(ims::list_image_members(IMAGE))
            .unwrap_err();
        assert_eq!(error.status().unwrap(), 502);
        assert_eq!(error.response().unwrap().body().len(), 100);
    }
}

/// The message and the causes, as a program prints them that follows `source()`.
fn chain(error: &dyn Error) -> Vec<String> {
    let mut all = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        all.push(error.to_string());
        cause = error.source();
    }
    all
}

#[test]
fn each_cause_is_in_the_chain_once_and_not_in_the_message() {
    let list = ims::Route::ListImageMembers.spec();
    let cloud = Scripted::new()
        .reply(list, Reply::broken("connection reset"))
        .always(list, Reply::status(200).body("{"));
    let client = Client::over(cloud, "https://ims.test").unwrap();
    let call = "`ims.ListImageMembers` (GET /v2/images/a/members): ";

    let error = client.send(ims::list_image_members("a")).unwrap_err();
    let expected = [
        format!("{call}no complete response"),
        "connection reset".to_owned(),
    ];
    assert_eq!(chain(&error), expected);
    assert_eq!(format!("{error:#}"), expected.join(": "));

    let response = client.send(ims::list_image_members("a")).unwrap();
    let error = response.json::<serde_json::Value>().unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{call}the response is not the JSON that was requested")
    );
    assert!(error.source().unwrap().is::<serde_json::Error>());

    // The text of an invalid request and of a failed authentication is the message itself.
    let error = client.send(ims::list_image_members("..")).unwrap_err();
    assert_eq!(chain(&error).len(), 1, "{error:#}");
    let sealed = RenewingToken::new(|| async { Err("the vault is sealed".into()) });
    let error = client
        .auth(sealed)
        .send(ims::list_image_members("a"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{call}no token could be obtained: the vault is sealed")
    );
    assert_eq!(format!("{error:#}"), error.to_string());
}
