//! Makes the model of the reference pages of a whole documentation: load, recognise, parse, extract, join, name. It
//! reads one service at a time, so that memory holds the pages of only one service.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::reference::{PageText, ReferenceAccount, SchemaPins, read};
use crate::interface::{self, Described, Joins, Known};
use crate::load::{self, InterfaceFile, ModelFile};
use crate::model::reference::ReferencePage;
use crate::model::{Endpoint, PathShape};
use crate::project::{Project, shown};
use crate::recognise;
use crate::write::Files;

/// Reads the reference pages below the folder `docs`. `docs` may also be a single page.
///
/// Calls `each` with every page of an operation, in the order of the paths of services and pages. A page
/// belongs to the service whose repository is one of the page's folders. Otherwise it belongs to the service
/// with the name of its first folder. If a `service` is given, only its pages are read. The report contains
/// what cannot be read and what is wrong with the pages. If `texts` is set, it keeps the texts of pages with
/// findings.
///
/// Schemas have the names that the model of the project pins, if it has a model.
///
/// ```no_run
/// use permspec::{Project, pipeline};
///
/// let (account, report) = pipeline::reference::pages(&Project::new(""), "docs".as_ref(), None, false, |page| {
///     println!("{} {}", page.endpoints[0].method, page.endpoints[0].path);
/// });
/// assert_eq!(account.unaccounted(), (0, 0));
/// ```
pub fn pages(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    texts: bool,
    mut each: impl FnMut(ReferencePage),
) -> (ReferenceAccount, Report) {
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    let pinned = load::interfaces(project, &mut report);
    each_service(
        project,
        docs,
        service,
        &mut report,
        |service, loaded, report| {
            let pins = schema_pins(&pinned, service);
            let pages = described(service, loaded, &pins, texts, &mut account, report);
            pages.into_iter().for_each(&mut each);
        },
    );
    (account, report)
}

/// What an extraction of reference pages made.
#[derive(Clone, Debug)]
pub struct ReferenceExtraction {
    /// The interfaces, one file per page.
    pub interfaces: Vec<InterfaceFile>,
    /// How every page, table and row ended.
    pub account: ReferenceAccount,
    /// How pages and rows of permission pages belong together.
    pub joins: Joins,
    /// Every finding.
    pub report: Report,
}

/// A whole documentation to the interfaces of a project, with the names that the present model pins, and joined
/// with the operations of its permission pages. See [`pages`] for `docs` and `service`.
pub fn extract(project: &Project, docs: &Path, service: Option<&str>) -> ReferenceExtraction {
    let mut report = Report::default();
    let models = load::models(project, &mut report);
    let pinned = load::interfaces(project, &mut report);
    extract_beside(project, docs, service, (&models, &pinned), report)
}

/// What is wrong with the reference pages of a documentation, and with the rows of its permission pages, which
/// `models` holds: rows whose operation no reference page describes.
pub fn check(project: &Project, docs: &Path, models: &[ModelFile]) -> ReferenceExtraction {
    extract_beside(project, docs, None, (models, &[]), Report::default())
}

fn extract_beside(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    (models, pinned): (&[ModelFile], &[InterfaceFile]),
    mut report: Report,
) -> ReferenceExtraction {
    let mut made = ReferenceExtraction {
        interfaces: Vec::new(),
        account: ReferenceAccount::default(),
        joins: Joins::default(),
        report: Report::default(),
    };
    each_service(
        project,
        docs,
        service,
        &mut report,
        |service, loaded, report| {
            let pins = schema_pins(pinned, service);
            let pages = described(service, loaded, &pins, true, &mut made.account, report);
            let origins = loaded.iter().map(|page| (page.path.as_str(), page));
            let origins: std::collections::BTreeMap<&str, &Loaded> = origins.collect();
            let pages = pages.into_iter().map(|page| {
                let origin = origins[page.page.as_str()];
                Described {
                    sha256: load::sha256(&origin.text),
                    place: Location::line_column(&origin.file, &origin.text, page.line as usize, 1),
                    page,
                }
            });
            let pages = pages.collect();
            let interfaces = of_service(
                project,
                service,
                pages,
                models,
                pinned,
                &mut made.joins,
                report,
            );
            rows_without_page(docs, service, models, &interfaces, report);
            made.interfaces.extend(interfaces);
        },
    );
    made.report = report;
    made
}

fn of_service(
    project: &Project,
    service: &str,
    pages: Vec<Described>,
    models: &[ModelFile],
    pinned: &[InterfaceFile],
    joins: &mut Joins,
    report: &mut Report,
) -> Vec<InterfaceFile> {
    let own = models.iter().filter(|model| model.page.service == service);
    let rows: Vec<_> = own.flat_map(|model| &model.page.operations).collect();
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
    interface::assemble(&known, pages, joins, report)
}

/// Reports the rows whose call no reference page of the service has. A row without a call has no page either.
fn rows_without_page(
    docs: &Path,
    service: &str,
    models: &[ModelFile],
    interfaces: &[InterfaceFile],
    report: &mut Report,
) {
    if interfaces.is_empty() {
        return;
    }
    let stated = interfaces
        .iter()
        .filter_map(|file| file.interface.permission.as_deref());
    let stated: BTreeSet<&str> = stated.collect();
    let calls = interfaces.iter().flat_map(|file| &file.interface.endpoints);
    let calls: BTreeSet<PathShape> = calls.map(Endpoint::shape).collect();
    for model in models.iter().filter(|model| model.page.service == service) {
        for row in &model.page.operations {
            let has_page = stated.contains(row.id.as_str())
                || row
                    .endpoints
                    .iter()
                    .any(|endpoint| calls.contains(&endpoint.shape()));
            if has_page || row.endpoints.is_empty() {
                continue;
            }
            let place = Location {
                line: row.line,
                ..Location::file(shown(&docs.join(&model.page.page.path)))
            };
            let message = format!("no reference page has the call `{}`", row.endpoints[0]);
            report.push(Diagnostic::new(Code::RowWithoutPage, place, message));
        }
    }
}

/// The files of interfaces of a project, in their canonical form.
pub fn interface_texts(project: &Project, interfaces: &[InterfaceFile]) -> Files {
    let mut files = Files::below(project.models_path().unwrap_or_default());
    for file in interfaces {
        files.insert(&file.path, file.text.clone());
    }
    files
}

struct Loaded {
    path: String,
    file: String,
    text: String,
}

/// Loads the pages of one service after the other.
fn each_service(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    report: &mut Report,
    mut each: impl FnMut(&str, &[Loaded], &mut Report),
) {
    let mut services: Vec<String> = Vec::new();
    let mut files_of: Vec<Vec<(String, PathBuf)>> = Vec::new();
    for (path, file) in paths(docs, report) {
        let owner = project.service_of(&path);
        if service.is_some_and(|wanted| wanted != owner) {
            continue;
        }
        if let Some(at) = services.iter().rposition(|known| *known == owner) {
            files_of[at].push((path, file));
        } else {
            services.push(owner);
            files_of.push(vec![(path, file)]);
        }
    }
    for (own, files) in services.iter().zip(files_of) {
        let load = |(path, file): (String, PathBuf)| {
            let text = load::text(&file, report)?;
            let file = shown(&file);
            Some(Loaded { path, file, text })
        };
        let loaded: Vec<Loaded> = files.into_iter().filter_map(load).collect();
        each(own, &loaded, report);
    }
}

/// The pages of a documentation: their paths below it, and their files.
fn paths(docs: &Path, report: &mut Report) -> Vec<(String, PathBuf)> {
    let (folder, files) = if docs.is_file() {
        (docs.parent().unwrap_or(docs), vec![docs.to_owned()])
    } else {
        (docs, load::files(docs, report))
    };
    let is_page = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "rst");
    let below = |file: PathBuf| (shown(file.strip_prefix(folder).unwrap_or(&file)), file);
    files.into_iter().filter(is_page).map(below).collect()
}

/// The names of schemas that the model of a service has.
fn schema_pins(pinned: &[InterfaceFile], service: &str) -> SchemaPins {
    let interfaces = pinned.iter().map(|file| &file.interface);
    SchemaPins::of(interfaces.filter(|interface| interface.service == service))
}

/// The operations of one service's pages.
fn described(
    service: &str,
    loaded: &[Loaded],
    pins: &SchemaPins,
    texts: bool,
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
        })
        .collect();
    let mut own = Report::default();
    let read = read(service, &pages, pins, account, &mut own);
    if texts {
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
