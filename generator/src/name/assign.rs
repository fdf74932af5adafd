//! Gives every row of a service its identifier: the configured one, else the pinned one, else one
//! made from its title. The only place where names are decided; this module must never write one
//! that is taken.

use std::collections::BTreeMap;

use super::{Pins, identifier};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::Row;
use crate::model::{PathShape, Route};
use crate::project::ServiceSettings;

/// A row and the file that it stands in.
pub struct Unnamed<'a> {
    /// The file as messages name it.
    pub file: &'a str,
    /// The row.
    pub row: &'a Row,
}

/// The identifiers of all rows of one service, in their order.
pub fn assign(
    rows: &[Unnamed<'_>],
    pins: &Pins,
    settings: &ServiceSettings,
    report: &mut Report,
) -> Vec<String> {
    let chosen = chosen(rows, settings, report);
    let pinned = pins.take(
        &rows
            .iter()
            .map(|u| (u.row.title.as_str(), &*u.row.routes))
            .collect::<Vec<_>>(),
    );
    let mut names = Vec::with_capacity(rows.len());
    for ((unnamed, chosen), pinned) in rows.iter().zip(chosen).zip(pinned) {
        let name = chosen.or(pinned).or_else(|| identifier(&unnamed.row.title));
        if name.is_none() {
            let message = format!("the title `{}` gives no identifier", unnamed.row.title);
            report.push(
                Diagnostic::new(Code::InvalidId, unnamed.place(), message)
                    .with_help("name the operation in permspec.toml, under `ids`"),
            );
        }
        names.push(name.unwrap_or_default());
    }
    report_equal_names(rows, &names, report);
    names
}

impl Unnamed<'_> {
    fn place(&self) -> Location {
        Location::span(self.file, self.row.span)
    }
}

/// The names that permspec.toml gives; one that fits no row is an error, not a leftover.
fn chosen(
    rows: &[Unnamed<'_>],
    settings: &ServiceSettings,
    report: &mut Report,
) -> Vec<Option<String>> {
    let mut chosen = vec![None; rows.len()];
    for (key, id) in &settings.ids {
        let (method, path) = key.split_once(' ').unwrap_or((key, ""));
        let wanted = PathShape::new(method, path);
        let is_wanted = |route: &Route| route.shape() == wanted;
        match rows
            .iter()
            .position(|unnamed| unnamed.row.routes.iter().any(is_wanted))
        {
            Some(index) => chosen[index] = Some(id.clone()),
            None => report.push(Diagnostic::new(
                Code::UnusedOverride,
                Location::file("permspec.toml"),
                format!("no page has the route `{key}` that is to be called `{id}`"),
            )),
        }
    }
    chosen
}

fn report_equal_names(rows: &[Unnamed<'_>], names: &[String], report: &mut Report) {
    let mut first: BTreeMap<&str, &Unnamed<'_>> = BTreeMap::new();
    for (unnamed, name) in rows.iter().zip(names).filter(|(_, name)| !name.is_empty()) {
        if let Some(earlier) = first.get(name.as_str()) {
            // Rows that say the same were reported as such.
            if earlier.row.repeats(unnamed.row) {
                continue;
            }
            let message = format!(
                "`{name}` is also the name of the operation at {}:{}",
                earlier.file, earlier.row.span.line
            );
            report.push(Diagnostic::new(Code::EqualIds, unnamed.place(), message));
        } else {
            first.insert(name, unnamed);
        }
    }
}
