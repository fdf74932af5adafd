//! Compares decisions with a reference that is too simple to be wrong: it asks every statement one question.
//! The reference does not share code with the runtime. It does not know iterators over policies or the runtime's
//! patterns.

use permspec_runtime::policy::{
    Attached, Decision, Effect, Place, Policies, Policy, Statement, check,
};
use permspec_runtime::{Permission, Scope};
use proptest::prelude::*;

/// A statement, before it becomes a statement of the runtime.
#[derive(Clone, Debug)]
struct Written {
    effect: Effect,
    actions: Vec<String>,
    condition: bool,
    resource: bool,
    place: Place,
}

/// Whether a pattern matches. A star matches any text without a colon. This takes exponential time, but texts are
/// short.
fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        (['*', rest @ ..], _) if matches(rest, text) => true,
        (['*', ..], [letter, others @ ..]) => *letter != ':' && matches(pattern, others),
        ([first, rest @ ..], [letter, others @ ..]) => first == letter && matches(rest, others),
        _ => false,
    }
}

/// The case of letters matters up to the first colon.
fn letters(action: &str) -> Vec<char> {
    let service = action.find(':').unwrap_or(action.len());
    let rest = action[service..].to_ascii_lowercase();
    action[..service].chars().chain(rest.chars()).collect()
}

fn names(statement: &Written, action: &str) -> bool {
    let mut actions = statement.actions.iter();
    actions.any(|pattern| matches(&letters(pattern), &letters(action)))
}

/// The rule of IAM's documentation: a Deny first, then an Allow, otherwise no. `?` if it cannot be decided.
fn decided(statements: &[Written], action: &str, scope: Scope) -> char {
    let mut answers = String::new();
    for statement in statements
        .iter()
        .filter(|statement| names(statement, action))
    {
        let effective = match statement.place {
            Place::IamProject => scope.iam_project != Some(false),
            Place::EnterpriseProject => scope.enterprise_project != Some(false),
        };
        let stated = statement.place == Place::IamProject || scope.enterprise_project.is_some();
        let certain = stated && !statement.condition && !statement.resource;
        answers.push(match (effective, statement.effect, certain) {
            (false, _, _) => continue,
            (true, Effect::Deny, true) => 'D',
            (true, Effect::Deny, false) => 'd',
            (true, Effect::Allow, true) => 'A',
            (true, Effect::Allow, false) => 'a',
        });
    }
    let said = |answer| answers.contains(answer);
    match () {
        () if said('D') => 'D',
        () if said('A') && said('d') => '?',
        () if said('A') => 'A',
        () if said('a') => '?',
        () => '-',
    }
}

fn action(parts: [&'static [&'static str]; 3]) -> impl Strategy<Value = String> {
    parts
        .map(prop::sample::select)
        .prop_map(|[service, resource, operation]| format!("{service}:{resource}:{operation}"))
}

fn statement() -> impl Strategy<Value = Written> {
    let actions = action([
        &["ims", "IMS", "vpc", "*"],
        &["images", "Images", "im*", "*", "quotas"],
        &[
            "get", "GET", "list", "*", "*t", "g*t", "get*", "gets", "*e*",
        ],
    ]);
    let place = prop::sample::select(vec![Place::IamProject, Place::EnterpriseProject]);
    let effect = prop::sample::select(vec![Effect::Allow, Effect::Deny]);
    let often_not = || prop::bool::weighted(0.2);
    (
        effect,
        prop::collection::vec(actions, 1..4),
        often_not(),
        often_not(),
        place,
    )
        .prop_map(|(effect, actions, condition, resource, place)| Written {
            effect,
            actions,
            condition,
            resource,
            place,
        })
}

fn made(written: &Written) -> Statement {
    let actions = written.actions.iter().cloned().map(Permission::from);
    let mut statement = Statement::new(written.effect, actions);
    if written.condition {
        statement = statement.with_condition(r#"{"StringEquals":{"g:UserName":["a"]}}"#);
    }
    if written.resource {
        statement = statement.with_resource(r#"["OBS:*:*:bucket:b"]"#);
    }
    statement
}

fn scope() -> impl Strategy<Value = Scope> {
    let column = || prop::sample::select(vec![None, Some(true), Some(false)]);
    (column(), column()).prop_map(|(iam_project, enterprise_project)| Scope {
        iam_project,
        enterprise_project,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn decisions_are_those_of_the_reference(
        written in prop::collection::vec(statement(), 0..6),
        asked in action([&["ims", "IMS", "vpc"], &["images", "IMAGES", "quotas"], &["get", "Gets", "list", "delete"]]),
        scope in scope(),
    ) {
        // Each statement is a policy of its own, because each has its own attachment.
        let policies: Vec<Policy> =
            written.iter().map(|written| Policy::from(vec![made(written)])).collect();
        let attached: Vec<Attached<'_>> = policies
            .iter()
            .zip(&written)
            .map(|(policy, written)| Attached { policy, place: written.place })
            .collect();
        let decision = Policies::new(&attached).decide(&Permission::from(asked.clone()), scope);
        let said = match decision {
            Decision::Denied(_) => 'D',
            Decision::Allowed(_) => 'A',
            Decision::Depends(_) => '?',
            Decision::NotAllowed(_) => '-',
        };
        prop_assert_eq!(said, decided(&written, &asked, scope), "{}", decision);
        if let Some(reason) = decision.reason() {
            let behind = &written[reason.policy];
            prop_assert!(names(behind, &asked));
            prop_assert!(behind.actions.iter().any(|action| action == reason.named.as_str()));
        }
    }

    #[test]
    fn patterns_cover_what_the_reference_matches(
        pattern in "[abA*]{1,3}:[abA*]{1,4}:[abA*]{1,6}",
        text in "[abB]{1,3}:[abB]{1,4}:[abB]{1,6}",
    ) {
        let covers = Permission::from(pattern.clone()).covers(&Permission::from(text.clone()));
        prop_assert_eq!(covers, matches(&letters(&pattern), &letters(&text)));
    }

    #[test]
    fn a_policy_is_read_back_as_it_was_written(written in prop::collection::vec(statement(), 1..6)) {
        let policy = Policy::from(written.iter().map(made).collect::<Vec<_>>());
        for text in [policy.to_json(), policy.to_json_pretty()] {
            let read = check(&text, None).policy;
            prop_assert_eq!(read.as_ref(), Some(&policy));
        }
    }
}
