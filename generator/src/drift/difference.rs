//! What differs between two versions of a page's operations, in the documentation's own terms.
//! Operations are paired by their pinned names; this module must never report where a row stands or
//! how it is wrapped.

use std::fmt;

use crate::model::{Operation, Requirement, Route};

/// One difference, from the version before to the version after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A row is new.
    Added(Operation),
    /// A row is gone.
    Removed(Operation),
    /// A call was added to an operation.
    RouteAdded(String, Route),
    /// A call is gone from an operation.
    RouteRemoved(String, Route),
    /// An operation needs another action.
    ActionAdded(String, Requirement),
    /// An operation no longer needs an action.
    ActionRemoved(String, Requirement),
    /// An operation depends on another action.
    DependencyAdded(String, Requirement),
    /// An operation no longer depends on an action.
    DependencyRemoved(String, Requirement),
    /// A scope has another value.
    Scope(String, &'static str, Option<bool>, Option<bool>),
    /// The title reads otherwise; no caller is concerned.
    Title(String, String, String),
}

impl Difference {
    /// Whether no caller and no policy is concerned.
    pub fn is_cosmetic(&self) -> bool {
        matches!(self, Difference::Title(..))
    }
}

/// What `after` says otherwise than `before`, in the order of `after`, removals last.
pub fn differences(before: &[Operation], after: &[Operation]) -> Vec<Difference> {
    let mut found = Vec::new();
    for operation in after {
        match before.iter().find(|old| old.id == operation.id) {
            Some(old) => compare(old, operation, &mut found),
            None => found.push(Difference::Added(operation.clone())),
        }
    }
    let gone = before
        .iter()
        .filter(|old| !after.iter().any(|operation| operation.id == old.id));
    found.extend(gone.cloned().map(Difference::Removed));
    found
}

fn compare(old: &Operation, new: &Operation, found: &mut Vec<Difference>) {
    let id = || new.id.clone();
    let (added, removed) = changes(&old.routes, &new.routes);
    found.extend(added.map(|route| Difference::RouteAdded(id(), route.clone())));
    found.extend(removed.map(|route| Difference::RouteRemoved(id(), route.clone())));
    let (added, removed) = changes(&old.actions, &new.actions);
    found.extend(added.map(|action| Difference::ActionAdded(id(), action.clone())));
    found.extend(removed.map(|action| Difference::ActionRemoved(id(), action.clone())));
    let (added, removed) = changes(&old.dependencies, &new.dependencies);
    found.extend(added.map(|action| Difference::DependencyAdded(id(), action.clone())));
    found.extend(removed.map(|action| Difference::DependencyRemoved(id(), action.clone())));
    for (scope, old, new) in [
        ("IAM project", old.iam_project, new.iam_project),
        (
            "enterprise project",
            old.enterprise_project,
            new.enterprise_project,
        ),
    ] {
        if old != new {
            found.push(Difference::Scope(id(), scope, old, new));
        }
    }
    if old.title != new.title {
        found.push(Difference::Title(
            id(),
            old.title.clone(),
            new.title.clone(),
        ));
    }
}

fn changes<'a, T: PartialEq>(
    old: &'a [T],
    new: &'a [T],
) -> (impl Iterator<Item = &'a T>, impl Iterator<Item = &'a T>) {
    (
        new.iter().filter(|item| !old.contains(item)),
        old.iter().filter(|item| !new.contains(item)),
    )
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Added(operation) => {
                write!(f, "`{}` is new: {}", operation.id, Summary(operation))
            }
            Difference::Removed(operation) => {
                write!(f, "`{}` is gone: {}", operation.id, Summary(operation))
            }
            Difference::RouteAdded(id, route) => write!(f, "`{id}` is now also `{route}`"),
            Difference::RouteRemoved(id, route) => write!(f, "`{id}` is no longer `{route}`"),
            Difference::ActionAdded(id, action) => write!(f, "`{id}` now also needs `{action}`"),
            Difference::ActionRemoved(id, action) => write!(f, "`{id}` no longer needs `{action}`"),
            Difference::DependencyAdded(id, action) => {
                write!(f, "`{id}` now also depends on `{action}`")
            }
            Difference::DependencyRemoved(id, action) => {
                write!(f, "`{id}` no longer depends on `{action}`")
            }
            Difference::Scope(id, scope, old, new) => write!(
                f,
                "`{id}` in an {scope}: {}, was {}",
                scope_word(*new),
                scope_word(*old)
            ),
            Difference::Title(id, old, new) => {
                write!(f, "`{id}` is now called `{new}`, was `{old}`")
            }
        }
    }
}

/// `POST /v1/cloudimages/members needs ims:images:share`.
struct Summary<'a>(&'a Operation);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes: Vec<String> = self
            .0
            .routes
            .iter()
            .map(|route| format!("`{route}`"))
            .collect();
        let actions: Vec<String> = self
            .0
            .actions
            .iter()
            .map(|action| format!("`{action}`"))
            .collect();
        let or_none = |list: Vec<String>, none: &str| {
            if list.is_empty() {
                none.to_owned()
            } else {
                list.join(", ")
            }
        };
        write!(
            f,
            "{} needs {}",
            or_none(routes, "no call"),
            or_none(actions, "no action")
        )
    }
}

fn scope_word(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "supported",
        Some(false) => "not supported",
        None => "not stated",
    }
}
