//! The whole catalogue as routers behind the guard, and calls that are changed in every way that a router may undo.

use std::sync::Arc;

use axum::http::request::Parts;
use permspec_runtime::guard::{Guard, Operation, Unknown, Verdict};
use permspec_runtime::{Catalogue, RouteSpec};
use tower_layer::Layer;
use tower_service::Service;

use crate::servers::{Asked, Changing, HANDLER, SERVERS, Served, router};
use crate::urls::Numbers;
use crate::{catalogue, mutations};

/// The number of calls that each server of each service receives.
const CALLS: usize = 120;

/// Whether the guard asked about all operations of one template, for each service that the handler serves.
fn covers(served: &Served, asked: &[&'static RouteSpec]) -> bool {
    let services = served.keys().map(|(service, _)| service);
    services.into_iter().all(|service| {
        let mut templates = served.iter().filter(|((of, _), _)| of == service);
        templates.any(|(_, specs)| specs.iter().all(|spec| asked.contains(spec)))
    })
}

/// How often a call reached a handler, and how often the documentation spells that call differently.
#[derive(Debug, Default)]
struct Reached {
    all: usize,
    otherwise: usize,
}

async fn attack(catalogue: &'static Catalogue, unknown: Unknown, numbers: &mut Numbers) -> Reached {
    let endpoints: Vec<_> = catalogue
        .specs()
        .flat_map(|spec| spec.endpoints.iter().map(move |endpoint| (spec, endpoint)))
        .collect();
    let mut reached = Reached::default();
    for (server, change, spelt) in SERVERS {
        let (router, handlers) = router(catalogue.specs(), spelt);
        let asked = Arc::new(Asked::default());
        let note = asked.clone();
        let guard = Guard::new(catalogue, move |_: &Parts, operation: &Operation| {
            note.0.lock().unwrap().push(operation.spec());
            Verdict::Allow
        });
        let mut app = guard.unknown(unknown).layer(Changing { router, change });
        for _ in 0..CALLS {
            let Some(request) = mutations::call(&endpoints, numbers) else {
                continue;
            };
            let shown = format!("{server}: {} {}", request.method(), request.uri());
            let method = request.method().as_str().parse();
            let path = request.uri().path().to_owned();
            // A router whose template is `/{version}/` accepts an empty version. The guard does not ask about it.
            if path == "//" {
                continue;
            }
            asked.0.lock().unwrap().clear();
            let response = app.call(request).await.unwrap();
            let Some(handler) = response.headers().get(HANDLER) else {
                continue;
            };
            let handler: usize = handler.to_str().unwrap().parse().unwrap();
            let operations = asked.0.lock().unwrap();
            assert!(
                covers(&handlers[handler], &operations),
                "{shown} reached {:?}, asked {:?}",
                handlers[handler].keys(),
                operations
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            );
            reached.all += 1;
            let mut by_the_letter = method
                .into_iter()
                .flat_map(|method| catalogue.find(method, &path));
            let serves = |spec| handlers[handler].values().flatten().any(|it| *it == spec);
            reached.otherwise += usize::from(!by_the_letter.any(|it| serves(it.spec())));
        }
    }
    reached
}

#[tokio::test]
async fn no_handler_of_the_catalogue_is_reached_unasked_where_unknown_calls_pass() {
    let mut numbers = Numbers(24);
    let mut reached = Reached::default();
    for catalogue in catalogue::all() {
        let more = attack(catalogue, Unknown::Pass, &mut numbers).await;
        reached.all += more.all;
        reached.otherwise += more.otherwise;
    }
    assert!(
        reached.all > 6_000 && reached.otherwise > 1_000,
        "{reached:?}"
    );
}

#[tokio::test]
async fn no_handler_of_the_catalogue_is_reached_unasked_where_unknown_calls_are_denied() {
    let mut numbers = Numbers(25);
    let mut reached = Reached::default();
    for catalogue in catalogue::all() {
        let more = attack(catalogue, Unknown::Deny, &mut numbers).await;
        reached.all += more.all;
        reached.otherwise += more.otherwise;
    }
    assert!(reached.all > 2_000 && reached.otherwise > 20, "{reached:?}");
}
