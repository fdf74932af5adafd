//! Which constants of the generated crate have another name or another value in the new version. A constant
//! that was added or removed with its action is reported with the action. This module must never look at a
//! call.

use std::collections::{BTreeMap, BTreeSet};

use super::page::PagePairs;
use super::side::PageModel;
use crate::ident::{ConstantKind, named_constants};
use crate::model::Page;

/// A constant with another name or value.
pub(crate) struct ConstantChange {
    /// The page of the new version that names its present text.
    pub(crate) page: usize,
    /// The operation of that page.
    pub(crate) operation: usize,
    /// `NODE_POOL_DELETE = demo:node_pool:delete`.
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Every constant with another name, and every name with another value. A program that uses the name asks for
/// something else, or does not compile.
pub(crate) fn changed(pages: &PagePairs<'_>) -> Vec<ConstantChange> {
    let services: BTreeSet<&str> = pages.new.iter().map(|new| &*new.page.service).collect();
    let mut found = Vec::new();
    for service in services {
        let is_old = |at: &usize| pages.service_of_old(*at) == service;
        let old: Vec<&PageModel> = (0..pages.old.len())
            .filter(is_old)
            .map(|at| &pages.old[at])
            .collect();
        let new = pages.new.iter().filter(|new| new.page.service == service);
        // Pinned names cannot be compared with names that are made from titles.
        let pinned: BTreeSet<bool> = old
            .iter()
            .copied()
            .chain(new.clone())
            .map(|page| page.pinned)
            .collect();
        if old.is_empty() || pinned.len() > 1 {
            continue;
        }
        let new_pages: Vec<&Page> = new.map(|new| &new.page).collect();
        for kind in ConstantKind::ALL {
            let before = named_constants(kind, service, old.iter().map(|old| &old.page));
            let after = named_constants(kind, service, new_pages.iter().copied());
            for (before, after) in differences(kind, &before, &after) {
                if let Some((page, operation)) = first(pages, service, kind, after.0) {
                    let shown = |(text, name): (&str, &str)| format!("{name} = {text}");
                    found.push(ConstantChange {
                        page,
                        operation,
                        before: shown(before),
                        after: shown(after),
                    });
                }
            }
        }
    }
    found
}

/// A text and the name of its constant.
type Constant<'a> = (&'a str, &'a str);

fn differences<'a>(
    kind: ConstantKind,
    before: &'a BTreeMap<String, String>,
    after: &'a BTreeMap<String, String>,
) -> Vec<(Constant<'a>, Constant<'a>)> {
    let by_name = |names: &'a BTreeMap<String, String>| -> BTreeMap<&'a str, &'a str> {
        names
            .iter()
            .map(|(text, name)| (&**name, &**text))
            .collect()
    };
    let (old, new) = (by_name(before), by_name(after));
    // IAM ignores letter case, but a query does not.
    let is_same = |one: &str, other: &str| match kind {
        ConstantKind::Action => one.eq_ignore_ascii_case(other),
        ConstantKind::Query => one == other,
    };
    let valued = old.iter().filter_map(|(name, text)| {
        let now = new.get(name).filter(|now| !is_same(text, now))?;
        // If one of the two has another name in the other version, one report is enough.
        let is_whole = !after.contains_key(*text) && !before.contains_key(*now);
        is_whole.then_some(((*text, *name), (*now, *name)))
    });
    let renamed = before.iter().filter_map(|(text, name)| {
        let now = after.get(text).filter(|now| *now != name)?;
        Some(((&**text, &**name), (&**text, &**now)))
    });
    valued.chain(renamed).collect()
}

/// The first operation of the new version that names a text.
fn first(
    pages: &PagePairs<'_>,
    service: &str,
    kind: ConstantKind,
    text: &str,
) -> Option<(usize, usize)> {
    let own = pages
        .new
        .iter()
        .enumerate()
        .filter(|(_, new)| new.page.service == service);
    let mut places = own.flat_map(|(page, new)| {
        let operations = new.page.operations.iter().enumerate();
        operations.map(move |(at, operation)| (page, at, operation))
    });
    let (page, at, _) = places.find(|(.., operation)| kind.texts(operation).contains(&text))?;
    Some((page, at))
}
