//! Which table is a permission table, and which of its columns means what.
//! A table is known by its header alone: this module must never look at its path, its section, or
//! the order of its columns.

use rst_parser::{Cell, Table};

use super::cell::collapse;
use crate::diagnostic::{Code, Diagnostic, Location, Report};

/// What a column of a permission table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Method and path.
    Api,
    /// What the operation does.
    Title,
    /// The actions that it needs.
    Action,
    /// The actions that should be allowed with it.
    Dependencies,
    /// Whether it takes effect in an IAM project.
    IamProject,
    /// Whether it takes effect in an enterprise project.
    EnterpriseProject,
    /// Both scopes in one cell.
    Scopes,
}

/// Every header spelling, in lower case: the documentation has no fixed one.
const HEADERS: &[(&str, Role)] = &[
    ("api", Role::Api),
    ("apis", Role::Api),
    ("permission", Role::Title),
    ("permissions", Role::Title),
    ("api function", Role::Title),
    ("action", Role::Action),
    ("actions", Role::Action),
    ("dependencies", Role::Dependencies),
    ("dependent permission", Role::Dependencies),
    ("dependency item", Role::Dependencies),
    ("dependent action", Role::Dependencies),
    ("related action", Role::Dependencies),
    ("iam project", Role::IamProject),
    ("iam project (project)", Role::IamProject),
    ("iam projects", Role::IamProject),
    ("iam (project)", Role::IamProject),
    ("enterprise project", Role::EnterpriseProject),
    ("enterprise projects", Role::EnterpriseProject),
    (
        "enterprise project (enterprise project)",
        Role::EnterpriseProject,
    ),
    ("enterprise (enterprise project)", Role::EnterpriseProject),
    ("authorization scope", Role::Scopes),
    ("scope", Role::Scopes),
];

/// The columns of one permission table by role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    found: Vec<(Role, usize, String)>,
    first_row: usize,
}

impl Columns {
    /// Reads the header row of `table`; `None` where it is no permission table.
    pub fn of(table: &Table, file: &str, report: &mut Report) -> Option<Self> {
        let header = table.rows.first()?;
        let names: Vec<String> = header
            .cells
            .iter()
            .map(|cell| collapse(&cell.text()))
            .collect();
        let roles = roles(&names);
        let has = |wanted: &[Role]| roles.iter().flatten().any(|role| wanted.contains(role));
        let described = [
            Role::Title,
            Role::Action,
            Role::IamProject,
            Role::EnterpriseProject,
            Role::Scopes,
        ];
        if !has(&[Role::Api]) || !has(&described) {
            return None;
        }
        let mut columns = Columns {
            found: Vec::new(),
            first_row: table.header_rows.max(1),
        };
        let mut column = 0;
        for ((cell, name), role) in header.cells.iter().zip(names).zip(roles) {
            columns.add(cell, name, role, column, file, report);
            column += 1 + cell.more_columns;
        }
        if table.header_rows == 0 {
            let message = "the header row is not marked as one";
            let place = Location::span(file, header.span);
            report.push(Diagnostic::new(Code::UnmarkedHeader, place, message));
        }
        Some(columns)
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
            None => Some((
                Code::UnknownHeader,
                format!("unknown column `{name}` beside an API column"),
            )),
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

    /// The index of the first row below the header.
    pub(super) fn first_row(&self) -> usize {
        self.first_row
    }
}

/// `Permission` is the title, except next to `API Function`, where it holds the action.
fn roles(names: &[String]) -> Vec<Option<Role>> {
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let has_function = lower.iter().any(|name| name == "api function");
    let role = |name: &String| {
        if has_function && matches!(name.as_str(), "permission" | "permissions") {
            return Some(Role::Action);
        }
        HEADERS
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, role)| *role)
    };
    lower.iter().map(role).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> (Option<Columns>, Report) {
        let cells: Vec<&str> = header.split('|').collect();
        let border: Vec<String> = cells.iter().map(|cell| "-".repeat(cell.len())).collect();
        let border = format!("+{}+", border.join("+"));
        let row = format!("|{}|", cells.join("|"));
        let text = format!(
            "{border}\n{row}\n{}\n{row}\n{border}\n",
            border.replace('-', "=")
        );
        let document = rst_parser::parse(&text).document;
        let mut report = Report::default();
        let columns = Columns::of(
            document.tables().next().expect("one table"),
            "p.rst",
            &mut report,
        );
        (columns, report)
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let (columns, report) = of("Permission|Action|API|IAM Projects|Enterprise Project");
        let columns = columns.unwrap();
        assert_eq!(columns.get(Role::Api), Some(2));
        assert_eq!(columns.get(Role::Title), Some(0));
        assert_eq!(columns.get(Role::IamProject), Some(3));
        assert!(report.is_empty());
    }

    #[test]
    fn permission_is_the_action_next_to_api_function() {
        let columns = of("API|API Function|Permission").0.unwrap();
        assert_eq!(
            (columns.get(Role::Title), columns.get(Role::Action)),
            (Some(1), Some(2))
        );
    }

    #[test]
    fn tables_that_only_mention_apis_are_no_permission_tables() {
        for header in [
            "API|Description",
            "Type|API|Description",
            "Dimension|API Access|Authorizable",
        ] {
            assert!(of(header).0.is_none(), "{header}");
        }
    }

    #[test]
    fn an_unknown_column_is_ignored_with_a_warning_that_names_it() {
        let (columns, report) = of("Permission|API|Action|Weather");
        assert!(columns.is_some());
        assert!(
            report.to_string().contains("unknown column `Weather`"),
            "{report}"
        );
    }
}
