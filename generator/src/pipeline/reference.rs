//! Makes the model of the reference pages of a whole documentation: load, recognise, parse, extract, join, name. It
//! reads one service at a time, so that memory holds the pages of only one service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::reference::{PageText, ReferenceAccount, SchemaPins, read};
use crate::interface::{Described, Joined, Joins, Known};
use crate::load::{self, InterfaceFile, ModelFile, PageFile, Source};
use crate::model::reference::ReferencePage;
use crate::model::{Operation, Page};
use crate::project::{Project, shown};
use crate::recognise;
use crate::write::Files;

/// What [`pages`] reads, and what it keeps besides the facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The only service whose pages are read.
    pub service: Option<&'a str>,
    /// Whether the report keeps the texts of pages with findings.
    pub texts: bool,
    /// Whether pages, parameters and fields have their descriptions. No model has them.
    pub descriptions: bool,
}

/// What a project makes of its pages: facts, and findings with their places.
const FACTS: Wanted<'_> = Wanted {
    service: None,
    texts: true,
    descriptions: false,
};

/// Reads the reference pages below the folder `docs`. `docs` may also be a single page.
///
/// Calls `each` with every page of an operation, in the order of the paths of services and pages. A page
/// belongs to the service whose repository is one of the page's folders. Otherwise it belongs to the service
/// with the name of its first folder. The report contains what cannot be read and what is wrong with the pages.
///
/// Schemas have the names that the model of the project pins, if it has a model.
///
/// ```no_run
/// use permspec::Project;
/// use permspec::pipeline::reference::{Wanted, pages};
///
/// let (account, report) = pages(&Project::new(""), "docs".as_ref(), Wanted::default(), |page| {
///     println!("{} {}", page.endpoints[0].method, page.endpoints[0].path);
/// });
/// assert_eq!(account.unaccounted(), (0, 0));
/// ```
pub fn pages(
    project: &Project,
    docs: &Path,
    wanted: Wanted<'_>,
    mut each: impl FnMut(ReferencePage),
) -> (ReferenceAccount, Report) {
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    let pinned = load::interfaces(project, &mut report);
    each_service(
        project,
        docs,
        wanted.service,
        &mut report,
        |service, loaded, report| {
            let pins = schema_pins(&pinned, service);
            let pages = described(service, loaded, &pins, wanted, &mut account, report);
            pages.into_iter().for_each(&mut each);
        },
    );
    (account, report)
}

/// What an extraction of reference pages made.
#[derive(Clone, Debug)]
pub struct ReferenceExtraction {
    /// The interfaces, one file per page. A project that keeps no model has none.
    pub interfaces: Vec<InterfaceFile>,
    /// The files of interfaces whose page is gone.
    pub gone: Vec<PathBuf>,
    /// How every page, table and row ended.
    pub account: ReferenceAccount,
    /// How pages and rows of permission pages belong together.
    pub joins: Joins,
    /// Every finding.
    pub report: Report,
}

/// A whole documentation to the interfaces of a project, with the names that the present model pins, and joined
/// with the operations of its permission pages. See [`pages`] for `docs` and `service`.
///
/// Only a model keeps names. If the project has none, operations are not named, so no name can be missing.
pub fn extract(project: &Project, docs: &Path, service: Option<&str>) -> ReferenceExtraction {
    let mut report = Report::default();
    let models = load::models(project, &mut report);
    let pinned = load::interfaces(project, &mut report);
    let mut account = ReferenceAccount::default();
    let mut joins = Joins::default();
    let mut interfaces = Vec::new();
    each_service(
        project,
        docs,
        service,
        &mut report,
        |service, loaded, report| {
            let pins = schema_pins(&pinned, service);
            let pages = described(service, loaded, &pins, FACTS, &mut account, report);
            join(
                project,
                docs,
                service,
                (&models, &pinned),
                report,
                |known, report| {
                    let joined = Joined::of(known, origins(pages, loaded), &mut joins);
                    let missing = joined.rows_without_page();
                    if project.models.is_some() {
                        interfaces.extend(joined.interfaces(report));
                    }
                    missing
                },
            );
        },
    );
    let gone = gone(&pinned, &interfaces, service);
    ReferenceExtraction {
        interfaces,
        gone,
        account,
        joins,
        report,
    }
}

/// What is wrong with the reference pages of a documentation, and with the rows of its permission pages, which
/// `models` holds: rows whose operation no reference page describes.
pub fn check(project: &Project, docs: &Path, models: &[ModelFile]) -> (ReferenceAccount, Report) {
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    each_service(
        project,
        docs,
        None,
        &mut report,
        |service, loaded, report| {
            let pins = SchemaPins::default();
            let pages = described(service, loaded, &pins, FACTS, &mut account, report);
            join(project, docs, service, (models, &[]), report, |known, _| {
                Joined::of(known, origins(pages, loaded), &mut Joins::default()).rows_without_page()
            });
        },
    );
    (account, report)
}

/// The interfaces of some pages of one service, joined with the operations that `models` has of it, with the names
/// that `pinned` has. A page may be a folder of pages.
pub(crate) fn of_service(
    project: &Project,
    service: &str,
    pages: &[PathBuf],
    (models, pinned): (&[ModelFile], &[InterfaceFile]),
    report: &mut Report,
) -> Vec<InterfaceFile> {
    let loaded = load::reference_pages(service, pages, report);
    let pins = schema_pins(pinned, service);
    let account = &mut ReferenceAccount::default();
    let pages = described(service, &loaded, &pins, FACTS, account, report);
    let mut interfaces = Vec::new();
    let folder = Path::new("");
    let present = (models, pinned);
    join(
        project,
        folder,
        service,
        present,
        report,
        |known, report| {
            let joined = Joined::of(known, origins(pages, &loaded), &mut Joins::default());
            interfaces = joined.interfaces(report);
            // A build reads the pages that it needs, so a row may have none.
            Vec::new()
        },
    );
    interfaces
}

/// Joins the pages of one service by `joining`, which returns the numbers of the rows whose call no page has.
fn join(
    project: &Project,
    docs: &Path,
    service: &str,
    (models, pinned): (&[ModelFile], &[InterfaceFile]),
    report: &mut Report,
    joining: impl FnOnce(&Known<'_>, &mut Report) -> Vec<usize>,
) {
    let own = models.iter().filter(|model| model.page.service == service);
    let stated: Vec<(&Page, &Operation)> = own
        .flat_map(|model| model.page.operations.iter().map(|row| (&model.page, row)))
        .collect();
    let rows: Vec<&Operation> = stated.iter().map(|(_, row)| *row).collect();
    let own = pinned
        .iter()
        .filter(|file| file.interface.service == service);
    let settings = project.services.get(service);
    let known = Known {
        service,
        settings: &settings.cloned().unwrap_or_default(),
        folder: &project.models_path().unwrap_or_default().join(service),
        rows: &rows,
        pinned: &own.collect::<Vec<_>>(),
        old_names: project.old_names(service).map(str::to_owned).collect(),
    };
    for at in joining(&known, report) {
        let (page, row) = stated[at];
        let place = Location {
            line: row.line,
            ..Location::file(shown(&docs.join(&page.page.path)))
        };
        let message = format!("no reference page has the call `{}`", row.endpoints[0]);
        report.push(Diagnostic::new(Code::RowWithoutPage, place, message));
    }
}

/// The pages with what is known about their texts.
fn origins(pages: Vec<ReferencePage>, loaded: &[Source]) -> Vec<Described> {
    let sources: BTreeMap<&str, &Source> = loaded
        .iter()
        .map(|source| (source.path.as_str(), source))
        .collect();
    let described = |page: ReferencePage| {
        let source = sources[page.page.as_str()];
        Described {
            sha256: source.sha256(),
            place: Location::line_column(&source.file, &source.text, page.line as usize, 1),
            page,
        }
    };
    pages.into_iter().map(described).collect()
}

/// The files of the project's interfaces, of one service if one is given, that were not made again.
fn gone(pinned: &[InterfaceFile], made: &[InterfaceFile], service: Option<&str>) -> Vec<PathBuf> {
    let made: BTreeSet<&Path> = made.iter().map(|file| file.path.as_path()).collect();
    pinned
        .iter()
        .filter(|file| service.is_none_or(|wanted| wanted == file.interface.service))
        .map(|file| &file.path)
        .filter(|path| !made.contains(path.as_path()))
        .cloned()
        .collect()
}

/// The files of interfaces of a project, in their canonical form.
pub fn interface_texts(project: &Project, interfaces: &[InterfaceFile]) -> Files {
    let mut files = Files::below(project.models_path().unwrap_or_default());
    for file in interfaces {
        files.insert(&file.path, file.text.clone());
    }
    files
}

/// Loads the pages of one service after the other. `docs` may also be a single page.
fn each_service(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    report: &mut Report,
    mut each: impl FnMut(&str, &[Source], &mut Report),
) {
    let (folder, found) = if docs.is_file() {
        (docs.parent().unwrap_or(docs), vec![docs.to_owned()])
    } else {
        (docs, load::files(docs, report))
    };
    // Services come in the order of their first pages.
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut services: Vec<Vec<PageFile>> = Vec::new();
    for page in load::page_files(project, folder, found, service) {
        let next = services.len();
        let number = *numbers.entry(page.service.clone()).or_insert(next);
        if number == next {
            services.push(Vec::new());
        }
        services[number].push(page);
    }
    for files in services {
        let Some(service) = files.first().map(|page| page.service.clone()) else {
            continue;
        };
        let loaded = files.into_iter().filter_map(|page| page.source(report));
        let loaded: Vec<Source> = loaded.collect();
        each(&service, &loaded, report);
    }
}

/// The names of schemas that the model of a service has.
fn schema_pins(pinned: &[InterfaceFile], service: &str) -> SchemaPins {
    let interfaces = pinned.iter().map(|file| &file.interface);
    SchemaPins::of(interfaces.filter(|interface| interface.service == service))
}

/// The operations of one service's pages.
fn described(
    service: &str,
    loaded: &[Source],
    pins: &SchemaPins,
    wanted: Wanted<'_>,
    account: &mut ReferenceAccount,
    report: &mut Report,
) -> Vec<ReferencePage> {
    let pages: Vec<PageText<'_>> = loaded
        .iter()
        .map(|page| PageText {
            path: &page.path,
            file: &page.file,
            text: &page.text,
            may_be_operation: recognise::may_be_operation_page(&page.text),
            keeps_prose: wanted.descriptions,
        })
        .collect();
    let mut own = Report::default();
    let read = read(service, &pages, pins, account, &mut own);
    if wanted.texts {
        let named: BTreeSet<&str> = own
            .diagnostics()
            .iter()
            .map(|finding| finding.location.file.as_str())
            .collect();
        for page in loaded
            .iter()
            .filter(|page| named.contains(page.file.as_str()))
        {
            report.add_source(&page.file, &page.text);
        }
    }
    report.merge(own);
    read
}
