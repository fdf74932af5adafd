//! The README shows only real output and real code. Every block is compared with its source.

use std::fs;

use permspec_tests::{Project, Run, permspec, root};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The README has a block with exactly this text.
fn shows(text: &str) {
    let block = format!("\n{}\n```", text.trim_end());
    assert!(
        readme().contains(&block),
        "the README does not show:\n{text}"
    );
}

/// The README shows this code exactly as it appears in a compiled file.
fn shows_code_of(file: &str, from: &str, to: &str) {
    let code = fs::read_to_string(root().join(file)).unwrap();
    let start = code
        .find(from)
        .unwrap_or_else(|| panic!("{file} has no {from:?}"));
    let end = code[start..]
        .find(to)
        .map_or(code.len(), |length| start + length);
    shows(&code[start..end]);
}

#[test]
fn the_first_success_is_what_the_command_prints() {
    let demo = Run::of(permspec().output().unwrap());
    shows(&demo.stdout);
}

#[test]
fn the_drift_that_it_shows_is_what_the_check_prints() {
    let project = Project::new();
    project.edit(
        "spec/ims/image_sharing.rst",
        "| -  ims:images:get   |",
        "| -  ims:images:list  |",
    );
    let check = project.permspec(&["check"]);
    assert_eq!(check.code, 1);
    shows(&check.stdout);
}

#[test]
fn the_answers_that_it_shows_are_what_the_commands_print() {
    let project = Project::new();
    let route = project.permspec(&["route", "POST /v2/images/70a599e0/members"]);
    shows(&route.stdout);
    let body = r#"{"member": "8989447062e04a818baf9e073fd04fa7"}"#;
    let request = [
        "call",
        "ims.AddImageMember",
        "70a599e0",
        "--body",
        body,
        "--dry-run",
    ];
    shows(&Run::of(permspec().args(request).output().unwrap()).stdout);
    let calls = [
        "ims.AddImageMembersInBatches",
        "DELETE /v1/cloudimages/members",
    ];
    let policy = project.permspec(&["policy", "for", calls[0], calls[1]]);
    shows(&policy.stdout);
    fs::write(project.path("policy.json"), &policy.stdout).unwrap();
    let call = "PUT /v2/images/{image_id}/members/{member_id}";
    let check = project.permspec(&["policy", "check", "policy.json", "--can", call]);
    assert_eq!(check.code, 1);
    shows(&check.stdout);
}

#[test]
fn every_command_stands_in_its_table() {
    let help = Run::of(permspec().arg("--help").output().unwrap()).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let names = commands
        .lines()
        .map_while(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for name in names {
        assert!(
            readme().contains(&format!("\n| `permspec {name}")),
            "the README has no `permspec {name}`"
        );
    }
}

#[test]
fn the_difference_that_it_shows_is_what_the_command_prints() {
    let project = Project::new();
    let old = "old/ims/image_sharing.json";
    fs::create_dir_all(project.path(old).parent().unwrap()).unwrap();
    fs::copy(
        project.path("spec/ims/image_sharing.json"),
        project.path(old),
    )
    .unwrap();
    project.edit(
        "spec/ims/image_sharing.json",
        "\"ims:images:get\"",
        "\"ims:images:list\"",
    );
    let diff = project.permspec(&["diff", "old/ims", "spec/ims/image_sharing.json"]);
    assert_eq!(diff.code, 1);
    shows(&format!(
        "$ permspec diff git:HEAD:spec spec\n{}",
        diff.stdout
    ));
}

#[test]
fn the_findings_that_it_shows_are_what_the_linter_prints() {
    let folder = root().join("tests/fixtures/readme");
    let lint = permspec()
        .args(["lint", "bad.rst"])
        .current_dir(folder)
        .output()
        .unwrap();
    let lint = Run::of(lint);
    assert_eq!(lint.code, 1);
    shows(&format!("$ permspec lint bad.rst\n{}", lint.stderr));
}

#[test]
fn the_snippets_are_those_of_crates_that_are_compiled() {
    let script = "tests/consumers/build-script";
    shows_code_of(&format!("{script}/build.rs"), "fn main()", "\n// end");
    shows_code_of(
        &format!("{script}/src/main.rs"),
        "/// Operations of",
        "\nfn main()",
    );
    let import = "tests/consumers/import/src/main.rs";
    shows_code_of(import, "use otc_api::ims;", "\n/// Asks the cloud");
    shows_code_of(import, "/// Asks the cloud", "\nfn main()");
    let account = "tests/consumers/account/src/main.rs";
    shows_code_of(account, "use otc_types::ims;", "\n// end");
    let share = "tests/consumers/import/src/share.rs";
    shows_code_of(share, "use otc_types::ims;", "\n// end");
    let typed = "tests/consumers/typed/src/lib.rs";
    shows_code_of(typed, "    /// Typed calls.", "}\n\n/// The code");
    let emulator = "examples/ims-emulator/src/lib.rs";
    shows_code_of(emulator, "/// The service:", "\n/// The routes");
}

#[test]
fn the_configuration_that_it_shows_is_one() {
    let readme = readme();
    let (_, block) = readme.split_once("```toml\n").expect("a configuration");
    let (configuration, _) = block.split_once("```").expect("its end");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("permspec.toml"), configuration).unwrap();
    fs::write(folder.path().join("fixups.toml"), "").unwrap();
    fs::write(folder.path().join("renamed.toml"), "").unwrap();
    let routes = Run::of(
        permspec()
            .arg("routes")
            .current_dir(folder.path())
            .output()
            .unwrap(),
    );
    assert_eq!(routes.code, 0, "{}", routes.stderr);
}

#[test]
fn the_template_that_it_shows_is_one() {
    let readme = readme();
    let (_, block) = readme.split_once("```jinja\n").expect("a template");
    let (template, _) = block.split_once("```").expect("its end");
    let project = Project::new();
    fs::write(project.path("{service}.txt.j2"), template).unwrap();
    let run = project.permspec(&["render", "{service}.txt.j2", "--out", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let line = "\nadd_image_member ims:images:get ims:images:share\n";
    assert!(project.read("out/ims.txt").contains(line));
}
