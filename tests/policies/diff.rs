//! `permspec policy diff`: what one policy allows and another does not.

use serde_json::json;

use crate::{Files, SHARING, code, json, run, says};

#[test]
fn two_policies_are_compared_by_what_they_allow_and_not_by_their_text() {
    let files = Files::new();
    let before = files.write("before.json", SHARING);
    let same = r#"{"Statement":[{"Action":["ims:images:share"],"Effect":"Allow"},{"Action":["ims:images:GET"],"Effect":"Allow"}],"Version":"1.1"}"#;
    let same = run(&["policy", "diff", &before, &files.write("same.json", same)]);
    assert_eq!(
        (same.code, same.stdout.as_str()),
        (0, ""),
        "{}",
        same.stderr
    );
    let after = files.write("after.json", SHARING.replace(", \"ims:images:share\"", ""));
    let differs = run(&["policy", "diff", &before, &after]);
    assert_eq!(differs.code, 1);
    assert!(
        differs
            .stdout
            .contains("ims:images:share: allowed -> not allowed\n"),
        "{}",
        differs.stdout
    );
    assert!(
        differs.stdout.contains("ims.AddImageMember: yes -> no\n"),
        "{}",
        differs.stdout
    );
}

#[test]
fn policies_are_compared_as_attached_in_one_place_which_is_said() {
    let files = Files::new();
    let before = files.write("before.json", SHARING);
    let after = files.write(
        "after.json",
        SHARING.replace("share\"", "share\", \"ecs:cloudServers:list\""),
    );
    let diff = |place| {
        run(&[
            "policy",
            "diff",
            &before,
            &after,
            "--attached",
            place,
            "--format",
            "json",
        ])
    };
    for (place, said) in [
        (
            "iam-project",
            "as attached in an IAM project, 1 action and ",
        ),
        (
            "enterprise-project",
            "as attached in an enterprise project, 1 action and ",
        ),
    ] {
        let differs = diff(place);
        code(&differs, 1);
        says(&differs.stderr, &[said]);
        let differs = json(&differs);
        assert_eq!(differs["attached"], json!(place));
        assert_eq!(
            differs["actions"],
            json!([{"action": "ecs:cloudServers:list", "before": "not allowed", "after": "allowed"}])
        );
        assert!(!differs["operations"].as_array().unwrap().is_empty());
    }
    // Image sharing takes effect in IAM projects only.
    let less = files.write("less.json", SHARING.replace(", \"ims:images:share\"", ""));
    let lost = |place| {
        let diff = run(&[
            "policy",
            "diff",
            &before,
            &less,
            "--attached",
            place,
            "--format",
            "json",
        ]);
        json(&diff)["operations"].as_array().unwrap().len()
    };
    assert_eq!((lost("iam-project"), lost("enterprise-project")), (8, 0));
}

#[test]
fn another_condition_is_a_difference_though_none_is_evaluated() {
    let files = Files::new();
    let under = |value: &str| {
        let condition =
            format!(r#""Condition": {{"StringEquals": {{"g:UserName": ["{value}"]}}}}, "Effect""#);
        SHARING.replace("\"Effect\"", &condition)
    };
    let (a, b) = (
        files.write("a.json", under("a")),
        files.write("b.json", under("b")),
    );
    let differs = run(&["policy", "diff", &a, &b]);
    code(&differs, 1);
    says(
        &differs.stdout,
        &["ims:images:get: depends -> depends on another condition\n"],
    );
    code(&run(&["policy", "diff", &a, &a]), 0);
}

#[test]
fn a_policy_that_is_wrong_is_no_equal_of_itself() {
    let files = Files::new();
    let wrong = files.write("wrong.json", SHARING.replace("1.1", "1.0"));
    let compared = run(&["policy", "diff", &wrong, &wrong]);
    code(&compared, 1);
    says(
        &compared.stderr,
        &["the version of a custom policy is `1.1`"],
    );
}
