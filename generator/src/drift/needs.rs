//! What changed in the needs of one operation: its actions and dependencies, and what that asks of a policy.
//! Actions are compared as IAM compares them. This module must never judge whether an action exists.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::difference::Difference;
use super::effect::PolicyEffect;
use super::rules::Rule;
use crate::extract::Role;
use crate::model::{Operation, Requirement};
use crate::pair;

/// What changed in the needs of an operation.
pub(crate) fn needs(old: &Operation, new: &Operation) -> Vec<Difference<'static>> {
    let mut found = list(&old.actions, &new.actions, Role::Action);
    found.extend(list(
        &old.dependencies,
        &new.dependencies,
        Role::Dependencies,
    ));
    let mut actions: Vec<Difference<'static>> = Vec::new();
    let (of_old, of_new) = (granted(old), granted(new));
    for difference in found {
        let asks = policy(&difference, &of_old, &of_new);
        actions.push(Difference {
            policy: asks,
            ..difference
        });
    }
    rename(&mut actions);
    actions
}

/// What a policy for an operation grants.
fn granted(operation: &Operation) -> BTreeSet<Name> {
    let needed = operation.actions.iter().chain(&operation.dependencies);
    needed.map(|needed| name(&needed.action)).collect()
}

/// A policy that grants actions and dependencies only depends on what is no longer in either list, or was in
/// neither list before.
fn policy(difference: &Difference<'_>, old: &BTreeSet<Name>, new: &BTreeSet<Name>) -> PolicyEffect {
    let grants = |granted: &BTreeSet<Name>, action: &Option<String>| {
        let action = action
            .as_deref()
            .and_then(|action| action.split(' ').next());
        action.is_some_and(|action| granted.contains(&name(action)))
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

fn list(old: &[Requirement], new: &[Requirement], column: Role) -> Vec<Difference<'static>> {
    let (added, removed) = match column {
        Role::Action => (Rule::ActionAdded, Rule::ActionRemoved),
        _ => (Rule::DependencyAdded, Rule::DependencyRemoved),
    };
    let (same, lost, gained) = by_action(without(old, new), without(new, old));
    let mut found = Vec::new();
    for (before, after) in same {
        let rules = restated(before, after);
        found.extend(
            rules.into_iter().map(|(rule, before, after)| {
                Difference::new(rule, column, Some(before), Some(after))
            }),
        );
    }
    for needed in gained {
        found.push(Difference::new(
            added,
            column,
            None,
            Some(needed.to_string()),
        ));
    }
    for needed in lost {
        found.push(Difference::new(
            removed,
            column,
            Some(needed.to_string()),
            None,
        ));
    }
    found
}

/// `one` without what `other` states too. An item is removed as often as `other` states it.
fn without<'r>(one: &'r [Requirement], other: &'r [Requirement]) -> Vec<&'r Requirement> {
    let mut stated: BTreeMap<&Requirement, usize> = BTreeMap::new();
    for needed in other {
        *stated.entry(needed).or_default() += 1;
    }
    let mut left: Vec<&Requirement> = one.iter().collect();
    left.retain(|needed| match stated.get_mut(needed) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    left
}

/// Requirements of one action in both lists, and what is left of each list.
type ByAction<'r> = (
    Vec<(&'r Requirement, &'r Requirement)>,
    Vec<&'r Requirement>,
    Vec<&'r Requirement>,
);

/// Pairs the lost and the gained requirements of the same action, in their order.
fn by_action<'r>(mut lost: Vec<&'r Requirement>, gained: Vec<&'r Requirement>) -> ByAction<'r> {
    let mut places: BTreeMap<Name, VecDeque<usize>> = BTreeMap::new();
    for (at, needed) in gained.iter().enumerate() {
        places
            .entry(name(&needed.action))
            .or_default()
            .push_back(at);
    }
    let mut left: Vec<Option<&Requirement>> = gained.into_iter().map(Some).collect();
    let mut same = Vec::new();
    lost.retain(|before| {
        let place = places
            .get_mut(&name(&before.action))
            .and_then(VecDeque::pop_front);
        let after = place.and_then(|at| left[at].take());
        same.extend(after.map(|after| (*before, after)));
        after.is_none()
    });
    (same, lost, left.into_iter().flatten().collect())
}

/// What differs between two requirements of one action: the rule, what was before, what is now.
fn restated(before: &Requirement, after: &Requirement) -> Vec<(Rule, String, String)> {
    let mut found = Vec::new();
    if before.action != after.action {
        let actions = (before.action.clone(), after.action.clone());
        found.push((Rule::ActionRespelled, actions.0, actions.1));
    }
    let condition = match (&before.when, &after.when) {
        (None, Some(_)) => Some(Rule::ConditionAdded),
        (Some(_), None) => Some(Rule::ConditionRemoved),
        (before, after) => (before != after).then_some(Rule::ConditionReworded),
    };
    found.extend(condition.map(|rule| (rule, before.to_string(), after.to_string())));
    found
}

/// An action as IAM compares it.
type Name = (String, String);

/// The letter case of type and operation does not matter, but the letter case of the service does (IAM,
/// policy syntax).
fn name(action: &str) -> Name {
    let (service, rest) = action.split_once(':').unwrap_or((action, ""));
    (service.to_owned(), rest.to_ascii_lowercase())
}

/// One action instead of another one of the same service is one change, not two.
fn rename(found: &mut Vec<Difference<'_>>) {
    let position = |found: &[Difference<'_>], rule| -> Vec<usize> {
        let is = |at: &usize| found[*at].rule == rule && found[*at].policy != PolicyEffect::None;
        (0..found.len()).filter(is).collect()
    };
    let (added, removed) = (
        position(found, Rule::ActionAdded),
        position(found, Rule::ActionRemoved),
    );
    let single = added.len() == 1 && removed.len() == 1;
    let marks = |text: &Option<String>| -> Vec<String> {
        let parts = text.as_deref().unwrap_or_default().split(':');
        parts.map(str::to_ascii_lowercase).collect()
    };
    let near = pair::near(
        &removed,
        &added,
        |old| marks(&found[old].before),
        |new| marks(&found[new].after),
    );
    let mut ranked = Vec::new();
    for (old, new) in near {
        let (before, after) = (&found[old].before, &found[new].after);
        let parts = kinship(before.as_deref(), after.as_deref());
        if parts >= if single { 1 } else { 2 } {
            ranked.push((parts, old, new));
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

/// How many of service, type and operation two actions have in common. It is 0 if the services differ.
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
