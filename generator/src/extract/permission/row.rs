//! The rows of a permission table: one operation each, read cell by cell. This module must never drop a row
//! silently.

use rst_parser::{Cell, Span, Table};

use super::columns::Columns;
use super::findings::CellFindings;
use super::headers::Role;
use super::nothing::values;
use super::{action, api, scope};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::table::{self, Grid};
use crate::model::{Endpoint, Requirement};
use crate::subject::Subject;

/// One row of a permission table as the page states it: an operation without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The title, white space collapsed.
    pub title: String,
    /// The group of the row: the nearest section below the page's title, or the title of the table if several
    /// tables share the section.
    pub section: Option<String>,
    /// Where the row is in the page.
    pub span: Span,
    /// Which of the page's permission tables it is in, from 0.
    pub table: usize,
    /// The calls it documents, each once.
    pub endpoints: Vec<Endpoint>,
    /// The calls that its API cell states again.
    pub repeated: Vec<Endpoint>,
    /// What an API cell without a call says: names of calls, an invalid call (`FETCH /v1/images`), or why
    /// there is no call.
    pub named: Vec<String>,
    /// The actions it needs.
    pub actions: Vec<Requirement>,
    /// The actions it depends on.
    pub dependencies: Vec<Requirement>,
    /// Whether it takes effect in an IAM project.
    pub iam_project: Option<bool>,
    /// Whether it takes effect in an enterprise project.
    pub enterprise_project: Option<bool>,
}

impl Row {
    /// What a name is made from, and what identifies the row in another version.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            title: &self.title,
            endpoints: &self.endpoints,
            actions: &self.actions,
        }
    }

    /// Takes over the actions of a row that continues this one.
    fn go_on(&mut self, row: Row) {
        for (own, more) in [
            (&mut self.actions, row.actions),
            (&mut self.dependencies, row.dependencies),
        ] {
            for needed in more {
                if !own.contains(&needed) {
                    own.push(needed);
                }
            }
        }
    }
}

pub(super) struct TableReader<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) columns: Columns,
    /// Which permission table of the page it is, from 0.
    pub(super) number: usize,
    pub(super) section: Option<String>,
    pub(super) file: &'a str,
    pub(super) report: &'a mut Report,
    /// How many rows are headings of the rows below them.
    pub(super) headings: usize,
    /// How many rows only continue the row above them.
    pub(super) continued: usize,
}

impl TableReader<'_> {
    pub(super) fn rows(&mut self) -> Vec<Row> {
        let grid = Grid::of(self.table);
        let mut rows: Vec<Row> = Vec::new();
        for index in self.columns.first_row()..self.table.rows.len() {
            if let Some(heading) = self.heading(index) {
                self.section = Some(heading);
                continue;
            }
            let row = self.row(&grid, index);
            match rows.last_mut().filter(|_| self.continues(&grid, index)) {
                Some(above) => {
                    above.go_on(row);
                    self.continued += 1;
                }
                None => rows.push(row),
            }
        }
        rows
    }

    /// Whether title and call of a row reach into it from the row above. Such a row has more actions for the
    /// same operation.
    fn continues(&self, grid: &Grid<'_>, row: usize) -> bool {
        let reaches = |role: Role| {
            let column = self.columns.get(role)?;
            let (here, above) = (grid.cell(row, column)?, grid.cell(row - 1, column)?);
            Some(std::ptr::eq(here, above))
        };
        reaches(Role::Api) == Some(true) && reaches(Role::Title) != Some(false)
    }

    /// A row of one cell over all columns is a heading for the rows below it.
    fn heading(&mut self, row: usize) -> Option<String> {
        let [only] = self.table.rows[row].cells.as_slice() else {
            return None;
        };
        if self.table.columns < 2 || only.more_columns + 1 < self.table.columns {
            return None;
        }
        let heading = table::text(only);
        let message =
            format!("a row over all columns is a heading for the rows below it: `{heading}`");
        let place = Location::span(self.file, only.span);
        self.report
            .push(Diagnostic::new(Code::Remark, place, message));
        self.headings += 1;
        Some(heading)
    }

    fn row(&mut self, grid: &Grid<'_>, row: usize) -> Row {
        let span = grid.span(row).unwrap_or(self.table.span);
        let own: Vec<Span> = self.table.rows[row].cells.iter().map(|c| c.span).collect();
        let mut cell = |role: Role| -> Option<&Cell> {
            let column = self.columns.get(role)?;
            let cell = grid.cell(row, column);
            if cell.is_none() {
                let header = self.columns.header(role).unwrap_or_default();
                let message = format!("the row has no cell for column `{header}`");
                let place = Location::span(self.file, span);
                self.report
                    .push(Diagnostic::new(Code::MissingCell, place, message));
            }
            cell
        };
        let [title, api, action, dependencies] =
            [Role::Title, Role::Api, Role::Action, Role::Dependencies].map(&mut cell);
        let [iam_project, enterprise_project, scopes] =
            [Role::IamProject, Role::EnterpriseProject, Role::Scopes].map(&mut cell);
        let mut findings = CellFindings {
            file: self.file,
            report: self.report,
            own: &own,
        };
        let both = scopes
            .map(|cell| scope::both(cell, &mut findings))
            .unwrap_or_default();
        let title = title.map(|cell| findings.title(cell)).unwrap_or_default();
        let api::ApiCell {
            endpoints,
            repeated,
            unread,
        } = api
            .map(|cell| api::calls(cell, &mut findings))
            .unwrap_or_default();
        Row {
            title,
            section: self.section.clone(),
            span,
            table: self.number,
            named: api
                .filter(|_| endpoints.is_empty() && unread.is_empty())
                .map_or(unread, values),
            endpoints,
            repeated,
            actions: action
                .map(|cell| action::actions(cell, &mut findings))
                .unwrap_or_default(),
            dependencies: dependencies
                .map(|cell| action::requirements(cell, &mut findings))
                .unwrap_or_default(),
            iam_project: iam_project.map_or(both.0, |cell| scope::value(cell, &mut findings)),
            enterprise_project: enterprise_project
                .map_or(both.1, |cell| scope::value(cell, &mut findings)),
        }
    }
}
