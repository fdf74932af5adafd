//! Wrong inputs and outputs: pipes, devices, folders, links to nowhere, files without an end. Each is an immediate
//! error that names the file, and the disk stays as it was.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use permspec_tests::{Project, Run, commit, permspec};

use crate::{MODEL, PAGE, unfinished};

/// Runs `permspec` with limited memory. The run must end, and may not use more than this address space.
fn soon(project: &Project, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let permspec = permspec();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1000000; exec \"$@\"", "sh"])
        .arg(permspec.get_program())
        .args(arguments)
        .current_dir(project.path(""))
        .output();
    let run = Run::of(output.unwrap());
    let took = start.elapsed();
    assert!(took < Duration::from_secs(120), "{arguments:?}: {took:?}");
    run
}

/// `arguments` fail with `code`, name `file`, and leave model and crate as they were.
fn refuses(project: &Project, arguments: &[&str], code: &str, file: &str) {
    let before = (project.read(MODEL), project.read("generated/src/ims.rs"));
    let run = soon(project, arguments);
    assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
    for part in [code, file] {
        assert!(run.stderr.contains(part), "{arguments:?}: {}", run.stderr);
    }
    let after = (project.read(MODEL), project.read("generated/src/ims.rs"));
    assert!(before == after, "{arguments:?}");
}

/// Puts something wrong at a path.
type Make<'a> = &'a dyn Fn(&Path);

#[test]
fn what_is_no_plain_file_is_refused_before_it_is_opened() {
    let project = Project::new();
    let page = project.path(PAGE);
    let odd: [(&str, Make<'_>); 5] = [
        ("is a pipe or a device", &|place| {
            assert!(
                Command::new("mkfifo")
                    .arg(place)
                    .status()
                    .unwrap()
                    .success()
            );
        }),
        ("is a pipe or a device", &|place| {
            symlink("/dev/zero", place).unwrap();
        }),
        ("does not exist", &|place| {
            symlink("nowhere", place).unwrap();
        }),
        ("Too many levels", &|place| symlink(place, place).unwrap()),
        ("is a folder", &|place| fs::create_dir(place).unwrap()),
    ];
    for (message, make) in odd {
        fs::remove_file(&page)
            .or_else(|_| fs::remove_dir(&page))
            .unwrap();
        make(&page);
        for arguments in [
            &["extract"][..],
            &["check"],
            &["lint", PAGE],
            &["tables", PAGE],
        ] {
            if !(page.is_dir() && arguments[0] == "lint") {
                refuses(&project, arguments, message, PAGE);
            }
        }
    }
}

#[test]
fn a_text_above_the_bound_is_refused_by_its_size() {
    let project = Project::new();
    let gigabyte = |file: &str| {
        File::create(project.path(file))
            .unwrap()
            .set_len(1 << 30)
            .unwrap();
    };
    fs::create_dir(project.path("docs")).unwrap();
    gigabyte("docs/page.rst");
    gigabyte("policy.json");
    gigabyte("calls.log");
    gigabyte("calls.j2");
    for arguments in [
        &["tables", "docs/page.rst"][..],
        &["lint", "docs"],
        &["extract", "--docs", "docs"],
        &["extract", "--docs", "docs", "--format", "json"],
        &["check", "--docs", "docs"],
    ] {
        refuses(&project, arguments, "P011", "docs/page.rst");
    }
    refuses(
        &project,
        &["policy", "check", "policy.json"],
        "P011",
        "policy.json",
    );
    refuses(
        &project,
        &["policy", "for", "--routes", "calls.log"],
        "P011",
        "calls.log",
    );
    refuses(
        &project,
        &["render", "calls.j2", "--out", "out"],
        "P011",
        "calls.j2",
    );
    let config = project.read("spec/permspec.toml");
    gigabyte("spec/permspec.toml");
    refuses(&project, &["generate"], "P011", "permspec.toml");
    fs::write(project.path("spec/permspec.toml"), config).unwrap();
    gigabyte("spec/ims/image.json");
    for arguments in [["generate"], ["routes"], ["check"]] {
        refuses(&project, &arguments, "P011", "spec/ims/image.json");
    }
}

#[test]
fn a_text_above_the_bound_is_refused_in_a_revision_too() {
    let project = Project::new();
    let page = project.read(PAGE);
    fs::write(project.path(PAGE), page + &"text\n".repeat(1_000_000)).unwrap();
    commit(&project.path(""));
    for old in ["git:HEAD:spec", &format!("git:HEAD:{PAGE}")] {
        let run = soon(&project, &["diff", old, "spec"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("more than 4 MiB"), "{}", run.stderr);
        assert!(run.stderr.contains("image_sharing.rst"), "{}", run.stderr);
    }
}

#[test]
fn the_largest_page_is_read_within_bounded_memory() {
    let project = Project::new();
    let head = "Ovens\n=====\n\n.. csv-table::\n   :header: Permission, API, Action\n\n";
    let mut page = String::from(head);
    for row in 0.. {
        let line = format!(
            "   Heats oven {row}, GET /v1/{row}{}, bake:{row}:get\n",
            "/oven".repeat(20)
        );
        if page.len() + line.len() > 4 << 20 {
            break;
        }
        page += &line;
    }
    fs::write(project.path("ovens.rst"), page).unwrap();
    let run = soon(&project, &["tables", "ovens.rst", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Heats oven 25000"));
}

#[test]
fn an_old_output_that_is_a_pipe_or_a_link_is_replaced_or_refused_and_never_read() {
    let project = Project::new();
    let file = project.path("generated/src/ims.rs");
    let expected = project.read("generated/src/ims.rs");
    for link in ["nowhere", "/dev/zero"] {
        fs::remove_file(&file).unwrap();
        symlink(link, &file).unwrap();
        assert_eq!(soon(&project, &["generate"]).code, 0);
        assert_eq!(project.read("generated/src/ims.rs"), expected);
    }
    fs::remove_file(&file).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(&file)
            .status()
            .unwrap()
            .success()
    );
    let run = soon(&project, &["check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(soon(&project, &["generate"]).code, 0);
    assert_eq!(project.read("generated/src/ims.rs"), expected);
    assert_eq!(unfinished(&project.path("generated/src")), 0);
}

#[test]
fn no_command_writes_through_a_link_that_leads_out_of_its_folder() {
    let project = Project::new();
    let elsewhere = project.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    // Instead of a folder that the command writes to.
    let instead = |folder: &str| {
        let folder = project.path(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.parent().unwrap()).unwrap();
        symlink(&elsewhere, &folder).unwrap();
    };
    instead("generated/src");
    instead("out/service");
    instead("out/go/ims");
    instead("out/.github");
    for arguments in [
        &["generate"][..],
        &["generate", "--check"],
        &["export", "html", "--out", "out"],
        &["render", "go", "--out", "out/go"],
        &["init", "out"],
    ] {
        let run = soon(&project, arguments);
        assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
        for said in ["P009", "is a link that leads out of it"] {
            assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
        }
        assert_eq!(
            fs::read_dir(&elsewhere).unwrap().count(),
            0,
            "{arguments:?}"
        );
    }
    // Instead of the model of a service.
    fs::rename(project.path("spec/ims"), project.path("ims")).unwrap();
    symlink(project.path("ims"), project.path("spec/ims")).unwrap();
    project.edit("ims/image_sharing.rst", "ims:images:get", "ims:images:lst");
    for arguments in [&["extract"][..], &["check", "--update"]] {
        let before = fs::read(project.path("ims/image_sharing.json")).unwrap();
        let run = soon(&project, arguments);
        assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("P009"), "{arguments:?}: {}", run.stderr);
        assert!(fs::read(project.path("ims/image_sharing.json")).unwrap() == before);
    }
}
