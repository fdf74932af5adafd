//! Every rule over every fixture: a pair of versions for each rule, and all changes of all pairs in one snapshot.
//! `PERMSPEC_BLESS=1` writes the snapshot again. A person must read it before it is committed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use permspec::Project;
use permspec::drift::{self, Change, Entry, RULES, Rule};
use permspec_tests::{is_as_in, root};

fn folder() -> PathBuf {
    root().join("tests/fixtures/drift")
}

/// The version `before` or `after` of a fixture: a folder, a page or a model.
fn version(fixture: &Path, name: &str) -> String {
    let forms = ["", ".rst", ".json"].map(|ending| fixture.join(format!("{name}{ending}")));
    let existing = forms.iter().find(|path| path.exists());
    let found = existing.unwrap_or_else(|| panic!("{} has no {name}", fixture.display()));
    found.to_str().unwrap().to_owned()
}

fn changes(rule: &str, from: &str, to: &str) -> Vec<Change> {
    let fixture = folder().join(rule);
    let versions = (version(&fixture, from), version(&fixture, to));
    let outcome = drift::diff_versions(&Project::new(""), &versions.0, &versions.1).unwrap();
    assert!(outcome.report.is_empty(), "{rule}: {}", outcome.report);
    outcome.value
}

#[test]
fn every_rule_has_a_pair_that_it_explains_alone() {
    for entry in RULES {
        let found = changes(entry.id, "before", "after");
        let rules: BTreeSet<Rule> = found.iter().map(|change| change.rule).collect();
        assert_eq!(rules, BTreeSet::from([entry.rule]), "{}", entry.id);
        for change in &found {
            assert_eq!(change.severity(), entry.severity, "{}", entry.id);
            assert_eq!(change.policy, entry.policy, "{}", entry.id);
        }
    }
    let fixtures = fs::read_dir(folder()).unwrap();
    assert_eq!(
        fixtures.count(),
        RULES.len() + 1,
        "a fixture belongs to no rule"
    );
}

#[test]
fn every_pair_read_backwards_is_one_of_the_opposite_rule() {
    for entry in RULES {
        let found = changes(entry.id, "after", "before");
        let rules: BTreeSet<Rule> = found.iter().map(|change| change.rule).collect();
        assert_eq!(rules, BTreeSet::from([entry.opposite]), "{}", entry.id);
    }
}

#[test]
fn the_changes_of_all_pairs_are_those_of_the_snapshot() {
    let mut text = String::new();
    for entry in RULES {
        writeln!(text, "# {}", entry.id).unwrap();
        for change in changes(entry.id, "before", "after") {
            describe(&mut text, "", &change);
        }
    }
    is_as_in(&folder().join("snapshot.txt"), &text);
}

/// A line of the table in DRIFT.md.
fn documented(entry: &Entry) -> String {
    let Entry {
        id,
        severity,
        policy,
        semver,
        description,
        ..
    } = entry;
    let (severity, policy, semver) = (severity.as_str(), policy.as_str(), semver.as_str());
    format!("| <a id=\"{id}\"></a>`{id}` | {severity} | {policy} | {semver} | {description} |\n")
}

#[test]
fn the_documentation_lists_every_rule_where_its_link_leads() {
    let file = root().join("DRIFT.md");
    let text = fs::read_to_string(&file).unwrap();
    let table: String = RULES.iter().map(documented).collect();
    if std::env::var_os("PERMSPEC_BLESS").is_some() {
        let (before, after) = text.split_once("|---|---|---|---|---|\n").expect("a table");
        let (_, after) = after.split_once("\n\n").expect("text behind it");
        fs::write(
            &file,
            format!("{before}|---|---|---|---|---|\n{table}\n{after}"),
        )
        .unwrap();
        return;
    }
    assert!(
        text.contains(&table),
        "PERMSPEC_BLESS=1 writes the table anew:\n{table}"
    );
    for entry in RULES {
        let (page, anchor) = entry
            .link()
            .split_once('#')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        assert_eq!(page, "DRIFT.md");
        assert!(text.contains(&format!("<a id=\"{anchor}\">")), "{anchor}");
    }
}

fn describe(text: &mut String, indent: &str, change: &Change) {
    let (severity, policy) = (change.severity().as_str(), change.policy.as_str());
    let (semver, line) = (change.release.as_str(), change.line);
    let Change {
        rule, fingerprint, ..
    } = change;
    writeln!(
        text,
        "{indent}{severity} {rule} {fingerprint} line {line}, policy {policy}, {semver}"
    )
    .unwrap();
    writeln!(text, "{indent}  {change}").unwrap();
    for effect in &change.effects {
        describe(text, &format!("{indent}  "), effect);
    }
}
