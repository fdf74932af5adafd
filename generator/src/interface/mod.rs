//! Interfaces of operations: reference pages with pinned names, joined with the operations of permission pages.
//! Permissions and interface both describe an operation. An operation may have only one of the two.

mod body_key;
mod chapter;
mod earlier;
mod file;
pub mod job;
mod join;
mod name;
pub mod paging;

use std::collections::BTreeSet;
use std::path::Path;

use self::earlier::Earlier;
use self::join::Join;
use crate::diagnostic::{Location, Report};
use crate::load::InterfaceFile;
use crate::model::reference::ReferencePage;
use crate::model::{Endpoint, Extra, Interface, Operation, Origin, PathShape};
use crate::project::ServiceSettings;
use crate::subject::Subject;

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

impl Described {
    /// What names and pairs are made of.
    fn subject<'a>(&'a self, endpoints: &'a [Endpoint]) -> Subject<'a> {
        Subject {
            title: &self.page.title,
            endpoints,
            actions: &[],
        }
    }
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

/// The reference pages of one service, joined with the rows of its permission pages.
pub(crate) struct Joined<'a> {
    known: &'a Known<'a>,
    pages: Vec<Described>,
    /// The calls of each page.
    calls: Vec<Vec<Endpoint>>,
    earlier: Vec<Option<Earlier<'a>>>,
    joins: Vec<Join>,
}

impl<'a> Joined<'a> {
    /// Joins pages and rows, and counts how.
    pub(crate) fn of(known: &'a Known<'a>, pages: Vec<Described>, counts: &mut Joins) -> Self {
        let mut calls: Vec<Vec<Endpoint>> = pages.iter().map(|it| endpoints(&it.page)).collect();
        counts.told_by_body += body_key::tell(&pages, known.rows, &mut calls);
        let earlier = earlier::earlier(&pages, &calls, known.pinned);
        let joins = join::rows(known.rows, &pages, &calls, &earlier);
        counts.count(&joins, known.rows.len());
        Joined {
            known,
            pages,
            calls,
            earlier,
            joins,
        }
    }

    /// The numbers of the rows whose call no page has. A row without a call has no page either. Nothing is missing
    /// if the service has no pages.
    pub(crate) fn rows_without_page(&self) -> Vec<usize> {
        if self.pages.is_empty() {
            return Vec::new();
        }
        let joined: BTreeSet<usize> = self.joins.iter().filter_map(|join| join.row()).collect();
        let calls: BTreeSet<PathShape> = self.calls.iter().flatten().map(Endpoint::shape).collect();
        let rows = self.known.rows.iter().enumerate();
        rows.filter(|(at, row)| {
            let is_described = || row.endpoints.iter().any(|it| calls.contains(&it.shape()));
            !row.endpoints.is_empty() && !joined.contains(at) && !is_described()
        })
        .map(|(at, _)| at)
        .collect()
    }

    /// The interfaces, with the names that the model pins.
    pub(crate) fn interfaces(self, report: &mut Report) -> Vec<InterfaceFile> {
        let Joined {
            known,
            pages,
            calls,
            earlier,
            joins,
        } = self;
        let ids = name::ids(known, &pages, &calls, &joins, &earlier, report);
        let paths = file::paths(known, &pages, &earlier);
        let named = pages
            .into_iter()
            .zip(calls)
            .zip(ids.into_iter().zip(&joins))
            .zip(paths.into_iter().zip(&earlier));
        named
            .map(|(((described, endpoints), (id, join)), (path, earlier))| {
                let permission = join.row().map(|row| known.rows[row].id.clone());
                let mut interface = interface(known, described, endpoints, id, permission);
                if let Some(earlier) = earlier {
                    earlier.keep_extras(&mut interface);
                }
                InterfaceFile {
                    path,
                    text: interface.to_json(),
                    interface,
                }
            })
            .collect()
    }
}

impl Joins {
    fn count(&mut self, joins: &[Join], rows: usize) {
        let of = |wanted: fn(&Join) -> bool| joins.iter().filter(|it| wanted(it)).count();
        let joined = of(|join| matches!(join, Join::Own(_)));
        self.joined += joined;
        self.shared += of(|join| matches!(join, Join::Shared(_)));
        self.pages_alone += of(|join| matches!(join, Join::None));
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
        extra: Extra::new(),
    }
}
