//! Writes the changes between two versions in every output format.
//! Each format is a function from changes to text. This module must never print or judge.

mod github;
mod markdown;
mod sarif;
mod text;

use std::collections::BTreeMap;

use permspec::drift::{Change, ChangeSeverity, PolicyEffect, Rule, Semver};
use serde_json::json;

use super::counted;
use crate::arguments::DiffFormat;

pub use markdown::changelog;

/// The changes in one format. The formats for people list cosmetic changes only if `all` is set. Otherwise they
/// count them.
pub fn render(changes: &[Change], format: DiffFormat, all: bool) -> String {
    match format {
        DiffFormat::Text => text::render(changes, all),
        DiffFormat::Json => format!("{:#}\n", json!({ "changes": changes })),
        DiffFormat::Markdown => markdown::render(changes, all),
        DiffFormat::Github => github::render(changes, all),
        DiffFormat::Sarif => format!("{:#}\n", sarif::log(changes)),
    }
}

/// `1 breaking, 2 semantic and 7 cosmetic changes`, the release, and the effect on policies.
fn summary(changes: &[Change]) -> String {
    let count = |severity| changes.iter().filter(|c| c.severity() == severity).count();
    let kinds = [
        ChangeSeverity::Breaking,
        ChangeSeverity::Semantic,
        ChangeSeverity::Cosmetic,
    ];
    let counts: Vec<String> = kinds
        .into_iter()
        .filter(|kind| count(*kind) > 0)
        .map(|kind| format!("{} {}", count(kind), kind.as_str()))
        .collect();
    let Some((last, others)) = counts.split_last() else {
        return "no changes".to_owned();
    };
    let word = if changes.len() == 1 {
        "change"
    } else {
        "changes"
    };
    let counts = if others.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", others.join(", "))
    };
    let mut said = vec![format!("{counts} {word}")];
    let highest = changes.iter().map(|change| change.release).max();
    let release = highest.unwrap_or(Semver::Patch);
    if release > Semver::Patch || changes.iter().any(|change| change.semantic) {
        said.push(format!("{} release", release.as_str()));
    }
    let policies = changes.iter().flat_map(each).filter(|change| {
        change.policy == PolicyEffect::MustGrantMore && change.operation.is_some()
    });
    let operations: std::collections::BTreeSet<_> = policies
        .map(|change| (&change.service, &change.operation))
        .collect();
    if !operations.is_empty() {
        let operations = counted(operations.len(), "operation");
        said.push(format!("policies must grant more for {operations}"));
    }
    said.join("; ")
}

/// A change, and the changes that it explains.
fn each(change: &Change) -> impl Iterator<Item = &Change> {
    std::iter::once(change).chain(&change.effects)
}

/// The changes that are listed below a change: the operations of a page. If `all` is set, also what a column says
/// about each operation.
fn effects(change: &Change, all: bool) -> impl Iterator<Item = &Change> {
    let is_page = matches!(change.rule, Rule::PageAdded | Rule::PageRemoved);
    let listed = change.effects.iter().filter(move |_| is_page || all);
    listed.filter(move |effect| effect.semantic || all)
}

/// `7 cosmetic: 5 title-changed, 2 column-renamed`.
fn cosmetics(changes: &[&Change]) -> Option<String> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.iter().filter(|change| !change.semantic) {
        *rules.entry(change.rule.id()).or_default() += 1;
    }
    let total: usize = rules.values().sum();
    let rules: Vec<String> = rules
        .iter()
        .map(|(rule, n)| format!("{n} {rule}"))
        .collect();
    (total > 0).then(|| format!("{total} cosmetic: {}", rules.join(", ")))
}

/// The changes by page, in their order.
fn by_page(changes: &[Change]) -> Vec<(&str, Vec<&Change>)> {
    let mut pages: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes {
        match pages.last_mut().filter(|(page, _)| *page == change.page) {
            Some((_, own)) => own.push(change),
            None => pages.push((&change.page, vec![change])),
        }
    }
    pages
}
