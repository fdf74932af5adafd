//! Disks that are full or read-only, and files of another user. Each disk is a small one in memory, which only root may
//! mount. Otherwise a test says that it was skipped.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use permspec_tests::{Project, Run, bytes_below, copy, permspec, skipped};

use crate::{MODEL, PAGE, unfinished};

/// A disk in memory. It is unmounted when it is dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    /// `None` if this user may not mount a disk. Then standard error says so.
    fn new(kilobytes: u32, test: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Disk(folder));
        }
        skipped(test, "only root may mount a disk");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn read_only(&self) {
        let mounted = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(self.path())
            .status();
        assert!(mounted.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

/// The project's parts on a disk, and its files with their texts.
fn project_on(disk: &Disk) -> BTreeMap<PathBuf, Vec<u8>> {
    let project = Project::new();
    for part in ["spec", "generated"] {
        copy(&project.path(part), &disk.path().join(part));
    }
    // Both stages have something to write.
    let page = disk.path().join(PAGE);
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Adding an Image", "Giving an Image")).unwrap();
    fs::write(disk.path().join("generated/src/dns.rs"), "old").unwrap();
    bytes_below(disk.path())
}

const WRITERS: [&[&str]; 4] = [
    &["extract"],
    &["generate"],
    &["render", "html", "csv", "--out", "out"],
    &["export", "openapi", "--out", "out"],
];

/// Each command that writes fails with the code, the reason and a path, and no file changes.
fn writers_fail(folder: &Path, before: &BTreeMap<PathBuf, Vec<u8>>, reason: &str) {
    for arguments in WRITERS {
        let run = permspec().args(arguments).current_dir(folder).output();
        let run = Run::of(run.unwrap());
        assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
        for part in ["P009", "cannot be written", reason] {
            assert!(
                run.stderr.contains(part),
                "{arguments:?}: no {part} in {}",
                run.stderr
            );
        }
        assert!(
            bytes_below(folder) == *before,
            "{arguments:?} left something"
        );
    }
}

#[test]
fn a_full_disk_leaves_every_file_as_it_was() {
    let Some(disk) = Disk::new(49_152, "a_full_disk_leaves_every_file_as_it_was") else {
        return;
    };
    project_on(&disk);
    // Removes what is left.
    let mut filler = fs::File::create(disk.path().join("filler")).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    drop(filler);
    let before = bytes_below(disk.path());
    writers_fail(disk.path(), &before, "No space left");
}

#[test]
fn a_disk_that_may_not_be_written_is_an_error_and_can_be_checked() {
    let Some(disk) = Disk::new(
        49_152,
        "a_disk_that_may_not_be_written_is_an_error_and_can_be_checked",
    ) else {
        return;
    };
    let before = project_on(&disk);
    disk.read_only();
    writers_fail(disk.path(), &before, "Read-only file system");
    let run = permspec().arg("check").current_dir(disk.path()).output();
    let run = Run::of(run.unwrap());
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("generated/src/dns.rs"),
        "{}",
        run.stdout
    );
}

/// Runs `permspec` as a user who owns nothing: the present user, or `nobody` instead of root, whom no mode stops.
fn as_a_stranger(arguments: &[&str], folder: &Path) -> Option<Run> {
    let permspec = permspec();
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = if is_root {
        // Other users may not be able to read the folder of the command.
        let open = folder.join("permspec");
        // Another process copies it, because children cannot run a file that this process has open for writing.
        let copied = Command::new("cp")
            .arg(permspec.get_program())
            .arg(&open)
            .status();
        assert!(copied.unwrap().success());
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(open);
        command
    } else {
        permspec
    };
    match command.args(arguments).current_dir(folder).output() {
        Ok(output) => Some(Run::of(output)),
        Err(error) => {
            skipped(
                "what may not be read or written",
                &format!("no other user: {error}"),
            );
            None
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_may_not_be_read_is_an_error_that_names_it() {
    let project = Project::new();
    set_mode(&project.path(""), 0o755);
    for (closed, arguments) in [
        (PAGE, &["extract"][..]),
        (PAGE, &["check"]),
        (PAGE, &["lint", "spec/ims"]),
        (MODEL, &["generate"]),
        ("spec/ims", &["routes"]),
        ("spec/ims", &["lint", "spec"]),
        ("spec/permspec.toml", &["generate"]),
        ("generated/src/ims.rs", &["check"]),
    ] {
        let path = project.path(closed);
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        set_mode(&path, 0);
        let run = as_a_stranger(arguments, &project.path(""));
        set_mode(&path, mode);
        let Some(run) = run else { return };
        assert_eq!(run.code, 1, "{closed}, {arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("P001"),
            "{closed}, {arguments:?}: {}",
            run.stderr
        );
        assert!(
            run.stderr.contains(closed),
            "{closed}, {arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_folder_that_may_not_be_written_keeps_what_it_has() {
    let project = Project::new();
    set_mode(&project.path(""), 0o755);
    project.edit(PAGE, "Adding an Image", "Giving an Image");
    let folders = ["spec/ims", "generated/src"];
    for folder in folders {
        set_mode(&project.path(folder), 0o555);
    }
    fs::write(project.path("generated/src/dns.rs"), "old").unwrap();
    let model = project.read(MODEL);
    for (arguments, named) in [
        (&["extract"][..], MODEL),
        (&["generate"], "generated/src/dns.rs"),
    ] {
        let Some(run) = as_a_stranger(arguments, &project.path("")) else {
            break;
        };
        assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
        for part in ["P009", "Permission denied", named] {
            assert!(run.stderr.contains(part), "{arguments:?}: {}", run.stderr);
        }
    }
    assert_eq!(project.read(MODEL), model);
    assert_eq!(project.read("generated/src/dns.rs"), "old");
    for folder in folders {
        assert_eq!(unfinished(&project.path(folder)), 0);
        set_mode(&project.path(folder), 0o755);
    }
}
