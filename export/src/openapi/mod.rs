//! Writes a service as an OpenAPI document, for other generators, gateways and viewers.
//! The tables state only calls and permissions. This module must never invent the type of a body, a response or a
//! host.
//!
//! These rules apply where the tables contain more or less than OpenAPI can express:
//! - Operations that share a method and a path become one OpenAPI operation. `x-permissions` lists each of them with
//!   everything that it needs. `operationId` is the identifier of the first operation. The description says what
//!   tells them apart. If the body does, the body is required.
//! - If an operation has several endpoints, the `operationId` of each later one ends with its number: `ListVpcs_2`.
//! - Paths that differ only in the names of parameters or in the case of a version become one path, in the spelling
//!   of the first. `x-permissions` has each endpoint in the spelling of its page.
//! - If a path uses a name twice, the second one gets a number: `{project_id}`, `{project_id_2}`.
//! - `*` stands for the rest of a path, which OpenAPI cannot express. It becomes the parameter `{rest}` with
//!   `x-greedy`.
//! - An endpoint without a method becomes one for each method that tables use: `Proxy_get`, `Proxy_put`, ..
//! - Operations without an endpoint are in `x-operations-without-route` of the document.

mod document;
mod operation;
mod path;

use std::collections::BTreeMap;

use permspec::inert;
use permspec::model::{Endpoint, Operation, Page, PathShape, Service};
use permspec::sharing::{Decides, Sharing};

use document::{Components, Document, Info, Ordered, PathItem, Tag};
use operation::{Alternative, Merged};
use path::Template;

/// The version of the OpenAPI specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.3, for tools that do not read newer versions.
    V3_0,
    /// OpenAPI 3.1.1.
    #[default]
    V3_1,
}

/// An endpoint of an operation, for one method of OpenAPI.
struct DocumentedEndpoint<'m> {
    page: &'m Page,
    operation: &'m Operation,
    endpoint: &'m Endpoint,
    /// What tells the operation apart from others with the same endpoint.
    decides: Option<Decides>,
    /// What tells the endpoints of one operation apart in an `operationId`.
    suffix: String,
}

/// The OpenAPI document of a service, as JSON with two spaces of indentation and a final newline.
/// `catalogue` becomes the version of the document. It says from which catalogue the document was made.
///
/// ```
/// use permspec::model::{Page, Service};
/// use permspec_export::openapi::{Version, document};
///
/// let page = r#"{"permspec": 2, "service": "ims",
///     "page": {"title": "Image Sharing", "path": "ims/image_sharing.rst", "original_name": null, "doc_url": null, "sha256": ""},
///     "operations": [{"id": "AddImageMembers", "title": "Adds image members.", "section": null, "line": 27,
///         "endpoints": [{"method": "POST", "path": "/v1/cloudimages/members", "query": [], "body_action": null}],
///         "actions": ["ims:images:share"], "dependencies": [], "iam_project": true, "enterprise_project": false}]}"#;
/// let page = Page::from_json(page).unwrap();
/// let ims = Service { name: "ims".into(), title: None, access: Default::default(), pages: vec![page] };
/// let document: serde_json::Value = serde_json::from_str(&document(&ims, "example 1", Version::V3_1))?;
/// let add = &document["paths"]["/v1/cloudimages/members"]["post"];
/// assert_eq!(add["operationId"], "AddImageMembers");
/// assert_eq!(add["x-permissions"][0]["actions"][0], "ims:images:share");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Panics
/// Never. A document contains only string keys and plain values.
pub fn document(service: &Service, catalogue: &str, version: Version) -> String {
    let mut paths = Paths::default();
    let mut unmapped = Vec::new();
    let sharing = Sharing::of(service);
    for (page, operation) in service.operations() {
        let decides = sharing.with(operation).map(|shared| shared.decides());
        let endpoints = endpoints(page, operation, decides);
        if endpoints.is_empty() {
            unmapped.push(Alternative::without_route(page, operation));
        }
        for (method, endpoint) in &endpoints {
            paths.add(method, endpoint);
        }
    }
    let document = Document {
        openapi: match version {
            Version::V3_0 => "3.0.3",
            Version::V3_1 => "3.1.1",
        },
        info: Info::of(service, catalogue),
        tags: tags(service),
        paths: paths.into_items(version),
        components: Components::new(),
        unmapped,
    };
    let text = serde_json::to_string_pretty(&document)
        .expect("a document has string keys and plain values only, which JSON can hold");
    // Invisible characters are escaped, so that a reviewer sees them.
    inert::terminal(&text).into_owned() + "\n"
}

/// Paths with their methods, in the order in which the pages first name them.
#[derive(Default)]
struct Paths<'m> {
    places: BTreeMap<PathShape, usize>,
    found: Vec<(Template, Vec<(&'static str, Merged<'m>)>)>,
}

impl<'m> Paths<'m> {
    fn add(&mut self, method: &'static str, documented: &DocumentedEndpoint<'m>) {
        let shape = PathShape::new("", &documented.endpoint.path);
        let place = *self.places.entry(shape).or_insert(self.found.len());
        if place == self.found.len() {
            let template = Template::of(&documented.endpoint.path);
            self.found.push((template, Vec::new()));
        }
        let (_, methods) = &mut self.found[place];
        match methods.iter_mut().find(|(known, _)| *known == method) {
            Some((_, merged)) => merged.add(documented),
            None => methods.push((method, Merged::new(documented, method))),
        }
    }

    fn into_items(self, version: Version) -> Ordered<PathItem<'m>> {
        let item = |(template, methods): (Template, Vec<(&str, Merged<'m>)>)| {
            let operations = methods
                .into_iter()
                .map(|(method, merged)| (method.to_owned(), merged.into_operation(version)));
            let item = PathItem {
                parameters: template.parameters(),
                methods: Ordered(operations.collect()),
            };
            (template.path, item)
        };
        Ordered(self.found.into_iter().map(item).collect())
    }
}

/// The endpoints of an operation, each with the key of its method. An endpoint without a method has one entry
/// for each key.
fn endpoints<'m>(
    page: &'m Page,
    operation: &'m Operation,
    decides: Option<Decides>,
) -> Vec<(&'static str, DocumentedEndpoint<'m>)> {
    let mut endpoints = Vec::new();
    for (number, endpoint) in (1..).zip(&operation.endpoints) {
        let numbered = if number == 1 {
            String::new()
        } else {
            format!("_{number}")
        };
        let documented = |suffix| DocumentedEndpoint {
            page,
            operation,
            endpoint,
            decides,
            suffix,
        };
        match endpoint.method.as_deref() {
            Some(method) => {
                let key = document::METHODS
                    .iter()
                    .find(|key| key.eq_ignore_ascii_case(method));
                endpoints.extend(key.map(|key| (*key, documented(numbered))));
            }
            None => endpoints.extend(
                document::METHODS
                    .iter()
                    .filter(|key| **key != "trace")
                    .map(|key| (*key, documented(format!("{numbered}_{key}")))),
            ),
        }
    }
    endpoints
}

/// One tag per title of a page.
fn tags(service: &Service) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    for page in &service.pages {
        if tags.iter().all(|tag| tag.name != page.page.title) {
            tags.push(Tag::of(page));
        }
    }
    tags
}
