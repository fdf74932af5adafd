//! `permspec call` and `permspec whoami`, against a cloud on a real socket.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, body};
use permspec_tests::{Account, Received, Run, permspec};
use serde_json::{Value, json};

/// A cloud that says what it was sent, and refuses images with the id `gone`.
fn cloud() -> Account {
    let echo = |request: Request| async move {
        let target = request.uri().to_string();
        if target.ends_with("/gone") {
            let refusal = json!({"error": {"code": 404, "message": "No image found"}});
            return (StatusCode::NOT_FOUND, Json(refusal)).into_response();
        }
        if target.ends_with("/file") {
            return Response::new(body::Body::from(vec![0_u8, 159, 146, 150]));
        }
        Json(json!({"target": target})).into_response()
    };
    Account::start(&["image", "rds"], Router::new().fallback(echo))
}

fn run(cloud: &Account, arguments: &[&str]) -> Run {
    let output = permspec()
        .env("OS_CLIENT_CONFIG_FILE", cloud.file())
        .env("OS_CLOUD", "otc")
        .args(arguments)
        .output();
    Run::of(output.unwrap())
}

fn targets(received: &[Received]) -> Vec<&str> {
    received.iter().map(|call| call.target.as_str()).collect()
}

#[test]
fn a_call_is_sent_to_the_service_and_its_response_is_printed() {
    let cloud = cloud();
    for (arguments, target) in [
        (
            &["call", "ims.ListImages", "--limit", "5"][..],
            "/v2/images?limit=5",
        ),
        (
            &["call", "ims.list_images", "--limit=5", "--query", "x=a b"],
            "/v2/images?limit=5&x=a%20b",
        ),
        (&["call", "ims.GetImage", "7a/b"], "/v2/images/7a%2Fb"),
        (
            &["call", "ims.GetImage", "--image-id", "7a"],
            "/v2/images/7a",
        ),
        // The caller's own project is filled in.
        (
            &["call", "ims.GetStatusOfAsynchronousJob", "j1"],
            "/v1/0605768a/jobs/j1",
        ),
        (
            &[
                "call",
                "ims.GetStatusOfAsynchronousJob",
                "j1",
                "--project_id",
                "other",
            ],
            "/v1/other/jobs/j1",
        ),
        (
            &[
                "call",
                "--service",
                "rds",
                "GET",
                "/v3/{project_id}/new?limit=2",
            ],
            "/v3/0605768a/new?limit=2",
        ),
    ] {
        let run = run(&cloud, arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        let printed: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(printed, json!({"target": target}));
        let received = cloud.received();
        assert_eq!(targets(&received), [target]);
        assert_eq!(received[0].header("x-auth-token"), Some("a-token"));
    }
}

#[test]
fn a_call_that_may_change_something_needs_a_yes() {
    let cloud = cloud();
    let call = [
        "call",
        "ims.AddImageMember",
        "7a",
        "--body",
        r#"{"member": "it's"}"#,
    ];
    let refused = run(&cloud, &call);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("add --yes to send it"),
        "{}",
        refused.stderr
    );
    assert!(
        refused
            .stderr
            .contains("# needs ims:images:get, ims:images:share")
    );
    assert!(
        refused.stderr.contains(r#"--data '{"member":"it'\''s"}'"#),
        "{}",
        refused.stderr
    );
    assert!(refused.stdout.is_empty() && cloud.received().is_empty());
    let sent = run(&cloud, &[&call[..], &["--yes"]].concat());
    assert_eq!(sent.code, 0, "{}", sent.stderr);
    let received = cloud.received();
    assert_eq!(received[0].method, "POST");
    assert_eq!(received[0].body, r#"{"member":"it's"}"#);
}

#[test]
fn a_wrong_command_line_sends_nothing_and_says_what_is_meant() {
    let cloud = cloud();
    for (arguments, message) in [
        (
            &["call", "ims.ListImagez"][..],
            "did you mean `ims.ListImages`?",
        ),
        (
            &["call", "ims.ListImages", "--limt", "5"],
            "did you mean `--limit`?",
        ),
        (
            &["call", "ims.ListImages", "--limit"],
            "`--limit` has no value",
        ),
        (
            &["call", "ims.ListImages", "--min_ram", "much"],
            "`much` is not an integer for `min_ram`",
        ),
        (
            &["call", "ims.ListImages", "--__platform", "DOS"],
            "its values are Windows, Ubuntu",
        ),
        (
            &["call", "ims.ListImages", "7a"],
            "one value more than the path has parameters",
        ),
        (&["call", "ims.GetImage"], "needs `image_id` of the path"),
        (
            &["call", "ims.GetImage", ""],
            "path parameter `image_id` is empty",
        ),
        (
            &["call", "ims.AddImageMember", "7a", "--body", "{"],
            "the body is not JSON",
        ),
        (
            &["call", "ims.AddImageMember", "7a", "--body", "@nowhere"],
            "`@nowhere` cannot be read",
        ),
        (
            &["call", "--service", "imz", "GET", "/v2"],
            "has no service `imz`",
        ),
        (
            &["call", "--service", "ims", "GET", "v2"],
            "does not begin with `/`",
        ),
    ] {
        let run = run(&cloud, arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(
            run.stderr.contains(message),
            "{arguments:?}: {}",
            run.stderr
        );
        assert!(cloud.received().is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_refusal_of_the_service_is_an_error_with_what_it_says() {
    let cloud = cloud();
    let run = run(&cloud, &["call", "ims.GetImage", "gone"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.is_empty());
    assert!(
        run.stderr
            .contains("`ims.GetImage` (GET /v2/images/gone): 404 Not Found"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("No image found"));
    assert!(!run.stderr.contains("s3cret") && !run.stderr.contains("a-token"));
}

#[test]
fn a_dry_run_needs_no_cloud() {
    let output = permspec()
        .env("OS_CLIENT_CONFIG_FILE", "nowhere")
        .args([
            "call",
            "ims.GetStatusOfAsynchronousJob",
            "a b",
            "--dry-run",
            "--os-region-name",
            "eu-nl",
        ])
        .output();
    let run = Run::of(output.unwrap());
    assert_eq!(
        run.stdout,
        "# ims.GetStatusOfAsynchronousJob: GET /v1/{project_id}/jobs/{job_id}\n\
         # needs no action that is documented\n\
         curl --request GET \\\n  --header \"X-Auth-Token: ${OS_TOKEN}\" \\\n  \
         \"https://ims.eu-nl.otc.t-systems.com/v1/${OS_PROJECT_ID}/jobs/a%20b\"\n"
    );
}

#[test]
fn the_caller_is_shown_with_what_policies_allow() {
    let cloud = cloud();
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.json");
    let text = json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:list"]}]});
    std::fs::write(&policy, text.to_string()).unwrap();
    let shown = run(&cloud, &["whoami"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    for line in [
        "cloud     otc",
        "user      deployer (u1)",
        "project   eu-de (0605768a)",
        "account   A (d1)",
        "roles     te_admin",
        "services  image (eu-de), rds (eu-de)",
    ] {
        assert!(
            shown.stdout.lines().any(|it| it == line),
            "{line}: {}",
            shown.stdout
        );
    }
    let policy = policy.to_str().unwrap();
    let listed = run(&cloud, &["whoami", "--policy", policy, "--list"]);
    assert!(
        listed.stdout.contains("\nims.ListImages\n"),
        "{}",
        listed.stdout
    );
    assert!(!listed.stdout.contains("ims.AddImageMember"));
    let json = run(&cloud, &["whoami", "--policy", policy, "--format", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["project"]["id"], "0605768a");
    assert!(
        json["allowed"]["yes"]
            .as_array()
            .unwrap()
            .contains(&json!("ims.ListImages"))
    );
}
