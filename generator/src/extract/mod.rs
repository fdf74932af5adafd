//! From a parsed page to the rows of its permission tables, each read cell by cell.
//! Every row of such a table ends as a [`Row`], with a diagnostic for what could not be read; this
//! module must never drop one in silence, and never name an operation.

mod action;
mod api;
mod cell;
mod columns;
mod content;
#[cfg(feature = "reference")]
pub mod example;
mod mention;
mod method;
mod path;
#[cfg(feature = "reference")]
pub mod reference;
mod scope;
mod sift;
#[cfg(test)]
mod testing;

use std::collections::BTreeMap;

use rst_parser::{Cell, Document, Span, Table};

pub(crate) use api::call;
pub use columns::{Columns, Headers, Role};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::{Endpoint, Requirement};
use crate::subject::Subject;

/// One row of a permission table as the page states it: an operation without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The title, white space collapsed.
    pub title: String,
    /// The group of the row: the nearest section below the page's title, or the title of the table
    /// where several share the section.
    pub section: Option<String>,
    /// Where the row is in the page.
    pub span: Span,
    /// Which of the page's permission tables it is in, from 0.
    pub table: usize,
    /// The calls it documents, each once.
    pub endpoints: Vec<Endpoint>,
    /// The calls that its API cell states again.
    pub repeated: Vec<Endpoint>,
    /// What the API cell says where it states no call: names of calls, what is meant as a call and
    /// is not one (`FETCH /v1/images`), or why there is none.
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
    /// What a name is made of, and what the row is known again by.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            title: &self.title,
            endpoints: &self.endpoints,
            actions: &self.actions,
        }
    }

    /// Takes over the actions of a row that goes on with this one.
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

/// What the permission tables of a page hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The rows in their order.
    pub rows: Vec<Row>,
    /// The columns of each permission table of the page.
    pub tables: Vec<Columns>,
    /// How many rows these tables have below their headers, counted by the parser.
    pub found: usize,
    /// How many of these only head those below them, each with a finding.
    pub headings: usize,
}

/// Reads every permission table of `document`, whose text is in `file`.
pub fn tables(
    document: &Document,
    headers: &Headers,
    file: &str,
    report: &mut Report,
) -> Extracted {
    let page_title = document.title().map(|section| section.span);
    let mut found = Vec::new();
    for (section, table) in document.tables_by_section() {
        if let Some(columns) = Columns::of(table, headers, file, report) {
            found.push((section, table, columns));
        }
    }
    let mut in_section: BTreeMap<Option<Span>, usize> = BTreeMap::new();
    for (section, ..) in &found {
        *in_section
            .entry(section.map(|section| section.span))
            .or_default() += 1;
    }
    let mut extracted = Extracted::default();
    for (section, table, columns) in found {
        extracted.found += table.rows.len().saturating_sub(columns.first_row());
        // Where tables share a section, only their titles tell what each is about.
        let shared = in_section[&section.map(|section| section.span)] > 1;
        let section = section.filter(|section| Some(section.span) != page_title);
        let mut reader = TableReader {
            table,
            columns,
            number: extracted.tables.len(),
            section: group(table)
                .filter(|_| shared)
                .or_else(|| section.map(|section| cell::collapse(&section.title_text()))),
            file,
            report,
            headings: 0,
            continued: 0,
        };
        extracted.rows.extend(reader.rows());
        extracted.headings += reader.headings;
        extracted.found -= reader.continued;
        extracted.tables.push(reader.columns);
    }
    extracted
}

/// What a table is about, by its title: `Namespace management` of `Table 1 Namespace management
/// actions`.
fn group(table: &Table) -> Option<String> {
    let title = cell::collapse(&table.title_text()?);
    let unnumbered = title.strip_prefix("Table ").and_then(|rest| {
        let (number, rest) = rest.split_once(' ')?;
        number
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(rest)
    });
    let group = unnumbered.unwrap_or(&title);
    let group = group.strip_suffix(" actions").unwrap_or(group);
    (!matches!(group, "" | "Supported" | "API" | "Actions")).then(|| group.to_owned())
}

/// Where a cell's reader says what it finds: the file, and the report of the run.
struct Findings<'a> {
    file: &'a str,
    report: &'a mut Report,
    /// The cells that start in the row. What is wrong with one that reaches into it from above was
    /// said there.
    own: &'a [Span],
}

impl Findings<'_> {
    fn push(&mut self, code: Code, span: Span, message: impl Into<String>) {
        if self.own.iter().any(|cell| cell.contains(span)) {
            self.report.push(Diagnostic::new(
                code,
                Location::span(self.file, span),
                message,
            ));
        }
    }

    fn title(&mut self, cell: &Cell) -> String {
        let title = cell::text(cell);
        if title.is_empty() {
            self.push(
                Code::EmptyCell,
                cell.span,
                "the cell for the title is empty",
            );
        }
        title
    }
}

struct TableReader<'a> {
    table: &'a Table<'a>,
    columns: Columns,
    /// Which permission table of the page it is, from 0.
    number: usize,
    section: Option<String>,
    file: &'a str,
    report: &'a mut Report,
    /// How many rows head those below them.
    headings: usize,
    /// How many rows only go on with the row above them.
    continued: usize,
}

impl TableReader<'_> {
    fn rows(&mut self) -> Vec<Row> {
        let grid = cell::Grid::of(self.table);
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

    /// Whether title and call of a row reach into it from the row above: it has more actions for
    /// the same operation.
    fn continues(&self, grid: &cell::Grid<'_>, row: usize) -> bool {
        let reaches = |role: Role| {
            let column = self.columns.get(role)?;
            let (here, above) = (grid.cell(row, column)?, grid.cell(row - 1, column)?);
            Some(std::ptr::eq(here, above))
        };
        reaches(Role::Api) == Some(true) && reaches(Role::Title) != Some(false)
    }

    /// A row of one cell over all columns heads the rows below it.
    fn heading(&mut self, row: usize) -> Option<String> {
        let [only] = self.table.rows[row].cells.as_slice() else {
            return None;
        };
        if self.table.columns < 2 || only.more_columns + 1 < self.table.columns {
            return None;
        }
        let heading = cell::text(only);
        let message = format!("a row over all columns heads those below it: `{heading}`");
        let place = Location::span(self.file, only.span);
        self.report
            .push(Diagnostic::new(Code::Remark, place, message));
        self.headings += 1;
        Some(heading)
    }

    fn row(&mut self, grid: &cell::Grid<'_>, row: usize) -> Row {
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
        let mut findings = Findings {
            file: self.file,
            report: self.report,
            own: &own,
        };
        let both = scopes
            .map(|cell| scope::both(cell, &mut findings))
            .unwrap_or_default();
        let title = title.map(|cell| findings.title(cell)).unwrap_or_default();
        let api::Calls {
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
                .map_or(unread, cell::values),
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
