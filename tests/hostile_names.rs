//! A page whose names are hostile to Rust. The generated code compiles in a crate outside of the workspace without a
//! warning, and every stub can be called.

use std::fs;

use permspec_tests::{Run, cargo, root};

const BUILD: &str = r#"
fn main() -> Result<(), permspec::Error> {
    permspec::Builder::new().page("bake", "hostile_names.rst").compile()
}
"#;

/// Every stub of the page, with an argument for each of its parameters.
const MAIN: &str = r#"
#![deny(warnings)]
#![deny(missing_docs, unused_qualifications, clippy::all)]
//! Calls everything that was generated.

/// Hostile operations.
pub mod bake {
    permspec_runtime::include_module!("bake");
}

fn main() {
    let requests = [
        bake::get_type("a"),
        bake::get_self("a", "b"),
        bake::get_crate("a", "b"),
        bake::get_underscores_by("a"),
        bake::list2_ovens("a"),
        bake::perform_fn("a", "b", "c"),
        bake::perform_await("a", "b"),
        bake::list_limits("a", "b"),
        bake::list_three_ids("a", "b", "c"),
        bake::get_reverse_name("a", "b"),
        bake::change_rule("a", "b"),
        bake::change_rule_twice("a", "b", "c"),
        bake::perform_panic("a"),
        bake::perform_option("a", "b"),
        bake::ask().query(bake::query::TYPE, 1).query(bake::query::SELF, 2).query(bake::query::_2ND, 3),
    ];
    for request in requests {
        println!("{} {}", request.method(), request.target().unwrap());
    }
    // The row has several endpoints, so the operation does not have one path.
    let _ = bake::use_all();
    for route in bake::Route::ALL {
        for needed in route.spec().permissions {
            println!("{route} {}", needed.permission.as_str());
        }
    }
    assert_eq!(bake::permission::NOTHING_SHARE.as_str(), "bake:nothing:share");
}
"#;

/// The calls and the needs of every row, typed in by hand.
const OUTPUT: &str = "\
GET /v1/types/a
GET /v1/selves/a/b
GET /v1/crates/a/b
GET /v1/underscores/a
GET /v1/2fa/a
POST /v1/fn/a/b/c
POST /v1/await/a/b
GET /v2/a/limits/b
GET /v2/a/b/c
GET /v2/reverse/a:b
PUT /v1/a/rules/b
PUT /v1/a/rules/b/c
POST /v1/quotes/a
POST /v1/option/a/b
GET /v1/ask?type=1&self=2&2nd=3
GetType bake:type:self
GetSelf bake:Self:crate
GetCrate bake:crate:fn
GetUnderscoresBy bake:_:_
List2Ovens bake:2fa:3d
PerformFn bake:fn:match
PerformAwait bake:await:dyn
ListLimits bake:limits:get
ListThreeIds bake:ids:get
GetReverseName bake:names:get
ChangeRule bake:dnat_rules:update
ChangeRuleTwice bake:dnatRules:update
PerformPanic bake:quotes:get
PerformOption bake:*:*
UseAll bake:all:*get*
ShareNothing bake:nothing:share
Ask bake:ask:get
";

#[test]
fn names_that_are_hostile_to_rust_compile_without_a_warning_and_can_be_called() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    let manifest = format!(
        "[workspace]\n\
         [package]\nname = \"consumer-hostile-names\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\npermspec-runtime = {{ path = {runtime:?} }}\n\
         [build-dependencies]\npermspec = {{ path = {generator:?} }}\n",
        runtime = root().join("runtime"),
        generator = root().join("generator"),
    );
    write("Cargo.toml", &manifest);
    write("build.rs", BUILD);
    fs::create_dir(folder.path().join("src")).unwrap();
    write("src/main.rs", MAIN.trim_start());
    let page = root().join("tests/fixtures/forms/hostile_names.rst");
    fs::copy(page, folder.path().join("hostile_names.rst")).unwrap();
    // The versions are those of the workspace, because the test must not use a registry.
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();

    let mut cargo = cargo();
    cargo
        .args(["run", "--quiet"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", root().join("target/consumers"));
    let run = Run::of(cargo.output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, OUTPUT);
}
