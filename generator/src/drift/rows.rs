//! The operations of both versions in one list each, and which of them are one.
//! A row may hold several calls, and calls may go from one row to another; this module must never
//! look at what a row says about its calls.

use std::collections::{BTreeMap, BTreeSet};

use super::call::Call;
use super::page::Pages;
use super::side::{self, PageModel};
use crate::model::Operation;
use crate::pair::Key;
use crate::pair::{self, Candidate, Title};

/// An operation in its page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) page: &'a PageModel,
    /// The index of its page in its version.
    pub(crate) page_at: usize,
    /// The index of the operation in its page.
    pub(crate) at: usize,
    /// Whether names of calls count: a model has none.
    named: bool,
}

impl<'a> Row<'a> {
    pub(crate) fn operation(&self) -> &'a Operation {
        &self.page.page.operations[self.at]
    }

    /// Its line in its page's file, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.page.lines.get(self.at).copied().unwrap_or(1)
    }

    /// The calls that it documents.
    pub(crate) fn calls(&self) -> Vec<Call<'a>> {
        let routes = self.operation().routes.iter().map(Call::Route);
        let layout = self.page.layout.as_ref().filter(|_| self.named);
        let named = layout.map_or(&[][..], |layout| layout.named(self.at));
        routes
            .chain(named.iter().map(|name| Call::Named(name)))
            .collect()
    }

    /// The columns of its table, where the table is known.
    pub(crate) fn columns(&self) -> Option<&'a [side::Column]> {
        let layout = self.page.layout.as_ref()?;
        Some(layout.columns(self.at))
    }

    /// Its table, where that is known.
    pub(crate) fn table(&self) -> Option<(usize, usize)> {
        let layout = self.page.layout.as_ref()?;
        Some((self.page_at, layout.rows.get(self.at)?.0))
    }
}

/// Calls that stood in the row `old` and stand in the row `new`, although these are not one.
#[derive(Clone, Debug)]
pub(crate) struct Regrouped {
    pub(crate) old: usize,
    pub(crate) new: usize,
    pub(crate) keys: Vec<Key>,
}

/// The operations of both versions.
pub(crate) struct Rows<'a> {
    pub(crate) pages: &'a Pages<'a>,
    pub(crate) old: Vec<Row<'a>>,
    pub(crate) new: Vec<Row<'a>>,
    keys_of_old: Vec<Vec<Key>>,
    keys_of_new: Vec<Vec<Key>>,
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
    regrouped: Vec<Regrouped>,
    /// Calls that several rows of one version share, by service.
    shared: BTreeSet<(String, Key)>,
}

impl<'a> Rows<'a> {
    pub(crate) fn of(pages: &'a Pages<'a>) -> Self {
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
        };
        for (old, new) in pair::operations(&of_old, &of_new) {
            rows.of_old[old] = Some(new);
            rows.of_new[new] = Some(old);
        }
        rows.regrouped = rows.regroup(&of_old, &of_new);
        rows
    }

    /// The rows that are one.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = self.of_new.iter().enumerate();
        pairs.filter_map(|(new, old)| old.map(|old| (old, new)))
    }

    /// Rows that are new.
    pub(crate) fn added(&self) -> impl Iterator<Item = usize> {
        (0..self.new.len()).filter(|&row| self.of_new[row].is_none())
    }

    /// Rows that are gone.
    pub(crate) fn gone(&self) -> impl Iterator<Item = usize> {
        (0..self.old.len()).filter(|&row| self.of_old[row].is_none())
    }

    pub(crate) fn regrouped(&self) -> &[Regrouped] {
        &self.regrouped
    }

    /// Whether rows of one version share a call, so that it alone identifies none of them.
    pub(crate) fn is_shared(&self, service: &str, key: &Key) -> bool {
        self.shared.contains(&(service.to_owned(), key.clone()))
    }

    /// The calls of an old row that did not go to another row.
    pub(crate) fn calls_of_old(&self, row: usize) -> Vec<Call<'a>> {
        let mut calls = self.old[row].calls();
        calls.retain(|call| !self.is_regrouped(|moved| moved.old == row, &call.key()));
        calls
    }

    /// The calls of a new row that did not come from another row.
    pub(crate) fn calls_of_new(&self, row: usize) -> Vec<Call<'a>> {
        let mut calls = self.new[row].calls();
        calls.retain(|call| !self.is_regrouped(|moved| moved.new == row, &call.key()));
        calls
    }

    fn is_regrouped(&self, is: impl Fn(&Regrouped) -> bool, key: &Key) -> bool {
        self.regrouped
            .iter()
            .any(|moved| is(moved) && moved.keys.contains(key))
    }

    /// Calls that one row lost and another one got, between the rows that are most alike.
    fn regroup(&self, old: &[Candidate<'_>], new: &[Candidate<'_>]) -> Vec<Regrouped> {
        let mut lost: BTreeMap<(&str, &Key), Vec<usize>> = BTreeMap::new();
        for (row, keys) in self.keys_of_old.iter().enumerate() {
            let partner = self.of_old[row].map(|new| &self.keys_of_new[new]);
            for key in keys.iter().filter(|key| !holds(partner, key)) {
                lost.entry((old[row].service, key)).or_default().push(row);
            }
        }
        let mut ranked: Vec<(f64, usize, usize, &Key)> = Vec::new();
        for (row, keys) in self.keys_of_new.iter().enumerate() {
            let partner = self.of_new[row].map(|old| &self.keys_of_old[old]);
            for key in keys.iter().filter(|key| !holds(partner, key)) {
                let from = lost.get(&(new[row].service, key)).into_iter().flatten();
                for &from in from.filter(|&&from| self.may_lend(from, row)) {
                    let alike = old[from].title.similarity(&new[row].title);
                    ranked.push((alike, from, row, key));
                }
            }
        }
        let place = |old: usize, new: usize| (old.abs_diff(new), old.min(new));
        ranked.sort_by(|a, b| {
            let places = || place(a.1, a.2).cmp(&place(b.1, b.2));
            b.0.total_cmp(&a.0).then_with(places)
        });
        let mut moved: BTreeMap<(usize, usize), Vec<Key>> = BTreeMap::new();
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for (_, old, new, key) in ranked {
            if !gone.contains(&(old, key)) && !come.contains(&(new, key)) {
                gone.insert((old, key));
                come.insert((new, key));
                moved.entry((old, new)).or_default().push(key.clone());
            }
        }
        let regrouped = |((old, new), keys)| Regrouped { old, new, keys };
        moved.into_iter().map(regrouped).collect()
    }

    /// Two rows of one call each that were not paired are about different things.
    fn may_lend(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_some()
            || self.of_new[new].is_some()
            || self.keys_of_old[old].len() > 1
            || self.keys_of_new[new].len() > 1
    }
}

fn rows(pages: &[PageModel], named: bool) -> Vec<Row<'_>> {
    let of_page = |(page_at, page): (usize, &'_ PageModel)| -> Vec<(usize, usize)> {
        (0..page.page.operations.len())
            .map(|at| (page_at, at))
            .collect()
    };
    let places = pages.iter().enumerate().flat_map(of_page);
    places
        .map(|(page_at, at)| Row {
            page: &pages[page_at],
            page_at,
            at,
            named,
        })
        .collect()
}

fn holds(keys: Option<&Vec<Key>>, key: &Key) -> bool {
    keys.is_some_and(|keys| keys.contains(key))
}

fn all_pinned(pages: &[PageModel]) -> bool {
    pages.iter().all(|page| page.pinned)
}

fn candidate<'a>(row: &Row<'a>, pinned: bool, service: &'a str, page: usize) -> Candidate<'a> {
    let operation = row.operation();
    Candidate {
        id: pinned.then_some(operation.id.as_str()),
        service,
        page,
        title: Title::new(&operation.title),
        keys: row.calls().iter().map(Call::key).collect(),
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
