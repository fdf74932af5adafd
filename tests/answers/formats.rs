//! The formats for programs: all formats have the same exit code, and the same thing has one form in all commands.

use std::fs;

use serde_json::Value;

use crate::{OVENS, code, json, ovens, page, run_in};

#[test]
fn every_format_of_a_command_ends_with_the_same_code() {
    let project = ovens(&OVENS);
    let bad = page(&[("Baking", "FETCH /v1/cakes", "oven:cakes:bake")]);
    fs::create_dir(project.path().join("bad")).unwrap();
    fs::write(project.path().join("bad/cakes.rst"), bad).unwrap();
    fs::write(project.path().join("policy.json"), "{\"Version\": \"1.0\"}").unwrap();
    for (arguments, formats, expected) in [
        (
            &["extract", "--docs", "bad"][..],
            &["text", "json", "jsonl"][..],
            1,
        ),
        (&["lint", "bad"], &["text", "json", "github", "sarif"], 1),
        (&["lint", "docs"], &["text", "json", "github", "sarif"], 0),
        (
            &["diff", "docs", "bad"],
            &["text", "json", "markdown", "github", "sarif"],
            1,
        ),
        (&["routes"], &["text", "json"], 0),
        (&["routes", "--grep", "nonsense"], &["text", "json"], 1),
        (&["search", "ovens"], &["text", "json"], 0),
        (&["search", "nonsense"], &["text", "json"], 1),
        (&["route", "GET /v1/ovens"], &["text", "json"], 0),
        (&["route", "GET /v1/cakes"], &["text", "json"], 1),
        (&["permissions"], &["text", "json", "csv"], 0),
        (&["permissions", "cake:*:*"], &["text", "json", "csv"], 1),
        (&["policy", "for", "GET /v1/ovens"], &["policy", "json"], 0),
        (&["policy", "for", "GET /v1/cakes"], &["policy", "json"], 1),
        (&["policy", "check", "policy.json"], &["text", "json"], 1),
        (&["tables", "docs/oven/ovens.rst"], &["text", "json"], 0),
        (&["tables", "none.rst"], &["text", "json"], 1),
    ] {
        for format in formats {
            let arguments = [arguments, &["--format", format]].concat();
            let done = run_in(project.path(), &arguments);
            assert_eq!(
                done.code, expected,
                "{arguments:?}\n{}\n{}",
                done.stdout, done.stderr
            );
        }
    }
}

/// Every list `actions` or `dependencies` below a value.
fn needed(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| needed(item, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if ["actions", "dependencies"].contains(&key.as_str()) {
                    found.extend(value.as_array().unwrap().iter().cloned());
                }
                needed(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn an_action_that_is_needed_has_one_form_and_an_operation_one_name() {
    let project = ovens(&OVENS);
    let mut names: Vec<Value> = Vec::new();
    for arguments in [
        &["routes", "--grep", "heat", "--format", "json"][..],
        &["search", "heat", "--format", "json"],
        &["route", "PUT /v1/ovens/o/heat", "--format", "json"],
        &["extract", "--docs", "docs", "--format", "jsonl"],
    ] {
        let printed = run_in(project.path(), arguments);
        code(&printed, 0);
        let listed: Vec<Value> = match arguments[0] {
            "extract" => {
                let lines = printed.stdout.lines();
                lines
                    .map(|line| serde_json::from_str(line).unwrap())
                    .collect()
            }
            _ => json(&printed).as_array().unwrap().clone(),
        };
        let heat = listed
            .iter()
            .find(|one| one["actions"][0]["action"] == "oven:ovens:heat")
            .unwrap_or_else(|| panic!("{arguments:?}: {listed:?}"));
        let mut actions = Vec::new();
        for one in &listed {
            needed(one, &mut actions);
        }
        for action in actions {
            let keys: Vec<&String> = action.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["action", "when"], "{arguments:?}");
        }
        // Only the JSON object of the model also has the name without the service.
        let id = (arguments[0] == "extract").then(|| Value::from("ChangeHeatOfOven"));
        assert_eq!(heat.get("id"), id.as_ref(), "{arguments:?}");
        names.push(heat["operation"].clone());
    }
    let policy = run_in(
        project.path(),
        &["policy", "for", "PUT /v1/ovens/o/heat", "--format", "json"],
    );
    let policy = json(&policy);
    let heat = serde_json::json!([{"action": "oven:ovens:heat", "when": null}]);
    assert_eq!(
        (&policy["actions"], &policy["operations"][0]),
        (&heat, &names[0])
    );
    assert!(
        names
            .iter()
            .all(|name| *name == names[0] && name.is_string()),
        "{names:?}"
    );
    // Every command accepts the name.
    let name = names[0].as_str().unwrap();
    code(&run_in(project.path(), &["route", name]), 0);
    code(&run_in(project.path(), &["policy", "for", name]), 0);
}
