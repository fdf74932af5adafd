//! Generation in a build script, as in a user's crate. A copy of the consumer crate is built, run, changed and built
//! again, outside of the workspace.

use std::fs;

use permspec_tests::{Run, cargo, copy, root};

/// A copy of the consumer crate, with its page.
struct Consumer {
    folder: tempfile::TempDir,
}

impl Consumer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("tests/consumers/build-script"), folder.path());
        let manifest = format!(
            "[workspace]\n\
             [package]\nname = \"consumer-build-script\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [dependencies]\npermspec-runtime = {{ path = {runtime:?} }}\n\
             [build-dependencies]\npermspec = {{ path = {generator:?} }}\n",
            runtime = root().join("runtime").display().to_string(),
            generator = root().join("generator").display().to_string(),
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        // The versions are those of the workspace, because the test must not use a registry.
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        Consumer { folder }
    }

    fn run(&self) -> Run {
        let mut cargo = cargo();
        cargo.args(["run", "-v"]).current_dir(self.folder.path());
        // The tests share what they compile, but not with the builds of the workspace.
        cargo.env("CARGO_TARGET_DIR", root().join("target/consumers"));
        Run::of(cargo.output().unwrap())
    }

    fn edit_page(&self, from: &str, to: &str) {
        let page = self.folder.path().join("docs/image_sharing.rst");
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(from));
        fs::write(page, text.replacen(from, to, 1)).unwrap();
    }
}

fn ran_the_build_script(run: &Run) -> bool {
    let script = |line: &str| line.contains("Running") && line.contains("build-script-build`");
    run.stderr
        .lines()
        .any(|line| script(line) && line.contains("consumer-build-script"))
}

#[test]
fn a_build_script_generates_what_the_crate_uses_and_runs_again_only_when_the_page_changes() {
    let consumer = Consumer::new();

    let first = consumer.run();
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(ran_the_build_script(&first), "{}", first.stderr);
    assert!(
        first
            .stdout
            .contains("AddImageMember needs ims:images:get, ims:images:share\n")
    );
    assert!(
        first
            .stdout
            .contains("8 operations need ims:images:share\n")
    );
    assert!(
        first
            .stdout
            .ends_with("POST /v2/images/70a599e0-31e7-49b7-b260-868f441e862b/members\n"),
        "{}",
        first.stdout
    );

    let second = consumer.run();
    assert_eq!(second.code, 0, "{}", second.stderr);
    assert!(!ran_the_build_script(&second), "{}", second.stderr);

    consumer.edit_page("| -  ims:images:get   |", "| -  ims:images:list  |");
    let third = consumer.run();
    assert_eq!(third.code, 0, "{}", third.stderr);
    assert!(ran_the_build_script(&third), "{}", third.stderr);
    assert!(
        third
            .stdout
            .contains("AddImageMember needs ims:images:list, ims:images:share\n")
    );

    consumer.edit_page(
        "POST /v2/images/{image_id}/members   ",
        "FETCH /v2/images/{image_id}/members  ",
    );
    let broken = consumer.run();
    assert_eq!(broken.code, 101, "{}", broken.stderr);
    assert!(
        broken
            .stderr
            .contains("error[P031]: `FETCH` is not an HTTP method"),
        "{}",
        broken.stderr
    );
    assert!(
        broken.stderr.contains("docs/image_sharing.rst:11:"),
        "{}",
        broken.stderr
    );
}
