//! The parameters of an operation: rows of the tables of path, query and headers, and names of the path
//! without a row.

use super::super::call;
use super::super::library::TableId;
use super::super::nest::Dangling;
use super::super::row::FieldRow;
use super::{Assembly, Fate, Operation, Parameter, TableRole, is_header};
use crate::model::reference::In;

/// The names in the paths and queries of the calls.
struct Template {
    /// In the first path.
    path: Vec<String>,
    /// In any path.
    paths: Vec<String>,
    /// In any query, each once.
    query: Vec<String>,
}

impl Assembly<'_, '_> {
    fn template(&self) -> Template {
        let calls = &self.draft.calls;
        let mut query: Vec<String> = Vec::new();
        for name in calls.iter().flat_map(|call| &call.query) {
            if !query.contains(name) {
                query.push(name.clone());
            }
        }
        Template {
            path: calls
                .first()
                .map(|call| call::names(&call.path))
                .unwrap_or_default(),
            paths: calls
                .iter()
                .flat_map(|call| call::names(&call.path))
                .collect(),
            query,
        }
    }

    pub(super) fn parameters(&mut self, roles: &[TableRole], operation: &mut Operation) {
        let template = self.template();
        let mut found: Vec<Parameter> = Vec::new();
        let mut unmatched: Vec<(TableId, usize)> = Vec::new();
        for (index, role) in roles.iter().enumerate() {
            match role {
                TableRole::Path | TableRole::Query | TableRole::Header | TableRole::Uri => {
                    self.fates[index] = Fate::Parameters;
                }
                TableRole::Request => {}
                TableRole::Response | TableRole::ResponseHeader | TableRole::Note => continue,
            }
            self.of_table(index, *role, &template, &mut found, &mut unmatched);
        }
        self.slipped(&template, unmatched, &mut found, operation);
        without_row(&template, &mut found, operation);
        found.sort_by_key(|parameter| parameter.location);
        operation.parameters = found;
    }

    /// Adds the parameters that a table lists; `unmatched` gets rows that the path may have under another
    /// name.
    fn of_table(
        &mut self,
        index: usize,
        role: TableRole,
        template: &Template,
        found: &mut Vec<Parameter>,
        unmatched: &mut Vec<(TableId, usize)>,
    ) {
        let id = (self.page, index);
        for (at, row) in self.draft.tables[index].rows.iter().enumerate() {
            let in_path = path_name(&template.paths, &row.name);
            let location = match location(role, row, in_path.is_some(), &template.query) {
                Sent::In(location) => location,
                Sent::PathPerhaps => {
                    unmatched.push((id, at));
                    continue;
                }
                Sent::Body => continue,
            };
            let name = match (location, in_path) {
                (In::Path, Some(name)) => name,
                _ => row.name.clone(),
            };
            if is_no_name(&name) {
                continue;
            }
            let same = |other: &Parameter| {
                other.location == location && same_parameter(location, &other.name, &name)
            };
            if found.iter().any(same) {
                self.nest.findings.push((Dangling::Repeated, id, at));
                continue;
            }
            found.push(stated(name, location, row, (id, at)));
        }
    }

    /// Rows of path tables whose names the path does not have: another spelling of the one that is
    /// left, or a parameter of the query.
    fn slipped(
        &self,
        template: &Template,
        unmatched: Vec<(TableId, usize)>,
        found: &mut Vec<Parameter>,
        operation: &mut Operation,
    ) {
        let known = |name: &String| {
            found
                .iter()
                .any(|known| known.location == In::Path && known.name == *name)
        };
        let left: Vec<&String> = template.path.iter().filter(|name| !known(name)).collect();
        let only = match left[..] {
            [only] if unmatched.len() == 1 => Some(only),
            _ => None,
        };
        for (id, at) in unmatched {
            let row = &self.tables.table(id).rows[at];
            operation.without_name.push((id, at));
            let meant = only.filter(|name| {
                !template.query.contains(&row.name) && share_a_word(name, &row.name)
            });
            let (name, location) = match meant {
                Some(name) => (name.clone(), In::Path),
                None if is_no_name(&row.name) => continue,
                None => (row.name.clone(), In::Query),
            };
            if !found
                .iter()
                .any(|known| known.location == location && known.name == name)
            {
                found.push(stated(name, location, row, (id, at)));
            }
        }
    }
}

/// Adds the names of the first path and of the queries that do not have a row.
fn without_row(template: &Template, found: &mut Vec<Parameter>, operation: &mut Operation) {
    for (names, location) in [(&template.path, In::Path), (&template.query, In::Query)] {
        for name in names {
            let known = |known: &Parameter| known.location == location && known.name == *name;
            if found.iter().any(known) {
                continue;
            }
            operation.without_row.push(name.clone());
            found.push(Parameter {
                name: name.clone(),
                location,
                required: location == In::Path,
                row: None,
            });
        }
    }
}

/// Where a row of a table is sent.
enum Sent {
    In(In),
    /// In the path, under a name that the path does not have.
    PathPerhaps,
    Body,
}

fn location(role: TableRole, row: &FieldRow, in_path: bool, query: &[String]) -> Sent {
    match (role, row.location) {
        // A table of a body may say where each row is sent.
        (TableRole::Request, None) | (_, Some(In::Body)) => Sent::Body,
        (_, Some(location)) => Sent::In(location),
        (TableRole::Header, None) => Sent::In(In::Header),
        (TableRole::Query, None) => Sent::In(In::Query),
        _ if in_path => Sent::In(In::Path),
        (TableRole::Path, None) => Sent::PathPerhaps,
        _ if is_header(&row.name) && !row.name.eq_ignore_ascii_case("accept") => {
            Sent::In(In::Header)
        }
        // A mandatory row of the URI may be a name in the path that does not have a row.
        (TableRole::Uri, None) if row.required == Some(true) && !query.contains(&row.name) => {
            Sent::PathPerhaps
        }
        _ => Sent::In(In::Query),
    }
}

fn stated(name: String, location: In, row: &FieldRow, at: (TableId, usize)) -> Parameter {
    Parameter {
        required: location == In::Path || row.required.unwrap_or(false),
        name,
        location,
        row: Some(at),
    }
}

/// `flavor_id` and `flavors_id` share `flavor`, `tenant_id` and `project_id` share `id`.
fn share_a_word(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let mut words = vec![String::new()];
        for c in text.chars() {
            if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() {
                words.push(String::new());
            }
            if c.is_ascii_alphanumeric()
                && let Some(word) = words.last_mut()
            {
                word.push(c.to_ascii_lowercase());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    };
    let known = words(b);
    words(a).iter().any(|word| known.contains(word))
}

/// The name in the path that a row means: as it is, or in another spelling.
fn path_name(names: &[String], row: &str) -> Option<String> {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .flat_map(char::to_lowercase)
            .collect()
    };
    let row_plain = plain(row);
    names
        .iter()
        .find(|name| *name == row)
        .or_else(|| {
            names
                .iter()
                .find(|name| !row_plain.is_empty() && plain(name) == row_plain)
        })
        .cloned()
}

fn is_no_name(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "" | "-" | "none" | "n/a" | "null"
    )
}

fn same_parameter(location: In, a: &str, b: &str) -> bool {
    match location {
        In::Header => a.eq_ignore_ascii_case(b),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_of_a_name_shares_a_word_with_it() {
        assert!(share_a_word("project_id", "tenant_id"));
        assert!(share_a_word("instanceId", "instance"));
        assert!(!share_a_word("project_id", "shelf"));
    }
}
