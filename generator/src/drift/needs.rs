//! What one operation needs otherwise: its actions and dependencies, and what that asks of a policy.
//! Actions are compared as IAM compares them; this module must never judge whether one exists.

use std::collections::BTreeSet;

use super::operation::Difference;
use super::rules::{PolicyEffect, Rule};
use crate::extract::Role;
use crate::model::{Operation, Requirement};

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
