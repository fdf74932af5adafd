//! Gives every row of a service its identifier: the configured one, otherwise the pinned one, otherwise one
//! that is made from its title. Names are only decided here. This module must never give a name that is
//! taken.

use std::collections::{BTreeMap, BTreeSet};

use super::choose::choose;
use super::{Pins, Wanted, repeated};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::{Endpoint, PathShape};
use crate::subject::Subject;

/// An operation of a page, and where it is stated.
pub struct Unnamed<'a> {
    /// The page's name without folder and ending.
    pub page: &'a str,
    /// The number of the page, as [`Wanted`] counts them.
    pub number: usize,
    /// The first line that it is stated in, with its columns.
    pub place: Location,
    /// What the page says about it.
    pub subject: Subject<'a>,
}

/// The identifiers of all rows of one service, in their order. The names in `taken` belong to pages of the
/// service that were not read.
pub fn assign(
    rows: &[Unnamed<'_>],
    pins: &Pins<'_>,
    taken: &BTreeSet<String>,
    ids: &BTreeMap<String, String>,
    report: &mut Report,
) -> Vec<String> {
    let mut names = chosen(rows, ids, report);
    let wanted: Vec<Wanted<'_>> = rows
        .iter()
        .map(|unnamed| Wanted {
            page: unnamed.number,
            subject: unnamed.subject,
        })
        .collect();
    for (name, pinned) in names.iter_mut().zip(pins.take(&wanted)) {
        if name.is_none() {
            *name = pinned;
        }
    }
    let names = if names.iter().all(Option::is_some) {
        names
    } else {
        made(rows, names, taken)
    };
    for (unnamed, name) in rows.iter().zip(&names) {
        if name.is_none() {
            report.push(without_name(unnamed.subject.title, unnamed.place.clone()));
        }
    }
    let chosen: Vec<String> = names.into_iter().map(Option::unwrap_or_default).collect();
    report_equal_names(rows, &chosen, report);
    chosen
}

/// Names the rows that have no name. Rows that a page repeats count once, so the first of them keeps its
/// name.
fn made(
    rows: &[Unnamed<'_>],
    mut names: Vec<Option<String>>,
    taken: &BTreeSet<String>,
) -> Vec<Option<String>> {
    let firsts = repeated::firsts(
        rows.iter()
            .map(|unnamed| (unnamed.number, unnamed.subject.said())),
    );
    let (mut distinct, mut given, mut others) = (Vec::new(), Vec::new(), taken.clone());
    for ((unnamed, first), name) in rows.iter().zip(&firsts).zip(&names) {
        if first.is_none() {
            distinct.push((unnamed.subject, unnamed.page));
            given.push(name.clone());
        } else {
            others.extend(name.clone());
        }
    }
    let mut chosen = choose(&distinct, given, &others).into_iter();
    for (name, _) in names
        .iter_mut()
        .zip(&firsts)
        .filter(|(_, first)| first.is_none())
    {
        *name = chosen.next().flatten();
    }
    repeated::name(&firsts, &mut names, taken);
    names
}

/// The error about an operation that no rule gives a name.
pub(crate) fn without_name(title: &str, place: Location) -> Diagnostic {
    let message = format!("neither the title `{title}` nor the call gives a unique name");
    Diagnostic::new(Code::InvalidId, place, message)
        .with_help("name the operation in permspec.toml, under `ids`")
}

/// The names that permspec.toml gives. A name that does not fit any row is an error.
fn chosen(
    rows: &[Unnamed<'_>],
    ids: &BTreeMap<String, String>,
    report: &mut Report,
) -> Vec<Option<String>> {
    let mut chosen = vec![None; rows.len()];
    for (key, id) in ids {
        let (method, path) = key.split_once(' ').unwrap_or((key, ""));
        let wanted = PathShape::new(method, path);
        let is_wanted = |route: &Endpoint| route.shape() == wanted;
        match rows
            .iter()
            .position(|unnamed| unnamed.subject.endpoints.iter().any(is_wanted))
        {
            Some(index) => chosen[index] = Some(id.clone()),
            None => report.push(Diagnostic::new(
                Code::UnusedOverride,
                Location::file("permspec.toml"),
                format!("no page has the route `{key}` that should be named `{id}`"),
            )),
        }
    }
    chosen
}

fn report_equal_names(rows: &[Unnamed<'_>], names: &[String], report: &mut Report) {
    let mut first: BTreeMap<&str, &Unnamed<'_>> = BTreeMap::new();
    for (unnamed, name) in rows.iter().zip(names).filter(|(_, name)| !name.is_empty()) {
        if let Some(earlier) = first.get(name.as_str()) {
            let message = format!(
                "`{name}` is also the name of the operation at {}:{}",
                earlier.place.file, earlier.place.line
            );
            report.push(Diagnostic::new(
                Code::EqualIds,
                unnamed.place.clone(),
                message,
            ));
        } else {
            first.insert(name, unnamed);
        }
    }
}
