//! What the model has of a page already: its interface is known by the page's path or stable name, otherwise by call
//! and title.

use std::collections::BTreeMap;

use super::Described;
use crate::load::InterfaceFile;
use crate::model::{Endpoint, Interface};
use crate::pair::{self, Candidate};
use crate::subject::Subject;

/// What the model has of a page.
pub(super) struct Earlier<'a>(pub(super) &'a InterfaceFile);

impl<'a> Earlier<'a> {
    /// The row that was the same operation.
    pub(super) fn joined(&self) -> Option<&'a str> {
        let interface = &self.0.interface;
        let permission = interface.permission.as_deref();
        permission.filter(|permission| *permission == interface.id)
    }

    /// This version must not drop fields that a newer version of permspec wrote.
    pub(super) fn keep_extras(&self, interface: &mut Interface) {
        let old = &self.0.interface;
        interface.extra.clone_from(&old.extra);
        interface.page.extra.clone_from(&old.page.extra);
    }
}

/// For each page what the model has of it: known by the page's path or stable name, otherwise by call and title.
pub(super) fn earlier<'a>(
    pages: &[Described],
    endpoints: &[Vec<Endpoint>],
    pinned: &[&'a InterfaceFile],
) -> Vec<Option<Earlier<'a>>> {
    let mut found: Vec<Option<Earlier<'a>>> = pages.iter().map(|_| None).collect();
    if pinned.is_empty() {
        return found;
    }
    let old: Vec<Candidate<'_>> = pinned
        .iter()
        .enumerate()
        .map(|(at, file)| Candidate::of(None, at, subject(file)))
        .collect();
    let (mut by_path, mut by_name) = (BTreeMap::new(), BTreeMap::new());
    for (at, file) in pinned.iter().enumerate() {
        let origin = &file.interface.page;
        by_path.entry(&origin.path).or_insert(at);
        if let Some(name) = &origin.original_name {
            by_name.entry(name).or_insert(at);
        }
    }
    let new: Vec<Candidate<'_>> = pages
        .iter()
        .zip(endpoints)
        .enumerate()
        .map(|(at, (it, endpoints))| {
            let named = || by_name.get(it.page.original_name.as_ref()?);
            let known = by_path.get(&it.page.page).or_else(named);
            let page = known.copied().unwrap_or(pinned.len() + at);
            Candidate::of(None, page, it.subject(endpoints))
        })
        .collect();
    for (from, to) in pair::same_pages(&old, &new) {
        found[to] = Some(Earlier(pinned[from]));
    }
    found
}

fn subject(file: &InterfaceFile) -> Subject<'_> {
    Subject {
        title: &file.interface.page.title,
        endpoints: &file.interface.endpoints,
        actions: &[],
    }
}
