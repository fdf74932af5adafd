//! How fix-ups write the cells of a row, and what a row states in the same form. Calls are read as in a cell
//! of a page. This module must never compare what it did not read.

use std::fmt;

use crate::extract::{self, Row};
use crate::model::{Endpoint, Requirement, is_action};
use crate::project::Cells;

/// A column that fix-ups may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FixupColumn {
    Calls,
    Actions,
    Dependencies,
}

impl FixupColumn {
    pub(super) const ALL: [FixupColumn; 3] = [
        FixupColumn::Calls,
        FixupColumn::Actions,
        FixupColumn::Dependencies,
    ];

    /// What a fix-up writes of it.
    pub(super) fn of(self, cells: &Cells) -> Option<&[String]> {
        let texts = match self {
            FixupColumn::Calls => &cells.calls,
            FixupColumn::Actions => &cells.actions,
            FixupColumn::Dependencies => &cells.dependencies,
        };
        texts.as_deref()
    }

    /// All that a row states in it, including what is stated twice, in alphabetical order.
    pub(super) fn stated(self, row: &Row) -> Vec<String> {
        let mut stated: Vec<String> = match self {
            FixupColumn::Calls => {
                let calls = row.endpoints.iter().chain(&row.repeated).map(written);
                // A text that is not a call is the reason why there is no call.
                let unread = row.named.iter().filter(|_| !row.endpoints.is_empty());
                calls.chain(unread.cloned()).collect()
            }
            FixupColumn::Actions => row.actions.iter().map(ToString::to_string).collect(),
            FixupColumn::Dependencies => row.dependencies.iter().map(ToString::to_string).collect(),
        };
        stated.sort_unstable();
        stated
    }
}

impl fmt::Display for FixupColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FixupColumn::Calls => "calls",
            FixupColumn::Actions => "actions",
            FixupColumn::Dependencies => "dependencies",
        })
    }
}

/// A cell that a fix-up writes.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Calls(Vec<Endpoint>),
    Actions(Vec<Requirement>),
    Dependencies(Vec<Requirement>),
}

impl Cell {
    /// Reads every text of it.
    pub(super) fn read(column: FixupColumn, texts: &[String]) -> Result<Self, String> {
        let requirements = || -> Result<Vec<Requirement>, String> {
            let all = texts
                .iter()
                .map(|text| requirement(text).ok_or_else(|| format!("`{text}` is not an action")));
            all.collect()
        };
        Ok(match column {
            FixupColumn::Calls => {
                let all = texts.iter().map(|text| {
                    extract::one_call(text).ok_or_else(|| format!("`{text}` is not one call"))
                });
                Cell::Calls(all.collect::<Result<_, _>>()?)
            }
            FixupColumn::Actions => Cell::Actions(requirements()?),
            FixupColumn::Dependencies => Cell::Dependencies(requirements()?),
        })
    }

    pub(super) fn column(&self) -> FixupColumn {
        match self {
            Cell::Calls(_) => FixupColumn::Calls,
            Cell::Actions(_) => FixupColumn::Actions,
            Cell::Dependencies(_) => FixupColumn::Dependencies,
        }
    }

    /// What it says, in the form and the order of [`FixupColumn::stated`].
    pub(super) fn says(&self) -> Vec<String> {
        let mut says: Vec<String> = match self {
            Cell::Calls(calls) => calls.iter().map(written).collect(),
            Cell::Actions(needed) | Cell::Dependencies(needed) => {
                needed.iter().map(ToString::to_string).collect()
            }
        };
        says.sort_unstable();
        says
    }

    /// Puts it into a row.
    pub(super) fn put(self, row: &mut Row) {
        match self {
            Cell::Calls(calls) => {
                row.endpoints = calls;
                row.repeated.clear();
                row.named.clear();
            }
            Cell::Actions(needed) => row.actions = needed,
            Cell::Dependencies(needed) => row.dependencies = needed,
        }
    }
}

/// Whether a text is a call or an action.
pub(super) fn can_be_stated(text: &str) -> bool {
    is_action(text) || extract::one_call(text).is_some()
}

/// Whether a row states a call or names an action.
pub(super) fn states(row: &Row, text: &str) -> bool {
    let call = || extract::one_call(text).is_some_and(|call| row.endpoints.contains(&call));
    let mut needed = row.actions.iter().chain(&row.dependencies);
    needed.any(|needed| needed.action == text) || call()
}

/// A call as it is written in a page, so that it can be copied into a fix-up.
fn written(route: &Endpoint) -> String {
    let mut text = match &route.method {
        Some(method) => format!("{method} {}", route.path),
        None => route.path.clone(),
    };
    for (at, name) in route.query.iter().enumerate() {
        text.push(if at == 0 { '?' } else { '&' });
        text.push_str(name);
    }
    if let Some(action) = &route.body_action {
        text.extend([" (action=\"", action, "\")"]);
    }
    text
}

/// `evs:tags:list`, or `evs:tags:list (EVS disk)`.
fn requirement(text: &str) -> Option<Requirement> {
    let (action, when) = match text.split_once(" (") {
        Some((action, when)) => (action, Some(when.strip_suffix(')')?.to_owned())),
        None => (text, None),
    };
    let action = is_action(action).then(|| action.to_owned())?;
    Some(Requirement { action, when })
}
