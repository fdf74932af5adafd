//! One page of an API reference: what a caller sends to an operation, and what comes back.
//! This is plain data. Only the reader knows how pages are written.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::example::Json;
use super::schema::{Properties, Schema, Written};

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "lowercase"))]
pub enum In {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// In the body. Parameters of an operation are never in the body.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Body,
}

impl In {
    /// The word for it in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            In::Path => "path",
            In::Query => "query",
            In::Header => "header",
            In::Body => "body",
        }
    }
}

/// An operation as its reference page documents it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePage {
    /// The short name of the service.
    pub service: String,
    /// The path of the page below the documentation folder.
    pub page: String,
    /// The line of the title.
    pub line: u32,
    /// The title.
    pub title: String,
    /// The stable name of the page, if it has one.
    pub original_name: Option<String>,
    /// What the page says about its operation in its own words, if the reader was asked for it.
    pub description: Option<Box<str>>,
    /// Whether path or title say that the operation is withdrawn or will be withdrawn.
    pub deprecated: bool,
    /// Method and path. Further ones are other versions of the same call.
    pub endpoints: Vec<ReferenceEndpoint>,
    /// The parameters that are sent outside of the body.
    pub parameters: Vec<Parameter>,
    /// The body that is sent.
    pub request: Option<Body>,
    /// The responses, by status.
    pub responses: Vec<Response>,
    /// Examples, in the order of the page.
    pub examples: Vec<Example>,
    /// Named schemas, by name.
    pub schemas: Vec<(String, Schema)>,
}

/// A method and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceEndpoint {
    /// The method in upper case.
    pub method: String,
    /// The path, without host and query.
    pub path: String,
    /// The line of the endpoint.
    pub line: u32,
}

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where the parameter is sent.
    #[cfg_attr(feature = "schema", schemars(rename = "in"))]
    pub location: In,
    /// Whether the parameter is required.
    pub required: bool,
    /// The values of the parameter.
    pub schema: Schema,
    /// The line of its row, or of the path.
    pub line: u32,
}

/// A body that is sent.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Body {
    /// Its media type.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = super::interface::MEDIA_TYPES)))]
    pub content_type: &'static str,
    /// The shape of the body.
    pub schema: Schema,
    /// The line of its table, or of the example if there is no table.
    pub line: u32,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Response {
    /// The status. `null` if the page does not name one.
    pub status: Option<u16>,
    /// Whether the response means that the call failed.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub failure: bool,
    /// The shape of its body. `null` if it does not have one.
    pub schema: Option<Schema>,
    /// The line of its table, or of the title.
    pub line: u32,
}

/// An example of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Whether it is the example of a request.
    pub request: bool,
    /// The status of a response.
    pub status: Option<u16>,
    /// Whether it is the example of a failed call.
    pub failure: bool,
    /// The line of the example.
    pub line: u32,
    /// The content of the example.
    pub json: Json,
    /// Whether the content is strict JSON.
    pub strict: bool,
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("in", self.location.as_str())?;
        map.serialize_entry("required", &self.required)?;
        map.serialize_entry("schema", &Written::<true>(&self.schema))?;
        map.end()
    }
}

/// Serializes as the status, or as `error` for a failure without a status.
struct Status(Option<u16>, bool);

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.1) {
            (Some(status), _) => serializer.serialize_u16(status),
            (None, true) => serializer.serialize_str("error"),
            (None, false) => serializer.serialize_none(),
        }
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("content_type", self.content_type)?;
        map.serialize_entry("schema", &Written::<true>(&self.schema))?;
        map.end()
    }
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("status", &Status(self.status, self.failure))?;
        map.serialize_entry("schema", &self.schema.as_ref().map(Written::<true>))?;
        map.end()
    }
}

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("kind", if self.request { "request" } else { "response" })?;
        map.serialize_entry("status", &Status(self.status, self.failure))?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("json", &self.json)?;
        map.end()
    }
}

/// The line that `permspec extract --reference --format jsonl` prints. Only this has descriptions.
impl Serialize for ReferencePage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.endpoints.first();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("service", &self.service)?;
        map.serialize_entry("page", &self.page)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("title", &self.title)?;
        if let Some(description) = &self.description {
            map.serialize_entry("description", description)?;
        }
        map.serialize_entry("method", &first.map(|endpoint| &endpoint.method))?;
        map.serialize_entry("path", &first.map(|endpoint| &endpoint.path))?;
        map.serialize_entry("parameters", &self.parameters)?;
        map.serialize_entry("request", &self.request)?;
        map.serialize_entry("responses", &self.responses)?;
        map.serialize_entry("examples", &self.examples)?;
        map.serialize_entry("$defs", &Properties::<true>(&self.schemas))?;
        map.end()
    }
}
