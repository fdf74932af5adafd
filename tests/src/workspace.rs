//! The repository under test: its command, and copies of its folders.
//! A test may change a copy. This module must never let a test write to the checkout itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The repository's root.
///
/// # Panics
/// Never. The tests are a folder of the repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are a folder of the repository")
        .to_owned()
}

/// The `permspec` command of this checkout, built as `cargo test` builds it.
///
/// # Panics
/// If it does not build.
pub fn permspec() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let binary = BUILT.get_or_init(|| {
        let build = cargo()
            .args(["build", "--workspace", "--bin", "permspec"])
            .output();
        success(build.expect("cargo runs"));
        target_dir()
            .join("debug")
            .join(format!("permspec{}", std::env::consts::EXE_SUFFIX))
    });
    let mut command = Command::new(binary);
    // The window of the developer must not break lines.
    command.env_remove("COLUMNS");
    command
}

/// Cargo in the repository's root, without the network. `Cargo.lock` contains everything that the tests need.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).arg("--offline");
    // The cargo that runs the tests sets these variables. The cargo that a test runs must not use them.
    for variable in [
        "CARGO_MANIFEST_DIR",
        "CARGO_PKG_NAME",
        "RUSTFLAGS",
        "OUT_DIR",
    ] {
        cargo.env_remove(variable);
    }
    cargo
}

fn target_dir() -> PathBuf {
    // target/debug/deps/<test>: three folders up, also if the target folder was moved.
    let test = std::env::current_exe().expect("a test knows its own path");
    test.ancestors()
        .nth(3)
        .expect("tests are built in target/debug/deps")
        .to_owned()
}

/// Standard output of a command that must succeed.
///
/// # Panics
/// If it fails, with both outputs.
pub fn success(output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let stdout = String::from_utf8(output.stdout).expect("output is UTF-8");
    assert!(
        output.status.success(),
        "{}\n{stdout}\n{stderr}",
        output.status
    );
    stdout
}

/// A copy of a project (`spec/` and `generated/`), removed when it is dropped.
#[derive(Debug)]
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// Copies the repository's own project.
    ///
    /// # Panics
    /// If the disk fails.
    #[allow(
        clippy::new_without_default,
        reason = "it copies files, which `default` should not"
    )]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["spec", "generated"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        Project { folder }
    }

    /// A path below the project.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// The text of a file.
    ///
    /// # Panics
    /// If it cannot be read.
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a file of the project")
    }

    /// Replaces `from`, which must appear in the file, by `to`.
    ///
    /// # Panics
    /// If it does not appear.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        fs::write(self.path(file), text.replacen(from, to, 1)).expect("a writable file");
    }

    /// Runs `permspec` in the project.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn permspec(&self, arguments: &[&str]) -> Run {
        let output = permspec()
            .args(arguments)
            .current_dir(self.folder.path())
            .output();
        Run::of(output.expect("permspec starts"))
    }
}

/// The output of a command, and its exit code.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// The result of a finished command.
    ///
    /// # Panics
    /// If a signal ended it, or if it printed something that is not UTF-8.
    pub fn of(output: Output) -> Self {
        Run {
            code: output.status.code().expect("no signal ended it"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// Runs `permspec extract --reference` over the documentation in a folder that is no project.
///
/// # Panics
/// If the command cannot be run.
pub fn extract_reference(docs: &Path, options: &[&str]) -> Run {
    let mut command = permspec();
    command
        .args(["extract", "--docs", ".", "--reference"])
        .args(options);
    Run::of(command.current_dir(docs).output().expect("a run"))
}

/// Copies a folder with everything below it. Links become the files that they point at.
///
/// # Panics
/// If the disk fails.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file");
        }
    }
}

/// Every file below a folder, with its path and its bytes.
///
/// # Panics
/// If a folder or file cannot be read.
pub fn bytes_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(below, fs::read(&path).unwrap());
            }
        }
    }
    found
}
