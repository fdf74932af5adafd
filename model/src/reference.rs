//! One page of an API reference: what an operation is sent and what comes back.
//! It is data; how pages are written is known to the reader alone.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::example::Json;
use super::schema::Schema;

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum In {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// In the body; a parameter of an operation never is.
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
    /// The short name of its service.
    pub service: String,
    /// The page below the documentation folder.
    pub page: String,
    /// The line of the title.
    pub line: u32,
    /// The title.
    pub title: String,
    /// The page's stable name, where it has one.
    pub original_name: Option<String>,
    /// Whether path or title say that it is withdrawn or will be.
    pub deprecated: bool,
    /// Method and path; further ones are other versions of the same call.
    pub endpoints: Vec<ReferenceEndpoint>,
    /// What is sent besides the body.
    pub parameters: Vec<Parameter>,
    /// The body that is sent.
    pub request: Option<Body>,
    /// What comes back, by status.
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
    /// The path without host and query.
    pub path: String,
    /// Its line.
    pub line: u32,
}

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: In,
    /// Whether it must be sent.
    pub required: bool,
    /// What its values look like.
    pub schema: Schema,
    /// The line of its row, or of the path.
    pub line: u32,
}

/// A body that is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its media type.
    pub content_type: &'static str,
    /// What it looks like.
    pub schema: Schema,
    /// The line of its table, or of the example where there is no table.
    pub line: u32,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status; `None` where the page names none.
    pub status: Option<u16>,
    /// Whether it comes back where the call fails.
    pub failure: bool,
    /// What its body looks like; `None` where it has none.
    pub schema: Option<Schema>,
    /// The line of its table, or of the title.
    pub line: u32,
}

/// An example of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Whether it is a request.
    pub request: bool,
    /// The status of a response.
    pub status: Option<u16>,
    /// Whether it is that of a call that fails.
    pub failure: bool,
    /// Its line.
    pub line: u32,
    /// What it says.
    pub json: Json,
    /// Whether it is strict JSON.
    pub strict: bool,
}

/// Serializes a list of pairs as an object.
pub(super) struct Pairs<'a>(pub(super) &'a [(String, Schema)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, schema)))
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("in", self.location.as_str())?;
        map.serialize_entry("required", &self.required)?;
        map.serialize_entry("schema", &self.schema)?;
        map.end()
    }
}

/// Serializes as the status; as `error` where a failure has none.
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
        map.serialize_entry("schema", &self.schema)?;
        map.end()
    }
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("status", &Status(self.status, self.failure))?;
        map.serialize_entry("schema", &self.schema)?;
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

/// The line that `permspec extract --reference --format jsonl` prints.
impl Serialize for ReferencePage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.endpoints.first();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("service", &self.service)?;
        map.serialize_entry("page", &self.page)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("method", &first.map(|endpoint| &endpoint.method))?;
        map.serialize_entry("path", &first.map(|endpoint| &endpoint.path))?;
        map.serialize_entry("parameters", &self.parameters)?;
        map.serialize_entry("request", &self.request)?;
        map.serialize_entry("responses", &self.responses)?;
        map.serialize_entry("examples", &self.examples)?;
        map.serialize_entry("$defs", &Pairs(&self.schemas))?;
        map.end()
    }
}
