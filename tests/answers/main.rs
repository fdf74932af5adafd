//! Questions of somebody who has installed the command and read nothing, from a folder without a project.

mod builtin;
mod empty;
mod formats;
mod renamed;
mod search;
mod window;

use std::fs;
use std::path::Path;

use permspec_tests::{Run, permspec};
use serde_json::Value;

/// Runs the command in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = permspec().args(arguments).current_dir(folder).output();
    Run::of(output.expect("permspec starts"))
}

/// Runs the command in an empty folder.
fn run(arguments: &[&str]) -> Run {
    run_in(tempfile::tempdir().unwrap().path(), arguments)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

fn code(run: &Run, expected: i32) {
    assert_eq!(run.code, expected, "{}\n{}", run.stdout, run.stderr);
}

fn says(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "no {said:?} in\n{text}");
    }
}

/// A page of a service of ovens, with a row for each call.
fn page(rows: &[(&str, &str, &str)]) -> String {
    let border = format!(
        "{}  {}  {}\n",
        "=".repeat(30),
        "=".repeat(50),
        "=".repeat(30)
    );
    let line = |a: &str, b: &str, c: &str| format!("{a:30}  {b:50}  {c:30}\n");
    let rows: String = rows.iter().map(|(a, b, c)| line(a, b, c)).collect();
    let head = line("Permission", "API", "Action");
    format!("Ovens\n=====\n\n{border}{head}{border}{rows}{border}")
}

/// A project with one page of ovens. Its model is written.
fn ovens(rows: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("docs/oven/ovens.rst", &page(rows));
    write(
        "permspec.toml",
        "permspec = 1\ndocs = \"docs\"\nmodels = \"spec\"\n\n[service.oven]\ntitle = \"Oven Service\"\npages = [\"oven/ovens.rst\"]\n",
    );
    code(&run_in(folder.path(), &["extract"]), 0);
    folder
}

const OVENS: [(&str, &str, &str); 3] = [
    ("Listing Ovens", "GET /v1/ovens", "oven:ovens:list"),
    (
        "Changing the Heat of an Oven",
        "PUT /v1/ovens/{oven_id}/heat",
        "oven:ovens:heat",
    ),
    (
        "Deleting an Oven",
        "DELETE /v1/ovens/{oven_id}",
        "oven:ovens:delete",
    ),
];
