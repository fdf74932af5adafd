//! `permspec check`: fails if documentation, spec model and generated code disagree.

use std::path::Path;

use permspec::drift::{self, Drift, Findings, Kind};
use permspec::{Error, Project, Report, Severity, pipeline};

use super::project;
use super::reading::{ReadCounts, nothing};
use super::store::store;
use crate::Verdict;
use crate::arguments::Check;
use crate::output::{changes, counted, print, print_line, report_findings, say, unified};

pub fn run(options: &Check, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find(config)?;
    let outcome = drift::check(&project, options.docs.as_deref())?;
    // `permspec lint` reports notes. Here they would hide what differs.
    let mut report = outcome
        .report
        .filtered(|finding| finding.severity < Severity::Note);
    let findings = outcome.value;
    let compares_nothing =
        !options.allow_empty && add_nothing(&mut report, &project, options, &findings);
    report_findings(&report);
    say(&read(&findings));
    if compares_nothing {
        return Ok(Verdict::Findings);
    }
    if options.update {
        return update(&project, options, findings);
    }
    for drift in &findings.cosmetic {
        say(&note(drift));
    }
    for drift in &findings.drifts {
        print_line(describe(drift));
    }
    if findings.drifts.is_empty() {
        say(match project.package {
            Some(_) => "documentation, model and generated code agree",
            None => "documentation and model agree",
        });
        return Ok(Verdict::Clean);
    }
    let repairs: Vec<String> = commands(&project, &findings.drifts)
        .iter()
        .map(|command| format!("`{command}`"))
        .collect();
    let disagree = if findings.drifts.len() == 1 {
        "disagrees"
    } else {
        "disagree"
    };
    let files = counted(findings.drifts.len(), "file");
    print_line(format_args!(
        "{files} {disagree}; fix with {}",
        repairs.join(", then ")
    ));
    Ok(Verdict::Findings)
}

/// Adds a finding to the report if nothing was compared: no page with its model, and no model with the crate.
fn add_nothing(
    report: &mut Report,
    project: &Project,
    options: &Check,
    findings: &Findings,
) -> bool {
    let documented = findings.documented.as_ref().map(ReadCounts::of);
    let compares_code = project.package.is_some() && findings.models > 0;
    let place = match (&options.docs, documented) {
        (Some(docs), Some(documented)) if documented.is_empty() => docs.display().to_string(),
        (None, _) if ReadCounts::of(&findings.own).is_empty() && !compares_code => {
            "permspec.toml".to_owned()
        }
        _ => return false,
    };
    report.push(nothing(&place));
    true
}

/// `1 page, 1 table, 8 rows, 164 models read`.
fn read(findings: &Findings) -> String {
    let mut reading = ReadCounts::of(&findings.own);
    if let Some(documented) = &findings.documented {
        reading.add(documented);
    }
    let models = counted(findings.models, "model");
    format!("{}, {models} read", reading.counts())
}

/// Writes the copies of pages, their models, and the crate. Prints what changed. A model whose page is gone stays
/// until somebody removes it.
fn update(project: &Project, options: &Check, findings: Findings) -> Result<Verdict, Error> {
    let copies = findings.copies(project);
    let findings = if copies.is_empty() {
        findings
    } else {
        store(&copies, false)?;
        drift::check(project, options.docs.as_deref())?.value
    };
    store(&findings.models(project), false)?;
    let pipeline::Whole { models, interfaces } = pipeline::whole(project)?.value;
    store(&pipeline::generate(project, &models, &interfaces), false)?;
    print(&changes::changelog(&findings.changes));
    let orphans = findings
        .drifts
        .iter()
        .filter(|drift| drift.kind == Kind::PageMissing);
    let orphans: Vec<&Drift> = orphans.collect();
    for drift in &orphans {
        say(&format!(
            "{} no longer has a page: `git rm` it, or restore the page",
            drift.file.display()
        ));
    }
    Ok(if orphans.is_empty() {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

fn note(drift: &Drift) -> String {
    let file = drift.file.display();
    match drift.kind {
        Kind::GeneratedStale => format!(
            "note: {file} differs from what the model gives, but the difference does not affect a caller or a policy"
        ),
        Kind::CopyOutdated => format!(
            "note: {file} differs from the documentation's page, but the difference does not affect a caller or a policy"
        ),
        _ => format!(
            "note: the page of {file} has changed, but the change does not affect a caller or a policy"
        ),
    }
}

fn describe(drift: &Drift) -> String {
    let file = drift.file.display();
    let mut lines = vec![match drift.kind {
        Kind::CopyOutdated => format!("{file}: the documentation's page now says something else"),
        Kind::PageChanged => format!("{file}: the page now says something else"),
        Kind::ModelEdited => format!("{file}: the model does not say what its page says"),
        Kind::ModelMissing => format!("{file}: the page has no model yet"),
        Kind::PageMissing => format!("{file}: no page in permspec.toml belongs to this model"),
        Kind::GeneratedStale if drift.present.is_none() => format!("{file}: the file is missing"),
        Kind::GeneratedStale => format!("{file}: the file is not what the model gives"),
    }];
    lines.extend(drift.changes.iter().map(|change| format!("  - {change}")));
    // For generated code, the lines that differ are shown too.
    if (drift.changes.is_empty() || drift.kind == Kind::GeneratedStale)
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

/// The commands that fix all drifts, in their order. A new model changes the code, so `generate` is always last, if
/// there is a crate.
fn commands(project: &Project, drifts: &[Drift]) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    if drifts.iter().any(|drift| drift.kind == Kind::CopyOutdated) {
        commands.push("permspec check --update".to_owned());
    }
    if drifts.iter().any(|drift| drift.kind.needs_extraction()) {
        commands.push("permspec extract".to_owned());
    }
    let removals = drifts
        .iter()
        .filter(|drift| drift.kind == Kind::PageMissing);
    commands.extend(removals.map(|drift| format!("git rm {}", drift.file.display())));
    if project.package.is_some() {
        commands.push("permspec generate".to_owned());
    }
    commands
}
