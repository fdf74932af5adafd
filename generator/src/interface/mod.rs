//! Interfaces of operations: reference pages with pinned names, joined with the operations of permission pages.
//! Permissions and interface both describe an operation. An operation may have only one of the two.

mod body_key;
mod chapter;
mod earlier;
mod file;
mod join;
mod name;

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Location, Report};
use crate::load::InterfaceFile;
use crate::model::reference::ReferencePage;
use crate::model::{Endpoint, Extra, Interface, Operation, Origin};
use crate::project::ServiceSettings;

/// How reference pages and rows of permission pages belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joins {
    /// Rows that have a page.
    pub joined: usize,
    /// Pages without a row of their own whose call one row states, so that its requirements hold for them.
    pub shared: usize,
    /// Pages whose call no row states.
    pub pages_alone: usize,
    /// Rows without a page.
    pub rows_alone: usize,
    /// Pages that the key of their body tells from others with the same call.
    pub told_by_body: usize,
}

/// A reference page that was read.
pub(crate) struct Described {
    pub(crate) page: ReferencePage,
    /// The digest of its text.
    pub(crate) sha256: String,
    /// Where its title is.
    pub(crate) place: Location,
}

/// What is known about a service besides its reference pages.
pub(crate) struct Known<'a> {
    pub(crate) service: &'a str,
    pub(crate) settings: &'a ServiceSettings,
    /// The folder of its model files.
    pub(crate) folder: &'a Path,
    /// The operations of its permission pages.
    pub(crate) rows: &'a [&'a Operation],
    /// The interfaces that the model has already.
    pub(crate) pinned: &'a [&'a InterfaceFile],
    /// Names that operations had before.
    pub(crate) old_names: BTreeSet<String>,
}

/// The interfaces of one service, with the names that the model pins.
pub(crate) fn assemble(
    known: &Known<'_>,
    pages: Vec<Described>,
    joins: &mut Joins,
    report: &mut Report,
) -> Vec<InterfaceFile> {
    let mut calls: Vec<Vec<Endpoint>> = pages.iter().map(|it| endpoints(&it.page)).collect();
    joins.told_by_body += body_key::tell(&pages, known.rows, &mut calls);
    let earlier = earlier::earlier(&pages, &calls, known.pinned);
    let join = join::rows(known.rows, &pages, &calls, &earlier);
    joins.count(&join, known.rows.len());
    let ids = name::ids(known, &pages, &calls, &join, &earlier, report);
    let paths = file::paths(known, &pages, &earlier);
    let named = pages
        .into_iter()
        .zip(calls)
        .zip(ids.into_iter().zip(&join))
        .zip(paths);
    named
        .map(|(((described, endpoints), (id, join)), path)| {
            let permission = join.row().map(|row| known.rows[row].id.clone());
            let interface = interface(known, described, endpoints, id, permission);
            InterfaceFile {
                path,
                text: interface.to_json(),
                interface,
            }
        })
        .collect()
}

impl Joins {
    fn count(&mut self, join: &[join::Join], rows: usize) {
        let of = |wanted: fn(&join::Join) -> bool| join.iter().filter(|it| wanted(it)).count();
        let joined = of(|join| matches!(join, join::Join::Own(_)));
        self.joined += joined;
        self.shared += of(|join| matches!(join, join::Join::Shared(_)));
        self.pages_alone += of(|join| matches!(join, join::Join::None));
        self.rows_alone += rows - joined;
    }
}

fn endpoints(page: &ReferencePage) -> Vec<Endpoint> {
    let endpoints = page.endpoints.iter();
    endpoints
        .map(|endpoint| Endpoint {
            method: Some(endpoint.method.clone()),
            path: endpoint.path.clone(),
            query: Vec::new(),
            body_action: None,
            extra: Extra::new(),
        })
        .collect()
}

fn interface(
    known: &Known<'_>,
    described: Described,
    endpoints: Vec<Endpoint>,
    id: String,
    permission: Option<String>,
) -> Interface {
    let Described { page, sha256, .. } = described;
    Interface {
        service: known.service.to_owned(),
        page: Origin {
            doc_url: known.settings.page_url(&page.page),
            title: page.title,
            path: page.page,
            original_name: page.original_name,
            sha256,
            extra: Extra::new(),
        },
        id,
        permission,
        line: page.line,
        deprecated: page.deprecated,
        endpoints,
        parameters: page.parameters,
        request: page.request,
        responses: page.responses,
        schemas: page.schemas,
    }
}
