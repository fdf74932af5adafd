//! `permspec lint`: reports problems of documentation pages to their authors.

use std::path::Path;

use permspec::pipeline::{self, Extraction};
use permspec::{Code, Diagnostic, Error, Project, Report, Severity};
use serde_json::{Value, json};

use super::project;
use super::reading::{ReadCounts, nothing};
use crate::Verdict;
use crate::arguments::{Lint, LintFormat};
use crate::output::github::{Level, annotation};
use crate::output::{Repository, print_line, report_findings, sarif, say};

pub fn run(options: &Lint, config: Option<&Path>) -> Result<Verdict, Error> {
    let mut project = project::find_or_none(config)?;
    // The pages are checked as they are, so no model and no fix-up applies.
    project.models = None;
    project.mended = Vec::new();
    let mut report = Report::default();
    let mut read = ReadCounts::default();
    for docs in &options.docs {
        add(&project, docs, options, &mut read, &mut report);
    }
    let shown = report.filtered(|finding| options.notes || finding.severity < Severity::Note);
    print(&shown, options.format);
    say(&format!("{} read", read.counts()));
    let is_wrong = |finding: &Diagnostic| finding.severity < Severity::Note;
    Ok(if shown.diagnostics().into_iter().any(is_wrong) {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}

/// Reads a folder of pages, or one page, and adds its findings to the report.
fn add(project: &Project, docs: &Path, options: &Lint, read: &mut ReadCounts, report: &mut Report) {
    let mut looked = look(project, docs);
    // Without the model, a name of a reference page's operation fits no row. `extract` reports the names that fit
    // nothing; they are a fault of the configuration, and no author of a page can correct it.
    let is_of_a_page = |finding: &Diagnostic| finding.code != Code::UnusedOverride;
    looked.report = looked.report.filtered(is_of_a_page);
    if options.allow_empty {
        let is_missing = |finding: &Diagnostic| finding.code == Code::NoPermissionTable;
        looked.report = looked.report.filtered(|finding| !is_missing(finding));
    }
    read.add(&looked.account);
    let mut is_empty = ReadCounts::of(&looked.account).is_empty() && !looked.report.has_errors();
    report.merge(looked.report);
    if options.reference {
        let (account, found) = pipeline::reference::check(project, docs, &looked.models);
        is_empty &= account.operations == 0;
        report.merge(found);
    }
    if is_empty && !options.allow_empty {
        report.push(nothing(&docs.display().to_string()));
    }
}

/// Prints the findings in one format.
fn print(findings: &Report, format: LintFormat) {
    match format {
        LintFormat::Text => report_findings(findings),
        LintFormat::Json => {
            for finding in findings.diagnostics() {
                print_line(json!(finding));
            }
        }
        LintFormat::Github => {
            let repository = Repository::here();
            for finding in findings.diagnostics() {
                print_line(annotate(finding, &repository));
            }
        }
        LintFormat::Sarif => print_line(format_args!("{:#}", log(findings))),
    }
}

/// Reads a folder of pages, or one page.
fn look(project: &Project, docs: &Path) -> Extraction {
    if docs.is_dir() {
        return pipeline::extract_docs(project, docs, None);
    }
    let mut page = project.clone();
    page.services.clear();
    let settings = page.services.entry("page".to_owned()).or_default();
    settings.pages.push(docs.to_string_lossy().into_owned());
    page.root = "".into();
    page.docs = "".into();
    pipeline::extract_all(&page)
}

fn annotate(finding: &Diagnostic, repository: &Repository) -> String {
    let level = match finding.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Notice,
    };
    let message = format!("{} (help: {})", finding.message, finding.help);
    let place = &finding.location;
    let file = repository.path(&place.file);
    let place = (file.as_str(), place.line, place.column);
    annotation(level, place, finding.code.as_str(), &message)
}

/// The findings in SARIF, with the explanations of their codes.
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
    let rules: Vec<Value> = codes.into_iter().map(rule).collect();
    let mut log = sarif::Log::new();
    for finding in report.diagnostics() {
        let message = format!("{}; {}", finding.message, finding.help);
        let (level, place) = (finding.severity.as_str(), &finding.location);
        let place = (place.file.as_str(), place.line, place.column);
        log.add(finding.code.as_str(), level, &message, place);
    }
    log.of_run(&rules)
}
