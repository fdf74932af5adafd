//! One operation page put together: parameters by place, the bodies and their tables, statuses,
//! examples. Types still refer to tables by identity; names come later.

mod bodies;
mod parameters;
mod responses;
mod shown;
mod wrapper;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::shown::is_failure;
pub(crate) use self::wrapper::Wrapper;
use super::super::example::Found;
use super::draft::{Draft, Fields};
use super::kind::StatedType;
use super::library::{Library, TableId};
use super::nest::{Built, Dangling, Nest};
use super::part::Part;
use super::row::FieldRow;
use crate::model::reference::In;

/// A parameter with the row that states it; without one it is in the path alone.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: In,
    pub(crate) required: bool,
    pub(crate) row: Option<(TableId, usize)>,
}

/// A body: its tables, or nothing if only an example shows it.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) status: Option<u16>,
    /// The server sends it if the call fails.
    pub(crate) failure: bool,
    /// Shapes of the body; more than one if an example shows another.
    pub(crate) roots: Vec<TableId>,
    pub(crate) wrapper: Option<Wrapper>,
    pub(crate) form: bool,
}

/// An example and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) request: bool,
    pub(crate) status: Option<u16>,
    pub(crate) abnormal: bool,
    pub(crate) line: u32,
    /// Index of the listing.
    pub(crate) listing: usize,
    pub(crate) found: Found,
}

/// What became of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Parameters,
    ResponseHeaders,
    Body,
    /// It repeats a table that is in the model.
    Copy,
    /// It describes an error.
    Error,
    /// Nothing refers to it.
    Orphan,
    /// It is in a part that describes neither.
    Note,
}

/// An operation.
pub(crate) struct Operation {
    pub(crate) page: usize,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request: Option<Body>,
    pub(crate) responses: Vec<Body>,
    pub(crate) examples: Vec<Shown>,
    /// Listings that begin as JSON and are not: the listing and the byte.
    pub(crate) broken: Vec<(usize, usize)>,
    /// Built tables: those of the request, and those of each response.
    pub(crate) built: BTreeMap<TableId, Built>,
    pub(crate) fates: Vec<Fate>,
    pub(crate) findings: Vec<(Dangling, TableId, usize)>,
    /// Names in the path without a row.
    pub(crate) without_row: Vec<String>,
    /// Rows of path tables that the path does not have.
    pub(crate) without_name: Vec<(TableId, usize)>,
}

/// Where the rows of a table belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableRole {
    Path,
    Query,
    Header,
    /// In the path or the query, row by row.
    Uri,
    Request,
    Response,
    ResponseHeader,
    Note,
}

/// So many tables of a page are looked at for captions; a page of the documentation has some hundred.
const MOST_TABLES: usize = 1000;

/// Puts an operation page together.
pub(crate) fn assemble(tables: &Library<'_>, page: usize) -> Operation {
    let draft = &tables.drafts[page];
    let assembly = Assembly {
        tables,
        page,
        draft,
        referred: referred(tables, page),
        nest: Nest::new(tables),
        fates: vec![Fate::Note; draft.tables.len()],
    };
    assembly.run()
}

/// The tables that rows of body tables of the page refer to.
fn referred(tables: &Library<'_>, page: usize) -> BTreeSet<TableId> {
    let nest = Nest::new(tables);
    let mut found = BTreeSet::new();
    for (index, table) in tables.drafts[page].tables.iter().enumerate() {
        for row in &table.rows {
            let id = (page, index);
            if let Some(target) = nest.by_reference(id, row)
                && target != id
            {
                found.insert(target);
            }
        }
    }
    found
}

struct Assembly<'l, 'd> {
    tables: &'l Library<'d>,
    page: usize,
    draft: &'d Draft,
    referred: BTreeSet<TableId>,
    nest: Nest<'l, 'd>,
    fates: Vec<Fate>,
}

impl Assembly<'_, '_> {
    fn run(mut self) -> Operation {
        let (examples, broken) = self.examples();
        let method = self
            .draft
            .calls
            .first()
            .map(|call| call.method.clone())
            .unwrap_or_default();
        let has_request_json = examples.iter().any(|shown| shown.request);
        let mut roles: Vec<TableRole> = (0..self.draft.tables.len())
            .map(|index| self.role(index, &method, has_request_json))
            .collect();
        self.body_in_uri(&mut roles, &examples, &method);
        let mut operation = Operation {
            page: self.page,
            parameters: Vec::new(),
            request: None,
            responses: Vec::new(),
            examples: Vec::new(),
            broken,
            built: BTreeMap::new(),
            fates: Vec::new(),
            findings: Vec::new(),
            without_row: Vec::new(),
            without_name: Vec::new(),
        };
        self.parameters(&roles, &mut operation);
        operation.request = self.request(&roles, &examples);
        operation.responses = self.responses(&roles, &examples);
        self.leftovers(&roles);
        operation.examples = examples;
        operation.built = std::mem::take(&mut self.nest.built);
        operation.findings = std::mem::take(&mut self.nest.findings);
        operation.fates = self.fates;
        operation
    }

    fn role(&self, index: usize, method: &str, has_request_json: bool) -> TableRole {
        let table = &self.draft.tables[index];
        let referred = self.referred.contains(&(self.page, index));
        let hint = table.hint.filter(|_| !referred);
        let sent = |hint: In| match hint {
            In::Path => TableRole::Path,
            In::Query => TableRole::Query,
            In::Header => TableRole::Header,
            In::Body => TableRole::Request,
        };
        // What a call without a body sends is in the query.
        let no_body = || {
            matches!(method, "GET" | "HEAD")
                || method == "DELETE"
                    && !has_request_json
                    && !table.rows.iter().any(|row| nests(&row.kind))
        };
        match (table.place.part, hint) {
            (Part::Uri | Part::Request, Some(hint)) => sent(hint),
            (Part::Uri | Part::Request, None) if referred => TableRole::Request,
            (Part::Uri, None) => TableRole::Uri,
            (Part::Request, None) if is_headers(table) => TableRole::Header,
            (Part::Request, None) if no_body() => TableRole::Uri,
            (Part::Request, None) => TableRole::Request,
            (Part::Response, Some(In::Header)) => TableRole::ResponseHeader,
            (Part::Response, None) if !referred && is_headers(table) => TableRole::ResponseHeader,
            (Part::Response, _) => TableRole::Response,
            (Part::Example, _) => TableRole::Note,
            _ if referred
                && self
                    .draft
                    .tables
                    .iter()
                    .any(|other| other.place.part == Part::Response) =>
            {
                TableRole::Response
            }
            _ => TableRole::Note,
        }
    }

    /// Fields of the body may be listed with the path, all of them or the one around the others: the
    /// example knows.
    fn body_in_uri(&self, roles: &mut [TableRole], examples: &[Shown], method: &str) {
        if matches!(method, "GET" | "HEAD") {
            return;
        }
        let Some(example) = examples.iter().find(|shown| shown.request) else {
            return;
        };
        let members = example.found.read.json.members();
        let known = |index: usize| {
            let rows = &self.draft.tables[index].rows;
            let is_row = |key: &str| rows.iter().any(|row| row.name == key);
            members.iter().filter(|member| is_row(&member.key)).count()
        };
        let of_body = |role: &TableRole| *role == TableRole::Request;
        if (0..roles.len()).any(|index| of_body(&roles[index]) && known(index) > 0) {
            return;
        }
        for (index, role) in roles.iter_mut().enumerate() {
            let known = known(index);
            if matches!(role, TableRole::Uri | TableRole::Query)
                && known > 0
                && known * 2 >= members.len()
            {
                *role = TableRole::Request;
            }
        }
    }

    fn request(&mut self, roles: &[TableRole], examples: &[Shown]) -> Option<Body> {
        let tables: Vec<TableId> = (0..roles.len())
            .filter(|index| roles[*index] == TableRole::Request)
            .map(|index| (self.page, index))
            .filter(|id| {
                self.tables
                    .table(*id)
                    .rows
                    .iter()
                    .any(|row| matches!(row.location, None | Some(In::Body)))
            })
            .collect();
        let shown: Vec<&Shown> = examples.iter().filter(|shown| shown.request).collect();
        let form = tables.iter().any(|id| {
            let table = self.tables.table(*id);
            let text = format!("{} {}", table.caption, table.lead).to_lowercase();
            text.contains("formdata") || text.contains("form data") || text.contains("form-data")
        });
        let (roots, wrapper) = self.bodies(&tables, &shown, None);
        (!roots.is_empty()).then_some(Body {
            status: None,
            failure: false,
            roots,
            wrapper,
            form,
        })
    }
}

/// Whether a table lists only well-known headers.
fn is_headers(table: &Fields) -> bool {
    let mut sure = false;
    let all = table.rows.iter().all(|row| {
        let known = is_header(&row.name);
        sure |= known && !row.name.eq_ignore_ascii_case("accept");
        known
            || matches!(
                row.name.to_ascii_lowercase().as_str(),
                "host" | "date" | "connection" | "etag" | "location" | "server"
            )
    });
    all && sure
}

fn nests(kind: &StatedType) -> bool {
    kind.may_nest() && !matches!(kind, StatedType::Unstated | StatedType::Unknown)
}

fn is_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("x-")
        || matches!(
            lower.as_str(),
            "content-type" | "authorization" | "accept" | "content-length" | "content-range"
        )
}

/// Whether a row lists a field of the body.
pub(crate) fn of_body(row: &FieldRow) -> bool {
    matches!(row.location, None | Some(In::Body))
}
