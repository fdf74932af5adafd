//! One handle for a cloud: agencies, passcodes and access keys, against an identity service whose routes and bodies
//! were typed in from its pages, and a verifier of signatures that was written from the vendor's description.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method as Verb, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use hmac::{Hmac, KeyInit, Mac};
use otc_api::{iam, ims};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use permspec_runtime::auth::{AuthError, Domain, TokenScope, User};
use permspec_runtime::cloud::{Cloud, CloudBuilder, Credentials, Identity};
use permspec_runtime::{Error, ErrorKind, OWN, Request, Response as Answer, blocking};
use permspec_tests::Server;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

const ACCESS: &str = "QTWAOYTTINDUT2QVKYUC";
const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const PROJECT: &str = "0605768a3300d5762f8ac0186ac6ae0a";
const ACCOUNT: &str = "d78cbac186b744899480f25bd022f468";

/// All but unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Either handle.
enum Handle {
    Blocking(blocking::Cloud),
    Async(Cloud, Runtime),
}

impl Handle {
    fn both(builder: &CloudBuilder) -> [Handle; 2] {
        let runtime = Runtime::new().unwrap();
        let asynchronous = builder.clone().build().unwrap();
        [
            Handle::Blocking(builder.clone().blocking().unwrap()),
            Handle::Async(asynchronous, runtime),
        ]
    }

    fn send(&self, request: Request) -> Result<Answer, Error> {
        match self {
            Handle::Blocking(cloud) => cloud.send(request),
            Handle::Async(cloud, runtime) => runtime.block_on(cloud.send(request)),
        }
    }

    fn identity(&self) -> Result<Arc<Identity>, AuthError> {
        match self {
            Handle::Blocking(cloud) => cloud.identity(),
            Handle::Async(cloud, runtime) => runtime.block_on(cloud.identity()),
        }
    }
}

fn user() -> User {
    User::Name {
        name: "user B".into(),
        domain: Domain::Name("domain B".into()),
    }
}

/// The response of the identity service to a request for a token, which has `image` at `address` in its catalogue.
fn issued(token: &str, address: &str) -> Response {
    let end = SystemTime::now() + std::time::Duration::from_secs(3600);
    let end = humantime::format_rfc3339_micros(end).to_string();
    let body = json!({"token": {
        "expires_at": end,
        "user": {"id": "u1", "name": "user B", "domain": {"id": "b1", "name": "domain B"}},
        "project": {"id": PROJECT, "name": "eu-de", "domain": {"id": ACCOUNT, "name": "domain A"}},
        "roles": [{"id": "r1", "name": "te_agency"}],
        "catalog": [{"type": "image", "name": "ims", "endpoints": [
            {"interface": "public", "region": "*", "region_id": "*", "url": address},
        ]}],
    }});
    (
        StatusCode::CREATED,
        [("X-Subject-Token", token.to_owned())],
        Json(body),
    )
        .into_response()
}

/// A server that is identity service and image service. It gives the tokens `token-1`, `token-2` and so on.
fn cloud() -> Server {
    let given = Arc::new(AtomicUsize::new(0));
    Server::start(Router::new().fallback(move |uri: Uri, headers: HeaderMap| {
        let given = given.clone();
        async move {
            let host = headers["host"].to_str().unwrap();
            if uri.path() == "/v3/auth/tokens" {
                let number = given.fetch_add(1, Ordering::SeqCst) + 1;
                return issued(&format!("token-{number}"), &format!("http://{host}/v2"));
            }
            Json(json!({"images": []})).into_response()
        }
    }))
}

fn auth(received: &permspec_tests::Received) -> Value {
    serde_json::from_slice::<Value>(&received.body).unwrap()["auth"].clone()
}

#[test]
fn an_agency_is_assumed_with_the_token_of_the_user() {
    let server = cloud();
    let own = Credentials::password(user(), "s3cret");
    let builder = Cloud::builder()
        .auth_url(&format!("{}/v3", server.url()))
        .credentials(own.assume("agencytest", Domain::Name("domain A".into())))
        .scope(TokenScope::project_name("eu-de"));
    for (at, handle) in Handle::both(&builder).iter().enumerate() {
        handle.send(ims::list_images()).unwrap();
        let calls = server.received();
        let [first, second, call] = &calls[..] else {
            panic!("{} calls", calls.len());
        };
        assert_eq!(
            auth(first),
            json!({
                "identity": {"methods": ["password"], "password": {"user": {
                    "name": "user B", "password": "s3cret", "domain": {"name": "domain B"},
                }}},
                "scope": {"domain": {"name": "domain B"}},
            })
        );
        assert_eq!(first.header("x-auth-token"), None);
        assert_eq!(
            auth(second),
            json!({
                "identity": {"methods": ["assume_role"], "assume_role": {
                    "domain_name": "domain A", "xrole_name": "agencytest",
                }},
                "scope": {"project": {"name": "eu-de", "domain": {"name": "domain A"}}},
            })
        );
        let number = at * 2;
        assert_eq!(
            second.header("x-auth-token"),
            Some(&*format!("token-{}", number + 1))
        );
        assert_eq!(
            call.header("x-auth-token"),
            Some(&*format!("token-{}", number + 2))
        );
        assert_eq!(call.target, "/v2/images");
        assert_eq!(
            handle.identity().unwrap().domain.as_ref().unwrap().name,
            "domain A"
        );
    }
}

#[test]
fn a_passcode_is_sent_beside_the_password() {
    let server = cloud();
    let user = User::Id("7116d09f88fa41908676fdd4b039e95b".into());
    let builder = Cloud::builder()
        .auth_url(&server.url())
        .credentials(Credentials::password_with_passcode(
            user, "s3cret", "123456",
        ))
        .scope(TokenScope::domain_name("domain A"));
    for handle in Handle::both(&builder) {
        handle.send(ims::list_images()).unwrap();
        assert_eq!(
            auth(&server.received()[0]),
            json!({
                "identity": {
                    "methods": ["password", "totp"],
                    "password": {"user": {"id": "7116d09f88fa41908676fdd4b039e95b", "password": "s3cret"}},
                    "totp": {"user": {"id": "7116d09f88fa41908676fdd4b039e95b", "passcode": "123456"}},
                },
                "scope": {"domain": {"name": "domain A"}},
            })
        );
    }
    let shown = format!("{builder:?}");
    assert!(
        !shown.contains("s3cret") && !shown.contains("123456"),
        "{shown}"
    );
}

#[test]
fn a_busy_service_is_asked_again_when_it_says_so_and_only_for_calls_that_may_be_repeated() {
    let failures = Arc::new(AtomicUsize::new(0));
    let counted = failures.clone();
    let server = Server::start(Router::new().fallback(move |uri: Uri, headers: HeaderMap| {
        let failures = counted.clone();
        async move {
            let host = headers["host"].to_str().unwrap();
            if uri.path() == "/v3/auth/tokens" {
                return issued("token", &format!("http://{host}"));
            }
            match failures.fetch_add(1, Ordering::SeqCst) % 3 {
                0 => (StatusCode::TOO_MANY_REQUESTS, [("Retry-After", "0")]).into_response(),
                1 => (StatusCode::SERVICE_UNAVAILABLE, [("Retry-After", "0")]).into_response(),
                _ => Json(json!({"images": []})).into_response(),
            }
        }
    }));
    let builder = Cloud::builder()
        .auth_url(&server.url())
        .credentials(Credentials::password(user(), "s3cret"));
    for handle in Handle::both(&builder) {
        failures.store(0, Ordering::SeqCst);
        handle.send(ims::list_images()).unwrap();
        assert_eq!(failures.load(Ordering::SeqCst), 3);
        failures.store(0, Ordering::SeqCst);
        let create = ims::create_image_metadata().json(&json!({})).unwrap();
        let error = handle.send(create).unwrap_err();
        assert_eq!(error.status().unwrap(), 429);
        assert_eq!(failures.load(Ordering::SeqCst), 1);
    }
}

/// Why a request is not signed as the vendor describes it. Vendor: "AK/SK Signing and Authentication Guide".
fn fault(verb: &Verb, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let Some(authorization) = text("authorization") else {
        return Some("there is no Authorization".to_owned());
    };
    let Some(stated) = authorization.strip_prefix("SDK-HMAC-SHA256 ") else {
        return Some("the algorithm is another one".to_owned());
    };
    let stated: BTreeMap<&str, &str> = stated
        .split(", ")
        .filter_map(|it| it.split_once('='))
        .collect();
    if stated.get("Access") != Some(&ACCESS) {
        return Some("the key is unknown".to_owned());
    }
    let Some(date) = text("x-sdk-date") else {
        return Some("there is no date".to_owned());
    };
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    // The same hour is enough to see that it is the present time.
    if !now.replace(['-', ':'], "").starts_with(&date[..11]) {
        return Some(format!("{date} is another time than {now}"));
    }
    let names: Vec<&str> = stated["SignedHeaders"].split(';').collect();
    for required in ["host", "x-sdk-date"] {
        if !names.contains(&required) {
            return Some(format!("{required} is not signed"));
        }
    }
    // The path is decoded as a whole before its segments are encoded, so an encoded slash becomes one.
    let decoded = percent_decode_str(uri.path()).decode_utf8().unwrap();
    let segments = decoded
        .split('/')
        .map(|it| utf8_percent_encode(it, ENCODED).to_string());
    let mut path = segments.collect::<Vec<_>>().join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    let mut query: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|it| !it.is_empty())
        .collect();
    query.sort_unstable();
    let line = |name: &&str| format!("{name}:{}\n", text(name).unwrap_or_default().trim());
    let lines = names.iter().map(line).collect::<Vec<_>>().concat();
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .concat()
    };
    let request = format!(
        "{verb}\n{path}\n{}\n{lines}\n{}\n{}",
        query.join("&"),
        names.join(";"),
        hex(&Sha256::digest(body))
    );
    let signed = format!(
        "SDK-HMAC-SHA256\n{date}\n{}",
        hex(&Sha256::digest(request.as_bytes()))
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    let signature = hex(&mac.finalize().into_bytes());
    (stated.get("Signature") != Some(&&*signature))
        .then(|| format!("{request}\nis not signed with {signature}"))
}

/// A cloud that accepts only requests that are signed with the key.
fn signed() -> Server {
    Server::start(Router::new().fallback(
        |verb: Verb, uri: Uri, headers: HeaderMap, body: Bytes| async move {
            if let Some(fault) = fault(&verb, &uri, &headers, &body) {
                return (StatusCode::UNAUTHORIZED, fault).into_response();
            }
            let answer = match uri.path() {
                "/v3/projects" => json!({"projects": [
                    {"id": "0", "name": "eu-de_other", "domain_id": ACCOUNT},
                    {"id": PROJECT, "name": "eu-de", "domain_id": ACCOUNT},
                ]}),
                path => json!({"path": path}),
            };
            Json(answer).into_response()
        },
    ))
}

#[test]
fn an_access_key_signs_every_request_for_its_project_or_its_account() {
    let server = signed();
    let key = Credentials::temporary_access_key(ACCESS, SECRET, "security-token");
    let builder = Cloud::builder()
        .auth_url(&format!("{}/v3", server.url()))
        .credentials(key)
        .scope(TokenScope::project_name("eu-de"))
        .endpoint("ims", &server.url())
        .endpoint("iam", &server.url());
    for handle in Handle::both(&builder) {
        let job = handle
            .send(ims::get_status_of_asynchronous_job(OWN, "j/1"))
            .unwrap();
        assert_eq!(
            job.json::<Value>().unwrap()["path"],
            format!("/v1/{PROJECT}/jobs/j%2F1")
        );
        let list = ims::list_images().query("name", "a b").query("limit", 2);
        handle.send(list).unwrap();
        let image = json!({"name": "ä", "os_version": "Ubuntu"});
        handle
            .send(ims::create_image_metadata().json(&image).unwrap())
            .unwrap();
        handle.send(iam::list_users()).unwrap();
        // The project was looked up once.
        let received = server.received();
        let header = |name: &str| {
            received
                .iter()
                .map(|it| it.header(name))
                .collect::<Vec<_>>()
        };
        let project = Some(PROJECT);
        assert_eq!(received[0].target, "/v3/projects?name=eu-de");
        assert_eq!(
            header("x-project-id"),
            [None, project, project, project, None]
        );
        assert_eq!(
            header("x-domain-id"),
            [None, None, None, None, Some(ACCOUNT)]
        );
        assert_eq!(header("x-security-token"), [Some("security-token"); 5]);
        let identity = handle.identity().unwrap();
        assert_eq!(identity.project.as_ref().unwrap().id, PROJECT);
    }
}

#[test]
fn a_wrong_key_and_an_unknown_project_are_errors_without_the_key() {
    let server = signed();
    let builder = Cloud::builder()
        .auth_url(&server.url())
        .credentials(Credentials::access_key(ACCESS, "wr0ng"))
        .scope(TokenScope::project_name("eu-de"));
    for handle in Handle::both(&builder) {
        let error = handle.send(ims::list_images()).unwrap_err();
        let ErrorKind::Auth(AuthError::Refused { status: 401, .. }) = error.kind() else {
            panic!("{error:#}");
        };
        assert!(!format!("{error:#} {error:?} {builder:?}").contains("wr0ng"));
    }
    let right = builder.credentials(Credentials::access_key(ACCESS, SECRET));
    for handle in Handle::both(&right.scope(TokenScope::project_name("eu-nl"))) {
        let error = handle.identity().unwrap_err().to_string();
        assert!(
            error.contains("not exactly one project with the name `eu-nl`"),
            "{error}"
        );
    }
}

#[test]
fn settings_that_lack_something_are_an_error_when_the_handle_is_made() {
    let fault = |builder: CloudBuilder| builder.blocking().unwrap_err().to_string();
    let url = "https://iam.eu-de.otc.t-systems.com/v3";
    assert!(fault(Cloud::builder()).contains("do not say who calls"));
    let password = Cloud::builder().credentials(Credentials::password(user(), "s3cret"));
    assert!(fault(password.clone()).contains("do not state `auth_url`"));
    assert!(
        fault(password.clone().auth_url("iam"))
            .contains("`auth_url` cannot be used: it has no scheme")
    );
    assert!(fault(password.auth_url("https://iam/v2.0")).contains("version 2.0"));
    let key = Credentials::access_key("ak", "sk").assume("x", Domain::Id("y".into()));
    assert!(
        fault(Cloud::builder().auth_url(url).credentials(key))
            .contains("an agency is assumed with a password")
    );
}
