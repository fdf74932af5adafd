//! Finds the names that operations already have, by what does not drift. `pair` decides which operation is
//! which. This module must never give one pinned name to two operations.

use std::collections::BTreeMap;

use super::repeated;
use crate::model::{Operation, Page};
use crate::pair::{self, Candidate};
use crate::subject::Subject;

/// The operations of a model whose names are not given to a row yet.
#[derive(Clone, Debug, Default)]
pub struct Pins<'a> {
    /// Each operation with the number of its page.
    pinned: Vec<(usize, &'a Operation)>,
    /// Operations that only reference pages have.
    spare: Vec<&'a Operation>,
}

/// A row as names are looked up for it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The number of its page among the pages whose names are pinned. New pages have other numbers.
    pub page: usize,
    /// What the page says about it.
    pub subject: Subject<'a>,
}

impl<'a> Pins<'a> {
    /// The names that `pages` pin. The pages are numbered in their order.
    pub fn new(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let numbered = pages.into_iter().enumerate();
        let operations = numbered.flat_map(|(number, page)| {
            let operations = page.operations.iter();
            operations.map(move |operation| (number, operation))
        });
        Pins {
            pinned: operations.collect(),
            spare: Vec::new(),
        }
    }

    /// Adds the operations that only reference pages have. A new row that states the call of one gets its name.
    pub fn add_spare(&mut self, pages: impl Iterator<Item = &'a Page>) {
        self.spare.extend(pages.flat_map(|page| &page.operations));
    }

    /// For each row, its earlier name.
    pub fn take(&self, rows: &[Wanted<'_>]) -> Vec<Option<String>> {
        let mut names = self.pinned(rows);
        let new: Vec<usize> = (0..rows.len()).filter(|at| names[*at].is_none()).collect();
        if self.spare.is_empty() || new.is_empty() {
            return names;
        }
        let rows: Vec<Candidate<'_>> = new
            .iter()
            .map(|at| Candidate::of(None, 0, rows[*at].subject))
            .collect();
        let spare = self
            .spare
            .iter()
            .map(|operation| Candidate::of(None, 0, (*operation).into()));
        for (row, page) in pair::joined(&rows, &spare.collect::<Vec<_>>()) {
            names[new[row]] = Some(self.spare[page].id.clone());
        }
        names
    }

    /// For each row, the name of the operation of a permission page.
    fn pinned(&self, rows: &[Wanted<'_>]) -> Vec<Option<String>> {
        if self.pinned.is_empty() {
            return vec![None; rows.len()];
        }
        let old: Vec<Candidate<'_>> = self
            .pinned
            .iter()
            .map(|(page, old)| Candidate::of(None, *page, (*old).into()))
            .collect();
        let new: Vec<Candidate<'_>> = rows
            .iter()
            .map(|Wanted { page, subject }| Candidate::of(None, *page, *subject))
            .collect();
        // A row that its page repeats is the same operation, never another one.
        let firsts_of_old = repeated::firsts(
            self.pinned
                .iter()
                .map(|(page, old)| (*page, Subject::from(*old).said())),
        );
        let firsts_of_new = repeated::firsts(rows.iter().map(|row| (row.page, row.subject.said())));
        let mut pairing = Pairing {
            of_new: vec![None; new.len()],
            taken: vec![false; old.len()],
        };
        pairing.pair(
            &old,
            &new,
            |at| firsts_of_old[at].is_none(),
            |at| firsts_of_new[at].is_none(),
        );
        pairing.again(&firsts_of_old, &firsts_of_new);
        // One of several equal rows may have been corrected in the meantime.
        pairing.pair(
            &old,
            &new,
            |at| firsts_of_old[at].is_some(),
            |at| firsts_of_new[at].is_none(),
        );
        let id = |old: usize| self.pinned[old].1.id.clone();
        let of_new = pairing.of_new.into_iter();
        of_new.map(|old| old.map(id)).collect()
    }
}

/// Which pinned operation each row is.
struct Pairing {
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    /// Pairs the free operations and the wanted rows.
    fn pair(
        &mut self,
        old: &[Candidate<'_>],
        new: &[Candidate<'_>],
        is_old: impl Fn(usize) -> bool,
        is_new: impl Fn(usize) -> bool,
    ) {
        let free = |at: &usize| !self.taken[*at] && is_old(*at);
        let olds: Vec<usize> = (0..old.len()).filter(free).collect();
        let free = |at: &usize| self.of_new[*at].is_none() && is_new(*at);
        let news: Vec<usize> = (0..new.len()).filter(free).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        for (from, to) in pair::operations(&some(old, &olds), &some(new, &news)) {
            self.join(olds[from], news[to]);
        }
    }

    /// Pairs repeated rows with repeated operations, in their order.
    fn again(&mut self, firsts_of_old: &[Option<usize>], firsts_of_new: &[Option<usize>]) {
        let mut again: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, first) in firsts_of_old.iter().enumerate().rev() {
            if let Some(first) = first {
                again.entry(*first).or_default().push(at);
            }
        }
        for (new, first) in firsts_of_new.iter().enumerate() {
            let operation = first.and_then(|first| self.of_new[first]);
            let next = operation.and_then(|old| again.get_mut(&old)?.pop());
            if let Some(old) = next {
                self.join(old, new);
            }
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        self.of_new[new] = Some(old);
        self.taken[old] = true;
    }
}

fn some<'a>(all: &[Candidate<'a>], places: &[usize]) -> Vec<Candidate<'a>> {
    places.iter().map(|&at| all[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Endpoint, Extra, Origin};

    fn route(method: &str, path: &str, body_action: Option<&str>) -> Endpoint {
        Endpoint {
            method: Some(method.into()),
            path: path.into(),
            query: Vec::new(),
            body_action: body_action.map(str::to_owned),
            extra: Extra::new(),
        }
    }

    fn page(operations: &[(&str, &str, Endpoint)]) -> Page {
        let operations = operations.iter().map(|(id, title, route)| Operation {
            id: (*id).into(),
            title: (*title).into(),
            section: None,
            line: 1,
            endpoints: vec![route.clone()],
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

    /// A title and a call.
    type Stated = (&'static str, Endpoint);

    fn row(title: &'static str, endpoint: Endpoint) -> Stated {
        (title, endpoint)
    }

    fn taken(pinned: &Page, rows: &[Stated]) -> Vec<Option<String>> {
        let wanted: Vec<Wanted<'_>> = rows
            .iter()
            .map(|(title, endpoint)| Wanted {
                page: 0,
                subject: Subject {
                    title,
                    endpoints: std::slice::from_ref(endpoint),
                    actions: &[],
                },
            })
            .collect();
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
