//! `permspec extract`: pages to the spec model.

use std::path::Path;

use permspec::load::ModelFile;
use permspec::pipeline::{self, Outcome};
use permspec::write::State;
use permspec::{Error, Project};

use super::project;
use crate::Verdict;
use crate::arguments::Extract;
use crate::output::{counted, report_findings, say};

pub fn run(options: &Extract, config: Option<&Path>) -> Result<Verdict, Error> {
    if options.pages.is_empty() {
        let project = project::find(config)?;
        let outcome = pipeline::extract(&project)?;
        report_findings(&outcome.report);
        say(&account(&outcome.value));
        store(&pipeline::model_texts(&outcome.value), options.check)
    } else {
        let outcome = pages(options)?;
        report_findings(&outcome.report);
        for model in &outcome.value {
            print!("{}", model.page.to_json());
        }
        Ok(Verdict::Clean)
    }
}

/// The pages that the command line names, as a project without a model.
fn pages(options: &Extract) -> Result<Outcome<Vec<ModelFile>>, Error> {
    let mut project = Project::new("");
    for page in &options.pages {
        let folder = page
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy());
        let service = options
            .service
            .clone()
            .or(folder.map(std::borrow::Cow::into_owned));
        let service = service.unwrap_or_else(|| "service".to_owned());
        let settings = project.services.entry(service).or_default();
        settings.pages.push(page.to_string_lossy().into_owned());
    }
    pipeline::extract(&project)
}

/// `1 page, 8 operations, 8 routes, 2 actions`.
pub fn account(models: &[ModelFile]) -> String {
    let operations = || models.iter().flat_map(|model| &model.page.operations);
    let actions: std::collections::BTreeSet<_> = operations()
        .flat_map(|op| &op.actions)
        .map(|requirement| &requirement.action)
        .collect();
    [
        counted(models.len(), "page"),
        counted(operations().count(), "operation"),
        counted(operations().map(|op| op.routes.len()).sum(), "route"),
        counted(actions.len(), "action"),
    ]
    .join(", ")
}

/// Writes files, or with `check` only says which would be.
pub fn store(files: &permspec::write::Files, check: bool) -> Result<Verdict, Error> {
    let mut report = permspec::Report::default();
    let (verb, changed): (_, Vec<&Path>) = if check {
        let compared = files.compare(&mut report);
        let stale = compared
            .into_iter()
            .filter(|(_, state)| *state != State::Current);
        ("would write", stale.map(|(path, _)| path).collect())
    } else {
        ("wrote", files.write(&mut report))
    };
    for path in &changed {
        say(&format!("{verb} {}", path.display()));
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    if changed.is_empty() {
        say("nothing to write: every file is current");
    }
    Ok(if check && !changed.is_empty() {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}
