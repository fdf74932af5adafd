//! Rows that repeat another row: superseded copies of pages, and repeated rows of a page. Removed rows are
//! counted, and their differences are reported. This module must never remove a row whose calls no other row
//! has.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::{Role, Row};
use crate::model::Requirement;
use crate::pair::Key;
use crate::read::ReadPage;

/// Removes the rows of appendix pages that other pages of the service state, and counts them. A row that
/// needs other actions than the row that it copies is reported.
///
/// Rows are compared by their calls, because copies have other titles and fewer columns. Rows without a call
/// are compared by title and actions.
pub(crate) fn superseded(pages: &mut [ReadPage], report: &mut Report) {
    let services: BTreeSet<String> = pages
        .iter()
        .map(|page| page.source.service.clone())
        .collect();
    for service in services {
        let own = pages
            .iter_mut()
            .filter(|page| page.source.service == service);
        let (copies, pages): (Vec<_>, Vec<_>) = own.partition(|page| is_copy(page));
        let stated = Stated::of(&pages);
        for copy in copies {
            for row in std::mem::take(&mut copy.rows) {
                if !keys(&row).iter().all(|key| stated.0.contains_key(key)) {
                    copy.rows.push(row);
                    continue;
                }
                if let Some(message) = stated.contradicts(copy, &row) {
                    let place = Location::span(&copy.source.file, row.span);
                    report.push(Diagnostic::new(Code::CopyDiffers, place, message));
                }
                copy.merged += 1;
            }
        }
    }
}

/// The rows of the pages that are not copies, by their keys.
struct Stated<'a>(BTreeMap<RowKey, Vec<(&'a ReadPage, &'a Row)>>);

impl<'a> Stated<'a> {
    fn of(pages: &'a [&'a mut ReadPage]) -> Self {
        let mut stated: BTreeMap<RowKey, Vec<(&ReadPage, &Row)>> = BTreeMap::new();
        for page in pages {
            for row in &page.rows {
                for key in keys(row) {
                    stated.entry(key).or_default().push((page, row));
                }
            }
        }
        Stated(stated)
    }

    /// How a row of `copy` differs from every row with the same call.
    fn contradicts(&self, copy: &ReadPage, row: &Row) -> Option<String> {
        let columns = copy.tables.get(row.table);
        let has = |role| columns.is_some_and(|columns| columns.get(role).is_some());
        let agrees = |(_, other): &&(&ReadPage, &Row)| {
            (!has(Role::Action) || same(&row.actions, &other.actions))
                && (!has(Role::Dependencies) || same(&row.dependencies, &other.dependencies))
        };
        for rows in keys(row).iter().filter_map(|key| self.0.get(key)) {
            if rows.iter().any(|other| agrees(&other)) {
                continue;
            }
            let titled = rows.iter().find(|(_, other)| other.title == row.title);
            let (page, other) = titled.or(rows.first())?;
            let first = row.endpoints.first().map(ToString::to_string);
            let title = first.filter(|_| row.title.is_empty());
            return Some(format!(
                "the row `{}` {}, but the row that it copies ({}:{}) {}",
                title.as_ref().unwrap_or(&row.title),
                needs(row),
                page.source.path,
                other.span.line,
                needs(other),
            ));
        }
        None
    }
}

/// Whether two cells name the same actions, in any order.
fn same(a: &[Requirement], b: &[Requirement]) -> bool {
    let set =
        |needed: &'_ [Requirement]| -> BTreeSet<Requirement> { needed.iter().cloned().collect() };
    set(a) == set(b)
}

/// `needs `a:b:c` and depends on `a:b:d``.
fn needs(row: &Row) -> String {
    let list = |needed: &[Requirement]| {
        let shown: Vec<String> = needed.iter().map(|one| format!("`{one}`")).collect();
        shown.join(", ")
    };
    let needs = match row.actions.as_slice() {
        [] => "names no action".to_owned(),
        actions => format!("needs {}", list(actions)),
    };
    match row.dependencies.as_slice() {
        [] => needs,
        dependencies => format!("{needs} and depends on {}", list(dependencies)),
    }
}

/// Reports rows that say the same as an earlier row of their page. Only the authors of the page know which of
/// them is wrong, so all of them are kept.
pub(crate) fn repeated(pages: &[ReadPage], report: &mut Report) {
    for page in pages {
        let mut first = BTreeMap::new();
        for row in &page.rows {
            match first.entry(row.subject().said()) {
                Entry::Vacant(place) => {
                    place.insert(row.span.line);
                }
                Entry::Occupied(earlier) => {
                    let line = earlier.get();
                    let message = format!("the row `{}` repeats the row of line {line}", row.title);
                    let place = Location::span(&page.source.file, row.span);
                    report.push(Diagnostic::new(Code::EqualRows, place, message));
                }
            }
        }
    }
}

fn is_copy(page: &ReadPage) -> bool {
    page.source
        .path
        .split('/')
        .any(|folder| folder == "appendix")
}

/// What a row is recognised by in another page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RowKey {
    Call(Key),
    Title(String, Vec<String>),
}

fn keys(row: &Row) -> Vec<RowKey> {
    if row.endpoints.is_empty() {
        let actions = row
            .actions
            .iter()
            .map(|requirement| requirement.action.clone())
            .collect();
        return vec![RowKey::Title(row.title.clone(), actions)];
    }
    let calls = row.endpoints.iter().map(Key::call);
    calls.map(RowKey::Call).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Headers;
    use crate::load::Source;

    /// A page of rows: title, call, action.
    fn page(service: &str, path: &str, rows: &[(&str, &str, &str)]) -> ReadPage {
        let line = |(title, api, action): &(&str, &str, &str)| {
            format!("   * - {title}\n     - {api}\n     - {action}\n")
        };
        let lines: String = rows.iter().map(line).collect();
        let header = line(&("Permission", "API", "Action"));
        let source = Source {
            service: service.to_owned(),
            path: path.to_owned(),
            file: path.to_owned(),
            text: format!(
                "\
Ovens
=====

.. list-table::
   :header-rows: 1

{header}{lines}"
            ),
        };
        ReadPage::page(
            source,
            &Headers::default(),
            crate::read::PageChoice::Named,
            &mut Report::default(),
        )
    }

    const LIST: (&str, &str, &str) = ("Listing ovens", "GET /v1/ovens", "bake:ovens:list");
    const GET: (&str, &str, &str) = ("Querying an oven", "GET /v1/ovens/{id}", "bake:ovens:get");
    const NO_CALL: (&str, &str, &str) = ("Heating ovens", "N/A", "bake:ovens:heat");

    /// The titles that each page keeps, and how many of its rows went into others.
    fn merged(mut pages: Vec<ReadPage>) -> Vec<(Vec<String>, usize)> {
        superseded(&mut pages, &mut Report::default());
        let kept = |page: ReadPage| {
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
    fn a_slash_at_the_end_does_not_make_another_call() {
        let copy = [("Lists ovens.", "GET /v1/ovens/", "bake:ovens:list")];
        let found = merged(vec![
            page("bake", "bake/appendix/old.rst", &copy),
            page("bake", "bake/ovens.rst", &[LIST]),
        ]);
        assert_eq!(found[0], (Vec::new(), 1));
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

    /// The findings about rows of an appendix next to the page `bake/ovens.rst`.
    fn differences(copy: &str, page: ReadPage) -> Vec<(Code, u32, String)> {
        let source = Source {
            service: "bake".to_owned(),
            path: "bake/appendix/old.rst".to_owned(),
            file: "old.rst".to_owned(),
            text: copy.to_owned(),
        };
        let (headers, mut report) = (Headers::default(), Report::default());
        let copy = ReadPage::page(
            source,
            &headers,
            crate::read::PageChoice::Named,
            &mut report,
        );
        let rows = copy.rows.len();
        let mut pages = [copy, page];
        let mut report = Report::default();
        superseded(&mut pages, &mut report);
        assert_eq!((pages[0].rows.len(), pages[0].merged), (0, rows));
        let found = report.diagnostics().into_iter();
        found
            .map(|found| (found.code, found.location.line, found.message.clone()))
            .collect()
    }

    fn copy(header: &str, rows: &[&str]) -> String {
        let line = |row: &str| {
            let cells: Vec<&str> = row.split('|').collect();
            format!("   * - {}\n", cells.join("\n     - "))
        };
        let lines: String = rows.iter().map(|row| line(row)).collect();
        format!(
            "\
Old
===

.. list-table::
   :header-rows: 1

{}{lines}",
            line(header)
        )
    }

    #[test]
    fn a_row_of_an_appendix_that_needs_other_actions_does_not_go_without_a_word() {
        let page = || page("bake", "bake/ovens.rst", &[LIST, GET]);
        let rows = [
            "Lists ovens.|GET /v1/ovens|bake:ovens:see",
            "Gets it.|GET /v1/ovens/{oven_id}|bake:ovens:get",
        ];
        let found = differences(&copy("Permission|API|Action", &rows), page());
        let message = "the row `Lists ovens.` needs `bake:ovens:see`, but the row that it copies \
                       (bake/ovens.rst:10) needs `bake:ovens:list`";
        assert_eq!(found, [(Code::CopyDiffers, 10, message.to_owned())]);
        // Fewer actions are a difference too, and so are other dependencies.
        let none = ["Lists ovens.|GET /v1/ovens|-"];
        let found = differences(&copy("Permission|API|Action", &none), page());
        assert!(found[0].2.contains("names no action, but"), "{found:?}");
        let more = ["Lists ovens.|GET /v1/ovens|bake:ovens:list|bake:doors:get"];
        let found = differences(&copy("Permission|API|Action|Dependencies", &more), page());
        assert!(
            found[0].2.contains("and depends on `bake:doors:get`, but"),
            "{found:?}"
        );
    }

    #[test]
    fn a_row_of_an_appendix_without_the_column_or_with_one_of_several_says_nothing_else() {
        let remove = (GET.0, GET.1, "bake:ovens:remove");
        let page = || page("bake", "bake/ovens.rst", &[LIST, GET, remove]);
        for (header, row) in [
            ("API|API Function", "GET /v1/ovens|Lists ovens."),
            (
                "Permission|API|Action",
                "Lists|GET /v1/ovens|bake:ovens:list",
            ),
            (
                "Permission|API|Action",
                "Removes|GET /v1/ovens/{id}|bake:ovens:remove",
            ),
            (
                "Permission|API|Action",
                "Gets|GET /v1/ovens/{id}|bake:ovens:get",
            ),
        ] {
            assert_eq!(differences(&copy(header, &[row]), page()), [], "{row}");
        }
    }

    #[test]
    fn a_row_that_a_page_repeats_is_reported_and_kept() {
        let mut report = Report::default();
        let pages = [page("bake", "bake/ovens.rst", &[LIST, GET, LIST])];
        repeated(&pages, &mut report);
        assert_eq!((pages[0].rows.len(), pages[0].dropped), (3, 0));
        let found = report.diagnostics();
        assert_eq!(
            (found[0].code, found[0].location.line),
            (Code::EqualRows, 16)
        );
        assert!(!report.has_errors());
    }

    #[test]
    fn a_row_with_another_title_or_other_actions_is_no_repetition() {
        let renamed = ("Listing all ovens", LIST.1, LIST.2);
        let other = (LIST.0, LIST.1, "bake:ovens:get");
        let pages = [page("bake", "bake/ovens.rst", &[LIST, renamed, other])];
        let mut report = Report::default();
        repeated(&pages, &mut report);
        assert!(report.is_empty());
    }
}
