//! `permspec extract`: reads pages and writes the spec model.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap::error::ErrorKind;
use permspec::pipeline::{self, Extraction};
use permspec::{Account, Error, Project};

use super::listed::Listed;
use super::project;
use super::reading::{ReadCounts, nothing};
use super::store::store;
use crate::Verdict;
use crate::arguments::{Arguments, Extract, ExtractFormat};
use crate::output::{counted, print, print_line, report_findings, say};

pub fn run(options: &Extract, config: Option<&Path>) -> Result<Verdict, Error> {
    if options.api.descriptions && options.format != ExtractFormat::Jsonl {
        refuse("the argument '--descriptions' needs '--format jsonl': no model has descriptions");
    }
    if !options.pages.is_empty() {
        return print_pages(options);
    }
    if let Some(docs) = options.docs.as_deref().filter(|_| options.api.reference) {
        return super::reference::run(options, docs, config);
    }
    let (project, extraction) = if let Some(docs) = &options.docs {
        let project = project::find_or_none(config)?;
        let extraction = pipeline::extract_docs(&project, docs, options.service.as_deref());
        (project, extraction)
    } else {
        let project = project::find(config)?;
        let extraction = pipeline::extract(&project)?.value;
        (project, extraction)
    };
    let mut extraction = extraction;
    let has_findings = extraction.report.has_errors();
    if ReadCounts::of(&extraction.account).is_empty() && !has_findings && !options.allow_empty {
        let place = options
            .docs
            .as_deref()
            .unwrap_or(Path::new("permspec.toml"));
        extraction
            .report
            .push(nothing(&place.display().to_string()));
    }
    report_findings(&extraction.report);
    let complete = extraction.account.unaccounted() == 0;
    let verdict = match options.format {
        ExtractFormat::Jsonl => print_operations(&extraction),
        ExtractFormat::Json => {
            print_line(json(&extraction.account));
            Verdict::Clean
        }
        ExtractFormat::Text => {
            print_line(account(&extraction.account));
            write(&project, &extraction, options)?
        }
    };
    // An error fails the command in every format.
    Ok(if complete && !extraction.report.has_errors() {
        verdict
    } else {
        Verdict::Findings
    })
}

/// Refuses a command line for a reason that the grammar cannot express, as clap refuses others.
fn refuse(reason: &str) -> ! {
    let mut command = Arguments::command();
    command.build();
    let command = command
        .find_subcommand_mut("extract")
        .expect("extract is a command");
    command.error(ErrorKind::ArgumentConflict, reason).exit()
}

/// Writes the models of a project. It writes nothing if the project does not keep models, or if the run has errors.
fn write(project: &Project, extraction: &Extraction, options: &Extract) -> Result<Verdict, Error> {
    if project.models.is_none() {
        return Ok(Verdict::Clean);
    }
    if extraction.report.has_errors() {
        say("nothing was written: there are errors");
        return Ok(Verdict::Findings);
    }
    // If the project keeps a copy of a page, the copy is read instead of the documentation's page.
    let kept: BTreeSet<PathBuf> = match &options.docs {
        Some(_) => {
            let mut keeping = project.clone();
            keeping
                .services
                .retain(|_, settings| !settings.pages.is_empty());
            let kept = pipeline::extract(&keeping)?.value.models;
            kept.into_iter().map(|model| model.path).collect()
        }
        None => BTreeSet::new(),
    };
    let models = extraction.models.iter();
    let written = models.filter(|model| !kept.contains(&model.path));
    store(&pipeline::model_texts(project, written), options.check)
}

fn print_operations(extraction: &Extraction) -> Verdict {
    for model in &extraction.models {
        for operation in &model.page.operations {
            print_line(json(&Listed::of_the_model(&model.page, operation)));
        }
    }
    Verdict::Clean
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("models and accounts are plain JSON values")
}

/// Makes the models of the pages on the command line, as for a project without a model.
fn print_pages(options: &Extract) -> Result<Verdict, Error> {
    let mut project = Project::new("");
    for page in &options.pages {
        let folder = page
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy())
            .filter(|name| permspec::ident::is_service(name));
        let named = options.service.clone().or(folder.map(Cow::into_owned));
        let service = named.unwrap_or_else(|| "service".to_owned());
        let settings = project.services.entry(service).or_default();
        settings.pages.push(page.to_string_lossy().into_owned());
    }
    let extraction = pipeline::extract(&project)?.value;
    report_findings(&extraction.report);
    for model in &extraction.models {
        print(&model.page.to_json());
    }
    Ok(Verdict::Clean)
}

/// `1 page, 1 table, 8 rows: 8 operations`, the other rows, and the number of findings by code.
pub fn account(account: &Account) -> String {
    let mut rows = vec![counted(account.operations, "operation")];
    for (count, what) in [
        (account.merged, "stated elsewhere as well"),
        (account.dropped, "taken out"),
        (account.unaccounted(), "unaccounted for"),
    ] {
        if count > 0 {
            rows.push(format!("{count} {what}"));
        }
    }
    let mut lines = vec![
        format!("{}: {}", ReadCounts::of(account).counts(), rows.join(", ")),
        format!(
            "{}, {}",
            counted(account.endpoints, "endpoint"),
            counted(account.actions, "action")
        ),
    ];
    if !account.diagnostics.is_empty() {
        let codes = account
            .diagnostics
            .iter()
            .map(|(code, count)| format!("{code} {count}"));
        lines.push(format!(
            "findings: {}",
            codes.collect::<Vec<_>>().join(", ")
        ));
    }
    lines.join("\n")
}
