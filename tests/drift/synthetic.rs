//! Random versions, in which rows share more titles, calls and actions than in real ones.
//! A property that holds for these holds for any documentation.

use std::collections::BTreeSet;

use permspec::drift::{self, Change, PageModel, Rule};
use permspec::model::{Endpoint, Extra, Operation, Origin, Page, Requirement};
use proptest::prelude::*;

const TITLES: [&str; 6] = [
    "Creating an oven",
    "Creates ovens",
    "Deleting an oven",
    "Deleting ovens in batches",
    "Adding tags",
    "Deleting tags",
];
const PATHS: [&str; 7] = [
    "/v1/ovens",
    "/v2/ovens",
    "/v1/ovens/{oven_id}",
    "/v1/ovens/{id}",
    "/v1/ovens/{oven_id}/",
    "/v1/ovens/{oven_id}/tags/action",
    "/v1/pans",
];
const ACTIONS: [&str; 5] = [
    "bake:ovens:create",
    "bake:ovens:delete",
    "bake:tags:create",
    "bake:Tags:Create",
    "mill:flour:get",
];

fn route() -> impl Strategy<Value = Endpoint> {
    let body = prop_oneof![4 => Just(None), 1 => Just(Some("on")), 1 => Just(Some("off"))];
    let method = prop_oneof![Just("GET"), Just("POST")];
    (method, 0..PATHS.len(), body).prop_map(|(method, path, body)| Endpoint {
        method: Some(method.to_owned()),
        path: PATHS[path].to_owned(),
        query: Vec::new(),
        body_action: body.map(str::to_owned),
        extra: Extra::new(),
    })
}

fn requirements() -> impl Strategy<Value = Vec<Requirement>> {
    let needed = (
        0..ACTIONS.len(),
        prop_oneof![3 => Just(None), 1 => Just(Some("rye"))],
    );
    prop::collection::vec(needed, 0..3).prop_map(|needed| {
        let mut found: Vec<Requirement> = Vec::new();
        for (action, when) in needed {
            // A page states an action once per cell.
            if !found
                .iter()
                .any(|known| known.action.eq_ignore_ascii_case(ACTIONS[action]))
            {
                let (action, when) = (ACTIONS[action].to_owned(), when.map(str::to_owned));
                found.push(Requirement { action, when });
            }
        }
        found
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let scope = || prop_oneof![Just(None), Just(Some(true)), Just(Some(false))];
    let endpoints = prop::collection::vec(route(), 0..3);
    (
        0..TITLES.len(),
        endpoints,
        requirements(),
        requirements(),
        scope(),
        scope(),
    )
        .prop_map(
            |(title, mut endpoints, actions, dependencies, iam_project, enterprise_project)| {
                // A cell states a call once.
                let mut seen = BTreeSet::new();
                endpoints.retain(|route| seen.insert(route.to_string()));
                Operation {
                    id: "Operation".to_owned(),
                    title: TITLES[title].to_owned(),
                    section: None,
                    line: 1,
                    endpoints,
                    actions,
                    dependencies,
                    iam_project,
                    enterprise_project,
                    extra: Extra::new(),
                }
            },
        )
}

/// One or two pages. The names of their operations do not help to find pairs.
fn version() -> impl Strategy<Value = Vec<PageModel>> {
    let page = prop::collection::vec(operation(), 1..6);
    prop::collection::vec(page, 1..3).prop_map(|pages| {
        let page = |(at, operations): (usize, Vec<Operation>)| {
            let origin = Origin {
                title: "Ovens".to_owned(),
                path: format!("bake/ovens_{at}.rst"),
                original_name: None,
                doc_url: None,
                sha256: String::new(),
                extra: Extra::new(),
            };
            PageModel {
                file: origin.path.clone(),
                lines: vec![1; operations.len()],
                page: Page::new("bake", origin, operations),
                layout: None,
                pinned: false,
                placed: true,
            }
        };
        pages.into_iter().enumerate().map(page).collect()
    })
}

/// What a version says about each call, and about each row without a call.
fn facts(version: &[PageModel]) -> BTreeSet<String> {
    let list = |needed: &[Requirement]| {
        let mut list: Vec<String> = needed
            .iter()
            .map(|needed| format!("{} {:?}", needed.action.to_lowercase(), needed.when))
            .collect();
        list.sort();
        list
    };
    let operations = version.iter().flat_map(|page| &page.page.operations);
    let said = operations.flat_map(|operation| {
        let needs = format!(
            "{:?} {:?} {:?} {:?}",
            list(&operation.actions),
            list(&operation.dependencies),
            operation.iam_project,
            operation.enterprise_project
        );
        let mut calls: Vec<String> = operation
            .endpoints
            .iter()
            .map(ToString::to_string)
            .collect();
        if calls.is_empty() {
            calls.push("no call".to_owned());
        }
        calls
            .into_iter()
            .map(move |call| format!("{call}: {needs}"))
    });
    said.collect()
}

fn told(change: &Change) -> (Rule, Option<String>, Option<String>, usize) {
    let (before, after) = (change.before.clone(), change.after.clone());
    (change.rule, before, after, change.effects.len())
}

fn mirrored(change: &Change) -> (Rule, Option<String>, Option<String>, usize) {
    let (rule, before, after, effects) = told(change);
    (rule.entry().opposite, after, before, effects)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(version in version()) {
        prop_assert_eq!(drift::diff(&version, &version), vec![]);
    }

    #[test]
    fn what_is_said_otherwise_is_never_passed_over(old in version(), new in version()) {
        let changes = drift::diff(&old, &new);
        if !changes.iter().any(|change| change.semantic) {
            prop_assert_eq!(facts(&old), facts(&new), "{:#?}", changes);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(new in version()) {
        let mut turned = new.clone();
        for page in &mut turned {
            page.page.operations.reverse();
        }
        let changes = drift::diff(&new, &turned);
        prop_assert!(!changes.iter().any(|change| change.semantic), "{:#?}", changes);
    }

    #[test]
    fn the_way_back_is_the_mirror_of_the_way(old in version(), new in version()) {
        let mut there: Vec<_> = drift::diff(&old, &new).iter().map(mirrored).collect();
        let mut back: Vec<_> = drift::diff(&new, &old).iter().map(told).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }
}
