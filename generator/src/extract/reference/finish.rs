//! From an operation put together to the model: types become schemas, tables become named schemas,
//! facts become keywords.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::draft::Draft;
use super::kind::StatedType;
use super::library::{Library, TableId};
use super::nest::{Built, Field, Type};
use super::operation::{self, Body, Operation};
use super::row::FieldRow;
use crate::model::reference::In;
use crate::model::reference::{
    self, Example, Parameter, ReferenceEndpoint, ReferencePage, Response,
};
use crate::model::schema::{Kind, Object, Scalar, Schema};

/// Schemas without a name nest no deeper than this.
const DEEPEST: usize = 32;

/// Makes schemas of one operation's types.
pub(crate) struct Schemas<'a> {
    pub(crate) library: &'a Library<'a>,
    pub(crate) operation: &'a Operation,
    /// The names of tables that have a schema of their own.
    pub(crate) names: &'a BTreeMap<TableId, String>,
    /// Tables without a name that are written where they are used, the outermost first.
    around: RefCell<Vec<TableId>>,
}

impl Schemas<'_> {
    /// The schema of a table.
    pub(crate) fn table(&self, built: &Built) -> Schema {
        if let Some(whole) = &built.whole {
            return self.value(whole);
        }
        Schema::of(Kind::Object(
            self.object(&built.fields, built.additional.as_ref()),
        ))
    }

    fn object(&self, fields: &[Field], additional: Option<&Type>) -> Object {
        let mut object = Object {
            additional: additional.map(|value| Box::new(self.value(value))),
            ..Object::default()
        };
        for field in fields {
            let row = self.row(field.row);
            if !operation::of_body(row) {
                continue;
            }
            let mut schema = self.value(&field.value);
            facts(row, &mut schema);
            if row.required == Some(true) {
                object.required.push(field.name.clone());
            }
            object.properties.push((field.name.clone(), schema));
        }
        object
    }

    /// The schema of a body, and its line.
    fn body(&self, draft: &Draft, body: &Body) -> (Schema, u32) {
        let root = |root: &TableId| match self.names.get(root) {
            Some(name) => Some(Schema::of(Kind::Ref(name.clone()))),
            None => self
                .operation
                .built
                .get(root)
                .map(|built| self.table(built)),
        };
        let mut shapes: Vec<Schema> = body.roots.iter().filter_map(root).collect();
        let line = body
            .roots
            .first()
            .map_or(draft.line, |root| self.library.table(*root).span.line);
        let schema = if shapes.len() == 1 {
            shapes.remove(0)
        } else {
            Schema::of(Kind::AnyOf(shapes))
        };
        (schema, line)
    }

    fn response(&self, draft: &Draft, response: &Body) -> Response {
        let made = (!response.roots.is_empty()).then(|| self.body(draft, response));
        Response {
            status: response.status,
            failure: response.failure,
            line: made.as_ref().map_or(draft.line, |(_, line)| *line),
            schema: made.map(|(schema, _)| schema),
        }
    }

    fn row(&self, (id, index): (TableId, usize)) -> &FieldRow {
        &self.library.table(id).rows[index]
    }

    fn value(&self, value: &Type) -> Schema {
        match value {
            Type::Plain(kind) => scalar(kind),
            Type::Open => Schema::of(Kind::Object(Object::default())),
            Type::Array(element) => Schema::of(Kind::Array(Box::new(self.value(element)))),
            Type::Map(value) => Schema::of(Kind::Object(Object {
                additional: Some(Box::new(self.value(value))),
                ..Object::default()
            })),
            Type::AnyOf(shapes) => Schema::of(Kind::AnyOf(
                shapes.iter().map(|shape| self.value(shape)).collect(),
            )),
            Type::Inline(fields) => Schema::of(Kind::Object(self.object(fields, None))),
            Type::Table(id) => match (self.names.get(id), self.operation.built.get(id)) {
                (Some(name), _) => Schema::of(Kind::Ref(name.clone())),
                (None, Some(built))
                    if !self.around.borrow().contains(id)
                        && self.around.borrow().len() < DEEPEST =>
                {
                    self.around.borrow_mut().push(*id);
                    let schema = self.table(built);
                    self.around.borrow_mut().pop();
                    schema
                }
                _ => Schema::of(Kind::Object(Object::default())),
            },
        }
    }
}

/// The schema of a cell that no table describes.
fn scalar(kind: &StatedType) -> Schema {
    let (kind, format) = match kind {
        StatedType::String(format) => (Kind::String, *format),
        StatedType::Integer(format) => (Kind::Integer, *format),
        StatedType::Number(format) => (Kind::Number, *format),
        StatedType::Boolean => (Kind::Boolean, None),
        StatedType::Object(_) => (Kind::Object(Object::default()), None),
        StatedType::Array(element) => (Kind::Array(Box::new(scalar(element))), None),
        StatedType::Map(value) => (
            Kind::Object(Object {
                additional: Some(Box::new(match **value {
                    StatedType::Object(None) => Schema::default(),
                    ref value => scalar(value),
                })),
                ..Object::default()
            }),
            None,
        ),
        StatedType::Unstated | StatedType::Unknown | StatedType::Any | StatedType::Word(_) => {
            (Kind::Any, None)
        }
    };
    Schema {
        kind,
        format,
        ..Schema::default()
    }
}

/// Adds what the row states about its values.
fn facts(row: &FieldRow, schema: &mut Schema) {
    let facts = &row.facts;
    schema.default = facts
        .default
        .as_ref()
        .and_then(|value| typed(&schema.kind, value));
    // A list of values of an array is one of its elements.
    let listed = match &mut schema.kind {
        Kind::Array(element) => element,
        _ => &mut *schema,
    };
    if matches!(listed.kind, Kind::String | Kind::Integer | Kind::Number) {
        let values: Option<Vec<Scalar>> = facts
            .values
            .iter()
            .map(|value| typed(&listed.kind, value))
            .collect();
        listed.values = values.unwrap_or_default();
    }
    let limits = match schema.kind {
        // Of an array it may be that of its elements.
        Kind::String => facts.of_length,
        Kind::Integer | Kind::Number => !facts.of_length,
        _ => false,
    };
    if limits {
        let number = |text: Option<&String>| {
            let text = text?;
            text.parse::<i64>()
                .map(Scalar::Integer)
                .or_else(|_| text.parse::<f64>().map(Scalar::Number))
                .ok()
        };
        schema.minimum = number(facts.minimum.as_ref());
        schema.maximum = number(facts.maximum.as_ref());
    }
}

/// A value as the kind of its field has it; `None` where it cannot be one.
fn typed(kind: &Kind, value: &str) -> Option<Scalar> {
    let plain = value.trim_matches(['"', '“', '”', '\'']);
    match kind {
        Kind::String => Some(Scalar::String(plain.to_owned())),
        Kind::Integer => plain.parse().ok().map(Scalar::Integer),
        Kind::Number => plain
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(Scalar::Number),
        Kind::Boolean => match plain.to_ascii_lowercase().as_str() {
            "true" => Some(Scalar::Boolean(true)),
            "false" => Some(Scalar::Boolean(false)),
            _ => None,
        },
        _ => None,
    }
}

/// The page of the model.
pub(crate) fn page(
    library: &Library<'_>,
    operation: &Operation,
    names: &BTreeMap<TableId, String>,
    service: &str,
    path: &str,
) -> ReferencePage {
    let draft = &library.drafts[operation.page];
    let schemas = Schemas {
        library,
        operation,
        names,
        around: RefCell::default(),
    };
    let request = operation.request.as_ref().map(|request| {
        let (schema, line) = schemas.body(draft, request);
        let content_type = if request.form {
            "multipart/form-data"
        } else {
            "application/json"
        };
        reference::Body {
            content_type,
            schema,
            line,
        }
    });
    let responses: Vec<Response> = operation
        .responses
        .iter()
        .map(|response| schemas.response(draft, response))
        .collect();
    let parameters: Vec<Parameter> = operation
        .parameters
        .iter()
        .map(|parameter| self::parameter(library, draft, parameter))
        .collect();
    let usual = responses
        .iter()
        .find(|response| !response.failure)
        .and_then(|response| response.status);
    let examples: Vec<Example> = operation
        .examples
        .iter()
        .map(|shown| example(shown, usual))
        .collect();
    let mut schemas_by_name: Vec<(String, Schema)> = operation
        .built
        .iter()
        .filter_map(|(id, built)| {
            let name = names.get(id)?;
            Some((name.clone(), schemas.table(built)))
        })
        .collect();
    schemas_by_name.sort_by(|a, b| a.0.cmp(&b.0));
    schemas_by_name.dedup_by(|a, b| a.0 == b.0);
    let wanted = reached(request.as_ref(), &responses, &schemas_by_name);
    schemas_by_name.retain(|(name, _)| wanted.contains(name.as_str()));
    ReferencePage {
        service: service.to_owned(),
        page: path.to_owned(),
        line: draft.line,
        title: draft.title.clone(),
        original_name: draft.original_name.clone(),
        deprecated: is_deprecated(&draft.title) || is_deprecated(path),
        endpoints: draft
            .calls
            .iter()
            .map(|call| ReferenceEndpoint {
                method: call.method.clone(),
                path: call.path.clone(),
                line: call.span.line,
            })
            .collect(),
        parameters,
        request,
        responses,
        examples,
        schemas: schemas_by_name,
    }
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
) -> std::collections::BTreeSet<String> {
    let mut found = std::collections::BTreeSet::new();
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

fn parameter(library: &Library<'_>, draft: &Draft, parameter: &operation::Parameter) -> Parameter {
    let row = parameter
        .row
        .map(|(id, index)| &library.table(id).rows[index]);
    let mut schema = match row {
        Some(row) => scalar(&row.kind),
        None => Schema::of(Kind::String),
    };
    if schema.kind == Kind::Any && row.is_none_or(|row| matches!(row.kind, StatedType::Unstated)) {
        schema.kind = Kind::String;
    }
    if let Some(row) = row {
        facts(row, &mut schema);
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

/// Words of pages that are withdrawn or will be, words divided by one space.
const WITHDRAWN: [&str; 14] = [
    "deprecated",
    "discarded",
    "historical",
    "history api",
    "unavailable soon",
    "abandoned",
    "taken offline",
    "obsolete",
    "unrecommended",
    "not recommended",
    "out of date",
    "outdated",
    "old version",
    "withdrawn",
];

/// Whether a title or a path says that its page is withdrawn or will be.
fn is_deprecated(text: &str) -> bool {
    let plain = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    };
    let text: String = text.chars().map(plain).collect();
    WITHDRAWN.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_a_path_says_that_a_page_is_withdrawn() {
        for text in [
            "Querying Images (Deprecated)",
            "ims/api-ref/source/out-of-date_apis/page.rst",
            "rds/api_v1_to_be_discarded/page.rst",
            "dws/apis_unavailable_soon/page.rst",
        ] {
            assert!(is_deprecated(text), "{text}");
        }
        assert!(!is_deprecated(
            "ims/api-ref/source/apis/updating_an_image.rst"
        ));
    }
}
