//! What the model has of a page already: its interface is known by the page's path or stable name, otherwise by call
//! and title.

use std::collections::BTreeSet;

use super::Described;
use crate::load::InterfaceFile;
use crate::model::Endpoint;
use crate::pair::{self, Candidate, Key, Title};

/// What the model has of a page.
pub(super) struct Earlier<'a>(pub(super) &'a InterfaceFile);

impl<'a> Earlier<'a> {
    /// The row that was the same operation.
    pub(super) fn joined(&self) -> Option<&'a str> {
        let interface = &self.0.interface;
        let permission = interface.permission.as_deref();
        permission.filter(|permission| *permission == interface.id)
    }
}

/// For each page what the model has of it: known by the page's stable name or path, otherwise by call and title.
pub(super) fn earlier<'a>(
    pages: &[Described],
    endpoints: &[Vec<Endpoint>],
    pinned: &[&'a InterfaceFile],
) -> Vec<Option<Earlier<'a>>> {
    let mut found: Vec<Option<Earlier<'a>>> = pages.iter().map(|_| None).collect();
    if pinned.is_empty() {
        return found;
    }
    let places: Vec<usize> = pages.iter().map(|it| place(it, pinned)).collect();
    let old: Vec<Candidate<'_>> = pinned
        .iter()
        .enumerate()
        .map(|(at, file)| candidate(at, &file.interface.page.title, &file.interface.endpoints))
        .collect();
    let new: Vec<Candidate<'_>> = pages
        .iter()
        .zip(endpoints)
        .zip(&places)
        .enumerate()
        .map(|(at, ((it, endpoints), place))| {
            let page = if *place == usize::MAX {
                pinned.len() + at
            } else {
                *place
            };
            candidate(page, &it.page.title, endpoints)
        })
        .collect();
    for (from, to) in pair::same_pages(&old, &new) {
        found[to] = Some(Earlier(pinned[from]));
    }
    found
}

/// The number of the interface that has the stable name of the page, or its path; `usize::MAX` if none has.
fn place(described: &Described, pinned: &[&InterfaceFile]) -> usize {
    let origin = |at: usize| &pinned[at].interface.page;
    let name = &described.page.original_name;
    let named =
        || (0..pinned.len()).find(|at| name.is_some() && origin(*at).original_name == *name);
    let placed = || (0..pinned.len()).find(|at| origin(*at).path == described.page.page);
    placed().or_else(named).unwrap_or(usize::MAX)
}

fn candidate<'a>(page: usize, title: &str, endpoints: &[Endpoint]) -> Candidate<'a> {
    Candidate {
        id: None,
        service: "",
        page,
        title: Title::new(title),
        keys: endpoints.iter().map(Key::call).collect(),
        actions: BTreeSet::new(),
        said: String::new(),
    }
}
