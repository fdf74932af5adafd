//! Rows that say again what another row says: superseded copies of pages, and repeated rows.
//! What is taken out is counted or reported; this module must never take out a row whose calls no
//! other row has.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::Row;
use crate::model::PathShape;
use crate::read::Read;

/// Takes the rows out of appendix pages that other pages of the service state, and counts them.
///
/// Rows are compared by their calls, because copies have other titles and fewer columns; rows
/// without a call by title and actions.
pub(crate) fn superseded(pages: &mut [Read]) {
    let services: BTreeSet<String> = pages
        .iter()
        .map(|page| page.source.service.clone())
        .collect();
    for service in services {
        let of_service = |page: &&mut Read| page.source.service == service;
        let mut stated = BTreeSet::new();
        for page in pages
            .iter()
            .filter(|page| page.source.service == service && !is_copy(page))
        {
            stated.extend(page.rows.iter().flat_map(keys));
        }
        for page in pages
            .iter_mut()
            .filter(of_service)
            .filter(|page| is_copy(page))
        {
            let before = page.rows.len();
            page.rows
                .retain(|row| !keys(row).iter().all(|key| stated.contains(key)));
            page.merged += before - page.rows.len();
        }
    }
}

/// Takes out rows that say the same as an earlier row of their page, each with a finding.
pub(crate) fn repeated(pages: &mut [Read], report: &mut Report) {
    for page in pages {
        let mut kept: Vec<Row> = Vec::with_capacity(page.rows.len());
        for row in std::mem::take(&mut page.rows) {
            let Some(twin) = kept.iter().find(|earlier| earlier.repeats(&row)) else {
                kept.push(row);
                continue;
            };
            let message = format!(
                "the row `{}` repeats the row of line {}",
                row.title, twin.span.line
            );
            let place = Location::span(&page.source.file, row.span);
            report.push(Diagnostic::new(Code::EqualRows, place, message));
            page.dropped += 1;
        }
        page.rows = kept;
    }
}

fn is_copy(page: &Read) -> bool {
    page.source
        .path
        .split('/')
        .any(|folder| folder == "appendix")
}

/// What a row is recognised by in another page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Call(PathShape, Option<String>),
    Title(String, Vec<String>),
}

fn keys(row: &Row) -> Vec<Key> {
    if row.routes.is_empty() {
        let actions = row
            .actions
            .iter()
            .map(|requirement| requirement.action.clone())
            .collect();
        return vec![Key::Title(row.title.clone(), actions)];
    }
    row.routes
        .iter()
        .map(|route| Key::Call(route.shape(), route.body_action.clone()))
        .collect()
}
