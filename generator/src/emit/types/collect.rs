//! From the schemas of a service to structs and open enums. A named schema becomes one struct, wherever it is used.
//! A field that the page does not describe further is any JSON; nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Names};
use super::shape::{Choice, Field, Struct, Ty};
use super::{about, merge};
use crate::ident;
use crate::inert::code;
use crate::model::Interface;
use crate::model::schema::{Kind, Object, Scalar, Schema};

/// The schemas and types of a service while they are read.
pub(super) struct Collector<'a> {
    pub(super) names: Names,
    schemas: BTreeMap<&'a str, &'a Schema>,
    /// The operations whose pages use a schema, by its name.
    users: BTreeMap<&'a str, Vec<&'a str>>,
    /// The schemas that are objects with documented fields.
    objects: BTreeSet<&'a str>,
    pub(super) structs: Vec<Struct>,
    pub(super) choices: Vec<Choice>,
    /// How many structs lie around the present one.
    depth: usize,
}

/// How deep structs without a name of their own lie in each other. Forms of a body may lead back to themselves.
const DEEPEST: usize = 8;

/// What has a field or a parameter.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o> {
    /// The beginning of the names of its types.
    pub(super) name: &'o str,
    /// The item that documentation links to.
    pub(super) link: &'o str,
}

/// A struct before its fields are known.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) is_sent: bool,
}

/// The fields of an object, and the required ones of each of its forms.
pub(super) type Fields = (Object, Vec<Vec<String>>);

impl<'a> Collector<'a> {
    /// Makes the structs of all named schemas.
    pub(super) fn of(interfaces: &[&'a Interface]) -> Collector<'a> {
        let mut schemas = BTreeMap::new();
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for interface in interfaces {
            for (name, schema) in &interface.schemas {
                schemas.entry(name.as_str()).or_insert(schema);
                users.entry(name).or_default().push(&interface.id);
            }
        }
        let sent = sent(interfaces, &schemas);
        let objects: Vec<_> = schemas
            .iter()
            .filter_map(|(name, schema)| Some((*name, object(schema, &schemas)?)))
            .collect();
        let mut collector = Collector {
            names: Names::with(schemas.keys().copied()),
            schemas,
            users,
            objects: objects.iter().map(|(name, _)| *name).collect(),
            structs: Vec::new(),
            choices: Vec::new(),
            depth: 0,
        };
        for (name, object) in objects {
            let place = Place {
                name: names::of_schema(name),
                about: collector.used_by(name),
                is_sent: sent.contains(name),
            };
            collector.structure(place, object);
        }
        collector
    }

    /// An object with documented fields.
    pub(super) fn object(&self, schema: &Schema) -> Option<Fields> {
        object(schema, &self.schemas)
    }

    /// Adds a struct, and returns its type.
    pub(super) fn structure(&mut self, place: Place, (object, forms): Fields) -> Ty {
        let Place {
            name,
            about,
            is_sent,
        } = place;
        let wires = object.properties.iter().map(|(wire, _)| wire.as_str());
        let idents = names::fields(wires, &["extra"]);
        let index = self.structs.len();
        self.structs.push(Struct {
            name: name.clone(),
            about,
            fields: Vec::new(),
            forms,
            is_sent,
        });
        let owner = Owner {
            name: &name,
            link: &name,
        };
        let mut fields = Vec::new();
        for ((wire, schema), ident) in object.properties.iter().zip(idents) {
            let ty = self.ty(schema, owner, wire, is_sent);
            let required = object.required.contains(wire);
            fields.push(Field {
                ident,
                wire: wire.clone(),
                ty,
                about: about::field(wire, schema, required),
            });
        }
        self.structs[index].fields = fields;
        Ty::Named(name)
    }

    /// The type of a field of `owner`. Objects and lists of values become types of their own.
    pub(super) fn ty(
        &mut self,
        schema: &Schema,
        owner: Owner<'_>,
        field: &str,
        is_sent: bool,
    ) -> Ty {
        match &schema.kind {
            Kind::Any => Ty::Json,
            Kind::String => self.text(schema, owner, field),
            Kind::Integer => Ty::Integer,
            Kind::Number => Ty::Number,
            Kind::Boolean => Ty::Boolean,
            Kind::Array(element) => Ty::List(Box::new(self.ty(element, owner, field, is_sent))),
            Kind::Object(object) => self.nested(schema, object, owner, field, is_sent),
            Kind::Ref(name) => self.named(name),
            Kind::AnyOf(_) => match merge::elements(schema, &self.schemas) {
                Some(element) => Ty::List(Box::new(self.ty(&element, owner, field, is_sent))),
                None => self
                    .anonymous(schema, owner, field, is_sent)
                    .unwrap_or(Ty::Json),
            },
        }
    }

    fn nested(
        &mut self,
        schema: &Schema,
        object: &Object,
        owner: Owner<'_>,
        field: &str,
        is_sent: bool,
    ) -> Ty {
        if let Some(ty) = self.anonymous(schema, owner, field, is_sent) {
            return ty;
        }
        match &object.additional {
            Some(value) => Ty::Map(Box::new(self.ty(value, owner, field, is_sent))),
            None => Ty::Json,
        }
    }

    /// A struct for an object that has no name in the model.
    fn anonymous(
        &mut self,
        schema: &Schema,
        owner: Owner<'_>,
        field: &str,
        is_sent: bool,
    ) -> Option<Ty> {
        let object = self.object(schema).filter(|_| self.depth < DEEPEST)?;
        let place = Place {
            name: self.names.field(owner.name, field),
            about: format!("The field {} of [`{}`].", code(field), owner.link),
            is_sent,
        };
        self.depth += 1;
        let ty = self.structure(place, object);
        self.depth -= 1;
        Some(ty)
    }

    /// The type of a named schema. A schema that is not an object has no type of its own.
    fn named(&self, name: &str) -> Ty {
        if self.objects.contains(name) {
            Ty::Named(names::of_schema(name))
        } else {
            Ty::Json
        }
    }

    /// `String`, or an open enum if the page lists the values.
    fn text(&mut self, schema: &Schema, owner: Owner<'_>, field: &str) -> Ty {
        let texts: Option<Vec<&str>> = schema
            .values
            .iter()
            .map(|value| match value {
                Scalar::String(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let variants = texts.and_then(|texts| names::variants(texts.into_iter()));
        let Some(variants) = variants else {
            return Ty::Text;
        };
        let name = self.names.field(owner.name, field);
        self.choices.push(Choice {
            name: name.clone(),
            about: format!("Values of {} of [`{}`].", code(field), owner.link),
            variants,
        });
        Ty::Named(name)
    }

    fn used_by(&self, schema: &str) -> String {
        const MOST: usize = 3;
        let users = self.users.get(schema).map_or(&[][..], Vec::as_slice);
        let shown = users.iter().take(MOST);
        let shown: Vec<String> = shown
            .map(|id| format!("[`{}`]", ident::function(id)))
            .collect();
        match users.len().saturating_sub(MOST) {
            0 => format!("Used by {}.", shown.join(", ")),
            1 => format!("Used by {} and 1 other operation.", shown.join(", ")),
            more => format!("Used by {} and {more} other operations.", shown.join(", ")),
        }
    }
}

/// The fields of an object. `None` if none is documented.
fn object(schema: &Schema, schemas: &BTreeMap<&str, &Schema>) -> Option<Fields> {
    merge::forms(schema, schemas).filter(|(object, _)| !object.properties.is_empty())
}

/// The schemas that a request contains, also inside other schemas.
fn sent<'a>(
    interfaces: &[&'a Interface],
    schemas: &BTreeMap<&'a str, &'a Schema>,
) -> BTreeSet<&'a str> {
    let mut sent = BTreeSet::new();
    let mut open: Vec<&'a Schema> = interfaces
        .iter()
        .filter_map(|interface| Some(&interface.request.as_ref()?.schema))
        .collect();
    while let Some(schema) = open.pop() {
        schema.refs(&mut |name| {
            if sent.insert(name) {
                open.extend(schemas.get(name).copied());
            }
        });
    }
    sent
}
