//! Which table is a permission table, and which of its columns means what.
//! A table is known by its header, and by what its columns hold where a header means several things:
//! this module must never look at its path, its section, or the order of its columns.

use rst_parser::{Cell, Span, Table};

use super::cell::{self, Grid, collapse};
use super::content::{Body, Kind};
use super::sift;
use crate::diagnostic::{Code, Diagnostic, Location, Report};

/// What a column of a permission table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "config",
    derive(serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// The header spellings that a project knows: the built-in ones and its own.
///
/// ```
/// use permspec::extract::{Headers, Role};
///
/// let mut headers = Headers::default();
/// headers.add("REST call", Role::Api);
/// assert_eq!(headers.role("rest  call"), Some(Role::Api));
/// assert_eq!(headers.role("Weather"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    own: Vec<(String, Role)>,
}

#[cfg(feature = "config")]
impl<'de> serde::Deserialize<'de> for Headers {
    /// From a table of roles: `api = ["REST call"]`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spellings = std::collections::BTreeMap::<Role, Vec<String>>::deserialize(deserializer)?;
        let mut headers = Headers::default();
        for (role, names) in &spellings {
            for name in names {
                headers.add(name, *role);
            }
        }
        Ok(headers)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Headers {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Headers".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<Role>(),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        })
    }
}

impl Headers {
    /// Adds a spelling; upper and lower case and white space do not matter.
    pub fn add(&mut self, header: &str, role: Role) {
        self.own.push((key(header), role));
    }

    /// What a column of this header holds.
    pub fn role(&self, header: &str) -> Option<Role> {
        self.known(&key(header))
    }

    /// What a column holds whose header reads so, as spellings are compared.
    fn known(&self, key: &str) -> Option<Role> {
        let own = self.own.iter().find(|(known, _)| known == key);
        let own = own.map(|(_, role)| *role);
        own.or_else(|| {
            HEADERS
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, role)| *role)
        })
    }

    /// The cell that names a column: of several header rows the lowest one whose text is known, as
    /// those above it head groups of columns.
    fn cell<'a>(&self, grid: &Grid<'a>, rows: usize, column: usize) -> Option<&'a Cell<'a>> {
        // Most tables: a cell that has no row above or below it names its column, known or not.
        if rows == 1 {
            return grid.cell(0, column);
        }
        let cells = || (0..rows).filter_map(|row| grid.cell(row, column));
        let known = |cell: &&Cell| self.role(&cell::text(cell)).is_some();
        cells().rfind(known).or_else(|| cells().next())
    }

    /// Whether a text may hold a permission table, without parsing it: a page cannot on which no cell
    /// of a table begins like the header of an API column.
    pub fn may_be_in(&self, text: &str) -> bool {
        let known = HEADERS.iter().map(|&(known, role)| (known, role));
        let own = self.own.iter().map(|(known, role)| (known.as_str(), *role));
        let api = known.chain(own).filter(|&(_, role)| role == Role::Api);
        let mut words: Vec<&str> = api
            .map(|(header, _)| header.split(' ').next().unwrap_or(header))
            .collect();
        words.dedup();
        sift::may_head(text, &words)
    }

    /// The roles of a header row, where it is that of a permission table: one cell is an API column
    /// and another one says something about the calls.
    ///
    /// `Permission` is the title, except next to `API Function`, where it is the action. What the
    /// columns hold may say otherwise.
    fn roles(&self, names: &[String]) -> Option<Vec<Option<Role>>> {
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let is_function = |key: &String| key == "api function";
        let has_function = keys.iter().any(is_function);
        let role = |key: &String| match self.known(key) {
            Some(Role::Title) if has_function && !is_function(key) => Some(Role::Action),
            role => role,
        };
        let mut roles: Vec<Option<Role>> = keys.iter().map(role).collect();
        let api = roles.contains(&Some(Role::Api));
        let other = roles
            .iter()
            .flatten()
            .any(|role| !matches!(role, Role::Api | Role::Dependencies));
        if !roles.contains(&Some(Role::Title))
            && let Some(title) = keys
                .iter()
                .position(|key| Heading::of(key, self) == Heading::Description)
        {
            roles[title] = Some(Role::Title);
        }
        (api && other).then_some(roles)
    }

    /// Whether a line of text, cut at the borders of a grid or simple table, is such a header row:
    /// what is left to look at where a table is malformed.
    pub(crate) fn head(&self, text: &str) -> bool {
        text.lines().take(HEAD_LINES).any(|line| {
            let cut = |cells: &mut dyn Iterator<Item = &str>| -> Vec<String> {
                cells
                    .map(collapse)
                    .filter(|cell| !cell.is_empty())
                    .collect()
            };
            self.roles(&cut(&mut line.split('|'))).is_some()
                || self.roles(&cut(&mut line.split("  "))).is_some()
        })
    }
}

/// A header text as spellings are compared: in lower case, without the colon or the mark of a
/// footnote behind it.
fn key(header: &str) -> String {
    let header = collapse(header);
    let plain = header.trim_end_matches([':', '：', '*', '†', ' ']);
    plain.to_lowercase()
}

/// How much a header says about what its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// All: it is not one that means different things, or the project says what it means.
    Known,
    /// `API`: calls, or their names.
    Api,
    /// `Permission`: titles, or actions.
    Permission,
    /// `Action`: actions, or what a user does.
    Action,
    /// What a call does, where no column is called a permission. Such a column does not make a table
    /// one of permissions: `API | Description` is not one.
    Description,
    /// Nothing.
    Unknown,
}

impl Heading {
    fn of(key: &str, headers: &Headers) -> Self {
        match key {
            _ if headers.own.iter().any(|(known, _)| known == key) => Heading::Known,
            "api" | "apis" => Heading::Api,
            "permission" | "permissions" => Heading::Permission,
            "action" | "actions" => Heading::Action,
            "description" | "function" | "operation" | "api name" => Heading::Description,
            _ if headers.known(key).is_some() => Heading::Known,
            _ => Heading::Unknown,
        }
    }
}

/// How many lines of a malformed table may come before the end of its header row's first line.
const HEAD_LINES: usize = 5;

/// The columns of one permission table by role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    found: Vec<(Role, usize, String)>,
    other: Vec<String>,
    first_row: usize,
}

impl Columns {
    /// Reads the header row of `table`; `None` where it is no permission table.
    pub fn of(table: &Table, headers: &Headers, file: &str, report: &mut Report) -> Option<Self> {
        let grid = Grid::of(table);
        let first_row = table.header_rows.max(1);
        let cells: Vec<Option<&Cell>> = (0..table.columns)
            .map(|column| headers.cell(&grid, first_row, column))
            .collect();
        let names: Vec<String> = cells
            .iter()
            .map(|cell| cell.map(cell::text).unwrap_or_default())
            .collect();
        let mut roles = headers.roles(&names)?;
        let headings: Vec<Heading> = names
            .iter()
            .map(|name| Heading::of(&key(name), headers))
            .collect();
        let body = Body {
            grid: &grid,
            rows: first_row..table.rows.len(),
        };
        match body.settle(&headings, &mut roles) {
            Kind::Permissions => {}
            Kind::Other => return None,
            Kind::Calls => {
                let message = "the table has calls and no actions: it is not one of permissions";
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
                let message = format!("unknown column `{name}` beside an API column");
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

    /// The header texts of the columns that hold nothing of an operation.
    pub fn other(&self) -> &[String] {
        &self.other
    }

    /// The index of the first row below the header.
    pub(super) fn first_row(&self) -> usize {
        self.first_row
    }
}

#[cfg(test)]
mod folders;
#[cfg(test)]
mod tests;
