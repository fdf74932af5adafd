//! Real changes of real pages, with labels. A program made the labels. Each wrong label is listed here with its reason,
//! and a reason that no longer applies is a failure.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use permspec::drift::{self, Change, PageModel, Rule};
use permspec_tests::shared;
use serde_json::Value;

use crate::versions::page;

/// A semantic change: its kind in the words of the labels, and the call.
type Semantic = (String, String);

/// Labels that change what the documentation says about a call. All other labels are about titles, notation and prose,
/// or about a whole column, which is one change of the page.
const SEMANTIC: [&str; 9] = [
    "route_added",
    "route_removed",
    "path_changed",
    "path_param_renamed",
    "method_changed",
    "actions_added",
    "actions_removed",
    "dependency_changed",
    "scope_changed",
];

/// The labels that match a rule.
fn labels(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::RouteAdded => &["route_added"],
        Rule::RouteRemoved => &["route_removed"],
        Rule::PathChanged => &["path_changed"],
        Rule::PathParameterRenamed => &["path_param_renamed"],
        Rule::MethodChanged => &["method_changed"],
        Rule::ActionAdded => &["actions_added"],
        Rule::ActionRemoved => &["actions_removed"],
        Rule::ActionRenamed => &["actions_added", "actions_removed"],
        Rule::DependencyAdded | Rule::DependencyRemoved => &["dependency_changed"],
        Rule::ScopeNarrowed
        | Rule::ScopeWidened
        | Rule::ScopeDocumented
        | Rule::ScopeUndocumented => &["scope_changed"],
        Rule::PageAdded => &["page_added"],
        Rule::PageRemoved => &["page_removed"],
        Rule::ColumnAdded => &["column_added"],
        Rule::ColumnRemoved => &["column_removed"],
        // Labels describe what pages say. Constants are made from the whole page.
        Rule::ConstantChanged => &[],
        _ => &["unlabelled"],
    }
}

/// What a manifest says about a pair.
fn labelled(manifest: &Value) -> BTreeSet<Semantic> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let changes = manifest["changes"].as_array().unwrap();
    let mut found: BTreeSet<Semantic> = changes
        .iter()
        .map(|change| (text(&change["kind"]), text(&change["route"])))
        .filter(|(kind, _)| SEMANTIC.contains(&kind.as_str()))
        .collect();
    let has = |kind: &str| changes.iter().any(|change| change["kind"] == kind);
    let says = has("scope_column_effect") || has("dependency_column_effect");
    for class in manifest["classes"].as_array().unwrap() {
        let class = text(class);
        let of_page = ["page_added", "page_removed"].contains(&class.as_str());
        // A column that does not say anything about a row does not change anything.
        let of_column = says && ["column_added", "column_removed"].contains(&class.as_str());
        if of_page || of_column {
            found.insert((class, String::new()));
        }
    }
    found
}

fn found(changes: &[Change]) -> BTreeSet<Semantic> {
    let mut found = BTreeSet::new();
    for change in changes.iter().filter(|change| change.semantic) {
        for label in labels(change.rule) {
            let of_page = change.operation.is_none();
            let none = || vec![if of_page { "" } else { "-" }.to_owned()];
            let concerned = Some(change.endpoints.clone()).filter(|all| !all.is_empty());
            for endpoint in concerned.unwrap_or_else(none) {
                found.insert(((*label).to_owned(), endpoint));
            }
        }
    }
    found
}

/// The pages of one version of a pair. Empty if the version does not have any.
fn version(file: &Path) -> Vec<PageModel> {
    fs::read_to_string(file).map_or_else(|_| Vec::new(), |text| page(&text))
}

/// A real change of a page.
struct Pair {
    name: String,
    manifest: Value,
    before: Vec<PageModel>,
    after: Vec<PageModel>,
}

/// Every pair, by name.
fn pairs(test: &str) -> Option<Vec<Pair>> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir(shared("drift", test)?).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
        pairs.push(Pair {
            name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
            manifest: serde_json::from_str(&manifest).unwrap(),
            before: version(&folder.join("before.rst")),
            after: version(&folder.join("after.rst")),
        });
    }
    assert!(pairs.len() >= 40, "only {} pairs", pairs.len());
    pairs.sort_by(|a, b| a.name.cmp(&b.name));
    Some(pairs)
}

#[test]
fn what_is_semantic_is_what_the_labels_say() {
    let Some(pairs) = pairs("what_is_semantic_is_what_the_labels_say") else {
        return;
    };
    let mut failures = Vec::new();
    for Pair {
        name,
        manifest,
        before,
        after,
    } in &pairs
    {
        let expected = labelled(manifest);
        let found = found(&drift::diff(before, after));
        if found != expected {
            let missed: Vec<_> = expected.difference(&found).collect();
            let more: Vec<_> = found.difference(&expected).collect();
            failures.push(format!(
                "{name}: missed {missed:#?}, found besides {more:#?}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A change in the words of its opposite.
fn mirrored(change: &Change) -> (Rule, Option<String>, Option<String>, usize) {
    let opposite = change.rule.entry().opposite;
    (
        opposite,
        change.after.clone(),
        change.before.clone(),
        change.effects.len(),
    )
}

#[test]
fn the_way_back_is_the_mirror_of_the_way() {
    let Some(pairs) = pairs("the_way_back_is_the_mirror_of_the_way") else {
        return;
    };
    for Pair {
        name,
        before,
        after,
        ..
    } in &pairs
    {
        let there = drift::diff(before, after);
        let back = drift::diff(after, before);
        let mut there: Vec<_> = there.iter().map(mirrored).collect();
        let say = |change: &Change| {
            let (before, after) = (change.before.clone(), change.after.clone());
            (change.rule, before, after, change.effects.len())
        };
        let mut back: Vec<_> = back.iter().map(say).collect();
        there.sort();
        back.sort();
        assert_eq!(there, back, "{name}");
    }
}
