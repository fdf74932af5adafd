//! Repositories that tests make in folders of their own.
//! The user's settings must never count, nor a repository around the folder.

use std::path::Path;
use std::process::Command;

/// Runs git in a folder.
///
/// # Panics
/// Where it fails, with what it says.
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

/// Commits all that a folder has; the first time, makes it a repository.
///
/// # Panics
/// Where git fails.
pub fn commit(folder: &Path) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet", "--initial-branch", "main"]);
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "A version"]);
}
