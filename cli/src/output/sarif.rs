//! Logs in SARIF 2.1.0 (OASIS standard, section 3), which code scanning reads.

use serde_json::{Value, json};

/// A log of one run.
pub fn log(rules: &[Value], results: &[Value]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "permspec",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// One result of a run, at a line and column of a file, both from 1.
pub fn result(
    rule: &str,
    level: &str,
    message: &str,
    (file, line, column): (&str, u32, u32),
) -> Value {
    json!({
        "ruleId": rule,
        "level": level,
        "message": {"text": message},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": file},
                "region": {"startLine": line, "startColumn": column},
            },
        }],
    })
}
