//! The operations of both versions in one list each, and their pairs. A row may contain several calls, and
//! calls may move from one row to another. This module must never look at what a row says about its calls.

use std::collections::{BTreeMap, BTreeSet};

use super::call::WrittenCall;
use super::page::PagePairs;
use super::side::{self, PageModel};
use crate::model::Operation;
use crate::pair::Key;
use crate::pair::{self, Candidate, Title};

/// An operation in its page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionRow<'a> {
    pub(crate) page: &'a PageModel,
    /// The index of its page in its version.
    pub(crate) page_at: usize,
    /// The index of the operation in its page.
    pub(crate) at: usize,
    /// Whether names of calls count. A model does not have them.
    named: bool,
}

impl<'a> VersionRow<'a> {
    pub(crate) fn operation(&self) -> &'a Operation {
        &self.page.page.operations[self.at]
    }

    /// Its line in its page's file, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.page.lines.get(self.at).copied().unwrap_or(1)
    }

    /// The calls that it documents.
    pub(crate) fn calls(&self) -> Vec<WrittenCall<'a>> {
        let endpoints = self.operation().endpoints.iter().map(WrittenCall::Endpoint);
        let layout = self.page.layout.as_ref().filter(|_| self.named);
        let named = layout.map_or(&[][..], |layout| layout.named(self.at));
        endpoints
            .chain(named.iter().map(|name| WrittenCall::Named(name)))
            .collect()
    }

    /// The columns of its table, if the table is known.
    pub(crate) fn columns(&self) -> Option<&'a [side::Column]> {
        let layout = self.page.layout.as_ref()?;
        Some(layout.columns(self.at))
    }

    /// Its table, if that is known.
    pub(crate) fn table(&self) -> Option<(usize, usize)> {
        let layout = self.page.layout.as_ref()?;
        Some((self.page_at, layout.rows.get(self.at)?.0))
    }
}

/// Calls that moved from the row `old` to the row `new`, which are not the same operation.
#[derive(Clone, Debug)]
pub(crate) struct Regrouped<'a> {
    pub(crate) old: usize,
    pub(crate) new: usize,
    /// The calls as the old row writes them.
    pub(crate) calls: Vec<WrittenCall<'a>>,
}

/// The operations of both versions.
pub(crate) struct Rows<'a> {
    pub(crate) pages: &'a PagePairs<'a>,
    pub(crate) old: Vec<VersionRow<'a>>,
    pub(crate) new: Vec<VersionRow<'a>>,
    keys_of_old: Vec<Vec<Key>>,
    keys_of_new: Vec<Vec<Key>>,
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
    regrouped: Vec<Regrouped<'a>>,
    /// What the old rows lost to other rows, and what the new rows got from other rows.
    moved_from: BTreeSet<(usize, Key)>,
    moved_to: BTreeSet<(usize, Key)>,
    /// Calls that several rows of one version share, by service.
    shared: BTreeSet<(String, Key)>,
}

impl<'a> Rows<'a> {
    pub(crate) fn of(pages: &'a PagePairs<'a>) -> Self {
        let mut all = pages.old.iter().chain(pages.new);
        let named = all.all(|page| page.layout.is_some());
        let (old, new) = (rows(pages.old, named), rows(pages.new, named));
        let pinned = all_pinned(pages.old) && all_pinned(pages.new);
        let services: Vec<&str> = (0..pages.old.len())
            .map(|page| pages.service_of_old(page))
            .collect();
        let of_old: Vec<Candidate<'_>> = old
            .iter()
            .map(|row| {
                candidate(
                    row,
                    pinned,
                    services[row.page_at],
                    pages.number_of_old(row.page_at),
                )
            })
            .collect();
        let of_new: Vec<Candidate<'_>> = new
            .iter()
            .map(|row| candidate(row, pinned, &row.page.page.service, row.page_at))
            .collect();
        let mut rows = Rows {
            pages,
            shared: [&of_old, &of_new]
                .into_iter()
                .flat_map(|rows| shared(rows))
                .collect(),
            of_old: vec![None; old.len()],
            of_new: vec![None; new.len()],
            old,
            new,
            keys_of_old: of_old.iter().map(|row| row.keys.clone()).collect(),
            keys_of_new: of_new.iter().map(|row| row.keys.clone()).collect(),
            regrouped: Vec::new(),
            moved_from: BTreeSet::new(),
            moved_to: BTreeSet::new(),
        };
        for (old, new) in pair::operations(&of_old, &of_new) {
            rows.of_old[old] = Some(new);
            rows.of_new[new] = Some(old);
        }
        rows.regroup(&of_old, &of_new);
        rows
    }

    /// The pairs of rows.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = self.of_new.iter().enumerate();
        pairs.filter_map(|(new, old)| old.map(|old| (old, new)))
    }

    /// Rows that are new.
    pub(crate) fn added(&self) -> impl Iterator<Item = usize> {
        (0..self.new.len()).filter(|&row| self.of_new[row].is_none())
    }

    /// Whether a row of the old version is gone.
    pub(crate) fn is_gone(&self, old: usize) -> bool {
        self.of_old[old].is_none()
    }

    /// Rows that are gone.
    pub(crate) fn gone(&self) -> impl Iterator<Item = usize> {
        (0..self.old.len()).filter(|&row| self.of_old[row].is_none())
    }

    pub(crate) fn regrouped(&self) -> &[Regrouped<'a>] {
        &self.regrouped
    }

    /// Whether rows of one version share a call, so that the call does not identify them.
    pub(crate) fn is_shared(&self, service: &str, key: &Key) -> bool {
        self.shared.contains(&(service.to_owned(), key.clone()))
    }

    /// The calls of an old row that did not go to another row.
    pub(crate) fn calls_of_old(&self, row: usize) -> Vec<WrittenCall<'a>> {
        left(self.old[row].calls(), row, &self.moved_from)
    }

    /// The calls of a new row that did not come from another row.
    pub(crate) fn calls_of_new(&self, row: usize) -> Vec<WrittenCall<'a>> {
        left(self.new[row].calls(), row, &self.moved_to)
    }

    /// Finds calls that one row lost and another one got, between the most similar rows.
    fn regroup(&mut self, old: &[Candidate<'_>], new: &[Candidate<'_>]) {
        let lost = unshared(&self.keys_of_old, &self.of_old, &self.keys_of_new, old);
        let got = unshared(&self.keys_of_new, &self.of_new, &self.keys_of_old, new);
        let mut ranked: Vec<(f64, usize, usize, &Key)> = Vec::new();
        for ((service, key), to) in &got {
            let from = lost.get(&(*service, *key)).map_or(&[][..], Vec::as_slice);
            let words = |row: &'_ Candidate<'_>| -> Vec<String> {
                row.title.words().iter().cloned().collect()
            };
            let near = pair::near(from, to, |row| words(&old[row]), |row| words(&new[row]));
            for (from, to) in near {
                if self.may_lend(from, to) {
                    let alike = old[from].title.similarity(&new[to].title);
                    ranked.push((alike, from, to, key));
                }
            }
        }
        let place = |old: usize, new: usize| (old.abs_diff(new), old.min(new));
        ranked.sort_by(|a, b| {
            let places = || place(a.1, a.2).cmp(&place(b.1, b.2));
            b.0.total_cmp(&a.0).then_with(places)
        });
        let mut moved: BTreeMap<(usize, usize), BTreeSet<&Key>> = BTreeMap::new();
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for (_, old, new, key) in ranked {
            if !gone.contains(&(old, key)) && !come.contains(&(new, key)) {
                gone.insert((old, key));
                come.insert((new, key));
                moved.entry((old, new)).or_default().insert(key);
            }
        }
        let owned = |rows: BTreeSet<(usize, &Key)>| {
            let cloned = rows.into_iter().map(|(row, key)| (row, key.clone()));
            cloned.collect()
        };
        let moved_calls = calls_of(&self.old, &self.keys_of_old, &moved);
        (self.moved_from, self.moved_to) = (owned(gone), owned(come));
        self.regrouped = moved_calls;
    }

    /// Two rows of one call each that were not paired are about different things.
    fn may_lend(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_some()
            || self.of_new[new].is_some()
            || self.keys_of_old[old].len() > 1
            || self.keys_of_new[new].len() > 1
    }
}

fn rows(pages: &[PageModel], named: bool) -> Vec<VersionRow<'_>> {
    let of_page = |(page_at, page): (usize, &'_ PageModel)| -> Vec<(usize, usize)> {
        (0..page.page.operations.len())
            .map(|at| (page_at, at))
            .collect()
    };
    let places = pages.iter().enumerate().flat_map(of_page);
    places
        .map(|(page_at, at)| VersionRow {
            page: &pages[page_at],
            page_at,
            at,
            named,
        })
        .collect()
}

/// The calls of a row that did not move.
fn left<'a>(
    mut calls: Vec<WrittenCall<'a>>,
    row: usize,
    moved: &BTreeSet<(usize, Key)>,
) -> Vec<WrittenCall<'a>> {
    if !moved.is_empty() {
        calls.retain(|call| !moved.contains(&(row, call.key())));
    }
    calls
}

/// The rows that have a call which their partner does not have, by service and call.
fn unshared<'k, 's>(
    keys: &'k [Vec<Key>],
    partners: &[Option<usize>],
    other_keys: &[Vec<Key>],
    candidates: &[Candidate<'s>],
) -> BTreeMap<(&'s str, &'k Key), Vec<usize>> {
    let mut found: BTreeMap<(&str, &Key), Vec<usize>> = BTreeMap::new();
    for (row, keys) in keys.iter().enumerate() {
        let partner = partners[row].map_or(&[][..], |other| other_keys[other].as_slice());
        let shared: BTreeSet<&Key> = partner.iter().collect();
        for key in keys.iter().filter(|key| !shared.contains(key)) {
            let rows = found.entry((candidates[row].service, key)).or_default();
            rows.push(row);
        }
    }
    found
}

/// The calls of a row, with their places in it.
type ByKey<'k, 'a> = BTreeMap<&'k Key, Vec<(usize, WrittenCall<'a>)>>;

/// The calls that moved from one row to another, as the old row writes them.
fn calls_of<'a>(
    rows: &[VersionRow<'a>],
    keys: &[Vec<Key>],
    moved: &BTreeMap<(usize, usize), BTreeSet<&Key>>,
) -> Vec<Regrouped<'a>> {
    let mut found = Vec::new();
    // The calls of the last row. The pairs of one row follow each other.
    let mut last: Option<(usize, ByKey<'_, 'a>)> = None;
    for (&(old, new), moved) in moved {
        if last.as_ref().is_none_or(|(row, _)| *row != old) {
            let mut by_key = ByKey::new();
            for (key, call) in keys[old]
                .iter()
                .zip(rows[old].calls().into_iter().enumerate())
            {
                by_key.entry(key).or_default().push(call);
            }
            last = Some((old, by_key));
        }
        let by_key = last.as_ref().map(|(_, by_key)| by_key);
        let of_key = |key: &&Key| by_key.and_then(|by_key| by_key.get(*key));
        let mut placed: Vec<_> = moved.iter().filter_map(of_key).flatten().copied().collect();
        placed.sort_by_key(|(at, _)| *at);
        let calls = placed.into_iter().map(|(_, call)| call).collect();
        found.push(Regrouped { old, new, calls });
    }
    found
}

fn all_pinned(pages: &[PageModel]) -> bool {
    pages.iter().all(|page| page.pinned)
}

fn candidate<'a>(
    row: &VersionRow<'a>,
    pinned: bool,
    service: &'a str,
    page: usize,
) -> Candidate<'a> {
    let operation = row.operation();
    Candidate {
        id: pinned.then_some(operation.id.as_str()),
        service,
        page,
        title: Title::new(&operation.title),
        keys: row.calls().iter().map(WrittenCall::key).collect(),
        actions: pair::actions(&operation.actions),
        said: format!(
            "{:?} {:?} {:?} {:?}",
            operation.actions,
            operation.dependencies,
            operation.iam_project,
            operation.enterprise_project
        ),
    }
}

fn shared(rows: &[Candidate<'_>]) -> Vec<(String, Key)> {
    let mut held: BTreeMap<(&str, &Key), usize> = BTreeMap::new();
    for row in rows {
        for key in &row.keys {
            *held.entry((row.service, key)).or_default() += 1;
        }
    }
    let several = held.into_iter().filter(|(_, count)| *count > 1);
    several
        .map(|((service, key), _)| (service.to_owned(), key.clone()))
        .collect()
}
