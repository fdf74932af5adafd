//! `permspec policy check --unused`: finds what a policy allows and no call needed.
//! A call that may be one of several operations counts for all of them. This module must never report an action as
//! unused if one of them needs it.

use permspec_runtime::policy::{Effect, Policy, Statement};
use permspec_runtime::{Catalogue, Permission, PermissionSet};
use serde_json::{Value, json};

use super::super::call::operations;
use super::super::traffic::Traffic;
use crate::output::{counted, print_line, say};

/// An action or pattern of a policy that was not needed, at least in part.
pub struct Unused<'p> {
    named: &'p Permission,
    /// The number of actions of the catalogue that it matches.
    means: usize,
    /// The matched actions that were never needed. If none of a pattern's actions was needed, all of them.
    never: Vec<String>,
}

impl Unused<'_> {
    fn is_whole(&self) -> bool {
        self.never.len() == self.means || !self.named.is_pattern()
    }
}

/// The parts of the Allow statements that no call of `traffic` needed, in the order of the policy.
pub fn of<'p>(
    policy: &'p Policy,
    catalogue: &Catalogue,
    known: &PermissionSet,
    traffic: &Traffic,
) -> Vec<Unused<'p>> {
    let needed = needed(catalogue, traffic);
    let is_needed = |action: &Permission| needed.iter().any(|other| other.covers(action));
    let allowing = policy
        .statements()
        .iter()
        .filter(|statement| statement.effect() == Effect::Allow);
    let unused = |named: &'p Permission| {
        if !named.is_pattern() {
            return (!is_needed(named)).then(|| Unused {
                named,
                means: 1,
                never: vec![named.to_string()],
            });
        }
        let meant = known.expand([named]);
        let never: Vec<String> = meant
            .iter()
            .filter(|action| !is_needed(action))
            .map(Permission::to_string)
            .collect();
        (!never.is_empty() || meant.is_empty()).then(|| Unused {
            named,
            means: meant.len(),
            never,
        })
    };
    allowing
        .flat_map(Statement::actions)
        .filter_map(unused)
        .collect()
}

/// The actions that the possible operations of the calls need or depend on.
fn needed(catalogue: &Catalogue, traffic: &Traffic) -> PermissionSet {
    let mut needed = PermissionSet::new();
    let mut unknown = 0;
    for (call, count) in &traffic.calls {
        let found = operations(catalogue, call);
        unknown += if found.is_empty() { *count } else { 0 };
        let requirements = found
            .iter()
            .flat_map(|spec| spec.permissions.iter().chain(spec.dependencies));
        needed.extend(requirements.map(|requirement| requirement.permission.clone()));
    }
    if unknown > 0 {
        let calls = counted(unknown, "call");
        say(&format!(
            "warning: {calls} of no operation; what they need is unknown"
        ));
    }
    needed
}

pub fn print(unused: &Unused<'_>) {
    let Unused {
        named,
        means,
        never,
    } = unused;
    if unused.is_whole() {
        print_line(format_args!("{named}: never needed"));
    } else {
        print_line(format_args!(
            "{named}: {} of {means} actions were never needed: {}",
            never.len(),
            never.join(", ")
        ));
    }
}

pub fn as_json(unused: &Unused<'_>) -> Value {
    json!({
        "named": unused.named.as_str(),
        "means": unused.means,
        "never_needed": unused.never,
    })
}
