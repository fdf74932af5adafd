//! Finds the columns that the tables of a page got, lost or renamed, so that a change of many rows with one
//! reason is reported once. Tables are paired by the rows that they share. This module must never report a
//! row.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Rows;
use super::rules::Rule;
use super::side;
use crate::extract::Role;
use crate::model::Operation;

/// A column that was added, removed or renamed in the tables of one page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ColumnChange {
    /// The page in the new version.
    pub(crate) page: usize,
    pub(crate) rule: Rule,
    pub(crate) role: Option<Role>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// The changed columns of every page, and the rows below them.
#[derive(Debug, Default)]
pub(crate) struct ColumnChanges {
    pub(crate) all: BTreeSet<ColumnChange>,
    /// For each pair of an old and a new row, the changed columns above it.
    of: BTreeMap<(usize, usize), Vec<ColumnChange>>,
}

/// If no table is known, this many rows must begin or stop to say something before that counts as a column.
const SEVERAL: usize = 2;

impl ColumnChanges {
    pub(crate) fn of(rows: &Rows<'_>) -> Self {
        let mut columns = ColumnChanges::default();
        let tables = Tables::of(rows);
        let moved = rows.regrouped().iter().map(|moved| (moved.old, moved.new));
        for (old, new) in rows.pairs().chain(moved) {
            if rows.pages.number_of_old(rows.old[old].page_at) != rows.new[new].page_at {
                continue;
            }
            if let (Some(before), Some(after)) = (rows.old[old].columns(), rows.new[new].columns())
                && tables.are_one(rows, old, new)
            {
                let changed = compare(rows.new[new].page_at, before, after);
                columns.all.extend(changed.iter().cloned());
                columns.of.insert((old, new), changed);
            }
        }
        columns.infer(rows);
        columns
    }

    /// The changed column that explains why a row says something else in `role`.
    pub(crate) fn above(&self, old: usize, new: usize, role: Role) -> Option<&ColumnChange> {
        let changed = self.of.get(&(old, new))?.iter();
        let mut own = changed.filter(|column| column.role == Some(role));
        own.find(|column| column.rule != Rule::ColumnRenamed)
    }

    /// The tables of a model are not known. If no operation of a page said something, and now several do, the
    /// page got a column.
    fn infer(&mut self, rows: &Rows<'_>) {
        let mut of_page: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (old, new) in rows.pairs() {
            let (before, after) = (&rows.old[old], &rows.new[new]);
            if before.page.layout.is_some() && after.page.layout.is_some() {
                continue;
            }
            if rows.pages.number_of_old(before.page_at) == after.page_at {
                of_page.entry(after.page_at).or_default().push((old, new));
            }
        }
        for (page, pairs) in of_page {
            for (role, name, says) in FACTS {
                let count = |of: &dyn Fn(&(usize, usize)) -> bool| {
                    pairs.iter().filter(|pair| of(pair)).count()
                };
                let before = count(&|pair| says(rows.old[pair.0].operation()));
                let after = count(&|pair| says(rows.new[pair.1].operation()));
                let name = Some(name.to_owned());
                let (rule, before, after) = match (before, after) {
                    (0, SEVERAL..) => (Rule::ColumnAdded, None, name),
                    (SEVERAL.., 0) => (Rule::ColumnRemoved, name, None),
                    _ => continue,
                };
                let changed = ColumnChange {
                    page,
                    rule,
                    role: Some(role),
                    before,
                    after,
                };
                for pair in &pairs {
                    self.of.entry(*pair).or_default().push(changed.clone());
                }
                self.all.insert(changed);
            }
        }
    }
}

/// What a column may say about an operation: its role, its plain header, and whether the operation has a
/// value for it.
type Fact = (Role, &'static str, fn(&Operation) -> bool);

const FACTS: [Fact; 4] = [
    (Role::Action, "Action", |operation| {
        !operation.actions.is_empty()
    }),
    (Role::Dependencies, "Dependencies", |operation| {
        !operation.dependencies.is_empty()
    }),
    (Role::IamProject, "IAM Project", |operation| {
        operation.iam_project.is_some()
    }),
    (Role::EnterpriseProject, "Enterprise Project", |operation| {
        operation.enterprise_project.is_some()
    }),
];

fn compare(page: usize, before: &[side::Column], after: &[side::Column]) -> Vec<ColumnChange> {
    let mut changed = Vec::new();
    let mut say = |rule, role, before: Option<&String>, after: Option<&String>| {
        changed.push(ColumnChange {
            page,
            rule,
            role,
            before: before.cloned(),
            after: after.cloned(),
        });
    };
    // Columns without a role are distinguished by their headers.
    let same = |a: &side::Column, b: &side::Column| {
        a.role == b.role && (a.role.is_some() || a.header == b.header)
    };
    for old in before {
        match after.iter().find(|new| same(old, new)) {
            None => say(Rule::ColumnRemoved, old.role, Some(&old.header), None),
            Some(new) if new.header != old.header => {
                say(
                    Rule::ColumnRenamed,
                    old.role,
                    Some(&old.header),
                    Some(&new.header),
                );
            }
            Some(_) => {}
        }
    }
    for new in after {
        if !before.iter().any(|old| same(old, new)) {
            say(Rule::ColumnAdded, new.role, None, Some(&new.header));
        }
    }
    changed
}

/// For each table of one version, the table of the other version that has most of its rows. A row that moved
/// to another table is not below a changed column.
struct Tables {
    of_old: BTreeMap<Table, Table>,
    of_new: BTreeMap<Table, Table>,
}

/// The page and the number of a table.
type Table = (usize, usize);

impl Tables {
    fn of(rows: &Rows<'_>) -> Self {
        let mut shared: BTreeMap<(Table, Table), usize> = BTreeMap::new();
        for (old, new) in rows.pairs() {
            if let (Some(old), Some(new)) = (rows.old[old].table(), rows.new[new].table()) {
                *shared.entry((old, new)).or_default() += 1;
            }
        }
        let mut ranked: Vec<((Table, Table), usize)> = shared.into_iter().collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut tables = Tables {
            of_old: BTreeMap::new(),
            of_new: BTreeMap::new(),
        };
        for ((old, new), _) in &ranked {
            if !tables.of_old.contains_key(old) && !tables.of_new.contains_key(new) {
                tables.of_old.insert(*old, *new);
                tables.of_new.insert(*new, *old);
            }
        }
        // The remaining tables were split off or merged into others.
        for ((old, new), _) in ranked {
            tables.of_old.entry(old).or_insert(new);
            tables.of_new.entry(new).or_insert(old);
        }
        tables
    }

    fn are_one(&self, rows: &Rows<'_>, old: usize, new: usize) -> bool {
        let (Some(old), Some(new)) = (rows.old[old].table(), rows.new[new].table()) else {
            return false;
        };
        self.of_old.get(&old) == Some(&new) || self.of_new.get(&new) == Some(&old)
    }
}
