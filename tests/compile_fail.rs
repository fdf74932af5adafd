//! Code that misuses the API does not compile, and for the right reason. Each file of `fixtures/compile_fail/` says
//! which error of the compiler is expected on which line.
//!
//! Only line and code are compared, because the compiler's words differ between versions.

use std::collections::BTreeSet;
use std::fs;

use permspec_tests::{Run, cargo, root};
use serde_json::Value;

type Errors = BTreeSet<(String, u64, String)>;

/// The errors that the files expect, by file and line. `//~ E0277` comes after the code of its line.
fn expected(folder: &std::path::Path) -> Errors {
    let mut errors = Errors::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let before = errors.len();
        for (line, number) in text.lines().zip(1..) {
            if let Some((_, code)) = line.split_once("//~ ") {
                errors.insert((name.clone(), number, code.trim().into()));
            }
        }
        let expects_none = errors.len() == before;
        assert_eq!(expects_none, name == "control", "{name} expects nothing");
    }
    errors
}

/// The errors that the compiler reports, from its messages as JSON.
fn reported(output: &str) -> Errors {
    let messages = output
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let errors = messages
        .filter(|message| message["reason"] == "compiler-message")
        .filter(|message| message["message"]["level"] == "error")
        .filter_map(|message| {
            let code = message["message"]["code"]["code"].as_str()?.to_owned();
            let spans = message["message"]["spans"].as_array().unwrap();
            let span = spans
                .iter()
                .find(|span| span["is_primary"] == true)
                .unwrap();
            let name = message["target"]["name"].as_str().unwrap().to_owned();
            Some((name, span["line_start"].as_u64().unwrap(), code))
        });
    errors.collect()
}

#[test]
fn what_the_api_prevents_does_not_compile() {
    let fixtures = root().join("tests/fixtures/compile_fail");
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!(
        "[workspace]\n\
         [package]\nname = \"consumer-compile-fail\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nhttp = \"1\"\nserde_json = \"1\"\n\
         otc-api = {{ path = {generated:?}, features = [\"evs\"] }}\n\
         otc-types = {{ path = {types:?}, default-features = false, features = [\"tms\"] }}\n\
         permspec-runtime = {{ path = {runtime:?}, features = [\"client\", \"sign\", \"tower\", \"typed\"] }}\n",
        generated = root().join("generated"),
        types = root().join("generated/types"),
        runtime = root().join("runtime"),
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    // The versions are those of the workspace, because the test must not use a registry.
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    permspec_tests::copy(&fixtures, &folder.path().join("examples"));

    let mut cargo = cargo();
    cargo
        .args([
            "check",
            "--examples",
            "--keep-going",
            "--message-format=json",
        ])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", root().join("target/consumers"));
    let run = Run::of(cargo.output().unwrap());
    assert_ne!(run.code, 0, "everything compiles");
    assert_eq!(reported(&run.stdout), expected(&fixtures), "{}", run.stderr);
    let control = run.stdout.lines().any(|line| {
        line.contains("\"compiler-artifact\"") && line.contains("\"name\":\"control\"")
    });
    assert!(control, "what is right does not compile: {}", run.stderr);
}
