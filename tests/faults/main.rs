//! Failures of the machine: a run is killed, two run at once, a disk is full, a path cannot be written, a folder leads
//! back to itself. `odd_files.rs` has files that are not regular files, and `disks.rs` has what a disk refuses.
#![cfg(unix)]

mod disks;
mod odd_files;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use permspec_tests::{Project, Run, permspec};

const PAGE: &str = "spec/ims/image_sharing.rst";
const MODEL: &str = "spec/ims/image_sharing.json";

/// The command `permspec` in a project, not started yet.
fn command(project: &Project, arguments: &[&str]) -> Command {
    let mut command = permspec();
    command
        .args(arguments)
        .current_dir(project.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The files of a folder whose names begin with a dot. A run writes such files before it renames them.
fn unfinished(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .count()
}

#[test]
fn a_run_that_is_killed_leaves_the_old_text_or_the_new_one() {
    let project = Project::new();
    let pages = [
        project.read(PAGE),
        project
            .read(PAGE)
            .replace("Adding an Image", "Giving an Image"),
    ];
    let mut models = Vec::new();
    for page in &pages {
        fs::write(project.path(PAGE), page).unwrap();
        assert_eq!(project.permspec(&["extract"]).code, 0);
        models.push(project.read(MODEL));
    }
    assert_ne!(models[0], models[1]);
    let (mut killed, mut changed) = (0, 0);
    // The time of the kill approaches the end of a run, on any machine: it is later after a run that was
    // killed, and earlier after a run that was not.
    let mut moment = Duration::ZERO;
    for _ in 0..200 {
        let before = project.read(MODEL);
        let other = usize::from(before == models[0]);
        fs::write(project.path(PAGE), &pages[other]).unwrap();
        let mut child = command(&project, &["extract"]).spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            moment -= moment / 8;
        } else {
            killed += 1;
            moment += moment / 8 + Duration::from_millis(1);
        }
        let after = project.read(MODEL);
        assert!(models.contains(&after), "half a model:\n{after}");
        changed += u32::from(after != before);
    }
    // Both must have happened. Otherwise the test does not prove anything.
    assert!(
        killed > 20 && changed > 20,
        "{killed} killed, {changed} changed"
    );
    // The files that a killed run left behind do not disturb the next run.
    assert_eq!(project.permspec(&["extract"]).code, 0);
    assert_eq!(project.permspec(&["check"]).code, 0);
}

#[test]
fn runs_at_once_on_one_folder_write_what_one_writes() {
    let project = Project::new();
    let sources = project.path("generated/src");
    let expected = project.read("generated/src/ims.rs");
    fs::remove_dir_all(&sources).unwrap();
    let runs: Vec<_> = (0..4)
        .map(|_| command(&project, &["generate"]).spawn().unwrap())
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(project.read("generated/src/ims.rs"), expected);
    assert_eq!(unfinished(&sources), 0);
    assert_eq!(project.permspec(&["check"]).code, 0);
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_and_keeps_what_is_there() {
    let project = Project::new();
    let before = project.read("generated/src/ims.rs");
    fs::remove_file(project.path("generated/src/dns.rs")).unwrap();
    fs::create_dir(project.path("generated/src/dns.rs")).unwrap();
    let run = project.permspec(&["generate"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("generated/src/dns.rs"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("generated/src/ims.rs"), before);
    assert_eq!(unfinished(&project.path("generated/src")), 0);
}

#[test]
fn a_full_disk_behind_the_output_is_an_error() {
    let project = Project::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut routes = command(&project, &["routes"]);
    let run = routes.stdout(full).stderr(Stdio::piped()).output().unwrap();
    let run = Run::of(run);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
}

#[test]
fn a_folder_that_leads_back_to_itself_is_read_once() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("image-management-service");
    fs::create_dir(&folder).unwrap();
    let page = Project::new().read(PAGE);
    fs::write(folder.join("image_sharing.rst"), page).unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("again")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("broken.rst")).unwrap();
    let docs = temporary.path().to_str().unwrap();
    let run = Project::new().permspec(&["extract", "--docs", docs, "--format", "json"]);
    assert!(
        run.stdout.contains("\"rows\":8,"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert_eq!(run.code, 1, "a page that is not there is an error");
    assert!(run.stderr.contains("broken.rst"), "{}", run.stderr);
}
