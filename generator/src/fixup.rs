//! Errors of the documentation that are mended before the model is made, each with its reason.
//! A fix-up says what is written and what is meant; this module must never let one linger that no
//! longer applies.

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::{METHODS, is_action};
use crate::model::{Requirement, Route};
use crate::project::Fixup;
use crate::read::Read;

/// Applies every fix-up whose page was read; `file` is where they stand. One that changes nothing is
/// an error.
pub(crate) fn apply(fixups: &[Fixup], file: &str, pages: &mut [Read], report: &mut Report) {
    for fixup in fixups {
        let mut read = pages
            .iter_mut()
            .filter(|page| fixup.is_for(page))
            .peekable();
        if read.peek().is_none() {
            continue;
        }
        let applied = read
            .map(|page| fixup.mend(page))
            .fold(false, |any, one| any | one);
        if !applied {
            let wrong = fixup.wrong.as_deref().unwrap_or("a second time");
            let message = format!(
                "no row `{}` of page `{}` says `{wrong}`",
                fixup.row, fixup.page
            );
            let mut place = Location::file(file);
            place.line = u32::try_from(fixup.line.max(1)).unwrap_or(u32::MAX);
            report.push(Diagnostic::new(Code::UnusedFixup, place, message));
        }
    }
}

impl Fixup {
    fn is_for(&self, page: &Read) -> bool {
        page.original_name.as_deref() == Some(self.page.as_str())
            || page
                .source
                .path
                .strip_suffix(&self.page)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    fn mend(&self, page: &mut Read) -> bool {
        let Some(wrong) = self.wrong.as_deref() else {
            return self.take_out(page);
        };
        let mut applied = false;
        for row in page.rows.iter_mut().filter(|row| row.title == self.row) {
            applied |= self.replace(
                &mut row.routes,
                |route| route.to_string() == wrong,
                |route, meant| call(meant, route),
            );
            for needed in [&mut row.actions, &mut row.dependencies] {
                applied |= self.replace(
                    needed,
                    |needed| needed.action == wrong,
                    |needed, meant| requirement(meant, needed),
                );
            }
        }
        applied
    }

    /// Puts what is meant in the place of the first value that is `wrong`. What is meant must read
    /// as such a value: a slip of the fix-up's own must not take anything out.
    fn replace<T>(
        &self,
        values: &mut Vec<T>,
        wrong: impl Fn(&T) -> bool,
        read: impl Fn(&T, &str) -> Option<T>,
    ) -> bool {
        let Some(at) = values.iter().position(wrong) else {
            return false;
        };
        let meant = self.meant.iter().map(|meant| read(&values[at], meant));
        let Some(meant) = meant.collect::<Option<Vec<T>>>() else {
            return false;
        };
        values.splice(at..=at, meant);
        true
    }

    fn take_out(&self, page: &mut Read) -> bool {
        let mut rows = page
            .rows
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, row)| row.title == self.row);
        let (Some((last, _)), Some(_)) = (rows.next(), rows.next()) else {
            return false;
        };
        page.rows.remove(last);
        page.dropped += 1;
        true
    }
}

/// `METHOD /path` as a route, with the query and the body that the wrong one has.
fn call(text: &str, wrong: &Route) -> Option<Route> {
    let (method, path) = text.split_once(' ')?;
    let is_call = METHODS.contains(&method) && path.starts_with('/') && !path.contains(' ');
    is_call.then(|| Route {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        ..wrong.clone()
    })
}

/// An action, needed in the case that the wrong one is for.
fn requirement(text: &str, wrong: &Requirement) -> Option<Requirement> {
    is_action(text).then(|| Requirement {
        action: text.to_owned(),
        when: wrong.when.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Headers;
    use crate::load::Source;

    fn page(rows: &[(&str, &str, &str)]) -> Read {
        let line = |(title, api, action): &(&str, &str, &str)| {
            format!("   * - {title}\n     - {api}\n     - {action}\n")
        };
        let rows: Vec<String> = rows.iter().map(line).collect();
        let table = ".. list-table::\n   :header-rows: 1\n\n";
        let header = line(&("Permission", "API", "Action"));
        let source = Source {
            service: "bake".to_owned(),
            path: "bake/oven_actions.rst".to_owned(),
            file: "oven_actions.rst".to_owned(),
            text: format!("Ovens\n=====\n\n{table}{header}{}", rows.concat()),
        };
        Read::page(
            source,
            &Headers::default(),
            crate::read::Pages::Named,
            &mut Report::default(),
        )
    }

    fn fixup(wrong: Option<&str>, meant: &[&str]) -> Fixup {
        Fixup {
            page: "oven_actions.rst".to_owned(),
            row: "Listing ovens".to_owned(),
            wrong: wrong.map(str::to_owned),
            meant: meant.iter().map(|&meant| meant.to_owned()).collect(),
            why: "it is evident".to_owned(),
            line: 3,
        }
    }

    fn applied(fixup: &Fixup, page: Read) -> (Read, Vec<(Code, u32)>) {
        let mut pages = [page];
        let mut report = Report::default();
        apply(
            std::slice::from_ref(fixup),
            "fixups.toml",
            &mut pages,
            &mut report,
        );
        let found = report.diagnostics();
        let found = found.iter().map(|f| (f.code, f.location.line)).collect();
        let [page] = pages;
        (page, found)
    }

    const ROW: (&str, &str, &str) = (
        "Listing ovens",
        "GET /v1{project_id}/ovens?limit={limit}",
        "bake:oven:list",
    );

    #[test]
    fn a_call_is_replaced_and_keeps_its_query() {
        let fixup = fixup(
            Some("GET /v1{project_id}/ovens"),
            &["GET /v1/{project_id}/ovens"],
        );
        let (page, found) = applied(&fixup, page(&[ROW]));
        let route = &page.rows[0].routes[0];
        assert_eq!(route.to_string(), "GET /v1/{project_id}/ovens");
        assert_eq!(
            (route.query.as_slice(), found),
            (["limit".to_owned()].as_slice(), vec![])
        );
    }

    #[test]
    fn an_action_is_replaced_by_all_that_are_meant() {
        let fixup = fixup(
            Some("bake:oven:list"),
            &["bake:ovens:list", "bake:ovens:get"],
        );
        let (page, found) = applied(&fixup, page(&[ROW]));
        let actions: Vec<_> = page.rows[0]
            .actions
            .iter()
            .map(|n| n.action.as_str())
            .collect();
        assert_eq!(actions, ["bake:ovens:list", "bake:ovens:get"]);
        assert!(found.is_empty());
    }

    #[test]
    fn without_a_wrong_value_the_last_row_of_the_title_is_taken_out() {
        let other = ("Listing ovens", "GET /v1/ovens", "bake:ovens:list");
        let (page, found) = applied(&fixup(None, &[]), page(&[other, ROW]));
        assert_eq!((page.rows.len(), page.dropped, found), (1, 1, vec![]));
        assert_eq!(page.rows[0].routes[0].to_string(), "GET /v1/ovens");
    }

    #[test]
    fn one_that_no_longer_applies_is_an_error_at_its_line() {
        for fixup in [
            fixup(Some("GET /v1/{project_id}/ovens"), &["GET /v1/ovens"]),
            fixup(None, &[]),
        ] {
            let (page, found) = applied(&fixup, page(&[ROW]));
            assert_eq!(found, [(Code::UnusedFixup, 3)]);
            assert_eq!(page.rows.len(), 1);
        }
    }

    #[test]
    fn one_whose_meaning_does_not_read_changes_nothing_and_is_an_error() {
        for meant in ["/v1/ovens", "LIST /v1/ovens", "GET v1/ovens"] {
            let fixup = fixup(Some("GET /v1{project_id}/ovens"), &[meant]);
            let (page, found) = applied(&fixup, page(&[ROW]));
            assert_eq!(found, [(Code::UnusedFixup, 3)], "{meant}");
            assert_eq!(page.rows[0].routes.len(), 1, "{meant}");
        }
    }

    #[test]
    fn one_is_for_its_page_alone() {
        let mut elsewhere = fixup(Some("bake:oven:list"), &["bake:ovens:list"]);
        elsewhere.page = "en_actions.rst".to_owned();
        let (page, found) = applied(&elsewhere, page(&[ROW]));
        assert_eq!(page.rows[0].actions[0].action, "bake:oven:list");
        assert!(found.is_empty());
    }
}
