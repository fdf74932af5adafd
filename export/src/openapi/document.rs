//! The parts of an OpenAPI document that permspec writes, in the order of the document.
//! This module only has data. It must never decide what an operation needs.
//!
//! Source: OpenAPI Specification 3.1.1 and 3.0.3.

use permspec::inert;
use permspec::model::{Page, Service};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::operation::Alternative;

/// The keys of a path item that are methods ("Path Item Object").
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A map in the order of its list.
pub(super) struct Ordered<V>(pub Vec<(String, V)>);

impl<V: Serialize> Serialize for Ordered<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[derive(Serialize)]
pub(super) struct Document<'m> {
    pub openapi: &'static str,
    pub info: Info,
    pub tags: Vec<Tag>,
    pub paths: Ordered<PathItem<'m>>,
    pub components: Components,
    #[serde(
        rename = "x-operations-without-route",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub unmapped: Vec<Alternative<'m>>,
}

#[derive(Serialize)]
pub(super) struct Info {
    title: String,
    description: String,
    version: String,
}

impl Info {
    pub(super) fn of(service: &Service, catalogue: &str) -> Info {
        let name = inert::text(service.display_name());
        Info {
            title: service.display_name().to_owned(),
            description: format!(
                "The calls of {name} and the permissions that they need, as the documentation's \
                 permission tables state them. They do not describe bodies and responses."
            ),
            version: catalogue.to_owned(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tag {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_docs: Option<ExternalDocs>,
    #[serde(rename = "x-page")]
    page: String,
}

impl Tag {
    pub(super) fn of(page: &Page) -> Tag {
        Tag {
            name: page.page.title.clone(),
            external_docs: ExternalDocs::of(page),
            page: page.page.path.clone(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ExternalDocs {
    url: String,
}

impl ExternalDocs {
    /// The published page, if its address is known.
    pub(super) fn of(page: &Page) -> Option<ExternalDocs> {
        let url = page.page.doc_url.as_deref();
        url.filter(|url| inert::is_link(url))
            .map(|url| ExternalDocs {
                url: url.to_owned(),
            })
    }
}

#[derive(Serialize)]
pub(super) struct PathItem<'m> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    #[serde(flatten)]
    pub methods: Ordered<OperationObject<'m>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperationObject<'m> {
    pub operation_id: String,
    pub summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<ExternalDocs>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<Value>,
    pub responses: Value,
    pub security: Vec<Value>,
    #[serde(rename = "x-permissions")]
    pub permissions: Vec<Alternative<'m>>,
}

#[derive(Clone, Serialize)]
pub(super) struct Parameter {
    pub name: String,
    #[serde(rename = "in")]
    pub place: &'static str,
    pub required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub schema: Value,
    #[serde(rename = "x-greedy", skip_serializing_if = "std::ops::Not::not")]
    pub greedy: bool,
}

impl Parameter {
    pub(super) fn new(name: &str, place: &'static str) -> Parameter {
        Parameter {
            name: name.to_owned(),
            place,
            required: place == "path",
            description: None,
            schema: json!({"type": "string"}),
            greedy: false,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Components {
    responses: Value,
    security_schemes: Value,
}

/// The names of the security schemes. A caller uses one of them.
pub(super) const SCHEMES: [&str; 2] = ["token", "signature"];

impl Components {
    pub(super) fn new() -> Components {
        let [token, signature] = SCHEMES;
        let header = |name, description| json!({"type": "apiKey", "in": "header", "name": name, "description": description});
        Components {
            responses: json!({
                "Response": {"description": "The response of the service. The permission tables do not describe it."},
                "Forbidden": {"description": "A permission is missing. `x-permissions` lists the permissions that the call needs."},
            }),
            security_schemes: json!({
                token: header("X-Auth-Token", "A token of IAM."),
                signature: header("Authorization", "A signature with an access key (SDK-HMAC-SHA256)."),
            }),
        }
    }
}
