//! `permspec lint`: what is wrong with documentation pages, for their authors.

use std::path::Path;

use permspec::{Diagnostic, Error, Project, Report, Severity, pipeline};
use serde_json::{Value, json};

use super::project;
use crate::Verdict;
use crate::arguments::{Lint, LintFormat};
use crate::output::{print_line, report_findings};

pub fn run(options: &Lint, config: Option<&Path>) -> Result<Verdict, Error> {
    let mut project = project::find_or_none(config)?;
    // The pages are looked at for themselves: no model and no fix-up speaks for them.
    project.models = None;
    project.mended = Vec::new();
    let mut report = Report::default();
    for docs in &options.docs {
        report.merge(look(&project, docs));
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
                print_line(annotation(finding));
            }
        }
        LintFormat::Sarif => print_line(format_args!("{:#}", sarif(&shown))),
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

/// A workflow command: `::error file=..,line=..,col=..,title=..::message`.
fn annotation(finding: &Diagnostic) -> String {
    let escaped = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = &finding.location;
    format!(
        "::{level} file={},line={},col={},title={}::{} (help: {})",
        property(&place.file),
        place.line,
        place.column,
        finding.code,
        escaped(&finding.message),
        escaped(&finding.help)
    )
}

/// The log in SARIF 2.1.0 (OASIS standard, section 3).
fn sarif(report: &Report) -> Value {
    let codes: std::collections::BTreeSet<_> = report
        .diagnostics()
        .iter()
        .map(|finding| finding.code)
        .collect();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| {
            json!({
                "id": code.as_str(),
                "shortDescription": {"text": code.summary()},
                "help": {"text": code.help()},
            })
        })
        .collect();
    let results: Vec<Value> = report.diagnostics().into_iter().map(result).collect();
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

fn result(finding: &Diagnostic) -> Value {
    let place = &finding.location;
    json!({
        "ruleId": finding.code.as_str(),
        "level": finding.severity.as_str(),
        "message": {"text": format!("{}; {}", finding.message, finding.help)},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": place.file},
                "region": {"startLine": place.line, "startColumn": place.column},
            },
        }],
    })
}
