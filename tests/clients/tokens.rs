//! Obtaining and renewing tokens, against an IAM whose routes were typed in from its page.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::extract::Request as Incoming;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use otc_api::ims;
use permspec_runtime::auth::{Password, RenewingToken, Token, TokenScope};
use permspec_runtime::{Address, Body, ErrorKind, Request};
use permspec_tests::Server;
use serde_json::{Value, json};

use super::{IMAGE, both};

const PASSWORD: &str = "pa\"ss\\wörd";

/// An IAM and a service on one host. IAM gives tokens that end after `life`. The service accepts only the newest one.
#[derive(Clone, Default)]
struct Cloud {
    given: Arc<AtomicUsize>,
    life: Arc<Mutex<Duration>>,
    /// Whether the service refuses every token.
    refuses: Arc<Mutex<bool>>,
    broken: Arc<Mutex<bool>>,
}

impl Cloud {
    fn start(life: Duration) -> (Cloud, Server) {
        let cloud = Cloud::default();
        *cloud.life.lock().unwrap() = life;
        let (iam, service) = (cloud.clone(), cloud.clone());
        let routes = Router::new()
            .route(
                "/v3/auth/tokens",
                post(move |body: Bytes| async move { iam.token(&body).await }),
            )
            .fallback(move |request: Incoming| async move { service.call(request.headers()) });
        (cloud, Server::start(routes))
    }

    async fn token(&self, body: &Bytes) -> Response {
        // Long enough for other callers to come in between.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let body: Value = serde_json::from_slice(body).unwrap();
        if *self.broken.lock().unwrap() {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        let user = &body["auth"]["identity"]["password"]["user"];
        if user["password"] != PASSWORD {
            // Some servers repeat what they received.
            return (StatusCode::UNAUTHORIZED, Json(body)).into_response();
        }
        let number = self.given.fetch_add(1, Ordering::SeqCst);
        let end = SystemTime::now() + *self.life.lock().unwrap();
        let end = humantime::format_rfc3339_micros(end).to_string();
        let headers = [("X-Subject-Token", format!("token-{number}"))];
        let body = json!({"token": {"expires_at": end, "methods": ["password"]}});
        (StatusCode::CREATED, headers, Json(body)).into_response()
    }

    fn call(&self, headers: &HeaderMap) -> Response {
        let newest = format!("token-{}", self.given().wrapping_sub(1));
        if headers["x-auth-token"] == newest.as_str() && !*self.refuses.lock().unwrap() {
            Json(json!({})).into_response()
        } else {
            StatusCode::UNAUTHORIZED.into_response()
        }
    }

    fn given(&self) -> usize {
        self.given.load(Ordering::SeqCst)
    }
}

fn source(server: &Server, password: &str) -> Password {
    let address = Address::try_from(server.url()).unwrap();
    let scope = TokenScope::project_name("eu-de");
    Password::new(address, "domain A", "user A", password, scope)
}

fn get() -> Request {
    ims::list_image_members(IMAGE)
}

#[test]
fn a_token_is_obtained_as_the_page_says_and_used_again() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let client = both(&server.url())[at].clone();
        let client = client.auth(RenewingToken::new(source(&server, PASSWORD)));
        for _ in 0..3 {
            client.send(get()).unwrap();
        }
        assert_eq!(cloud.given(), 1);
        let received = server.received();
        assert_eq!(received.len(), 4);
        assert_eq!(received[0].target, "/v3/auth/tokens?nocatalog=true");
        assert_eq!(
            received[0].header("content-type"),
            Some("application/json;charset=utf8")
        );
        assert_eq!(received[0].header("x-auth-token"), None);
        let body: Value = serde_json::from_slice(&received[0].body).unwrap();
        assert_eq!(
            body,
            json!({"auth": {
                "identity": {
                    "methods": ["password"],
                    "password": {"user": {
                        "name": "user A",
                        "password": PASSWORD,
                        "domain": {"name": "domain A"},
                    }},
                },
                "scope": {"project": {"name": "eu-de", "domain": {"name": "domain A"}}},
            }})
        );
        assert_eq!(received[3].header("x-auth-token"), Some("token-0"));
    }
}

#[test]
fn the_name_of_a_project_has_the_account_of_the_user_unless_it_has_another() {
    for (scope, expected) in [
        (
            TokenScope::project_name("eu-de"),
            json!({"project": {"name": "eu-de", "domain": {"name": "domain A"}}}),
        ),
        (
            TokenScope::project_name_in("domain B", "eu-de"),
            json!({"project": {"name": "eu-de", "domain": {"name": "domain B"}}}),
        ),
        (
            TokenScope::project_id("p1"),
            json!({"project": {"id": "p1"}}),
        ),
        (
            TokenScope::domain_name("domain B"),
            json!({"domain": {"name": "domain B"}}),
        ),
        (TokenScope::domain_id("d1"), json!({"domain": {"id": "d1"}})),
    ] {
        let (_, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let address = Address::try_from(server.url()).unwrap();
        let source = Password::new(address, "domain A", "user A", PASSWORD, scope);
        let [client, _] = both(&server.url());
        client.auth(RenewingToken::new(source)).send(get()).unwrap();
        let body: Value = serde_json::from_slice(&server.received()[0].body).unwrap();
        assert_eq!(body["auth"]["scope"], expected);
    }
}

#[test]
fn however_many_calls_need_a_token_one_of_them_obtains_it() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let client = both(&server.url())[at].clone();
        let client = client.auth(RenewingToken::new(source(&server, PASSWORD)));
        let answers = client.send_at_once(50, &get());
        assert!(answers.iter().all(Result::is_ok), "{}", client.name());
        assert_eq!(cloud.given(), 1, "{}", client.name());
    }
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(60));
        let client = both(&server.url())[at].clone();
        let margin = Duration::from_secs(59);
        let token = RenewingToken::with_margin(source(&server, PASSWORD), margin);
        let client = client.auth(token);
        client.send(get()).unwrap();
        std::thread::sleep(Duration::from_millis(1_100));
        // The remaining life is less than the margin, but more than nothing.
        client.send(get()).unwrap();
        assert_eq!(cloud.given(), 2);
    }
}

#[test]
fn while_a_token_is_valid_a_failure_to_renew_it_does_no_harm() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(60));
        let client = both(&server.url())[at].clone();
        let margin = Duration::from_secs(600);
        let client = client.auth(RenewingToken::with_margin(
            source(&server, PASSWORD),
            margin,
        ));
        client.send(get()).unwrap();
        *cloud.broken.lock().unwrap() = true;
        client.send(get()).unwrap();
        assert_eq!(cloud.given(), 1);
    }
}

#[test]
fn a_token_that_is_refused_is_renewed_once() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let client = both(&server.url())[at].clone();
        let client = client.auth(RenewingToken::new(source(&server, PASSWORD)));
        client.send(get()).unwrap();
        // The password was changed meanwhile, so the service accepts only newer tokens.
        cloud.given.fetch_add(1, Ordering::SeqCst);
        client.send(get()).unwrap();
        assert_eq!(cloud.given(), 3);
        *cloud.refuses.lock().unwrap() = true;
        server.received();
        let error = client.send(get()).unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        // The call, a call for a token, and the call again.
        assert_eq!(server.received().len(), 3);
    }
}

#[test]
fn a_token_that_is_refused_with_an_upload_is_not_used_again() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let client = both(&server.url())[at].clone();
        let client = client.auth(RenewingToken::new(source(&server, PASSWORD)));
        client.send(get()).unwrap();
        cloud.given.fetch_add(1, Ordering::SeqCst);
        let body = || Body::reader(&b"abc"[..], Some(3));
        let error = client.upload(ims::upload_image(IMAGE), body()).unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        client.upload(ims::upload_image(IMAGE), body()).unwrap();
    }
}

#[test]
fn a_token_that_the_request_brings_is_not_renewed() {
    for at in 0..2 {
        let (cloud, server) = Cloud::start(Duration::from_secs(24 * 60 * 60));
        let client = both(&server.url())[at].clone();
        let client = client.auth(RenewingToken::new(source(&server, PASSWORD)));
        let own = get().header("X-Auth-Token", "another");
        assert_eq!(client.send(own).unwrap_err().status().unwrap(), 401);
        assert_eq!((server.received().len(), cloud.given()), (1, 0));
    }
}

#[test]
fn a_wrong_password_is_an_error_that_does_not_show_it() {
    for at in 0..2 {
        let (_, server) = Cloud::start(Duration::from_secs(60));
        let client = both(&server.url())[at].clone();
        let wrong = "wr\"ong-s3cret";
        let source = source(&server, wrong);
        let shown = format!("{source:?}");
        assert!(
            shown.contains("user A") && !shown.contains("s3cret"),
            "{shown}"
        );
        let client = client.auth(RenewingToken::new(source));
        let error = client.send(get()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Auth(_)), "{error}");
        let shown = format!("{error:#}\n{error:#?}");
        assert!(shown.contains("no token was issued: 401"), "{shown}");
        assert!(
            shown.contains("user A") && !shown.contains("s3cret"),
            "{shown}"
        );
        // Only the call for the token was sent.
        assert_eq!(server.received_one().method, "POST");
    }
}

#[test]
fn a_hook_may_bring_tokens_from_anywhere() {
    let (cloud, server) = Cloud::start(Duration::from_secs(60));
    cloud.given.fetch_add(1, Ordering::SeqCst);
    for client in both(&server.url()) {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let token = RenewingToken::new(move || {
            let before = counter.fetch_add(1, Ordering::SeqCst);
            async move {
                if before == 0 {
                    return Err("the vault is sealed".into());
                }
                Ok(Token::new("token-0"))
            }
        });
        let client = client.auth(token);
        let error = client.send(get()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("no token could be obtained: the vault is sealed")
        );
        client.send(get()).unwrap();
        client.send(get()).unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}
