//! Sets, policies and least privilege over the whole catalogue: what must hold whatever is asked.

mod evaluation;
mod text;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use otc_api::CATALOGUE;
use permspec_runtime::policy::{
    Answer, Attached, Place, Policies, Policy, Statement, Wanted, check, limits,
};
use permspec_runtime::{Permission, PermissionSet, RouteSpec};
use proptest::prelude::*;

fn universe() -> &'static PermissionSet {
    static UNIVERSE: LazyLock<PermissionSet> = LazyLock::new(|| PermissionSet::of(&CATALOGUE));
    &UNIVERSE
}

fn documented() -> &'static PermissionSet {
    static DOCUMENTED: LazyLock<PermissionSet> =
        LazyLock::new(|| PermissionSet::documented(&CATALOGUE));
    &DOCUMENTED
}

/// Random actions, often all of a service or of a resource type.
fn asked() -> impl Strategy<Value = PermissionSet> {
    let all: Vec<Permission> = universe().iter().cloned().collect();
    let patterns = prop::sample::subsequence(all, 0..12);
    prop::collection::vec((patterns, 0..4_usize), 1..4).prop_map(|groups| {
        let wide = |(actions, width): (Vec<Permission>, usize)| {
            actions.into_iter().map(move |action| match width {
                0 => Permission::from(format!("{}:*:*", action.service())),
                1 => Permission::from(format!("{}:{}:*", action.service(), action.resource())),
                _ => action,
            })
        };
        let patterns: Vec<Permission> = groups.into_iter().flat_map(wide).collect();
        universe().expand(&patterns)
    })
}

/// Random operations. Operations that need different actions in different cases are more frequent.
fn operations() -> impl Strategy<Value = Vec<&'static RouteSpec>> {
    let has_cases = |spec: &&RouteSpec| spec.permissions.iter().any(|needed| needed.when.is_some());
    let all: Vec<&RouteSpec> = CATALOGUE.specs().collect();
    let of_cases: Vec<&RouteSpec> = CATALOGUE.specs().filter(has_cases).collect();
    let some = prop::sample::subsequence(all, 0..40);
    let few = prop::sample::subsequence(of_cases, 0..4);
    (some, few)
        .prop_map(|(some, few)| [some, few].concat())
        .prop_shuffle()
}

/// Some of the cases that the documentation names.
fn cases() -> impl Strategy<Value = Vec<&'static str>> {
    let needed = CATALOGUE.specs().flat_map(|spec| spec.permissions);
    let cases: BTreeSet<&str> = needed.filter_map(|needed| needed.when).collect();
    let cases: Vec<&str> = cases.into_iter().collect();
    let count = cases.len();
    prop::sample::subsequence(cases, 0..=count)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_compact_set_grants_what_was_asked_and_nothing_else(
        asked in asked(),
        reserved in prop::sample::subsequence(vec!["iam:", "ecs:cloudServers:d", "vpc:", "evs:volumes"], 0..3),
    ) {
        let universe = universe();
        let short = asked.compact(universe, &reserved);
        prop_assert_eq!(&universe.expand(short.iter()), &asked);
        prop_assert!(short.len() <= asked.len());
        for pattern in short.iter().filter(|pattern| pattern.is_pattern()) {
            for prefix in &reserved {
                // An action that IAM may know and no table names.
                let unknown = Permission::from(format!("{prefix}:x:x").replace("::", ":"));
                prop_assert!(!pattern.covers(&unknown), "{} {}", pattern, prefix);
            }
        }
        let shuffled: PermissionSet = asked.iter().cloned().collect::<Vec<_>>().into_iter().rev().collect();
        prop_assert_eq!(shuffled.compact(universe, &reserved), short);
    }

    #[test]
    fn the_smallest_policies_allow_what_the_operations_need_and_nothing_else(
        operations in operations(),
        dependencies: bool,
        patterns: bool,
        chosen in cases(),
        ruled_out in cases(),
    ) {
        let wanted = Wanted {
            dependencies,
            patterns,
            cases: &chosen,
            excluded: &ruled_out,
            ..Wanted::new(operations.clone())
        };
        let least = wanted.least(&CATALOGUE);

        // The needed actions and the undecided cases, found without the code under test.
        let (mut needed, mut open) = (BTreeSet::new(), BTreeSet::new());
        for spec in &operations {
            let depends = if dependencies { spec.dependencies } else { &[] };
            for needs in spec.permissions.iter().chain(depends) {
                match needs.when {
                    Some(case) if !chosen.contains(&case) => {
                        if !ruled_out.contains(&case) {
                            open.insert(needs.permission.clone());
                        }
                    }
                    _ => drop(needed.insert(needs.permission.clone())),
                }
            }
        }
        let listed: Vec<&Permission> =
            least.policies.iter().flat_map(Policy::statements).flat_map(Statement::actions).collect();
        let allows = |action: &Permission| listed.iter().any(|named| named.covers(action));
        prop_assert!(needed.iter().all(allows), "{:?}", least.allowed);
        for action in universe().iter().filter(|action| allows(action)) {
            prop_assert!(needed.iter().any(|needed| needed.covers(action)), "{} is not needed", action);
        }
        let once: BTreeSet<&Permission> = listed.iter().copied().collect();
        prop_assert_eq!(once.len(), listed.len(), "an action stands twice");
        let asked: BTreeSet<Permission> =
            least.open.iter().map(|open| open.requirement.permission.clone()).collect();
        open.retain(|action| !allows(action));
        prop_assert_eq!(asked, open);

        let mut reversed = operations;
        reversed.reverse();
        let again = Wanted { operations: reversed, ..wanted }.least(&CATALOGUE);
        prop_assert_eq!(again.policies, least.policies);
    }

    #[test]
    fn each_of_the_smallest_policies_is_within_every_limit(
        operations in prop::sample::subsequence(CATALOGUE.specs().collect::<Vec<_>>(), 0..400),
        dependencies: bool,
    ) {
        let wanted = Wanted { dependencies, ..Wanted::new(operations) };
        let least = wanted.least(&CATALOGUE);
        for policy in &least.policies {
            let text = policy.to_json_pretty();
            let checked = check(&text, Some(documented()));
            prop_assert_eq!(&checked.findings, &[]);
            prop_assert_eq!(checked.policy.as_ref(), Some(policy));
        }
        // Two neighbouring policies would not fit into one.
        for pair in least.policies.windows(2) {
            let both: Vec<Statement> = pair.iter().flat_map(Policy::statements).cloned().collect();
            let text = Policy::from(both).to_json_pretty();
            prop_assert!(text.chars().count() > limits::CHARACTERS);
        }
    }
}

#[test]
fn the_whole_catalogue_fits_into_policies_that_allow_all_of_it() {
    let wanted = Wanted {
        dependencies: true,
        ..Wanted::new(CATALOGUE.specs())
    };
    let least = wanted.least(&CATALOGUE);
    assert!(
        least.policies.len() > 1,
        "more than 1,000 actions are no single policy"
    );
    assert!(least.impossible.is_empty());
    let listed: usize = least
        .policies
        .iter()
        .flat_map(Policy::statements)
        .map(|s| s.actions().len())
        .sum();
    assert_eq!(listed, least.allowed.len(), "no action stands twice");
}

#[test]
fn a_case_that_the_documentation_names_is_asked_for() {
    let labelled = |spec: &&RouteSpec| spec.permissions.iter().any(|needed| needed.when.is_some());
    let spec = CATALOGUE
        .specs()
        .find(labelled)
        .expect("the catalogue has labelled actions");
    let least = Wanted::new([spec]).least(&CATALOGUE);
    assert!(!least.open.is_empty());
    let cases: Vec<&str> = least
        .open
        .iter()
        .filter_map(|open| open.requirement.when)
        .collect();
    let chosen = Wanted {
        cases: &cases,
        ..Wanted::new([spec])
    }
    .least(&CATALOGUE);
    assert_eq!(chosen.open, []);
    assert!(chosen.allowed.len() > least.allowed.len());
}

#[test]
fn an_operation_is_answered_by_its_documented_actions() {
    let spec = otc_api::ims::Route::AddImageMember.spec();
    let least = Wanted::new([spec]).least(&CATALOGUE);
    assert_eq!(
        least.allowed.to_string(),
        "ims:images:get, ims:images:share"
    );
    assert_eq!(least.iam_project_only, [spec]);
    let answer = |place| {
        let attached = [Attached {
            policy: &least.policies[0],
            place,
        }];
        Policies::new(&attached).explain(spec).answer()
    };
    assert_eq!(answer(Place::IamProject), Answer::Yes);
    assert_eq!(answer(Place::EnterpriseProject), Answer::No);
}
