//! The whole documentation of one cloud: 34 services, 164 pages. No row is lost. The pages are not in the repository.
//! If they are not on the machine, these tests say that they are skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use permspec_tests::{Project, Run, pages_below, permspec, root, shared};
use serde_json::Value;

/// Runs `permspec` in the repository.
fn run(arguments: &[&str]) -> Run {
    Run::of(
        permspec()
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap(),
    )
}

/// Runs `permspec` outside of every project.
fn run_alone(arguments: &[&str]) -> Run {
    let nowhere = tempfile::tempdir().unwrap();
    Run::of(
        permspec()
            .args(arguments)
            .current_dir(nowhere.path())
            .output()
            .unwrap(),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

#[test]
fn every_row_of_every_page_is_accounted_for() {
    let Some(corpus) = shared("corpus/otc", "every_row_of_every_page_is_accounted_for") else {
        return;
    };
    let account = run(&["extract", "--docs", text(&corpus), "--format", "json"]);
    assert_eq!(account.code, 0, "{}", account.stderr);
    let account: Value = serde_json::from_str(&account.stdout).unwrap();
    for (what, count) in [
        ("pages", 164),
        ("tables", 221),
        ("rows", 1662),
        ("operations", 1543),
        ("merged", 118),
        ("dropped", 1),
        ("endpoints", 1693),
        ("actions", 1159),
    ] {
        assert_eq!(account[what], count, "{what}");
    }
}

#[test]
fn extraction_needs_no_configuration() {
    let Some(corpus) = shared("corpus/otc", "extraction_needs_no_configuration") else {
        return;
    };
    let lines = run_alone(&["extract", "--docs", text(&corpus), "--format", "jsonl"]);
    let has_errors = lines.stderr.contains("error[");
    assert_eq!(lines.code, i32::from(has_errors), "{}", lines.stderr);
    let operations: Vec<Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: BTreeSet<(&str, &str)> = operations
        .iter()
        .map(|op| op["operation"].as_str().unwrap().split_once('.').unwrap())
        .collect();
    assert_eq!(
        names.len(),
        operations.len(),
        "names are unique in their service"
    );
    assert_eq!(
        names
            .iter()
            .map(|(service, _)| service)
            .collect::<BTreeSet<_>>()
            .len(),
        34
    );
    assert!(names.contains(&("image-management-service", "ListCloudImages")));
    let places: Vec<(&str, u64)> = operations
        .iter()
        .map(|op| (op["page"].as_str().unwrap(), op["line"].as_u64().unwrap()))
        .collect();
    assert!(places.is_sorted(), "operations come in page and line order");
}

#[test]
fn the_catalogue_is_what_the_documentation_says() {
    let Some(corpus) = shared("corpus/otc", "the_catalogue_is_what_the_documentation_says") else {
        return;
    };
    let check = run(&["check", "--docs", text(&corpus)]);
    assert_eq!(
        (check.code, check.stdout.as_str()),
        (0, ""),
        "{}",
        check.stderr
    );
}

#[test]
fn every_interface_is_what_the_reference_says() {
    let Some(reference) = shared("reference", "every_interface_is_what_the_reference_says") else {
        return;
    };
    let docs = text(&reference);
    let check = run(&["extract", "--docs", docs, "--reference", "--check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    let account = run(&["extract", "--docs", docs, "--reference", "--format", "json"]);
    let account: Value = serde_json::from_str(&account.stdout).unwrap();
    let joins = serde_json::json!({
        "joined": 1404, "shared": 12, "pages_alone": 2427, "rows_alone": 139, "told_by_body": 79,
    });
    assert_eq!(account["joins"], joins);
}

#[test]
fn a_name_outlives_every_real_change_that_leaves_its_route_alone() {
    let Some(drift) = shared("drift", "a_name_outlives_every_real_change") else {
        return;
    };
    let mut pairs = 0;
    for entry in std::fs::read_dir(drift).unwrap() {
        let folder = entry.unwrap().path();
        let [before, after] = ["before.rst", "after.rst"].map(|page| folder.join(page));
        if !before.is_file() || !after.is_file() {
            continue;
        }
        let (before, after) = names_before_and_after(&before, &after);
        for (route, ids) in &before {
            if let Some(now) = after.get(route).filter(|now| now.len() == ids.len()) {
                assert_eq!(now, ids, "{}: {route}", folder.display());
            }
        }
        pairs += 1;
    }
    assert!(pairs >= 30, "only {pairs} pairs of pages");
}

/// The identifiers by endpoint, of a page and of its next version, in a project that pins them.
fn names_before_and_after(before: &Path, after: &Path) -> (Names, Names) {
    let project = Project::new();
    std::fs::remove_file(project.path("spec/ims/image_sharing.json")).unwrap();
    let names = |page: &Path| {
        std::fs::copy(page, project.path("spec/ims/image_sharing.rst")).unwrap();
        let run = project.permspec(&["extract"]);
        // A page that was not a permission page yet does not have a model.
        let wrong = run.code != 0 && !run.stderr.contains("P004");
        assert!(!wrong, "{}: {}", page.display(), run.stderr);
        names_of(&project)
    };
    (names(before), names(after))
}

type Names = BTreeMap<String, BTreeSet<String>>;

fn names_of(project: &Project) -> Names {
    let mut names = Names::new();
    let Ok(model) = std::fs::read_to_string(project.path("spec/ims/image_sharing.json")) else {
        return names;
    };
    let model: Value = serde_json::from_str(&model).unwrap();
    for operation in model["operations"].as_array().unwrap() {
        for route in operation["endpoints"].as_array().unwrap() {
            let path = route["path"].as_str().unwrap();
            // Names of parameters do not matter: `{a}` and `{b}` have the same shape.
            let shape: Vec<&str> = path
                .split(['{', '}'])
                .enumerate()
                .map(|(i, part)| if i % 2 == 0 { part } else { "{}" })
                .collect();
            let key = format!(
                "{} {} {}",
                route["method"],
                shape.concat(),
                route["body_action"]
            );
            names
                .entry(key)
                .or_default()
                .insert(operation["id"].as_str().unwrap().to_owned());
        }
    }
    names
}

/// A page is skipped after a look at its bytes. A skipped page must not have a permission table.
#[test]
fn no_page_is_passed_over_that_has_a_permission_table() {
    let Some(shared) = shared("", "no_page_is_passed_over_that_has_a_permission_table") else {
        return;
    };
    let headers = permspec::extract::Headers::default();
    let pages: Vec<_> = ["corpus", "tables", "drift"]
        .iter()
        .flat_map(|part| pages_below(&shared.join(part)))
        .collect();
    let (mut with, mut passed_over) = (0, 0);
    for page in &pages {
        let page_text = std::fs::read_to_string(page).unwrap();
        let mut report = permspec::Report::default();
        let document = rst_parser::parse(&page_text).document;
        let found = permspec::extract::tables(&document, &headers, text(page), &mut report);
        let may_be = permspec::recognise::may_be_permission_page(&page_text, &headers);
        assert!(may_be || found.tables.is_empty(), "{}", page.display());
        with += usize::from(!found.tables.is_empty());
        passed_over += usize::from(!may_be);
    }
    // Both kinds must be among the pages. Otherwise the comparison does not prove anything.
    assert!(
        with > 164 && passed_over > 150,
        "{with} with, {passed_over} passed over"
    );
}
