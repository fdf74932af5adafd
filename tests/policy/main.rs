//! Sets, policies and least privilege over the whole catalogue: what must hold whatever is asked.

use otc_api::CATALOGUE;
use permspec_runtime::policy::{Answer, Attached, Place, Policies, Policy, Wanted, check, limits};
use permspec_runtime::{Permission, PermissionSet, RouteSpec};
use proptest::prelude::*;

fn universe() -> PermissionSet {
    PermissionSet::of(&CATALOGUE)
}

/// Some of the actions, at random, but often all of a service or of a resource type.
fn asked() -> impl Strategy<Value = PermissionSet> {
    let all: Vec<Permission> = universe().into_iter().collect();
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

fn operations() -> impl Strategy<Value = Vec<&'static RouteSpec>> {
    let all: Vec<&RouteSpec> = CATALOGUE.specs().collect();
    prop::sample::subsequence(all, 0..40).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_compact_set_grants_what_was_asked_and_nothing_else(
        asked in asked(),
        reserved in prop::sample::subsequence(vec!["iam:", "ecs:cloudServers:d", "vpc:", "evs:volumes"], 0..3),
    ) {
        let universe = universe();
        let short = asked.compact(&universe, &reserved);
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
        prop_assert_eq!(shuffled.compact(&universe, &reserved), short);
    }

    #[test]
    fn the_smallest_policies_allow_the_operations_within_every_limit(
        operations in operations(),
        dependencies: bool,
        patterns: bool,
    ) {
        let wanted = Wanted { dependencies, patterns, ..Wanted::new(operations.clone()) };
        let least = wanted.least(&CATALOGUE);
        for policy in &least.policies {
            let text = policy.to_json_pretty();
            prop_assert!(text.chars().count() <= limits::CHARACTERS);
            let checked = check(&text, None);
            prop_assert!(checked.is_valid(), "{:?}", checked.findings);
            prop_assert_eq!(checked.policy.as_ref(), Some(policy));
        }
        let attached: Vec<Attached<'_>> =
            least.policies.iter().map(|policy| Attached { policy, place: Place::IamProject }).collect();
        let policies = Policies::new(&attached);
        for spec in &operations {
            let explanation = policies.explain(spec);
            let missing: Vec<_> = explanation.missing().filter(|missing| missing.when.is_none()).collect();
            prop_assert!(missing.is_empty() || spec.scope.iam_project == Some(false), "{}", explanation);
        }
        let mut reversed = operations;
        reversed.reverse();
        let again = Wanted { operations: reversed, ..wanted }.least(&CATALOGUE);
        prop_assert_eq!(again.policies, least.policies);
    }

    #[test]
    fn without_patterns_nothing_is_allowed_that_no_operation_needs(operations in operations()) {
        let least = Wanted::new(operations.clone()).least(&CATALOGUE);
        for action in least.allowed.iter() {
            prop_assert!(operations.iter().any(|spec| spec.needs(action)), "{}", action);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}", cut in 0..2_000_usize, put in any::<char>()) {
        let _ = check(&text, None);
        let whole = Wanted::new(CATALOGUE.specs().take(9)).least(&CATALOGUE).policies[0].to_json_pretty();
        // ASCII throughout, so that it can be cut anywhere.
        let at = cut.min(whole.len());
        for text in [&whole[..at], &whole[at..], &format!("{}{put}{}", &whole[..at], &whole[at..])] {
            let findings = check(text, Some(&universe())).findings;
            prop_assert!(findings.iter().all(|finding| text.get(finding.span.clone()).is_some()));
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
    assert_eq!(least.impossible, []);
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
