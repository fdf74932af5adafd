//! `permspec diff`, as people and programs call it: versions of every form, every output format, exit codes.

use std::fs;
use std::path::Path;
use std::process::Command;

use permspec_tests::{Run, commit, git, permspec, root};
use serde_json::Value;

/// A folder that is removed when it is dropped. `permspec` runs in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn permspec(&self, arguments: &[&str]) -> Run {
        let output = permspec()
            .args(arguments)
            .current_dir(self.0.path())
            .output();
        Run::of(output.unwrap())
    }

    fn commit(&self) {
        commit(self.0.path());
    }
}

fn image_sharing() -> String {
    fs::read_to_string(root().join("spec/ims/image_sharing.rst")).unwrap()
}

/// The page with another action in its first row.
fn renamed() -> String {
    image_sharing().replacen("| -  ims:images:get   |", "| -  ims:images:list  |", 1)
}

const SAID: &str = "`AddImageMember` needs `ims:images:list` instead of `ims:images:get`";

#[test]
fn pages_models_and_folders_of_both_are_versions() {
    let folder = Folder::new();
    let model = fs::read_to_string(root().join("spec/ims/image_sharing.json")).unwrap();
    let changed = model.replacen("\"ims:images:get\"", "\"ims:images:list\"", 1);
    for (path, text) in [
        ("old.rst", &image_sharing()),
        ("new.rst", &renamed()),
        ("old-docs/ims/a/image_sharing.rst", &image_sharing()),
        ("new-docs/ims/b/image_sharing.rst", &renamed()),
        ("old.json", &model),
        ("new.json", &changed),
        ("old-spec/ims/image_sharing.json", &model),
        ("new-spec/ims/image_sharing.json", &changed),
        ("new-spec/ims/image_sharing.rst", &image_sharing()),
        (
            "new-spec/package.json",
            &"{\"name\": \"no model\"}".to_owned(),
        ),
    ] {
        folder.write(path, text);
    }
    let old = ["old.rst", "old-docs", "old.json", "old-spec"];
    let new = ["new.rst", "new-docs", "new.json", "new-spec"];
    for before in old {
        for after in new {
            let run = folder.permspec(&["diff", before, after]);
            assert_eq!(
                run.code, 1,
                "{before} {after}: {}{}",
                run.stdout, run.stderr
            );
            let semantic = run
                .stdout
                .lines()
                .filter(|line| line.starts_with("  breaking") || line.starts_with("  semantic"));
            assert_eq!(semantic.count(), 1, "{before} {after}: {}", run.stdout);
            assert!(
                run.stdout.contains(SAID),
                "{before} {after}: {}",
                run.stdout
            );
            let same = folder.permspec(&["diff", before, before, "--fail-on", "any"]);
            assert_eq!(
                (same.code, same.stdout.as_str()),
                (0, "no changes\n"),
                "{}",
                same.stderr
            );
        }
    }
}

#[test]
fn revisions_of_a_repository_are_versions() {
    let folder = Folder::new();
    folder.write("docs/ims/image_sharing.rst", &image_sharing());
    folder.write("docs/ims/other file.rst", "No table.\n");
    folder.commit();
    folder.write("docs/ims/image_sharing.rst", &renamed());
    folder.commit();
    let moved = [
        "mv",
        "docs/ims/image_sharing.rst",
        "docs/ims/sharing of images.rst",
    ];
    git(folder.0.path(), &moved);
    folder.commit();
    for (old, new) in [
        ("git:HEAD~2:docs", "git:HEAD~1:docs"),
        ("git:main~2:docs/", "docs"),
        ("git:HEAD~2:", "git:HEAD:"),
        (
            "git:HEAD~2:docs/ims/image_sharing.rst",
            "docs/ims/sharing of images.rst",
        ),
        ("git:HEAD~2:./docs", "git:HEAD:./docs"),
    ] {
        let run = folder.permspec(&["diff", old, new]);
        assert_eq!(run.code, 1, "{old} {new}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(SAID), "{old} {new}: {}", run.stdout);
    }
    let moved = folder.permspec(&[
        "diff",
        "git:HEAD~1:docs",
        "git:HEAD:docs",
        "--format",
        "json",
    ]);
    let moved: Value = serde_json::from_str(&moved.stdout).unwrap();
    assert_eq!(moved["changes"][0]["rule"], "page-moved");
    assert_eq!(moved["changes"].as_array().unwrap().len(), 1);
    // Nothing was checked out. The command also works in a folder below.
    let below = permspec()
        .args([
            "diff",
            "git:HEAD~2:./image_sharing.rst",
            "sharing of images.rst",
        ])
        .current_dir(folder.0.path().join("docs/ims"))
        .output();
    assert_eq!(Run::of(below.unwrap()).code, 1);
}

#[test]
fn what_cannot_be_read_is_an_error_that_says_why() {
    let folder = Folder::new();
    folder.write("page.rst", &image_sharing());
    folder.write("broken.json", "{\"permspec\": 2,");
    let border = "| Y           | x                  |\n";
    let torn = image_sharing().replacen(border, &border.replace(" |\n", "\n"), 1);
    folder.write("torn.rst", &torn);
    folder.commit();
    for (old, said) in [
        ("missing.rst", "`missing.rst` does not exist"),
        ("git:nowhere:page.rst", "`nowhere` is not a revision"),
        (
            "git:HEAD:missing.rst",
            "`missing.rst` is not in revision `HEAD`",
        ),
        ("git:--help:page.rst", "`--help` is not a revision"),
        ("broken.json", "P008"),
        ("torn.rst", "P005"),
    ] {
        let run = folder.permspec(&["diff", old, "page.rst"]);
        assert_eq!(run.code, 2, "{old}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(said), "{old}: {}", run.stderr);
    }
    folder.write("prose.rst", "Prose about the API.\n");
    let prose = folder.permspec(&["diff", "prose.rst", "page.rst"]);
    assert_eq!(prose.code, 0, "{}", prose.stderr);
    assert!(prose.stderr.contains("P010"), "{}", prose.stderr);
    assert_eq!(folder.permspec(&["diff", "page.rst"]).code, 2);
    assert_eq!(
        folder
            .permspec(&["diff", "page.rst", "page.rst", "--fail-on", "all"])
            .code,
        2
    );
    fs::create_dir(folder.0.path().join("empty")).unwrap();
    let empty = folder.permspec(&["diff", "empty", "page.rst"]);
    assert_eq!(empty.code, 0, "{}", empty.stderr);
    assert!(empty.stderr.contains("P010"), "{}", empty.stderr);
    assert!(empty.stdout.contains("page-added"), "{}", empty.stdout);
}

#[test]
fn the_exit_code_tells_from_which_changes_on_it_fails() {
    let folder = Folder::new();
    folder.write("old.rst", &image_sharing());
    let titled = image_sharing().replacen("Adds image members.   ", "Adding image members. ", 1);
    let widened = image_sharing().replacen(
        "| Y           | x                  |",
        "| Y           | Y                  |",
        1,
    );
    for (text, codes) in [
        (image_sharing(), [0, 0, 0]),
        (titled, [0, 0, 1]),
        (widened, [0, 1, 1]),
        (renamed(), [1, 1, 1]),
    ] {
        folder.write("new.rst", &text);
        for (fail_on, code) in ["breaking", "semantic", "any"].into_iter().zip(codes) {
            let run = folder.permspec(&["diff", "old.rst", "new.rst", "--fail-on", fail_on]);
            assert_eq!(run.code, code, "{fail_on}: {}{}", run.stdout, run.stderr);
        }
    }
}

/// One output of the comparison of the page with the page that has another action.
fn output(format: &str) -> String {
    let folder = Folder::new();
    folder.write("docs/ims/image_sharing.rst", &image_sharing());
    folder.write("live/ims/image_sharing.rst", &renamed());
    let run = folder.permspec(&["diff", "docs", "live", "--format", format]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    run.stdout
}

#[test]
fn json_has_the_fields_that_programs_rely_on() {
    let json: Value = serde_json::from_str(&output("json")).unwrap();
    let change = &json["changes"][0];
    assert_eq!(change["rule"], "action-renamed");
    assert_eq!(
        (&change["semantic"], &change["breaking"]),
        (&true.into(), &true.into())
    );
    assert_eq!(change["operation"], "AddImageMember");
    assert_eq!(change["endpoint"], "POST /v2/images/{image_id}/members");
    assert_eq!(
        (&change["before"], &change["after"]),
        (&"ims:images:get".into(), &"ims:images:list".into())
    );
    assert_eq!(change["page"], "ims/image_sharing.rst");
    assert_eq!(change["policy"], "must-grant-more");
    assert_eq!(change["fingerprint"].as_str().unwrap().len(), 16);
    assert_eq!(json["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn annotations_and_results_stand_at_the_row_of_the_new_page() {
    let github = output("github");
    let line = 1 + renamed()
        .lines()
        .position(|line| line.contains("ims:images:list"))
        .unwrap();
    assert!(
        github.starts_with(&format!(
            "::error file=live/ims/image_sharing.rst,line={line},col=1,title=action-renamed::{SAID}"
        )),
        "{github}"
    );
    let sarif: Value = serde_json::from_str(&output("sarif")).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "action-renamed");
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"action-renamed".into(), &"error".into())
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "live/ims/image_sharing.rst"
    );
    assert_eq!(place["region"]["startLine"], line);
    assert_eq!(
        result["partialFingerprints"]["permspec/v1"]
            .as_str()
            .unwrap()
            .len(),
        16
    );
}

#[test]
fn a_changelog_can_be_pasted() {
    let text = output("markdown");
    let expected = format!(
        "## Documentation changes\n\n1 breaking change; minor release; policies must grant more for 1 operation.\n\n\
         ### Breaking\n\n**ims**\n\n- {SAID} (`POST /v2/images/{{image_id}}/members`)\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn an_approved_change_does_not_fail_and_a_stale_approval_is_named() {
    let folder = Folder::new();
    folder.write("old.rst", &image_sharing());
    folder.write("new.rst", &renamed());
    let json = folder.permspec(&["diff", "old.rst", "new.rst", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let fingerprint = json["changes"][0]["fingerprint"].as_str().unwrap();
    folder.write(
        "approved.txt",
        &format!("# seen by the team\n{fingerprint} the list is meant\n0123456789abcdef gone\n"),
    );
    let run = folder.permspec(&["diff", "old.rst", "new.rst", "--approved", "approved.txt"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains(SAID),
        "it is still listed: {}",
        run.stdout
    );
    assert!(
        run.stderr
            .contains("no change has the approved fingerprint `0123456789abcdef`"),
        "{}",
        run.stderr
    );
    let missing = folder.permspec(&["diff", "old.rst", "new.rst", "--approved", "no.txt"]);
    assert_eq!(missing.code, 2, "{}", missing.stderr);
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_command_quietly() {
    let folder = Folder::new();
    folder.write("new.rst", &image_sharing());
    let script = format!(
        "\"{}\" diff /dev/null new.rst --format json | true",
        Path::new(permspec().get_program()).display()
    );
    let done = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.0.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}
