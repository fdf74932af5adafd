//! `permspec policy check`: reports problems of a policy, what it allows, and what nobody needed.

use serde_json::json;

use crate::{Files, SHARING, code, json, run, says};

#[test]
fn a_sound_policy_is_clean_and_a_faulty_one_has_every_fault_drawn_at_its_place() {
    let files = Files::new();
    let sound = run(&["policy", "check", &files.write("sound.json", SHARING)]);
    assert_eq!(
        (sound.code, sound.stdout.as_str()),
        (0, ""),
        "{}",
        sound.stderr
    );
    let faulty = SHARING
        .replace("Effect", "effect")
        .replace("share", "shar")
        .replace("1.1", "1.0");
    let faulty = run(&["policy", "check", &files.write("faulty.json", &faulty)]);
    assert_eq!(faulty.code, 1);
    for said in [
        "faulty.json:1:13",
        "did you mean `Effect`?",
        "did you mean `ims:images:share`?",
        "3 errors, 1 warning",
    ] {
        assert!(
            faulty.stderr.contains(said),
            "no {said:?} in\n{}",
            faulty.stderr
        );
    }
}

#[test]
fn can_answers_with_a_reason_and_an_exit_code() {
    let files = Files::new();
    let policy = files.write("policy.json", SHARING);
    let can = |what: &str, more: &[&str]| {
        run(&[&["policy", "check", &policy, "--can", what], more].concat())
    };
    let yes = can("PUT /v2/images/{image_id}/members/{member_id}", &[]);
    assert_eq!(yes.code, 0, "{}", yes.stderr);
    assert!(
        yes.stdout
            .contains("statement 1 of policy 1 allows `ims:images:share`"),
        "{}",
        yes.stdout
    );
    let no = can("ims.CreateImage", &[]);
    assert_eq!(no.code, 1);
    assert!(
        no.stdout.contains("no statement allows it"),
        "{}",
        no.stdout
    );
    let elsewhere = can("ims.AddImageMember", &["--attached", "enterprise-project"]);
    assert_eq!(elsewhere.code, 1);
    assert!(
        elsewhere
            .stdout
            .contains("does not take effect in an enterprise project"),
        "{}",
        elsewhere.stdout
    );
    let unknown = can("ims.AddImageMembr", &[]);
    assert!(
        unknown
            .stderr
            .contains("did you mean `ims.AddImageMember`?"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn what_no_call_needed_is_listed() {
    let files = Files::new();
    let policy = files.write(
        "policy.json",
        SHARING.replace("ims:images:get\"", "ims:images:*\", \"vpc:ports:get\""),
    );
    let log = files.write("log", "POST /v2/images/a/members\n");
    let unused = run(&["policy", "check", &policy, "--unused", &log]);
    assert_eq!(unused.code, 1);
    assert!(
        unused.stdout.contains("vpc:ports:get: never needed"),
        "{}",
        unused.stdout
    );
    assert!(
        unused.stdout.contains("ims:images:delete"),
        "{}",
        unused.stdout
    );
    let log = files.write("log", "POST /v2/images/a/members\n");
    let used = run(&[
        "policy",
        "check",
        &files.write("used.json", SHARING),
        "--unused",
        &log,
    ]);
    assert_eq!(
        (used.code, used.stdout.as_str()),
        (0, ""),
        "{}",
        used.stderr
    );
}

#[test]
fn a_question_is_answered_by_the_exit_code_yes_no_or_that_it_depends() {
    let files = Files::new();
    let conditional = SHARING.replace(
        "\"Effect\"",
        r#""Condition": {"StringEquals": {"k": ["v"]}}, "Effect""#,
    );
    let (sharing, conditional) = (
        files.write("p.json", SHARING),
        files.write("c.json", conditional),
    );
    for (policy, asked, expected, answer) in [
        (&sharing, "ims.AddImageMember", 0, "yes"),
        (&sharing, "ims.CreateImage", 1, "no"),
        (&sharing, "evs.ListApiVersions", 3, "depends"),
        (&conditional, "ims.AddImageMember", 3, "depends"),
        (&sharing, "POST /v2/p/volumes/v/action", 1, "no"),
        // The call belongs to three services. One needs an action, and the pages of two do not name one.
        (&sharing, "GET /", 3, "depends"),
        (&sharing, "evs.ListEvsTagsOfTenant", 3, "depends"),
    ] {
        let told = run(&[
            "policy", "check", policy, "--can", asked, "--format", "json",
        ]);
        let can = &json(&told)["can"][0];
        assert_eq!(
            (can["asked"].as_str(), can["answer"].as_str()),
            (Some(asked), Some(answer))
        );
        code(&told, expected);
    }
    let unknown = run(&[
        "policy",
        "check",
        &sharing,
        "--can",
        "ims.Nothing",
        "--format",
        "json",
    ]);
    code(&unknown, 1);
    assert_eq!(json(&unknown)["can"][0]["answer"], json!(null));
    let worst = run(&[
        "policy",
        "check",
        &sharing,
        "--can",
        "evs.ListApiVersions",
        "--can",
        "ims.CreateImage",
    ]);
    code(&worst, 1);
}

#[test]
fn a_reason_is_given_for_every_action() {
    let files = Files::new();
    let policy = r#"{"Version": "1.1", "Statement": [
        {"Effect": "Allow", "Action": ["ims:*:*"]},
        {"Effect": "Deny", "Action": ["ims:images:*et"]}]}"#;
    let policy = files.write("p.json", policy);
    let asked = run(&[
        "policy",
        "check",
        &policy,
        "--can",
        "POST /v2/images/x/members",
        "--format",
        "json",
    ]);
    code(&asked, 1);
    let actions = &json(&asked)["can"][0]["operations"][0]["actions"];
    assert_eq!(actions[0]["decision"], "denied");
    assert_eq!(
        actions[0]["why"],
        "statement 2 of policy 1 denies `ims:images:*et`"
    );
    assert_eq!(
        actions[1]["why"],
        "statement 1 of policy 1 allows `ims:*:*`"
    );
}

#[test]
fn silence_about_enterprise_projects_is_no_yes() {
    let files = Files::new();
    let policy = SHARING.replace("ims:images:get", "evs:volumes:*");
    let policy = files.write("p.json", policy);
    let asked = |place| {
        run(&[
            "policy",
            "check",
            &policy,
            "--can",
            "evs.AttachEvsDisk",
            "--attached",
            place,
        ])
    };
    code(&asked("iam-project"), 0);
    let doubt = asked("enterprise-project");
    code(&doubt, 3);
    says(
        &doubt.stdout,
        &["the documentation does not say whether that takes effect in an enterprise project"],
    );
}

#[test]
fn conditions_are_said_to_be_left_unevaluated() {
    let files = Files::new();
    let policy = SHARING.replace(
        "\"Effect\"",
        r#""Resource": ["OBS:*:*:bucket:b"], "Effect""#,
    );
    let checked = run(&["policy", "check", &files.write("p.json", policy)]);
    code(&checked, 0);
    says(
        &checked.stderr,
        &["the conditions and resources of 1 statement are not evaluated"],
    );
}

#[test]
fn texts_that_are_no_policy_are_drawn_at_their_fault() {
    let files = Files::new();
    for (text, said) in [
        ("", "p.json:1:1"),
        (
            "{\"Version\": \"1.1\",\r\n \"Statement\": [}",
            "p.json:2:16",
        ),
        ("[]", "expected a policy, found an array"),
        (
            &SHARING.replace("get", "get\", \"ims:images:GET"),
            "`ims:images:GET` appears twice",
        ),
        (
            &SHARING.replace("images:get", "*"),
            "did you mean `ims:*:*`?",
        ),
        (
            &SHARING.replace("ims:images:get", "*:*:*"),
            "`*` in its service",
        ),
        (
            &SHARING.replace("\"Effect\"", "\"Resource\": null, \"Effect\""),
            "found null",
        ),
        (&format!("\u{feff}{SHARING}"), "byte order mark"),
    ] {
        let checked = run(&["policy", "check", &files.write("p.json", text)]);
        code(&checked, 1);
        assert_eq!(checked.stdout, "");
        says(&checked.stderr, &[said]);
    }
}

#[test]
fn every_finding_has_its_place_for_programs() {
    let files = Files::new();
    let text = SHARING.replace("share", "shar");
    let checked = run(&[
        "policy",
        "check",
        &files.write("p.json", &text),
        "--format",
        "json",
    ]);
    code(&checked, 1);
    let checked = json(&checked);
    let finding = &checked["findings"][0];
    assert_eq!(checked["valid"], json!(true), "it may be registered");
    assert_eq!(
        (&finding["line"], &finding["severity"]),
        (&json!(2), &json!("warning"))
    );
    assert_eq!(finding["help"], json!("did you mean `ims:images:share`?"));
    let [start, end] =
        ["start", "end"].map(|at| usize::try_from(finding[at].as_u64().unwrap()).unwrap());
    assert_eq!(&text[start..end], "\"ims:images:shar\"");
}

#[test]
fn a_warning_does_not_hide_the_answer_to_a_question() {
    let files = Files::new();
    let policy = files.write(
        "p.json",
        SHARING.replace(
            "\"ims:images:get\"",
            "\"ims:images:get\", \"ims:images:unheard\"",
        ),
    );
    code(&run(&["policy", "check", &policy]), 1);
    code(
        &run(&["policy", "check", &policy, "--can", "ims.AddImageMember"]),
        0,
    );
}

#[test]
fn a_policy_far_beyond_the_limits_is_told_in_short() {
    let files = Files::new();
    let actions: Vec<String> = (0..2_000).map(|n| format!("\"zzz:images:a{n}\"")).collect();
    let policy = SHARING.replace("\"ims:images:get\"", &actions.join(","));
    let checked = run(&["policy", "check", &files.write("p.json", policy)]);
    code(&checked, 1);
    says(
        &checked.stderr,
        &[
            "at most 6144 characters",
            "1 to 100 actions, but this one has 2001",
            "more findings are not drawn",
        ],
    );
}
