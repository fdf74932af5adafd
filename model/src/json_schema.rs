//! The JSON Schemas of what has a JSON form of its own: the version of an interface, and the schemas in it.
//! The other types derive theirs.

use std::borrow::Cow;

use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde_json::json;

use super::VERSION;
use super::schema::{FORMATS, Scalar, Schema};

/// Adds the version of the format, which is a field of the file and not of the type. A newer minor version may have
/// more fields.
pub(super) fn versioned(schema: &mut schemars::Schema) {
    let version = json!({
        "description": "The major version of the format.",
        "type": "integer",
        "const": VERSION,
    });
    if let Some(properties) = schema
        .get_mut("properties")
        .and_then(|found| found.as_object_mut())
    {
        properties.insert("permspec".to_owned(), version);
    }
    if let Some(required) = schema
        .get_mut("required")
        .and_then(|found| found.as_array_mut())
    {
        required.insert(0, "permspec".into());
    }
    schema.insert("additionalProperties".to_owned(), true.into());
}

impl JsonSchema for Scalar {
    fn schema_name() -> Cow<'static, str> {
        "Scalar".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({
            "description": "A constant value in a schema.",
            "type": ["string", "number", "boolean"],
        })
    }
}

impl JsonSchema for Schema {
    fn schema_name() -> Cow<'static, str> {
        "Schema".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> schemars::Schema {
        let schema = generator.subschema_for::<Schema>();
        let scalar = generator.subschema_for::<Scalar>();
        let length = json!({"type": "integer", "minimum": 0});
        json_schema!({
            "description": "The JSON values of a parameter, a field or a body: a part of JSON Schema 2020-12. \
                            Without `type`, `$ref` and `anyOf`, any value is meant.",
            "type": "object",
            "properties": {
                "type": {"enum": ["string", "integer", "number", "boolean", "array", "object"]},
                "$ref": {"type": "string", "pattern": "^#/\\$defs/."},
                "anyOf": {"type": "array", "items": schema, "minItems": 1},
                "items": schema,
                "properties": {"type": "object", "additionalProperties": schema},
                "required": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "additionalProperties": schema,
                "format": {"enum": FORMATS},
                "enum": {"type": "array", "items": scalar, "minItems": 1},
                "default": scalar,
                "minimum": scalar,
                "maximum": scalar,
                "minLength": length,
                "maxLength": length,
                "minItems": length,
                "maxItems": length,
            },
            "if": {"properties": {"type": {"const": "array"}}, "required": ["type"]},
            "then": {"required": ["items"]},
            "else": {"not": {"required": ["items"]}},
        })
    }
}
