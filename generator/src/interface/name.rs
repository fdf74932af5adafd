//! What the operation of a page is called: as the row that it is joined with, otherwise as the configuration or the
//! model names it, otherwise as its title and its call say.

use std::collections::BTreeSet;

use super::earlier::Earlier;
use super::join::Join;
use super::{Described, Known, chapter};
use crate::diagnostic::Report;
use crate::model::{Endpoint, PathShape};
use crate::naming;
use crate::subject::Subject;

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
                subjects.push((pages[at].subject(&endpoints[at]), chapters[at].as_str()));
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
            let title = &page.page.title;
            report.push(naming::without_name(title, page.place.clone()));
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
