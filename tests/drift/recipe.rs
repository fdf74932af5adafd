//! The recipes for CI that users copy. The tests run the commands of these files with a `gh` that only records its
//! arguments.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use permspec_tests::{Project, Run, commit, permspec, root};

/// The script of the step `name` in a workflow or action.
///
/// # Panics
/// If there is no such step.
fn script(file: &str, name: &str) -> String {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let mut lines = text
        .lines()
        .skip_while(|line| line.trim() != format!("- name: {name}"));
    let run = lines
        .find(|line| line.trim() == "run: |")
        .expect("a step with a script");
    let indent = run.len() - run.trim_start().len() + 2;
    let block = lines.take_while(|line| line.is_empty() || line.starts_with(&" ".repeat(indent)));
    let lines: Vec<&str> = block
        .map(|line| line.get(indent..).unwrap_or_default())
        .collect();
    lines.join("\n")
}

/// A folder of the CI machine: its files for outputs, and the commands on its path.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("bin");
        fs::create_dir(&bin).unwrap();
        let gh = "#!/bin/sh\necho \"$*\" >> \"$RUNNER_TEMP/asked\"\ncase \"$2\" in list) cat \"$RUNNER_TEMP/open\";; esac\n";
        fs::write(bin.join("gh"), gh).unwrap();
        fs::write(folder.path().join("open"), "").unwrap();
        let done = Command::new("chmod")
            .arg("+x")
            .arg(bin.join("gh"))
            .status()
            .unwrap();
        assert!(done.success());
        Runner { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// Runs a script as the hosted CI does.
    fn run(&self, script: &str, folder: &Path, variables: &[(&str, &str)]) -> Run {
        let built = PathBuf::from(permspec().get_program());
        let path = format!(
            "{}:{}:{}",
            self.file("bin").display(),
            built.parent().unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let done = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .env("PATH", path)
            .env("RUNNER_TEMP", self.folder.path())
            .env("GITHUB_OUTPUT", self.file("output"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary"))
            .envs(variables.iter().copied())
            .current_dir(folder)
            .output();
        Run::of(done.unwrap())
    }
}

const SAID: &str = "`AddImageMember` needs `ims:images:list` instead of `ims:images:get`";

#[test]
fn the_action_annotates_summarises_and_fails_for_what_breaks() {
    let compare = script("action.yml", "Compare");
    let project = Project::new();
    commit(&project.path(""));
    project.edit(
        "spec/ims/image_sharing.json",
        "\"ims:images:get\"",
        "\"ims:images:list\"",
    );
    for (fail_on, approved, code) in [
        ("breaking", "", 1),
        ("any", "", 1),
        ("breaking", "approved.txt", 0),
    ] {
        let runner = Runner::new();
        if !approved.is_empty() {
            let json = project.permspec(&["diff", "git:HEAD:spec", "spec", "--format", "json"]);
            let (_, fingerprint) = json.stdout.split_once("\"fingerprint\": \"").unwrap();
            fs::write(project.path(approved), &fingerprint[..16]).unwrap();
        }
        let variables = [
            ("OLD", "git:HEAD:spec"),
            ("NEW", "spec"),
            ("FAIL_ON", fail_on),
            ("APPROVED", approved),
        ];
        let run = runner.run(&compare, &project.path(""), &variables);
        assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
        assert!(
            run.stdout
                .contains("::error file=spec/ims/image_sharing.json,line="),
            "{}",
            run.stdout
        );
        assert!(
            runner.read("summary").contains(SAID),
            "{}",
            runner.read("summary")
        );
        assert!(
            runner.read("output").contains(&format!("result={code}")),
            "{}",
            runner.read("output")
        );
        assert!(runner.read("permspec-changelog.md").contains(SAID));
    }
    let runner = Runner::new();
    let wrong = [
        ("OLD", "git:nowhere:spec"),
        ("NEW", "spec"),
        ("FAIL_ON", "any"),
        ("APPROVED", ""),
    ];
    assert_eq!(runner.run(&compare, &project.path(""), &wrong).code, 2);
}

#[test]
fn the_scheduled_job_makes_the_changelog_an_issue_once() {
    let file = ".github/workflows/documentation.yml";
    let project = Project::new();
    // The live documentation, in the repositories that the configuration names.
    let live = tempfile::tempdir().unwrap();
    let repository = live.path().join("image-management-service");
    let page = repository.join("api-ref/source/image_sharing.rst");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    let text = project.read("spec/ims/image_sharing.rst");
    fs::write(
        &page,
        text.replace("| -  ims:images:get   |", "| -  ims:images:list  |"),
    )
    .unwrap();
    commit(&repository);
    fs::write(
        project.path("spec/permspec.toml"),
        "permspec = 1\n[service.ims]\nrepository = \"image-management-service\"\n",
    )
    .unwrap();
    for entry in fs::read_dir(project.path("spec")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.is_dir() && !folder.ends_with("ims") {
            fs::remove_dir_all(folder).unwrap();
        }
    }
    let runner = Runner::new();
    let documentation = live.path().to_str().unwrap();
    let fetch = script(file, "Fetch the live documentation");
    let fetched = runner.run(
        &fetch,
        &project.path(""),
        &[("DOCUMENTATION", documentation)],
    );
    assert_eq!(fetched.code, 0, "{}", fetched.stderr);
    let compared = runner.run(&script(file, "Compare"), &project.path(""), &[]);
    assert_eq!(compared.code, 0, "{}", compared.stderr);
    assert!(runner.read("output").contains("result=1"));
    assert!(
        project.read("changelog.md").contains(SAID),
        "{}",
        project.read("changelog.md")
    );
    let open = script(file, "Open an issue");
    assert_eq!(runner.run(&open, &project.path(""), &[]).code, 0);
    assert!(
        runner
            .read("asked")
            .contains("issue create --title Documentation changes --body-file body.md")
    );
    assert_eq!(project.read("body.md"), project.read("changelog.md"));
    fs::write(runner.file("open"), "7\n").unwrap();
    assert_eq!(runner.run(&open, &project.path(""), &[]).code, 0);
    assert!(
        runner
            .read("asked")
            .ends_with("issue edit 7 --body-file body.md\n"),
        "{}",
        runner.read("asked")
    );
}

#[test]
fn the_hooks_pass_a_clean_tree_and_stop_a_breaking_change() {
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: "))
        .collect();
    assert_eq!(entries.len(), 3);
    let project = Project::new();
    commit(&project.path(""));
    let runner = Runner::new();
    let run = |entry: &str| {
        let file = if entry.starts_with("permspec lint") {
            " spec/ims/image_sharing.rst"
        } else {
            ""
        };
        runner
            .run(&format!("{entry}{file}"), &project.path(""), &[])
            .code
    };
    for entry in &entries {
        assert_eq!(run(entry), 0, "{entry}");
    }
    project.edit(
        "spec/ims/image_sharing.json",
        "\"ims:images:get\"",
        "\"ims:images:list\"",
    );
    project.edit(
        "spec/ims/image_sharing.rst",
        "| POST /v1/cloudimages/members ",
        "| POST/v1/cloudimages/members  ",
    );
    for entry in &entries {
        assert_eq!(run(entry), 1, "{entry}");
    }
}
