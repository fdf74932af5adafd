//! Lookup over the whole catalogue. The result is the same as that of a linear search for the most specific template,
//! and as that of the router `matchit` for the templates that it accepts.

mod linear;
mod synthetic;
mod urls;

use std::collections::{BTreeMap, BTreeSet};

use linear::{Answer, Linear};
use otc_api::CATALOGUE;
use permspec_runtime::{Catalogue, Endpoint, Method};
use urls::{Numbers, call, mutated};

fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    CATALOGUE.specs().flat_map(|spec| spec.endpoints)
}

fn found(catalogue: &Catalogue, method: Method, target: &str) -> Vec<Answer> {
    let mut answers: Vec<Answer> = catalogue
        .find(method, target)
        .map(|found| (found.spec().service, found.spec().id, found.endpoint().path))
        .collect();
    answers.sort_unstable();
    answers
}

#[test]
fn the_tree_answers_as_a_linear_search_does() {
    let linear = Linear::new(&CATALOGUE);
    let mut numbers = Numbers(0x5eed);
    let mut answered = 0;
    let mut asked = 0;
    for endpoint in endpoints() {
        let called = call(endpoint, &mut numbers);
        let mut targets = vec![called.clone()];
        for _ in 0..5 {
            targets.push(mutated(&called, &mut numbers));
            let twice = mutated(targets.last().unwrap(), &mut numbers);
            targets.push(twice);
        }
        for target in targets {
            let method = match numbers.below(8) {
                0 => Method::ALL[numbers.below(Method::ALL.len())],
                _ => endpoint.method.unwrap_or(Method::Get),
            };
            let expected = linear.find(method, &target);
            assert_eq!(
                found(&CATALOGUE, method, &target),
                expected,
                "{method} {target:?}"
            );
            asked += 1;
            answered += usize::from(!expected.is_empty());
        }
    }
    // Both kinds must be among the targets. Otherwise the comparison does not prove anything.
    assert!(
        answered > asked / 4 && answered < asked * 3 / 4,
        "{answered} of {asked}"
    );
}

#[test]
fn every_call_is_found_with_the_values_that_it_was_made_of() {
    let mut numbers = Numbers(0xca11);
    for endpoint in endpoints() {
        let called = call(endpoint, &mut numbers);
        let method = endpoint.method.unwrap_or(Method::Get);
        for candidate in CATALOGUE.find(method, &called) {
            let mut path = String::new();
            let mut rest = candidate.endpoint().path;
            for captured in candidate.parameters() {
                let name = match captured.name {
                    "*" => "*".to_owned(),
                    name => format!("{{{name}}}"),
                };
                let (before, after) = rest.split_once(&name).expect("in the template's order");
                path += &(before.to_owned() + captured.raw);
                rest = after;
            }
            // A slash at the end does not distinguish calls.
            let found = path + rest;
            let plain = |path: &str| path.trim_end_matches('/').to_ascii_lowercase();
            assert_eq!(plain(&found), plain(&called), "{candidate:?}");
        }
    }
}

#[test]
fn matchit_gives_the_same_template_where_it_takes_them() {
    let mut routers: BTreeMap<Method, matchit::Router<&'static str>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut refused = 0;
    for endpoint in endpoints() {
        let Some(method) = endpoint.method else {
            continue;
        };
        let router = routers.entry(method).or_default();
        match router.insert(endpoint.path, endpoint.path) {
            Ok(()) => {
                taken.insert((method, endpoint.path));
            }
            Err(_) => refused += 1,
        }
    }
    assert!(
        taken.len() > 1000 && refused > 0,
        "{} taken, {refused} refused",
        taken.len()
    );
    let mut numbers = Numbers(0x03a7_c417);
    let mut compared = 0;
    for (method, template) in &taken {
        let endpoint = Endpoint {
            method: Some(*method),
            path: template,
            query: &[],
            body_action: None,
        };
        // matchit does not know percent-encoding, and returns a template of one service only.
        let called = call(&endpoint, &mut numbers);
        if called.contains('%') {
            continue;
        }
        let theirs = routers[method]
            .at(&called)
            .expect("it took the template")
            .value;
        let ours = found(&CATALOGUE, *method, &called);
        // matchit may prefer the more specific template of another service, or the other way round. A template
        // that it refused may be more specific within the service.
        let same = ours.iter().any(|(_, _, path)| path == theirs);
        let refused = ours
            .iter()
            .any(|(_, _, path)| !taken.contains(&(*method, *path)));
        assert!(same || refused, "{method} {called}: {theirs}, but {ours:?}");
        compared += usize::from(same);
    }
    assert!(compared > taken.len() / 2, "{compared} of {}", taken.len());
}

#[test]
fn odd_paths_of_the_documentation_are_found() {
    let ids = |method: Method, target: &str| -> Vec<String> {
        CATALOGUE
            .find(method, target)
            .map(|found| found.spec().to_string())
            .collect()
    };
    for (method, target) in [
        (Method::Get, "/"),
        (Method::Get, "https://vpc.eu-de.otc.t-systems.com"),
        (
            Method::Get,
            "/v2/reverse/floatingips/eu-de:c5504932-bf23-4171-b655-b87a6bc59334",
        ),
        (Method::Get, "/v2/edc89b49/os-quota-sets/edc89b49"),
        (Method::Options, "/api/v1/namespaces/default/pods"),
        (Method::Get, "/v1.0/edc89b49/metrics"),
        (Method::Get, "/V1.0/edc89b49/metrics"),
    ] {
        assert!(!ids(method, target).is_empty(), "{method} {target}");
    }
    for target in [
        "",
        "*",
        "/api/../v1",
        "v2/images",
        "/v2//images",
        "/v2/images/../images",
    ] {
        assert_eq!(ids(Method::Get, target), [""; 0], "{target}");
    }
}

#[test]
fn operations_that_share_a_route_are_all_candidates_with_their_key_of_the_body() {
    let keys: Vec<Option<&str>> = otc_api::evs::Route::find(Method::Post, "/v2/p/volumes/v/action")
        .map(|(_, found)| found.endpoint().body_action)
        .collect();
    assert!(
        keys.len() > 1 && keys.contains(&Some("os-extend")),
        "{keys:?}"
    );
}

#[test]
fn a_service_knows_its_own_operations_by_the_names_of_its_enum() {
    let (route, found) = otc_api::ims::Route::find(Method::Put, "/v2/images/a%2Fb/members/m")
        .next()
        .unwrap();
    assert_eq!(route, otc_api::ims::Route::UpdateImageSharingStatus);
    let values: Vec<_> = found
        .parameters()
        .map(|captured| captured.text().unwrap())
        .collect();
    assert_eq!(values, ["a/b", "m"]);
    let named = CATALOGUE.get("ims.UpdateImageSharingStatus");
    assert!(named.is_some_and(|spec| std::ptr::eq(spec, found.spec())));
    for other in [
        "ims.updateImageSharingStatusInBatches",
        "AddImageMember",
        "evs.AddImageMember",
    ] {
        assert_eq!(CATALOGUE.get(other), None, "{other}");
    }
}

#[test]
fn what_every_browser_asks_for_is_no_version_and_no_operation() {
    for target in ["/favicon.ico", "/robots.txt", "/health", "/x/y.png"] {
        let found = found(&CATALOGUE, Method::Get, target);
        assert!(found.is_empty(), "{target}: {found:?}");
    }
    assert!(!found(&CATALOGUE, Method::Get, "/v2").is_empty());
}

#[test]
fn what_a_lookup_finds_can_be_shown_and_is_still_to_come_afterwards() {
    let target = "/v2/images/70a599e0/members";
    let mut routes = otc_api::ims::Route::find(Method::Post, target);
    let mut candidates = CATALOGUE.find(Method::Post, target);
    let (route, _) = routes.clone().next().unwrap();
    let shown = format!("{routes:?}");
    assert!(
        shown.starts_with(&format!("[({route:?}, Candidate {{")),
        "{shown}"
    );
    assert!(format!("{candidates:?}").contains("endpoint: Endpoint {"));
    assert!(routes.next().is_some() && candidates.next().is_some());
    routes.by_ref().for_each(drop);
    candidates.by_ref().for_each(drop);
    assert_eq!(format!("{routes:?} {candidates:?}"), "[] []");
}
