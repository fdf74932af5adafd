//! Pages whose every text tries to become code: each payload at each place, through the whole pipeline. The generated
//! code compiles and contains the payloads only in literals. No file and no printed line contains a character that
//! controls a terminal or is invisible.

mod hidden;
mod payloads;
mod places;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use permspec::load::Source;
use permspec::pipeline::{self, Made, Outcome};
use permspec::{Code, ident, inert};
use permspec_tests::{Run, cargo, permspec, root};
use proc_macro2::{TokenStream, TokenTree};

/// A page in a service of its own.
fn made(service: &str, text: String) -> Result<Outcome<Made>, permspec::Error> {
    pipeline::in_memory(vec![Source {
        service: service.to_owned(),
        path: format!("{service}/ovens.rst"),
        file: format!("{service}/ovens.rst"),
        text,
    }])
}

/// Every identifier in a text of Rust, and the number of macros that it calls.
fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>, marks: &mut usize) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), found, marks),
            TokenTree::Punct(punct) => *marks += usize::from(punct.as_char() == '!'),
            TokenTree::Literal(_) => {}
        }
    }
}

fn identifiers_of(code: &str) -> BTreeSet<String> {
    let (mut found, mut marks) = (BTreeSet::new(), 0);
    identifiers(
        code.parse().expect("tokens of Rust"),
        &mut found,
        &mut marks,
    );
    assert_eq!(marks, 0, "a macro or an inner attribute:\n{code}");
    found
}

/// The names that a model may bring into code.
fn names(made: &Made) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // Constants whose plain names are taken.
    let models = made.models.iter();
    names.extend(models.flat_map(|model| model.page.constants.values().cloned()));
    for operation in made.models.iter().flat_map(|model| &model.page.operations) {
        names.insert(operation.id.clone());
        names.insert(ident::value_ident(&ident::snake_case(&operation.id)));
        for needed in operation.actions.iter().chain(&operation.dependencies) {
            let (_, action) = needed.action.split_once(':').unwrap_or_default();
            // In another service, the whole action becomes the name of the constant.
            names.insert(ident::screaming_case(action));
            names.insert(ident::screaming_case(&needed.action));
        }
        for route in &operation.endpoints {
            names.extend(route.query.iter().map(|query| ident::screaming_case(query)));
            let parameters = permspec::model::parameters(&route.path);
            for parameter in parameters {
                let name = ident::value_ident(parameter.name);
                // If the path repeats a parameter, the text before the second one becomes part of its name.
                names.insert(ident::value_ident(&format!("{}_{name}", parameter.after)));
                names.insert(name);
            }
        }
    }
    names
}

/// Whether a text controls a terminal or hides something.
fn shows_all(text: &str) -> bool {
    inert::terminal(text) == text
}

#[test]
fn no_text_of_a_page_becomes_code() {
    let crate_folder = tempfile::tempdir().unwrap();
    let sources = crate_folder.path().join("src");
    fs::create_dir(&sources).unwrap();
    let mut library = String::from(
        "//! Everything that was made of hostile pages.\n#![deny(warnings, missing_docs, unsafe_code)]\n",
    );
    let known = [("plain", "word"), ("query", "a=1&b=2")];
    let mut known: BTreeSet<String> = known
        .iter()
        .flat_map(|(_, text)| places::ALL.iter().map(move |(_, page)| page(text)))
        .filter_map(|page| made("plain", page).ok())
        .flat_map(|made| identifiers_of(made.value.files.iter().next().unwrap().1))
        .collect();
    // What code says about a call without a method, about a case, and about a scope without a name.
    known.extend(["any_method", "when", "iam_project", "enterprise_project"].map(String::from));
    let (mut refused, mut compiled) = (BTreeSet::new(), 0);
    for (place, page) in places::ALL {
        for (kind, payload) in payloads::all() {
            let start = Instant::now();
            let service = format!("case{}", compiled + refused.len());
            let text = page(&payload);
            match made(&service, text) {
                Err(error) => {
                    assert!(error.report().has_errors());
                    refused.insert(format!("{place}: {kind}"));
                }
                Ok(made) => {
                    let code = made.value.files.iter().next().unwrap().1;
                    assert!(shows_all(code), "{place}, {kind}:\n{code}");
                    let mut foreign = identifiers_of(code);
                    let own = names(&made.value);
                    foreign.retain(|name| {
                        let plain = name.trim_end_matches('_');
                        !known.contains(name)
                            && !own.iter().any(|own| own.trim_end_matches('_') == plain)
                    });
                    assert!(foreign.is_empty(), "{place}, {kind}: {foreign:?}\n{code}");
                    let longest = names(&made.value).iter().map(String::len).max();
                    assert!(longest <= Some(240), "{place}, {kind}: {longest:?}");
                    for model in &made.value.models {
                        assert!(shows_all(&model.page.to_json()), "{place}, {kind}");
                    }
                    fs::write(sources.join(format!("{service}.rs")), code).unwrap();
                    writeln!(library, "/// {place}, {kind}.\npub mod {service};").unwrap();
                    compiled += 1;
                }
            }
            let took = start.elapsed();
            assert!(took < Duration::from_secs(5), "{place}, {kind}: {took:?}");
        }
    }
    println!(
        "{compiled} modules, {} pages refused:\n{refused:#?}",
        refused.len()
    );
    assert!(compiled > 400, "{compiled}");
    fs::write(sources.join("lib.rs"), library).unwrap();
    let manifest = format!(
        "[workspace]\n[package]\nname = \"consumer-injection\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\npermspec-runtime = {{ path = {:?} }}\n",
        root().join("runtime")
    );
    fs::write(crate_folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(
        root().join("Cargo.lock"),
        crate_folder.path().join("Cargo.lock"),
    )
    .unwrap();
    let check = cargo()
        .args(["check", "--quiet"])
        .current_dir(crate_folder.path())
        .env("CARGO_TARGET_DIR", root().join("target/consumers"))
        .output();
    let run = Run::of(check.unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_character_that_nobody_sees_is_named_wherever_it_stands() {
    let payloads = payloads::all();
    let unseen = payloads.iter().filter(|(_, text)| !shows_all(text));
    let mut cases = 0;
    for (kind, payload) in unseen {
        for (place, page) in places::ALL {
            let text = page(payload);
            let line = text.lines().position(|line| !shows_all(line)).unwrap() + 1;
            let report = match made("bake", text) {
                Ok(made) => made.report,
                Err(error) => error.into_report(),
            };
            let findings = report.diagnostics();
            let unseen = findings.iter().find(|finding| finding.code == Code::Unseen);
            let found = unseen.unwrap_or_else(|| panic!("{place}, {kind}: {report}"));
            assert_eq!(found.location.line as usize, line, "{place}, {kind}");
            cases += 1;
        }
    }
    assert_eq!(cases, 5 * places::ALL.len());
}

#[test]
fn nothing_that_is_exported_hides_anything() {
    let out = tempfile::tempdir().unwrap();
    let config = root().join("tests/exports/hostile/permspec.toml");
    let sets = [
        "csv",
        "go",
        "html",
        "markdown",
        "python",
        "rego",
        "terraform",
        "typescript",
    ];
    let run = |arguments: &[&str]| {
        let run = permspec()
            .arg("--config")
            .arg(&config)
            .args(arguments)
            .arg("--out")
            .arg(out.path())
            .output();
        assert_eq!(Run::of(run.unwrap()).code, 0, "{arguments:?}");
    };
    run(&[&["render"][..], &sets].concat());
    run(&["export", "openapi"]);
    let (mut folders, mut files) = (vec![out.path().to_owned()], 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let hidden = text.lines().find(|line| !shows_all(line));
            assert_eq!(hidden, None, "{}", path.display());
            files += 1;
        }
    }
    assert!(files > sets.len(), "{files}");
}

/// A drawing without its colours and its weight: `ESC [ 1 ; 31 m`.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap_or(0);
        let color = part[end..].strip_prefix('m');
        plain += color.unwrap_or("\u{1b}");
    }
    plain
}

#[test]
fn nothing_that_is_printed_works_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("bake/source");
    fs::create_dir_all(&docs).unwrap();
    for (at, (_, page)) in places::ALL.iter().enumerate() {
        for (kind, payload) in payloads::all() {
            let file = docs.join(format!("page{at}-{}.rst", kind.replace(' ', "-")));
            fs::write(file, page(&payload)).unwrap();
        }
    }
    let config = "permspec = 1\ndocs = \"bake/source\"\nmodels = \"models\"\n";
    fs::write(folder.path().join("permspec.toml"), config).unwrap();
    let run = |arguments: &[&str]| {
        let run = permspec()
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let run = Run::of(run.unwrap());
        for text in [&run.stdout, &without_colors(&run.stderr)] {
            let bad = text.lines().find(|line| !shows_all(line));
            assert_eq!(bad, None, "{arguments:?}");
            assert!(!text.contains("panicked"), "{arguments:?}");
        }
        run
    };
    run(&["--color", "always", "lint", "bake", "--notes"]);
    run(&["--color", "always", "extract", "--docs", "bake"]);
    for format in ["text", "json", "github", "sarif"] {
        assert_eq!(
            run(&["lint", "bake", "--notes", "--format", format]).code,
            1
        );
    }
    run(&["extract", "--docs", "bake"]);
    run(&["extract", "--docs", "bake", "--format", "json"]);
    let pages = fs::read_dir(&docs).unwrap();
    let pages = pages.map(|page| page.unwrap().path().display().to_string());
    let pages: Vec<String> = pages.collect();
    let tables = std::iter::once("tables").chain(pages.iter().map(String::as_str));
    run(&tables.collect::<Vec<_>>());
}
