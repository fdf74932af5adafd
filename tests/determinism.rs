//! The same input gives the same bytes: for every user, folder, time and language, and for every order in which the
//! disk lists the files. No part of the pipeline uses threads or the time.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use permspec_tests::{Project, Run, bytes_below, pages_below, permspec, root, shared};

/// The names of the files that differ. Whole texts would not help the reader.
fn assert_same(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    let differ = |(path, bytes): &(&PathBuf, &Vec<u8>)| b.get(*path) != Some(*bytes);
    let differing: Vec<_> = a.iter().filter(differ).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{what}: {differing:?}");
    assert_eq!(a.len(), b.len(), "{what}");
}

/// The settings of a run, besides the project.
type Circumstances<'a> = &'a dyn Fn(&mut Command);

/// The model, the crate and the exports of a project, all made from nothing, and everything that was printed.
fn outputs(
    project: &Path,
    out: &Path,
    circumstances: Circumstances<'_>,
) -> BTreeMap<PathBuf, Vec<u8>> {
    let config = project.join("spec/permspec.toml");
    let out_name = out.to_str().unwrap();
    let mut printed = String::new();
    for arguments in [
        vec!["extract"],
        vec!["generate"],
        vec!["render", "html", "markdown", "csv", "--out", out_name],
        vec!["routes", "--format", "json"],
        vec!["export", "openapi", "--service", "ims"],
        vec!["lint", "spec"],
    ] {
        let mut command = permspec();
        command
            .current_dir(project)
            .arg("--config")
            .arg(&config)
            .args(&arguments);
        circumstances(&mut command);
        let run = Run::of(command.output().unwrap());
        assert!(run.code < 2, "{arguments:?}: {}", run.stderr);
        printed += &run.stdout;
    }
    let mut all = bytes_below(Path::new(out));
    for part in ["spec", "generated"] {
        let files = bytes_below(&project.join(part)).into_iter();
        all.extend(files.map(|(path, bytes)| (Path::new(part).join(path), bytes)));
    }
    all.insert("printed".into(), printed.into_bytes());
    all
}

/// A small project with one service, so that many runs take little time.
fn small() -> Project {
    let project = Project::new();
    for folder in fs::read_dir(project.path("spec")).unwrap() {
        let path = folder.unwrap().path();
        if path.is_dir() && !path.ends_with("ims") {
            fs::remove_dir_all(path).unwrap();
        }
    }
    fs::remove_file(project.path("spec/fixups.toml")).unwrap();
    let config = "permspec = 1\ndocs = \".\"\nmodels = \".\"\n\n[crate]\npath = \"../generated\"\nname = \"otc-api\"\n\
                  version = \"0.1.0\"\ndescription = \"a\"\nlicense = \"MIT\"\nruntime-path = \"../runtime\"\n\n\
                  [service.ims]\npages = [\"ims/image_sharing.rst\"]\n";
    fs::write(project.path("spec/permspec.toml"), config).unwrap();
    fs::remove_dir_all(project.path("generated")).unwrap();
    project
}

#[test]
fn twenty_runs_give_the_same_bytes() {
    let project = small();
    let first = outputs(&project.path(""), &project.path("out"), &|_| {});
    for run in 1..20 {
        for made in ["spec/ims/image_sharing.json", "generated", "out"] {
            let path = project.path(made);
            // The model pins the names of operations, so every second run keeps it.
            if path.is_dir() {
                fs::remove_dir_all(path).unwrap();
            } else if run % 2 == 0 {
                fs::remove_file(path).unwrap();
            }
        }
        let again = outputs(&project.path(""), &project.path("out"), &|_| {});
        assert_same(&first, &again, &format!("run {run}"));
    }
}

#[test]
fn the_environment_changes_nothing() {
    let project = small();
    let expected = outputs(&project.path(""), &project.path("out"), &|_| {});
    let circumstances: [(&str, &[(&str, &str)]); 8] = [
        ("no language", &[("LC_ALL", "C")]),
        (
            "a language with another upper case",
            &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        ),
        ("another time zone", &[("TZ", "Pacific/Kiritimati")]),
        ("a time of its own", &[("SOURCE_DATE_EPOCH", "0")]),
        ("no home", &[("HOME", ""), ("USER", "")]),
        ("nothing temporary", &[("TMPDIR", "/nowhere")]),
        (
            "a terminal with colours",
            &[("CLICOLOR_FORCE", "1"), ("COLUMNS", "40")],
        ),
        ("another user", &[("USER", "nobody"), ("HOME", "/nowhere")]),
    ];
    for (what, circumstance) in circumstances {
        fs::remove_dir_all(project.path("generated")).unwrap();
        let set = |run: &mut Command| {
            run.envs(circumstance.iter().copied());
        };
        let again = outputs(&project.path(""), &project.path("out"), &set);
        assert_same(&expected, &again, what);
    }
    fs::remove_dir_all(project.path("generated")).unwrap();
    let bare = |run: &mut Command| {
        run.env_clear();
    };
    let again = outputs(&project.path(""), &project.path("out"), &bare);
    assert_same(&expected, &again, "an empty environment");
}

#[test]
fn the_times_of_files_change_nothing() {
    let project = small();
    let expected = outputs(&project.path(""), &project.path("out"), &|_| {});
    for (years, what) in [(10, "files of 1980"), (130, "files of 2100")] {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(years * 31_557_600);
        for file in pages_below(&project.path("spec")) {
            fs::File::options()
                .append(true)
                .open(file)
                .unwrap()
                .set_modified(time)
                .unwrap();
        }
        fs::remove_dir_all(project.path("generated")).unwrap();
        let again = outputs(&project.path(""), &project.path("out"), &|_| {});
        assert_same(&expected, &again, what);
    }
}

#[test]
fn the_working_folder_changes_nothing() {
    let project = small();
    let expected = outputs(&project.path(""), &project.path("out"), &|_| {});
    let elsewhere = tempfile::tempdir().unwrap();
    for made in ["generated", "out", "spec/ims/image_sharing.json"] {
        let path = project.path(made);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }
    let config = project.path("spec/permspec.toml");
    let (config, out) = (config.to_str().unwrap(), project.path("out"));
    for arguments in [
        vec!["extract"],
        vec!["generate"],
        vec![
            "render",
            "html",
            "markdown",
            "csv",
            "--out",
            out.to_str().unwrap(),
        ],
    ] {
        let run = permspec()
            .current_dir(elsewhere.path())
            .args(["--config", config])
            .args(&arguments)
            .output();
        assert_eq!(Run::of(run.unwrap()).code, 0, "{arguments:?}");
    }
    let mut again = bytes_below(&out);
    for part in ["spec", "generated"] {
        let files = bytes_below(&project.path(part)).into_iter();
        again.extend(files.map(|(path, bytes)| (Path::new(part).join(path), bytes)));
    }
    again.insert("printed".into(), expected[Path::new("printed")].clone());
    assert_same(&expected, &again, "another working folder");
}

/// Copies a folder file by file, the last path first, so that the disk lists the files in another order.
fn copy_backwards(from: &Path, to: &Path) {
    for (path, bytes) in bytes_below(from).into_iter().rev() {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

#[test]
fn the_order_in_which_the_disk_lists_files_changes_nothing() {
    let project = Project::new();
    let backwards = tempfile::tempdir().unwrap();
    for part in ["spec", "generated"] {
        copy_backwards(&project.path(part), &backwards.path().join(part));
    }
    let made = |folder: &Path| {
        fs::remove_dir_all(folder.join("generated/src")).unwrap();
        outputs(folder, &folder.join("out"), &|_| {})
    };
    let (one, other) = (made(&project.path("")), made(backwards.path()));
    assert_same(&one, &other, "files in another order");
    // The checked-in files were made on another day, and maybe on another machine.
    for part in ["spec", "generated/src"] {
        let checked_in = bytes_below(&root().join(part));
        assert_same(&checked_in, &bytes_below(&project.path(part)), part);
    }
}

#[test]
fn a_whole_documentation_gives_the_same_model_in_any_order() {
    let Some(docs) = shared(
        "corpus",
        "a_whole_documentation_gives_the_same_model_in_any_order",
    ) else {
        return;
    };
    let made = |docs: &Path| {
        let run = permspec()
            .current_dir(docs)
            .args(["extract", "--format", "jsonl", "--docs", "."])
            .output();
        let run = Run::of(run.unwrap());
        assert!(run.stdout.lines().count() > 1000, "{}", run.stderr);
        (run.stdout, run.stderr)
    };
    let backwards = tempfile::tempdir().unwrap();
    copy_backwards(&docs, backwards.path());
    assert!(
        made(&docs) == made(backwards.path()),
        "files in another order"
    );
}
