//! Checks whether documentation, model and generated code agree, and what differs. It compares them with what
//! the pipeline makes in memory. This module must never write.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::change::Change;
use super::diff::diff;
use super::generated;
use super::side::PageModel;

use crate::account::Account;
use crate::diagnostic::Report;
use crate::error::Error;
use crate::load::{self, ModelFile};
use crate::pipeline::{self, Outcome};
use crate::project::{Project, shown};
use crate::write::{Files, State};
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
    /// The present text of the file. `None` if there is no file.
    pub present: Option<String>,
    /// The text that it should have. `None` if there should be no file.
    pub expected: Option<String>,
}

/// Which two of documentation, model and generated code disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The documentation's page was changed after the project took its copy.
    CopyOutdated,
    /// The page was changed after the model was made from it.
    PageChanged,
    /// The model was changed although the page was not.
    ModelEdited,
    /// There is a page and no model.
    ModelMissing,
    /// There is a model whose page the project does not name.
    PageMissing,
    /// A generated file is not what is made from the model.
    GeneratedStale,
}

impl Kind {
    /// Whether a new extraction of the pages fixes it.
    pub const fn needs_extraction(self) -> bool {
        matches!(
            self,
            Kind::PageChanged | Kind::ModelEdited | Kind::ModelMissing
        )
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What fails the check.
    pub drifts: Vec<Drift>,
    /// Files that are not up to date in ways that do not matter: another line, other wrapping, a
    /// reworded title.
    pub cosmetic: Vec<Drift>,
    /// The differences between the pages and the model, over all files.
    pub changes: Vec<Change>,
    /// What was read of the project's own pages.
    pub own: Account,
    /// What was read of the documentation that was named.
    pub documented: Option<Account>,
    /// How many model files there are.
    pub models: usize,
}

impl Findings {
    /// The project's copies of pages that have changed in the documentation, with the text of the
    /// documentation.
    pub fn copies(&self, project: &Project) -> Files {
        self.expected(project.docs_path(), |kind| kind == Kind::CopyOutdated)
    }

    /// The model files that differ from their pages, with the text that they should have. A model without a
    /// page is not among them, because people decide whether to remove it.
    pub fn models(&self, project: &Project) -> Files {
        let folder = project.models_path().unwrap_or_default();
        self.expected(folder, Kind::needs_extraction)
    }

    fn expected(&self, folder: PathBuf, wanted: impl Fn(Kind) -> bool) -> Files {
        let mut files = Files::below(folder);
        let all = self.drifts.iter().chain(&self.cosmetic);
        for drift in all.filter(|drift| wanted(drift.kind)) {
            if let Some(expected) = &drift.expected {
                files.insert(&drift.file, expected.clone());
            }
        }
        files
    }
}

/// Compares pages with the model and the model with the generated code. With `docs`, every page of
/// that documentation is compared too.
///
/// # Errors
/// If an input cannot be read or contradicts itself. A difference is not an error.
pub fn check(project: &Project, docs: Option<&Path>) -> Result<Outcome<Findings>, Error> {
    let outcome = pipeline::extract(project)?;
    let (mut expected, mut report) = (outcome.value.models, outcome.report);
    let mut findings = Findings {
        own: outcome.value.account,
        ..Findings::default()
    };
    if let Some(docs) = docs {
        let documented = pipeline::extract_docs(project, docs, None);
        findings.documented = Some(documented.account);
        report.merge(documented.report);
        // The project's own copy of a page is used instead of the page, as long as it says the same.
        let own = by_path(&expected);
        let (copied, others): (Vec<_>, Vec<_>) = documented
            .models
            .into_iter()
            .partition(|model| own.contains_key(model.path.as_path()));
        for live in &copied {
            findings.add_copy(project, docs, own.get(live.path.as_path()).copied(), live);
        }
        expected.extend(others);
    }
    let present = load::models(project, &mut Report::default());
    findings.models = present.len();
    findings.changes = changes(project, &present, &expected, docs.is_some());
    let of_file = by_file(&findings.changes);
    let on_disk = by_path(&present);
    for expected in &expected {
        let present = on_disk.get(expected.path.as_path()).copied();
        if present.is_none_or(|present| present.text != expected.text) {
            let changes = changes_of(&expected.path, &of_file);
            findings.add_model(present, expected, changes);
        }
    }
    let made = by_path(&expected);
    for model in &present {
        if !made.contains_key(model.path.as_path()) {
            let changes = changes_of(&model.path, &of_file);
            findings.add_without_page(project, model, docs.is_some(), changes);
        }
    }
    let interfaces = load::interfaces(project, &mut report);
    let catalogue = pipeline::joined(present, &interfaces, &mut report);
    check::models(&catalogue, &mut report);
    if !report.has_errors() {
        let files = generate(project, &catalogue, &interfaces);
        compare_generated(&files, &mut findings, &mut report);
    }
    Outcome::of(findings, report)
}

fn by_path(models: &[ModelFile]) -> BTreeMap<&Path, &ModelFile> {
    let by_path = models.iter().map(|model| (model.path.as_path(), model));
    by_path.collect()
}

/// Changes by the file that messages name.
fn by_file(changes: &[Change]) -> BTreeMap<String, Vec<Change>> {
    let mut files: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let own = files.entry(change.file.clone()).or_default();
        own.push(change.clone());
    }
    files
}

/// How the page of a model file differs from it.
fn changes_of(file: &Path, changes: &BTreeMap<String, Vec<Change>>) -> Vec<Change> {
    changes.get(&shown(file)).cloned().unwrap_or_default()
}

/// How all pages differ from the whole model, because an operation may move from one page to another. A model
/// whose page was not read counts as unchanged.
fn changes(
    project: &Project,
    present: &[ModelFile],
    expected: &[ModelFile],
    all_read: bool,
) -> Vec<Change> {
    let made = by_path(expected);
    let unread = present.iter().filter(|model| {
        !made.contains_key(model.path.as_path()) && !should_have_page(project, model, all_read)
    });
    let old: Vec<PageModel> = present.iter().map(PageModel::of_model).collect();
    let new: Vec<PageModel> = expected
        .iter()
        .chain(unread)
        .map(PageModel::of_model)
        .collect();
    diff(&old, &new)
}

/// Whether the page of a model should have been read.
fn should_have_page(project: &Project, model: &ModelFile, all_read: bool) -> bool {
    let settings = project.services.get(&model.page.service);
    all_read || settings.is_none_or(|settings| settings.repository.is_none())
}

impl Findings {
    /// A page of the documentation that the project has a copy of.
    fn add_copy(
        &mut self,
        project: &Project,
        docs: &Path,
        own: Option<&ModelFile>,
        live: &ModelFile,
    ) {
        let Some(own) = own else {
            return;
        };
        if own.page.page.sha256 == live.page.page.sha256 {
            return;
        }
        let placed = |model| PageModel {
            placed: false,
            ..PageModel::of_model(model)
        };
        let mut unread = Report::default();
        let mut text = |path: PathBuf| load::text(&path, &mut unread);
        let file = project.page_path(&own.page.page.path);
        let drift = Drift {
            kind: Kind::CopyOutdated,
            changes: diff(&[placed(own)], &[placed(live)]),
            present: text(file.clone()),
            expected: text(docs.join(&live.page.page.path)),
            file,
        };
        if drift.changes.iter().any(|change| change.semantic) {
            self.drifts.push(drift);
        } else {
            self.cosmetic.push(drift);
        }
    }

    /// A changed page fails only if its operations say something else. The model of an unchanged page must be
    /// exactly the bytes that an extraction makes, because nobody may edit it.
    fn add_model(
        &mut self,
        present: Option<&ModelFile>,
        expected: &ModelFile,
        changes: Vec<Change>,
    ) {
        let kind = match present {
            None => Kind::ModelMissing,
            Some(present) if present.page.page.sha256 == expected.page.page.sha256 => {
                Kind::ModelEdited
            }
            Some(_) => Kind::PageChanged,
        };
        let is_semantic = changes.iter().any(|change| change.semantic);
        let drift = Drift {
            file: expected.path.clone(),
            kind,
            changes,
            present: present.map(|model| model.text.clone()),
            expected: Some(expected.text.clone()),
        };
        if kind == Kind::PageChanged && !is_semantic {
            self.cosmetic.push(drift);
        } else {
            self.drifts.push(drift);
        }
    }

    /// Checks a model whose page was not read. It must have the canonical form. If its page should have been
    /// read, the page must exist.
    fn add_without_page(
        &mut self,
        project: &Project,
        model: &ModelFile,
        all_read: bool,
        changes: Vec<Change>,
    ) {
        let canonical = model.page.to_json();
        let (kind, expected) = if should_have_page(project, model, all_read) {
            (Kind::PageMissing, None)
        } else if model.text == canonical {
            return;
        } else {
            (Kind::ModelEdited, Some(canonical))
        };
        self.drifts.push(Drift {
            file: model.path.clone(),
            kind,
            changes,
            present: Some(model.text.clone()),
            expected,
        });
    }
}

fn compare_generated(files: &Files, findings: &mut Findings, report: &mut Report) {
    let made: BTreeMap<&Path, &str> = files.iter().collect();
    let stale = files
        .compare(report)
        .into_iter()
        .filter(|(_, state)| *state != State::Current);
    for (path, state) in stale {
        let present = (state == State::Differs)
            .then(|| load::written(path, report))
            .flatten();
        let expected = made.get(path).map(|text| (*text).to_owned());
        let texts = (present.as_deref(), expected.as_deref());
        let drift = Drift {
            file: path.to_owned(),
            kind: Kind::GeneratedStale,
            changes: said_otherwise(path, texts),
            present: present.clone(),
            expected: expected.clone(),
        };
        match texts {
            (Some(present), Some(expected)) if generated::is_cosmetic(present, expected) => {
                findings.cosmetic.push(drift);
            }
            _ => findings.drifts.push(drift),
        }
    }
}

/// How a generated file differs in its operations, if both texts can be read.
fn said_otherwise(path: &Path, texts: (Option<&str>, Option<&str>)) -> Vec<Change> {
    let read = |text: Option<&str>| generated::page(path, text?);
    match (read(texts.0), read(texts.1)) {
        (Some(present), Some(expected)) => diff(&[present], &[expected]),
        _ => Vec::new(),
    }
}
