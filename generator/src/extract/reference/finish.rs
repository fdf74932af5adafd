//! From an operation put together to the model: types become schemas, tables become named schemas,
//! facts become keywords.

mod schema;

use std::collections::{BTreeMap, BTreeSet};

use self::schema::Schemas;
use super::draft::Draft;
use super::kind::StatedType;
use super::library::{Library, TableId};
use super::operation::{self, Operation};
use crate::model::reference::In;
use crate::model::reference::{
    self, Example, Parameter, ReferenceEndpoint, ReferencePage, Response,
};
use crate::model::schema::{Kind, Schema};

/// The page of the model: that of a `service` at a path, and whether it is withdrawn.
pub(crate) fn page(
    tables: &Library<'_>,
    operation: &Operation,
    names: &BTreeMap<TableId, String>,
    (service, path): (&str, &str),
    withdrawn: bool,
) -> ReferencePage {
    let draft = &tables.drafts[operation.page];
    let schemas = Schemas::new(tables, operation, names);
    let request = operation
        .request
        .as_ref()
        .map(|body| request(&schemas, draft, body));
    let responses: Vec<Response> = operation
        .responses
        .iter()
        .map(|body| response(&schemas, draft, body))
        .collect();
    ReferencePage {
        service: service.to_owned(),
        page: path.to_owned(),
        line: draft.line,
        title: draft.title.clone(),
        original_name: draft.original_name.clone(),
        description: draft.description.clone(),
        deprecated: withdrawn,
        endpoints: endpoints(draft),
        parameters: operation
            .parameters
            .iter()
            .map(|stated| parameter(tables, draft, stated))
            .collect(),
        examples: examples(operation, &responses),
        schemas: named(&schemas, request.as_ref(), &responses),
        request,
        responses,
    }
}

fn endpoints(draft: &Draft) -> Vec<ReferenceEndpoint> {
    draft
        .calls
        .iter()
        .map(|call| ReferenceEndpoint {
            method: call.method.clone(),
            path: call.path.clone(),
            line: call.span.line,
        })
        .collect()
}

fn request(schemas: &Schemas<'_>, draft: &Draft, body: &operation::Body) -> reference::Body {
    let (schema, line) = schemas.body(draft, body);
    let content_type = if body.form {
        "multipart/form-data"
    } else {
        "application/json"
    };
    reference::Body {
        content_type,
        schema,
        line,
    }
}

fn response(schemas: &Schemas<'_>, draft: &Draft, body: &operation::Body) -> Response {
    let made = (!body.roots.is_empty()).then(|| schemas.body(draft, body));
    Response {
        status: body.status,
        failure: body.failure,
        line: made.as_ref().map_or(draft.line, |(_, line)| *line),
        schema: made.map(|(schema, _)| schema),
    }
}

/// The examples; a response without a status has that of the first success.
fn examples(operation: &Operation, responses: &[Response]) -> Vec<Example> {
    let usual = responses
        .iter()
        .find(|response| !response.failure)
        .and_then(|response| response.status);
    operation
        .examples
        .iter()
        .map(|shown| example(shown, usual))
        .collect()
}

/// The named schemas that the bodies lead to, sorted by name.
fn named(
    schemas: &Schemas<'_>,
    request: Option<&reference::Body>,
    responses: &[Response],
) -> Vec<(String, Schema)> {
    let mut named = schemas.named();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named.dedup_by(|a, b| a.0 == b.0);
    let wanted = reached(request, responses, &named);
    named.retain(|(name, _)| wanted.contains(name));
    named
}

fn example(shown: &operation::Shown, usual: Option<u16>) -> Example {
    let failure = !shown.request && operation::is_failure(shown);
    Example {
        request: shown.request,
        failure,
        status: if shown.request || failure {
            shown.status
        } else {
            shown.status.or(usual)
        },
        line: shown.line,
        json: shown.found.read.json.clone(),
        strict: shown.found.read.slips.is_empty(),
    }
}

/// The named schemas that bodies lead to.
fn reached(
    request: Option<&reference::Body>,
    responses: &[Response],
    named: &[(String, Schema)],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&Schema> = request.into_iter().map(|body| &body.schema).collect();
    waiting.extend(
        responses
            .iter()
            .filter_map(|response| response.schema.as_ref()),
    );
    while let Some(schema) = waiting.pop() {
        schema.refs(&mut |name| {
            if found.insert(name.to_owned())
                && let Ok(at) = named.binary_search_by(|(known, _)| known.as_str().cmp(name))
            {
                waiting.push(&named[at].1);
            }
        });
    }
    found
}

fn parameter(tables: &Library<'_>, draft: &Draft, parameter: &operation::Parameter) -> Parameter {
    let row = parameter
        .row
        .map(|(id, index)| &tables.table(id).rows[index]);
    let mut schema = match row {
        Some(row) => schema::scalar(&row.kind),
        None => Schema::of(Kind::String),
    };
    if schema.kind == Kind::Any && row.is_none_or(|row| matches!(row.kind, StatedType::Unstated)) {
        schema.kind = Kind::String;
    }
    if let Some(row) = row {
        schema::facts(row, &mut schema);
    }
    Parameter {
        name: parameter.name.clone(),
        location: parameter.location,
        required: parameter.required || parameter.location == In::Path,
        schema,
        line: row.map_or(
            draft
                .calls
                .first()
                .map_or(draft.line, |call| call.span.line),
            |row| row.span.line,
        ),
    }
}
