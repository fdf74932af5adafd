//! Client stubs: one function an operation, which returns a request value.
//! A stub names its path parameters in order and renders nothing; this module must never emit
//! anything that sends.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{doc, parameter, query, route};
use crate::model::{Operation, Service};
use crate::name::{snake_case, value_ident};

/// The stubs of a service, for every operation that has a route.
pub(super) fn functions(service: &Service, queries: &query::Names) -> Vec<TokenStream> {
    service
        .operations()
        .filter_map(|(_, operation)| function(operation, queries))
        .collect()
}

fn function(operation: &Operation, queries: &query::Names) -> Option<TokenStream> {
    let first = operation.routes.first()?;
    let mut lines = doc::summary(operation);
    lines.push(String::new());
    lines.push(doc::needs(operation));
    if let Some(links) = queries.links(operation) {
        lines.extend([String::new(), links]);
    }
    let docs = doc::attributes(&lines);
    let name = format_ident!("{}", value_ident(&snake_case(&operation.id)));
    let variant = route::variant(operation);
    let arguments: Vec<_> = parameter::arguments(&first.path)
        .iter()
        .map(|name| format_ident!("{name}"))
        .collect();
    Some(quote! {
        #docs
        pub fn #name(#(#arguments: &str),*) -> Request {
            Request::new(Route::#variant.spec(), &[#(#arguments),*])
        }
    })
}
