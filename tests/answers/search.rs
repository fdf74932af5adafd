//! Finding operations by words and by names.

use serde_json::Value;

use crate::{OVENS, code, json, ovens, run, run_in, says};

fn names(found: &Value) -> Vec<&str> {
    let all = found.as_array().unwrap().iter();
    all.map(|one| one["operation"].as_str().unwrap()).collect()
}

#[test]
fn a_question_in_words_is_answered_by_the_permission_that_is_needed() {
    for (question, action) in [
        (
            "Which permission do I need to resize a server?",
            "ecs:cloudServers:resize",
        ),
        ("create a virtual machine", "ecs:servers:create"),
        ("delete a security group", "vpc:securityGroups:delete"),
        ("create kubernetes cluster", "cce:cluster:create"),
        ("mount volume", "evs:volumes:attach"),
    ] {
        let found = run(&["search", question]);
        code(&found, 0);
        let first = found.stdout.split("\n\n").next().unwrap();
        assert!(first.contains(action), "{question}\n{first}");
    }
}

#[test]
fn what_is_found_is_ranked_and_limited_and_says_so() {
    let project = ovens(&OVENS);
    let found = run_in(project.path(), &["search", "ovens", "--limit", "1"]);
    code(&found, 0);
    assert!(found.stdout.starts_with("oven.") && found.stdout.matches("needs").count() == 1);
    says(
        &found.stderr,
        &["the best 1 of 3 operations; --limit 3 shows all"],
    );
    let heat = run_in(
        project.path(),
        &["search", "changed heat", "--format", "json"],
    );
    assert_eq!(json(&heat)[0]["actions"][0]["action"], "oven:ovens:heat");
    assert_eq!(names(&json(&heat)).len(), 1);
}

#[test]
fn a_word_that_nothing_has_is_named_and_what_may_be_meant_is_asked() {
    let project = ovens(&OVENS);
    let some = run_in(project.path(), &["search", "delete frobnicator"]);
    code(&some, 0);
    says(&some.stdout, &["oven:ovens:delete"]);
    says(
        &some.stderr,
        &[
            "no operation has `frobnicator`",
            "these operations have the most of them",
        ],
    );
    let none = run_in(project.path(), &["search", "delting"]);
    code(&none, 1);
    assert_eq!(none.stdout, "");
    says(&none.stderr, &["did you mean `deleting`?"]);
    code(&run(&["search"]), 2);
}

#[test]
fn lists_are_narrowed_by_words_in_their_own_order() {
    let project = ovens(&OVENS);
    let of = |arguments: &[&str]| run_in(project.path(), arguments);
    let routes = of(&["routes", "--grep", "delete oven", "--format", "json"]);
    code(&routes, 0);
    assert_eq!(json(&routes)[0]["endpoints"][0]["method"], "DELETE");
    assert_eq!(names(&json(&routes)).len(), 1);
    let permissions = of(&["permissions", "--grep", "heat", "--format", "csv"]);
    code(&permissions, 0);
    let lines: Vec<&str> = permissions.stdout.lines().skip(1).collect();
    assert!(
        lines.len() == 1 && lines[0].starts_with("oven:ovens:heat,"),
        "{lines:?}"
    );
    // A list has the operations with all of the words, and no others.
    for command in ["routes", "permissions"] {
        let none = of(&[command, "--grep", "delete frobnicator"]);
        code(&none, 1);
        assert_eq!(none.stdout, "");
        says(
            &none.stderr,
            &["no operation has all words of `delete frobnicator`"],
        );
    }
}

#[test]
fn an_operation_is_shown_by_its_name() {
    let project = ovens(&OVENS);
    let listed = run_in(project.path(), &["routes", "--format", "json"]);
    let listed = json(&listed);
    for name in names(&listed) {
        let shown = run_in(project.path(), &["route", name]);
        code(&shown, 0);
        says(&shown.stdout, &[name, "needs", "oven:ovens:"]);
    }
    let name = names(&listed)[0];
    let misprint = run_in(project.path(), &["route", &name.to_lowercase()]);
    code(&misprint, 1);
    says(&misprint.stderr, &[&format!("did you mean `{name}`?")]);
    let other = run_in(project.path(), &["route", "something else"]);
    code(&other, 1);
    says(&other.stderr, &["`permspec search WORDS` finds"]);
}

#[test]
fn a_path_alone_is_asked_with_every_method() {
    let project = ovens(&OVENS);
    let found = run_in(
        project.path(),
        &["route", "/v1/ovens/o1", "--format", "json"],
    );
    code(&found, 0);
    let found = json(&found);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["method"], "DELETE");
    let none = run_in(project.path(), &["route", "/favicon.ico"]);
    code(&none, 1);
    assert!(!none.stderr.contains("did you mean"), "{}", none.stderr);
}

#[test]
fn a_favicon_is_unknown_in_the_whole_catalogue() {
    let icon = run(&["route", "GET /favicon.ico"]);
    code(&icon, 1);
    assert!(!icon.stderr.contains("version"), "{}", icon.stderr);
    let policy = run(&["policy", "for", "GET /favicon.ico"]);
    code(&policy, 1);
    says(
        &policy.stderr,
        &["`GET /favicon.ico` (1x) is not an operation\n"],
    );
}

#[test]
fn a_call_that_many_operations_share_is_one_block_with_a_list() {
    let call = "POST /v2/p/volumes/v/action";
    let shared = run(&["route", call]);
    code(&shared, 0);
    let named = json(&run(&["route", call, "--format", "json"]));
    let named = names(&named);
    assert!(named.len() > 5, "{named:?}");
    assert_eq!(
        shared.stdout.matches("/volumes/").count(),
        1,
        "{}",
        shared.stdout
    );
    assert_eq!(
        shared.stdout.matches("volume_id  ").count(),
        1,
        "{}",
        shared.stdout
    );
    says(&shared.stdout, &named);
    says(
        &shared.stderr,
        &["the key of the body tells which of them it is"],
    );

    let told = run(&[
        "route",
        call,
        "--body",
        r#"{"os-extend": {"new_size": 1}}"#,
        "--format",
        "json",
    ]);
    assert_eq!(json(&told)[0]["body_action"], "os-extend");
    assert_eq!(names(&json(&told)).len(), 1);
    let other = run(&["route", call, "--body", r#"{"melt": 1}"#]);
    code(&other, 1);
    says(&other.stderr, &["has such a body", "`os-extend`"]);
}

#[test]
fn what_a_newcomer_types_first_is_answered_or_says_what_is_meant() {
    let services = run(&["services"]);
    code(&services, 0);
    says(&services.stdout, &["ims", "Image Management Service"]);
    let unquoted = run(&["policy", "for", "GET", "/v2/images/x/members"]);
    code(&unquoted, 0);
    says(&unquoted.stdout, &["ims:images:get"]);
    for (arguments, said) in [
        (
            &["permissions", "resize"][..],
            "help: `--grep \"resize\"` finds actions by words",
        ),
        (
            &["policy", "for", "resize server"],
            "`permspec search WORDS` finds operations by words",
        ),
        (
            &["policy", "for", "/v2/images/x/members"],
            "did you mean `GET /v2/images/{image_id}/members`",
        ),
        (&["route", "GET v2/images"], "did you mean `GET /v2/images`"),
        (&["route", "images"], "did you mean"),
        (&["routes", "--service", "compute"], "its services are"),
    ] {
        let missed = run(arguments);
        code(&missed, 1);
        says(&missed.stderr, &[said]);
    }
    let action = run(&["search", "ims:images:share", "--format", "json"]);
    for found in json(&action).as_array().unwrap() {
        says(&found["actions"].to_string(), &["ims:images:share"]);
    }
}
