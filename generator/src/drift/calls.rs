//! What differs between the calls of one operation: their methods, paths, queries and bodies. It gets the
//! calls of two rows that are the same operation. This module must never look at another row.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::call::WrittenCall;
use super::difference::Difference;
use super::rules::Rule;
use crate::extract::Role;
use crate::model::{Endpoint, parameters};
use crate::pair::{self, Key, similar};

/// What differs between the calls of an operation. `old` and `new` do not contain the calls that moved from
/// or to another row.
pub(crate) fn calls<'a>(old: &[WrittenCall<'a>], new: &[WrittenCall<'a>]) -> Vec<Difference<'a>> {
    let mut left = Left::of(old, new);
    let mut found = left.changed_calls();
    // Words in the place of a call say that there is a call, or why there is none. If both versions have such
    // words, they count as a call. Otherwise they are a remark.
    let (lost, dropped) = calls_and_remarks(left.old, new);
    let (gained, given) = calls_and_remarks(left.new, old);
    if lost.is_empty() && gained.is_empty() && !(dropped.is_empty() && given.is_empty()) {
        let remark = |calls: &[WrittenCall<'_>]| calls.first().map(WrittenCall::shown);
        let (before, after) = (remark(&dropped), remark(&given));
        found.push(Difference::new(Rule::CallRenamed, Role::Api, before, after));
    }
    found.extend(lost.into_iter().map(removed));
    found.extend(gained.into_iter().map(added));
    found
}

/// The calls that count as one, and those that are remarks because `others` has no words in the place
/// of a call.
fn calls_and_remarks<'a>(
    left: Vec<(WrittenCall<'a>, Key)>,
    others: &[WrittenCall<'_>],
) -> (Vec<WrittenCall<'a>>, Vec<WrittenCall<'a>>) {
    let is_named = |call: &WrittenCall<'_>| call.parts().is_none();
    let others_name = others.iter().any(is_named);
    let calls = left.into_iter().map(|(call, _)| call);
    calls.partition(|call| !is_named(call) || others_name)
}

/// A call that is gone.
pub(crate) fn removed(call: WrittenCall<'_>) -> Difference<'_> {
    let shown = Some(call.shown());
    let mut difference = Difference::new(Rule::RouteRemoved, Role::Api, shown, None);
    difference.call = Some(call);
    difference
}

/// A call that is new.
pub(crate) fn added(call: WrittenCall<'_>) -> Difference<'_> {
    let shown = Some(call.shown());
    let mut difference = Difference::new(Rule::RouteAdded, Role::Api, None, shown);
    difference.call = Some(call);
    difference
}

fn changed<'a>(rule: Rule, old: WrittenCall<'a>, new: WrittenCall<'_>) -> Difference<'a> {
    let texts = (Some(old.shown()), Some(new.shown()));
    let mut difference = Difference::new(rule, Role::Api, texts.0, texts.1);
    difference.call = Some(old);
    difference
}

/// The calls of both versions that are not known to be one, with their keys.
struct Left<'a> {
    old: Vec<(WrittenCall<'a>, Key)>,
    new: Vec<(WrittenCall<'a>, Key)>,
}

impl<'a> Left<'a> {
    fn of(old: &[WrittenCall<'a>], new: &[WrittenCall<'a>]) -> Self {
        let keyed =
            |calls: &[WrittenCall<'a>]| calls.iter().map(|call| (*call, call.key())).collect();
        Left {
            old: keyed(old),
            new: keyed(new),
        }
    }

    /// Removes every call that both versions have, beginning with the most similar, and calls `found` with
    /// each pair.
    fn changed_calls(&mut self) -> Vec<Difference<'a>> {
        let mut found = Vec::new();
        self.take(
            |key| Some(key.clone()),
            |old, new| found.extend(rewritten(old, new)),
        );
        self.take(Key::without_body, |old, new| {
            let rule = match (old.body_action(), new.body_action()) {
                (None, _) => Rule::BodyActionDocumented,
                (_, None) => Rule::BodyActionUndocumented,
                _ => Rule::BodyActionChanged,
            };
            found.push(changed(rule, old, new));
        });
        self.take(Key::without_method, |old, new| {
            found.push(changed(Rule::MethodChanged, old, new));
        });
        self.take(Key::without_version, |old, new| {
            found.push(changed(Rule::PathChanged, old, new));
        });
        self.take_near(|old, new| {
            let rule = match old.parts() {
                Some(_) => Rule::PathChanged,
                None => Rule::CallRenamed,
            };
            found.push(changed(rule, old, new));
        });
        found
    }

    /// Removes the calls that have the same form in both versions, in their order.
    fn take(
        &mut self,
        form: impl Fn(&Key) -> Option<Key>,
        mut found: impl FnMut(WrittenCall<'a>, WrittenCall<'a>),
    ) {
        let mut by_form: BTreeMap<Key, VecDeque<usize>> = BTreeMap::new();
        for (at, (_, key)) in self.new.iter().enumerate() {
            if let Some(form) = form(key) {
                by_form.entry(form).or_default().push_back(at);
            }
        }
        let partner = |(_, key): &(WrittenCall<'a>, Key)| by_form.get_mut(&form(key)?)?.pop_front();
        let partners: Vec<Option<usize>> = self.old.iter().map(partner).collect();
        self.take_out(&partners, &mut found);
    }

    /// Removes the calls that are written similarly. If one call is left in each version, these are a pair.
    fn take_near(&mut self, mut found: impl FnMut(WrittenCall<'a>, WrittenCall<'a>)) {
        let single = self.old.len() == 1 && self.new.len() == 1;
        let near = |old: &WrittenCall<'_>, new: &WrittenCall<'_>| match (old.parts(), new.parts()) {
            (Some(old), Some(new)) => {
                single || (old.0 == new.0 && similar::paths(old.1, new.1) > 0.5)
            }
            (None, None) => true,
            _ => false,
        };
        let marks = |calls: &'_ [(WrittenCall<'a>, Key)], at: usize| {
            let path = calls[at]
                .0
                .parts()
                .map(|(_, path)| path.split('/').collect());
            path.unwrap_or_default()
        };
        let places = |calls: &[_]| (0..calls.len()).collect::<Vec<usize>>();
        let pairs = pair::near(
            &places(&self.old),
            &places(&self.new),
            |at| marks(&self.old, at),
            |at| marks(&self.new, at),
        );
        let mut partners = vec![None; self.old.len()];
        let mut taken = vec![false; self.new.len()];
        for (old, new) in pairs {
            if partners[old].is_none() && !taken[new] && near(&self.old[old].0, &self.new[new].0) {
                partners[old] = Some(new);
                taken[new] = true;
            }
        }
        self.take_out(&partners, &mut found);
    }

    /// Removes the old calls that have a partner, and their partners.
    fn take_out(
        &mut self,
        partners: &[Option<usize>],
        found: &mut impl FnMut(WrittenCall<'a>, WrittenCall<'a>),
    ) {
        let mut taken = vec![false; self.new.len()];
        for (old, new) in partners.iter().enumerate() {
            if let Some(new) = *new {
                taken[new] = true;
                found(self.old[old].0, self.new[new].0);
            }
        }
        let mut of_old = partners.iter();
        self.old
            .retain(|_| of_old.next().is_some_and(Option::is_none));
        let mut of_new = taken.into_iter();
        self.new.retain(|_| !of_new.next().unwrap_or_default());
    }
}

/// What is written differently in a call that is the same.
fn rewritten<'a>(old: WrittenCall<'a>, new: WrittenCall<'_>) -> Vec<Difference<'a>> {
    let (WrittenCall::Endpoint(old_route), WrittenCall::Endpoint(new_route)) = (old, new) else {
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
    let names = |route: &Endpoint| route.query.iter().cloned().collect::<BTreeSet<String>>();
    if names(old_route) != names(new_route) {
        let list = |route: &Endpoint| (!route.query.is_empty()).then(|| route.query.join(", "));
        let mut query = Difference::new(
            Rule::QueryChanged,
            Role::Api,
            list(old_route),
            list(new_route),
        );
        query.call = Some(old);
        found.push(query);
    }
    found
}

/// A path without the names of its parameters, however these are marked.
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

    fn route(call: &str) -> Endpoint {
        let (method, path) = call.split_once(' ').unwrap();
        Endpoint {
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
            |calls: &[&str]| -> Vec<Endpoint> { calls.iter().map(|call| route(call)).collect() };
        let (old, new) = (routes(old), routes(new));
        let old: Vec<WrittenCall<'_>> = old.iter().map(WrittenCall::Endpoint).collect();
        let new: Vec<WrittenCall<'_>> = new.iter().map(WrittenCall::Endpoint).collect();
        let shown = |difference: Difference<'_>| {
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
