//! Trees of templates that no documentation has, compared with the same reference.

use permspec::lookup::table;
use permspec::model::{Operation, Origin, Page, Service};
use permspec_runtime::{Catalogue, Endpoint, Method, RouteSpec, Scope};
use proptest::prelude::*;
use serde_json::json;

use crate::found;
use crate::linear::Linear;

/// A catalogue that is made while the test runs, and lives as long as the program.
fn catalogue(services: &[Vec<(Option<Method>, String)>]) -> Catalogue {
    let mut models = Vec::new();
    let mut specs: Vec<Option<&'static [RouteSpec]>> = Vec::new();
    for (number, routes) in services.iter().enumerate() {
        let name: &'static str = format!("s{number}").leak();
        let operations = routes.iter().map(|(method, path)| operation(*method, path));
        let origin: Origin = serde_json::from_value(json!({
            "title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""
        }))
        .unwrap();
        models.push(Service {
            name: name.to_owned(),
            title: None,
            access: permspec::model::Access::default(),
            pages: vec![Page::new(name, origin, operations.collect())],
        });
        let routes = routes
            .iter()
            .enumerate()
            .map(|(id, (method, path))| RouteSpec {
                service: name,
                id: format!("Operation{id}").leak(),
                title: "",
                endpoints: Vec::leak(vec![Endpoint {
                    method: *method,
                    path: path.clone().leak(),
                    query: &[],
                    body_action: None,
                }]),
                permissions: &[],
                dependencies: &[],
                scope: Scope::default(),
                doc: None,
                service_spec: None,
            });
        specs.push(Some(Vec::leak(routes.collect())));
    }
    Catalogue::new("synthetic", Vec::leak(specs), Vec::leak(table(&models)))
}

fn operation(method: Option<Method>, path: &str) -> Operation {
    serde_json::from_value(json!({
        "id": "", "title": "", "section": null, "line": 1,
        "endpoints": [{"method": method.map(Method::as_str), "path": path, "query": [], "body_action": null}],
        "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null
    }))
    .unwrap()
}

fn method() -> impl Strategy<Value = Option<Method>> {
    prop_oneof![
        Just(None),
        Just(Some(Method::Get)),
        Just(Some(Method::Post))
    ]
}

fn template() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        4 => prop::sample::select(vec!["a", "ab", "detail", "security-groups", "security-group-rules", "v1", "V2"])
            .prop_map(str::to_owned),
        3 => prop::sample::select(vec!["{id}", "{project_id}"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["v1{id}", "{a}:{b}", "{a}{b}", "{a}.json", "x{a}y{b}z", "{a}:{b}:{c}"])
            .prop_map(str::to_owned),
        1 => "[a-c%:]{0,10}",
    ];
    (prop::collection::vec(segment, 0..5), any::<bool>()).prop_map(|(segments, rest)| {
        let path = segments
            .iter()
            .fold(String::new(), |path, segment| path + "/" + segment);
        path + if rest { "/*" } else { "/" }
    })
}

fn target() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        prop::sample::select(vec![
            "a",
            "ab",
            "detail",
            "security-groups",
            "security-group-rules",
            "v1",
            "V1",
            "v2",
            "v1x",
            "a:b",
            "a%3Ab",
            "%61",
            "a:b:c",
            "x1y2z",
            "a.json",
            ".",
            "%2e.",
            "",
            "abcdefgh",
            "\0",
            "a\0",
        ])
        .prop_map(str::to_owned),
        "[a-c%:é]{0,10}",
    ];
    prop::collection::vec(segment, 0..6).prop_map(|segments| format!("/{}", segments.join("/")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_answers_as_a_linear_search_does(
        services in prop::collection::vec(prop::collection::vec((method(), template()), 0..12), 1..4),
        targets in prop::collection::vec(target(), 40),
    ) {
        let catalogue = catalogue(&services);
        let linear = Linear::new(&catalogue);
        for target in targets {
            for method in [Method::Get, Method::Post] {
                prop_assert_eq!(found(&catalogue, method, &target), linear.find(method, &target), "{}", target);
            }
        }
    }

    #[test]
    fn no_target_makes_it_panic(target in ".*", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        for target in [target, String::from_utf8_lossy(&bytes).into_owned()] {
            for target in [target.clone(), format!("/{target}"), format!("/v2/{target}")] {
                for candidate in otc_api::find(Method::Get, &target) {
                    candidate.parameters().for_each(|captured| drop(captured.text()));
                }
            }
        }
    }
}

#[test]
fn a_segment_that_lacks_its_slash_is_text_and_parameter() {
    let catalogue = catalogue(&[vec![
        (
            Some(Method::Post),
            "/v1{project_id}/cloudservers/os-server-groups".to_owned(),
        ),
        (
            Some(Method::Post),
            "/{any}/cloudservers/os-server-groups".to_owned(),
        ),
    ]]);
    let first = |target| {
        let candidate = catalogue.find(Method::Post, target).next().unwrap();
        let values: Vec<_> = candidate
            .parameters()
            .map(|captured| captured.raw)
            .collect();
        (candidate.spec().id, values)
    };
    assert_eq!(
        first("/v1edc89b49/cloudservers/os-server-groups"),
        ("Operation0", vec!["edc89b49"])
    );
    assert_eq!(
        first("/v2edc89b49/cloudservers/os-server-groups"),
        ("Operation1", vec!["v2edc89b49"])
    );
}
