//! Schemas of one operation: a type becomes a schema, and what its row states becomes keywords.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::draft::Draft;
use super::super::kind::StatedType;
use super::super::library::{Library, TableId};
use super::super::nest::{Built, Field, Type};
use super::super::operation::{self, Body, Operation, Wrapper};
use super::super::row::FieldRow;
use crate::model::schema::{Kind, Object, Scalar, Schema};

/// Schemas without a name do not nest deeper than this.
const DEEPEST: usize = 32;

/// Makes schemas of one operation's types.
pub(super) struct Schemas<'a> {
    tables: &'a Library<'a>,
    operation: &'a Operation,
    /// The names of tables that have a schema of their own.
    names: &'a BTreeMap<TableId, String>,
    /// Tables without a name that are written where they are used, the outermost first.
    around: RefCell<Vec<TableId>>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(
        tables: &'a Library<'a>,
        operation: &'a Operation,
        names: &'a BTreeMap<TableId, String>,
    ) -> Self {
        Schemas {
            tables,
            operation,
            names,
            around: RefCell::default(),
        }
    }

    /// The schemas of the tables with names.
    pub(super) fn named(&self) -> Vec<(String, Schema)> {
        let built = self.operation.built.iter();
        built
            .filter_map(|(id, built)| Some((self.names.get(id)?.clone(), self.table(built))))
            .collect()
    }

    /// The schema of a table.
    fn table(&self, built: &Built) -> Schema {
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
    pub(super) fn body(&self, draft: &Draft, body: &Body) -> (Schema, u32) {
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
            .map_or(draft.line, |root| self.tables.table(*root).span.line);
        let schema = if shapes.len() == 1 {
            shapes.remove(0)
        } else {
            Schema::of(Kind::AnyOf(shapes))
        };
        match &body.wrapper {
            Some(wrapper) => (wrapped(wrapper, schema), line),
            None => (schema, line),
        }
    }

    fn row(&self, (id, index): (TableId, usize)) -> &FieldRow {
        &self.tables.table(id).rows[index]
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

/// An object with one key around a body. The key is mandatory if a field of the body is.
fn wrapped(wrapper: &Wrapper, body: Schema) -> Schema {
    let has_required = matches!(&body.kind, Kind::Object(object) if !object.required.is_empty());
    let value = if wrapper.array {
        Schema::of(Kind::Array(Box::new(body)))
    } else {
        body
    };
    Schema::of(Kind::Object(Object {
        required: has_required
            .then(|| wrapper.key.clone())
            .into_iter()
            .collect(),
        properties: vec![(wrapper.key.clone(), value)],
        additional: None,
    }))
}

/// The schema of a cell that no table describes.
pub(super) fn scalar(kind: &StatedType) -> Schema {
    let (kind, format) = match kind {
        StatedType::String(format) => (Kind::String, *format),
        StatedType::Integer(format) => (Kind::Integer, *format),
        StatedType::Number(format) => (Kind::Number, *format),
        StatedType::Boolean => (Kind::Boolean, None),
        StatedType::Object(_) | StatedType::Described => (Kind::Object(Object::default()), None),
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

/// Adds what the row states about its values, and its description if that was kept.
pub(super) fn facts(row: &FieldRow, schema: &mut Schema) {
    let stated = &row.facts;
    schema.description.clone_from(&row.description);
    schema.default = stated
        .default
        .as_ref()
        .and_then(|value| typed(&schema.kind, value));
    // Values that are listed for an array are those of its elements.
    let listed = match &mut schema.kind {
        Kind::Array(element) => element,
        _ => &mut *schema,
    };
    if matches!(listed.kind, Kind::String | Kind::Integer | Kind::Number) {
        let values: Option<Vec<Scalar>> = stated
            .values
            .iter()
            .map(|value| typed(&listed.kind, value))
            .collect();
        listed.values = values.unwrap_or_default();
    }
    let limits = match schema.kind {
        // The length of an array may be that of its elements.
        Kind::String => stated.of_length,
        Kind::Integer | Kind::Number => !stated.of_length,
        _ => false,
    };
    if limits {
        schema.minimum = stated.minimum.as_deref().and_then(number);
        schema.maximum = stated.maximum.as_deref().and_then(number);
    }
}

fn number(text: &str) -> Option<Scalar> {
    text.parse::<i64>()
        .map(Scalar::Integer)
        .or_else(|_| text.parse::<f64>().map(Scalar::Number))
        .ok()
}

/// A value in the kind of its field; `None` if it cannot be one.
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
