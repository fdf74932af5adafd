//! `permspec policy diff`: shows what one policy allows and another does not.

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
    // Image sharing takes effect only in IAM projects.
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

/// A policy of statements. Each statement is an effect and its actions.
fn policy(statements: &[(&str, &[&str])]) -> String {
    let statement =
        |(effect, actions): &(&str, &[&str])| json!({"Effect": effect, "Action": actions});
    let statements: Vec<_> = statements.iter().map(statement).collect();
    json!({"Version": "1.1", "Statement": statements}).to_string()
}

/// Every action that the catalogue lists for a service.
fn documented(service: &str) -> Vec<String> {
    let listed = json(&run(&[
        "permissions",
        &format!("{service}:*:*"),
        "--format",
        "json",
    ]));
    let actions = listed.as_array().unwrap().iter();
    let actions: Vec<String> = actions
        .map(|action| action["action"].as_str().unwrap().to_owned())
        .collect();
    assert!(actions.len() > 10, "{actions:?}");
    actions
}

#[test]
fn a_pattern_is_not_the_same_as_all_actions_that_are_documented() {
    let files = Files::new();
    let all = documented("ims");
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let listed = files.write("listed.json", policy(&[("Allow", &all)]));
    let pattern = files.write("pattern.json", policy(&[("Allow", &["ims:*:*"])]));
    for (versions, line) in [
        (
            [&listed, &pattern],
            "beyond the catalogue: ims:*:*: depends -> allowed\n",
        ),
        (
            [&pattern, &listed],
            "beyond the catalogue: ims:*:*: allowed -> depends\n",
        ),
    ] {
        let differs = run(&["policy", "diff", versions[0], versions[1]]);
        code(&differs, 3);
        assert_eq!(differs.stdout, line);
        says(
            &differs.stderr,
            &[
                "both policies allow the same over the catalogue, over ",
                "; 1 pattern may differ in actions that the documentation does not list",
            ],
        );
    }
    let differs = run(&["policy", "diff", &listed, &pattern, "--format", "json"]);
    code(&differs, 3);
    assert_eq!(
        json(&differs)["beyond"],
        json!([{"pattern": "ims:*:*", "before": "depends", "after": "allowed"}])
    );
    code(&run(&["policy", "diff", &pattern, &pattern]), 0);
}

#[test]
fn a_deny_that_means_no_documented_action_is_missed_where_it_is_gone() {
    let files = Files::new();
    let without = policy(&[("Allow", &["ims:*:*"])]);
    let with = policy(&[("Allow", &["ims:*:*"]), ("Deny", &["ims:secret*:*"])]);
    let (with, without) = (
        files.write("with.json", with),
        files.write("without.json", without),
    );
    let differs = run(&["policy", "diff", &with, &without]);
    code(&differs, 3);
    assert_eq!(
        differs.stdout,
        "beyond the catalogue: ims:*:*: depends -> allowed\n\
         beyond the catalogue: ims:secret*:*: denied -> allowed\n"
    );
}

#[test]
fn patterns_of_which_each_policy_allows_another_part_differ() {
    let files = Files::new();
    let deny = |part: &str, and: &str| {
        policy(&[("Allow", &["ims:*:*"]), ("Deny", &[part]), ("Deny", &[and])])
    };
    let (a, b) = (
        files.write("a.json", deny("ims:secret*:*", "ims:hidden*:*")),
        files.write("b.json", deny("ims:secret*:*", "ims:hiding*:*")),
    );
    let differs = run(&["policy", "diff", &a, &b]);
    code(&differs, 3);
    says(
        &differs.stdout,
        &[
            "beyond the catalogue: ims:*:*: depends -> depends on other patterns\n",
            "beyond the catalogue: ims:hidden*:*: denied -> allowed\n",
            "beyond the catalogue: ims:hiding*:*: allowed -> denied\n",
        ],
    );
    assert!(!differs.stdout.contains("secret"), "{}", differs.stdout);
}

#[test]
fn patterns_that_are_ordered_and_spelled_otherwise_are_the_same() {
    let files = Files::new();
    let a = policy(&[
        ("Allow", &["ims:*:get*", "ims:images:*"]),
        ("Deny", &["ims:secret*:*"]),
    ]);
    let b = policy(&[
        ("Deny", &["ims:SECRET*:*"]),
        ("Allow", &["ims:Images:*"]),
        ("Allow", &["ims:*:get*"]),
    ]);
    let same = run(&[
        "policy",
        "diff",
        &files.write("a.json", a),
        &files.write("b.json", b),
    ]);
    assert_eq!(
        (same.code, same.stdout.as_str()),
        (0, ""),
        "{}",
        same.stderr
    );
    says(&same.stderr, &["both policies allow the same, over "]);
}

#[test]
fn a_pattern_that_a_table_has_in_the_place_of_an_action_is_listed_as_an_action() {
    let files = Files::new();
    let more = SHARING.replace("share\"", "share\", \"cce:kubernetes:*\"");
    let (a, b) = (files.write("a.json", SHARING), files.write("b.json", more));
    let differs = run(&["policy", "diff", &a, &b, "--format", "json"]);
    code(&differs, 1);
    let differs = json(&differs);
    let own = json!({"action": "cce:kubernetes:*", "before": "not allowed", "after": "allowed"});
    assert!(
        differs["actions"].as_array().unwrap().contains(&own),
        "{differs:#}"
    );
    assert_eq!(differs["beyond"], json!([]));
}
