//! Which table is a permission table, and which of its columns means what. A table is known by its header. If
//! a header has several meanings, the content of the column decides. This module must never look at the path
//! of the page, the section of the table, or the order of its columns.

use rst_parser::{Cell, Span, Table};

use super::content::{TableBody, TableContent};
use super::headers::{Headers, Heading, Role};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::table::{self, Grid};

/// The columns of one permission table by role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    found: Vec<(Role, usize, String)>,
    other: Vec<String>,
    first_row: usize,
}

impl Columns {
    /// Reads the header row of `table`. `None` if it is not a permission table.
    pub fn of(table: &Table, headers: &Headers, file: &str, report: &mut Report) -> Option<Self> {
        let grid = Grid::of(table);
        let first_row = table.header_rows.max(1);
        let cells: Vec<Option<&Cell>> = (0..table.columns)
            .map(|column| headers.cell(&grid, first_row, column))
            .collect();
        let names: Vec<String> = cells
            .iter()
            .map(|cell| cell.map(table::text).unwrap_or_default())
            .collect();
        let mut roles = headers.roles(&names)?;
        let headings: Vec<Heading> = names
            .iter()
            .map(|name| Heading::of(name, headers))
            .collect();
        let body = TableBody {
            grid: &grid,
            rows: first_row..table.rows.len(),
        };
        match body.settle(&headings, &mut roles) {
            TableContent::Permissions => {}
            TableContent::Other => return None,
            TableContent::Calls => {
                let message = "the table has calls but no actions, so it is not a permission table";
                let place = Location::span(file, table.rows.first()?.span);
                report.push(Diagnostic::new(Code::Remark, place, message));
                return None;
            }
        }
        let mut columns = Columns {
            found: Vec::new(),
            other: Vec::new(),
            first_row,
        };
        for (column, ((cell, name), role)) in cells.into_iter().zip(names).zip(roles).enumerate() {
            if let Some(cell) = cell {
                columns.add(cell, name, role, column, file, report);
            }
        }
        columns.look(table, table.rows.first()?.span, file, report);
        Some(columns)
    }

    fn look(&self, table: &Table, header: Span, file: &str, report: &mut Report) {
        let mut warn = |code, message: &str| {
            report.push(Diagnostic::new(code, Location::span(file, header), message));
        };
        if table.header_rows == 0 {
            warn(Code::UnmarkedHeader, "the header row is not marked as one");
        }
        if self.get(Role::Action).is_none() {
            warn(Code::NoActionColumn, "the table has no column of actions");
        }
    }

    fn add(
        &mut self,
        cell: &Cell,
        name: String,
        role: Option<Role>,
        column: usize,
        file: &str,
        report: &mut Report,
    ) {
        let problem = match role {
            None => {
                let message = format!("unknown column `{name}` next to an API column");
                self.other.push(name);
                Some((Code::UnknownHeader, message))
            }
            Some(role) if self.get(role).is_some() => Some((
                Code::RepeatedColumn,
                format!("the column `{name}` says the same as an earlier one"),
            )),
            Some(role) => {
                self.found.push((role, column, name));
                None
            }
        };
        if let Some((code, message)) = problem {
            report.push(Diagnostic::new(
                code,
                Location::span(file, cell.span),
                message,
            ));
        }
    }

    /// The index of the column with `role`, from 0.
    pub fn get(&self, role: Role) -> Option<usize> {
        self.found
            .iter()
            .find(|(found, ..)| *found == role)
            .map(|(_, column, _)| *column)
    }

    /// The header text of the column with `role`.
    pub fn header(&self, role: Role) -> Option<&str> {
        self.found
            .iter()
            .find(|(found, ..)| *found == role)
            .map(|(.., name)| name.as_str())
    }

    /// The header texts of the columns that say nothing about an operation.
    pub fn other(&self) -> &[String] {
        &self.other
    }

    /// The index of the first row below the header.
    pub(super) fn first_row(&self) -> usize {
        self.first_row
    }
}

#[cfg(test)]
mod tests;
