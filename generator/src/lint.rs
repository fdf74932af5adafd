//! Finds problems that only a comparison of several rows shows: misprints, odd versions, calls that nothing
//! distinguishes. This module must never change a row.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::Row;
use crate::model::{PathShape, Requirement};
use crate::nearest::one_slip;
use crate::read::ReadPage;

/// Looks at all pages of a run.
pub(crate) fn models(pages: &[ReadPage], report: &mut Report) {
    misprints(pages, report);
    let services: BTreeSet<&str> = pages
        .iter()
        .map(|page| page.source.service.as_str())
        .collect();
    for service in services {
        let own: Vec<&ReadPage> = pages
            .iter()
            .filter(|page| page.source.service == service)
            .collect();
        versions(&own, report);
        shared_routes(&own, report);
        foreign_actions(&own, report);
    }
}

fn push(report: &mut Report, code: Code, page: &ReadPage, row: &Row, message: String) {
    let place = Location::span(&page.source.file, row.span);
    report.push(Diagnostic::new(code, place, message));
}

/// Dependencies that no table documents, but that differ by one misprint from a documented action.
fn misprints(pages: &[ReadPage], report: &mut Report) {
    let rows = || {
        pages
            .iter()
            .flat_map(|page| page.rows.iter().map(move |row| (page, row)))
    };
    let action = |needed: &Requirement| needed.action.to_ascii_lowercase();
    let documented: BTreeSet<String> = rows()
        .flat_map(|(_, row)| row.actions.iter().map(action))
        .collect();
    for (page, row) in rows() {
        for needed in &row.dependencies {
            let written = action(needed);
            if written.contains('*') || documented.contains(&written) {
                continue;
            }
            if let Some(meant) = documented.iter().find(|known| one_slip(&written, known)) {
                let meant = rows()
                    .flat_map(|(_, row)| &row.actions)
                    .find(|known| known.action.eq_ignore_ascii_case(meant))
                    .map_or(meant.as_str(), |known| known.action.as_str());
                let message = format!(
                    "`{}` is not a documented action, did you mean `{meant}`",
                    needed.action
                );
                push(report, Code::Misprint, page, row, message);
            }
        }
    }
}

/// Paths without a version, and versions in another letter case, in services whose other paths have one.
fn versions(pages: &[&ReadPage], report: &mut Report) {
    let routes = || {
        let rows = pages
            .iter()
            .flat_map(|page| page.rows.iter().map(move |row| (*page, row)));
        rows.flat_map(|(page, row)| row.endpoints.iter().map(move |route| (page, row, route)))
    };
    let count =
        |wanted: fn(&str) -> bool| routes().filter(|(.., route)| wanted(&route.path)).count();
    let (lower, upper, none) = (
        count(|p| version(p) == Some('v')),
        count(|p| version(p) == Some('V')),
        count(|p| version(p).is_none()),
    );
    for (page, row, route) in routes() {
        let path = &route.path;
        let glued = path
            .split('/')
            .any(|part| part.starts_with('v') && part.contains('{'));
        match version(path) {
            None if lower + upper > none
                && !glued
                && !path.contains('*')
                && has_static_part(path) =>
            {
                push(
                    report,
                    Code::NoVersion,
                    page,
                    row,
                    format!("`{path}` has no version"),
                );
            }
            Some('V') if lower > upper => {
                push(
                    report,
                    Code::VersionCase,
                    page,
                    row,
                    format!("the version of `{path}` is in upper case"),
                );
            }
            _ => {}
        }
    }
}

/// The letter of the path's version: `v` or `V`.
fn version(path: &str) -> Option<char> {
    path.split('/').find_map(|segment| {
        let mut chars = segment.chars();
        let first = chars.next().filter(|first| matches!(first, 'v' | 'V'))?;
        chars.next().filter(char::is_ascii_digit).map(|_| first)
    })
}

fn has_static_part(path: &str) -> bool {
    path.split('/')
        .any(|segment| !segment.is_empty() && !segment.contains('{'))
}

/// Rows with the same call and different actions. Only the body of a request tells which row it belongs to.
fn shared_routes(pages: &[&ReadPage], report: &mut Report) {
    let mut first: BTreeMap<(PathShape, Option<&str>), (&ReadPage, &Row)> = BTreeMap::new();
    for page in pages {
        for row in &page.rows {
            for route in &row.endpoints {
                let key = (route.shape(), route.body_action.as_deref());
                let (other_page, other) = *first.entry(key).or_insert((page, row));
                if other.actions != row.actions {
                    let message = format!(
                        "`{route}` is also the call of `{}` ({}:{}), with other actions",
                        other.title, other_page.source.file, other.span.line
                    );
                    push(report, Code::SharedRoute, page, row, message);
                }
            }
        }
    }
}

/// Rows with actions of another service than most actions of the tables.
fn foreign_actions(pages: &[&ReadPage], report: &mut Report) {
    let rows = || {
        pages
            .iter()
            .flat_map(|page| page.rows.iter().map(move |row| (*page, row)))
    };
    let service = |needed: &Requirement| {
        let service = needed.action.split(':').next().unwrap_or_default();
        service.to_ascii_lowercase()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for needed in rows().flat_map(|(_, row)| &row.actions) {
        *counts.entry(service(needed)).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let Some((own, _)) = counts.into_iter().find(|(_, count)| 2 * count > all) else {
        return;
    };
    for (page, row) in rows() {
        let foreign: Vec<&str> = row
            .actions
            .iter()
            .filter(|needed| service(needed) != own)
            .map(|needed| needed.action.as_str())
            .collect();
        if !foreign.is_empty() {
            let message = format!(
                "actions of another service than `{own}`: `{}`",
                foreign.join("`, `")
            );
            push(report, Code::ForeignAction, page, row, message);
        }
    }
}

#[cfg(test)]
mod tests;
