//! Repositories that tests make in folders of their own.
//! The user's settings must not count, and neither must a repository around the folder.

use std::path::Path;
use std::process::Command;

/// Runs git in a folder.
///
/// # Panics
/// If git fails, with the output of git.
pub fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(folder)
        .output()
        .expect("git runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Commits everything in a folder. The first time, it makes the folder a repository.
///
/// # Panics
/// If git fails.
pub fn commit(folder: &Path) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet", "--initial-branch", "main"]);
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "A version"]);
}
