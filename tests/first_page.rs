//! The first page of the generated crate's documentation, as a reader copies it: dependencies and program are a crate
//! that compiles. The other examples of the page are tests of the crate itself.

use std::fs;

use permspec_tests::{Run, cargo, root};

/// The first block of this language in the documentation of a crate's root.
fn block(page: &str, language: &str) -> String {
    let lines = page.lines().filter_map(|line| line.strip_prefix("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let fence = format!("```{language}");
    let block: Vec<&str> = lines
        .skip_while(|line| *line != fence)
        .skip(1)
        .take_while(|line| *line != "```")
        .collect();
    assert!(!block.is_empty(), "no block `{language}`:\n{page}");
    block.join("\n")
}

/// Checks the program of the first page of the crate `name`, which is at `path`.
fn check(name: &str, path: &str) {
    let page = fs::read_to_string(root().join(path).join("src/lib.rs")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // The packages are those of this checkout, so no registry is used.
    let manifest = format!(
        "{}\n\
         [package]\nname = \"reader\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [workspace]\n\
         [patch.crates-io]\n{name} = {{ path = {package:?} }}\npermspec-runtime = {{ path = {runtime:?} }}\n",
        // TLS needs packages that nothing else here downloads.
        block(&page, "toml").replace("ureq-rustls", "ureq"),
        package = root().join(path).display().to_string(),
        runtime = root().join("runtime").display().to_string(),
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/main.rs"), block(&page, "ignore")).unwrap();

    let mut cargo = cargo();
    cargo.arg("check").current_dir(folder.path());
    cargo.env("CARGO_TARGET_DIR", root().join("target/consumers"));
    let run = Run::of(cargo.output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
}

#[test]
fn the_dependencies_and_the_call_of_the_first_page_are_a_program_that_compiles() {
    check("otc-api", "generated");
}

#[test]
fn the_first_page_of_the_types_has_a_program_that_compiles_too() {
    check("otc-types", "generated/types");
}
