//! Client stubs: one function an operation, which returns a request value.
//! A stub names its path parameters in order and renders nothing; this module must never emit
//! anything that sends.

use syn::{Expr, ItemFn};

use super::{doc, item, parameter, query, syntax};
use crate::model::{Operation, Service};
use crate::name;

/// The stubs of a service, for every operation that has a route.
pub(super) fn functions(service: &Service, queries: &query::Names) -> Vec<ItemFn> {
    let operations = service.operations().map(|(_, operation)| operation);
    operations
        .filter_map(|operation| function(operation, queries))
        .collect()
}

fn function(operation: &Operation, queries: &query::Names) -> Option<ItemFn> {
    let first = operation.routes.first()?;
    let names = parameter::arguments(&first.path);
    // Whoever calls a stub compiles it, so that a release of the crate need not compile them all.
    let mut attributes = syntax::docs(&about(operation, queries));
    attributes.push(syntax::inline());
    Some(item::function(
        attributes,
        &name::function(&operation.id),
        &names,
        item::named("Request"),
        request(operation, &names),
    ))
}

fn about(operation: &Operation, queries: &query::Names) -> Vec<String> {
    let mut lines = doc::summary(operation);
    lines.push(String::new());
    lines.push(doc::needs(operation));
    if let Some(links) = queries.links(operation) {
        lines.extend([String::new(), links]);
    }
    lines
}

/// `Route::AddImageMember.request(&[image_id])`.
fn request(operation: &Operation, arguments: &[String]) -> Expr {
    let route = syntax::path(["Route", &operation.id]);
    let arguments = arguments.iter().map(|name| syntax::path([name.as_str()]));
    syntax::method_call(route, "request", [syntax::slice(arguments)])
}
