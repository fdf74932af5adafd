//! Turns the differences into changes with names, places and fingerprints. Many differences with one reason
//! become one change. This module must never compare what two versions say.

use std::collections::BTreeMap;

use super::call::WrittenCall;
use super::calls::{self, calls};
use super::change::Change;
use super::column::{ColumnChange, ColumnChanges};
use super::constant;
use super::difference::Difference;
use super::effect::{ChangeSeverity, PolicyEffect, Semver};
use super::fingerprint;
use super::needs::needs;
use super::release::{self, Crate};
use super::rows::{Regrouped, Rows, VersionRow};
use super::rules::Rule;
use super::scope::scopes;
use super::side::PageModel;
use crate::extract::Role;
use crate::pair::Key;
use crate::pair::Title;

/// Where a change is listed: first the pages in the order of the new version, then the pages that are gone.
/// Within a page, changes of the whole page come first, and what is gone comes last.
type Order = (usize, u8, u32);

/// The order within a page: the page, its columns, its operations, operations that are gone.
const PAGE: u8 = 0;
const COLUMN: u8 = 1;
const OPERATION: u8 = 2;
const GONE: u8 = 3;

pub(crate) struct Writer<'a> {
    rows: &'a Rows<'a>,
    made: Crate,
    found: Vec<(Order, Change)>,
    /// Changes that a column explains.
    of_column: BTreeMap<ColumnChange, Vec<Change>>,
    /// Changes that a new or removed page explains, by the page's number.
    of_page: BTreeMap<usize, Vec<Change>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(rows: &'a Rows<'a>) -> Self {
        Writer {
            rows,
            made: Crate::of(rows.pages),
            found: Vec::new(),
            of_column: BTreeMap::new(),
            of_page: BTreeMap::new(),
        }
    }

    /// What became of a page itself.
    pub(crate) fn page(&mut self, old: usize, new: usize) {
        let (before, after) = (&self.rows.pages.old[old], &self.rows.pages.new[new]);
        let (placed, paths) = (
            before.placed && after.placed,
            (&before.page.page.path, &after.page.page.path),
        );
        let mut say = |rule, was: &String, is: &String| {
            let texts = (Some(was.clone()), Some(is.clone()));
            let mut change = of_page(rule, after, &after.page.service, texts);
            if rule == Rule::PageMoved {
                change.release = release::moved(before, after);
            }
            self.found.push(((new, PAGE, 0), change));
        };
        if placed && paths.0 != paths.1 {
            say(Rule::PageMoved, paths.0, paths.1);
        }
        if before.page.page.title != after.page.page.title {
            say(
                Rule::PageRetitled,
                &before.page.page.title,
                &after.page.page.title,
            );
        }
    }

    /// What changed in what an operation says.
    pub(crate) fn operation(&mut self, old: usize, new: usize, columns: &ColumnChanges) {
        let (before, after) = (self.rows.old[old], self.rows.new[new]);
        let mut differences = calls(&self.rows.calls_of_old(old), &self.rows.calls_of_new(new));
        differences.extend(needs(before.operation(), after.operation()));
        differences.extend(scopes(before.operation(), after.operation()));
        differences.extend(self.names(&before, &after));
        for difference in differences {
            let above = columns.above(old, new, difference.column).cloned();
            let change = self.change(difference, Some(&before), Some(&after), false);
            self.list(&after, above, change);
        }
    }

    /// What changed in the names and the place of an operation.
    fn names(&self, before: &VersionRow<'_>, after: &VersionRow<'_>) -> Vec<Difference<'static>> {
        let mut found = Vec::new();
        let mut say = |rule, before: &String, after: &String| {
            if before != after {
                let texts = (Some(before.clone()), Some(after.clone()));
                found.push(Difference::new(rule, Role::Title, texts.0, texts.1));
            }
        };
        let (old, new) = (before.operation(), after.operation());
        say(Rule::TitleChanged, &old.title, &new.title);
        if before.page.pinned && after.page.pinned {
            say(Rule::IdentifierChanged, &old.id, &new.id);
        }
        if self.rows.pages.number_of_old(before.page_at) != after.page_at {
            let path = |row: &VersionRow<'_>| row.page.page.page.path.clone();
            say(Rule::OperationMoved, &path(before), &path(after));
        }
        found
    }

    /// Calls that are in another row now, and what that row says differently about them.
    pub(crate) fn regrouped(&mut self, moved: &Regrouped<'_>, columns: &ColumnChanges) {
        let (before, after) = (self.rows.old[moved.old], self.rows.new[moved.new]);
        let first = moved.calls.first().copied();
        let calls: Vec<String> = moved.calls.iter().map(WrittenCall::shown).collect();
        let (old, new) = (before.operation(), after.operation());
        let ids = (Some(old.id.clone()), Some(new.id.clone()));
        let mut regrouped = Difference::new(Rule::RowsRegrouped, Role::Api, ids.0, ids.1);
        regrouped.call = first;
        let mut differences = vec![regrouped];
        differences.extend(needs(old, new));
        differences.extend(scopes(old, new));
        if before.page.pinned && after.page.pinned && self.rows.is_gone(moved.old) {
            let texts = (Some(old.id.clone()), Some(new.id.clone()));
            differences.push(Difference::new(
                Rule::IdentifierChanged,
                Role::Api,
                texts.0,
                texts.1,
            ));
        }
        for mut difference in differences {
            let above = columns
                .above(moved.old, moved.new, difference.column)
                .cloned();
            difference.call = difference.call.or(first);
            let mut change = self.change(difference, Some(&before), Some(&after), false);
            change.operation = Some(new.id.clone());
            change.endpoints.clone_from(&calls);
            self.list(&after, above, change);
        }
    }

    /// An operation that is new.
    pub(crate) fn added(&mut self, new: usize) {
        let row = self.rows.new[new];
        let calls = self.rows.calls_of_new(new);
        let whole = calls.len() == row.calls().len();
        for difference in each(&calls, &row, calls::added, Rule::RouteAdded) {
            let change = self.change(difference, None, Some(&row), whole);
            if whole && self.rows.pages.is_added(row.page_at) {
                self.of_page.entry(row.page_at).or_default().push(change);
            } else {
                self.list(&row, None, change);
            }
        }
    }

    /// An operation that is gone.
    pub(crate) fn gone(&mut self, old: usize) {
        let row = self.rows.old[old];
        let calls = self.rows.calls_of_old(old);
        let whole = calls.len() == row.calls().len();
        let page = self.rows.pages.number_of_old(row.page_at);
        for difference in each(&calls, &row, calls::removed, Rule::RouteRemoved) {
            let mut change = self.change(difference, Some(&row), None, whole);
            let now = self.rows.pages.new.get(page);
            change
                .page
                .clone_from(&now.unwrap_or(row.page).page.page.path);
            if whole && self.rows.pages.is_gone(row.page_at) {
                self.of_page.entry(page).or_default().push(change);
            } else {
                self.found.push(((page, GONE, row.line()), change));
            }
        }
    }

    /// Constants with another name or value.
    pub(crate) fn constants(&mut self) {
        for changed in constant::changed(self.rows.pages) {
            let page = &self.rows.pages.new[changed.page];
            let service = &page.page.service;
            let texts = (Some(changed.before), Some(changed.after));
            let mut change = of_page(Rule::ConstantChanged, page, service, texts);
            change.line = page.lines.get(changed.operation).copied().unwrap_or(1);
            // A constant belongs to the service, on whichever page it is named.
            let (before, after) = (change.before.as_deref(), change.after.as_deref());
            change.fingerprint = fingerprint::of(change.rule, service, "", before, after);
            self.found
                .push(((changed.page, OPERATION, change.line), change));
        }
    }

    /// All changes, one for each reason.
    pub(crate) fn in_order(mut self, columns: &ColumnChanges) -> Vec<Change> {
        let pages = self.rows.pages;
        for page in pages.added() {
            let new = &pages.new[page];
            let texts = (None, Some(new.page.page.path.clone()));
            let mut change = of_page(Rule::PageAdded, new, &new.page.service, texts);
            explain(&mut change, self.of_page.remove(&page).unwrap_or_default());
            self.found.push(((page, PAGE, 0), change));
        }
        for page in pages.gone() {
            let old = &pages.old[page];
            let number = pages.number_of_old(page);
            let texts = (Some(old.page.page.path.clone()), None);
            let mut change = of_page(Rule::PageRemoved, old, pages.service_of_old(page), texts);
            explain(
                &mut change,
                self.of_page.remove(&number).unwrap_or_default(),
            );
            self.found.push(((number, PAGE, 0), change));
        }
        for column in &columns.all {
            let page = &pages.new[column.page];
            let texts = (column.before.clone(), column.after.clone());
            let mut change = of_page(column.rule, page, &page.page.service, texts);
            explain(
                &mut change,
                self.of_column.remove(column).unwrap_or_default(),
            );
            self.found.push(((column.page, COLUMN, 0), change));
        }
        self.found.sort_by_key(|(order, _)| *order);
        self.found.into_iter().map(|(_, change)| change).collect()
    }

    /// Lists a change at its row, or under the column that explains it.
    fn list(&mut self, row: &VersionRow<'_>, above: Option<ColumnChange>, change: Change) {
        let order = (row.page_at, OPERATION, row.line());
        match above {
            Some(column) => self.of_column.entry(column).or_default().push(change),
            None => self.found.push((order, change)),
        }
    }

    fn change(
        &self,
        difference: Difference<'a>,
        old: Option<&VersionRow<'a>>,
        new: Option<&VersionRow<'a>>,
        whole: bool,
    ) -> Change {
        let rows = (old, new);
        let now = new.or(old).expect("a change is about a row");
        let then = old.unwrap_or(now);
        let service = match old {
            Some(row) => self.rows.pages.service_of_old(row.page_at),
            None => now.page.page.service.as_str(),
        };
        let calls = concerned(&difference, then, now);
        let endpoints: Vec<String> = calls.iter().map(WrittenCall::shown).collect();
        let key = calls.first().map(WrittenCall::key);
        let identity = self.identity(service, key, then);
        let release = self.made.release(&difference, service, rows);
        let Difference {
            rule,
            before,
            after,
            policy,
            ..
        } = difference;
        let severity = rule.entry().severity;
        let kept = !matches!(rule, Rule::RouteAdded | Rule::RouteRemoved);
        let actions = now.operation().actions.iter().map(ToString::to_string);
        Change {
            rule,
            semantic: severity >= ChangeSeverity::Semantic,
            // An action that was a dependency before, or is one now, is granted in both versions.
            breaking: severity == ChangeSeverity::Breaking && policy == rule.entry().policy,
            policy,
            release,
            service: service.to_owned(),
            operation: Some(name(rows).to_owned()),
            title: now.operation().title.clone(),
            endpoint: endpoints.first().cloned(),
            endpoints,
            actions: if kept { Vec::new() } else { actions.collect() },
            whole,
            fingerprint: fingerprint::of(
                rule,
                service,
                &identity,
                before.as_deref(),
                after.as_deref(),
            ),
            before,
            after,
            page: now.page.page.page.path.clone(),
            file: now.page.file.clone(),
            line: now.line(),
            effects: Vec::new(),
        }
    }

    /// The call in a fingerprint. If several rows have it, the title is added.
    fn identity(&self, service: &str, key: Option<Key>, row: &VersionRow<'_>) -> String {
        let title = || Title::new(&row.operation().title).plain;
        match key {
            None => title(),
            Some(key) if self.rows.is_shared(service, &key) => format!("{key} {}", title()),
            Some(key) => key.to_string(),
        }
    }
}

/// The calls that a difference is about: its own call, otherwise the calls of the operation.
fn concerned<'a>(
    difference: &Difference<'a>,
    then: &VersionRow<'a>,
    now: &VersionRow<'a>,
) -> Vec<WrittenCall<'a>> {
    if let Some(call) = difference.call {
        return vec![call];
    }
    let calls = then.calls();
    if calls.is_empty() { now.calls() } else { calls }
}

/// The identifier by which people know the operation: the pinned one, otherwise the older one.
fn name<'a>(rows: (Option<&VersionRow<'a>>, Option<&VersionRow<'a>>)) -> &'a str {
    let row = match rows {
        (Some(_), Some(new)) if new.page.pinned => new,
        (Some(row), _) | (None, Some(row)) => row,
        (None, None) => unreachable!("a change is about a row"),
    };
    &row.operation().id
}

/// One difference for each call of an operation that is new or gone, or one if it has no call.
fn each<'a>(
    calls: &[WrittenCall<'a>],
    row: &VersionRow<'_>,
    difference: fn(WrittenCall<'a>) -> Difference<'a>,
    rule: Rule,
) -> Vec<Difference<'a>> {
    if row.calls().is_empty() {
        return vec![Difference::new(rule, Role::Api, None, None)];
    }
    calls.iter().map(|call| difference(*call)).collect()
}

/// A change of a page as a whole.
fn of_page(
    rule: Rule,
    page: &PageModel,
    service: &str,
    (before, after): (Option<String>, Option<String>),
) -> Change {
    let origin = &page.page.page;
    let entry = rule.entry();
    let identity = origin.original_name.as_deref().unwrap_or(&origin.path);
    Change {
        rule,
        semantic: entry.severity >= ChangeSeverity::Semantic,
        breaking: entry.severity == ChangeSeverity::Breaking,
        policy: entry.policy,
        release: entry.semver,
        service: service.to_owned(),
        operation: None,
        title: origin.title.clone(),
        endpoint: None,
        endpoints: Vec::new(),
        actions: Vec::new(),
        whole: false,
        fingerprint: fingerprint::of(rule, service, identity, before.as_deref(), after.as_deref()),
        before,
        after,
        page: origin.path.clone(),
        file: page.file.clone(),
        line: 1,
        effects: Vec::new(),
    }
}

/// A page or column is as important as what it explains.
fn explain(change: &mut Change, effects: Vec<Change>) {
    let worst = effects.iter().map(|effect| effect.policy).max();
    change.semantic &= effects.iter().any(|effect| effect.semantic);
    change.breaking &= effects.iter().any(|effect| effect.breaking);
    change.policy = worst.unwrap_or(PolicyEffect::None);
    let release = effects.iter().map(|effect| effect.release).max();
    change.release = release.unwrap_or(Semver::Patch);
    if !effects.is_empty() {
        let own = effects.iter().map(|effect| effect.fingerprint.as_str());
        change.fingerprint = fingerprint::with(&change.fingerprint, own.collect());
    }
    change.effects = effects;
}
