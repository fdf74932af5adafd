//! Operations that share a call: the documentation has several for one method and path. This module says
//! which they are and what distinguishes them. It must never decide which one a call means.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::model::{Endpoint, Operation, PathShape, Service};

/// How many operations with one call are compared. Nobody reads a longer list, and the time would grow with
/// the square of their number.
const MOST: usize = 100;

/// The operations of a service that share a call with others.
///
/// ```
/// use permspec::model::{Page, Service};
/// use permspec::sharing::{Decides, Sharing};
///
/// let row = |id: &str| format!(r#"{{"id": "{id}", "title": "", "section": null, "line": 1,
///     "endpoints": [{{"method": "POST", "path": "/v1/servers/{{id}}/action", "query": [], "body_action": null}}],
///     "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null}}"#);
/// let page = format!(r#"{{"permspec": 2, "service": "demo", "operations": [{}, {}],
///     "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}}}}"#,
///     row("StartServer"), row("StopServer"));
/// let page = Page::from_json(&page).unwrap();
/// let demo = Service { name: "demo".into(), title: None, access: Default::default(), pages: vec![page] };
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

/// What distinguishes operations with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decides {
    /// The body: they have the same calls, with a method that has one, or the documentation names a key.
    Body,
    /// The query: each of them has other parameters there.
    Query,
    /// The documentation does not say. Perhaps two rows document the same operation.
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
            for route in &operation.endpoints {
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
            for route in &first.endpoints {
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

    /// What `operation`, one of the service's operations, shares. `None` if no other operation has one of its
    /// calls.
    pub fn with<'a>(&'a self, operation: &'a Operation) -> Option<Shared<'a, 'm>> {
        let place = self.places.get(&std::ptr::from_ref(operation))?;
        let group = self.shared[*place].as_deref()?;
        Some(Shared { group, operation })
    }
}

/// Methods and shapes, sorted.
fn calls(operation: &Operation) -> Vec<PathShape> {
    let mut calls: Vec<PathShape> = operation.endpoints.iter().map(Endpoint::shape).collect();
    calls.sort();
    calls.dedup();
    calls
}

/// What distinguishes the operations at `alike`, which have the same calls, from each other and from `all`.
fn decides(operations: &[&Operation], alike: &[usize], all: &BTreeSet<usize>) -> Decides {
    let endpoints = |place: &usize| operations[*place].endpoints.iter();
    let has_key = |place: &usize| endpoints(place).any(|route| route.body_action.is_some());
    let takes_body = |place: &usize| {
        endpoints(place)
            .all(|route| matches!(route.method.as_deref(), Some("POST" | "PUT" | "PATCH")))
    };
    let queries: BTreeSet<BTreeSet<&String>> = all
        .iter()
        .map(|place| endpoints(place).flat_map(|route| &route.query).collect())
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
    /// The other operations, in the order of the pages. If a call has more, the first hundred.
    pub fn others(&self) -> impl Iterator<Item = &'m Operation> + use<'a, 'm> {
        let this = std::ptr::from_ref(self.operation);
        let operations = self.group.operations.iter().copied();
        operations.filter(move |other| !std::ptr::eq(this, *other))
    }

    /// What distinguishes them.
    pub fn decides(&self) -> Decides {
        self.group.decides
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Page;

    /// An operation's id, and method, path, query and body key of each of its calls.
    pub(crate) type Stated<'t> = (&'t str, &'t [(&'t str, &'t str, &'t str, &'t str)]);

    /// A service of operations with these calls: method, path, query parameter and key of the body.
    pub(crate) fn service(operations: &[Stated<'_>]) -> Service {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let row = |(id, endpoints): &(&str, &[(&str, &str, &str, &str)])| {
            let endpoints = endpoints.iter().map(|(method, path, query, key)| {
                let query = Vec::from_iter(text(query));
                json!({"method": text(method), "path": path, "query": query, "body_action": text(key)})
            });
            json!({
                "id": id, "title": id, "section": null, "line": 1, "endpoints": endpoints.collect::<Vec<_>>(),
                "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null
            })
        };
        let page = json!({
            "permspec": 2, "service": "demo", "operations": operations.iter().map(row).collect::<Vec<_>>(),
            "page": {"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}
        });
        Service {
            name: "demo".to_owned(),
            title: None,
            access: crate::model::Access::default(),
            pages: vec![Page::from_json(&page.to_string()).unwrap()],
        }
    }

    /// What the operation with this identifier shares.
    fn shared<'m>(service: &'m Service, id: &str) -> Option<(Vec<&'m str>, Decides)> {
        let sharing = Sharing::of(service);
        let (_, operation) = service.operations().find(|(_, it)| it.id == id).unwrap();
        let shared = sharing.with(operation)?;
        let others = shared.others().map(|other| &*other.id);
        Some((others.collect(), shared.decides()))
    }

    #[test]
    fn operations_with_one_call_share_it_whatever_its_parameters_are_called() {
        let demo = service(&[
            ("Start", &[("POST", "/v1/{a}/action", "", "")]),
            ("Show", &[("GET", "/v1/{a}/action", "", "")]),
            ("Stop", &[("POST", "/V1/{b}/action", "", "")]),
            ("Nowhere", &[]),
            ("NowhereElse", &[]),
        ]);
        assert_eq!(shared(&demo, "Start"), Some((vec!["Stop"], Decides::Body)));
        assert_eq!(shared(&demo, "Stop"), Some((vec!["Start"], Decides::Body)));
        for alone in ["Show", "Nowhere", "NowhereElse"] {
            assert_eq!(shared(&demo, alone), None, "{alone}");
        }
    }

    #[test]
    fn the_body_decides_only_between_operations_whose_calls_are_all_the_same_or_where_a_key_is_known()
     {
        // The second row documents the same as the first and other rows: a role is granted without a body.
        let demo = service(&[
            (
                "GrantOfDomain",
                &[("PUT", "/v3/domains/{d}/roles/{r}", "", "")],
            ),
            (
                "Grant",
                &[
                    ("PUT", "/v3/domains/{d}/roles/{r}", "", ""),
                    ("PUT", "/v3/projects/{p}/roles/{r}", "", ""),
                ],
            ),
            ("Extend", &[("POST", "/v3/{v}/action", "", "os-extend")]),
            (
                "Act",
                &[
                    ("POST", "/v3/{v}/action", "", ""),
                    ("POST", "/v2/{v}/action", "", ""),
                ],
            ),
        ]);
        assert_eq!(
            shared(&demo, "GrantOfDomain"),
            Some((vec!["Grant"], Decides::Unstated))
        );
        assert_eq!(
            shared(&demo, "Grant"),
            Some((vec!["GrantOfDomain"], Decides::Unstated))
        );
        assert_eq!(shared(&demo, "Extend"), Some((vec!["Act"], Decides::Body)));
        assert_eq!(
            shared(&demo, "Act"),
            Some((vec!["Extend"], Decides::Unstated))
        );
    }

    #[test]
    fn a_call_without_a_body_is_told_apart_by_its_query_or_not_at_all() {
        let demo = service(&[
            ("Quota", &[("GET", "/v3/quota", "type", "")]),
            ("Quotas", &[("GET", "/v3/quota", "", "")]),
            ("Databases", &[("GET", "/v3/databases", "", "")]),
            ("AllDatabases", &[("GET", "/v3/databases", "", "")]),
        ]);
        assert_eq!(
            shared(&demo, "Quota"),
            Some((vec!["Quotas"], Decides::Query))
        );
        assert_eq!(
            shared(&demo, "Databases"),
            Some((vec!["AllDatabases"], Decides::Unstated))
        );
    }

    #[test]
    fn a_route_without_a_method_is_shared_with_every_method() {
        let demo = service(&[
            ("Proxy", &[("", "/api/*", "", "")]),
            ("List", &[("GET", "/api/*", "", "")]),
            ("Create", &[("POST", "/api/*", "", "")]),
        ]);
        assert_eq!(
            shared(&demo, "Proxy"),
            Some((vec!["List", "Create"], Decides::Unstated))
        );
        assert_eq!(
            shared(&demo, "List"),
            Some((vec!["Proxy"], Decides::Unstated))
        );
    }

    #[test]
    fn of_very_many_operations_with_one_call_a_hundred_are_looked_at() {
        let ids: Vec<String> = (0..5_000).map(|number| format!("Do{number}")).collect();
        let own: Vec<String> = ids.iter().map(|id| format!("/v1/{id}")).collect();
        let endpoints: Vec<[(&str, &str, &str, &str); 2]> = own
            .iter()
            .map(|own| [("POST", "/v1/action", "", ""), ("POST", own, "", "")])
            .collect();
        let rows: Vec<Stated<'_>> = ids
            .iter()
            .zip(&endpoints)
            .map(|(id, endpoints)| (&**id, &endpoints[..]))
            .collect();
        let demo = service(&rows);
        let (others, _) = shared(&demo, "Do4999").unwrap();
        assert_eq!((others[0], others.len()), ("Do0", 100));
    }
}
