//! The types of parameters and bodies in the terms of JSON Schema 2020-12. Names are exactly those of the
//! API. The schema contains facts, but no prose.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The JSON values of a parameter, a field or a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The kind of value.
    pub kind: Kind,
    /// The format of a scalar, such as `int64` or `date-time`.
    pub format: Option<&'static str>,
    /// The values that the page lists. The list is complete.
    pub values: Vec<Scalar>,
    /// The default value.
    pub default: Option<Scalar>,
    /// The smallest value or length.
    pub minimum: Option<Scalar>,
    /// The largest value or length.
    pub maximum: Option<Scalar>,
}

/// The kinds of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// Any value, because the page does not say.
    #[default]
    Any,
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An object.
    Object(Object),
    /// An array of elements.
    Array(Box<Schema>),
    /// A named schema of the page.
    Ref(String),
    /// One of several shapes.
    AnyOf(Vec<Schema>),
}

/// The fields of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The fields with documented names, in the order of the page.
    pub properties: Vec<(String, Schema)>,
    /// The names of the required fields, in the order of the page.
    pub required: Vec<String>,
    /// The values under other names. `None` if the page does not mention other names.
    pub additional: Option<Box<Schema>>,
}

/// A constant value in a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Scalar::String(text) => serializer.serialize_str(text),
            Scalar::Integer(number) => serializer.serialize_i64(*number),
            Scalar::Number(number) => serializer.serialize_f64(*number),
            Scalar::Boolean(value) => serializer.serialize_bool(*value),
        }
    }
}

impl Schema {
    /// A schema with only a kind.
    pub fn of(kind: Kind) -> Schema {
        Schema {
            kind,
            ..Schema::default()
        }
    }

    /// Calls `read` with every named schema that this schema refers to.
    pub fn refs<'s>(&'s self, read: &mut impl FnMut(&'s str)) {
        match &self.kind {
            Kind::Ref(name) => read(name),
            Kind::Array(element) => element.refs(read),
            Kind::Object(object) => {
                for (_, property) in &object.properties {
                    property.refs(read);
                }
                if let Some(additional) = &object.additional {
                    additional.refs(read);
                }
            }
            Kind::AnyOf(shapes) => shapes.iter().for_each(|shape| shape.refs(read)),
            _ => {}
        }
    }
}

/// Serializes as `#/$defs/NAME`.
struct Pointer<'a>(&'a str);

impl Serialize for Pointer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#/$defs/{}", self.0))
    }
}

/// Serializes as an object, in the order of the list.
struct Properties<'a>(&'a [(String, Schema)]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, schema)))
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let (low, high) = match &self.kind {
            Kind::String => ("minLength", "maxLength"),
            Kind::Array(_) => ("minItems", "maxItems"),
            _ => ("minimum", "maximum"),
        };
        match &self.kind {
            Kind::Any => {}
            Kind::String => map.serialize_entry("type", "string")?,
            Kind::Integer => map.serialize_entry("type", "integer")?,
            Kind::Number => map.serialize_entry("type", "number")?,
            Kind::Boolean => map.serialize_entry("type", "boolean")?,
            Kind::Array(element) => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", element)?;
            }
            Kind::Object(object) => {
                map.serialize_entry("type", "object")?;
                if !object.properties.is_empty() {
                    map.serialize_entry("properties", &Properties(&object.properties))?;
                }
                if !object.required.is_empty() {
                    map.serialize_entry("required", &object.required)?;
                }
                if let Some(additional) = &object.additional {
                    map.serialize_entry("additionalProperties", additional)?;
                }
            }
            Kind::Ref(name) => map.serialize_entry("$ref", &Pointer(name))?,
            Kind::AnyOf(shapes) => map.serialize_entry("anyOf", shapes)?,
        }
        if let Some(format) = self.format {
            map.serialize_entry("format", format)?;
        }
        if !self.values.is_empty() {
            map.serialize_entry("enum", &self.values)?;
        }
        if let Some(default) = &self.default {
            map.serialize_entry("default", default)?;
        }
        if let Some(minimum) = &self.minimum {
            map.serialize_entry(low, minimum)?;
        }
        if let Some(maximum) = &self.maximum {
            map.serialize_entry(high, maximum)?;
        }
        map.end()
    }
}
