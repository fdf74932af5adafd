//! What every package of the repository promises: no unsafe code, and the stated Rust version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use permspec_tests::{cargo, root, success};
use serde_json::Value;
use toml::Table;

/// The only package with its own allocator, which inspects memory for secrets.
const UNSAFE: &str = "tests/consumers/wiped/Cargo.toml";

/// Every manifest of the repository, as git lists them.
fn manifests() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "Cargo.toml", "*/Cargo.toml"])
        .current_dir(root())
        .output()
        .expect("git runs");
    let found: Vec<PathBuf> = success(listed).lines().map(PathBuf::from).collect();
    assert!(found.len() > 10, "{found:?}");
    found
}

fn manifest(path: &Path) -> Table {
    let text = fs::read_to_string(root().join(path)).unwrap();
    text.parse().unwrap()
}

/// The value at a path of keys.
fn at<'t>(table: &'t Table, keys: &[&str]) -> Option<&'t toml::Value> {
    let (last, tables) = keys.split_last()?;
    tables
        .iter()
        .try_fold(table, |table, key| table.get(*key)?.as_table())?
        .get(*last)
}

/// The packages of the workspace, as cargo lists them.
fn metadata() -> Value {
    let told = cargo()
        .args(["metadata", "--format-version", "1", "--locked", "--no-deps"])
        .output();
    serde_json::from_str(&success(told.expect("cargo runs"))).unwrap()
}

fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().unwrap()
}

fn stated() -> String {
    let workspace = manifest(Path::new("Cargo.toml"));
    let stated = at(&workspace, &["workspace", "package", "rust-version"]).unwrap();
    stated.as_str().unwrap().to_owned()
}

#[test]
fn every_package_forbids_unsafe_code() {
    let workspace = manifest(Path::new("Cargo.toml"));
    let forbidden = Some("forbid");
    let lint = at(&workspace, &["workspace", "lints", "rust", "unsafe_code"]);
    assert_eq!(lint.and_then(toml::Value::as_str), forbidden);

    for path in manifests() {
        let manifest = manifest(&path);
        if !manifest.contains_key("package") {
            continue;
        }
        let inherited = at(&manifest, &["lints", "workspace"]).and_then(toml::Value::as_bool);
        let own = at(&manifest, &["lints", "rust", "unsafe_code"]).and_then(toml::Value::as_str);
        let in_code = fs::read_to_string(root().join(path.with_file_name("src/lib.rs")))
            .is_ok_and(|code| code.contains("\n#![forbid(unsafe_code)]\n"));
        if path == Path::new(UNSAFE) {
            assert_eq!(own, Some("deny"), "{}", path.display());
        } else {
            assert!(
                inherited == Some(true) || own == forbidden || in_code,
                "{} allows unsafe code",
                path.display()
            );
        }
    }
}

#[test]
fn the_root_of_every_published_package_says_that_it_has_no_unsafe_code() {
    let metadata = metadata();
    let mut roots = 0;
    for package in packages(&metadata) {
        if !package["publish"].is_null() {
            continue;
        }
        for target in package["targets"].as_array().unwrap() {
            let kind = target["kind"][0].as_str().unwrap();
            if !["lib", "bin"].contains(&kind) {
                continue;
            }
            let path = target["src_path"].as_str().unwrap();
            let code = fs::read_to_string(path).unwrap();
            assert!(code.contains("\n#![forbid(unsafe_code)]\n"), "{path}");
            roots += 1;
        }
    }
    assert!(roots >= 6, "{roots} roots");
}

#[test]
fn the_rust_version_is_the_same_wherever_it_is_stated() {
    let stated = stated();
    let metadata = metadata();
    for package in packages(&metadata) {
        let own = package["rust_version"].as_str();
        assert_eq!(own, Some(stated.as_str()), "{}", package["name"]);
    }
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains(&format!("Rust toolchain ({stated} or newer)")));
    for package in packages(&metadata) {
        if package["publish"].is_null() {
            let path = Path::new(package["manifest_path"].as_str().unwrap());
            let readme = fs::read_to_string(path.with_file_name("README.md")).unwrap();
            let says = format!("Rust {stated} or newer");
            assert!(readme.contains(&says), "{}", package["name"]);
        }
    }
    let template = fs::read_to_string(root().join("templates/crate/Cargo.toml.j2")).unwrap();
    assert!(template.contains(&format!("rust-version = \"{stated}\"")));
}

#[test]
fn every_published_package_says_what_it_is_and_under_which_terms() {
    let metadata = metadata();
    for package in packages(&metadata) {
        if !package["publish"].is_null() {
            continue;
        }
        let name = &package["name"];
        assert!(package["description"].is_string(), "{name}");
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        assert_eq!(package["readme"], "README.md", "{name}");
        let folder = Path::new(package["manifest_path"].as_str().unwrap());
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let theirs = fs::read(folder.with_file_name(licence)).unwrap();
            assert!(theirs == fs::read(root().join(licence)).unwrap(), "{name}");
        }
    }
}
