//! `permspec check`: documentation, spec model and generated code must agree.

use std::path::Path;

use permspec::drift::{self, Drift, Kind};
use permspec::{Error, Severity};

use super::project;
use crate::Verdict;
use crate::arguments::Check;
use crate::output::{counted, print_line, report_findings, say, unified};

pub fn run(options: &Check, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find(config)?;
    let outcome = drift::check(&project, options.docs.as_deref())?;
    // Notes are for `permspec lint`: here they would bury what differs.
    report_findings(
        &outcome
            .report
            .filtered(|finding| finding.severity < Severity::Note),
    );
    let findings = outcome.value;
    for file in &findings.cosmetic {
        say(&format!(
            "note: the page of {} was changed, but nothing that a caller or a policy notices",
            file.display()
        ));
    }
    for drift in &findings.drifts {
        print_line(describe(drift));
    }
    if findings.drifts.is_empty() {
        say("documentation, model and generated code agree");
        return Ok(Verdict::Clean);
    }
    let commands: Vec<String> = commands(&findings.drifts)
        .iter()
        .map(|c| format!("`{c}`"))
        .collect();
    let disagree = if findings.drifts.len() == 1 {
        "disagrees"
    } else {
        "disagree"
    };
    let files = counted(findings.drifts.len(), "file");
    let commands = commands.join(", then ");
    print_line(format_args!("{files} {disagree}; mend with {commands}"));
    Ok(Verdict::Findings)
}

fn describe(drift: &Drift) -> String {
    let file = drift.file.display();
    let mut lines = vec![match drift.kind {
        Kind::PageChanged => format!("{file}: the page says something else now"),
        Kind::ModelEdited => format!("{file}: the model does not say what its page says"),
        Kind::ModelMissing => format!("{file}: the page has no model yet"),
        Kind::PageMissing => format!("{file}: no page in permspec.toml belongs to this model"),
        Kind::GeneratedStale if drift.present.is_none() => format!("{file}: the file is missing"),
        Kind::GeneratedStale => format!("{file}: the file is not what the model gives"),
    }];
    lines.extend(drift.changes.iter().map(|change| format!("  - {change}")));
    if drift.changes.is_empty()
        && let (Some(present), Some(expected)) = (&drift.present, &drift.expected)
    {
        lines.extend(
            unified(present, expected)
                .lines()
                .map(|line| format!("    {line}")),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What mends all drifts, in the order in which it must be run. A new model gives new code, so
/// `generate` always comes last.
fn commands(drifts: &[Drift]) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    if drifts
        .iter()
        .any(|drift| drift.kind.command() == "permspec extract")
    {
        commands.push("permspec extract".to_owned());
    }
    let removals = drifts
        .iter()
        .filter(|drift| drift.kind == Kind::PageMissing);
    commands.extend(removals.map(|drift| format!("git rm {}", drift.file.display())));
    commands.push("permspec generate".to_owned());
    commands
}
