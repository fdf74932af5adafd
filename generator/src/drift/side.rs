//! One version of the documentation as it is compared: pages with their operations, and what is known about
//! their tables. Plain data, from pages or from a model. This module must never say what differs.

use std::collections::BTreeMap;

use crate::extract::{Columns, Role};
use crate::load::ModelFile;
use crate::model::Page;
use crate::read::ReadPage;

/// A page of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageModel {
    /// What it says.
    pub page: Page,
    /// How its tables are laid out. `None` if only a model is known.
    pub layout: Option<Layout>,
    /// Whether the identifiers of its operations were kept from an earlier version, so that they
    /// identify them.
    pub pinned: bool,
    /// Whether its path says where it is in the documentation. A single page may be a copy anywhere.
    pub placed: bool,
    /// The file that people can open, as messages name it.
    pub file: String,
    /// For each operation, in order, its line in that file, from 1.
    pub lines: Vec<u32>,
}

/// The tables of a page and the rows of its operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The columns of each table.
    pub tables: Vec<Vec<Column>>,
    /// For each operation, in order: its table, from 0, and what its API cell says if it states no call.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// What it holds. `None` if it says nothing about an operation.
    pub role: Option<Role>,
    /// Its header.
    pub header: String,
}

impl PageModel {
    /// A page of a spec model, whose identifiers are pinned.
    pub fn of_model(model: &ModelFile) -> Self {
        PageModel {
            page: model.page.clone(),
            layout: None,
            pinned: true,
            placed: true,
            file: crate::project::shown(&model.path),
            lines: model.lines(),
        }
    }

    /// Pages that were read, with the model that was made of each.
    pub(crate) fn of_pages(read: &[ReadPage], models: &[ModelFile]) -> Vec<Self> {
        let key = |read: &'_ ReadPage| (read.source.service.clone(), read.source.path.clone());
        // Of two pages with the same path, the first one counts.
        let read: BTreeMap<(String, String), &ReadPage> =
            read.iter().rev().map(|read| (key(read), read)).collect();
        let page = |model: &ModelFile| {
            let made = (model.page.service.clone(), model.page.page.path.clone());
            Some(PageModel::of_page(read.get(&made)?, model))
        };
        models.iter().filter_map(page).collect()
    }

    fn of_page(read: &ReadPage, model: &ModelFile) -> Self {
        PageModel {
            page: model.page.clone(),
            layout: Some(Layout {
                tables: read.tables.iter().map(columns).collect(),
                rows: read
                    .rows
                    .iter()
                    .map(|row| (row.table, row.named.clone()))
                    .collect(),
            }),
            pinned: false,
            placed: true,
            file: read.source.file.clone(),
            lines: read.rows.iter().map(|row| row.span.line).collect(),
        }
    }
}

impl Layout {
    /// The columns of the table that an operation's row is in.
    pub(crate) fn columns(&self, operation: usize) -> &[Column] {
        let table = self.rows.get(operation).map_or(usize::MAX, |row| row.0);
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// What an operation's API cell says if it states no call.
    pub(crate) fn named(&self, operation: usize) -> &[String] {
        self.rows.get(operation).map_or(&[], |row| row.1.as_slice())
    }
}

/// The columns of a table by what they hold. A column for both scopes counts for each.
fn columns(table: &Columns) -> Vec<Column> {
    let known = |role: Role| {
        let own = table.header(role);
        let scope = matches!(role, Role::IamProject | Role::EnterpriseProject);
        let header = own.or_else(|| scope.then(|| table.header(Role::Scopes)).flatten())?;
        Some(Column {
            role: Some(role),
            header: header.to_owned(),
        })
    };
    let roles = [
        Role::Api,
        Role::Title,
        Role::Action,
        Role::Dependencies,
        Role::IamProject,
        Role::EnterpriseProject,
    ];
    let other = table.other().iter().map(|header| Column {
        role: None,
        header: header.clone(),
    });
    roles.into_iter().filter_map(known).chain(other).collect()
}
