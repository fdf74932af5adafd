//! Client stubs: one function per operation, which returns a request value. A stub names its path parameters
//! in order and does not render anything. This module must never emit anything that sends.

use syn::{Expr, ItemFn};

use super::{doc, item, parameter, query, syntax};
use crate::ident;
use crate::inert::code;
use crate::model::{Operation, Service};
use crate::sharing::{Decides, Shared, Sharing};

/// How many operations with the same call a stub names.
const MOST_NAMES: usize = 8;

/// The stubs of a service, for every operation that has a route.
pub(super) fn functions(service: &Service, queries: &query::QueryConstants) -> Vec<ItemFn> {
    let sharing = Sharing::of(service);
    let operations = service.operations().map(|(_, operation)| operation);
    operations
        .filter_map(|operation| function(operation, sharing.with(operation), queries))
        .collect()
}

fn function(
    operation: &Operation,
    shared: Option<Shared<'_, '_>>,
    queries: &query::QueryConstants,
) -> Option<ItemFn> {
    let first = operation.endpoints.first()?;
    let names = parameter::arguments(&first.path);
    // Only a crate that calls a stub compiles it, so that the generated crate does not compile all of them.
    let mut attributes = syntax::docs(&about(operation, shared, queries));
    attributes.push(syntax::inline());
    Some(item::function(
        attributes,
        &ident::function(&operation.id),
        &names,
        item::named("Request"),
        request(operation, shared, &names),
    ))
}

fn about(
    operation: &Operation,
    shared: Option<Shared<'_, '_>>,
    queries: &query::QueryConstants,
) -> Vec<String> {
    let mut lines = doc::summary(operation);
    lines.push(String::new());
    lines.push(doc::needs(operation));
    lines.extend(
        shared
            .into_iter()
            .flat_map(|it| [String::new(), sharing(it)]),
    );
    if let Some(key) = key(operation) {
        let shown = code(key);
        let line = format!("The body has the key {shown}: `Request::action` takes its value.");
        lines.extend([String::new(), line]);
    }
    if let Some(links) = queries.links(operation) {
        lines.extend([String::new(), links]);
    }
    lines
}

/// Which operations share the call, and what decides between them.
fn sharing(shared: Shared<'_, '_>) -> String {
    let mut names: Vec<String> = shared
        .others()
        .map(|other| format!("[`Route::{}`]", other.id))
        .collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let decides = match shared.decides() {
        Decides::Body => "the body decides.",
        Decides::Query => "the query decides.",
        Decides::Unstated => "the documentation does not say what decides.",
    };
    format!("Shares this call with {}; {decides}", names.join(", "))
}

/// The key of the body that selects the operation.
fn key(operation: &Operation) -> Option<&str> {
    operation.endpoints.first()?.body_action.as_deref()
}

/// `Route::AddImageMember.request(&[image_id])`.
fn request(operation: &Operation, shared: Option<Shared<'_, '_>>, arguments: &[String]) -> Expr {
    let route = syntax::path(["Route", &operation.id]);
    let values = arguments.iter().map(|name| syntax::path([name.as_str()]));
    let request = syntax::method_call(route, "request", [syntax::slice(values)]);
    // If the key is known, the runtime sees in the table that there must be a body.
    let needs_body = shared.is_some_and(|it| it.decides() == Decides::Body);
    if needs_body && key(operation).is_none() {
        syntax::method_call(request, "with_body_required", [])
    } else {
        request
    }
}

#[cfg(test)]
mod tests {
    use crate::emit::module;
    use crate::sharing::tests::service;

    #[test]
    fn a_stub_says_which_operations_share_its_call_and_needs_the_body_that_decides() {
        let action = "/v1/{id}/action";
        let code = module(&service(&[
            ("Start", &[("POST", action, "", "")]),
            ("Stop", &[("POST", action, "", "")]),
            ("Show", &[("GET", action, "", "")]),
        ]));
        let lines = [
            "/// Shares this call with [`Route::Stop`]; the body decides.",
            "/// Shares this call with [`Route::Start`]; the body decides.",
            "Route::Start.request(&[id]).with_body_required()",
            "Route::Show.request(&[id])\n",
        ];
        for line in lines {
            assert!(code.contains(line), "{line}: {code}");
        }
        assert_eq!(code.matches("with_body_required").count(), 2);
        assert_eq!(code.matches("Shares this call").count(), 2);
    }

    #[test]
    fn a_stub_whose_key_is_known_says_it_and_leaves_the_body_to_the_runtime() {
        let code = module(&service(&[
            ("Extend", &[("POST", "/v1/{id}/action", "", "os-extend")]),
            ("Show", &[("GET", "/v1/quota", "", "")]),
            ("ShowOfType", &[("GET", "/v1/quota", "type", "")]),
            ("ShowAgain", &[("GET", "/v1/{id}", "", "")]),
            ("ShowOnceMore", &[("GET", "/v1/{id}", "", "")]),
        ]));
        for line in [
            "/// The body has the key `os-extend`: `Request::action` takes its value.",
            "/// Shares this call with [`Route::ShowOfType`]; the query decides.",
            "/// Shares this call with [`Route::ShowAgain`]; the documentation does not say what decides.",
        ] {
            assert!(code.contains(line), "{line}: {code}");
        }
        assert!(!code.contains("with_body_required"), "{code}");
    }

    #[test]
    fn a_stub_names_eight_of_many_that_share_its_call() {
        let ids: Vec<String> = ('A'..='L').map(|letter| format!("Do{letter}")).collect();
        let routes = [("POST", "/v1/action", "", "")];
        let rows: Vec<_> = ids.iter().map(|id| (&**id, &routes[..])).collect();
        let code = module(&service(&rows));
        let line = "[`Route::DoH`], [`Route::DoI`], 3 more; the body decides.";
        assert!(code.contains(line), "{code}");
    }
}
