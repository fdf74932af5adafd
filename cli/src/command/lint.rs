//! `permspec lint`: what is wrong with documentation pages, for their authors.

use std::path::Path;

use permspec::{Code, Diagnostic, Error, Project, Report, Severity, pipeline};
use serde_json::{Value, json};

use super::project;
use crate::Verdict;
use crate::arguments::{Lint, LintFormat};
use crate::output::github::{Level, annotation};
use crate::output::{print_line, report_findings, sarif};

pub fn run(options: &Lint, config: Option<&Path>) -> Result<Verdict, Error> {
    let mut project = project::find_or_none(config)?;
    // The pages are looked at for themselves: no model and no fix-up speaks for them.
    project.models = None;
    project.mended = Vec::new();
    let mut report = Report::default();
    for docs in &options.docs {
        report.merge(look(&project, docs));
        if options.reference {
            let (_, found) = pipeline::reference::pages(&project, docs, None, true, |_| {});
            report.merge(found);
        }
    }
    let shown = report.filtered(|finding| options.notes || finding.severity < Severity::Note);
    let failed = shown
        .diagnostics()
        .iter()
        .any(|finding| finding.severity < Severity::Note);
    match options.format {
        LintFormat::Text => report_findings(&shown),
        LintFormat::Json => {
            for finding in shown.diagnostics() {
                print_line(json!(finding));
            }
        }
        LintFormat::Github => {
            for finding in shown.diagnostics() {
                print_line(annotate(finding));
            }
        }
        LintFormat::Sarif => print_line(format_args!("{:#}", log(&shown))),
    }
    Ok(if failed {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}

/// The findings of a folder of pages, or of one page.
fn look(project: &Project, docs: &Path) -> Report {
    if docs.is_dir() {
        return pipeline::extract_docs(project, docs, None).report;
    }
    let mut page = project.clone();
    page.services.clear();
    let settings = page.services.entry("page".to_owned()).or_default();
    settings.pages.push(docs.to_string_lossy().into_owned());
    page.root = "".into();
    page.docs = "".into();
    match pipeline::extract(&page) {
        Ok(outcome) => outcome.report,
        Err(error) => error.into_report(),
    }
}

fn annotate(finding: &Diagnostic) -> String {
    let level = match finding.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Notice,
    };
    let message = format!("{} (help: {})", finding.message, finding.help);
    annotation(level, place(finding), finding.code.as_str(), &message)
}

fn place(finding: &Diagnostic) -> (&str, u32, u32) {
    let place = &finding.location;
    (&place.file, place.line, place.column)
}

/// The findings in SARIF, with what their codes mean.
fn log(report: &Report) -> Value {
    let codes: std::collections::BTreeSet<_> = report
        .diagnostics()
        .iter()
        .map(|finding| finding.code)
        .collect();
    let rule = |code: Code| {
        json!({
            "id": code.as_str(),
            "shortDescription": {"text": code.summary()},
            "help": {"text": code.help()},
        })
    };
    let result = |finding: &Diagnostic| {
        let message = format!("{}; {}", finding.message, finding.help);
        let level = finding.severity.as_str();
        sarif::result(finding.code.as_str(), level, &message, place(finding))
    };
    let rules: Vec<Value> = codes.into_iter().map(rule).collect();
    let results: Vec<Value> = report.diagnostics().into_iter().map(result).collect();
    sarif::log(&rules, &results)
}
