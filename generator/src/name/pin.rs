//! The names that operations already have, found again by what does not drift.
//! Method and path shape first, then body action, then title; this module must never give one
//! pinned name to two operations.

use crate::model::{Operation, Page, PathShape, Route};

/// The operations of a model whose names are still to be handed out again.
#[derive(Clone, Debug, Default)]
pub struct Pins {
    pinned: Vec<Pin>,
}

#[derive(Clone, Debug)]
struct Pin {
    id: String,
    title: String,
    routes: Vec<(PathShape, Option<String>)>,
}

impl Pins {
    /// The names that `pages` pin.
    pub fn new<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let pin = |operation: &Operation| Pin {
            id: operation.id.clone(),
            title: operation.title.clone(),
            routes: keys(&operation.routes),
        };
        let operations = pages.into_iter().flat_map(|page| &page.operations);
        Pins {
            pinned: operations.map(pin).collect(),
        }
    }

    /// For each operation, given by its title and routes, the name it had before.
    ///
    /// The best matches are settled first over all operations, so the order of rows does not
    /// matter: a row that shares its route with others does not take their name.
    pub fn take(&self, operations: &[(&str, &[Route])]) -> Vec<Option<String>> {
        let wanted: Vec<_> = operations
            .iter()
            .map(|(title, routes)| (*title, keys(routes)))
            .collect();
        let mut found: Vec<Option<String>> = vec![None; wanted.len()];
        let mut free: Vec<bool> = vec![true; self.pinned.len()];
        for fit in Fit::BEST_FIRST {
            for (name, (title, routes)) in found.iter_mut().zip(&wanted) {
                if name.is_some() {
                    continue;
                }
                let pin = (0..self.pinned.len())
                    .find(|&pin| free[pin] && fit.holds(&self.pinned[pin], title, routes));
                if let Some(pin) = pin {
                    free[pin] = false;
                    *name = Some(self.pinned[pin].id.clone());
                }
            }
        }
        found
    }
}

/// How well a pinned operation fits a row, best first.
#[derive(Clone, Copy)]
enum Fit {
    /// The same routes under the same title.
    RoutesAndTitle,
    /// The same routes, whatever the title says now.
    Routes,
    /// One route in common, the body action included.
    SharedRoute,
    /// One method and path in common.
    SharedPath,
    /// The same title over other routes: the path was changed.
    Title,
}

impl Fit {
    const BEST_FIRST: [Fit; 5] = [
        Fit::RoutesAndTitle,
        Fit::Routes,
        Fit::SharedRoute,
        Fit::SharedPath,
        Fit::Title,
    ];

    fn holds(self, pin: &Pin, title: &str, routes: &[(PathShape, Option<String>)]) -> bool {
        match self {
            Fit::RoutesAndTitle => pin.routes == routes && pin.title == title,
            Fit::Routes => !routes.is_empty() && pin.routes == routes,
            Fit::SharedRoute => routes.iter().any(|route| pin.routes.contains(route)),
            Fit::SharedPath => routes
                .iter()
                .any(|(path, _)| pin.routes.iter().any(|(pinned, _)| pinned == path)),
            Fit::Title => pin.title == title,
        }
    }
}

fn keys(routes: &[Route]) -> Vec<(PathShape, Option<String>)> {
    routes
        .iter()
        .map(|route| (route.shape(), route.body_action.clone()))
        .collect()
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

    #[test]
    fn a_new_title_and_new_parameter_names_keep_the_name() {
        let old = page(&[(
            "AddImageMember",
            "Adding an Image Member",
            route("POST", "/v2/images/{image_id}/members", None),
        )]);
        let now = [route("POST", "/v2/images/{id}/members", None)];
        let names = Pins::new([&old]).take(&[("Sharing an Image", &now)]);
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
        let (attach, extend) = ([action("os-attach")], [action("os-extend")]);
        let names = Pins::new([&old]).take(&[("Attach", &attach), ("Extend", &extend)]);
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
        let (now, new) = ([members], [route("GET", "/v2/images", None)]);
        let names =
            Pins::new([&old]).take(&[("Querying Images", &new), ("Querying Members", &now)]);
        assert_eq!(names, [None, Some("QueryImageMembers".to_owned())]);
    }
}
