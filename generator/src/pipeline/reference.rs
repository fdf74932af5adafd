//! Makes the model of the reference pages of a whole documentation: load, recognise, parse, extract, join, name. It
//! reads one service at a time, so that memory holds the pages of only one service.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Location, Report};
use crate::extract::reference::{PageText, ReferenceAccount, SchemaPins, read};
use crate::interface::{self, Described, Joins, Known};
use crate::load::{self, InterfaceFile, ModelFile};
use crate::model::reference::ReferencePage;
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
            let pins = schema_pins(&pinned, service);
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
                &models,
                &pinned,
                &mut made.joins,
                report,
            );
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
