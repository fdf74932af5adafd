//! Examples against the schemas that the tables give: keys, types, mandatory fields, listed values.

use super::super::draft::Verbatim;
use super::super::operation::{Shown, Wrapper};
use super::Lint;
use crate::diagnostic::Code;
use crate::model::example::{Json, Member, Value};
use crate::model::reference::ReferencePage;
use crate::model::schema::{Kind, Object, Scalar, Schema};

/// Values are not compared deeper than this.
const DEEPEST: usize = 40;
/// So many elements of an array are compared.
const MOST_ELEMENTS: usize = 20;

impl Lint<'_> {
    /// Compares an example with the schema of its body.
    pub(super) fn example(&mut self, shown: &Shown) {
        let read = &shown.found.read;
        if let Some(schema) = schema_of(self.page, shown) {
            let listing = &self.draft.listings[shown.listing];
            Comparison {
                lint: self,
                listing,
            }
            .value(schema, &read.json, "", 0);
        }
        if let Some(slip) = read.slips.first() {
            let message = format!("the example has {}", slip.what);
            self.broken(shown.listing, slip.at, message);
        }
    }

    /// Reports the key around a body that only the example has.
    pub(super) fn wrapper(&mut self, wrapper: &Wrapper) {
        let key = &wrapper.key;
        let listing = &self.draft.listings[wrapper.listing];
        let place = self.place(listing, wrapper.at, key.len() + 2);
        let message = format!("no table has the key `{key}` of the example");
        self.push(Code::UndocumentedKey, place, message);
    }

    /// Reports that a listing is not strict JSON at byte `at`.
    pub(super) fn broken(&mut self, listing: usize, at: usize, message: String) {
        let place = self.place(&self.draft.listings[listing], at, 1);
        self.push(Code::BrokenJson, place, message);
    }
}

/// The schema of the body that an example shows.
fn schema_of<'p>(page: &'p ReferencePage, shown: &Shown) -> Option<&'p Schema> {
    if shown.request {
        return page.request.as_ref().map(|body| &body.schema);
    }
    let status = shown.status;
    let failed = shown.abnormal || status.is_some_and(|status| status >= 400);
    let responses = &page.responses;
    let response = if failed {
        let mut same = responses
            .iter()
            .filter(|response| response.status == status);
        same.next().filter(|_| status.is_some())
    } else {
        let mut described = responses
            .iter()
            .filter(|response| response.schema.is_some());
        described
            .clone()
            .find(|response| response.status == status)
            .or_else(|| described.find(|response| !response.failure))
    };
    response?.schema.as_ref()
}

/// The comparison of one listing.
struct Comparison<'l, 'a> {
    lint: &'l mut Lint<'a>,
    listing: &'a Verbatim,
}

impl Comparison<'_, '_> {
    /// Compares the value at `path` with its schema.
    fn value(&mut self, schema: &Schema, json: &Json, path: &str, depth: usize) {
        if depth > DEEPEST || json.value == Value::Null {
            return;
        }
        match (&schema.kind, &json.value) {
            (Kind::Ref(name), _) => {
                let named = &self.lint.page.schemas;
                if let Ok(at) = named.binary_search_by(|(known, _)| known.cmp(name)) {
                    self.value(&named[at].1, json, path, depth + 1);
                }
            }
            (Kind::AnyOf(shapes), _) => {
                if let Some(shape) = most_known(shapes, json) {
                    self.value(shape, json, path, depth + 1);
                }
            }
            (Kind::Array(element), Value::Array(elements)) => {
                for inner in elements.iter().take(MOST_ELEMENTS) {
                    self.value(element, inner, path, depth + 1);
                }
            }
            (Kind::Object(object), Value::Object(members)) => {
                for member in members {
                    self.member(object, member, path, depth + 1);
                }
                self.required(object, json, path);
            }
            _ => self.scalar(schema, json, path),
        }
    }

    /// Compares a member of the object at `path`.
    fn member(&mut self, object: &Object, member: &Member, path: &str, depth: usize) {
        let key = member.key.as_str();
        let inner = inside(path, key);
        let known = object.properties.iter().find(|(name, _)| name == key);
        let value = known
            .map(|(_, property)| property)
            .or(object.additional.as_deref());
        if let Some(value) = value {
            self.value(value, &member.value, &inner, depth);
            return;
        }
        let other_case = |(name, _): &&(String, Schema)| name.eq_ignore_ascii_case(key);
        let length = key.len() + 2;
        if let Some((name, _)) = object.properties.iter().find(other_case) {
            let message = format!("the example writes `{key}`, the table `{name}`");
            self.once(Code::KeyCase, &inner, member.at, length, message);
        } else if !object.properties.is_empty() {
            let message = format!("no table has the key `{inner}` of the example");
            self.once(Code::UndocumentedKey, &inner, member.at, length, message);
        }
    }

    /// Reports mandatory fields that the object at `path` lacks.
    fn required(&mut self, object: &Object, json: &Json, path: &str) {
        let members = json.members();
        if members.is_empty() {
            return;
        }
        for name in &object.required {
            if members
                .iter()
                .any(|member| member.key.eq_ignore_ascii_case(name))
            {
                continue;
            }
            let inner = inside(path, name);
            let message = format!("the example lacks the mandatory field `{inner}`");
            self.once(Code::ExampleLacksField, &inner, json.at, 1, message);
        }
    }

    /// Compares a value that does not have parts of its own in the schema.
    fn scalar(&mut self, schema: &Schema, json: &Json, path: &str) {
        let value = &json.value;
        if let Some(expected) = mismatch(&schema.kind, value) {
            let length = match value {
                Value::String(text) => text.len() + 2,
                Value::Number(text) => text.len(),
                _ => 1,
            };
            let message = format!(
                "`{path}` is {} in the example and {expected} in the table",
                kind_of(value)
            );
            self.once(Code::ExampleType, path, json.at, length, message);
        } else if let Value::String(text) = value
            && !schema.values.is_empty()
            && !lists(&schema.values, text)
        {
            let message =
                format!("`{text}` is not among the values that the table lists for `{path}`");
            self.once(Code::ExampleValue, path, json.at, text.len() + 2, message);
        }
    }

    /// Reports something about `path` at byte `at` of the listing, once per page.
    fn once(&mut self, code: Code, path: &str, at: usize, length: usize, message: String) {
        let mut said = self.lint.said.iter();
        if said.any(|(known, said)| *known == code && said == path) {
            return;
        }
        self.lint.said.push((code, path.to_owned()));
        let place = self.lint.place(self.listing, at, length);
        self.lint.push(code, place, message);
    }
}

/// The path of a key in the object at `path`.
fn inside(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// The shape that knows most keys of an object, the first of equals.
fn most_known<'s>(shapes: &'s [Schema], json: &Json) -> Option<&'s Schema> {
    let known = |shape: &&Schema| match &shape.kind {
        Kind::Object(object) => {
            let has = |key: &String| object.properties.iter().any(|(name, _)| name == key);
            let members = json.members().iter();
            members.filter(|member| has(&member.key)).count()
        }
        _ => 0,
    };
    shapes.iter().rev().max_by_key(known)
}

fn lists(values: &[Scalar], text: &str) -> bool {
    let mut values = values.iter();
    values.any(|value| matches!(value, Scalar::String(known) if known == text))
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

/// The kind that the table states, if the example has another one.
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
