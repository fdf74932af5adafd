//! Rows that say again what another row says: superseded copies of pages, and repeated rows.
//! What is taken out is counted or reported; this module must never take out a row whose calls no
//! other row has.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

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
        let mut first = BTreeMap::new();
        for row in std::mem::take(&mut page.rows) {
            let line = match first.entry(row.said()) {
                Entry::Occupied(earlier) => *earlier.get(),
                Entry::Vacant(place) => {
                    place.insert(row.span.line);
                    page.rows.push(row);
                    continue;
                }
            };
            let message = format!("the row `{}` repeats the row of line {line}", row.title);
            let place = Location::span(&page.source.file, row.span);
            report.push(Diagnostic::new(Code::EqualRows, place, message));
            page.dropped += 1;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Headers;
    use crate::load::Source;

    /// A page of rows: title, call, action.
    fn page(service: &str, path: &str, rows: &[(&str, &str, &str)]) -> Read {
        let line = |(title, api, action): &(&str, &str, &str)| {
            format!("   * - {title}\n     - {api}\n     - {action}\n")
        };
        let rows: Vec<String> = rows.iter().map(line).collect();
        let table = ".. list-table::\n   :header-rows: 1\n\n";
        let header = line(&("Permission", "API", "Action"));
        let source = Source {
            service: service.to_owned(),
            path: path.to_owned(),
            file: path.to_owned(),
            text: format!("Ovens\n=====\n\n{table}{header}{}", rows.concat()),
        };
        Read::page(
            source,
            &Headers::default(),
            crate::read::Pages::Named,
            &mut Report::default(),
        )
    }

    const LIST: (&str, &str, &str) = ("Listing ovens", "GET /v1/ovens", "bake:ovens:list");
    const GET: (&str, &str, &str) = ("Querying an oven", "GET /v1/ovens/{id}", "bake:ovens:get");
    const NO_CALL: (&str, &str, &str) = ("Heating ovens", "N/A", "bake:ovens:heat");

    /// The titles that each page keeps, and how many of its rows went into others.
    fn merged(mut pages: Vec<Read>) -> Vec<(Vec<String>, usize)> {
        superseded(&mut pages);
        let kept = |page: Read| {
            let titles = page.rows.into_iter().map(|row| row.title).collect();
            (titles, page.merged)
        };
        pages.into_iter().map(kept).collect()
    }

    #[test]
    fn an_appendix_gives_way_by_its_calls_whatever_their_titles_and_parameters() {
        let copy = [
            ("Lists ovens.", "GET /v1/ovens", "bake:ovens:list"),
            ("Gets it.", "GET /v1/ovens/{oven_id}", "bake:ovens:get"),
            NO_CALL,
        ];
        let found = merged(vec![
            page("bake", "bake/appendix/old.rst", &copy),
            page("bake", "bake/ovens.rst", &[LIST, GET, NO_CALL]),
        ]);
        assert_eq!((found[0].0.len(), found[0].1), (0, 3));
        assert_eq!((found[1].0.len(), found[1].1), (3, 0));
    }

    #[test]
    fn what_only_the_appendix_states_stays() {
        let found = merged(vec![
            page("bake", "bake/appendix/old.rst", &[LIST, GET, NO_CALL]),
            page("bake", "bake/ovens.rst", &[LIST]),
        ]);
        assert_eq!(found[0], (vec![GET.0.to_owned(), NO_CALL.0.to_owned()], 1));
    }

    #[test]
    fn other_services_and_pages_beside_the_appendix_supersede_nothing() {
        let found = merged(vec![
            page("bake", "bake/appendix/old.rst", &[LIST]),
            page("mill", "mill/ovens.rst", &[LIST]),
            page("mill", "mill/more_ovens.rst", &[LIST]),
        ]);
        assert!(
            found
                .iter()
                .all(|(rows, merged)| (rows.len(), *merged) == (1, 0))
        );
    }

    #[test]
    fn a_row_that_a_page_repeats_is_reported_and_taken_out() {
        let mut pages = [page("bake", "bake/ovens.rst", &[LIST, GET, LIST])];
        let mut report = Report::default();
        repeated(&mut pages, &mut report);
        assert_eq!((pages[0].rows.len(), pages[0].dropped), (2, 1));
        let found = report.diagnostics();
        assert_eq!(
            (found[0].code, found[0].location.line),
            (Code::EqualRows, 16)
        );
    }

    #[test]
    fn a_row_with_another_title_or_other_actions_is_no_repetition() {
        let renamed = ("Listing all ovens", LIST.1, LIST.2);
        let other = (LIST.0, LIST.1, "bake:ovens:get");
        let mut pages = [page("bake", "bake/ovens.rst", &[LIST, renamed, other])];
        let mut report = Report::default();
        repeated(&mut pages, &mut report);
        assert_eq!(pages[0].rows.len(), 3);
        assert!(report.is_empty());
    }
}
