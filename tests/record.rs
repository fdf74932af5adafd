//! `permspec record`, with real programs as children and a cloud on a real socket.

use std::fs;
use std::process::Command;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use permspec_tests::{Run, Server, permspec, skipped};
use serde_json::{Value, json};

/// A service that answers with the number of bytes that it received, and refuses what is called `forbidden`.
fn service() -> Server {
    Server::start(Router::new().fallback(|request: Request| async move {
        if request.uri().path().ends_with("/forbidden") {
            return StatusCode::FORBIDDEN.into_response();
        }
        let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
        format!("{} bytes", body.len()).into_response()
    }))
}

/// Whether the programs are here that stand for a user's program. Otherwise the test is skipped, and says so.
fn has_programs() -> bool {
    let runs = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    };
    let found = runs("sh", &["-c", "true"]) && runs("curl", &["--version"]);
    if !found {
        skipped(
            "permspec record",
            "it runs `sh` and `curl`, and they are not both installed",
        );
    }
    found
}

fn record(service: &Server, arguments: &[&str], program: &[&str]) -> Run {
    let endpoint = format!("ims={}", service.url());
    let output = permspec()
        .args(["record", "--endpoint", &endpoint])
        .args(arguments)
        .arg("--")
        .args(program)
        .output();
    Run::of(output.unwrap())
}

fn actions(policy: &str) -> Vec<String> {
    let policy: Value =
        serde_json::from_str(policy).unwrap_or_else(|error| panic!("{error}: {policy}"));
    let actions = policy["Statement"][0]["Action"].as_array().unwrap();
    actions
        .iter()
        .map(|it| it.as_str().unwrap().to_owned())
        .collect()
}

/// What the program sends: a shell runs it, and `$IMS` is where it must call the service.
const PROGRAM: &str = r#"
IMS=$PERMSPEC_ENDPOINT_IMS
curl -s $IMS/v2/images?limit=5 > /dev/null
curl -s $IMS/v2/images?limit=9 > /dev/null
curl -s -X POST $IMS/v2/images/7a/members -H 'Content-Type: application/json' -H 'X-Auth-Token: s3cret' -d '{"member": "x"}'
"#;

#[test]
fn the_policy_is_that_of_the_same_calls_in_a_log() {
    if !has_programs() {
        return;
    }
    let service = service();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = record(&service, &["--out", out], &["sh", "-c", PROGRAM]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    // The program has standard output for itself.
    assert_eq!(run.stdout, "15 bytes");
    let recorded = fs::read_to_string(folder.path().join("policy-1.json")).unwrap();
    assert_eq!(
        actions(&recorded),
        ["ims:images:get", "ims:images:list", "ims:images:share"]
    );
    let received = service.received();
    let targets: Vec<&str> = received.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/v2/images?limit=5",
            "/v2/images?limit=9",
            "/v2/images/7a/members"
        ]
    );
    assert_eq!(received[2].header("x-auth-token"), Some("s3cret"));
    assert_eq!(received[2].body, r#"{"member": "x"}"#);
    assert_eq!(
        received[2].header("host"),
        service.url().strip_prefix("http://")
    );
    assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);

    let log = folder.path().join("calls.log");
    fs::write(
        &log,
        "GET /v2/images?limit=5\nGET /v2/images?limit=9\nPOST /v2/images/7a/members (member)\n",
    )
    .unwrap();
    let output = permspec()
        .args(["policy", "for", "--service", "ims", "--routes"])
        .arg(&log)
        .output();
    let same = Run::of(output.unwrap());
    assert_eq!(same.stdout, recorded);
}

#[test]
fn calls_through_http_proxy_are_recorded_and_encrypted_ones_are_counted() {
    if !has_programs() {
        return;
    }
    let service = service();
    let url = service.url();
    let program = format!(
        "curl -s {url}/v2/images > /dev/null; curl -sk https://127.0.0.1:9/v2/images; true"
    );
    let run = record(&service, &[], &["sh", "-c", &program]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(actions(&run.stdout), ["ims:images:list"]);
    let warning =
        "what went to 127.0.0.1:9 is not recorded, because it was encrypted (1 connection)";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
}

#[test]
fn an_argument_of_the_program_names_the_address_of_the_service() {
    if !has_programs() {
        return;
    }
    let service = service();
    let run = record(
        &service,
        &["--format", "json"],
        &["curl", "-s", "-o", "/dev/null", "{ims}/v2/images"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        made["policies"][0]["Statement"][0]["Action"],
        json!(["ims:images:list"])
    );
}

#[test]
fn a_key_of_the_body_tells_operations_apart_and_a_call_of_several_is_not_granted() {
    if !has_programs() {
        return;
    }
    let service = service();
    let url = service.url();
    let post = |body: &str| {
        format!(
            "curl -s -o /dev/null -X POST $PERMSPEC_ENDPOINT_EVS/v2/p/volumes/v/action \
                 -H 'Content-Type: application/json' -d '{body}'"
        )
    };
    let run = |program: &str| {
        let output = permspec()
            .args([
                "record",
                "--endpoint",
                &format!("evs={url}"),
                "--",
                "sh",
                "-c",
                program,
            ])
            .output();
        Run::of(output.unwrap())
    };
    let told = run(&post(r#"{"os-extend": {"new_size": 5}}"#));
    assert_eq!(
        actions(&told.stdout),
        ["evs:volumes:extend", "evs:volumes:get"],
        "{}",
        told.stderr
    );
    let open = run(&post("[]"));
    assert!(open.stderr.contains("may be"), "{}", open.stderr);
    assert!(
        !open.stdout.contains("evs:volumes:extend"),
        "{}",
        open.stdout
    );
}

#[test]
fn what_was_refused_and_how_the_program_ended_are_passed_on() {
    if !has_programs() {
        return;
    }
    let service = service();
    let program = "curl -s $PERMSPEC_ENDPOINT_IMS/v2/images/forbidden; exit 7";
    let run = record(&service, &[], &["sh", "-c", program]);
    assert_eq!(run.code, 7);
    assert!(
        run.stderr
            .contains("`GET /v2/images/forbidden` was answered with 403 Forbidden (1x)"),
        "{}",
        run.stderr
    );
    let killed = record(&service, &[], &["sh", "-c", "kill -TERM $$"]);
    assert_eq!(killed.code, 128 + 15);
    let missing = record(&service, &[], &["no-such-program"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stderr
            .contains("`no-such-program` cannot be started"),
        "{}",
        missing.stderr
    );
}

#[test]
fn a_large_upload_and_many_calls_at_once_pass_as_they_are() {
    if !has_programs() {
        return;
    }
    let service = service();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("image");
    fs::write(&file, vec![7_u8; 900_000]).unwrap();
    let file = file.to_str().unwrap();
    let program = format!(
        "curl -s -X PUT --data-binary @{file} -H 'Content-Type: application/octet-stream' \
         $PERMSPEC_ENDPOINT_IMS/v2/images/7a/file; \
         for i in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null $PERMSPEC_ENDPOINT_IMS/v2/images & done; wait"
    );
    let out = folder.path().to_str().unwrap();
    let run = record(&service, &["--out", out], &["sh", "-c", &program]);
    assert_eq!(run.stdout, "900000 bytes", "{}", run.stderr);
    assert_eq!(service.received().len(), 9);
}

#[test]
fn an_endpoint_that_cannot_be_used_is_an_error_before_the_program_starts() {
    for (endpoint, message) in [
        ("ims", "`ims` is not NAME=URL"),
        ("imz=http://127.0.0.1", "has no service `imz`"),
        ("ims=127.0.0.1", "the service's address cannot be used"),
    ] {
        let output = permspec()
            .args([
                "record",
                "--endpoint",
                endpoint,
                "--",
                "touch",
                "should-not-be-there",
            ])
            .output();
        let run = Run::of(output.unwrap());
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    assert!(
        !permspec_tests::root()
            .join("tests/should-not-be-there")
            .exists()
    );
}
