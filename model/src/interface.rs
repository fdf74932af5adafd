//! The model of one reference page: the content of `spec/<service>/reference/<page>.json`.
//! It says what an operation is sent and what comes back; which permission it needs is said by the operation of a
//! permission page that `permission` names.

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::fmt;

use super::object::read;
use super::reference::{Body, In, Parameter, Response};
use super::schema::{Properties, Schema};
use super::{Endpoint, Extra, Operation, Origin, Page, ReadError, VERSION, layout};

/// What the reference page of an operation says, with the names that are pinned for it.
///
/// ```
/// use permspec_model::Interface;
///
/// let text = r##"{"permspec": 2, "service": "ims",
///     "page": {"title": "Querying Images", "path": "ims/querying_images.rst", "original_name": null,
///              "doc_url": null, "sha256": "00"},
///     "id": "ListImages", "permission": null, "line": 5, "deprecated": false,
///     "endpoints": [{"method": "GET", "path": "/v2/images", "query": [], "body_action": null}],
///     "parameters": [{"name": "limit", "in": "query", "required": false,
///                     "schema": {"type": "integer"}, "line": 20}],
///     "request": null,
///     "responses": [{"status": 200, "schema": {"$ref": "#/$defs/Image"}, "line": 30}],
///     "$defs": {"Image": {"type": "object", "properties": {"id": {"type": "string"}}}}}"##;
/// let interface = Interface::from_json(text)?;
/// assert_eq!(interface.parameters[0].name, "limit");
/// assert_eq!(Interface::from_json(&interface.to_json())?, interface);
/// # Ok::<(), permspec_model::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transform = super::json_schema::versioned))]
pub struct Interface {
    /// The short name of the service.
    pub service: String,
    /// Where it came from.
    pub page: Origin,
    /// The pinned identifier. An operation of a permission page that has it too is the same operation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Z][A-Za-z0-9]*$")))]
    pub id: String,
    /// The identifier of the operation of a permission page whose requirements hold for the call: the own one,
    /// or that of the only row that states the call. `null` if no row states it.
    pub permission: Option<String>,
    /// The line of the title, from 1.
    pub line: u32,
    /// Whether path or title say that it is withdrawn or will be.
    pub deprecated: bool,
    /// The calls that the page documents; further ones are other versions of the first.
    pub endpoints: Vec<Endpoint>,
    /// The parameters of the path, the query and the headers.
    pub parameters: Vec<Parameter>,
    /// The body that is sent.
    pub request: Option<Body>,
    /// What comes back, by status.
    pub responses: Vec<Response>,
    /// The named schemas that the page uses, by name. A name means the same schema in all pages of a service.
    #[cfg_attr(
        feature = "schema",
        schemars(rename = "$defs", with = "std::collections::BTreeMap<String, Schema>")
    )]
    pub schemas: Vec<(String, Schema)>,
    /// The fields of a newer minor version.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub extra: Extra,
}

impl Interface {
    /// Reads the model of a reference page.
    ///
    /// # Errors
    /// If the text is not JSON, lacks a field, has one of another type, or is of another major version.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        serde_json::from_str(text).map_err(|error| ReadError::new(&error))
    }

    /// The canonical text: one line per value that fits into a line, invisible characters escaped, a final line feed.
    ///
    /// # Panics
    /// Never: an interface has string keys and plain values only, which JSON can hold.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string(self)
            .expect("an interface has string keys and plain values only, which JSON can hold");
        let text = layout::lines(&text);
        match crate::inert::terminal(&text) {
            std::borrow::Cow::Borrowed(_) => text,
            std::borrow::Cow::Owned(escaped) => escaped,
        }
    }

    /// The schema that `name` stands for.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let found = self.schemas.iter().find(|(known, _)| known == name);
        found.map(|(_, schema)| schema)
    }

    /// The operation without requirements, as a page of its own: how it appears in a catalogue if no permission
    /// page has it.
    pub fn without_permissions(&self) -> Page {
        let operation = Operation {
            id: self.id.clone(),
            title: self.page.title.clone(),
            section: None,
            line: self.line,
            endpoints: self.endpoints.clone(),
            actions: Vec::new(),
            dependencies: Vec::new(),
            iam_project: None,
            enterprise_project: None,
            extra: Extra::new(),
        };
        // The operation is the same as long as its call and its title are, whatever else the page says.
        let origin = Origin {
            original_name: None,
            sha256: String::new(),
            ..self.page.clone()
        };
        Page::new(&self.service, origin, vec![operation])
    }
}

/// A parameter with its line.
struct LinedParameter<'a>(&'a Parameter);

impl Serialize for LinedParameter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("name", &self.0.name)?;
        map.serialize_entry("in", self.0.location.as_str())?;
        map.serialize_entry("required", &self.0.required)?;
        map.serialize_entry("schema", &self.0.schema)?;
        map.serialize_entry("line", &self.0.line)?;
        map.end()
    }
}

/// A body with its line.
struct LinedBody<'a>(&'a Body);

impl Serialize for LinedBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("content_type", self.0.content_type)?;
        map.serialize_entry("schema", &self.0.schema)?;
        map.serialize_entry("line", &self.0.line)?;
        map.end()
    }
}

/// A response with its line. `failure` is left out if it is false.
struct LinedResponse<'a>(&'a Response);

impl Serialize for LinedResponse<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.0.status)?;
        if self.0.failure {
            map.serialize_entry("failure", &true)?;
        }
        map.serialize_entry("schema", &self.0.schema)?;
        map.serialize_entry("line", &self.0.line)?;
        map.end()
    }
}

impl Serialize for Interface {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parameters: Vec<_> = self.parameters.iter().map(LinedParameter).collect();
        let responses: Vec<_> = self.responses.iter().map(LinedResponse).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("permspec", &VERSION)?;
        map.serialize_entry("service", &self.service)?;
        map.serialize_entry("page", &self.page)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("permission", &self.permission)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("deprecated", &self.deprecated)?;
        map.serialize_entry("endpoints", &self.endpoints)?;
        map.serialize_entry("parameters", &parameters)?;
        map.serialize_entry("request", &self.request.as_ref().map(LinedBody))?;
        map.serialize_entry("responses", &responses)?;
        map.serialize_entry("$defs", &Properties::<false>(&self.schemas))?;
        for (name, value) in &self.extra {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Gives a struct that only an object can be read as its `Deserialize`. A field whose type is an `Option` may be
/// left out. A newer minor version may have added fields: they go to the map that a semicolon introduces, and without
/// one they are skipped.
macro_rules! read_object {
    (@unknown $object:ident $name:ident) => {{
        $object.next_value::<IgnoredAny>()?;
    }};
    (@unknown $object:ident $name:ident $extra:ident) => {{
        $extra.insert($name.to_owned(), $object.next_value()?);
    }};
    ($type:ident { $($key:literal => $field:ident: $of:ty),+ $(,)? $(; $extra:ident)? } $make:expr) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;

                impl<'de> Visitor<'de> for Object {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("an object with the fields of ", stringify!($type)))
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<$type, A::Error> {
                        $(let mut $field: Option<$of> = None;)+
                        $(let mut $extra = Extra::new();)?
                        while let Some(name) = object.next_key::<std::borrow::Cow<'de, str>>()? {
                            match name.as_ref() {
                                $($key => read($key, &mut $field, &mut object)?,)+
                                _unknown => read_object!(@unknown object _unknown $($extra)?),
                            }
                        }
                        $(let $field = super::object::or_absent($key, $field)?;)+
                        let make = $make;
                        make($($field),+ $(, $extra)?).map_err(A::Error::custom)
                    }
                }

                deserializer.deserialize_map(Object)
            }
        }
    };
}

read_object!(Parameter {
    "name" => name: String,
    "in" => location: String,
    "required" => required: bool,
    "schema" => schema: Schema,
    "line" => line: u32,
} |name, location: String, required, schema, line| {
    let found = [In::Path, In::Query, In::Header].into_iter().find(|known| known.as_str() == location);
    let location = found.ok_or_else(|| format!("a parameter is not sent in `{location}`"))?;
    Ok::<_, String>(Parameter { name, location, required, schema, line })
});

read_object!(Body {
    "content_type" => content_type: String,
    "schema" => schema: Schema,
    "line" => line: u32,
} |content_type: String, schema, line| {
    let known = MEDIA_TYPES.into_iter().find(|known| *known == content_type);
    let content_type = known.ok_or_else(|| format!("`{content_type}` is not a known media type"))?;
    Ok::<_, String>(Body { content_type, schema, line })
});

read_object!(Response {
    "status" => status: Option<u16>,
    "failure" => failure: Option<bool>,
    "schema" => schema: Option<Schema>,
    "line" => line: u32,
} |status, failure: Option<bool>, schema, line| {
    Ok::<_, String>(Response { status, failure: failure.unwrap_or(false), schema, line })
});

read_object!(Interface {
    "permspec" => version: u32,
    "service" => service: String,
    "page" => page: Origin,
    "id" => id: String,
    "permission" => permission: Option<String>,
    "line" => line: u32,
    "deprecated" => deprecated: bool,
    "endpoints" => endpoints: Vec<Endpoint>,
    "parameters" => parameters: Vec<Parameter>,
    "request" => request: Option<Body>,
    "responses" => responses: Vec<Response>,
    "$defs" => schemas: Named;
    extra
} |version, service, page, id, permission, line, deprecated, endpoints, parameters, request, responses, schemas: Named, extra| {
    if version != VERSION {
        return Err(format!("the interface is of version {version}, this permspec reads version {VERSION}"));
    }
    Ok(Interface {
        service, page, id, permission, line, deprecated, endpoints, parameters, request, responses, schemas: schemas.0,
        extra,
    })
});

/// Media types of request bodies.
pub(super) const MEDIA_TYPES: [&str; 2] = ["application/json", "multipart/form-data"];

/// Schemas by name, in the order of the text.
pub(super) struct Named(pub(super) Vec<(String, Schema)>);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Named;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of schemas")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Named, A::Error> {
                let mut schemas = Vec::new();
                while let Some(entry) = object.next_entry()? {
                    schemas.push(entry);
                }
                Ok(Named(schemas))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Kind;

    const PAGE: &str = r##"{"permspec": 2, "service": "ims",
        "page": {"title": "Adding a Member", "path": "ims/adding.rst", "original_name": null, "doc_url": null,
                 "sha256": "00"},
        "id": "AddMember", "permission": "AddMember", "line": 5, "deprecated": true,
        "endpoints": [{"method": "POST", "path": "/v2/{image_id}", "query": [], "body_action": null}],
        "parameters": [{"name": "image_id", "in": "path", "required": true, "schema": {"type": "string"}, "line": 9}],
        "request": {"content_type": "application/json", "schema": {"$ref": "#/$defs/Member"}, "line": 12},
        "responses": [{"status": 200, "schema": null, "line": 3},
                      {"status": null, "failure": true, "schema": {"type": "object"}, "line": 4}],
        "$defs": {"Member": {"type": "object", "properties": {
            "state": {"type": "string", "enum": ["a", "b"], "default": "a", "maxLength": 9},
            "count": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2.5},
            "next": {"$ref": "#/$defs/Member"},
            "either": {"anyOf": [{"type": "boolean", "default": false}, {}]},
            "list": {"type": "array", "items": {"type": "number"}, "minItems": 2}},
            "required": ["state"], "additionalProperties": {"type": "string"}}}}"##;

    #[test]
    fn an_interface_is_read_as_it_was_written() {
        let interface = Interface::from_json(PAGE).unwrap();
        let text = interface.to_json();
        assert_eq!(Interface::from_json(&text).unwrap(), interface);
        assert_eq!(Interface::from_json(&text).unwrap().to_json(), text);
        let plain = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(plain(&text), plain(PAGE));
    }

    #[test]
    fn fields_of_a_newer_minor_version_are_kept() {
        let newer = PAGE
            .replacen('{', r#"{"since": {"version": [1, 2]}, "#, 1)
            .replace(r#""sha256": "00""#, r#""sha256": "00", "author": null"#);
        let interface = Interface::from_json(&newer).unwrap();
        let plain = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(plain(&interface.to_json()), plain(&newer));
        assert_ne!(plain(&newer), plain(PAGE));
        assert_eq!(
            Interface::from_json(&interface.to_json()).unwrap(),
            interface
        );
    }

    /// Gives a schema, and every schema in it, a description.
    fn describe(schema: &mut Schema) {
        schema.description = Some("Prose.".into());
        match &mut schema.kind {
            Kind::Array(element) => describe(element),
            Kind::AnyOf(shapes) => shapes.iter_mut().for_each(describe),
            Kind::Object(object) => {
                object
                    .properties
                    .iter_mut()
                    .for_each(|(_, property)| describe(property));
                object.additional.as_deref_mut().map(describe);
            }
            _ => {}
        }
    }

    #[test]
    fn an_interface_neither_writes_nor_reads_descriptions() {
        let plain = Interface::from_json(PAGE).unwrap();
        let mut described = plain.clone();
        described
            .parameters
            .iter_mut()
            .for_each(|parameter| describe(&mut parameter.schema));
        described
            .request
            .iter_mut()
            .for_each(|body| describe(&mut body.schema));
        described
            .responses
            .iter_mut()
            .filter_map(|response| response.schema.as_mut())
            .for_each(describe);
        described
            .schemas
            .iter_mut()
            .for_each(|(_, schema)| describe(schema));
        assert_ne!(described, plain);
        assert_eq!(described.to_json(), plain.to_json());
        let written = PAGE.replace("\"type\": ", "\"description\": \"Prose.\", \"type\": ");
        assert_ne!(written, PAGE);
        assert_eq!(Interface::from_json(&written).unwrap(), plain);
    }

    #[test]
    fn what_no_interface_says_is_refused_where_it_appears() {
        for (right, wrong, message) in [
            (
                "\"path\", \"required\"",
                "\"body\", \"required\"",
                "a parameter is not sent in `body`",
            ),
            (
                "application/json",
                "text/csv",
                "`text/csv` is not a known media type",
            ),
            ("\"int64\"", "\"int65\"", "`int65` is not a known format"),
            (
                "\"permspec\": 2",
                "\"permspec\": 3",
                "the interface is of version 3, this permspec reads version 2",
            ),
            ("\"boolean\"", "\"bool\"", "`bool` is not a known type"),
            (
                "#/$defs/Member\"}, \"line\"",
                "Member\"}, \"line\"",
                "`Member` is not a reference to a schema of the page",
            ),
            (", \"line\": 3", "", "missing field `line`"),
        ] {
            let text = PAGE.replace(right, wrong);
            assert_ne!(text, PAGE, "{right}");
            assert_eq!(Interface::from_json(&text).unwrap_err().message, message);
        }
    }
}
