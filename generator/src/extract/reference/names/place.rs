//! The places of tables in an operation: what leads to a schema from the bodies. A place is the same in the
//! operation and in the interface that is made from it.

use super::super::library::TableId;
use super::super::nest::Type;
use super::super::operation::{Body, Operation};
use std::collections::BTreeMap;

/// So many places of a page are known; a page of the documentation has some hundred.
pub(super) const MOST_PLACES: usize = 4096;

/// Schemas are not followed deeper.
pub(super) const DEEPEST: usize = 32;

/// Separates the steps of a place. No name of a field contains it.
pub(super) const STEP: char = '\n';

/// The place of a response.
pub(super) fn of_response(status: Option<u16>, failure: bool) -> String {
    let kind = if failure { "failure" } else { "response" };
    status.map_or_else(|| kind.to_owned(), |status| format!("{kind} {status}"))
}

/// Goes one step further for as long as `inside` runs.
pub(super) fn step(place: &mut String, step: &str, inside: impl FnOnce(&mut String)) {
    let before = place.len();
    place.push(STEP);
    place.push_str(step);
    inside(place);
    place.truncate(before);
}

/// One of several shapes at a place. The first has the place itself.
pub(super) fn choice(place: &mut String, at: usize, inside: impl FnOnce(&mut String)) {
    if at == 0 {
        inside(place);
    } else {
        step(place, &format!("|{at}"), inside);
    }
}

/// The names of tables, by place: the name that is pinned at the first of a table's places.
pub(super) fn pinned(
    operation: &Operation,
    pins: &BTreeMap<String, String>,
) -> BTreeMap<TableId, String> {
    let mut walk = Walk {
        operation,
        pins,
        around: Vec::new(),
        seen: 0,
        found: BTreeMap::new(),
    };
    if let Some(body) = &operation.request {
        walk.body(body, "request".to_owned());
    }
    for body in &operation.responses {
        walk.body(body, of_response(body.status, body.failure));
    }
    walk.found
}

struct Walk<'a> {
    operation: &'a Operation,
    pins: &'a BTreeMap<String, String>,
    around: Vec<TableId>,
    seen: usize,
    found: BTreeMap<TableId, String>,
}

impl Walk<'_> {
    fn body(&mut self, body: &Body, mut place: String) {
        if let Some(wrapper) = &body.wrapper {
            place.push(STEP);
            place.push_str(&wrapper.key);
            if wrapper.array {
                place.push(STEP);
                place.push_str("[]");
            }
        }
        for (at, root) in body.roots.iter().enumerate() {
            choice(&mut place, at, |place| self.table(*root, place));
        }
    }

    fn table(&mut self, id: TableId, place: &mut String) {
        if self.around.contains(&id) || self.around.len() >= DEEPEST || self.seen >= MOST_PLACES {
            return;
        }
        self.seen += 1;
        if let Some(name) = self.pins.get(place.as_str()) {
            self.found.entry(id).or_insert_with(|| name.clone());
        }
        let Some(built) = self.operation.built.get(&id) else {
            return;
        };
        self.around.push(id);
        if let Some(whole) = &built.whole {
            self.value(whole, place);
        } else {
            for field in &built.fields {
                step(place, &field.name, |place| self.value(&field.value, place));
            }
            if let Some(value) = &built.additional {
                step(place, "{}", |place| self.value(value, place));
            }
        }
        self.around.pop();
    }

    fn value(&mut self, value: &Type, place: &mut String) {
        match value {
            Type::Array(inner) => step(place, "[]", |place| self.value(inner, place)),
            Type::Map(inner) => step(place, "{}", |place| self.value(inner, place)),
            Type::Table(id) => self.table(*id, place),
            Type::AnyOf(shapes) => {
                for (at, shape) in shapes.iter().enumerate() {
                    choice(place, at, |place| self.value(shape, place));
                }
            }
            Type::Inline(fields) => {
                for field in fields {
                    step(place, &field.name, |place| self.value(&field.value, place));
                }
            }
            Type::Plain(_) | Type::Open => {}
        }
    }
}
