//! The names of schemas that a model has already, by page and place. A schema that is still at its place keeps
//! its name.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{DEEPEST, MOST_PLACES, choice, of_response, step};
use crate::model::Interface;
use crate::model::schema::{Kind, Schema};

/// The schema names that the model of one service pins.
#[derive(Clone, Debug, Default)]
pub struct SchemaPins {
    pages: Vec<PagePins>,
    by_path: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

/// The schema names of one page.
#[derive(Clone, Debug, Default)]
pub(crate) struct PagePins {
    /// The name at each place.
    pub(crate) places: BTreeMap<String, String>,
    /// All names of the page.
    names: BTreeSet<String>,
}

impl SchemaPins {
    /// The names that the interfaces of one service have.
    pub fn of<'i>(interfaces: impl IntoIterator<Item = &'i Interface>) -> Self {
        let mut pins = SchemaPins::default();
        for interface in interfaces {
            let at = pins.pages.len();
            pins.by_path
                .entry(interface.page.path.clone())
                .or_insert(at);
            if let Some(name) = &interface.page.original_name {
                pins.by_name.entry(name.clone()).or_insert(at);
            }
            pins.pages.push(PagePins::of(interface));
        }
        pins
    }

    /// For each page, by its path and its stable name, which page of the model it is. A page is known by its
    /// path, otherwise by its stable name, if no other page has its path.
    pub(crate) fn known(&self, pages: &[(&str, Option<&str>)]) -> Known<'_> {
        let mut left: BTreeSet<usize> = (0..self.pages.len()).collect();
        let mut known: Vec<Option<usize>> = pages
            .iter()
            .map(|(path, _)| {
                self.by_path
                    .get(*path)
                    .copied()
                    .filter(|at| left.remove(at))
            })
            .collect();
        for (known, (_, name)) in known.iter_mut().zip(pages) {
            if known.is_none() {
                let named = name.and_then(|name| self.by_name.get(name));
                *known = named.copied().filter(|at| left.remove(at));
            }
        }
        Known {
            pages: known
                .into_iter()
                .map(|at| at.map(|at| &self.pages[at]))
                .collect(),
            absent: left
                .iter()
                .flat_map(|at| &self.pages[*at].names)
                .map(String::as_str)
                .collect(),
        }
    }
}

/// What the model says about the pages that are read.
#[derive(Debug, Default)]
pub(crate) struct Known<'p> {
    /// The names of each page that the model has.
    pub(crate) pages: Vec<Option<&'p PagePins>>,
    /// The names of pages that are not read. Nobody can say which shapes these schemas have.
    pub(crate) absent: BTreeSet<&'p str>,
}

impl PagePins {
    fn of(interface: &Interface) -> Self {
        let mut walk = Walk {
            interface,
            schemas: interface
                .schemas
                .iter()
                .map(|(name, schema)| (name.as_str(), schema))
                .collect(),
            around: Vec::new(),
            places: BTreeMap::new(),
        };
        if let Some(body) = &interface.request {
            walk.schema(&body.schema, &mut "request".to_owned());
        }
        for response in &interface.responses {
            if let Some(schema) = &response.schema {
                let mut place = of_response(response.status, response.failure);
                walk.schema(schema, &mut place);
            }
        }
        PagePins {
            places: walk.places,
            names: walk
                .interface
                .schemas
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
        }
    }
}

struct Walk<'i> {
    interface: &'i Interface,
    schemas: BTreeMap<&'i str, &'i Schema>,
    around: Vec<&'i str>,
    places: BTreeMap<String, String>,
}

impl<'i> Walk<'i> {
    fn schema(&mut self, schema: &'i Schema, place: &mut String) {
        match &schema.kind {
            Kind::Ref(name) => self.named(name, place),
            Kind::Array(inner) => step(place, "[]", |place| self.schema(inner, place)),
            Kind::AnyOf(shapes) => {
                for (at, shape) in shapes.iter().enumerate() {
                    choice(place, at, |place| self.schema(shape, place));
                }
            }
            Kind::Object(object) => {
                for (name, schema) in &object.properties {
                    step(place, name, |place| self.schema(schema, place));
                }
                if let Some(schema) = &object.additional {
                    step(place, "{}", |place| self.schema(schema, place));
                }
            }
            Kind::Any | Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => {}
        }
    }

    fn named(&mut self, name: &'i str, place: &mut String) {
        if self.around.contains(&name)
            || self.around.len() >= DEEPEST
            || self.places.len() >= MOST_PLACES
        {
            return;
        }
        self.places
            .entry(place.clone())
            .or_insert_with(|| name.to_owned());
        if let Some(schema) = self.schemas.get(name).copied() {
            self.around.push(name);
            self.schema(schema, place);
            self.around.pop();
        }
    }
}

#[cfg(test)]
mod tests;
