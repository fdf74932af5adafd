//! The names that operations already have, found again by what does not drift.
//! Which operation is which, `pair` decides; this module must never give one pinned name to two
//! operations.

use std::collections::BTreeMap;

use super::repeated;
use crate::extract::Row;
use crate::model::{Operation, Page, Requirement, Route};
use crate::pair::{self, Candidate, Key, Title};

/// The operations of a model whose names are still to be handed out again.
#[derive(Clone, Debug, Default)]
pub struct Pins<'a> {
    /// Each operation with the number of its page.
    pinned: Vec<(usize, &'a Operation)>,
}

/// A row as names are looked up for it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The number of its page among those whose names are pinned; any other for a new page.
    pub page: usize,
    /// What it says.
    pub row: &'a Row,
}

impl<'a> Pins<'a> {
    /// The names that `pages` pin; the pages are numbered in their order.
    pub fn new(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let numbered = pages.into_iter().enumerate();
        let operations = numbered.flat_map(|(number, page)| {
            let operations = page.operations.iter();
            operations.map(move |operation| (number, operation))
        });
        Pins {
            pinned: operations.collect(),
        }
    }

    /// For each row the name it had before.
    pub fn take(&self, rows: &[Wanted<'_>]) -> Vec<Option<String>> {
        if self.pinned.is_empty() {
            return vec![None; rows.len()];
        }
        let pinned: Vec<Candidate<'_>> = self
            .pinned
            .iter()
            .map(|(page, old)| candidate(*page, &old.title, &old.routes, &old.actions))
            .collect();
        let wanted: Vec<Candidate<'_>> = rows
            .iter()
            .map(|Wanted { page, row }| candidate(*page, &row.title, &row.routes, &row.actions))
            .collect();
        let mut of_row = vec![None; rows.len()];
        for (old, new) in pair::operations(&pinned, &wanted) {
            of_row[new] = Some(old);
        }
        in_order(rows, &mut of_row);
        let id = |old: usize| self.pinned[old].1.id.clone();
        of_row.into_iter().map(|old| old.map(id)).collect()
    }
}

/// Nothing but their order tells rows apart that say the same: the first one is the first that there was.
fn in_order(rows: &[Wanted<'_>], of_row: &mut [Option<usize>]) {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let firsts = repeated::firsts(rows.iter().map(|wanted| (wanted.page, wanted.row)));
    for (at, first) in firsts.into_iter().enumerate() {
        if let Some(first) = first {
            groups.entry(first).or_insert_with(|| vec![first]).push(at);
        }
    }
    for group in groups.into_values() {
        let mut old: Vec<usize> = group.iter().filter_map(|&row| of_row[row]).collect();
        old.sort_unstable();
        let mut old = old.into_iter();
        for row in group {
            of_row[row] = old.next();
        }
    }
}

fn candidate<'a>(
    page: usize,
    title: &str,
    routes: &[Route],
    actions: &[Requirement],
) -> Candidate<'a> {
    Candidate {
        id: None,
        service: "",
        page,
        title: Title::new(title),
        keys: routes.iter().map(Key::call).collect(),
        actions: pair::actions(actions),
        said: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extra, Origin};

    fn route(method: &str, path: &str, body_action: Option<&str>) -> Route {
        Route {
            method: Some(method.into()),
            path: path.into(),
            query: Vec::new(),
            body_action: body_action.map(str::to_owned),
            extra: Extra::new(),
        }
    }

    fn page(operations: &[(&str, &str, Route)]) -> Page {
        let operations = operations.iter().map(|(id, title, route)| Operation {
            id: (*id).into(),
            title: (*title).into(),
            section: None,
            line: 1,
            routes: vec![route.clone()],
            actions: Vec::new(),
            dependencies: Vec::new(),
            iam_project: None,
            enterprise_project: None,
            extra: Extra::new(),
        });
        let origin = Origin {
            title: "Image Sharing".into(),
            path: "ims/image_sharing.rst".into(),
            original_name: None,
            doc_url: None,
            sha256: String::new(),
            extra: Extra::new(),
        };
        Page::new("ims", origin, operations.collect())
    }

    fn row(title: &str, route: Route) -> Row {
        Row {
            title: title.into(),
            section: None,
            span: rst_parser::Span::default(),
            table: 0,
            routes: vec![route],
            repeated: Vec::new(),
            named: Vec::new(),
            actions: Vec::new(),
            dependencies: Vec::new(),
            iam_project: None,
            enterprise_project: None,
        }
    }

    fn taken(pinned: &Page, rows: &[Row]) -> Vec<Option<String>> {
        let wanted: Vec<Wanted<'_>> = rows.iter().map(|row| Wanted { page: 0, row }).collect();
        Pins::new([pinned]).take(&wanted)
    }

    #[test]
    fn a_new_title_and_new_parameter_names_keep_the_name() {
        let old = page(&[(
            "AddImageMember",
            "Adding an Image Member",
            route("POST", "/v2/images/{image_id}/members", None),
        )]);
        let now = route("POST", "/v2/images/{id}/members", None);
        let names = taken(&old, &[row("Sharing an Image", now)]);
        assert_eq!(names, [Some("AddImageMember".to_owned())]);
    }

    #[test]
    fn rows_that_share_a_route_keep_their_own_names_in_any_order() {
        let action = |body| {
            route(
                "POST",
                "/v2/{project_id}/volumes/{volume_id}/action",
                Some(body),
            )
        };
        let old = page(&[
            ("ExtendVolume", "Extending a disk", action("os-extend")),
            ("AttachVolume", "Attaching a disk", action("os-attach")),
        ]);
        let (attach, extend) = (action("os-attach"), action("os-extend"));
        let names = taken(&old, &[row("Attach", attach), row("Extend", extend)]);
        assert_eq!(
            names,
            [
                Some("AttachVolume".to_owned()),
                Some("ExtendVolume".to_owned())
            ]
        );
    }

    #[test]
    fn a_new_row_beside_a_pinned_one_gets_no_pinned_name() {
        let members = route("GET", "/v2/images/{image_id}/members", None);
        let old = page(&[(
            "QueryImageMembers",
            "Querying Image Members",
            members.clone(),
        )]);
        let new = route("GET", "/v2/images", None);
        let rows = [
            row("Querying Images", new),
            row("Querying Members", members),
        ];
        let names = taken(&old, &rows);
        assert_eq!(names, [None, Some("QueryImageMembers".to_owned())]);
    }
}
