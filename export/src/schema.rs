//! JSON Schemas of the model, of interfaces, of `permspec.toml`, and of the context of templates.
//! The schemas are made from the types, and checked in below `schema/`. This module must never describe what the types
//! do not say.

use std::collections::BTreeSet;

use permspec::Project;
use permspec::model::{Interface, Page};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::Context;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page of the model, `spec/<service>/<page>.json`, as permspec writes it.
    Model,
    /// The interface of an operation, `spec/<service>/reference/<page>.json`, as permspec writes it.
    Interface,
    /// The configuration, `permspec.toml`, for editors.
    Configuration,
    /// The data that templates see.
    Context,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [
        Kind::Model,
        Kind::Interface,
        Kind::Configuration,
        Kind::Context,
    ];

    /// The name of its file, without the extension.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Model => "model",
            Kind::Interface => "interface",
            Kind::Configuration => "permspec",
            Kind::Context => "context",
        }
    }
}

/// A schema (draft 2020-12) as JSON with two spaces of indentation and a final newline.
///
/// ```
/// use permspec_export::schema::{Kind, text};
///
/// assert!(text(Kind::Configuration).contains("\"doc-url\""));
/// ```
///
/// # Panics
/// Never. A schema is a JSON value.
pub fn text(kind: Kind) -> String {
    let mut text = serde_json::to_string_pretty(&schema(kind))
        .expect("a schema is a JSON value, which can be written");
    text.push('\n');
    text
}

fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Model => written::<Page>(
            "A page of the spec model",
            "What the documentation says about each operation of one page: spec/<service>/<page>.json.",
        ),
        Kind::Interface => written::<Interface>(
            "The interface of an operation",
            "What one page of an API reference says about its operation: spec/<service>/reference/<page>.json.",
        ),
        Kind::Configuration => read::<Project>(
            "permspec.toml",
            "The configuration of a project: which pages belong to which service, and what is made from them.",
        ),
        Kind::Context => written::<Context>(
            "The data that templates see",
            "The catalogue as `permspec render` shows it to a template.",
        ),
    }
}

/// The schema of data that is written: every field is there.
fn written<T: JsonSchema>(title: &str, about: &str) -> Value {
    titled::<T>(SchemaSettings::draft2020_12().for_serialize(), title, about)
}

/// The schema of data that is read: fields may be left out.
fn read<T: JsonSchema>(title: &str, about: &str) -> Value {
    titled::<T>(
        SchemaSettings::draft2020_12().for_deserialize(),
        title,
        about,
    )
}

fn titled<T: JsonSchema>(settings: SchemaSettings, title: &str, about: &str) -> Value {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), about.into());
    schema.to_value()
}

/// The names of all fields of the context.
pub(crate) fn fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut left = vec![schema(Kind::Context)];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::Object(properties)) = object.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                left.extend(object.into_iter().map(|(_, value)| value));
            }
            Value::Array(values) => left.extend(values),
            _ => {}
        }
    }
    names
}
