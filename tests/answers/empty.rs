//! A check that read nothing does not succeed.

use std::fs;

use crate::{OVENS, code, ovens, page, run, run_in, says};

#[test]
fn nothing_read_is_an_error_unless_it_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(
        folder.path().join("docs/prose.rst"),
        "Title\n=====\n\nNo table.\n",
    )
    .unwrap();
    fs::write(folder.path().join("permspec.toml"), "permspec = 1\n").unwrap();
    for arguments in [
        &["lint", "docs"][..],
        &["check"],
        &["check", "--docs", "docs"],
        &["extract"],
        &["extract", "--docs", "docs"],
    ] {
        let nothing = run_in(folder.path(), arguments);
        code(&nothing, 1);
        says(&nothing.stderr, &["error[P013]", "--allow-empty"]);
        let allowed = run_in(folder.path(), &[arguments, &["--allow-empty"]].concat());
        code(&allowed, 0);
    }
    let page = run_in(folder.path(), &["lint", "docs/prose.rst"]);
    code(&page, 1);
    code(
        &run_in(folder.path(), &["lint", "docs/prose.rst", "--allow-empty"]),
        0,
    );
    for format in ["json", "github", "sarif"] {
        let nothing = run_in(folder.path(), &["lint", "docs", "--format", format]);
        code(&nothing, 1);
        says(&nothing.stdout, &["P013"]);
    }
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let both = [old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    code(&run(&["diff", both[0], both[1]]), 2);
    code(&run(&["diff", both[0], both[1], "--allow-empty"]), 0);
}

#[test]
fn one_folder_of_several_that_has_nothing_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("ovens.rst"), page(&OVENS)).unwrap();
    let linted = run_in(folder.path(), &["lint", "ovens.rst", "empty"]);
    code(&linted, 1);
    says(&linted.stderr, &["`empty`", "1 page, 1 table, 3 rows read"]);
}

#[test]
fn checks_say_how_much_they_read() {
    let project = ovens(&OVENS);
    let lint = run_in(project.path(), &["lint", "docs"]);
    code(&lint, 0);
    says(&lint.stderr, &["1 page, 1 table, 3 rows read"]);
    let check = run_in(project.path(), &["check"]);
    code(&check, 0);
    says(
        &check.stderr,
        &[
            "1 page, 1 table, 3 rows, 1 model read",
            "documentation and model agree",
        ],
    );
}

#[test]
fn a_command_that_cannot_help_is_not_advised() {
    let project = ovens(&OVENS);
    let page_path = project.path().join("docs/oven/ovens.rst");
    let changed = page(&OVENS).replace("oven:ovens:heat", "oven:ovens:warm");
    fs::write(&page_path, changed).unwrap();
    let check = run_in(project.path(), &["check"]);
    code(&check, 1);
    says(&check.stdout, &["fix with `permspec extract`\n"]);
    assert!(!check.stdout.contains("generate"), "{}", check.stdout);
}
