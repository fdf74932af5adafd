//! Puts rows, names and origins together: the model files of a project.
//! It arranges what other stages decided; this module must never read a cell or choose a name.

use std::path::Path;

use crate::diagnostic::Report;
use crate::extract::{self, Row};
use crate::load::{ModelFile, Source};
use crate::markup;
use crate::model::{Extra, Operation, Origin, Page};
use crate::name::{self, Pins, Unnamed};
use crate::project::{Project, ServiceSettings};

/// A page that was parsed and extracted.
pub(crate) struct Read {
    source: Source,
    title: String,
    original_name: Option<String>,
    rows: Vec<Row>,
}

impl Read {
    /// Parses and extracts one page.
    pub(crate) fn page(source: Source, report: &mut Report) -> Self {
        let parsed = rst_parser::parse(&source.text);
        markup::report(&parsed.diagnostics, &source.file, report);
        let rows = extract::rows(&parsed.document, &source.file, report);
        Read {
            title: extract::title(&parsed.document),
            original_name: extract::original_name(&parsed.document),
            rows,
            source,
        }
    }
}

/// The model files of every service, with the names that `pinned` holds.
pub(crate) fn models(
    project: &Project,
    read: &[Read],
    pinned: &[ModelFile],
    report: &mut Report,
) -> Vec<ModelFile> {
    let mut models = Vec::new();
    for (service, settings) in &project.services {
        let pages: Vec<&Read> = read
            .iter()
            .filter(|page| page.source.service == *service)
            .collect();
        let ids = names(service, settings, &pages, pinned, report);
        let folder = project.model_folder(service).unwrap_or_default();
        for (page, ids) in pages.into_iter().zip(ids) {
            let operations = page.rows.iter().cloned().zip(ids);
            let operations = operations.map(|(row, id)| operation(row, id)).collect();
            let page = Page::new(
                service,
                origin(page, settings.doc_url.as_deref()),
                operations,
            );
            let path = folder.join(format!("{}.json", page.stem()));
            let page = with_extras(page, pinned, &path);
            models.push(ModelFile {
                text: page.to_json(),
                path,
                page,
            });
        }
    }
    models
}

/// The identifiers of each page's rows. They are decided for the whole service at once, because
/// they are unique in it.
fn names(
    service: &str,
    settings: &ServiceSettings,
    pages: &[&Read],
    pinned: &[ModelFile],
    report: &mut Report,
) -> Vec<Vec<String>> {
    let rows: Vec<Unnamed<'_>> = pages
        .iter()
        .flat_map(|page| {
            page.rows.iter().map(|row| Unnamed {
                file: &page.source.file,
                row,
            })
        })
        .collect();
    let pins = Pins::new(
        pinned
            .iter()
            .map(|model| &model.page)
            .filter(|page| page.service == service),
    );
    let mut ids = name::assign(&rows, &pins, settings, report).into_iter();
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
        routes: row.routes,
        actions: row.actions,
        dependencies: row.dependencies,
        iam_project: row.iam_project,
        enterprise_project: row.enterprise_project,
        extra: Extra::new(),
    }
}

fn origin(page: &Read, doc_url: Option<&str>) -> Origin {
    let doc_url = doc_url.map(|base| {
        let name = page.source.path.rsplit('/').next().unwrap_or_default();
        format!(
            "{}/{}.html",
            base.trim_end_matches('/'),
            name.trim_end_matches(".rst")
        )
    });
    Origin {
        title: page.title.clone(),
        path: page.source.path.clone(),
        original_name: page.original_name.clone(),
        doc_url,
        sha256: page.source.sha256(),
        extra: Extra::new(),
    }
}

/// Fields that a newer permspec wrote are not this one's to drop.
fn with_extras(mut page: Page, pinned: &[ModelFile], path: &Path) -> Page {
    let Some(old) = pinned
        .iter()
        .find(|model| model.path == path)
        .map(|model| &model.page)
    else {
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
