//! What one operation says otherwise in the new version: its calls, actions, dependencies, scopes.
//! It compares two rows that are one and knows nothing of pages; this module must never pair rows.

use std::collections::BTreeSet;

use super::rules::{PolicyEffect, Rule};
use crate::extract::Role;
use crate::model::{Operation, Requirement, Route, parameters};
use crate::pair::Key;
use crate::pair::similar;

/// One thing that an operation says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    pub(crate) rule: Rule,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// The call that it is about, where it is about one.
    pub(crate) route: Option<String>,
    /// What it asks of a policy, where that is less than its rule does.
    pub(crate) policy: PolicyEffect,
    /// The column that says it.
    pub(crate) column: Role,
}

impl Difference {
    pub(crate) fn new(
        rule: Rule,
        column: Role,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Difference {
            rule,
            before,
            after,
            route: None,
            policy: rule.entry().policy,
            column,
        }
    }
}

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
    let near = |old: &Call<'_>, new: &Call<'_>| match (old, new) {
        (Call::Route(old), Call::Route(new)) => {
            single || (old.method == new.method && similar::paths(&old.path, &new.path) > 0.5)
        }
        (Call::Named(_), Call::Named(_)) => true,
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
        let rule = match old {
            Call::Route(_) => Rule::PathChanged,
            Call::Named(_) => Rule::CallRenamed,
        };
        found.push(changed(rule, old, new));
    });
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

/// What an operation needs otherwise.
pub(crate) fn needs(old: &Operation, new: &Operation) -> Vec<Difference> {
    let mut found = list(&old.actions, &new.actions, Role::Action);
    found.extend(list(
        &old.dependencies,
        &new.dependencies,
        Role::Dependencies,
    ));
    let mut actions: Vec<Difference> = Vec::new();
    for difference in found {
        let asks = policy(&difference, old, new);
        actions.push(Difference {
            policy: asks,
            ..difference
        });
    }
    rename(&mut actions);
    actions
}

/// A policy that grants actions and dependencies notices only what is in neither list any more, or
/// was in neither before.
fn policy(difference: &Difference, old: &Operation, new: &Operation) -> PolicyEffect {
    let grants = |operation: &Operation, action: &Option<String>| {
        let Some(action) = action else { return false };
        let action = action.split(' ').next().unwrap_or_default();
        let mut needed = operation.actions.iter().chain(&operation.dependencies);
        needed.any(|needed| same(&needed.action, action))
    };
    match difference.rule {
        Rule::ActionAdded | Rule::DependencyAdded if grants(old, &difference.after) => {
            PolicyEffect::None
        }
        Rule::ActionRemoved | Rule::DependencyRemoved if grants(new, &difference.before) => {
            PolicyEffect::None
        }
        rule => rule.entry().policy,
    }
}

fn list(old: &[Requirement], new: &[Requirement], column: Role) -> Vec<Difference> {
    let (added, removed) = match column {
        Role::Action => (Rule::ActionAdded, Rule::ActionRemoved),
        _ => (Rule::DependencyAdded, Rule::DependencyRemoved),
    };
    let mut found = Vec::new();
    let mut lost: Vec<&Requirement> = old.iter().collect();
    let mut gained: Vec<&Requirement> = Vec::new();
    for needed in new {
        match lost.iter().position(|old| *old == needed) {
            Some(at) => drop(lost.remove(at)),
            None => gained.push(needed),
        }
    }
    lost.retain(|before| {
        let same = gained
            .iter()
            .position(|after| same(&before.action, &after.action));
        let Some(after) = same.map(|at| gained.remove(at)) else {
            return true;
        };
        let mut say = |rule, before: String, after: String| {
            found.push(Difference::new(rule, column, Some(before), Some(after)));
        };
        if before.action != after.action {
            say(
                Rule::ActionRespelled,
                before.action.clone(),
                after.action.clone(),
            );
        }
        let condition = match (&before.when, &after.when) {
            (None, Some(_)) => Some(Rule::ConditionAdded),
            (Some(_), None) => Some(Rule::ConditionRemoved),
            (before, after) => (before != after).then_some(Rule::ConditionReworded),
        };
        if let Some(rule) = condition {
            say(rule, before.to_string(), after.to_string());
        }
        false
    });
    let gone = lost
        .iter()
        .map(|needed| (removed, Some(needed.to_string()), None));
    let come = gained
        .iter()
        .map(|needed| (added, None, Some(needed.to_string())));
    for (rule, before, after) in come.chain(gone) {
        found.push(Difference::new(rule, column, before, after));
    }
    found
}

/// Type and operation of an action are compared without regard to case, its service is not.
/// (IAM, policy syntax)
fn same(a: &str, b: &str) -> bool {
    let service = |action: &str| action.split(':').next().map(str::to_owned);
    a.eq_ignore_ascii_case(b) && service(a) == service(b)
}

/// One action in the place of another one of its service is one change, not two.
fn rename(found: &mut Vec<Difference>) {
    let position = |found: &[Difference], rule| -> Vec<usize> {
        let is = |at: &usize| found[*at].rule == rule && found[*at].policy != PolicyEffect::None;
        (0..found.len()).filter(is).collect()
    };
    let (added, removed) = (
        position(found, Rule::ActionAdded),
        position(found, Rule::ActionRemoved),
    );
    let single = added.len() == 1 && removed.len() == 1;
    let mut ranked = Vec::new();
    for &new in &added {
        for &old in &removed {
            let (before, after) = (&found[old].before, &found[new].after);
            let parts = kinship(before.as_deref(), after.as_deref());
            if parts >= if single { 1 } else { 2 } {
                ranked.push((parts, old, new));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for (_, old, new) in ranked {
        if gone.contains(&old) || found[new].rule == Rule::ActionRenamed {
            continue;
        }
        let before = found[old].before.clone();
        found[new] = Difference::new(
            Rule::ActionRenamed,
            Role::Action,
            before,
            found[new].after.clone(),
        );
        gone.insert(old);
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// How many of service, type and operation two actions have in common; 0 where the service is
/// another one.
fn kinship(before: Option<&str>, after: Option<&str>) -> usize {
    let (Some(before), Some(after)) = (before, after) else {
        return 0;
    };
    let parts =
        |action: &str| -> Vec<String> { action.split(':').map(str::to_ascii_lowercase).collect() };
    let (before, after) = (parts(before), parts(after));
    let common = before.iter().zip(&after).filter(|(a, b)| a == b).count();
    if before[0] == after[0] { common } else { 0 }
}

/// In which kinds of project a policy takes effect otherwise.
pub(crate) fn scopes(old: &Operation, new: &Operation) -> Vec<Difference> {
    let scopes = [
        (
            "IAM project",
            Role::IamProject,
            old.iam_project,
            new.iam_project,
        ),
        (
            "enterprise project",
            Role::EnterpriseProject,
            old.enterprise_project,
            new.enterprise_project,
        ),
    ];
    let difference = |(scope, column, old, new)| {
        let rule = match (old, new) {
            (Some(true), Some(false)) => Rule::ScopeNarrowed,
            (Some(false), Some(true)) => Rule::ScopeWidened,
            (None, Some(_)) => Rule::ScopeDocumented,
            (Some(_), None) => Rule::ScopeUndocumented,
            _ => return None,
        };
        let say = |value: Option<bool>| Some(format!("{scope}: {}", supported(value)));
        Some(Difference::new(rule, column, say(old), say(new)))
    };
    scopes.into_iter().filter_map(difference).collect()
}

fn supported(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "supported",
        Some(false) => "not supported",
        None => "not stated",
    }
}
