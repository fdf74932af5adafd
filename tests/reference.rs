//! One small page for every layout of reference pages, and what is read from it.
//! `PERMSPEC_BLESS=1` writes the expectations again. A person must compare them with the pages before they are
//! committed.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use permspec::extract::reference::{PageText, ReferenceAccount, SchemaPins, read};
use permspec::model::reference::ReferencePage;
use permspec::model::schema::{Kind, Schema};
use permspec::pipeline::reference::Wanted;
use permspec::recognise::may_be_operation_page;
use permspec::{Code, Project, Report, pipeline};
use permspec_tests::{extract_reference, root};

/// A test for each layout: `<layout>.rst` is the page, and `<layout>.txt` is what is read from it.
macro_rules! layouts {
    ($($layout:ident)+) => {
        const LAYOUTS: &[&str] = &[$(stringify!($layout)),+];

        $(#[test]
        fn $layout() {
            reads_as_expected(stringify!($layout));
        })+
    };
}

layouts! {
    body_listed_with_the_path
    bullet_layout
    copies_by_status
    example_in_the_uri_section
    facts
    findings
    flat_table
    found_by_other_means
    generated_layout
    key_of_another_object
    malformed_table
    no_call
    not_operations
    odd_columns
    one_key_around_the_body
    path_and_method_lines
    references_in_names
    responses_among_requests
    rows_of_an_object_that_is_not_shown
    types_that_name_a_table
    uri_in_a_listing
    variants
    versions_and_query_expansion
}

fn folder() -> std::path::PathBuf {
    root().join("tests/fixtures/reference")
}

fn reads_as_expected(layout: &str) {
    let file = folder().join(format!("{layout}.rst"));
    let text = fs::read_to_string(&file).unwrap();
    let shown = shown(&format!("bakery/{layout}.rst"), &text);
    let expected = folder().join(format!("{layout}.txt"));
    if std::env::var_os("PERMSPEC_BLESS").is_some() {
        fs::write(&expected, &shown).unwrap();
    }
    let expected = fs::read_to_string(&expected).unwrap_or_default();
    assert_eq!(shown, expected, "{layout}");
}

/// What is read from a page, line by line.
fn shown(path: &str, text: &str) -> String {
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    let pages = [PageText {
        path,
        file: path,
        text,
        may_be_operation: may_be_operation_page(text),
        keeps_prose: false,
    }];
    let read = read(
        "bakery",
        &pages,
        &SchemaPins::default(),
        &mut account,
        &mut report,
    );
    let mut out = String::new();
    for page in &read {
        write_page(&mut out, page);
    }
    for (what, (tables, rows)) in &account.fates {
        if *tables > 0 {
            writeln!(out, "account: {what} {tables} tables, {rows} rows").unwrap();
        }
    }
    assert_eq!(account.unaccounted(), (0, 0));
    for finding in report.diagnostics() {
        let place = &finding.location;
        let marked = text[place.start..place.end]
            .lines()
            .next()
            .unwrap_or_default();
        writeln!(
            out,
            "{}:{} {} {} [{marked}]",
            place.line, place.column, finding.code, finding.message
        )
        .unwrap();
    }
    out
}

fn write_page(out: &mut String, page: &ReferencePage) {
    writeln!(out, "{} ({})", page.title, page.line).unwrap();
    for endpoint in &page.endpoints {
        writeln!(out, "{} {}", endpoint.method, endpoint.path).unwrap();
    }
    for parameter in &page.parameters {
        let must = if parameter.required { " required" } else { "" };
        let json = serde_json::to_string(&parameter.schema).unwrap();
        writeln!(
            out,
            "{} {}{must} {json}",
            parameter.location.as_str(),
            parameter.name
        )
        .unwrap();
    }
    if let Some(request) = &page.request {
        writeln!(out, "request {}", request.content_type).unwrap();
        write_schema(out, &request.schema, 1);
    }
    for response in &page.responses {
        let status = response
            .status
            .map_or("?".to_owned(), |status| status.to_string());
        writeln!(out, "response {status}").unwrap();
        if let Some(schema) = &response.schema {
            write_schema(out, schema, 1);
        }
    }
    for (name, schema) in &page.schemas {
        writeln!(out, "{name}").unwrap();
        write_schema(out, schema, 1);
    }
    for example in &page.examples {
        let kind = if example.request {
            "request"
        } else {
            "response"
        };
        let status = example
            .status
            .map_or(String::new(), |status| format!(" {status}"));
        let strict = if example.strict { "" } else { " with slips" };
        let json = serde_json::to_string(&example.json).unwrap();
        writeln!(
            out,
            "example {kind}{status} line {}{strict} {json}",
            example.line
        )
        .unwrap();
    }
}

/// One line per field. Everything else is JSON.
fn write_schema(out: &mut String, schema: &Schema, depth: usize) {
    let indent = "  ".repeat(depth);
    let Kind::Object(object) = &schema.kind else {
        writeln!(out, "{indent}{}", serde_json::to_string(schema).unwrap()).unwrap();
        return;
    };
    for (name, property) in &object.properties {
        let must = if object.required.contains(name) {
            "!"
        } else {
            ""
        };
        match &property.kind {
            Kind::Object(inner) if !inner.properties.is_empty() => {
                writeln!(out, "{indent}{name}{must}").unwrap();
                write_schema(out, property, depth + 1);
            }
            _ => writeln!(
                out,
                "{indent}{name}{must} {}",
                serde_json::to_string(property).unwrap()
            )
            .unwrap(),
        }
    }
    if let Some(additional) = &object.additional {
        writeln!(
            out,
            "{indent}* {}",
            serde_json::to_string(additional).unwrap()
        )
        .unwrap();
    }
}

#[test]
fn every_page_has_a_test() {
    let mut pages: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let is_page = path.extension().is_some_and(|extension| extension == "rst");
            is_page.then(|| path.file_stem().unwrap().to_string_lossy().into_owned())
        })
        .collect();
    pages.sort();
    assert_eq!(pages, LAYOUTS);
}

#[test]
fn the_command_prints_one_line_for_each_page_and_an_account() {
    let docs = tempfile::tempdir().unwrap();
    let service = docs.path().join("bakery");
    fs::create_dir(&service).unwrap();
    for layout in LAYOUTS {
        let page = format!("{layout}.rst");
        fs::copy(folder().join(&page), service.join(&page)).unwrap();
    }
    let extract = |format: &str| extract_reference(docs.path(), &["--format", format]);
    let lines = extract("jsonl");
    assert_eq!(lines.code, 0, "{}", lines.stderr);
    let pages: Vec<serde_json::Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    // A guide and a page without a call are not operations.
    assert_eq!(pages.len(), LAYOUTS.len() - 2);
    assert!(pages.is_sorted_by_key(|page| page["page"].as_str().map(str::to_owned)));
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let contract = [
        "$defs",
        "examples",
        "line",
        "method",
        "page",
        "parameters",
        "path",
        "request",
        "responses",
        "service",
        "title",
    ];
    for page in &pages {
        assert_eq!(keys(page), contract);
        assert_eq!(page["service"], "bakery");
    }
    let account = extract("text");
    let first = account.stdout.lines().next().unwrap();
    assert_eq!(
        first,
        "23 pages: 21 operations, 0 with tables of other pages, 2 about something else"
    );
    assert!(
        !account.stdout.contains("unaccounted"),
        "{}",
        account.stdout
    );
}

#[test]
fn a_reference_to_a_table_of_another_page_is_followed() {
    let using = "\
Querying a Cake
===============

URI
---

GET /v1/cakes

Response
--------

========= ============================= ===========
Parameter Type                          Description
========= ============================= ===========
cake      :ref:`Cake <cakes_t1>` object Cake.
========= ============================= ===========
";
    let shared = "\
Common Tables
=============

.. _cakes_t1:

========= ====== ===========
Parameter Type   Description
========= ====== ===========
flour     String Flour.
========= ====== ===========
";
    let pages = [("a.rst", using), ("b.rst", shared)].map(|(path, text)| PageText {
        path,
        file: path,
        text,
        may_be_operation: may_be_operation_page(text),
        keeps_prose: false,
    });
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    let read = read(
        "bakery",
        &pages,
        &SchemaPins::default(),
        &mut account,
        &mut report,
    );
    assert_eq!(
        (account.operations, account.shared, account.others),
        (1, 1, 0)
    );
    let [(name, schema)] = &read[0].schemas[..] else {
        panic!("{read:?}")
    };
    assert_eq!(name, "Cake");
    let Kind::Object(object) = &schema.kind else {
        panic!("{schema:?}")
    };
    assert_eq!(object.properties[0].0, "flour");
    assert!(report.is_empty(), "{report}");
}

#[test]
fn outside_of_a_project_no_operation_is_named_so_none_can_be_without_a_name() {
    let docs = tempfile::tempdir().unwrap();
    let bakery = docs.path().join("bakery");
    fs::create_dir(&bakery).unwrap();
    // Title and call are the same, and so are the words of both chapters.
    let page = "\
Baking a Cake
=============

URI
---

POST /v1/cakes
";
    for name in ["baking.rst", "baking_a_cake.rst"] {
        fs::write(bakery.join(name), page).unwrap();
    }
    let extract = |options: &[&str]| extract_reference(docs.path(), options);
    for format in ["text", "json", "jsonl"] {
        let run = extract(&["--format", format]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{format}");
    }
    // A project with a model names them, so these pages show what is not asked for above.
    fs::write(
        docs.path().join("permspec.toml"),
        "permspec = 1\ndocs = \".\"\nmodels = \"spec\"\n\n[service.bakery]\ntitle = \"Bakery\"\n",
    )
    .unwrap();
    let named = extract(&[]);
    assert_eq!(named.code, 1, "{}", named.stderr);
    assert!(named.stderr.contains("P062"), "{}", named.stderr);
}

/// What became of the tables and rows of the documentation.
#[rustfmt::skip]
const FATES: &[(&str, (usize, usize))] = &[
    ("bodies", (13166, 59561)),
    ("copies", (434, 2003)),
    ("error bodies", (2844, 6023)),
    ("error codes", (20, 77)),
    ("notes", (101, 555)),
    ("orphans", (73, 311)),
    ("parameters", (5949, 13477)),
    ("response headers", (62, 68)),
    ("status codes", (2658, 10950)),
];

/// Depends on the shared pages: the account of the whole documentation.
#[test]
fn every_table_and_row_of_the_documentation_is_accounted_for() {
    let Some(shared) = std::env::var_os("PERMSPEC_SHARED") else {
        eprintln!("SKIPPED: PERMSPEC_SHARED is not set, so no documentation was read");
        return;
    };
    let docs = Path::new(&shared).join("reference");
    let mut operations = 0;
    let (account, report) =
        pipeline::reference::pages(&Project::new(""), &docs, Wanted::default(), |page| {
            assert!(!page.endpoints.is_empty());
            operations += 1;
        });
    assert_eq!(account.unaccounted(), (0, 0));
    assert_eq!(account.operations, operations);
    assert_eq!((account.pages, account.operations), (5763, 3843));
    assert_eq!((account.shared, account.others), (31, 1889));
    assert_eq!((account.tables, account.rows), (25307, 93025));
    assert_eq!((account.examples, account.strict), (7143, 6992));
    let fates: Vec<_> = account
        .fates
        .iter()
        .map(|(what, count)| (*what, *count))
        .collect();
    assert_eq!(fates, FATES);
    let unreadable = report.filtered(|finding| finding.code == Code::Unreadable);
    assert!(unreadable.is_empty(), "{unreadable}");
}
