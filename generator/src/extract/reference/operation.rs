//! One operation page put together: parameters by place, the bodies and their tables, statuses,
//! examples. Types still refer to tables by identity; names come later.

use std::collections::{BTreeMap, BTreeSet};

use super::super::example::{self, Found, Json};
use super::call;
use super::draft::{Draft, Fields, Listing};
use super::kind::Kind;
use super::library::{Library, TableId};
use super::nest::{Built, Dangling, Nest, Type};
use super::part::Part;
use super::row::{In, Row};

/// A parameter with the row that states it; without one it is in the path alone.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: In,
    pub(crate) required: bool,
    pub(crate) row: Option<(TableId, usize)>,
}

/// A body: its tables, or nothing where only an example shows it.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) status: Option<u16>,
    /// It comes back where the call fails.
    pub(crate) failure: bool,
    /// Shapes of the body; more than one where an example shows another.
    pub(crate) roots: Vec<TableId>,
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
enum Role {
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

/// Puts an operation page together.
pub(crate) fn assemble(library: &Library<'_>, page: usize) -> Operation {
    let draft = &library.drafts[page];
    let mut assembly = Assembly {
        library,
        page,
        draft,
        referred: referred(library, page),
        nest: Nest::new(library, page),
        fates: vec![Fate::Note; draft.tables.len()],
    };
    assembly.run()
}

/// The tables that rows of body tables of the page refer to.
fn referred(library: &Library<'_>, page: usize) -> BTreeSet<TableId> {
    let nest = Nest::new(library, page);
    let mut found = BTreeSet::new();
    for (index, table) in library.drafts[page].tables.iter().enumerate() {
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
    library: &'l Library<'d>,
    page: usize,
    draft: &'d Draft,
    referred: BTreeSet<TableId>,
    nest: Nest<'l, 'd>,
    fates: Vec<Fate>,
}

impl<'d> Assembly<'_, 'd> {
    fn run(mut self) -> Operation {
        let (examples, broken) = self.examples();
        let method = self
            .draft
            .calls
            .first()
            .map(|call| call.method.clone())
            .unwrap_or_default();
        let has_request_json = examples.iter().any(|shown| shown.request);
        let mut roles: Vec<Role> = (0..self.draft.tables.len())
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

    fn role(&self, index: usize, method: &str, has_request_json: bool) -> Role {
        let table = &self.draft.tables[index];
        let referred = self.referred.contains(&(self.page, index));
        let hint = table.hint.filter(|_| !referred);
        match (table.place.part, hint) {
            (Part::Uri, Some(In::Path)) => Role::Path,
            (Part::Uri, Some(In::Query)) => Role::Query,
            (Part::Uri, Some(In::Header)) => Role::Header,
            (Part::Uri, Some(In::Body)) => Role::Request,
            (Part::Uri, None) if referred => Role::Request,
            (Part::Uri, None) => Role::Uri,
            (Part::Request, Some(In::Path)) => Role::Path,
            (Part::Request, Some(In::Query)) => Role::Query,
            (Part::Request, Some(In::Header)) => Role::Header,
            (Part::Request, Some(In::Body)) => Role::Request,
            (Part::Request, None) if !referred && self.is_headers(table) => Role::Header,
            (Part::Request, None) if referred => Role::Request,
            // What a call without a body is sent besides is in the query.
            (Part::Request, None) if matches!(method, "GET" | "HEAD") => Role::Uri,
            (Part::Request, None)
                if method == "DELETE"
                    && !has_request_json
                    && !table.rows.iter().any(|row| nests(&row.kind)) =>
            {
                Role::Uri
            }
            (Part::Request, None) => Role::Request,
            (Part::Response, Some(In::Header)) => Role::ResponseHeader,
            (Part::Response, None) if !referred && self.is_headers(table) => Role::ResponseHeader,
            (Part::Response, _) => Role::Response,
            (Part::Example, _) => Role::Note,
            _ if referred
                && self
                    .draft
                    .tables
                    .iter()
                    .any(|other| other.place.part == Part::Response) =>
            {
                Role::Response
            }
            _ => Role::Note,
        }
    }

    /// A table of nothing but well-known headers.
    fn is_headers(&self, table: &Fields) -> bool {
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

    /// A page without a body table may list the fields of the body with the path: the example knows.
    fn body_in_uri(&mut self, roles: &mut [Role], examples: &[Shown], method: &str) {
        if matches!(method, "GET" | "HEAD") || roles.contains(&Role::Request) {
            return;
        }
        let Some(example) = examples.iter().find(|shown| shown.request) else {
            return;
        };
        let keys: Vec<&str> = example
            .found
            .read
            .json
            .members()
            .iter()
            .map(|member| member.key.as_str())
            .collect();
        for (index, role) in roles.iter_mut().enumerate() {
            let rows = &self.draft.tables[index].rows;
            let known = rows
                .iter()
                .filter(|row| keys.contains(&row.name.as_str()))
                .count();
            if matches!(role, Role::Uri | Role::Query) && known > 0 && known * 2 >= keys.len() {
                *role = Role::Request;
            }
        }
    }

    fn parameters(&mut self, roles: &[Role], operation: &mut Operation) {
        let calls = &self.draft.calls;
        let template: Vec<String> = calls
            .first()
            .map(|call| call::names(&call.path))
            .unwrap_or_default();
        let all: Vec<String> = calls
            .iter()
            .flat_map(|call| call::names(&call.path))
            .collect();
        let mut query: Vec<String> = Vec::new();
        for name in calls.iter().flat_map(|call| &call.query) {
            if !query.contains(name) {
                query.push(name.clone());
            }
        }
        let mut found: Vec<Parameter> = Vec::new();
        let mut unmatched: Vec<(TableId, usize)> = Vec::new();
        for (index, table) in self.draft.tables.iter().enumerate() {
            let id = (self.page, index);
            let role = roles[index];
            if !matches!(
                role,
                Role::Path | Role::Query | Role::Header | Role::Uri | Role::Request
            ) {
                continue;
            }
            if role != Role::Request {
                self.fates[index] = Fate::Parameters;
            }
            for (at, row) in table.rows.iter().enumerate() {
                let in_path = path_name(&all, &row.name);
                let location = match (role, row.location) {
                    // A body table may list where each row is sent.
                    (Role::Request, Some(In::Body) | None) => {
                        continue;
                    }
                    (_, Some(In::Body)) => continue,
                    (_, Some(location)) => location,
                    (Role::Header, None) => In::Header,
                    (Role::Query, None) => In::Query,
                    (Role::Path, None) if in_path.is_some() => In::Path,
                    (Role::Path, None) => {
                        unmatched.push((id, at));
                        continue;
                    }
                    _ if in_path.is_some() => In::Path,
                    _ if is_header(&row.name) && !row.name.eq_ignore_ascii_case("accept") => {
                        In::Header
                    }
                    // A mandatory row of the URI may be the name in the path that no row has.
                    (Role::Uri, None)
                        if row.required == Some(true) && !query.contains(&row.name) =>
                    {
                        unmatched.push((id, at));
                        continue;
                    }
                    _ => In::Query,
                };
                let name = match (location, in_path) {
                    (In::Path, Some(name)) => name,
                    _ => row.name.clone(),
                };
                if is_no_name(&name) {
                    continue;
                }
                let known = found.iter().any(|other| {
                    other.location == location && same_parameter(location, &other.name, &name)
                });
                if known {
                    self.nest.findings.push((Dangling::Repeated, id, at));
                    continue;
                }
                found.push(Parameter {
                    required: location == In::Path || row.required.unwrap_or(false),
                    name,
                    location,
                    row: Some((id, at)),
                });
            }
        }
        self.slipped(&template, &query, unmatched, &mut found, operation);
        for name in &template {
            if !found
                .iter()
                .any(|known| known.location == In::Path && known.name == *name)
            {
                operation.without_row.push(name.clone());
                found.push(Parameter {
                    name: name.clone(),
                    location: In::Path,
                    required: true,
                    row: None,
                });
            }
        }
        for name in query {
            let known = found
                .iter()
                .any(|known| known.location == In::Query && known.name == name);
            if !known {
                operation.without_row.push(name.clone());
                found.push(Parameter {
                    name,
                    location: In::Query,
                    required: false,
                    row: None,
                });
            }
        }
        operation.parameters = found;
    }

    /// Rows of path tables whose names the path does not have: another spelling of the one that is
    /// left, or a parameter of the query.
    fn slipped(
        &self,
        template: &[String],
        query: &[String],
        unmatched: Vec<(TableId, usize)>,
        found: &mut Vec<Parameter>,
        operation: &mut Operation,
    ) {
        let left: Vec<&String> = template
            .iter()
            .filter(|name| {
                !found
                    .iter()
                    .any(|known| known.location == In::Path && known.name == **name)
            })
            .collect();
        let one = left.len() == unmatched.len() && left.len() == 1;
        for (id, at) in unmatched {
            let row = &self.library.table(id).rows[at];
            operation.without_name.push((id, at));
            let (name, location) = if one && !query.contains(&row.name) {
                (left[0].clone(), In::Path)
            } else if is_no_name(&row.name) {
                continue;
            } else {
                (row.name.clone(), In::Query)
            };
            if found
                .iter()
                .any(|known| known.location == location && known.name == name)
            {
                continue;
            }
            found.push(Parameter {
                required: location == In::Path || row.required.unwrap_or(false),
                name,
                location,
                row: Some((id, at)),
            });
        }
    }

    fn request(&mut self, roles: &[Role], examples: &[Shown]) -> Option<Body> {
        let tables: Vec<TableId> = (0..roles.len())
            .filter(|index| roles[*index] == Role::Request)
            .map(|index| (self.page, index))
            .filter(|id| {
                self.library
                    .table(*id)
                    .rows
                    .iter()
                    .any(|row| matches!(row.location, None | Some(In::Body)))
            })
            .collect();
        let shown: Vec<&Shown> = examples.iter().filter(|shown| shown.request).collect();
        let form = tables.iter().any(|id| {
            let table = self.library.table(*id);
            let text = format!("{} {}", table.caption, table.lead).to_lowercase();
            text.contains("formdata") || text.contains("form data") || text.contains("form-data")
        });
        let roots = self.bodies(&tables, &shown, None);
        (!roots.is_empty()).then_some(Body {
            status: None,
            failure: false,
            roots,
            form,
        })
    }

    fn responses(&mut self, roles: &[Role], examples: &[Shown]) -> Vec<Body> {
        let mut groups: Vec<(Option<u16>, bool, Vec<TableId>)> = Vec::new();
        for index in (0..roles.len()).filter(|index| roles[*index] == Role::Response) {
            let place = self.draft.tables[index].place;
            let abnormal = place.abnormal && place.status.is_none_or(|status| status >= 400);
            let id = (self.page, index);
            match groups
                .iter_mut()
                .find(|(status, failed, _)| *status == place.status && *failed == abnormal)
            {
                Some((.., tables)) => tables.push(id),
                None => groups.push((place.status, abnormal, vec![id])),
            }
        }
        for index in (0..roles.len()).filter(|index| roles[*index] == Role::ResponseHeader) {
            self.fates[index] = Fate::ResponseHeaders;
        }
        let success: Vec<u16> = {
            let mut codes: Vec<u16> = self
                .draft
                .statuses
                .iter()
                .copied()
                .filter(|code| (200..300).contains(code))
                .collect();
            let mut seen = BTreeSet::new();
            codes.retain(|code| seen.insert(*code));
            codes
        };
        let shown_status = examples
            .iter()
            .find(|shown| {
                !shown.request
                    && shown
                        .status
                        .is_some_and(|status| (200..300).contains(&status))
            })
            .and_then(|shown| shown.status);
        let usual = success.first().copied().or(shown_status);
        let mut responses: Vec<Body> = Vec::new();
        for (status, abnormal, tables) in groups {
            let failed = abnormal || status.is_some_and(|status| status >= 400);
            let shown: Vec<&Shown> = examples
                .iter()
                .filter(|shown| {
                    !shown.request
                        && is_failure(shown) == failed
                        && (shown.status == status
                            || status.is_none()
                            || shown.status.is_none()
                            || failed)
                })
                .collect();
            let roots = self.bodies(&tables, &shown, Some(failed));
            if roots.is_empty() {
                continue;
            }
            let failure = failed || status.is_none() && self.is_error(&roots);
            let status = if failure { status } else { status.or(usual) };
            if failure {
                for id in &tables {
                    self.fates[id.1] = Fate::Error;
                }
            }
            if responses
                .iter()
                .any(|known| known.status == status && known.failure == failure)
            {
                continue;
            }
            responses.push(Body {
                status,
                failure,
                roots,
                form: false,
            });
        }
        // What the table of statuses names and no table of fields describes.
        let mut named: Vec<u16> = self.draft.statuses.clone();
        named.sort_unstable();
        named.dedup();
        let body = responses.iter().any(|known| !known.failure);
        for code in named {
            let failure = code >= 400;
            let known = responses.iter().any(|known| known.status == Some(code));
            if known || !failure && body && code != 204 && !success.contains(&code) {
                continue;
            }
            responses.push(Body {
                status: Some(code),
                failure,
                roots: Vec::new(),
                form: false,
            });
        }
        responses.sort_by_key(|body| {
            (
                body.failure,
                body.status.is_none() == body.failure,
                body.status,
            )
        });
        responses
    }

    /// A response of nothing but an error.
    fn is_error(&self, roots: &[TableId]) -> bool {
        roots.iter().all(|root| {
            let rows = &self.library.table(*root).rows;
            let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            matches!(
                names[..],
                ["error"]
                    | ["error_code", "error_msg"]
                    | ["error_msg", "error_code"]
                    | ["errCode", "externalMessage"]
            )
        })
    }

    /// The roots among the tables of a body, the first one first; everything below them is built.
    fn bodies(
        &mut self,
        tables: &[TableId],
        examples: &[&Shown],
        response: Option<bool>,
    ) -> Vec<TableId> {
        let candidates = self.candidates(tables);
        let Some(&root) = candidates.first() else {
            return Vec::new();
        };
        self.nest.open.extend(tables.iter().copied());
        self.nest.scope = tables
            .iter()
            .copied()
            .filter(|id| *id != root)
            .map(|id| (id, self.referred.contains(&id)))
            .collect();
        let example = examples
            .first()
            .map(|shown| root_object(&shown.found.read.json));
        let example = best_example(self.library.table(root), examples).or(example);
        self.nest.build(root, &[], None, None, example);
        self.nest.open.remove(&root);
        let mut roots = vec![root];
        for &other in &candidates[1..] {
            if self.nest.built.contains_key(&other) {
                continue;
            }
            if self.is_variant(root, other, examples) {
                self.nest.take(other);
                let example = best_example(self.library.table(other), examples);
                self.nest.build(other, &[], None, None, example);
                self.nest.open.remove(&other);
                roots.push(other);
            }
        }
        for &id in tables {
            if self.nest.built.contains_key(&id) {
                self.fates[id.1] = Fate::Body;
            } else if self.is_copy(id) {
                self.fates[id.1] = Fate::Copy;
            } else {
                self.fates[id.1] = if response == Some(true) {
                    Fate::Error
                } else {
                    Fate::Orphan
                };
            }
        }
        roots
    }

    /// Tables that nothing refers to, those that say that they are a body first; tables whose captions
    /// name an open row of another table come last.
    fn candidates(&self, tables: &[TableId]) -> Vec<TableId> {
        let free: Vec<TableId> = tables
            .iter()
            .copied()
            .filter(|id| !self.referred.contains(id))
            .collect();
        if free.is_empty() {
            return tables.first().copied().into_iter().collect();
        }
        let named = |id: TableId| {
            let table = self.library.table(id);
            tables.iter().any(|&other| {
                other != id
                    && self.library.table(other).rows.iter().any(|row| {
                        nests(&row.kind)
                            && self.nest.by_reference(other, row).is_none()
                            && table.names.iter().any(|caption| {
                                caption.names(&row.name, &[]) > 0
                                    || row
                                        .kind
                                        .name()
                                        .is_some_and(|name| caption.names(name, &[]) > 0)
                            })
                    })
            })
        };
        let mut ranked: Vec<(u8, TableId)> = free
            .into_iter()
            .map(|id| {
                let table = self.library.table(id);
                let rank = match table.hint {
                    Some(In::Body) => 0,
                    _ if named(id) => 2,
                    _ => 1,
                };
                (rank, id)
            })
            .collect();
        ranked.sort();
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether an example shows that a table is another shape of the body.
    fn is_variant(&self, root: TableId, other: TableId, examples: &[&Shown]) -> bool {
        let names = |id: TableId| -> Vec<&str> {
            self.library
                .table(id)
                .rows
                .iter()
                .map(|row| row.name.as_str())
                .collect()
        };
        let (own, known) = (names(other), names(root));
        if own == known {
            return false;
        }
        examples.iter().any(|shown| {
            let members = root_object(&shown.found.read.json).members();
            !members.is_empty()
                && members
                    .iter()
                    .all(|member| own.contains(&member.key.as_str()))
                && !members
                    .iter()
                    .all(|member| known.contains(&member.key.as_str()))
        })
    }

    /// A table whose rows are those of a table that is in the model.
    fn is_copy(&self, id: TableId) -> bool {
        let table = self.library.table(id);
        self.nest.built.keys().any(|known| {
            let known = self.library.table(*known);
            known.rows.len() == table.rows.len()
                && known
                    .rows
                    .iter()
                    .zip(&table.rows)
                    .all(|(a, b)| a.name == b.name)
        })
    }

    /// Tables of bodies that no body has taken.
    fn leftovers(&mut self, roles: &[Role]) {
        for (index, role) in roles.iter().enumerate() {
            let id = (self.page, index);
            if matches!(role, Role::Request | Role::Response) && self.fates[index] == Fate::Note {
                self.fates[index] = if self.nest.built.contains_key(&id) {
                    Fate::Body
                } else {
                    Fate::Orphan
                };
            }
            if self.fates[index] == Fate::Orphan && self.nest.built.contains_key(&id) {
                self.fates[index] = Fate::Body;
            }
        }
    }

    fn examples(&self) -> (Vec<Shown>, Vec<(usize, usize)>) {
        let mut examples: Vec<Shown> = Vec::new();
        let mut broken = Vec::new();
        let mut status = None;
        let mut last = None;
        for (index, listing) in self.draft.listings.iter().enumerate() {
            if listing.place.part == Part::Uri {
                continue;
            }
            if last.is_some_and(|last| last != listing.place.part) {
                status = None;
            }
            last = Some(listing.place.part);
            if let Some(found) = listing
                .text
                .lines()
                .take(2)
                .find_map(|line| super::part::status(line.trim()))
            {
                status = Some(found);
            }
            let request = is_request(listing, &examples);
            match example::find(&listing.text) {
                example::Listing::Json(found) => {
                    let line = line_at(listing, found.start);
                    examples.push(Shown {
                        request,
                        status: if request {
                            None
                        } else {
                            listing.place.status.or(status.take())
                        },
                        abnormal: listing.place.abnormal
                            || !request
                                && listing.place.status.is_none()
                                && shows_error(&found.read.json),
                        line,
                        listing: index,
                        found,
                    });
                }
                example::Listing::Broken(at) if listing.place.example => broken.push((index, at)),
                _ => {}
            }
        }
        // Where leads announce examples, listings elsewhere in the part show something else.
        let announced = |request: bool| {
            examples.iter().any(|shown| {
                shown.request == request && self.draft.listings[shown.listing].place.example
            })
        };
        let (request, response) = (announced(true), announced(false));
        examples.retain(|shown| {
            self.draft.listings[shown.listing].place.example
                || !(if shown.request { request } else { response })
        });
        (examples, broken)
    }
}

/// Whether a listing shows a request.
fn is_request(listing: &Listing, before: &[Shown]) -> bool {
    match listing.place.part {
        Part::Request => true,
        Part::Response => false,
        _ => {
            let first = listing
                .text
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or_default();
            let method = super::super::METHODS
                .iter()
                .any(|method| first.starts_with(method))
                || first.starts_with("curl");
            let status = first.to_ascii_uppercase().starts_with("HTTP/")
                || first.to_ascii_uppercase().starts_with("STATUS");
            method
                || !status
                    && !before.iter().any(|shown| shown.request)
                    && listing.place.status.is_none()
        }
    }
}

/// The line of a byte of a listing: its lines are the last of the block.
pub(crate) fn line_at(listing: &Listing, at: usize) -> u32 {
    let before = listing.text[..at.min(listing.text.len())]
        .matches('\n')
        .count();
    listing.first_line + u32::try_from(before).unwrap_or(0)
}

/// An error as services report it: a code and a message, or one object of these.
fn shows_error(json: &Json) -> bool {
    let has = |json: &Json, keys: &[&str]| {
        json.members()
            .iter()
            .any(|member| keys.contains(&member.key.as_str()))
    };
    let names_it = |json: &Json| {
        has(
            json,
            &["error_code", "errCode", "error", "error_msg", "err_code"],
        )
    };
    match json.members() {
        [only] => {
            only.key.to_lowercase().starts_with("err")
                || has(&only.value, &["code"])
                    && has(&only.value, &["message"])
                    && only.value.members().len() <= 4
        }
        members => names_it(json) && members.len() <= 5,
    }
}

pub(crate) fn is_failure(shown: &Shown) -> bool {
    match shown.status {
        Some(status) => status >= 400,
        None => shown.abnormal,
    }
}

/// The object that a table of a body describes: the body, or the first element of an array.
fn root_object(json: &Json) -> &Json {
    json.elements().first().unwrap_or(json)
}

/// The example that has most names of a table.
fn best_example<'e>(table: &Fields, examples: &[&'e Shown]) -> Option<&'e Json> {
    let known = |json: &Json| {
        json.members()
            .iter()
            .filter(|member| table.rows.iter().any(|row| row.name == member.key))
            .count()
    };
    let mut best: Option<(usize, &Json)> = None;
    for shown in examples {
        let json = root_object(&shown.found.read.json);
        let count = known(json);
        if count > 0 && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, json));
        }
    }
    best.map(|(_, json)| json)
}

fn nests(kind: &Kind) -> bool {
    kind.may_nest() && !matches!(kind, Kind::Unstated | Kind::Unknown)
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

fn is_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("x-")
        || matches!(
            name.as_str(),
            "content-type" | "authorization" | "accept" | "content-length" | "content-range"
        )
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

/// Whether a row lists a field of the body.
pub(crate) fn of_body(row: &Row) -> bool {
    matches!(row.location, None | Some(In::Body))
}

/// Calls `read` with every table in a type.
pub(crate) fn tables_in(value: &Type, read: &mut impl FnMut(TableId)) {
    match value {
        Type::Table(id) => read(*id),
        Type::Array(inner) | Type::Map(inner) => tables_in(inner, read),
        Type::AnyOf(shapes) => shapes.iter().for_each(|shape| tables_in(shape, read)),
        Type::Inline(fields) => fields
            .iter()
            .for_each(|field| tables_in(&field.value, read)),
        Type::Plain(_) | Type::Open => {}
    }
}
