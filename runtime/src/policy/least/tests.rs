use std::string::{String, ToString};
use std::vec;

use super::*;
use crate::Scope;

fn spec(id: &'static str, permissions: Vec<Requirement>, scope: [Option<bool>; 2]) -> RouteSpec {
    let [iam_project, enterprise_project] = scope;
    RouteSpec {
        service: "x",
        id,
        title: "",
        endpoints: &[],
        permissions: permissions.leak(),
        dependencies: &[],
        scope: Scope {
            iam_project,
            enterprise_project,
        },
        doc: None,
        service_spec: None,
    }
}

fn always(action: &'static str) -> Requirement {
    Requirement::always(Permission::new(action))
}

fn in_case(action: &'static str, case: &'static str) -> Requirement {
    Requirement {
        permission: Permission::new(action),
        when: Some(case),
    }
}

const LONG: &str = "x:long:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

/// Made for each question, because a requirement owns its action and a `static` cannot contain it here.
fn catalogue() -> Catalogue {
    let any = vec![always("x:pods:*"), always("x:pods:**")];
    let get = vec![always("x:pods:get"), always("x:nodes:get")];
    let tags = vec![in_case("x:disks:tag", "Disk"), in_case("x:pods:tag", "Pod")];
    let specs: &'static [RouteSpec] = Vec::leak(vec![
        spec("Any", any, [YES, YES]),
        spec("Get", get, [YES, NO]),
        spec("Tags", tags, [NO, None]),
        spec("Long", vec![always(LONG)], [NO, NO]),
        spec("Free", vec![], [None, None]),
        spec("Same", vec![always("x:Nodes:Get")], [None, None]),
    ]);
    Catalogue::new("x 1", Vec::leak(vec![Some(specs)]), b"pst\x02")
}

fn least(ids: &[&str], cases: &[&str], excluded: &[&str]) -> LeastPrivilege {
    let catalogue = catalogue();
    let specs = catalogue.specs().filter(|spec| ids.contains(&spec.id));
    let wanted = Wanted {
        cases,
        excluded,
        ..Wanted::new(specs)
    };
    wanted.least(&catalogue)
}

fn ids(specs: &[&RouteSpec]) -> String {
    specs
        .iter()
        .map(|spec| spec.id)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn an_action_that_a_pattern_means_is_not_listed_but_the_pattern_stays() {
    assert_eq!(
        least(&["Any", "Get"], &[], &[]).allowed.to_string(),
        "x:nodes:get, x:pods:*"
    );
    assert_eq!(
        least(&["Get", "Same"], &[], &[]).allowed.to_string(),
        "x:nodes:get, x:pods:get"
    );
}

#[test]
fn a_case_is_asked_for_until_somebody_says_whether_it_applies() {
    let asked = |cases: &[&str], excluded: &[&str]| {
        let least = least(&["Tags"], cases, excluded);
        let open = least.open.iter().map(|open| open.requirement.to_string());
        (
            least.allowed.to_string(),
            open.collect::<Vec<_>>().join(", "),
        )
    };
    let answer = |allowed: &str, open: &str| (allowed.to_string(), open.to_string());
    assert_eq!(
        asked(&[], &[]),
        answer("", "x:disks:tag (Disk), x:pods:tag (Pod)")
    );
    assert_eq!(
        asked(&["Disk"], &[]),
        answer("x:disks:tag", "x:pods:tag (Pod)")
    );
    assert_eq!(asked(&["Disk"], &["Pod"]), answer("x:disks:tag", ""));
    assert_eq!(
        asked(&["Pod", "Disk"], &["Pod"]),
        answer("x:disks:tag, x:pods:tag", "")
    );
}

#[test]
fn what_a_pattern_allows_anyway_is_not_asked_about() {
    let least = least(&["Any", "Tags"], &[], &["Disk"]);
    assert_eq!(least.open, []);
}

#[test]
fn a_case_that_no_operation_names_is_known_as_such() {
    let wanted = Wanted {
        cases: &["Disk", "disk"],
        excluded: &["Pods"],
        ..Wanted::new(catalogue().specs())
    };
    assert_eq!(wanted.unknown_cases().collect::<Vec<_>>(), ["disk", "Pods"]);
}

#[test]
fn operations_are_told_by_what_no_policy_can_do_for_them() {
    let all: Vec<&str> = catalogue().specs().map(|spec| spec.id).collect();
    let least = least(&all, &[], &[]);
    assert_eq!(ids(&least.iam_project_only), "Get");
    assert_eq!(ids(&least.enterprise_project_only), "Tags");
    assert_eq!(ids(&least.without_effect), "Long");
    assert_eq!(ids(&least.without_action), "Free");
    assert_eq!(least.impossible.to_string(), LONG);
    assert!(!least.allowed.contains(&Permission::new(LONG)));
    assert_eq!(least.catalogue, "x 1");
}

#[test]
fn operations_without_actions_make_no_policy() {
    assert!(least(&["Free"], &[], &[]).policies.is_empty());
    assert!(least(&["Long"], &[], &[]).policies.is_empty());
    assert!(least(&[], &[], &[]).policies.is_empty());
}
