//! The guard in front of real routes: which calls pass, what the guard responds, and how much it reads.
//! Operations and actions are typed in from the pages of IMS, EVS and ECS.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::{Extension, Router};
use http_body::{Frame, SizeHint};
use otc_api::{CATALOGUE, evs, iam, ims};
use permspec_runtime::guard::{
    Ambiguous, Authorise, Doubt, Enforce, Guard, Matched, Operation, Unknown, Verdict,
};
use permspec_runtime::policy::{Place, check};
use permspec_runtime::{BoxFuture, Route};
use serde_json::{Value, json};
use tower_service::Service;

const VOLUME: &str = "/v2/p/volumes/v/action";
const TAGS: &str = "/v2/p/cloudvolumes/v/tags/action";

/// The policy that allows these actions.
fn allowing(actions: &[&str]) -> Enforce {
    let policy = json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": actions}]});
    Enforce::in_project(check(&policy.to_string(), None).policy.unwrap())
}

/// The routes behind the guard. They respond with the operation and the body that reached them.
async fn behind(matched: Option<Extension<Matched>>, body: Bytes) -> String {
    let matched = matched.map_or_else(
        || "unknown".into(),
        |Extension(it)| {
            let only = (it.operations().len() == 1).then(|| it.operations()[0].spec());
            assert_eq!(it.operation().map(Operation::spec), only);
            it.to_string()
        },
    );
    format!("{matched}: {} bytes", body.len())
}

fn app<A: Authorise>(guard: Guard<A>) -> Router {
    Router::new().fallback(behind).layer(guard)
}

fn request(method: &str, target: &str, body: impl Into<Body>) -> Request {
    Request::builder()
        .method(method)
        .uri(target)
        .body(body.into())
        .unwrap()
}

/// Status and body of the response.
async fn ask(app: &Router, request: Request) -> (StatusCode, String) {
    let answer = app.clone().call(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1024 * 1024).await.unwrap();
    (status, String::from_utf8(body.into()).unwrap())
}

/// The response of `behind` if the call passes. Otherwise the error of the guard's response.
async fn error(app: &Router, request: Request) -> Value {
    let (status, body) = ask(app, request).await;
    assert_eq!(status, 403, "{body}");
    let body: Value = serde_json::from_str(&body).unwrap();
    body["error"].clone()
}

#[tokio::test]
async fn what_the_policy_allows_goes_through_and_the_missing_action_is_named() {
    let app = app(Guard::new(
        ims::Route::catalogue(),
        allowing(&["ims:images:get"]),
    ));
    let (status, body) = ask(&app, request("GET", "/v2/images/a%2Fb?x=1", "")).await;
    assert_eq!((status.as_u16(), &*body), (200, "ims.GetImage: 0 bytes"));
    assert_eq!(
        error(&app, request("PUT", "/v2/images/a/members/b/", "{}")).await,
        json!({
            "code": "forbidden",
            "message": "`PUT /v2/images/{image_id}/members/{member_id}` needs `ims:images:share`",
            "operations": ["ims.UpdateImageSharingStatus"],
            "missing": ["ims:images:share"],
        })
    );
}

#[tokio::test]
async fn the_answer_is_json_and_never_says_what_was_sent() {
    let app = app(Guard::new(ims::Route::catalogue(), allowing(&[])));
    for target in ["/v2/images/s3cret", "/s3cret", "/v2/images/%22%7D?s3cret"] {
        let answer = app.clone().call(request("GET", target, "")).await.unwrap();
        assert_eq!(answer.status(), 403);
        assert_eq!(answer.headers()["content-type"], "application/json");
        let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("s3cret"));
    }
}

#[tokio::test]
async fn an_unknown_call_is_denied_unless_the_user_says_otherwise() {
    let everything = || allowing(&["ims:*:*"]);
    let catalogue = ims::Route::catalogue();
    let denying = app(Guard::new(catalogue, everything()));
    let passing = app(Guard::new(catalogue, everything()).unknown(Unknown::Pass));
    for (method, target) in [
        ("GET", "/no/operation"),
        ("get", "/v2/images/a"),
        ("PROPFIND", "/v2/images/a"),
        ("GET", "/no/operation/images/.."),
        ("GET", "/no/operation/images/%2e%2e"),
        ("GET", "/v2//images"),
        ("OPTIONS", "*"),
    ] {
        let denied = error(&denying, request(method, target, "")).await;
        assert_eq!(denied["code"], "unknown_operation", "{method} {target}");
        let (status, body) = ask(&passing, request(method, target, "")).await;
        assert_eq!(status, 200, "{method} {target}");
        assert!(body.starts_with("unknown"), "{body}");
    }
    // A server that resolves steps serves the query of the version `v2`, whose page does not name an action.
    for target in ["/v2/images/..", "/v2/images/%2e%2e"] {
        let denied = error(&passing, request("GET", target, "")).await;
        assert_eq!(
            denied["operations"],
            json!(["ims.GetImage", "ims.GetSpecifiedApiVersion"]),
            "{denied}"
        );
    }
    // A server may serve it with the handler of GET, but it is not a documented operation.
    let (status, _) = ask(&denying, request("HEAD", "/v2/images/a", "")).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn the_body_tells_operations_apart_where_the_page_says_how() {
    let app = app(Guard::new(
        evs::Route::catalogue(),
        allowing(&["evs:volumes:attach"]),
    ));
    let (status, body) = ask(&app, request("POST", VOLUME, r#"{"os-reserve": {}}"#)).await;
    assert_eq!(
        (status.as_u16(), &*body),
        (200, "evs.ReserveEvsDisk: 18 bytes")
    );
    let denied = error(
        &app,
        request("POST", VOLUME, r#" {"os-extend": {"new_size": 1}}"#),
    )
    .await;
    assert_eq!(denied["operations"], json!(["evs.ExpandVolume"]));
    assert_eq!(
        denied["missing"],
        json!(["evs:volumes:extend", "evs:volumes:get"])
    );
    // A key that no page has is not a documented operation.
    let denied = error(&app, request("POST", VOLUME, r#"{"os-other": {}}"#)).await;
    assert_eq!(denied["code"], "unknown_operation");
}

#[tokio::test]
async fn a_body_that_means_several_or_cannot_be_read_needs_all_actions() {
    let attach = app(Guard::new(
        evs::Route::catalogue(),
        allowing(&["evs:volumes:attach"]),
    ));
    let all = app(Guard::new(
        evs::Route::catalogue(),
        allowing(&["evs:volumes:*"]),
    ));
    let gzip = Request::builder()
        .method("POST")
        .uri(VOLUME)
        .header("content-encoding", "gzip");
    for (request, several) in [
        (
            request("POST", VOLUME, r#"{"os-reserve": {}, "os-extend": {}}"#),
            2,
        ),
        (
            request(
                "POST",
                VOLUME,
                r#"{"\u006fs-reserve": {}, "os-extend": {}}"#,
            ),
            2,
        ),
        (request("POST", VOLUME, "os-reserve"), 8),
        (request("POST", VOLUME, ""), 8),
        (request("POST", VOLUME, "[{\"os-reserve\": {}}]"), 8),
        (request("POST", VOLUME, "\u{feff}{\"os-reserve\": {}}"), 8),
        (request("POST", VOLUME, "{\"os-reserve\": {}} {}"), 8),
        (gzip.body(Body::from("{\"os-reserve\": {}}")).unwrap(), 8),
    ] {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 1_000).await.unwrap();
        let again = || Request::from_parts(parts.clone(), Body::from(body.clone()));
        let denied = error(&attach, again()).await;
        assert_eq!(
            denied["operations"].as_array().unwrap().len(),
            several,
            "{body:?}"
        );
        let (status, through) = ask(&all, again()).await;
        assert_eq!(status, 200, "{through}");
        assert!(
            through.ends_with(&format!(": {} bytes", body.len())),
            "{through}"
        );
    }
}

#[tokio::test]
async fn calls_that_the_documentation_does_not_tell_apart_need_all_actions() {
    let create = || allowing(&["evs:volumeTags:create"]);
    let catalogue = evs::Route::catalogue();
    let body = r#"{"action": "create", "tags": []}"#;
    let denied = error(
        &app(Guard::new(catalogue, create())),
        request("POST", TAGS, body),
    )
    .await;
    assert_eq!(denied["operations"].as_array().unwrap().len(), 2);
    assert_eq!(denied["missing"], json!(["evs:volumeTags:delete"]));

    let one = Guard::new(catalogue, create()).ambiguous(Ambiguous::OneMustBeAllowed);
    let (status, through) = ask(&app(one), request("POST", TAGS, body)).await;
    assert_eq!(status, 200);
    assert!(
        through
            .starts_with("evs.AddCloudVolumeTagsInBatches or evs.DeleteCloudVolumeTagsInBatches"),
        "{through}"
    );

    let none = Guard::new(catalogue, allowing(&["ims:*:*"]));
    let none = app(none.ambiguous(Ambiguous::OneMustBeAllowed));
    error(&none, request("POST", TAGS, body)).await;

    let deny = Guard::new(catalogue, allowing(&["evs:*:*"])).ambiguous(Ambiguous::Deny);
    let denied = error(&app(deny), request("POST", TAGS, body)).await;
    assert!(
        denied["message"]
            .as_str()
            .unwrap()
            .ends_with("may be several operations")
    );
    let all = Guard::new(catalogue, allowing(&["evs:*:*"]));
    assert_eq!(ask(&app(all), request("POST", TAGS, body)).await.0, 200);
}

#[tokio::test]
async fn among_all_services_every_one_that_is_meant_must_be_allowed() {
    // Both RDS and DDS create instances with this call.
    let rds = app(Guard::new(&CATALOGUE, allowing(&["rds:*:*"])));
    let denied = error(&rds, request("POST", "/v3/p/instances", "{}")).await;
    let missing = denied["missing"].to_string();
    assert!(
        missing.contains("dds:instance:create") && !missing.contains("rds:"),
        "{denied}"
    );
}

#[tokio::test]
async fn what_depends_is_denied_unless_the_user_says_otherwise() {
    let policy = r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:get"],
        "Condition": {"StringEquals": {"g:UserName": ["x"]}}}]}"#;
    let policy = check(policy, None).policy.unwrap();
    let enforce = Enforce::new([(policy, Place::IamProject)]);
    let denying = app(Guard::new(ims::Route::catalogue(), enforce.clone()));
    let denied = error(&denying, request("GET", "/v2/images/a", "")).await;
    assert_eq!(
        denied["message"],
        "`GET /v2/images/{image_id}` needs `ims:images:get`; statement 1 of policy 1 allows \
         `ims:images:get` under a condition, which is not evaluated"
    );
    // The page of this operation does not name an action.
    let denied = error(&denying, request("GET", "/", "")).await;
    assert_eq!(
        denied["message"],
        "`GET /` is not allowed; the documentation does not name an action for it"
    );
    let allowing = app(Guard::new(
        ims::Route::catalogue(),
        enforce.in_doubt(Doubt::Allow),
    ));
    for target in ["/v2/images/a", "/"] {
        assert_eq!(ask(&allowing, request("GET", target, "")).await.0, 200);
    }
}

/// Decides after some time.
struct Waits;
impl Authorise for Waits {
    fn authorise<'a>(&'a self, _: &'a Parts, _: &'a Operation) -> BoxFuture<'a, Verdict> {
        Box::pin(async {
            tokio::task::yield_now().await;
            Verdict::Allow
        })
    }
}

#[tokio::test]
async fn a_closure_or_a_type_that_waits_may_decide() {
    let closure = |call: &Parts, operation: &Operation| {
        assert_eq!(operation.parameter("image_id"), Some("a%2Fb"));
        match call.headers.get("x-role") {
            Some(role) if role == "admin" => Verdict::Allow,
            Some(_) => Verdict::deny(operation),
            None => Verdict::because("say who you are"),
        }
    };
    let by_closure = app(Guard::new(ims::Route::catalogue(), closure));
    let with_role = |role: &str| {
        let mut request = request("GET", "/v2/images/a%2Fb/members", "");
        request
            .headers_mut()
            .insert("x-role", role.parse().unwrap());
        request
    };
    assert_eq!(ask(&by_closure, with_role("admin")).await.0, 200);
    let denied = error(&by_closure, with_role("guest")).await;
    assert_eq!(
        denied["missing"],
        json!(["ims:images:get", "ims:images:share"])
    );
    let denied = error(&by_closure, request("GET", "/v2/images/a%2Fb/members", "")).await;
    assert!(
        denied["message"]
            .as_str()
            .unwrap()
            .ends_with("is not allowed; say who you are")
    );

    let waits = app(Guard::new(iam::Route::catalogue(), Waits));
    assert_eq!(ask(&waits, request("GET", "/v3/groups", "")).await.0, 200);
}

/// A body without an end. It counts what is read of it, and states its least length.
struct Endless(Arc<AtomicUsize>, u64);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.fetch_add(1_000, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b' '; 1_000])))))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::new();
        hint.set_lower(self.1);
        hint
    }
}

#[tokio::test]
async fn no_more_of_a_body_is_read_than_the_limit() {
    let guard = || Guard::new(evs::Route::catalogue(), allowing(&[]));
    for (guard, length, expected) in [
        (guard(), 0, 66_000),
        (guard().body_limit(5_000), 0, 6_000),
        (guard().body_limit(5_000), 5_000, 6_000),
        (guard().body_limit(5_000), 5_001, 0),
        (guard().body_limit(0), 0, 1_000),
    ] {
        let read = Arc::new(AtomicUsize::new(0));
        let body = Body::new(Endless(read.clone(), length));
        let denied = error(&app(guard), request("POST", VOLUME, body)).await;
        assert_eq!(denied["operations"].as_array().unwrap().len(), 8);
        assert_eq!(read.load(Ordering::SeqCst), expected);
    }
    // If no page tells operations apart by a key, the guard does not read anything.
    let read = Arc::new(AtomicUsize::new(0));
    let ims = app(Guard::new(ims::Route::catalogue(), allowing(&[])));
    error(
        &ims,
        request("POST", "/v2/images", Body::new(Endless(read.clone(), 0))),
    )
    .await;
    assert_eq!(read.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_long_body_goes_through_whole() {
    let all = app(Guard::new(evs::Route::catalogue(), allowing(&["evs:*:*"])));
    let body = format!("{{\"os-reserve\": \"{}\"}}", "x".repeat(200_000));
    let length = body.len();
    let (status, through) = ask(&all, request("POST", VOLUME, body)).await;
    assert_eq!(status, 200);
    assert!(through.ends_with(&format!(": {length} bytes")), "{through}");
}
