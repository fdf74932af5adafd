//! The pipeline from top to bottom: load, recognise, parse, extract, fix, merge, name, check, emit, write.
//! Each stage passes plain data to the next one. This module must never contain a rule.

#[cfg(feature = "reference")]
pub mod reference;

use std::path::Path;

use crate::account::Account;
use crate::diagnostic::Report;
use crate::emit;
use crate::error::Error;
use crate::load::{self, ModelFile, Source};
use crate::model::{Page, Service};
use crate::project::{Project, ServiceSettings};
use crate::read::{PageChoice, ReadPage};
use crate::write::Files;
use crate::{assemble, check, fixup, lint, merge, recognise, renamed};

/// The result of a stage, with the findings that are not errors.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// What was made.
    pub value: T,
    /// Warnings and notes.
    pub report: Report,
}

impl<T> Outcome<T> {
    /// The result, or all findings if one of them is an error.
    pub(crate) fn of(value: T, report: Report) -> Result<Self, Error> {
        if report.has_errors() {
            Err(Error::from(report))
        } else {
            Ok(Outcome { value, report })
        }
    }
}

/// What an extraction made, and what became of every row.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The spec model, one file per page.
    pub models: Vec<ModelFile>,
    /// The account of the run.
    pub account: Account,
    /// All findings, including errors. The model does not contain what an error is about.
    pub report: Report,
}

/// Makes the spec model from the project's own pages. The present model pins the names.
///
/// # Errors
/// All findings of the run, if one of them is an error. In this case no model may be written.
pub fn extract(project: &Project) -> Result<Outcome<Extraction>, Error> {
    let extraction = extract_all(project);
    let report = extraction.report.clone();
    Outcome::of(extraction, report)
}

/// Like [`extract`], but errors do not stop it. They are in the report, and the account counts what was read.
pub fn extract_all(project: &Project) -> Extraction {
    let mut report = Report::default();
    let pinned = load::models(project, &mut report);
    let sources = load::pages(project, &mut report);
    extraction(project, sources, PageChoice::Named, &pinned, report)
}

/// Makes the spec model from a whole documentation. It skips pages without a permission table. Errors of
/// pages do not stop it. They are in the report, and the rest is in the model.
///
/// A page belongs to the service whose repository is one of the page's folders. Otherwise it belongs to the
/// service with the name of its first folder. If a `service` is given, only its pages are kept.
pub fn extract_docs(project: &Project, docs: &Path, service: Option<&str>) -> Extraction {
    let mut report = Report::default();
    let pinned = load::models(project, &mut report);
    let is_wanted = |text: &str| recognise::may_be_permission_page(text, &project.headers);
    let sources = load::documentation(project, docs, service, is_wanted, &mut report);
    extraction(project, sources, PageChoice::Any, &pinned, report)
}

/// The pages are loaded and recognised: parse, extract, fix, merge, name, check.
fn extraction(
    project: &Project,
    sources: Vec<Source>,
    pages: PageChoice,
    pinned: &[ModelFile],
    mut report: Report,
) -> Extraction {
    let report_to = &mut report;
    let project = &project.with_services(sources.iter().map(|source| &source.service));
    let mut read: Vec<ReadPage> = sources
        .into_iter()
        .map(|source| ReadPage::page(source, &project.headers, pages, report_to))
        .collect();
    fixup::apply(&project.mended, &project.fixup_file(), &mut read, report_to);
    merge::superseded(&mut read, report_to);
    merge::repeated(&read, report_to);
    let alone = |report: &mut Report| alone(project, pinned, report);
    let models = assemble::models(project, &read, pinned, pages, alone, report_to);
    lint::models(&read, report_to);
    // Errors of rows are reported already. A check of the model would repeat them.
    if !report.has_errors() {
        check::models(&models, &mut report);
    }
    Extraction {
        account: Account::of(&read, &models, &report),
        models,
        report,
    }
}

/// What the pipeline makes from pages in memory.
#[derive(Clone, Debug)]
pub struct Made {
    /// The spec model.
    pub models: Vec<ModelFile>,
    /// What became of every row.
    pub account: Account,
    /// One module per service, `<service>.rs`.
    pub files: Files,
}

/// The whole pipeline over pages in memory. It does not read or write files.
///
/// ```
/// use permspec::{load::Source, pipeline};
///
/// let page = "\
/// Image Sharing
/// =============
///
/// ===================  ==============================  ================
/// Permission           API                             Action
/// ===================  ==============================  ================
/// Adds image members.  POST /v1/cloudimages/members    ims:images:share
/// ===================  ==============================  ================
/// ";
/// let source = Source {
///     service: "ims".into(), path: "ims/image_sharing.rst".into(), file: "image_sharing.rst".into(), text: page.into(),
/// };
/// let made = pipeline::in_memory(vec![source])?.value;
/// assert_eq!(made.models[0].page.operations[0].id, "AddImageMembers");
/// let (path, code) = made.files.iter().next().unwrap();
/// assert_eq!(path.to_str(), Some("ims.rs"));
/// assert!(code.contains("pub fn add_image_members() -> Request"));
/// # Ok::<(), permspec::Error>(())
/// ```
///
/// # Errors
/// All findings of the run, if one of them is an error.
pub fn in_memory(sources: Vec<Source>) -> Result<Outcome<Made>, Error> {
    let mut report = Report::default();
    for source in &sources {
        report.add_source(&source.file, &source.text);
    }
    let project = Project::new("").with_services(sources.iter().map(|source| &source.service));
    let Extraction {
        models,
        account,
        report,
    } = extraction(&project, sources, PageChoice::Named, &[], report);
    let mut files = Files::default();
    if !report.has_errors() {
        for service in services(&project, &models) {
            files.insert(format!("{}.rs", service.name), emit::module(&service));
        }
    }
    Outcome::of(
        Made {
            models,
            account,
            files,
        },
        report,
    )
}

/// The spec model as it is on the disk.
///
/// # Errors
/// If a model file cannot be read, or contradicts itself.
pub fn models(project: &Project) -> Result<Outcome<Vec<ModelFile>>, Error> {
    let mut report = Report::default();
    let pages = load::models(project, &mut report);
    let models = catalogue(project, pages, &mut report);
    checked(project, &models, &mut report);
    Outcome::of(models, report)
}

/// The whole spec model of a project.
#[cfg(feature = "reference")]
#[derive(Clone, Debug)]
pub struct Whole {
    /// Every operation, by page.
    pub models: Vec<ModelFile>,
    /// What reference pages say about operations.
    pub interfaces: Vec<load::InterfaceFile>,
}

/// The spec model as it is on the disk, with the interfaces in it.
///
/// # Errors
/// If a file cannot be read, or contradicts itself.
#[cfg(feature = "reference")]
pub fn whole(project: &Project) -> Result<Outcome<Whole>, Error> {
    let mut report = Report::default();
    let pages = load::models(project, &mut report);
    let interfaces = load::interfaces(project, &mut report);
    let models = joined(pages, &interfaces, &mut report);
    checked(project, &models, &mut report);
    crate::interface::paging::check_offsets(project, &interfaces, &mut report);
    Outcome::of(Whole { models, interfaces }, report)
}

fn checked(project: &Project, models: &[ModelFile], report: &mut Report) {
    check::models(models, report);
    renamed::check(project, models, report);
}

/// The operations that only the reference pages of the project's model have.
#[cfg(feature = "reference")]
fn alone(project: &Project, models: &[ModelFile], report: &mut Report) -> Vec<ModelFile> {
    crate::catalogue::alone(models, &load::interfaces(project, report))
}

/// Interfaces are read with feature `reference`.
#[cfg(not(feature = "reference"))]
fn alone(_: &Project, _: &[ModelFile], _: &mut Report) -> Vec<ModelFile> {
    Vec::new()
}

/// The operations of these permission pages, and of the reference pages that the project's model has.
#[cfg(feature = "reference")]
pub(crate) fn catalogue(
    project: &Project,
    models: Vec<ModelFile>,
    report: &mut Report,
) -> Vec<ModelFile> {
    let interfaces = load::interfaces(project, report);
    joined(models, &interfaces, report)
}

/// The operations of permission pages, and those that only reference pages describe, each as a page of its own.
/// An operation of a permission page gets the body action that its reference page shows.
#[cfg(feature = "reference")]
pub fn joined(
    models: Vec<ModelFile>,
    interfaces: &[load::InterfaceFile],
    report: &mut Report,
) -> Vec<ModelFile> {
    crate::catalogue::joined(models, interfaces, report)
}

/// The operations of these permission pages.
#[cfg(not(feature = "reference"))]
fn catalogue(_: &Project, models: Vec<ModelFile>, _: &mut Report) -> Vec<ModelFile> {
    models
}

/// The files of these models of a project. The models of an extraction have their canonical form.
pub fn model_texts<'a>(
    project: &Project,
    models: impl IntoIterator<Item = &'a ModelFile>,
) -> Files {
    let mut files = Files::below(project.models_path().unwrap_or_default());
    for model in models {
        files.insert(&model.path, model.text.clone());
    }
    files
}

/// Makes the files of the generated crates from the spec model. A project without a crate has no such files.
#[cfg(feature = "tools")]
pub fn generate(
    project: &Project,
    models: &[ModelFile],
    interfaces: &[load::InterfaceFile],
) -> Files {
    let Some(package) = &project.package else {
        return Files::default();
    };
    let services = services(project, models);
    let root = project.package_path(package);
    let mut files = emit::package(&services, package, &root);
    if let Some(types) = &package.types {
        emit::types::package(project, (package, types), &services, interfaces, &mut files);
    }
    files
}

/// The module of one service. The generated crate and build scripts use the same one.
pub fn module(service: &Service) -> String {
    emit::module(service)
}

/// The model's pages by service, in the order of names and paths.
pub fn services(project: &Project, models: &[ModelFile]) -> Vec<Service> {
    let service = |(name, settings): (&String, &ServiceSettings)| Service {
        name: name.clone(),
        title: settings.title.clone(),
        access: project.access(name),
        pages: pages_of(name, models),
    };
    project.services.iter().map(service).collect()
}

fn pages_of(service: &str, models: &[ModelFile]) -> Vec<Page> {
    let mut pages: Vec<Page> = models
        .iter()
        .map(|model| &model.page)
        .filter(|page| page.service == service)
        .cloned()
        .collect();
    pages.sort_by(|a, b| a.page.path.cmp(&b.page.path));
    pages
}
