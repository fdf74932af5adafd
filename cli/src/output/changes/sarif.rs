//! Changes in SARIF 2.1.0, with fingerprints by which code scanning follows them.

use std::collections::BTreeSet;

use permspec::drift::{Change, Severity};
use serde_json::{Value, json};

use super::file;
use crate::output::sarif;

pub fn log(changes: &[Change]) -> Value {
    let rules: BTreeSet<_> = changes.iter().map(|change| change.rule).collect();
    let rule = |entry: &permspec::drift::Entry| {
        json!({
            "id": entry.id,
            "shortDescription": {"text": entry.description},
            "help": {"text": format!("see {}", entry.link())},
            "properties": {
                "severity": entry.severity,
                "policy": entry.policy,
                "semver": entry.semver,
            },
        })
    };
    let rules: Vec<Value> = rules.into_iter().map(|id| rule(id.entry())).collect();
    let results: Vec<Value> = changes.iter().map(result).collect();
    sarif::log(&rules, &results)
}

fn result(change: &Change) -> Value {
    let level = match change.severity() {
        Severity::Breaking => "error",
        Severity::Semantic => "warning",
        Severity::Cosmetic => "note",
    };
    let place = (file(change), change.line, 1);
    let mut result = sarif::result(change.rule.id(), level, &change.to_string(), place);
    result["partialFingerprints"] = json!({ "permspec/v1": change.fingerprint });
    result
}
