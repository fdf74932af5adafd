//! `permspec policy for`: makes the smallest policy for operations and calls.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{Files, code, json, run, run_with_input, says};

#[test]
fn the_smallest_policy_is_the_documented_actions() {
    let made = run(&[
        "policy",
        "for",
        "ims.ListImageMembers",
        "ims.AddImageMember",
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let expected = json!({"Version": "1.1", "Statement": [
        {"Effect": "Allow", "Action": ["ims:images:get", "ims:images:share"]}
    ]});
    assert_eq!(json(&made), expected);
    assert!(
        made.stderr.contains("from otc-api 0.1.0 (model "),
        "{}",
        made.stderr
    );
}

#[test]
fn lines_logs_and_archives_give_the_same_policy_and_say_what_was_left_out() {
    let files = Files::new();
    let lines =
        "POST /v2/images/a/members\nGET /v2/images/a/members?limit=1\nGET /nobody/has/this\n";
    let log: Vec<String> = lines
        .lines()
        .map(|call| {
            format!(
                "10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] \"{call} HTTP/1.1\" 200 7 \"-\" \"x\"\n"
            )
        })
        .collect();
    let entries: Vec<Value> = lines
        .lines()
        .map(|call| {
            let (method, path) = call.split_once(' ').unwrap();
            json!({"request": {"method": method, "url": format!("https://ims.eu-de.otc.t-systems.com{path}")}})
        })
        .collect();
    let har = json!({"log": {"entries": entries}}).to_string();
    for (name, text) in [
        ("calls", lines),
        ("access.log", &log.concat()),
        ("traffic.har", &har),
    ] {
        let made = run(&["policy", "for", "--routes", &files.write(name, text)]);
        code(&made, 1);
        assert_eq!(
            json(&made)["Statement"][0]["Action"],
            json!(["ims:images:get", "ims:images:share"])
        );
        says(
            &made.stderr,
            &[
                ": 3 calls\n",
                "/nobody/has/this` (1x) is not an operation",
                "3 calls: 2 mapped, 0 of several operations, 1 of no operation\n",
            ],
        );
    }
}

#[test]
fn a_call_of_several_operations_is_not_guessed() {
    let call = "POST /v2/p/volumes/v/action";
    let asked = run(&["policy", "for", call]);
    assert_eq!((asked.code, asked.stdout.as_str()), (1, ""));
    assert!(
        asked.stderr.contains("name the right operation"),
        "{}",
        asked.stderr
    );
    let named = run(&["policy", "for", call, "evs.AttachEvsDisk"]);
    assert_eq!(named.code, 0, "{}", named.stderr);
}

#[test]
fn a_case_is_asked_for_and_can_be_chosen() {
    let open = run(&["policy", "for", "evs.ListEvsTagsOfTenant"]);
    assert_eq!(open.code, 1);
    assert!(
        open.stderr.contains("--when \"EVS disk\""),
        "{}",
        open.stderr
    );
    let chosen = run(&[
        "policy",
        "for",
        "evs.ListEvsTagsOfTenant",
        "--when",
        "EVS disk",
        "--format",
        "json",
    ]);
    let chosen = json(&chosen);
    let actions = chosen["policies"][0]["Statement"][0]["Action"]
        .as_array()
        .unwrap();
    assert!(
        actions.contains(&json!("evs:volumeTags:list")),
        "{actions:?}"
    );
}

#[test]
fn a_case_that_does_not_apply_is_no_longer_asked_about() {
    let answers = [
        "--when",
        "EVS disk",
        "--not-when",
        "Backup",
        "--not-when",
        "Snapshot",
    ];
    let made = run(&[&["policy", "for", "evs.ListEvsTagsOfTenant"], &answers[..]].concat());
    code(&made, 0);
    assert_eq!(
        json(&made)["Statement"][0]["Action"],
        json!(["evs:volumeTags:list"])
    );
    let misspelt = run(&[
        "policy",
        "for",
        "evs.ListEvsTagsOfTenant",
        "--when",
        "EVS disc",
    ]);
    code(&misspelt, 1);
    says(
        &misspelt.stderr,
        &["none of the operations names the case `EVS disc`"],
    );
}

#[test]
fn a_log_is_read_as_it_is_and_every_line_that_is_no_call_is_counted() {
    let files = Files::new();
    let log =
        b"\xef\xbb\xbf10.0.0.1 - - [x] \"GET /v2/images HTTP/1.1\" 200 7 \"-\" \"caf\xe9\"\r\n\
        # a remark\r\n\
        10.0.0.1 - - [x] \"-\" 408 0\r\n\
        10.0.0.1 - - [x] \"GET /v2/images?q=\\\"x\\\" HTTP/1.1\" 200 7\r\n\
        10.0.0.1 - - [x] \"\\x16\\x03\" 400 0\r\n";
    let made = run(&[
        "policy",
        "for",
        "--format",
        "json",
        "--routes",
        &files.write("log", log),
    ]);
    code(&made, 1);
    says(
        &made.stderr,
        &[
            "2 calls\n",
            "2 entries not understood, the first is number 3",
        ],
    );
    let made = json(&made);
    assert_eq!(
        (&made["calls"], &made["not_understood"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(made["operations"], json!(["ims.ListImages"]));
}

#[test]
fn an_empty_log_has_no_calls_and_a_broken_archive_is_an_error_at_its_place() {
    let files = Files::new();
    let empty = run(&["policy", "for", "--routes", &files.write("empty", "")]);
    code(&empty, 0);
    assert_eq!(empty.stdout, "");
    says(
        &empty.stderr,
        &["0 calls\n", "0 policies with 0 actions for 0 operations"],
    );
    for (har, said) in [
        ("{\"log\": {\"entries\": [", "x.har:1:21"),
        (
            "{\"entries\": []}",
            "the JSON is not a HAR: it does not have `log.entries`",
        ),
    ] {
        let broken = run(&["policy", "for", "--routes", &files.write("x.har", har)]);
        code(&broken, 1);
        assert_eq!(broken.stdout, "");
        says(
            &broken.stderr,
            &[said, "an access log in common or combined format"],
        );
    }
    let missing = run(&["policy", "for", "--routes", "no-such-log"]);
    code(&missing, 1);
    says(&missing.stderr, &["`no-such-log` does not exist"]);
}

#[test]
fn relative_addresses_of_an_archive_are_calls_too() {
    let files = Files::new();
    let har = r#"{"log": {"entries": [
        {"request": {"method": "GET", "url": "/v2/images?limit=1"}},
        {"request": {"method": "GET", "url": "v2/images"}},
        {"request": {"method": "GET"}}, null]}}"#;
    let made = run(&["policy", "for", "--routes", &files.write("x.har", har)]);
    says(
        &made.stderr,
        &[
            "1 call\n",
            "3 entries not understood, the first is number 2",
        ],
    );
}

#[test]
fn calls_come_from_standard_input_too() {
    let mut command = permspec_tests::permspec();
    command.args(["policy", "for", "--routes", "-"]);
    let made = run_with_input(&mut command, "GET /v2/images\n");
    code(&made, 0);
    says(&made.stderr, &["standard input: 1 call\n"]);
}

#[test]
fn many_calls_that_nobody_has_are_said_in_a_few_lines() {
    let files = Files::new();
    let calls: Vec<String> = (0..3_000)
        .map(|n| format!("GET /zzz/{n}/x\nPOST /v2/p/volumes/{n}/action\n"))
        .collect();
    let made = run(&[
        "policy",
        "for",
        "--routes",
        &files.write("log", calls.concat()),
    ]);
    code(&made, 1);
    assert!(made.stderr.lines().count() < 40, "{}", made.stderr);
    says(
        &made.stderr,
        &[
            "2980 more are not operations",
            "`POST /v2/p/volumes/0/action` (3000x) may be `evs.",
            "6000 calls: 0 mapped, 3000 of several operations, 3000 of no operation",
        ],
    );
}

#[test]
fn only_a_name_answers_which_operation_a_call_is() {
    let files = Files::new();
    let log = files.write("log", "POST /v2/p/volumes/v/action\n");
    let open = run(&["policy", "for", "--routes", &log]);
    code(&open, 1);
    let answered = run(&["policy", "for", "evs.AttachEvsDisk", "--routes", &log]);
    code(&answered, 0);
    let across = run(&["policy", "for", "GET /"]);
    code(&across, 1);
    says(&across.stderr, &["or its service with --service"]);
}

#[test]
fn an_operation_counts_once_however_often_it_is_asked_for() {
    let made = run(&[
        "policy",
        "for",
        "ims.AddImageMember",
        "POST /v2/images/a/members",
    ]);
    says(
        &made.stderr,
        &["1 policy with 2 actions for 1 operation, from"],
    );
}

#[test]
fn what_the_documentation_names_no_action_for_is_said_and_gives_no_policy() {
    let made = run(&["policy", "for", "evs.ListApiVersions", "--format", "json"]);
    code(&made, 0);
    says(
        &made.stderr,
        &["the documentation does not name an action for `evs.ListApiVersions`"],
    );
    let made = json(&made);
    assert_eq!(made["policies"], json!([]));
    assert_eq!(made["without_action"], json!(["evs.ListApiVersions"]));
    says(
        made["catalogue"].as_str().unwrap(),
        &["otc-api ", "(model "],
    );
}

#[test]
fn more_actions_than_a_policy_takes_make_several_that_are_each_valid() {
    let files = Files::new();
    let listed = json(&run(&["routes", "--format", "json"]));
    let names: Vec<String> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|operation| operation["operation"].as_str().unwrap().to_owned())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let arguments = ["policy", "for", "--dependencies", "--format", "json"];
    let made = json(&run(&[&arguments[..], &names[..]].concat()));
    let policies = made["policies"].as_array().unwrap();
    assert!(policies.len() > 1, "{} policies", policies.len());
    for policy in policies {
        let file = files.write("policy.json", format!("{policy:#}"));
        code(&run(&["policy", "check", &file]), 0);
    }
    // A document contains one policy, so no document contains all of it.
    let all = [&["policy", "for", "--dependencies"][..], &names[..]].concat();
    let printed = run(&all);
    code(&printed, 1);
    assert_eq!(printed.stdout, "");
    says(
        &printed.stderr,
        &["error: the limits of IAM require", "--out"],
    );
    let out = files.write("out", "");
    fs::remove_file(&out).unwrap();
    let old = format!("policy-{}.json", policies.len() + 1);
    fs::create_dir(&out).unwrap();
    fs::write(Path::new(&out).join(&old), "{}").unwrap();
    let written = run(&[&all[..], &["--out", &out]].concat());
    assert_eq!(written.stdout, "");
    says(
        &written.stderr,
        &["wrote ", &format!("{old} is from an earlier run")],
    );
    for (number, policy) in (1..).zip(policies) {
        let file = Path::new(&out).join(format!("policy-{number}.json"));
        let text: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(text, *policy);
    }
    let backwards: Vec<&str> = names.into_iter().rev().collect();
    let again = json(&run(&[&arguments[..], &backwards[..]].concat()));
    assert_eq!(again, made);
}

#[test]
fn the_bodies_of_an_archive_tell_which_operations_its_calls_are() {
    let files = Files::new();
    let entry = |body: &str| json!({"request": {"method": "POST", "url": "/v2/p/volumes/v/action", "postData": {"text": body}}});
    let har = |bodies: &[&str]| {
        let entries: Vec<Value> = bodies.iter().map(|body| entry(body)).collect();
        files.write("x.har", json!({"log": {"entries": entries}}).to_string())
    };
    let shared = json(&run(&[
        "route",
        "POST /v2/p/volumes/v/action",
        "--format",
        "json",
    ]));
    let named = |key: &str| {
        let mut all = shared.as_array().unwrap().iter();
        let found = all.find(|found| found["body_action"] == key).unwrap();
        found["operation"].clone()
    };
    let told = [
        r#"{"os-extend": {"new_size": 100}}"#,
        r#"{"os-detach": {}}"#,
    ];
    let made = run(&["policy", "for", "--format", "json", "--routes", &har(&told)]);
    code(&made, 0);
    let made = json(&made);
    let mut expected = vec![named("os-detach"), named("os-extend")];
    expected.sort_by_key(Value::to_string);
    assert_eq!(made["operations"], json!(expected));

    // A body that cannot be read and a body with another key are not taken for an operation.
    for (body, said) in [
        ("", "`POST /v2/p/volumes/v/action` (1x) may be `evs."),
        ("[]", "(1x) may be `evs."),
        (
            r#"{"os-melt": {}}"#,
            "`POST /v2/p/volumes/v/action (os-melt)` (1x) is not an operation",
        ),
    ] {
        let open = run(&[
            "policy",
            "for",
            "--format",
            "json",
            "--routes",
            &har(&[body]),
        ]);
        code(&open, 1);
        says(&open.stderr, &[said]);
        assert_eq!(json(&open)["actions"], json!([]));
    }
}

#[test]
fn a_list_of_calls_may_name_the_key_of_a_body() {
    let files = Files::new();
    let log = files.write("log", "POST /v2/p/volumes/v/action (os-extend)\n");
    let listed = run(&["policy", "for", "--routes", &log]);
    code(&listed, 0);
    let called = run(&["policy", "for", "POST /v2/p/volumes/v/action (os-extend)"]);
    code(&called, 0);
    assert_eq!(json(&listed), json(&called));
}
