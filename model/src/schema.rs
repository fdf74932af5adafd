//! The types of parameters and bodies in the terms of JSON Schema 2020-12. Names are exactly those of the
//! API. A schema contains facts. It has prose only in memory, for those who ask for it: what is written as a
//! model leaves prose out.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::interface::Named;
use super::object::read;

/// The formats of scalars that a schema may have.
pub(super) const FORMATS: [&str; 8] = [
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    "uuid",
    "binary",
];

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
    /// What the page says in its own words, if the reader was asked for it. A model never contains it: only the
    /// JSON of a [`ReferencePage`](super::reference::ReferencePage) does.
    pub description: Option<Box<str>>,
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

/// Serializes schemas by name as an object, in the order of the list, with or without `PROSE`.
pub(super) struct Properties<'a, const PROSE: bool>(pub(super) &'a [(String, Schema)]);

impl<const PROSE: bool> Serialize for Properties<'_, PROSE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.0.iter();
        serializer.collect_map(written.map(|(name, schema)| (name, Written::<PROSE>(schema))))
    }
}

/// Serializes a schema with or without `PROSE`.
pub(super) struct Written<'a, const PROSE: bool>(pub(super) &'a Schema);

/// Facts only. Models are made of this.
impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::<false>(self).serialize(serializer)
    }
}

impl<const PROSE: bool> Serialize for Written<'_, PROSE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = self.0;
        let mut map = serializer.serialize_map(None)?;
        let (low, high) = match &schema.kind {
            Kind::String => ("minLength", "maxLength"),
            Kind::Array(_) => ("minItems", "maxItems"),
            _ => ("minimum", "maximum"),
        };
        match &schema.kind {
            Kind::Any => {}
            Kind::String => map.serialize_entry("type", "string")?,
            Kind::Integer => map.serialize_entry("type", "integer")?,
            Kind::Number => map.serialize_entry("type", "number")?,
            Kind::Boolean => map.serialize_entry("type", "boolean")?,
            Kind::Array(element) => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", &Written::<PROSE>(element))?;
            }
            Kind::Object(object) => {
                map.serialize_entry("type", "object")?;
                if !object.properties.is_empty() {
                    map.serialize_entry("properties", &Properties::<PROSE>(&object.properties))?;
                }
                if !object.required.is_empty() {
                    map.serialize_entry("required", &object.required)?;
                }
                if let Some(additional) = &object.additional {
                    map.serialize_entry("additionalProperties", &Written::<PROSE>(additional))?;
                }
            }
            Kind::Ref(name) => map.serialize_entry("$ref", &Pointer(name))?,
            Kind::AnyOf(shapes) => {
                let shapes: Vec<_> = shapes.iter().map(Written::<PROSE>).collect();
                map.serialize_entry("anyOf", &shapes)?;
            }
        }
        if let Some(format) = schema.format {
            map.serialize_entry("format", format)?;
        }
        if !schema.values.is_empty() {
            map.serialize_entry("enum", &schema.values)?;
        }
        if let Some(default) = &schema.default {
            map.serialize_entry("default", default)?;
        }
        if let Some(minimum) = &schema.minimum {
            map.serialize_entry(low, minimum)?;
        }
        if let Some(maximum) = &schema.maximum {
            map.serialize_entry(high, maximum)?;
        }
        if let Some(description) = schema.description.as_ref().filter(|_| PROSE) {
            map.serialize_entry("description", description)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Plain;

        impl Visitor<'_> for Plain {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a number or a boolean")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::String(text.to_owned()))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar::Boolean(value))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Integer(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
                i64::try_from(number)
                    .map(Scalar::Integer)
                    .map_err(|_| E::custom(format!("{number} is too large")))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar::Number(number))
            }
        }

        deserializer.deserialize_any(Plain)
    }
}

/// The keywords of a schema as they are read, in any order.
#[derive(Default)]
struct Keywords {
    kind: Option<String>,
    reference: Option<String>,
    shapes: Option<Vec<Schema>>,
    items: Option<Schema>,
    properties: Option<Named>,
    required: Option<Vec<String>>,
    additional: Option<Schema>,
    format: Option<String>,
    values: Option<Vec<Scalar>>,
    default: Option<Scalar>,
    minimum: Option<Scalar>,
    maximum: Option<Scalar>,
}

impl Keywords {
    fn kind(&mut self) -> Result<Kind, String> {
        if let Some(pointer) = &self.reference {
            let name = pointer.strip_prefix("#/$defs/");
            let name = name
                .ok_or_else(|| format!("`{pointer}` is not a reference to a schema of the page"))?;
            return Ok(Kind::Ref(name.to_owned()));
        }
        if let Some(shapes) = self.shapes.take() {
            return Ok(Kind::AnyOf(shapes));
        }
        Ok(match self.kind.as_deref() {
            None => Kind::Any,
            Some("string") => Kind::String,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("array") => Kind::Array(Box::new(self.items.take().unwrap_or_default())),
            Some("object") => Kind::Object(Object {
                properties: self
                    .properties
                    .take()
                    .map_or_else(Vec::new, |named| named.0),
                required: self.required.take().unwrap_or_default(),
                additional: self.additional.take().map(Box::new),
            }),
            Some(other) => return Err(format!("`{other}` is not a known type")),
        })
    }

    fn schema(mut self) -> Result<Schema, String> {
        let kind = self.kind()?;
        let format = match self.format {
            None => None,
            Some(format) => match FORMATS.into_iter().find(|known| *known == format) {
                None => return Err(format!("`{format}` is not a known format")),
                known => known,
            },
        };
        Ok(Schema {
            kind,
            format,
            values: self.values.unwrap_or_default(),
            default: self.default,
            minimum: self.minimum,
            maximum: self.maximum,
            // Prose that someone put into a model is not read, so it does not get into another one.
            description: None,
        })
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Schema;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Schema, A::Error> {
                let mut words = Keywords::default();
                while let Some(word) = map.next_key::<Cow<'de, str>>()? {
                    match word.as_ref() {
                        "type" => read("type", &mut words.kind, &mut map)?,
                        "$ref" => read("$ref", &mut words.reference, &mut map)?,
                        "anyOf" => read("anyOf", &mut words.shapes, &mut map)?,
                        "items" => read("items", &mut words.items, &mut map)?,
                        "properties" => read("properties", &mut words.properties, &mut map)?,
                        "required" => read("required", &mut words.required, &mut map)?,
                        "additionalProperties" => {
                            read("additionalProperties", &mut words.additional, &mut map)?;
                        }
                        "format" => read("format", &mut words.format, &mut map)?,
                        "enum" => read("enum", &mut words.values, &mut map)?,
                        "default" => read("default", &mut words.default, &mut map)?,
                        "minimum" | "minLength" | "minItems" => {
                            read("minimum", &mut words.minimum, &mut map)?;
                        }
                        "maximum" | "maxLength" | "maxItems" => {
                            read("maximum", &mut words.maximum, &mut map)?;
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                words.schema().map_err(A::Error::custom)
            }
        }

        deserializer.deserialize_map(Words)
    }
}
