//! What authors of reference pages should know, with the place on the page: also inside of examples.
//! It compares what was read and changes nothing.

use rst_parser::Span;

use super::draft::{Draft, Verbatim};
use super::library::Library;
use super::nest::Dangling;
use super::operation::{Fate, Operation};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::example::{Json, Value};
use crate::model::reference::ReferencePage;
use crate::model::schema::{Kind, Schema};

/// Says what is wrong with a page of an operation.
pub(crate) fn page(
    file: &str,
    text: &str,
    library: &Library<'_>,
    operation: &Operation,
    page: &ReferencePage,
    report: &mut Report,
) {
    let draft = &library.drafts[operation.page];
    let mut lint = Lint {
        file,
        text,
        draft,
        page,
        report,
        lines: None,
        said: Vec::new(),
    };
    lint.rows(library, operation);
    lint.tables(operation);
    lint.parameters(library, operation);
    for shown in &operation.examples {
        lint.example(
            shown.listing,
            &shown.found.read.json,
            shown.request,
            shown.status,
            shown.abnormal,
        );
        if let Some(slip) = shown.found.read.slips.first() {
            let place = lint.place(shown.listing, slip.at, 1);
            lint.push(
                Code::BrokenJson,
                place,
                format!("the example has {}", slip.what),
            );
        }
    }
    for (listing, at) in &operation.broken {
        let place = lint.place(*listing, *at, 1);
        lint.push(
            Code::BrokenJson,
            place,
            "the example cannot be read as JSON".to_owned(),
        );
    }
}

struct Lint<'a> {
    file: &'a str,
    text: &'a str,
    draft: &'a Draft,
    page: &'a ReferencePage,
    report: &'a mut Report,
    /// The bytes at which the lines of the page start.
    lines: Option<Vec<usize>>,
    /// What was said of fields in examples: once per page is enough.
    said: Vec<(Code, String)>,
}

impl Lint<'_> {
    fn push(&mut self, code: Code, place: Location, message: String) {
        self.report.push(Diagnostic::new(code, place, message));
    }

    fn at(&mut self, code: Code, span: Span, message: String) {
        let place = Location::span(self.file, span);
        self.push(code, place, message);
    }

    fn rows(&mut self, library: &Library<'_>, operation: &Operation) {
        for &(what, id, index) in &operation.findings {
            // A table of another page is looked at with that page.
            if id.0 != operation.page {
                continue;
            }
            let row = &library.table(id).rows[index];
            let (code, message) = match what {
                Dangling::Reference => {
                    let label = row.type_refs.first().map_or("", String::as_str);
                    (
                        Code::DanglingReference,
                        format!(
                            "the reference `{label}` of `{}` leads to no table",
                            row.name
                        ),
                    )
                }
                Dangling::Type => (
                    Code::FieldType,
                    format!("`{}` is not a type", row.type_text),
                ),
                Dangling::Repeated => (
                    Code::RepeatedField,
                    format!("`{}` has a row already", row.name),
                ),
            };
            self.at(code, row.span, message);
        }
    }

    fn tables(&mut self, operation: &Operation) {
        for (table, fate) in self.draft.tables.iter().zip(&operation.fates) {
            if *fate == Fate::Orphan {
                let name = if table.caption.is_empty() {
                    &table.lead
                } else {
                    &table.caption
                };
                let message = format!("no field refers to the table `{name}`");
                self.at(Code::OrphanTable, table.span, message);
            }
        }
    }

    fn parameters(&mut self, library: &Library<'_>, operation: &Operation) {
        let Some(call) = self.draft.calls.first() else {
            return;
        };
        for name in &operation.without_row {
            self.at(
                Code::UndescribedParameter,
                call.span,
                format!("`{name}` has no row in a table of parameters"),
            );
        }
        for &(id, index) in &operation.without_name {
            let row = &library.table(id).rows[index];
            self.at(
                Code::UnknownPathParameter,
                row.span,
                format!("the path has no `{}`", row.name),
            );
        }
    }

    fn example(
        &mut self,
        listing: usize,
        json: &Json,
        request: bool,
        status: Option<u16>,
        abnormal: bool,
    ) {
        let page = self.page;
        let schema = if request {
            page.request.as_ref().map(|body| &body.schema)
        } else if abnormal || status.is_some_and(|status| status >= 400) {
            page.responses
                .iter()
                .find(|response| response.status == status && status.is_some())
                .and_then(|response| response.schema.as_ref())
        } else {
            let same = page
                .responses
                .iter()
                .find(|response| response.status == status && response.schema.is_some());
            let any = || {
                page.responses
                    .iter()
                    .find(|response| response.schema.is_some() && !response.failure)
            };
            same.or_else(any)
                .and_then(|response| response.schema.as_ref())
        };
        if let Some(schema) = schema {
            self.value(listing, schema, json, "", 0);
        }
    }

    /// Compares a value with its schema.
    fn value(&mut self, listing: usize, schema: &Schema, json: &Json, path: &str, depth: usize) {
        if depth > 40 || json.value == Value::Null {
            return;
        }
        match (&schema.kind, &json.value) {
            (Kind::Ref(name), _) => {
                let page = self.page;
                if let Ok(at) = page.schemas.binary_search_by(|(known, _)| known.cmp(name)) {
                    self.value(listing, &page.schemas[at].1, json, path, depth + 1);
                }
            }
            (Kind::AnyOf(shapes), _) => {
                // The shape that knows most keys of the example.
                let known = |shape: &&Schema| match &shape.kind {
                    Kind::Object(object) => json.members().iter().filter(|member| object.properties.iter().any(|(name, _)| *name == member.key)).count(),
                    _ => 0,
                };
                if let Some(shape) = shapes.iter().rev().max_by_key(known) {
                    self.value(listing, shape, json, path, depth + 1);
                }
            }
            (Kind::Array(element), Value::Array(elements)) => {
                for inner in elements.iter().take(20) {
                    self.value(listing, element, inner, path, depth + 1);
                }
            }
            (Kind::Object(object), Value::Object(_)) => {
                for member in json.members() {
                    let inner = if path.is_empty() { member.key.clone() } else { format!("{path}.{}", member.key) };
                    let known = object.properties.iter().find(|(name, _)| *name == member.key);
                    if let Some((_, property)) = known {
                        self.value(listing, property, &member.value, &inner, depth + 1);
                    } else if let Some(additional) = &object.additional {
                        self.value(listing, additional, &member.value, &inner, depth + 1);
                    } else if let Some((name, _)) = object.properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(&member.key)) {
                        let message = format!("the example writes `{}`, the table `{name}`", member.key);
                        self.once(Code::KeyCase, &inner, listing, member.at, member.key.len() + 2, message);
                    } else if !object.properties.is_empty() {
                        let message = format!("no table has the key `{inner}` of the example");
                        self.once(Code::UndocumentedKey, &inner, listing, member.at, member.key.len() + 2, message);
                    }
                }
                for name in &object.required {
                    let has = json.members().iter().any(|member| member.key.eq_ignore_ascii_case(name));
                    if !has && !json.members().is_empty() {
                        let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                        let message = format!("the example lacks the mandatory field `{inner}`");
                        self.once(Code::ExampleLacksField, &inner, listing, json.at, 1, message);
                    }
                }
            }
            (kind, value) => {
                if let Some(expected) = mismatch(kind, value) {
                    let length = match value {
                        Value::String(text) => text.len() + 2,
                        Value::Number(text) => text.len(),
                        _ => 1,
                    };
                    let message = format!("`{path}` is {} in the example and {expected} in the table", kind_of(value));
                    self.once(Code::ExampleType, path, listing, json.at, length, message);
                } else if !schema.values.is_empty()
                    && let Value::String(text) = &json.value
                    && !schema.values.iter().any(|value| matches!(value, crate::model::schema::Scalar::String(known) if known == text))
                {
                    let message = format!("`{text}` is not among the values that the table lists for `{path}`");
                    self.once(Code::ExampleValue, path, listing, json.at, text.len() + 2, message);
                }
            }
        }
    }

    fn once(
        &mut self,
        code: Code,
        path: &str,
        listing: usize,
        at: usize,
        length: usize,
        message: String,
    ) {
        if self
            .said
            .iter()
            .any(|(known, said)| *known == code && said == path)
        {
            return;
        }
        self.said.push((code, path.to_owned()));
        let place = self.place(listing, at, length);
        self.push(code, place, message);
    }

    /// The place of byte `at` of a listing, which has lost the indentation of its lines.
    fn place(&mut self, listing: usize, at: usize, length: usize) -> Location {
        let text = self.text;
        let lines = self.lines.get_or_insert_with(|| {
            let ends = text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        });
        let listing: &Verbatim = &self.draft.listings[listing];
        let head = &listing.text[..at.min(listing.text.len())];
        let line_of_listing = head.matches('\n').count();
        let start_of_line = head.rfind('\n').map_or(0, |end| end + 1);
        let in_line = at.saturating_sub(start_of_line);
        let shown = listing.text[start_of_line..]
            .split('\n')
            .next()
            .unwrap_or_default();
        let line = listing.first_line as usize + line_of_listing;
        let begin = lines.get(line - 1).copied().unwrap_or(text.len());
        let written = text[begin..].split('\n').next().unwrap_or_default();
        let indent = written.find(shown.trim_end()).unwrap_or(0);
        // Where the line is not found again, the place may fall inside of a character.
        let boundary = |at: usize| {
            (0..=at.min(text.len()))
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(0)
        };
        let start = boundary(begin + indent + in_line);
        let end = boundary((start + length).min(begin + written.len())).max(start);
        let column = text
            .get(begin..start)
            .map_or(1, |before| before.chars().count() + 1);
        Location {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            start,
            end,
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What the table says, where the example says something else.
fn mismatch(kind: &Kind, value: &Value) -> Option<&'static str> {
    let (fits, expected) = match kind {
        Kind::String => (matches!(value, Value::String(_)), "a string"),
        Kind::Integer => (
            matches!(value, Value::Number(text) if !text.contains(['.', 'e', 'E'])),
            "an integer",
        ),
        Kind::Number => (matches!(value, Value::Number(_)), "a number"),
        Kind::Boolean => (matches!(value, Value::Bool(_)), "a boolean"),
        Kind::Object(_) => (matches!(value, Value::Object(_)), "an object"),
        Kind::Array(_) => (matches!(value, Value::Array(_)), "an array"),
        Kind::Any | Kind::Ref(_) | Kind::AnyOf(_) => return None,
    };
    (!fits).then_some(expected)
}
