use super::*;

const IMAGES: &[Permission] = &[Permission::new("ims:images:*")];
const SHARES: &[Permission] = &[Permission::new("ims:*:share")];
const ALLOWS: &[Statement] = &[Statement::allow(IMAGES)];
const DENIES: &[Statement] = &[Statement::deny(SHARES)];
static ALLOW: Policy = Policy::new(ALLOWS);
static DENY: Policy = Policy::new(DENIES);
const SHARE: Permission = Permission::new("ims:images:share");
const IAM_ONLY: Scope = Scope {
    iam_project: Some(true),
    enterprise_project: Some(false),
};

fn said(policies: &[(&Policy, Place)], scope: Scope) -> std::string::String {
    let attached: std::vec::Vec<_> = policies
        .iter()
        .map(|(policy, place)| Attached {
            policy,
            place: *place,
        })
        .collect();
    std::format!("{}", Policies::new(&attached).decide(&SHARE, scope))
}

#[test]
fn a_deny_anywhere_beats_every_allow() {
    use Place::IamProject as Iam;
    assert_eq!(
        said(&[(&ALLOW, Iam)], IAM_ONLY),
        "statement 1 of policy 1 allows `ims:images:*`"
    );
    for order in [[(&ALLOW, Iam), (&DENY, Iam)], [(&DENY, Iam), (&ALLOW, Iam)]] {
        assert!(said(&order, IAM_ONLY).ends_with("denies `ims:*:share`"));
    }
    assert_eq!(said(&[], IAM_ONLY), "no statement allows it");
}

#[test]
fn a_policy_without_effect_in_its_place_does_not_allow_or_deny() {
    use Place::{EnterpriseProject, IamProject};
    assert_eq!(
        said(&[(&ALLOW, EnterpriseProject)], IAM_ONLY),
        "statement 1 of policy 1 allows `ims:images:*`, but does not take effect in an enterprise project"
    );
    assert!(
        said(
            &[(&ALLOW, IamProject), (&DENY, EnterpriseProject)],
            IAM_ONLY
        )
        .contains("allows")
    );
}

#[test]
fn a_decision_of_a_condition_is_not_certain() {
    let restricted = |statement: Statement| statement.with_condition(r#"{"StringEquals":{}}"#);
    let one = |statements: std::vec::Vec<Statement>| -> Policy { Policy::new(statements.leak()) };
    let allow = || Statement::allow(IMAGES);
    let deny = || Statement::deny(SHARES);
    for (statements, restricts) in [
        (std::vec![restricted(allow())], true),
        (std::vec![allow(), restricted(deny())], true),
        (std::vec![allow(), restricted(allow())], false),
        (std::vec![restricted(allow()), deny()], false),
        (std::vec![restricted(deny())], false),
    ] {
        let said = said(&[(&one(statements), Place::IamProject)], IAM_ONLY);
        assert_eq!(said.contains("not evaluated"), restricts, "{said}");
    }
}

const PROJECTS_ALONE: Scope = Scope {
    iam_project: Some(true),
    enterprise_project: None,
};

#[test]
fn an_iam_project_needs_no_word_of_the_documentation_and_an_enterprise_project_does() {
    let said_in = |place| said(&[(&ALLOW, place)], PROJECTS_ALONE);
    assert_eq!(
        said_in(Place::IamProject),
        "statement 1 of policy 1 allows `ims:images:*`"
    );
    assert_eq!(
        said_in(Place::EnterpriseProject),
        "statement 1 of policy 1 allows `ims:images:*`, but the documentation does not say whether \
         that takes effect in an enterprise project"
    );
    assert_eq!(
        said(&[(&ALLOW, Place::IamProject)], Scope::default()),
        "statement 1 of policy 1 allows `ims:images:*`"
    );
}

#[test]
fn a_deny_in_doubt_casts_doubt_on_what_is_allowed_and_on_nothing_else() {
    use Place::{EnterpriseProject, IamProject};
    let doubtful = said(
        &[(&ALLOW, IamProject), (&DENY, EnterpriseProject)],
        PROJECTS_ALONE,
    );
    assert!(
        doubtful.contains("denies") && doubtful.contains("does not say"),
        "{doubtful}"
    );
    assert_eq!(
        said(&[(&DENY, EnterpriseProject)], PROJECTS_ALONE),
        "no statement allows it"
    );
}

#[test]
fn a_part_of_a_needed_pattern_is_not_certain() {
    const ALL: Permission = Permission::new("ims:images:*");
    const GET: &[Permission] = &[Permission::new("ims:images:get")];
    const EVERYTHING: &[Permission] = &[Permission::new("ims:*:*")];
    const A_PART: &[Statement] = &[Statement::allow(GET)];
    const ALL_BUT_A_PART: &[Statement] = &[Statement::allow(EVERYTHING), Statement::deny(GET)];
    const NOTHING: &[Statement] = &[Statement::allow(GET), Statement::deny(EVERYTHING)];
    let decided = |statements: &'static [Statement]| {
        let policy = Policy::new(statements);
        let attached = [Attached {
            policy: &policy,
            place: Place::IamProject,
        }];
        std::format!("{}", Policies::new(&attached).decide(&ALL, IAM_ONLY))
    };
    assert!(decided(A_PART).ends_with("allows `ims:images:get`, which is only a part of it"));
    assert!(
        decided(ALL_BUT_A_PART).ends_with("denies `ims:images:get`, which is only a part of it")
    );
    assert!(decided(NOTHING).ends_with("denies `ims:*:*`"));
    assert!(!decided(&[]).contains("part"));
}

#[test]
fn what_restricts_a_statement_is_named() {
    let allow = || Statement::allow(IMAGES);
    let (condition, resource) = (r#"{"StringEquals":{}}"#, r#"["ims:*:*:image:a"]"#);
    for (statement, named) in [
        (allow().with_condition(condition), "under a condition,"),
        (
            allow().with_resource(resource),
            "under a list of resources,",
        ),
        (
            allow().with_condition(condition).with_resource(resource),
            "under a condition and a list of resources,",
        ),
    ] {
        let policy = Policy::new(std::vec![statement].leak());
        let said = said(&[(&policy, Place::IamProject)], IAM_ONLY);
        assert!(said.contains(named), "{said}");
    }
}
