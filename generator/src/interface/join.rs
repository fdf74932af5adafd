//! Which row of a permission page states the call of which reference page.

use std::collections::BTreeMap;

use super::Described;
use super::earlier::Earlier;
use crate::model::{Endpoint, Operation};
use crate::pair::{self, Candidate, Key};
use crate::subject::Subject;

/// What a reference page has to do with the rows of permission pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// This row and the page are one operation.
    Own(usize),
    /// This row states the call of the page; another page is its operation.
    Shared(usize),
    /// No row states the call.
    None,
}

impl Join {
    /// The row whose requirements hold for the page.
    pub(super) fn row(self) -> Option<usize> {
        match self {
            Join::Own(row) | Join::Shared(row) => Some(row),
            Join::None => None,
        }
    }
}

/// For each page its row. A page and a row that the model has as one stay one.
pub(super) fn rows(
    rows: &[&Operation],
    pages: &[Described],
    endpoints: &[Vec<Endpoint>],
    earlier: &[Option<Earlier<'_>>],
) -> Vec<Join> {
    let stated: Vec<Candidate<'_>> = rows
        .iter()
        .map(|row| {
            // A page has no actions to compare with those of a row.
            let subject = Subject {
                actions: &[],
                ..Subject::from(*row)
            };
            Candidate::of(Some(&row.id), 0, subject)
        })
        .collect();
    let described: Vec<Candidate<'_>> = pages
        .iter()
        .zip(endpoints)
        .zip(earlier)
        .map(|((it, endpoints), earlier)| {
            let joined = earlier.as_ref().and_then(Earlier::joined);
            Candidate::of(joined, 0, it.subject(endpoints))
        })
        .collect();
    let mut joins = vec![Join::None; pages.len()];
    for (row, page) in pair::joined(&stated, &described) {
        joins[page] = Join::Own(row);
    }
    let stating = stating(rows);
    for (page, join) in joins
        .iter_mut()
        .enumerate()
        .filter(|(_, join)| **join == Join::None)
    {
        let reads = endpoints[page]
            .iter()
            .all(|endpoint| endpoint.method.as_deref() == Some("GET"));
        let is_about = |row: &usize| stated[*row].title.covers(&described[page].title, reads);
        let row = only_statement(&stating, rows, &endpoints[page]).filter(is_about);
        *join = row.map_or(Join::None, Join::Shared);
    }
    joins
}

/// The rows that state each call.
fn stating(rows: &[&Operation]) -> BTreeMap<Key, Vec<usize>> {
    let mut stating: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for key in row.endpoints.iter().map(Key::call) {
            let rows = stating.entry(key).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
    }
    stating
}

/// The row that states the first call of a page: the only one, or the first of several that need the same. A row
/// that states the call without a body states it for every body.
fn only_statement(
    stating: &BTreeMap<Key, Vec<usize>>,
    rows: &[&Operation],
    endpoints: &[Endpoint],
) -> Option<usize> {
    let key = Key::call(endpoints.first()?);
    let found = stating
        .get(&key)
        .or_else(|| stating.get(&key.without_body()?))?;
    let (first, others) = found.split_first()?;
    let needs = |row: usize| (&rows[row].actions, &rows[row].dependencies);
    others
        .iter()
        .all(|other| needs(*other) == needs(*first))
        .then_some(*first)
}
