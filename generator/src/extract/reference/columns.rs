//! Which table lists parameters or fields, and which of its columns holds what: by header words,
//! never by position.

use rst_parser::Table;

use super::super::table::{self, Grid};

/// What a table is, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Parameters or fields.
    Fields(FieldColumns),
    /// Status codes and what they mean.
    Statuses,
    /// Error codes.
    Errors,
    /// Any other table: values, limits, notes.
    Other,
}

/// The columns of a table of parameters or fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldColumns {
    pub(crate) name: usize,
    /// The name inside the object of the `name` column.
    pub(crate) inner: Option<usize>,
    pub(crate) kind: Option<usize>,
    pub(crate) required: Option<usize>,
    pub(crate) location: Option<usize>,
    pub(crate) description: Option<usize>,
    /// Further columns that may hold a reference, a range or a default.
    pub(crate) range: Option<usize>,
    pub(crate) default: Option<usize>,
    /// Index of the first row below the header.
    pub(crate) first: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    Item,
    Inner,
    Kind,
    Required,
    Location,
    Description,
    Range,
    Default,
    Status,
    Error,
}

fn role(header: &str) -> Option<Role> {
    let words = super::part::words(header);
    Some(match words.as_str() {
        "parameter" | "parameters" | "name" | "attribute" | "attributes" | "field" | "fields"
        | "parameter name" | "field name" | "attribute name" | "key" | "property" | "header"
        | "header name" | "header field" | "element" | "item" | "request parameter"
        | "response parameter" | "keyword" => Role::Name,
        "response item" | "request item" => Role::Item,
        "sub-parameter" | "sub parameter" | "subparameter" | "sub-parameters" | "sub-field" => {
            Role::Inner
        }
        "type" | "types" | "parameter type" | "data type" | "value type" | "field type"
        | "string" | "param type" => Role::Kind,
        "mandatory" | "mandatory or not" | "required" | "is mandatory" | "mandatory optional"
        | "optional mandatory" | "compulsory" | "mandatory yes no" | "optional"
        | "whether mandatory" | "required or not" => Role::Required,
        "in" | "location" | "position" | "request type" => Role::Location,
        "description"
        | "descriptions"
        | "meaning"
        | "remarks"
        | "remark"
        | "note"
        | "explanation"
        | "function"
        | "parameter description" => Role::Description,
        "value range" | "range" | "value" | "values" | "example value" | "options"
        | "valid value" | "constraints" => Role::Range,
        "default value" | "default" => Role::Default,
        "status code"
        | "status codes"
        | "returned value"
        | "returned values"
        | "return value"
        | "return code"
        | "returned code"
        | "http status code"
        | "normal status code"
        | "response code"
        | "status"
        | "code"
        | "return values"
        | "abnormal status code"
        | "return codes"
        | "normal" => Role::Status,
        "error code" | "error codes" | "error message" | "error messages" | "errorcode" => {
            Role::Error
        }
        _ => return None,
    })
}

impl TableKind {
    pub(crate) fn of(table: &Table, grid: &Grid<'_>) -> TableKind {
        if table.rows.is_empty() {
            return TableKind::Other;
        }
        let mut roles = [None; 12];
        for (column, role_of) in roles.iter_mut().enumerate().take(table.columns) {
            *role_of = grid
                .cell(0, column)
                .and_then(|cell| role(&table::text(cell)));
        }
        let first = table.header_rows.max(1).min(table.rows.len());
        let at = |wanted: Role| roles.iter().position(|role| *role == Some(wanted));
        if at(Role::Error).is_some() && at(Role::Kind).is_none() {
            return TableKind::Errors;
        }
        let (name, location) = match (at(Role::Name), at(Role::Item)) {
            (Some(name), item) => (Some(name), at(Role::Location).or(item)),
            (None, item) => (item, at(Role::Location)),
        };
        let facts = at(Role::Kind)
            .or(at(Role::Required))
            .or(at(Role::Description));
        match name {
            Some(name)
                if facts.is_some()
                    && (roles[0] != Some(Role::Status) || at(Role::Kind).is_some()) =>
            {
                TableKind::Fields(FieldColumns {
                    name,
                    inner: at(Role::Inner),
                    kind: at(Role::Kind),
                    required: at(Role::Required),
                    location,
                    description: at(Role::Description),
                    range: at(Role::Range),
                    default: at(Role::Default),
                    first,
                })
            }
            _ if roles[0] == Some(Role::Status) => TableKind::Statuses,
            _ => TableKind::Other,
        }
    }
}
