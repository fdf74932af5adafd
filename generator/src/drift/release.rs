//! The release of the generated crate that a change asks for, by the public items that it removes or adds. A
//! constant that another operation needs too stays. This module must never look at how bad a change is for
//! callers or policies.

use std::collections::BTreeMap;

use super::difference::Difference;
use super::effect::Semver;
use super::page::PagePairs;
use super::rows::VersionRow;
use super::rules::Rule;
use super::side::PageModel;
use crate::ident::{constants, query_constants};
use crate::model::{Access, Service, parameters};

/// The constants of the generated crate in both versions, by the service's name in the new version.
pub(crate) struct Crate {
    old: BTreeMap<String, Constants>,
    new: BTreeMap<String, Constants>,
}

/// The constants of a service by text, and the texts by constant.
#[derive(Default)]
struct Constants {
    permissions: Names,
    queries: Names,
}

#[derive(Default)]
struct Names {
    names: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
}

impl Crate {
    pub(crate) fn of(pages: &PagePairs<'_>) -> Self {
        let numbered = pages.old.iter().enumerate();
        let old = numbered.map(|(at, page)| (pages.service_of_old(at), page));
        let new = pages
            .new
            .iter()
            .map(|page| (page.page.service.as_str(), page));
        Crate {
            old: by_service(old),
            new: by_service(new),
        }
    }

    /// The release that a difference asks for: of two rows that are one operation, or of a row that is new or
    /// gone.
    pub(crate) fn release(
        &self,
        difference: &Difference<'_>,
        service: &str,
        rows: (Option<&VersionRow<'_>>, Option<&VersionRow<'_>>),
    ) -> Semver {
        let (before, after) = (difference.before.as_deref(), difference.after.as_deref());
        match difference.rule {
            Rule::ActionAdded
            | Rule::ActionRemoved
            | Rule::ActionRenamed
            | Rule::ActionRespelled
            | Rule::DependencyAdded
            | Rule::DependencyRemoved => self.of_constants(
                service,
                |of| &of.permissions,
                before.into_iter().map(without_case),
                after.into_iter().map(without_case),
            ),
            Rule::QueryChanged => self.of_constants(
                service,
                |of| &of.queries,
                before.into_iter().flat_map(|names| names.split(", ")),
                after.into_iter().flat_map(|names| names.split(", ")),
            ),
            Rule::RouteAdded => match rows {
                (Some(old), Some(new)) if arguments(old) != arguments(new) => Semver::Major,
                _ => Semver::Minor,
            },
            Rule::OperationMoved => match rows {
                (Some(old), Some(new)) => moved(old.page, new.page),
                _ => Semver::Patch,
            },
            rule => rule.entry().semver,
        }
    }

    /// Whether constants are gone, new, or the same.
    fn of_constants<'t>(
        &self,
        service: &str,
        kind: impl Fn(&Constants) -> &Names,
        before: impl Iterator<Item = &'t str>,
        after: impl Iterator<Item = &'t str>,
    ) -> Semver {
        let (old, new) = (self.old.get(service), self.new.get(service));
        let (old, new) = (old.map(&kind), new.map(&kind));
        let is_only_in = |own: Option<&Names>, other: Option<&Names>, text: &str| {
            let Some(name) = own.and_then(|own| own.names.get(text)) else {
                return false;
            };
            let theirs = other.and_then(|other| other.texts.get(name));
            !theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(text))
        };
        let gone = { before }.any(|text| is_only_in(old, new, text));
        let come = { after }.any(|text| is_only_in(new, old, text));
        match (gone, come) {
            (true, _) => Semver::Major,
            (false, true) => Semver::Minor,
            (false, false) => Semver::Patch,
        }
    }
}

/// The release that another path of a page asks for. Its operations are in the module of its service.
pub(crate) fn moved(old: &PageModel, new: &PageModel) -> Semver {
    // Only the services of a model are modules. A folder of documentation may have another name.
    if old.pinned && new.pinned && old.page.service != new.page.service {
        Semver::Major
    } else {
        Semver::Patch
    }
}

/// How many arguments the client stub of a row takes: it makes the first call.
fn arguments(row: &VersionRow<'_>) -> Option<usize> {
    let first = row.operation().endpoints.first()?;
    Some(parameters(&first.path).count())
}

/// `ims:images:share` of `ims:images:share (for a full copy)`.
fn without_case(needed: &str) -> &str {
    needed.split(' ').next().unwrap_or_default()
}

fn by_service<'a>(
    pages: impl Iterator<Item = (&'a str, &'a PageModel)>,
) -> BTreeMap<String, Constants> {
    let mut services: BTreeMap<&str, Service> = BTreeMap::new();
    for (name, page) in pages {
        let service = services.entry(name).or_insert_with(|| Service {
            // Constants leave out the name that their own version gives the service.
            name: page.page.service.clone(),
            title: None,
            access: Access::default(),
            pages: Vec::new(),
        });
        service.pages.push(page.page.clone());
    }
    let named = |(name, service): (&str, Service)| {
        let constants = Constants {
            permissions: Names::of(constants(&service)),
            queries: Names::of(query_constants(&service)),
        };
        (name.to_owned(), constants)
    };
    services.into_iter().map(named).collect()
}

impl Names {
    fn of(names: BTreeMap<String, String>) -> Self {
        let texts = names.iter();
        Names {
            texts: texts
                .map(|(text, name)| (name.clone(), text.clone()))
                .collect(),
            names,
        }
    }
}
