//! Crates in which every name is a keyword of some edition of Rust: services, operations, parameters, query parameters
//! and actions. They compile in every edition without a warning.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use permspec_tests::{Run, cargo, permspec, root};

/// Typed in from the Rust Reference, "Keywords": strict, reserved and weak keywords, with their editions. The list of
/// the generator itself would lack the same keywords as the generator.
const KEYWORDS: &str = "as break const continue crate else enum extern false fn for if impl in let loop \
    match mod move mut pub ref return self Self static struct super trait true type unsafe use where while \
    abstract become box do final macro override priv typeof unsized virtual yield \
    async await dyn try gen \
    auto default macro_rules raw safe union";

/// Words that generated code itself uses, or that look like parts of it.
const OWN: [&str; 12] = [
    "err",
    "ok",
    "some",
    "none",
    "option",
    "route",
    "request",
    "permission",
    "query",
    "core",
    "str",
    "catalogue",
];

/// A page with one operation for each of `words`. Every name of the operation is this word.
fn page(service: &str, words: &[String]) -> String {
    let mut text = format!(
        "\
{service}
{}

.. list-table::
   :header-rows: 1

   * - Permission
     - API
     - Action
",
        "=".repeat(service.len())
    );
    for word in words {
        // The only word that no operation can have as its name.
        let title = match word.as_str() {
            "self" => "Get self".to_owned(),
            "Self" => "Use self".to_owned(),
            word => word[..1].to_uppercase() + &word[1..],
        };
        writeln!(
            text,
            "   * - {title}
     - GET /v1/{word}/{{{word}}}?{word}={{{word}}}
     - {service}:{word}:{word}"
        )
        .unwrap();
    }
    text
}

/// Names of these operations that somebody chose. A name that permspec makes from a title has a verb.
fn chosen_names(service: &str, words: &[String]) -> String {
    let mut ids = format!("[service.{service}.ids]\n");
    for word in words
        .iter()
        .filter(|word| !["self", "Self"].contains(&&***word))
    {
        let id = word[..1].to_uppercase() + &word[1..].replace('_', "");
        writeln!(ids, "\"GET /v1/{word}/{{x}}\" = \"{id}\"").unwrap();
    }
    ids
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn check(folder: &Path) {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut check = cargo();
    check
        .args(["check", "--quiet", "--all-features"])
        .current_dir(folder);
    check.env("CARGO_TARGET_DIR", root().join("target/consumers"));
    let run = Run::of(check.output().unwrap());
    assert_eq!((run.code, &*run.stderr), (0, ""));
}

#[test]
fn a_crate_whose_every_name_is_a_keyword_compiles_in_every_edition() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let words: Vec<String> = KEYWORDS
        .split_whitespace()
        .chain(OWN)
        .map(str::to_owned)
        .collect();
    // `Self` and `self` are one folder, and a crate has its own catalogue and its own default features.
    let is_service = |word: &&String| !["Self", "catalogue", "default"].contains(&&***word);
    let services: Vec<&String> = words.iter().filter(is_service).collect();
    let mut config = String::from("permspec = 1\ndocs = \"docs\"\nmodels = \"spec\"\n");
    let runtime = root().join("runtime");
    write!(
        config,
        "[crate]\npath = \"made\"\nname = \"every-keyword\"\nversion = \"0.1.0\"\ndescription = \"Keywords\"\n\
         license = \"MIT\"\ndefault-features = [\"gen\"]\nruntime-path = {runtime:?}\n"
    )
    .unwrap();
    for service in &services {
        writeln!(
            config,
            "[service.{service}]\npages = [\"{service}/page.rst\"]"
        )
        .unwrap();
        // One service uses all words as names of all kinds, and each word is also a service.
        let all = if *service == "gen" {
            &words[..]
        } else {
            std::slice::from_ref(*service)
        };
        config += &chosen_names(service, all);
        write(
            folder,
            &format!("docs/{service}/page.rst"),
            &page(service, all),
        );
    }
    write(folder, "permspec.toml", &config);
    for command in ["extract", "generate", "check"] {
        let run = permspec().arg(command).current_dir(folder).output();
        let run = Run::of(run.unwrap());
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
    }
    // The folder is a workspace of its own.
    let manifest = fs::read_to_string(folder.join("made/Cargo.toml")).unwrap();
    write(folder, "made/Cargo.toml", &(manifest + "\n[workspace]\n"));
    check(&folder.join("made"));

    let code = fs::read_to_string(folder.join("made/src/gen_.rs")).unwrap();
    for name in [
        "fn gen_(gen_: &str)",
        "fn err(err: &str)",
        "fn try_(try_: &str)",
        "    Err,",
        "pub const GEN: ",
    ] {
        assert!(code.contains(name), "no {name:?}");
    }
    for edition in ["2015", "2018", "2021", "2024"] {
        let user = folder.join(format!("in-{edition}"));
        let mut manifest =
            format!("[workspace]\n[package]\nname = \"in-{edition}\"\nversion = \"0.1.0\"\n");
        writeln!(
            manifest,
            "edition = \"{edition}\"\n[dependencies]\npermspec-runtime = {{ path = {runtime:?} }}"
        )
        .unwrap();
        write(&user, "Cargo.toml", &manifest);
        // In the edition in which absolute paths begin with the crate, the crate names what it uses.
        let external = if edition == "2015" {
            "extern crate core;\nextern crate permspec_runtime;\n"
        } else {
            ""
        };
        write(
            &user,
            "src/lib.rs",
            &format!("{external}#[path = \"../../made/src/gen_.rs\"]\npub mod gen_;\n"),
        );
        check(&user);
    }
}
