//! One small page for every form of permission tables, and what is read from it.
//! `PERMSPEC_BLESS=1` writes the expectations again. A person must compare them with the pages before they are
//! committed.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use permspec::model::{Endpoint, Operation, Requirement};
use permspec::pipeline::{self, Extraction};
use permspec::{Diagnostic, Project};
use permspec_tests::{copy, is_as_in, root};

/// A test for each form: the page `<form>.rst`, or all pages of the folder `<form>`.
macro_rules! forms {
    ($($form:ident)+) => {
        const FORMS: &[&str] = &[$(stringify!($form)),+];

        $(#[test]
        fn $form() {
            reads_as_expected(stringify!($form));
        })+
    };
}

forms! {
    action_cases
    action_lists
    action_none
    action_spelling
    ambiguous_headers
    api_body_action
    api_errors
    api_none
    api_odd_paths
    api_paragraphs
    api_prose
    api_query
    api_repeated
    api_roles
    api_slips
    api_split
    api_wildcard
    dependencies
    equal_rows
    header_markup
    headers
    hostile_names
    misprints
    no_action_column
    rejected_tables
    row_spans
    same_title
    scope_sentences
    scopes
    sections
    sentence_titles
    simple_table
    superseded
    table_directive
    unknown_header
}

#[test]
fn every_page_belongs_to_a_test_and_every_expectation_to_a_page() {
    let mut pages = Vec::new();
    let mut expectations = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => expectations.push(stem),
            _ => pages.push(stem),
        }
    }
    pages.sort();
    expectations.sort();
    assert_eq!(pages, FORMS);
    assert_eq!(expectations, FORMS);
}

fn folder() -> PathBuf {
    root().join("tests/fixtures/forms")
}

fn reads_as_expected(form: &str) {
    let expectation = folder().join(format!("{form}.txt"));
    is_as_in(&expectation, &described(&extraction(form)));
}

/// What is read from the pages of a form, as pages of one service.
fn extraction(form: &str) -> Extraction {
    let docs = tempfile::tempdir().unwrap();
    let service = docs.path().join("bake");
    let pages = folder().join(form);
    if pages.is_dir() {
        copy(&pages, &service);
    } else {
        fs::create_dir(&service).unwrap();
        let page = format!("{form}.rst");
        fs::copy(folder().join(&page), service.join(&page)).unwrap();
    }
    let extraction = pipeline::extract_docs(&Project::new(""), docs.path(), None);
    assert_eq!(extraction.account.unaccounted(), 0, "{form}");
    extraction
}

/// One line per operation, the account, and one line per finding.
fn described(extraction: &Extraction) -> String {
    let mut text = String::new();
    for model in &extraction.models {
        writeln!(text, "# {}", model.page.page.path).unwrap();
        for operation in &model.page.operations {
            writeln!(text, "{}", line(operation)).unwrap();
        }
        text.push('\n');
    }
    let account = &extraction.account;
    writeln!(
        text,
        "{} pages, {} tables, {} rows: {} operations, {} merged, {} dropped; {} endpoints, {} actions",
        account.pages,
        account.tables,
        account.rows,
        account.operations,
        account.merged,
        account.dropped,
        account.endpoints,
        account.actions
    )
    .unwrap();
    for finding in extraction.report.diagnostics() {
        text += &finding_line(finding);
    }
    text
}

/// `7 ListLoaves "Listing loaves" | GET /v1/loaves ?limit | bake:goods:list | needs .. | iam yes`
fn line(operation: &Operation) -> String {
    let Operation {
        id,
        title,
        section,
        line,
        endpoints,
        actions,
        dependencies,
        iam_project,
        enterprise_project,
        ..
    } = operation;
    let mut text = format!("{line} {id} {title:?}");
    if let Some(section) = section {
        write!(text, " in {section:?}").unwrap();
    }
    let endpoints: Vec<String> = endpoints.iter().map(route).collect();
    write!(text, " | {}", listed(&endpoints, "no call")).unwrap();
    write!(text, " | {}", requirements(actions, "no action")).unwrap();
    if !dependencies.is_empty() {
        write!(text, " | needs {}", requirements(dependencies, "")).unwrap();
    }
    for (scope, value) in [("iam", iam_project), ("enterprise", enterprise_project)] {
        if let Some(value) = value {
            write!(text, " | {scope} {}", if *value { "yes" } else { "no" }).unwrap();
        }
    }
    text
}

fn route(route: &Endpoint) -> String {
    let mut text = route.to_string();
    if !route.query.is_empty() {
        write!(text, " ?{}", route.query.join(" &")).unwrap();
    }
    text
}

fn requirements(needed: &[Requirement], none: &str) -> String {
    let needed: Vec<String> = needed
        .iter()
        .map(|needed| match &needed.when {
            Some(when) => format!("{} when {when:?}", needed.action),
            None => needed.action.clone(),
        })
        .collect();
    listed(&needed, none)
}

fn listed(values: &[String], none: &str) -> String {
    if values.is_empty() {
        none.to_owned()
    } else {
        values.join(", ")
    }
}

/// A finding with the page's name before it: `P033 12:24 no space between method and path in ..`.
fn finding_line(finding: &Diagnostic) -> String {
    let place = &finding.location;
    let page = Path::new(&place.file).file_name().unwrap_or_default();
    let folder = Path::new(&place.file)
        .parent()
        .map_or_else(String::new, |folder| format!("{}/", folder.display()));
    let message = finding.message.replace(&folder, "");
    format!(
        "{} {} {}:{} {message}\n",
        finding.code,
        page.display(),
        place.line,
        place.column
    )
}
