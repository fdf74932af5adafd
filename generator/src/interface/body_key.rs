//! Several operations of one call are told apart by the only key of their bodies: `{"os-start": null}` and
//! `{"os-stop": null}`. A key that two of them have tells nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Described;
use crate::model::reference::ReferencePage;
use crate::model::schema::{Kind, Schema};
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
            let same = group.iter().filter(|other| keys[**other] == Some(key));
            if same.count() > 1 {
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
    let schema = &page.request.as_ref()?.schema;
    let schema = match &schema.kind {
        Kind::Ref(name) => page
            .schemas
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, it)| it)?,
        _ => schema,
    };
    match schema {
        Schema {
            kind: Kind::Object(object),
            ..
        } => match object.properties.as_slice() {
            [(name, _)] if object.additional.is_none() => Some(name),
            _ => None,
        },
        _ => None,
    }
}
