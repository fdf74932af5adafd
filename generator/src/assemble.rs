//! Makes the model files of a project from rows, names and origins. It arranges what other stages decided.
//! This module must never read a cell or choose a name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Location, Report};
use crate::extract::Row;
use crate::ident;
use crate::load::ModelFile;
use crate::model::{Extra, Operation, Origin, Page};
use crate::naming::{self, Pins, Unnamed};
use crate::project::{Project, ServiceSettings};
use crate::read::{PageChoice, ReadPage};

/// The model files of every service, with the names that `pinned` contains.
///
/// A new operation needs to know the operations that only reference pages have, which `alone` loads: it is one of
/// them, or its name must differ from theirs. They are thousands of files, so they are not loaded for nothing.
pub(crate) fn models(
    project: &Project,
    read: &[ReadPage],
    pinned: &[ModelFile],
    scope: PageChoice,
    alone: impl FnOnce(&mut Report) -> Vec<ModelFile>,
    report: &mut Report,
) -> Vec<ModelFile> {
    let mut found = Report::default();
    let models = models_beside(project, read, pinned, scope, &[], &mut found);
    if !found.is_empty() || has_new(&models, pinned) {
        let alone = alone(report);
        if !alone.is_empty() {
            return models_beside(project, read, pinned, scope, &alone, report);
        }
    }
    report.merge(found);
    models
}

/// Whether there is an operation that the present model does not have.
fn has_new(models: &[ModelFile], pinned: &[ModelFile]) -> bool {
    !ids(models).is_subset(&ids(pinned))
}

fn ids(models: &[ModelFile]) -> BTreeSet<(&str, &str)> {
    let pages = models.iter().map(|file| &file.page);
    pages
        .flat_map(|page| {
            let ids = page.operations.iter().map(|it| it.id.as_str());
            ids.map(|id| (page.service.as_str(), id))
        })
        .collect()
}

fn models_beside(
    project: &Project,
    read: &[ReadPage],
    pinned: &[ModelFile],
    scope: PageChoice,
    alone: &[ModelFile],
    report: &mut Report,
) -> Vec<ModelFile> {
    let mut models = Vec::new();
    for (service, settings) in &project.services {
        // A page without remaining rows has no model.
        let pages: Vec<&ReadPage> = read
            .iter()
            .filter(|page| page.source.service == *service && !page.rows.is_empty())
            .collect();
        let files: Vec<Option<&ModelFile>> = pages
            .iter()
            .map(|page| present(page, service, pinned))
            .collect();
        let mut known = Known::of(service, &files, pinned, scope);
        let alone: Vec<&ModelFile> = alone
            .iter()
            .filter(|file| file.page.service == *service)
            .collect();
        known.add(&alone);
        let chosen = chosen(settings, &alone);
        let old_names = project.old_names(service).map(str::to_owned);
        known.taken.extend(old_names);
        let ids = names(&chosen, &pages, &files, &known, report);
        let folder = project.model_folder(service).unwrap_or_default();
        let stems = file_stems(&pages);
        let (mut paths, mut made) = (Vec::new(), Vec::new());
        for (((page, ids), stem), file) in pages.into_iter().zip(ids).zip(stems).zip(files) {
            let new = || folder.join(format!("{stem}.json"));
            let path = file.map_or_else(new, |file| file.path.clone());
            let old = file.or_else(|| pinned.iter().find(|model| model.path == path));
            let named = page.rows.iter().cloned().zip(ids);
            let operations = named.map(|(row, id)| operation(row, id)).collect();
            let page = Page::new(service, origin(page, settings), operations);
            made.push(with_extras(page, old.map(|old| &old.page)));
            paths.push(path);
        }
        let own = || pinned.iter().filter(|model| model.page.service == *service);
        let unread: Vec<&Page> = own()
            .filter(|model| !paths.contains(&model.path))
            .map(|model| &model.page)
            .collect();
        let present: Vec<&Page> = own().map(|model| &model.page).collect();
        ident::pin_constants(service, &present, &unread, &mut made);
        models.extend(paths.into_iter().zip(made).map(|(path, page)| ModelFile {
            text: page.to_json(),
            path,
            page,
        }));
    }
    models
}

/// The present model file of a page, found by the page's stable name, otherwise by its path.
fn present<'a>(page: &ReadPage, service: &str, pinned: &'a [ModelFile]) -> Option<&'a ModelFile> {
    let own = || pinned.iter().filter(|model| model.page.service == service);
    let named = |model: &&ModelFile| {
        page.original_name.is_some() && model.page.page.original_name == page.original_name
    };
    let placed = |model: &&ModelFile| model.page.page.path == page.source.path;
    own().find(named).or_else(|| own().find(placed))
}

/// The names of new model files: the name of the page. If two pages of a service have the same name, the
/// names of their folders are added.
fn file_stems(pages: &[&ReadPage]) -> Vec<String> {
    let stem = |page: &&ReadPage| {
        let own = page.source.stem();
        let twins = pages
            .iter()
            .filter(|other| other.source.stem() == own)
            .count();
        let folder = page.source.path.rsplit('/').nth(1).filter(|_| twins > 1);
        folder.map_or(own.to_owned(), |folder| format!("{folder}_{own}"))
    };
    pages.iter().map(stem).collect()
}

/// What the present model knows about a service.
struct Known<'a> {
    pins: Pins<'a>,
    /// The model files of the pages whose names are pinned, in the order in which the pins count them.
    files: Vec<&'a ModelFile>,
    /// Names of pages that were not read, and earlier names of operations. No other operation may get them.
    taken: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn of(
        service: &str,
        files: &[Option<&ModelFile>],
        pinned: &'a [ModelFile],
        scope: PageChoice,
    ) -> Self {
        let read: BTreeSet<&Path> = files
            .iter()
            .flatten()
            .map(|file| file.path.as_path())
            .collect();
        let own = pinned.iter().filter(|model| model.page.service == service);
        let (own, others): (Vec<_>, Vec<_>) =
            own.partition(|model| scope == PageChoice::Any || read.contains(model.path.as_path()));
        let ids = others
            .iter()
            .flat_map(|model| &model.page.operations)
            .map(|op| op.id.clone());
        Known {
            pins: Pins::new(own.iter().map(|model| &model.page)),
            files: own,
            taken: ids.collect(),
        }
    }

    /// Adds operations that only reference pages have. A row that states one of them gets its name, and no other
    /// row does.
    fn add(&mut self, alone: &[&'a ModelFile]) {
        self.pins.add_spare(alone.iter().map(|file| &file.page));
        let operations = alone.iter().flat_map(|file| &file.page.operations);
        self.taken
            .extend(operations.map(|operation| operation.id.clone()));
    }
}

/// The identifiers that people chose, without those for operations of reference pages.
fn chosen(settings: &ServiceSettings, alone: &[&ModelFile]) -> BTreeMap<String, String> {
    let mut ids = settings.ids.clone();
    let operations = || alone.iter().flat_map(|file| &file.page.operations);
    ids.retain(|_, id| operations().all(|operation| operation.id != *id));
    ids
}

/// The identifiers of each page's rows. They are decided for the whole service at once, because
/// they are unique in it.
fn names(
    chosen: &BTreeMap<String, String>,
    pages: &[&ReadPage],
    files: &[Option<&ModelFile>],
    known: &Known<'_>,
    report: &mut Report,
) -> Vec<Vec<String>> {
    let numbered = pages.iter().zip(files).enumerate();
    let rows: Vec<Unnamed<'_>> = numbered
        .flat_map(|(at, (page, file))| {
            // A model file is identified by its path.
            let is_its = |own: &&ModelFile| file.is_some_and(|file| own.path == file.path);
            let pinned = known.files.iter().position(is_its);
            let number = pinned.unwrap_or(known.files.len() + at);
            page.rows.iter().map(move |row| Unnamed {
                page: page.source.stem(),
                number,
                place: Location::span(&page.source.file, row.span),
                subject: row.subject(),
            })
        })
        .collect();
    let mut ids = naming::assign(&rows, &known.pins, &known.taken, chosen, report).into_iter();
    pages
        .iter()
        .map(|page| ids.by_ref().take(page.rows.len()).collect())
        .collect()
}

fn operation(row: Row, id: String) -> Operation {
    Operation {
        id,
        title: row.title,
        section: row.section,
        line: row.span.line,
        endpoints: row.endpoints,
        actions: row.actions,
        dependencies: row.dependencies,
        iam_project: row.iam_project,
        enterprise_project: row.enterprise_project,
        extra: Extra::new(),
    }
}

fn origin(page: &ReadPage, settings: &ServiceSettings) -> Origin {
    Origin {
        title: page.title.clone(),
        path: page.source.path.clone(),
        original_name: page.original_name.clone(),
        doc_url: settings.page_url(&page.source.path),
        sha256: page.source.sha256(),
        extra: Extra::new(),
    }
}

/// This version must not drop fields that a newer version of permspec wrote.
fn with_extras(mut page: Page, old: Option<&Page>) -> Page {
    let Some(old) = old else {
        return page;
    };
    page.extra.clone_from(&old.extra);
    page.page.extra.clone_from(&old.page.extra);
    for operation in &mut page.operations {
        if let Some(old) = old.operations.iter().find(|old| old.id == operation.id) {
            operation.extra.clone_from(&old.extra);
        }
    }
    page
}
