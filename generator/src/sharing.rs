//! Operations that share a call: the documentation has several for one method and path.
//! It says which they are and what may tell them apart; this module must never tell them apart itself.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::model::{Operation, PathShape, Service};

/// How many operations with one call are looked at: nobody reads a longer list, and a service of operations
/// with one call each would take time in proportion to its square.
const MOST: usize = 100;

/// The operations of a service that share a call with others.
///
/// ```
/// use permspec::model::{Page, Service};
/// use permspec::sharing::{Decides, Sharing};
///
/// let row = |id: &str| format!(r#"{{"id": "{id}", "title": "", "section": null, "line": 1,
///     "routes": [{{"method": "POST", "path": "/v1/servers/{{id}}/action", "query": [], "body_action": null}}],
///     "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null}}"#);
/// let page = format!(r#"{{"permspec": 1, "service": "demo", "operations": [{}, {}],
///     "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}}}}"#,
///     row("StartServer"), row("StopServer"));
/// let page = Page::from_json(&page).unwrap();
/// let demo = Service { name: "demo".into(), title: None, pages: vec![page] };
///
/// let sharing = Sharing::of(&demo);
/// let start = sharing.with(&demo.pages[0].operations[0]).unwrap();
/// assert!(start.others().map(|other| &*other.id).eq(["StopServer"]));
/// assert_eq!(start.decides(), Decides::Body);
/// ```
pub struct Sharing<'m> {
    /// What each operation shares, by its place in the service.
    shared: Vec<Option<Rc<Group<'m>>>>,
    places: BTreeMap<*const Operation, usize>,
}

/// Operations with the same calls, and those that share some of them.
struct Group<'m> {
    /// In the order of the pages.
    operations: Vec<&'m Operation>,
    decides: Decides,
}

/// What an operation shares.
#[derive(Clone, Copy)]
pub struct Shared<'a, 'm> {
    group: &'a Group<'m>,
    operation: &'a Operation,
}

/// What tells operations with one call apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decides {
    /// The body: they have the same calls, with a method that has one, or the documentation names a key.
    Body,
    /// The query: each of them has other parameters there.
    Query,
    /// The documentation does not say. Perhaps a row documents again what another one does.
    Unstated,
}

impl<'m> Sharing<'m> {
    /// What the operations of `service` share.
    pub fn of(service: &'m Service) -> Self {
        let operations: Vec<&Operation> = service.operations().map(|(_, it)| it).collect();
        let mut callers: BTreeMap<PathShape, BTreeMap<Option<&str>, BTreeSet<usize>>> =
            BTreeMap::new();
        let mut alike: BTreeMap<Vec<PathShape>, Vec<usize>> = BTreeMap::new();
        for (place, operation) in operations.iter().enumerate() {
            for route in &operation.routes {
                let methods = callers.entry(PathShape::new("", &route.path)).or_default();
                let places = methods.entry(route.method.as_deref()).or_default();
                places.insert(place);
            }
            alike.entry(calls(operation)).or_default().push(place);
        }
        let mut shared: Vec<Option<Rc<Group<'m>>>> = operations.iter().map(|_| None).collect();
        for places in alike.values() {
            let Some(first) = places.first().map(|place| operations[*place]) else {
                continue;
            };
            let mut all = BTreeSet::new();
            for route in &first.routes {
                let methods = &callers[&PathShape::new("", &route.path)];
                let method = route.method.as_deref();
                // A route without a method is called by each of them.
                let same = methods
                    .iter()
                    .filter(|(other, _)| method.is_none() || other.is_none() || method == **other);
                all.extend(same.flat_map(|(_, places)| places.iter().take(MOST)));
            }
            if all.len() < 2 {
                continue;
            }
            let group = Rc::new(Group {
                decides: decides(&operations, places, &all),
                operations: all.into_iter().map(|place| operations[place]).collect(),
            });
            for place in places {
                shared[*place] = Some(group.clone());
            }
        }
        let places = operations.iter().enumerate();
        Sharing {
            shared,
            places: places
                .map(|(place, it)| (std::ptr::from_ref(*it), place))
                .collect(),
        }
    }

    /// What `operation`, which is one of the service's, shares; `None` where its calls are its own.
    pub fn with<'a>(&'a self, operation: &'a Operation) -> Option<Shared<'a, 'm>> {
        let place = self.places.get(&std::ptr::from_ref(operation))?;
        let group = self.shared[*place].as_deref()?;
        Some(Shared { group, operation })
    }
}

/// Methods and shapes, sorted.
fn calls(operation: &Operation) -> Vec<PathShape> {
    let mut calls: Vec<PathShape> = operation.routes.iter().map(|route| route.shape()).collect();
    calls.sort();
    calls.dedup();
    calls
}

/// What tells the operations at `alike`, which have the same calls, apart from each other and from `all`.
fn decides(operations: &[&Operation], alike: &[usize], all: &BTreeSet<usize>) -> Decides {
    let routes = |place: &usize| operations[*place].routes.iter();
    let has_key = |place: &usize| routes(place).any(|route| route.body_action.is_some());
    let takes_body = |place: &usize| {
        routes(place).all(|route| matches!(route.method.as_deref(), Some("POST" | "PUT" | "PATCH")))
    };
    let queries: BTreeSet<Vec<&[String]>> = all
        .iter()
        .map(|place| routes(place).map(|route| &*route.query).collect())
        .collect();
    if alike.iter().any(has_key) || alike.len() > 1 && alike.iter().all(takes_body) {
        Decides::Body
    } else if queries.len() == all.len() {
        Decides::Query
    } else {
        Decides::Unstated
    }
}

impl<'a, 'm> Shared<'a, 'm> {
    /// The other operations, in the order of the pages; the first hundred where a call has more.
    pub fn others(&self) -> impl Iterator<Item = &'m Operation> + use<'a, 'm> {
        let this = std::ptr::from_ref(self.operation);
        let operations = self.group.operations.iter().copied();
        operations.filter(move |other| !std::ptr::eq(this, *other))
    }

    /// What tells them apart.
    pub fn decides(&self) -> Decides {
        self.group.decides
    }
}
