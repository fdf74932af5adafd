//! From calls to actions to policies: a person runs the commands over the repository's catalogue.

mod check;
mod diff;
mod least;
mod permissions;
mod route;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use permspec_tests::{Run, permspec, root};
use serde_json::Value;

fn run(arguments: &[&str]) -> Run {
    let output = permspec().args(arguments).current_dir(root()).output();
    Run::of(output.expect("permspec starts"))
}

/// Runs the command with this text as its standard input.
fn run_with_input(command: &mut Command, input: &str) -> Run {
    let pipe = || Stdio::piped();
    let mut child = command
        .current_dir(root())
        .stdin(pipe())
        .stdout(pipe())
        .stderr(pipe())
        .spawn()
        .expect("permspec starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    Run::of(child.wait_with_output().expect("permspec ends"))
}

/// Checks the exit code. If it is another, the message shows the output.
fn code(run: &Run, expected: i32) {
    assert_eq!(run.code, expected, "{}\n{}", run.stdout, run.stderr);
}

/// Each of `said` appears in `text`.
fn says(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "no {said:?} in\n{text}");
    }
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

/// A folder for the files of one test.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Files(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path: PathBuf = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

const SHARING: &str = r#"{"Version": "1.1", "Statement": [
    {"Effect": "Allow", "Action": ["ims:images:get", "ims:images:share"]}]}"#;
