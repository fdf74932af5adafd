//! Decides by content what a column means if its header does not tell. `Permission` may head titles or
//! actions, `API` names or calls, and `Action` what IAM grants or what a user does. It looks at whole
//! columns. This module must never decide what a single cell says.

use std::ops::Range;

use rst_parser::Cell;

use super::api::{is_path, starts_call};
use super::headers::{Heading, Role};
use super::mention;
use super::nothing::is_nothing;
use crate::extract::table::{Grid, statements};

/// The rows of a table below its header.
pub(super) struct TableBody<'a> {
    pub(super) grid: &'a Grid<'a>,
    pub(super) rows: Range<usize>,
}

/// What a table with the headers of a permission table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableContent {
    /// It maps calls to actions.
    Permissions,
    /// It lists calls, and its column of actions does not contain actions of IAM.
    Calls,
    /// It has neither calls nor actions.
    Other,
}

impl TableBody<'_> {
    /// Corrects the roles by the content of the columns, and says what the table is.
    pub(super) fn settle(&self, headings: &[Heading], roles: &mut [Option<Role>]) -> TableContent {
        self.settle_actions(headings, roles);
        self.settle_calls(headings, roles);
        // The title is a remaining column that may be one.
        if !roles.contains(&Some(Role::Title)) {
            let free = |at: &usize| roles[*at].is_none();
            let mut columns = (0..roles.len()).filter(free);
            let describes = |at: &usize| headings[*at] == Heading::Description;
            let other = |at: &usize| matches!(headings[*at], Heading::Action | Heading::Api);
            let title = columns.clone().find(describes);
            if let Some(title) = title.or_else(|| columns.find(other)) {
                roles[title] = Some(Role::Title);
            }
        }
        self.kind(headings, roles)
    }

    /// The column of actions is the one that contains actions.
    fn settle_actions(&self, headings: &[Heading], roles: &mut [Option<Role>]) {
        let named: Vec<usize> = positions(roles, Role::Action);
        let is_known = |at: &usize| headings[*at] == Heading::Known || self.any(*at, has_action);
        if named.iter().any(is_known) {
            return;
        }
        let order = [Heading::Permission, Heading::Description];
        let open = order.into_iter().flat_map(|wanted| {
            let is_wanted = move |at: &usize| headings[*at] == wanted;
            (0..headings.len()).filter(is_wanted)
        });
        let found = open
            .filter(|at| roles[*at] != Some(Role::Action))
            .find(|at| self.most(*at, has_action));
        if let Some(found) = found {
            for at in named {
                roles[at] = None;
            }
            roles[found] = Some(Role::Action);
        }
    }

    /// The column of calls is the one that contains calls.
    fn settle_calls(&self, headings: &[Heading], roles: &mut [Option<Role>]) {
        let Some(&api) = positions(roles, Role::Api).first() else {
            return;
        };
        // If the column says nothing, its rows have no call. If it says something else, that is a name.
        if headings[api] == Heading::Known
            || self.any(api, has_path)
            || !self.any(api, says_something)
        {
            return;
        }
        let is_open = |at: &usize| {
            roles[*at].is_none()
                || (headings[*at] == Heading::Description && roles[*at] == Some(Role::Title))
        };
        let mut open = (0..roles.len()).filter(is_open);
        if let Some(found) = open.find(|at| self.most(*at, has_call)) {
            roles[api] = None;
            roles[found] = Some(Role::Api);
        }
    }

    fn kind(&self, headings: &[Heading], roles: &[Option<Role>]) -> TableContent {
        let has = |heading| headings.contains(&heading);
        let is_known = |role: &Role| !matches!(role, Role::Api | Role::Title | Role::Action);
        if has(Heading::Known)
            || (has(Heading::Permission) && has(Heading::Action))
            || roles.iter().flatten().any(is_known)
        {
            return TableContent::Permissions;
        }
        let calls = positions(roles, Role::Api)
            .iter()
            .any(|&at| self.any(at, has_path) || !self.any(at, says_something));
        let actions = positions(roles, Role::Action).iter().all(|&at| {
            self.any(at, has_action) || self.any(at, means_action) || !self.any(at, says_something)
        });
        let has_actions = || {
            let mut columns = positions(roles, Role::Action).into_iter();
            columns.any(|at| self.any(at, has_action))
        };
        match (calls, actions) {
            (true, true) => TableContent::Permissions,
            (false, true) if has_actions() => TableContent::Permissions,
            (true, false) => TableContent::Calls,
            (false, _) => TableContent::Other,
        }
    }

    /// The cells of a column. A cell over several rows counts once.
    fn cells(&self, column: usize) -> impl Iterator<Item = &Cell<'_>> {
        let mut above: Option<&Cell<'_>> = None;
        let rows = self.rows.clone();
        let cells = rows.filter_map(move |row| self.grid.cell(row, column));
        cells.filter(move |cell| {
            let before = above.replace(cell);
            before.is_none_or(|before| !std::ptr::eq(before, *cell))
        })
    }

    fn any(&self, column: usize, holds: fn(&Cell<'_>) -> bool) -> bool {
        self.cells(column).any(holds)
    }

    /// Whether it is true for most cells that say something.
    fn most(&self, column: usize, holds: fn(&Cell<'_>) -> bool) -> bool {
        let (mut all, mut holding) = (0_usize, 0_usize);
        for cell in self.cells(column).filter(|cell| says_something(cell)) {
            all += 1;
            holding += usize::from(holds(cell));
        }
        holding > 0 && 2 * holding >= all
    }
}

fn positions(roles: &[Option<Role>], role: Role) -> Vec<usize> {
    let all = (0..roles.len()).filter(|&at| roles[at] == Some(role));
    all.collect()
}

/// Whether it is true for a paragraph of a cell. Remarks do not count.
fn some(cell: &Cell<'_>, is: impl Fn(&str) -> bool) -> bool {
    let statements = statements(cell);
    let mut values = statements.iter().filter(|statement| !statement.remark);
    values.any(|statement| is(&statement.text))
}

fn says_something(cell: &Cell<'_>) -> bool {
    some(cell, |text| !is_nothing(text))
}

/// An action, perhaps with a label or a remark, but not inside a sentence.
fn has_action(cell: &Cell<'_>) -> bool {
    some(cell, |text| {
        let mentions = mention::read(text);
        !mentions.list.is_empty() && !mentions.prose
    })
}

/// Something that is meant as an action.
fn means_action(cell: &Cell<'_>) -> bool {
    some(cell, |text| {
        let mentions = mention::read(text);
        !mentions.list.is_empty() || !mentions.misshapen.is_empty()
    })
}

fn has_call(cell: &Cell<'_>) -> bool {
    some(cell, starts_call)
}

/// A call, or what looks like a path.
fn has_path(cell: &Cell<'_>) -> bool {
    some(cell, |text| {
        starts_call(text) || text.split(' ').any(is_path)
    })
}

#[cfg(test)]
mod tests;
