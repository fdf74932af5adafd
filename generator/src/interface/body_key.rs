//! Several operations of one call are told apart by the only key of their bodies: `{"os-start": null}` and
//! `{"os-stop": null}`. A key that two of them have tells nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Described;
use crate::model::reference::ReferencePage;
use crate::model::schema::{Kind, Object};
use crate::model::{Endpoint, Operation, PathShape};

/// Sets the body action of pages that share their call. Returns how many have one.
pub(super) fn tell(
    pages: &[Described],
    rows: &[&Operation],
    endpoints: &mut [Vec<Endpoint>],
) -> usize {
    let keys: Vec<Option<&str>> = pages.iter().map(|it| only_key(&it.page)).collect();
    let mut sharing: BTreeMap<PathShape, BTreeSet<usize>> = BTreeMap::new();
    for (at, own) in endpoints.iter().enumerate() {
        for endpoint in own {
            sharing.entry(endpoint.shape()).or_default().insert(at);
        }
    }
    let mut stated: BTreeMap<PathShape, usize> = BTreeMap::new();
    for endpoint in rows.iter().flat_map(|row| &row.endpoints) {
        *stated.entry(endpoint.shape()).or_default() += 1;
    }
    let told = |at: usize, own: &[Endpoint]| {
        let key = keys[at]?;
        let groups = own.iter().map(Endpoint::shape);
        let mut is_shared = false;
        for shape in groups {
            let group = &sharing[&shape];
            let has_key =
                |other: &&usize| **other != at && fields(&pages[**other].page).any(|it| it == key);
            if group.iter().any(|other| has_key(&other)) {
                return None;
            }
            is_shared |= group.len() > 1 || stated.get(&shape).is_some_and(|rows| *rows > 1);
        }
        is_shared.then_some(key)
    };
    let actions: Vec<Option<&str>> = (0..)
        .zip(endpoints.iter())
        .map(|(at, own)| told(at, own))
        .collect();
    for (own, action) in endpoints.iter_mut().zip(&actions) {
        for endpoint in own {
            endpoint.body_action = action.map(str::to_owned);
        }
    }
    actions.iter().flatten().count()
}

/// The name of the body's only field.
fn only_key(page: &ReferencePage) -> Option<&str> {
    let object = body(page)?;
    let is_closed = object.properties.len() == 1 && object.additional.is_none();
    object
        .properties
        .first()
        .filter(|_| is_closed)
        .map(|(name, _)| name.as_str())
}

/// The names of the body's fields.
fn fields(page: &ReferencePage) -> impl Iterator<Item = &str> {
    let fields = body(page).map_or(&[][..], |object| &object.properties);
    fields.iter().map(|(name, _)| name.as_str())
}

/// The body as an object.
fn body(page: &ReferencePage) -> Option<&Object> {
    let schema = &page.request.as_ref()?.schema;
    let named = |name: &str| page.schemas.iter().find(|(known, _)| known == name);
    let kind = match &schema.kind {
        Kind::Ref(name) => &named(name)?.1.kind,
        kind => kind,
    };
    match kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Location;
    use crate::model::Extra;
    use crate::model::reference::Body;
    use crate::model::schema::Schema;

    fn page(fields: &[&str]) -> Described {
        let properties = fields
            .iter()
            .map(|name| ((*name).to_owned(), Schema::default()));
        let object = Object {
            properties: properties.collect(),
            ..Object::default()
        };
        let page = ReferencePage {
            service: "dns".into(),
            page: "page.rst".into(),
            line: 1,
            title: String::new(),
            original_name: None,
            description: None,
            deprecated: false,
            endpoints: Vec::new(),
            parameters: Vec::new(),
            request: Some(Body {
                content_type: "application/json",
                schema: Schema::of(Kind::Object(object)),
                line: 1,
            }),
            responses: Vec::new(),
            examples: Vec::new(),
            schemas: Vec::new(),
        };
        Described {
            page,
            sha256: String::new(),
            place: Location::file("page.rst"),
        }
    }

    fn keys(pages: &[&[&str]]) -> Vec<Option<String>> {
        let pages: Vec<Described> = pages.iter().map(|fields| page(fields)).collect();
        let endpoint = Endpoint {
            method: Some("POST".into()),
            path: "/v2/{server}/action".into(),
            query: Vec::new(),
            body_action: None,
            extra: Extra::new(),
        };
        let mut endpoints = vec![vec![endpoint]; pages.len()];
        tell(&pages, &[], &mut endpoints);
        endpoints
            .into_iter()
            .map(|mut own| own.remove(0).body_action)
            .collect()
    }

    #[test]
    fn the_only_key_of_a_body_tells_pages_of_one_call_apart() {
        assert_eq!(
            keys(&[&["start"], &["stop"]]),
            [Some("start".into()), Some("stop".into())]
        );
        assert_eq!(
            keys(&[&["start"], &["name", "size"]]),
            [Some("start".into()), None]
        );
    }

    #[test]
    fn a_key_that_another_body_has_too_tells_nothing() {
        assert_eq!(keys(&[&["server"], &["server"]]), [None, None]);
        assert_eq!(keys(&[&["ptrdname"], &["ptrdname", "ttl"]]), [None, None]);
    }

    #[test]
    fn a_call_of_one_page_needs_no_key() {
        assert_eq!(keys(&[&["server"]]), [None]);
    }
}
