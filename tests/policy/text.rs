//! Texts that are not a policy, or almost one.

use otc_api::CATALOGUE;
use permspec_runtime::policy::{Wanted, check};
use proptest::prelude::*;
use serde_json::Value;

use crate::documented;

/// A policy with several statements that uses all forms of JSON.
fn whole() -> String {
    let needing = CATALOGUE
        .specs()
        .filter(|spec| !spec.permissions.is_empty());
    let made = Wanted::new(needing.take(9)).least(&CATALOGUE).policies[0].to_json_pretty();
    made.replacen(
        "\"Effect\"",
        r#""Condition": {"NumericEquals": {"a\\u00e9\n": [1, -2.5e+3, true, null, {}, []]}}, "Effect""#,
        1,
    )
}

/// The text with one part removed and another part inserted.
fn mutated() -> impl Strategy<Value = String> {
    let put = prop_oneof![
        any::<char>().prop_map(|letter| letter.to_string()),
        prop::sample::select(vec![
            "", "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "0", "-",
            ".", "1e", "null", "tru", "\n", "\u{feff}", "\"k\":1,",
        ])
        .prop_map(str::to_owned),
    ];
    (any::<prop::sample::Index>(), 0..4_usize, put).prop_map(|(index, cut, put)| {
        // The text is ASCII, so that it can be cut anywhere.
        let whole = whole();
        let at = index.index(whole.len());
        let end = (at + cut).min(whole.len());
        format!("{}{put}{}", &whole[..at], &whole[end..])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_json_is_what_serde_json_takes_for_it(text in mutated()) {
        let findings = check(&text, None).findings;
        let mut faults = findings.iter().filter(|finding| finding.message.starts_with("the text is not JSON"));
        let fault = faults.next().map(|finding| finding.message.clone());
        // serde_json uses the last of two values. In a policy, that would be a guess.
        let is_stricter = fault.as_deref().is_some_and(|fault| fault.ends_with("the key appears twice"));
        if !is_stricter {
            let theirs = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
            prop_assert_eq!(fault.is_none(), theirs.is_ok(), "{:?} {:?} {}", fault, theirs, text);
        }
    }

    #[test]
    fn every_place_is_one_of_the_text(text in prop_oneof![".{0,200}", mutated()]) {
        for finding in check(&text, Some(documented())).findings {
            prop_assert!(text.get(finding.span.clone()).is_some(), "{:?}", finding);
        }
    }
}

#[test]
fn the_text_that_is_mutated_is_a_policy() {
    assert_eq!(check(&whole(), None).findings, []);
}
