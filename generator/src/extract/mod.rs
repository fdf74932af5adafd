//! From a parsed page to the rows of its permission tables, each read cell by cell.
//! Every row of such a table ends as a [`Row`], with a diagnostic for what could not be read; this
//! module must never drop one in silence, and never name an operation.

mod action;
mod api;
mod cell;
mod columns;
mod path;
mod scope;

use rst_parser::{Cell, Document, Section, Span, Table};

pub use action::is_action;
pub use api::METHODS;
pub use columns::{Columns, Headers, Role};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::{Requirement, Route};

/// One row of a permission table as the page states it: an operation without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The title, white space collapsed.
    pub title: String,
    /// The nearest section below the page's title.
    pub section: Option<String>,
    /// Where the row is in the page.
    pub span: Span,
    /// The calls it documents.
    pub routes: Vec<Route>,
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
    /// Whether the other row says the same thing again: one title, the same calls, the same actions.
    pub fn repeats(&self, other: &Row) -> bool {
        (&self.title, &self.routes, &self.actions) == (&other.title, &other.routes, &other.actions)
    }
}

/// What the permission tables of a page hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The rows in their order.
    pub rows: Vec<Row>,
    /// How many permission tables the page has.
    pub tables: usize,
    /// How many rows these tables have below their headers, counted by the parser.
    pub found: usize,
}

/// Reads every permission table of `document`, whose text is in `file`.
pub fn tables(
    document: &Document,
    headers: &Headers,
    file: &str,
    report: &mut Report,
) -> Extracted {
    let page_title = document.title().map(|section| section.span);
    let mut extracted = Extracted::default();
    for (section, table) in document.tables_by_section() {
        let Some(columns) = Columns::of(table, headers, file, report) else {
            continue;
        };
        extracted.tables += 1;
        extracted.found += table.rows.len().saturating_sub(columns.first_row());
        let section = section.filter(|section| Some(section.span) != page_title);
        extracted.rows.extend(
            TableReader {
                table,
                columns,
                section,
                file,
                report,
            }
            .rows(),
        );
    }
    extracted
}

/// Where a cell's reader says what it finds: the file, and the report of the run.
struct Findings<'a> {
    file: &'a str,
    report: &'a mut Report,
}

impl Findings<'_> {
    fn push(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.report.push(Diagnostic::new(
            code,
            Location::span(self.file, span),
            message,
        ));
    }
}

struct TableReader<'a> {
    table: &'a Table,
    columns: Columns,
    section: Option<&'a Section>,
    file: &'a str,
    report: &'a mut Report,
}

impl TableReader<'_> {
    fn rows(mut self) -> Vec<Row> {
        let grid = cell::Grid::of(self.table);
        (self.columns.first_row()..self.table.rows.len())
            .map(|row| self.row(&grid, row))
            .collect()
    }

    fn row(&mut self, grid: &cell::Grid<'_>, row: usize) -> Row {
        let span = grid.span(row).unwrap_or(self.table.span);
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
        let mut findings = Findings {
            file: self.file,
            report: self.report,
        };
        let both = scopes
            .map(|cell| scope::both(cell, &mut findings))
            .unwrap_or_default();
        Row {
            title: title
                .map(|cell| cell::collapse(&cell.text()))
                .unwrap_or_default(),
            section: self
                .section
                .map(|section| cell::collapse(&section.title_text())),
            span,
            routes: api
                .map(|cell| api::routes(cell, &mut findings))
                .unwrap_or_default(),
            actions: action
                .map(|cell| action::requirements(cell, &mut findings))
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

/// The page's title, white space collapsed; empty where the page has no section.
pub fn title(document: &Document) -> String {
    document
        .title()
        .map(|section| cell::collapse(&section.title_text()))
        .unwrap_or_default()
}

/// The page's stable name: the field `:original_name:` without `.html`.
pub fn original_name(document: &Document) -> Option<String> {
    let name = document.field("original_name")?;
    let name = cell::collapse(&name);
    let name = name.strip_suffix(".html").unwrap_or(&name);
    (!name.is_empty()).then(|| name.to_owned())
}
