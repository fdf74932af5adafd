//! Which page is which interface of the model, and what its operation is called: as the row that it is joined with,
//! otherwise as the model pins it, otherwise as its title and its call say.

use std::collections::BTreeSet;

use super::join::Join;
use super::{Described, Known, chapter};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::load::InterfaceFile;
use crate::model::{Endpoint, PathShape};
use crate::naming;
use crate::pair::{self, Candidate, Key, Title};
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

/// The identifiers of the pages. A page without one is reported, and its operation has an empty name. A page that is
/// withdrawn takes no name away from one that is not.
pub(super) fn ids(
    known: &Known<'_>,
    pages: &[Described],
    endpoints: &[Vec<Endpoint>],
    joins: &[Join],
    earlier: &[Option<Earlier<'_>>],
    report: &mut Report,
) -> Vec<String> {
    let mut names = kept(known, endpoints, joins, earlier);
    let chapters = chapter::words(pages);
    for withdrawn in [false, true] {
        let rows = known.rows.iter().map(|row| (Subject::from(*row), ""));
        let mut subjects: Vec<(Subject<'_>, &str)> = rows.collect();
        let mut given: Vec<Option<String>> =
            known.rows.iter().map(|row| Some(row.id.clone())).collect();
        let mut numbers = Vec::new();
        for (at, name) in names.iter().enumerate() {
            // A joined page is its row, which is in the list.
            let is_row = matches!(joins[at], Join::Own(_));
            if !is_row && (name.is_some() || pages[at].page.deprecated == withdrawn) {
                numbers.push(at);
                subjects.push((subject(&pages[at], &endpoints[at]), chapters[at].as_str()));
                given.push(name.clone());
            }
        }
        let chosen = naming::choose(&subjects, given, &known.old_names).into_iter();
        for (at, name) in numbers.into_iter().zip(chosen.skip(known.rows.len())) {
            names[at] = name;
        }
    }
    for (name, page) in names.iter().zip(pages) {
        if name.is_none() {
            report.push(without_name(page));
        }
    }
    names.into_iter().map(Option::unwrap_or_default).collect()
}

/// The names that the pages have already: of their rows, of the configuration, or of the model.
fn kept(
    known: &Known<'_>,
    endpoints: &[Vec<Endpoint>],
    joins: &[Join],
    earlier: &[Option<Earlier<'_>>],
) -> Vec<Option<String>> {
    let mut taken: BTreeSet<&str> = known.rows.iter().map(|row| row.id.as_str()).collect();
    let own = |join: &Join| match join {
        Join::Own(row) => Some(known.rows[*row].id.clone()),
        _ => None,
    };
    let mut names: Vec<Option<String>> = joins.iter().map(own).collect();
    for (key, id) in &known.settings.ids {
        let (method, path) = key.split_once(' ').unwrap_or((key, ""));
        let wanted = PathShape::new(method, path);
        let is_it = |own: &Vec<Endpoint>| own.iter().any(|endpoint| endpoint.shape() == wanted);
        let open = (0..names.len()).find(|at| names[*at].is_none() && is_it(&endpoints[*at]));
        if let Some(at) = open.filter(|_| taken.insert(id)) {
            names[at] = Some(id.clone());
        }
    }
    for (name, earlier) in names.iter_mut().zip(earlier) {
        if let (None, Some(Earlier(file))) = (&name, earlier)
            && taken.insert(&file.interface.id)
        {
            *name = Some(file.interface.id.clone());
        }
    }
    names
}

fn subject<'a>(described: &'a Described, endpoints: &'a [Endpoint]) -> Subject<'a> {
    Subject {
        title: &described.page.title,
        endpoints,
        actions: &[],
    }
}

fn without_name(described: &Described) -> Diagnostic {
    let title = &described.page.title;
    let message = format!("neither the title `{title}` nor the call gives a name of its own");
    Diagnostic::new(Code::InvalidId, described.place.clone(), message)
        .with_help("choose an `id` that the service does not have yet, and write it into the model")
}
