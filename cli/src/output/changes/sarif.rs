//! Writes changes in SARIF 2.1.0. Code scanning follows them by their fingerprints.

use std::collections::BTreeSet;

use permspec::drift::{Change, ChangeSeverity};
use serde_json::{Value, json};

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
    let mut log = sarif::Log::new();
    for change in changes {
        add(&mut log, change);
    }
    log.of_run(&rules)
}

fn add(log: &mut sarif::Log, change: &Change) {
    let level = match change.severity() {
        ChangeSeverity::Breaking => "error",
        ChangeSeverity::Semantic => "warning",
        ChangeSeverity::Cosmetic => "note",
    };
    let place = (change.file.as_str(), change.line, 1);
    let result = log.add(change.rule.id(), level, &change.to_string(), place);
    result["partialFingerprints"] = json!({ "permspec/v1": change.fingerprint });
}
