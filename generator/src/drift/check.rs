//! Whether documentation, model and generated code agree, and what differs where they do not.
//! It compares with what the pipeline makes in memory; this module must never write.

use std::path::{Path, PathBuf};

use super::{Change, PageModel, diff};

use crate::diagnostic::Report;
use crate::error::Error;
use crate::load::{self, ModelFile};
use crate::pipeline::{self, Outcome};
use crate::project::Project;
use crate::write::State;
use crate::{check, pipeline::generate};

/// One file that does not say what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The file that a command would rewrite.
    pub file: PathBuf,
    /// Which two things disagree.
    pub kind: Kind,
    /// What differs in the terms of the documentation: from what the file says to what it should.
    pub changes: Vec<Change>,
    /// The file's text now; `None` where there is no file.
    pub present: Option<String>,
    /// The text it should have; `None` where there should be no file.
    pub expected: Option<String>,
}

/// Which two of documentation, model and generated code disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The page was changed after the model was made from it.
    PageChanged,
    /// The model was changed although the page was not.
    ModelEdited,
    /// There is a page and no model.
    ModelMissing,
    /// There is a model whose page the project does not name.
    PageMissing,
    /// A generated file is not what the model gives.
    GeneratedStale,
}

impl Kind {
    /// The command that mends it.
    pub const fn command(self) -> &'static str {
        match self {
            Kind::PageChanged | Kind::ModelEdited | Kind::ModelMissing => "permspec extract",
            Kind::PageMissing => "git rm",
            Kind::GeneratedStale => "permspec generate",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What fails the check.
    pub drifts: Vec<Drift>,
    /// Model files whose page was changed in ways that do not matter: another line, other wrapping,
    /// a reworded title.
    pub cosmetic: Vec<PathBuf>,
}

/// Compares pages with the model and the model with the generated code. With `docs`, every page of
/// that documentation is compared too.
///
/// # Errors
/// Where an input cannot be read or does not hold together; what differs is no error.
pub fn check(project: &Project, docs: Option<&Path>) -> Result<Outcome<Findings>, Error> {
    let outcome = pipeline::extract(project)?;
    let (mut expected, mut report) = (outcome.value.models, outcome.report);
    let own: Vec<PathBuf> = expected.iter().map(|model| model.path.clone()).collect();
    if let Some(docs) = docs {
        let documented = pipeline::extract_docs(project, docs, None);
        report.merge(documented.report);
        // The project's own copy of a page stands for it.
        expected.extend(
            documented
                .models
                .into_iter()
                .filter(|model| !own.contains(&model.path)),
        );
    }
    let present = load::models(project, &mut Report::default());
    let mut findings = Findings::default();
    for expected in &expected {
        match present.iter().find(|model| model.path == expected.path) {
            Some(present) => compare_model(present, expected, &mut findings),
            None => findings.drifts.push(missing(expected)),
        }
    }
    for model in present
        .iter()
        .filter(|model| !expected.iter().any(|e| e.path == model.path))
    {
        findings
            .drifts
            .extend(without_page(project, model, docs.is_some()));
    }
    compare_generated(project, &present, &mut findings, &mut report);
    Outcome::of(findings, report)
}

/// A model whose page was not read: it must be canonical, and where its page should have been read,
/// there must be one.
fn without_page(project: &Project, model: &ModelFile, all_read: bool) -> Option<Drift> {
    let settings = project.services.get(&model.page.service);
    let elsewhere = settings.is_some_and(|settings| settings.repository.is_some());
    let canonical = model.page.to_json();
    let (kind, expected) = if all_read || !elsewhere {
        (Kind::PageMissing, None)
    } else if model.text == canonical {
        return None;
    } else {
        (Kind::ModelEdited, Some(canonical))
    };
    Some(Drift {
        file: model.path.clone(),
        kind,
        changes: Vec::new(),
        present: Some(model.text.clone()),
        expected,
    })
}

/// A changed page fails only where its operations say something else. An unchanged page's model
/// must be the very bytes that extraction makes: nobody else may have edited it.
fn compare_model(present: &ModelFile, expected: &ModelFile, findings: &mut Findings) {
    if present.text == expected.text {
        return;
    }
    let page_changed = present.page.page.sha256 != expected.page.page.sha256;
    let changes = diff(
        &[PageModel::of_model(present)],
        &[PageModel::of_model(expected)],
    );
    if page_changed && !changes.iter().any(|change| change.semantic) {
        findings.cosmetic.push(present.path.clone());
        return;
    }
    findings.drifts.push(Drift {
        file: present.path.clone(),
        kind: if page_changed {
            Kind::PageChanged
        } else {
            Kind::ModelEdited
        },
        changes,
        present: Some(present.text.clone()),
        expected: Some(expected.text.clone()),
    });
}

fn missing(expected: &ModelFile) -> Drift {
    Drift {
        file: expected.path.clone(),
        kind: Kind::ModelMissing,
        changes: diff(&[], &[PageModel::of_model(expected)]),
        present: None,
        expected: Some(expected.text.clone()),
    }
}

fn compare_generated(
    project: &Project,
    models: &[ModelFile],
    findings: &mut Findings,
    report: &mut Report,
) {
    check::models(models, report);
    if report.has_errors() {
        return;
    }
    let files = generate(project, models);
    let stale = files
        .compare(report)
        .into_iter()
        .filter(|(_, state)| *state != State::Current);
    for (path, state) in stale {
        let present = (state == State::Differs).then(|| {
            String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
        });
        let expected = files
            .iter()
            .find(|(file, _)| *file == path)
            .map(|(_, text)| text.to_owned());
        findings.drifts.push(Drift {
            file: path.to_owned(),
            kind: Kind::GeneratedStale,
            changes: Vec::new(),
            present,
            expected,
        });
    }
}
