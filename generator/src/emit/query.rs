//! The names of query parameters, as constants: those that the pages of a service name. No page says which
//! values a parameter accepts, so this module must never invent one.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, ItemMod};

use super::{item, syntax};
use crate::ident::query_constants;
use crate::inert;
use crate::model::{Operation, Service};

/// The constants by parameter.
pub(super) struct QueryConstants(BTreeMap<String, String>);

impl QueryConstants {
    /// Names every query parameter of the service.
    pub(super) fn of(service: &Service) -> Self {
        QueryConstants(query_constants(service))
    }

    /// `pub mod query`. `None` if the pages do not name any parameter.
    pub(super) fn module(&self, service: &Service) -> Option<ItemMod> {
        if self.0.is_empty() {
            return None;
        }
        let about = format!(
            "The query parameters that the pages of {} name, for `Request::query`.",
            inert::text(service.display_name())
        );
        let about = syntax::docs(&[about]);
        let mut takers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (_, operation) in service.operations() {
            for name in parameters(operation).collect::<BTreeSet<_>>() {
                let of_name = takers.entry(name).or_default();
                of_name.push(inert::code(&operation.id));
            }
        }
        let constants = self.0.iter().map(|(name, ident)| {
            let takers = takers[name.as_str()].join(", ");
            let docs = syntax::docs(&[format!("{} of {takers}", inert::code(name))]);
            Item::Const(item::constant(
                docs,
                ident,
                item::text(),
                syntax::string(name),
            ))
        });
        Some(item::module(about, "query", constants.collect()))
    }

    /// What a stub says about the parameters of its operation.
    pub(super) fn links(&self, operation: &Operation) -> Option<String> {
        let names: BTreeSet<&str> = parameters(operation).collect();
        let links: Vec<String> = names
            .iter()
            .map(|name| format!("[`query::{}`]", self.0[*name]))
            .collect();
        (!links.is_empty()).then(|| format!("Takes {} in its query.", links.join(", ")))
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    let routes = operation.endpoints.iter();
    routes.flat_map(|route| route.query.iter().map(String::as_str))
}
