//! What the calls of one operation are otherwise: their methods, paths, queries and bodies.
//! It is given the calls of two rows that are one; this module must never look at another row.

use std::collections::BTreeSet;

use super::operation::Difference;
use super::rules::Rule;
use crate::extract::Role;
use crate::model::{Route, parameters};
use crate::pair::{Key, similar};

/// A call as a version writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call<'a> {
    Route(&'a Route),
    Named(&'a str),
}

impl Call<'_> {
    pub(crate) fn key(&self) -> Key {
        match self {
            Call::Route(route) => Key::call(route),
            Call::Named(name) => Key::named(name),
        }
    }

    /// Its method, or the word in the place of one, and its path.
    fn parts(&self) -> Option<(&str, &str)> {
        match self {
            Call::Route(route) => Some((route.method.as_deref().unwrap_or("ANY"), &route.path)),
            Call::Named(name) => Key::word_and_path(name),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Call::Route(route) => route.to_string(),
            Call::Named(name) => (*name).to_owned(),
        }
    }
}

/// What the calls of an operation say otherwise; those that it shares with a row that is not its
/// own any more are left out of `old` and `new`.
pub(crate) fn calls(old: &[Call<'_>], new: &[Call<'_>]) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut lost: Vec<Call<'_>> = old.to_vec();
    let mut gained: Vec<Call<'_>> = Vec::new();
    for call in new {
        match lost.iter().position(|old| old.key() == call.key()) {
            Some(at) => found.extend(rewritten(lost.remove(at), *call)),
            None => gained.push(*call),
        }
    }
    let form = |form: fn(&Key) -> Option<Key>| {
        move |old: &Call<'_>, new: &Call<'_>| {
            let forms = (form(&old.key()), form(&new.key()));
            matches!(forms, (Some(old), Some(new)) if old == new)
        }
    };
    let single = lost.len() == 1 && gained.len() == 1;
    let near = |old: &Call<'_>, new: &Call<'_>| match (old.parts(), new.parts()) {
        (Some(old), Some(new)) => single || (old.0 == new.0 && similar::paths(old.1, new.1) > 0.5),
        (None, None) => true,
        _ => false,
    };
    take(
        &mut lost,
        &mut gained,
        form(Key::without_body),
        |old, new| {
            let rule = match (body(old), body(new)) {
                (None, _) => Rule::BodyActionDocumented,
                (_, None) => Rule::BodyActionUndocumented,
                _ => Rule::BodyActionChanged,
            };
            found.push(changed(rule, old, new));
        },
    );
    take(
        &mut lost,
        &mut gained,
        form(Key::without_method),
        |old, new| {
            found.push(changed(Rule::MethodChanged, old, new));
        },
    );
    take(
        &mut lost,
        &mut gained,
        form(Key::without_version),
        |old, new| {
            found.push(changed(Rule::PathChanged, old, new));
        },
    );
    take(&mut lost, &mut gained, near, |old, new| {
        let rule = match old.parts() {
            Some(_) => Rule::PathChanged,
            None => Rule::CallRenamed,
        };
        found.push(changed(rule, old, new));
    });
    // A name in the place of a call says that there is a call, or why there is none: beside other
    // names it counts as one, and where it is all that a row says it is a remark.
    let is_named = |call: &Call<'_>| call.parts().is_none();
    let counts =
        |call: &Call<'_>, others: &[Call<'_>]| !is_named(call) || others.iter().any(is_named);
    let (lost, dropped): (Vec<_>, Vec<_>) = lost.into_iter().partition(|call| counts(call, new));
    let (gained, given): (Vec<_>, Vec<_>) = gained.into_iter().partition(|call| counts(call, old));
    if lost.is_empty() && gained.is_empty() {
        let remarks = |calls: &[Call<'_>]| calls.first().map(Call::shown);
        let (before, after) = (remarks(&dropped), remarks(&given));
        if before.is_some() || after.is_some() {
            found.push(Difference::new(Rule::CallRenamed, Role::Api, before, after));
        }
    }
    found.extend(lost.into_iter().map(removed));
    found.extend(gained.into_iter().map(added));
    found
}

/// A call that is gone.
pub(crate) fn removed(call: Call<'_>) -> Difference {
    let shown = call.shown();
    let mut difference = Difference::new(Rule::RouteRemoved, Role::Api, Some(shown.clone()), None);
    difference.route = Some(shown);
    difference
}

/// A call that is new.
pub(crate) fn added(call: Call<'_>) -> Difference {
    let shown = call.shown();
    let mut difference = Difference::new(Rule::RouteAdded, Role::Api, None, Some(shown.clone()));
    difference.route = Some(shown);
    difference
}

fn changed(rule: Rule, old: Call<'_>, new: Call<'_>) -> Difference {
    let mut difference = Difference::new(rule, Role::Api, Some(old.shown()), Some(new.shown()));
    difference.route = Some(old.shown());
    difference
}

fn body(call: Call<'_>) -> Option<&str> {
    match call {
        Call::Route(route) => route.body_action.as_deref(),
        Call::Named(_) => None,
    }
}

/// Takes out of both lists what `fits`, pair by pair.
fn take<'a>(
    lost: &mut Vec<Call<'a>>,
    gained: &mut Vec<Call<'a>>,
    fits: impl Fn(&Call<'a>, &Call<'a>) -> bool,
    mut found: impl FnMut(Call<'a>, Call<'a>),
) {
    lost.retain(|old| match gained.iter().position(|new| fits(old, new)) {
        Some(at) => {
            found(*old, gained.remove(at));
            false
        }
        None => true,
    });
}

/// What is written otherwise of a call that is the same.
fn rewritten(old: Call<'_>, new: Call<'_>) -> Vec<Difference> {
    let (Call::Route(old_route), Call::Route(new_route)) = (old, new) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if old_route.path != new_route.path {
        let rule = if names_left_out(&old_route.path) == names_left_out(&new_route.path) {
            Rule::PathParameterRenamed
        } else {
            Rule::PathChanged
        };
        found.push(changed(rule, old, new));
    }
    let names = |route: &Route| route.query.iter().cloned().collect::<BTreeSet<String>>();
    if names(old_route) != names(new_route) {
        let list = |route: &Route| (!route.query.is_empty()).then(|| route.query.join(", "));
        let mut query = Difference::new(
            Rule::QueryChanged,
            Role::Api,
            list(old_route),
            list(new_route),
        );
        query.route = Some(old.shown());
        found.push(query);
    }
    found
}

/// A path with nothing in its parameters, whichever way they are marked.
fn names_left_out(path: &str) -> String {
    let segment = |segment: &str| match segment.strip_prefix(':') {
        Some(name) if !name.is_empty() => "{}".to_owned(),
        _ => {
            let names = parameters(segment).map(|parameter| format!("{{{}}}", parameter.name));
            names.fold(segment.to_owned(), |left, name| left.replace(&name, "{}"))
        }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extra;

    fn route(call: &str) -> Route {
        let (method, path) = call.split_once(' ').unwrap();
        Route {
            method: Some(method.to_owned()),
            path: path.to_owned(),
            query: Vec::new(),
            body_action: None,
            extra: Extra::new(),
        }
    }

    /// `rule: before -> after` of each difference between the calls of a row.
    fn said(old: &[&str], new: &[&str]) -> Vec<String> {
        let routes =
            |calls: &[&str]| -> Vec<Route> { calls.iter().map(|call| route(call)).collect() };
        let (old, new) = (routes(old), routes(new));
        let old: Vec<Call<'_>> = old.iter().map(Call::Route).collect();
        let new: Vec<Call<'_>> = new.iter().map(Call::Route).collect();
        let shown = |difference: Difference| {
            let before = difference.before.unwrap_or("nothing".to_owned());
            let after = difference.after.unwrap_or("nothing".to_owned());
            format!("{}: {before} -> {after}", difference.rule)
        };
        calls(&old, &new).into_iter().map(shown).collect()
    }

    #[test]
    fn the_only_call_of_a_row_has_another_path_whatever_that_is() {
        assert_eq!(
            said(
                &["GET /v1/cloudimages"],
                &["GET /v2/{project_id}/snapshots"]
            ),
            ["path-changed: GET /v1/cloudimages -> GET /v2/{project_id}/snapshots"]
        );
    }

    #[test]
    fn a_call_in_whose_place_there_are_two_unlike_ones_is_gone() {
        assert_eq!(
            said(
                &["GET /v1/cloudimages"],
                &[
                    "GET /v2/{project_id}/snapshots",
                    "POST /v2/{project_id}/tags"
                ]
            ),
            [
                "route-removed: GET /v1/cloudimages -> nothing",
                "route-added: nothing -> GET /v2/{project_id}/snapshots",
                "route-added: nothing -> POST /v2/{project_id}/tags"
            ]
        );
    }

    #[test]
    fn of_several_calls_each_keeps_its_method_under_a_new_path() {
        assert_eq!(
            said(
                &[
                    "GET /v2/images/{image_id}/members",
                    "PUT /v2/images/{image_id}/members"
                ],
                &[
                    "PUT /v2/images/{image_id}/consumers",
                    "GET /v2/images/{image_id}/consumers"
                ]
            ),
            [
                "path-changed: GET /v2/images/{image_id}/members -> GET /v2/images/{image_id}/consumers",
                "path-changed: PUT /v2/images/{image_id}/members -> PUT /v2/images/{image_id}/consumers"
            ]
        );
    }

    #[test]
    fn a_colon_alone_is_no_parameter() {
        assert_eq!(names_left_out("/v1/:image_id/:/{name}"), "/v1/{}/:/{}");
    }
}
