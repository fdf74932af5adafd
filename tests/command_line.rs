//! The commands, as a person runs them, on the embedded page and on the repository's own project.

use std::io::Read;
use std::process::Stdio;

use permspec_tests::{Project, Run, permspec, root};
use serde_json::Value;

/// The page's rows, typed in by hand: operation, method, path, actions.
const ROWS: [(&str, &str, &str, &[&str]); 8] = [
    (
        "AddImageMember",
        "POST",
        "/v2/images/{image_id}/members",
        &["ims:images:get", "ims:images:share"],
    ),
    (
        "UpdateImageSharingStatus",
        "PUT",
        "/v2/images/{image_id}/members/{member_id}",
        &["ims:images:get", "ims:images:share"],
    ),
    (
        "GetImageMember",
        "GET",
        "/v2/images/{image_id}/members/{member_id}",
        &["ims:images:get", "ims:images:share"],
    ),
    (
        "ListImageMembers",
        "GET",
        "/v2/images/{image_id}/members",
        &["ims:images:get", "ims:images:share"],
    ),
    (
        "DeleteImageMember",
        "DELETE",
        "/v2/images/{image_id}/members/{member_id}",
        &["ims:images:get", "ims:images:share"],
    ),
    (
        "AddImageMembersInBatches",
        "POST",
        "/v1/cloudimages/members",
        &["ims:images:share"],
    ),
    (
        "UpdateStatusOfImageMembersInBatches",
        "PUT",
        "/v1/cloudimages/members",
        &["ims:images:share"],
    ),
    (
        "DeleteImageMembersInBatches",
        "DELETE",
        "/v1/cloudimages/members",
        &["ims:images:share"],
    ),
];

fn run(arguments: &[&str]) -> Run {
    Run::of(
        permspec()
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap(),
    )
}

#[test]
fn routes_lists_the_eight_operations_of_the_page() {
    let listed = run(&["routes", "--format", "json"]);
    let listed: Vec<Value> = serde_json::from_str(&listed.stdout).unwrap();
    let ims: Vec<&Value> = listed
        .iter()
        .filter(|op| op["page"] == "ims/image_sharing.rst")
        .collect();
    assert_eq!(ims.len(), ROWS.len());
    for (operation, (id, method, path, actions)) in ims.iter().zip(ROWS) {
        assert_eq!(operation["operation"], format!("ims.{id}"));
        assert_eq!(operation["service"], "ims");
        assert_eq!(operation["endpoints"].as_array().unwrap().len(), 1);
        assert_eq!(operation["endpoints"][0]["method"], method);
        assert_eq!(operation["endpoints"][0]["path"], path);
        let always = |action: &&str| serde_json::json!({"action": action, "when": null});
        let actions: Vec<Value> = actions.iter().map(always).collect();
        assert_eq!(operation["actions"], Value::from(actions));
        assert_eq!(operation["iam_project"], true);
        assert_eq!(operation["enterprise_project"], false);
    }
}

#[test]
fn routes_prints_columns_that_line_up() {
    let listed = run(&["routes", "--service", "ims"]).stdout;
    let actions = listed.lines().next().unwrap().find("ACTIONS").unwrap();
    let members: Vec<&str> = listed
        .lines()
        .filter(|line| line.contains("images/{image_id}/members"))
        .collect();
    assert!(members.len() == 5, "{listed}");
    assert!(
        members
            .iter()
            .all(|line| line[actions..].starts_with("ims:")),
        "{listed}"
    );
}

#[test]
fn without_a_command_the_built_in_page_goes_through_the_whole_pipeline() {
    let folder = tempfile::tempdir().unwrap();
    let output = permspec().current_dir(folder.path()).output().unwrap();
    let demo = Run::of(output);
    assert_eq!(demo.code, 0, "{}", demo.stderr);
    for said in [
        "1 page, 1 table, 8 rows: 8 operations",
        "ims.AddImageMember",
        "pub fn add_image_member(",
    ] {
        assert!(
            demo.stdout.contains(said),
            "no {said:?} in\n{}",
            demo.stdout
        );
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn tables_prints_the_shape_that_other_readings_have() {
    let page = "spec/ims/image_sharing.rst";
    let printed = run(&["tables", page, "--format", "json"]).stdout;
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed["page"], page);
    let table = &printed["tables"][0];
    assert_eq!((&table["cols"], &table["head"]), (&5.into(), &1.into()));
    assert_eq!(table["title"], Value::Null);
    assert_eq!(table["rows"].as_array().unwrap().len(), 9);
    let cell =
        serde_json::json!({"t": "ims:images:get ims:images:share", "mr": 0, "mc": 0, "line": 11});
    assert_eq!(table["rows"][1][2], cell);
}

#[test]
fn extract_prints_the_model_of_a_page_that_no_project_names() {
    let printed = run(&["extract", "spec/ims/image_sharing.rst"]).stdout;
    let model: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(model["service"], "ims");
    assert_eq!(model["operations"].as_array().unwrap().len(), 8);
}

#[test]
fn a_second_run_of_extract_and_generate_writes_nothing() {
    let project = Project::new();
    for command in ["extract", "generate"] {
        assert_eq!(project.permspec(&[command, "--check"]).code, 0);
        let again = project.permspec(&[command]);
        assert!(
            again.stderr.contains("nothing to write"),
            "{}",
            again.stderr
        );
    }
}

#[test]
fn every_help_text_has_an_example_and_the_first_one_the_exit_codes() {
    let help = run(&["--help"]).stdout;
    assert!(help.contains("Exit codes:"), "{help}");
    for command in [
        "extract",
        "generate",
        "check",
        "routes",
        "tables",
        "completions",
        "render",
        "schema",
        "init",
    ] {
        assert!(help.contains(command));
        let help = run(&[command, "--help"]).stdout;
        assert!(
            help.contains(&format!("permspec {command}")) && help.contains("Example"),
            "{help}"
        );
    }
}

#[test]
fn a_completion_script_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            run(&["completions", shell]).stdout.contains("extract"),
            "{shell}"
        );
    }
}

#[test]
fn colours_are_only_used_on_a_terminal() {
    let missing = ["tables", "no-such-page.rst"];
    assert!(!run(&missing).stderr.contains('\u{1b}'));
    let coloured = run(&["--color", "always", "tables", "no-such-page.rst"]);
    assert!(coloured.stderr.contains('\u{1b}'));
}

/// Runs a command whose reader takes one byte and stops, as `head` does when it has enough.
fn with_a_reader_that_leaves(arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = permspec()
        .args(arguments)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("permspec starts");
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut [0]).expect("something is printed");
    drop(stdout);
    let output = child.wait_with_output().expect("permspec ends");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), stderr)
}

#[test]
fn a_reader_that_has_seen_enough_changes_neither_exit_code_nor_what_is_said() {
    for arguments in [
        &["routes"][..],
        &["routes", "--format", "json"],
        &["permissions"],
        &["permissions", "--format", "csv"],
        &["tables", "spec/ims/image_sharing.rst"],
        &["extract", "spec/ims/image_sharing.rst"],
        &["policy", "for", "ims.AddImageMember"],
        &["route", "GET /"],
        &["completions", "bash"],
        &["--help"],
        &[],
    ] {
        let (code, stderr) = with_a_reader_that_leaves(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
    let fixtures = "tests/fixtures/readme";
    let (code, stderr) = with_a_reader_that_leaves(&["lint", fixtures, "--format", "json"]);
    assert_eq!(code, Some(1), "{stderr}");
}
