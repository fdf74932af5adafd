use std::string::ToString;

use super::*;
use crate::Permission;

/// The findings of a statement, each with the text that it is about.
fn found(text: &str) -> Vec<String> {
    let known = ["ims:images:get", "ims:images:share"]
        .map(Permission::new)
        .into_iter()
        .collect();
    let findings = check(text, Some(&known)).findings;
    let shown =
        |finding: &Finding| format!("{} -> {}", &text[finding.span.clone()], finding.message);
    findings.iter().map(shown).collect()
}

fn statement(statement: &str) -> String {
    format!(r#"{{"Version":"1.1","Statement":[{statement}]}}"#)
}

const GOOD: &str = r#"{"Effect":"Allow","Action":["ims:images:get"]}"#;

#[test]
fn a_good_policy_is_read_as_it_is_written() {
    let text = statement(
        r#"{"Effect":"Deny","Action":["ims:*:share"],"Resource":["a"],"Condition":{"StringEquals":{"g:UserName":["x"]}}}"#,
    );
    let checked = check(&text, None);
    assert_eq!(checked.findings, []);
    assert_eq!(checked.policy.unwrap().to_json(), text);
}

#[test]
fn each_fault_is_found_at_its_place() {
    for (text, expected) in [
        ("[]", "[] -> expected a policy, found an array"),
        (
            r#"{"Version":"1.1"}"#,
            r#"{"Version":"1.1"} -> the policy has no `Statement`"#,
        ),
        (
            &statement("").replace("[]", "7"),
            "7 -> expected an array of statements, found a number",
        ),
        (
            &statement(GOOD).replace("1.1", "1.0"),
            "\"1.0\" -> the version of a custom policy is `1.1`",
        ),
        (
            &statement(GOOD).replace("Effect", "effect"),
            "\"effect\" -> a statement has no key `effect`",
        ),
        (
            &statement(GOOD).replace("Allow", "allow"),
            "\"allow\" -> an effect is `Allow` or `Deny`",
        ),
        (
            &statement(GOOD).replace("ims:images:get", "ims:images"),
            "\"ims:images\" -> `ims:images` does not have the form `service:resource:operation`",
        ),
        (
            &statement(GOOD).replace("ims:images:get", "*:*:*"),
            "\"*:*:*\" -> `*:*:*` has a `*` in its service, which IAM does not accept",
        ),
        (
            &statement(GOOD).replace("get", "gte"),
            "\"ims:images:gte\" -> `ims:images:gte` is not in any table of the documentation",
        ),
        (
            &statement(GOOD).replace("get", "x*"),
            "\"ims:images:x*\" -> `ims:images:x*` does not match any action of the documentation",
        ),
    ] {
        assert!(
            found(text).contains(&expected.to_string()),
            "{text}: {:?}",
            found(text)
        );
    }
}

#[test]
fn every_limit_is_one_more_than_what_is_still_accepted() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| {
        (0..count).map(one).collect::<Vec<_>>().join(",")
    };
    let actions = |count| {
        let actions = many(count, &|at| format!("\"ims:images:a{at}\""));
        statement(&format!(r#"{{"Effect":"Allow","Action":[{actions}]}}"#))
    };
    let statements = |count| statement(&many(count, &|_| GOOD.to_string()));
    let long = |count| statement(&GOOD.replace("get", &"g".repeat(count - "ims:images:".len())));
    let resources = |count| {
        statement(&GOOD.replace(
            '}',
            &format!(
                ",\"Resource\":[{}]}}",
                many(count, &|_| "\"r\"".to_string())
            ),
        ))
    };
    let conditions = |count| {
        let keys = many(count, &|at| format!("\"k{at}\":[]"));
        statement(&GOOD.replace(
            '}',
            &format!(",\"Condition\":{{\"StringEquals\":{{{keys}}}}}}}"),
        ))
    };
    let valid = |text: String| check(&text, None).is_valid();
    assert!(valid(actions(100)) && !valid(actions(101)) && !valid(actions(0)));
    assert!(valid(statements(8)) && !valid(statements(9)) && !valid(statements(0)));
    assert!(valid(long(128)) && !valid(long(129)));
    assert!(valid(resources(20)) && !valid(resources(21)) && !valid(resources(0)));
    assert!(valid(conditions(10)) && !valid(conditions(11)) && !valid(conditions(0)));
}

#[test]
fn a_misprint_gets_a_suggestion_and_a_short_form_its_three_parts() {
    let help = |action: &str| {
        let known = [Permission::new("ims:images:get")].into_iter().collect();
        let text = statement(&GOOD.replace("ims:images:get", action));
        check(&text, Some(&known)).findings[0].help.clone()
    };
    let meant = |action: &str| Some(format!("did you mean `{action}`?"));
    assert_eq!(help("ims:*"), meant("ims:*:*"));
    assert_eq!(help("ims"), meant("ims:*:*"));
    assert_eq!(help("ims:images"), meant("ims:images:*"));
    assert_eq!(help("IMS:image:get"), meant("ims:images:get"));
    for other in ["*", "ims::get", " ims:images:get", "a:b:c:d"] {
        assert_eq!(help(other), None, "{other}");
    }
}

#[test]
fn resources_are_texts_or_the_agencies_of_a_uri() {
    let resource = |json: &str| {
        let text = statement(&GOOD.replace('}', &format!(r#","Resource":{json}}}"#)));
        let checked = check(&text, None);
        let messages = checked.findings.iter().map(ToString::to_string);
        (
            checked.policy.is_some(),
            messages.collect::<Vec<_>>().join("; "),
        )
    };
    let agencies = |count| {
        format!(
            r#"{{"uri":[{}]}}"#,
            ["\"/iam/agencies/1\""; 30][..count].join(",")
        )
    };
    let many = format!("[{}]", ["\"r\""; 11].join(","));
    let long = format!("[\"{}\"]", "r".repeat(129));
    for (json, read, said) in [
        (r#"["OBS:*:*:bucket:b"]"#, true, ""),
        (&agencies(1), true, ""),
        (
            &agencies(21),
            true,
            "1 to 20 resources, but this one has 21",
        ),
        (&many, true, "warning: the statement has 11 resources"),
        (
            &long,
            true,
            "a resource has at most 128 characters, but this one has 129",
        ),
        ("null", false, "expected an array of resources, found null"),
        (
            r#""x""#,
            false,
            "expected an array of resources, found a string",
        ),
        ("[7]", false, "expected a resource, found a number"),
        ("{}", false, "has no `uri`"),
        (r#"{"uri":[],"url":[]}"#, true, "has no key `url`"),
    ] {
        let (is_read, messages) = resource(json);
        assert_eq!(is_read, read, "{json}");
        assert!(messages.contains(said), "{json}: {messages}");
        assert_eq!(messages.is_empty(), said.is_empty(), "{json}: {messages}");
    }
}

#[test]
fn an_operator_of_a_condition_has_keys() {
    let text = statement(&GOOD.replace('}', r#","Condition":{"StringEquals":"x"}}"#));
    assert!(
        found(&text)
            .contains(&"\"x\" -> expected an object of condition keys, found a string".to_string())
    );
    assert!(check(&text, None).policy.is_none());
}

#[test]
fn a_byte_order_mark_is_said_and_moves_no_place() {
    let text = format!("\u{feff}{}", statement(&GOOD.replace("get", "gte")));
    let known = [Permission::new("ims:images:get")].into_iter().collect();
    let checked = check(&text, Some(&known));
    assert!(checked.policy.is_some() && checked.is_valid());
    let places: Vec<&str> = checked
        .findings
        .iter()
        .map(|f| &text[f.span.clone()])
        .collect();
    assert_eq!(places, ["\u{feff}", "\"ims:images:gte\""]);
}

#[test]
fn the_length_counts_without_blanks_and_warns_with_them() {
    let text = statement(GOOD).replace(':', &(":".to_string() + &" ".repeat(6_200)));
    let checked = check(&text.replace("ims: ", "ims:"), None);
    assert!(!checked.is_valid(), "the blanks of a string are its own");
    let text = statement(GOOD).replace('[', &("[".to_string() + &" ".repeat(6_200)));
    let checked = check(&text, None);
    assert!(checked.is_valid());
    assert_eq!(checked.findings[0].severity, Severity::Warning);
}

#[test]
fn a_policy_of_which_a_part_is_not_understood_is_none() {
    for text in [
        statement(GOOD).replace("Allow", "Maybe"),
        statement(r#"{"Effect":"Allow","Action":"x"}"#),
    ] {
        assert!(check(&text, None).policy.is_none());
    }
}

#[test]
fn a_pattern_of_a_table_is_known_and_so_is_what_it_means() {
    let known = [Permission::new("cce:kubernetes:*")].into_iter().collect();
    for action in ["cce:kubernetes:*", "cce:kubernetes:get", "cce:*:*"] {
        let text = statement(&GOOD.replace("ims:images:get", action));
        assert_eq!(check(&text, Some(&known)).findings, [], "{action}");
    }
    let text = statement(&GOOD.replace("ims:images:get", "cce:nodes:get"));
    assert_eq!(check(&text, Some(&known)).findings.len(), 1);
}

#[test]
fn every_part_of_a_statement_is_looked_at_in_one_go() {
    let text = statement(r#"{"Effect":"x","Action":7,"Resource":null,"Condition":[]}"#);
    let messages = [
        "\"x\" -> an effect is `Allow` or `Deny`",
        "7 -> expected an array of actions, found a number",
        "null -> expected an array of resources, found null",
        "[] -> expected an object of conditions, found an array",
    ];
    assert_eq!(found(&text), messages);
}
