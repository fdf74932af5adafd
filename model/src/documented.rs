//! One operation of a catalogue, as permission pages and reference pages describe it. Neither kind of page belongs to
//! the other: an operation has permissions, an interface, or both.

use std::collections::BTreeMap;

use super::{Endpoint, Interface, Operation, Page};

/// An operation with what is documented about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Documented<'a> {
    /// The short name of the service.
    pub service: &'a str,
    /// The pinned identifier.
    pub id: &'a str,
    /// What the call requires: the row of a permission page. `None` if no permission page has the operation.
    pub permissions: Option<&'a Operation>,
    /// What is sent and what comes back. `None` if no reference page has the operation.
    pub interface: Option<&'a Interface>,
}

/// Every operation of these pages once, those of permission pages first.
///
/// ```
/// use permspec_model::{Interface, Page, documented};
///
/// let origin = r#"{"title": "Images", "path": "images.rst", "original_name": null, "doc_url": null, "sha256": ""}"#;
/// let page = Page::from_json(&format!(r#"{{"permspec": 2, "service": "ims", "page": {origin}, "operations": [{{
///     "id": "ListImages", "title": "Querying images", "section": null, "line": 9, "endpoints": [],
///     "actions": ["ims:images:list"], "dependencies": [], "iam_project": true, "enterprise_project": null}}]}}"#))?;
/// let interface = |id: &str| Interface::from_json(&format!(r#"{{"permspec": 2, "service": "ims", "page": {origin},
///     "id": "{id}", "permission": null, "line": 5, "deprecated": false, "parameters": [], "request": null,
///     "endpoints": [{{"method": "GET", "path": "/v2/{id}", "query": [], "body_action": null}}],
///     "responses": [], "$defs": {{}}}}"#));
/// let (list, tags) = (interface("ListImages")?, interface("ListTags")?);
///
/// let operations = documented([&page], [&list, &tags]);
/// assert_eq!(operations.len(), 2);
/// assert!(operations[0].permissions.is_some() && operations[0].interface.is_some());
/// assert_eq!(operations[0].endpoints()[0].path, "/v2/ListImages");
/// assert!(operations[1].permissions.is_none());
/// # Ok::<(), permspec_model::ReadError>(())
/// ```
pub fn documented<'a>(
    pages: impl IntoIterator<Item = &'a Page>,
    interfaces: impl IntoIterator<Item = &'a Interface>,
) -> Vec<Documented<'a>> {
    let mut operations: Vec<Documented<'a>> = Vec::new();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for page in pages {
        for operation in &page.operations {
            known
                .entry((&page.service, &operation.id))
                .or_insert(operations.len());
            operations.push(Documented {
                service: &page.service,
                id: &operation.id,
                permissions: Some(operation),
                interface: None,
            });
        }
    }
    for interface in interfaces {
        match known.get(&(interface.service.as_str(), interface.id.as_str())) {
            Some(at) => operations[*at].interface = Some(interface),
            None => operations.push(Documented {
                service: &interface.service,
                id: &interface.id,
                permissions: None,
                interface: Some(interface),
            }),
        }
    }
    operations
}

impl Documented<'_> {
    /// The calls of the operation: those of the permission page, with the keys of bodies that the reference page
    /// shows; those of the reference page if the permission page states none.
    pub fn endpoints(&self) -> Vec<Endpoint> {
        let described = self.interface.map_or(&[][..], |it| &it.endpoints);
        let Some(row) = self.permissions.filter(|row| !row.endpoints.is_empty()) else {
            return described.to_vec();
        };
        let tell = |endpoint: &Endpoint| {
            let shape = endpoint.shape();
            let same = described.iter().find(|other| other.shape() == shape);
            let shown = same.and_then(|other| other.body_action.clone());
            Endpoint {
                body_action: endpoint.body_action.clone().or(shown),
                ..endpoint.clone()
            }
        };
        row.endpoints.iter().map(tell).collect()
    }
}
