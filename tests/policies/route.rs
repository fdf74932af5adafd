//! `permspec route`: shows which operation a call is.

use serde_json::json;

use crate::{code, json, run, says};

#[test]
fn a_call_is_named_with_all_that_the_documentation_says_about_it() {
    let found = run(&[
        "route",
        "POST /v2/images/70a599e0/members",
        "--format",
        "json",
    ]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let found = &json(&found)[0];
    assert_eq!(found["operation"], "ims.AddImageMember");
    assert_eq!(found["path"], "/v2/images/{image_id}/members");
    assert_eq!(
        found["parameters"],
        json!([{"name": "image_id", "raw": "70a599e0", "value": "70a599e0"}])
    );
    assert_eq!(found["actions"][1]["action"], "ims:images:share");
    assert_eq!(
        (&found["iam_project"], &found["enterprise_project"]),
        (&json!(true), &json!(false))
    );
    assert!(
        found["documentation"]
            .as_str()
            .unwrap()
            .contains("image_sharing")
    );
}

#[test]
fn the_text_names_actions_scopes_and_page() {
    let text = run(&[
        "route",
        "POST",
        "https://ims.eu-de.otc.t-systems.com/v2/images/a%2Fb/members/?x=1",
    ])
    .stdout;
    for said in [
        "ims.AddImageMember",
        "a/b",
        "ims:images:get, ims:images:share",
        "image_sharing.rst",
    ] {
        assert!(text.contains(said), "no {said:?} in\n{text}");
    }
}

#[test]
fn operations_that_share_a_call_are_all_shown() {
    let shared = run(&["route", "POST /v2/p/volumes/v/action", "--format", "json"]);
    assert!(
        shared
            .stderr
            .contains("the key of the body tells which of them it is"),
        "{}",
        shared.stderr
    );
    let shared = json(&shared);
    let keys: Vec<&str> = shared
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|found| found["body_action"].as_str())
        .collect();
    assert!(
        keys.contains(&"os-extend") && keys.contains(&"os-detach"),
        "{keys:?}"
    );
}

#[test]
fn a_near_miss_is_asked_about() {
    for (call, meant) in [
        (
            "GET /v2/image/x/members",
            "`GET /v2/images/{image_id}/members` (ims.ListImageMembers)",
        ),
        (
            "PATCH /v2/images/x/members",
            "`POST /v2/images/{image_id}/members` (ims.AddImageMember)",
        ),
    ] {
        let missed = run(&["route", call]);
        assert_eq!((missed.code, missed.stdout.as_str()), (1, ""));
        assert!(
            missed.stderr.contains(&format!("did you mean {meant}?")),
            "{}",
            missed.stderr
        );
    }
    assert_eq!(run(&["route", "FETCH /x"]).code, 1);
    assert_eq!(run(&["route"]).code, 2);
}

#[test]
fn a_path_with_steps_or_empty_segments_is_no_call_but_the_plain_one_is_suggested() {
    for call in [
        "GET //v2/images",
        "GET /v2/../v2/images",
        "GET /v2/./images/",
    ] {
        let missed = run(&["route", call]);
        code(&missed, 1);
        says(
            &missed.stderr,
            &["did you mean `GET /v2/images` (ims.ListImages)?"],
        );
    }
}

#[test]
fn a_request_line_is_a_call_and_a_method_may_be_in_lower_case() {
    for call in [
        "GET /v2/images HTTP/1.1",
        "get /v2/images/",
        "GET https://ims.eu-de.otc.t-systems.com:443/v2/%69mages?limit=1#x",
    ] {
        says(
            &run(&["route", call]).stdout,
            &["ims.ListImages  GET /v2/images\n"],
        );
    }
}

#[test]
fn a_route_without_a_method_takes_each_that_is_known_and_no_other() {
    for method in ["GET", "HEAD", "OPTIONS", "PATCH"] {
        let found = run(&["route", method, "/api/v1/pods", "--service", "cce"]);
        says(
            &found.stdout,
            &["cce.OperateOnKubernetesResources  ANY /api/*\n"],
        );
    }
    let unknown = run(&["route", "PROPFIND /api/v1/pods"]);
    code(&unknown, 1);
    says(&unknown.stderr, &["a method is one of GET, HEAD, POST"]);
}

#[test]
fn nothing_is_found_as_an_empty_list_for_programs() {
    let missed = run(&["route", "GET /nobody/has/this", "--format", "json"]);
    code(&missed, 1);
    assert_eq!(json(&missed), json!([]));
}

#[test]
fn a_service_that_the_project_does_not_have_is_an_error_everywhere() {
    for arguments in [
        &["route", "GET /v2/images"][..],
        &["routes"],
        &["policy", "for", "ims.AddImageMember"],
    ] {
        let unknown = run(&[arguments, &["--service", "imss"]].concat());
        code(&unknown, 1);
        assert_eq!(unknown.stdout, "");
        says(
            &unknown.stderr,
            &["the catalogue has no service `imss`", "hss, iam, ims, kms"],
        );
    }
}

#[test]
fn what_a_client_sent_is_shown_on_one_line_and_not_at_any_length() {
    let long = format!("GET /x/{}", "a".repeat(5_000));
    let said = run(&["route", &long]).stderr;
    assert!(said.len() < 400, "{}", said.len());
    says(
        &run(&["route", "GET /nobody/has/\u{1b}[31m\u{202e}"]).stderr,
        &["`GET /nobody/has/\\u{1b}[31m\\u{202e}`"],
    );
}
