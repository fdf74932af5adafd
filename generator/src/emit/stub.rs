//! Client stubs: one function an operation, which returns a request value.
//! A stub names its path parameters in order and renders nothing; this module must never emit
//! anything that sends.

use syn::{Expr, ItemFn};

use super::{doc, item, parameter, query, syntax};
use crate::model::{Operation, Service};
use crate::name::{snake_case, value_ident};

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
    Some(item::function(
        doc::attributes(&about(operation, queries)),
        &value_ident(&snake_case(&operation.id)),
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

/// `Request::new(Route::AddImageMember.spec(), &[image_id])`.
fn request(operation: &Operation, arguments: &[String]) -> Expr {
    let spec = syntax::method_call(syntax::path(["Route", &operation.id]), "spec");
    let arguments = arguments.iter().map(|name| syntax::path([name.as_str()]));
    syntax::call(
        syntax::path(["Request", "new"]),
        [spec, syntax::slice(arguments)],
    )
}
