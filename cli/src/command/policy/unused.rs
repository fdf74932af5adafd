//! `permspec policy check --unused`: what a policy allows and no call needed.
//! A call that may be one of several operations counts for each; this module must never call an action
//! unused that one of them needs.

use permspec_runtime::policy::{Effect, Policy, Statement};
use permspec_runtime::{Catalogue, Permission, PermissionSet};
use serde_json::{Value, json};

use super::super::call::operations;
use super::super::traffic::Traffic;
use crate::output::{counted, print_line, say};

/// An action or pattern of a policy of which something was never needed.
pub struct Unused<'p> {
    named: &'p Permission,
    /// How many actions of the catalogue it means.
    means: usize,
    /// Those of them that were never needed; for a pattern of which nothing was, all.
    never: Vec<String>,
}

impl Unused<'_> {
    fn is_whole(&self) -> bool {
        self.never.len() == self.means || !self.named.is_pattern()
    }
}

/// What of the Allow statements no call of `traffic` needed, in the policy's order.
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

/// What the operations need and depend on that the calls may be.
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
            "warning: {calls} of no operation; what they needed is not known"
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
            "{named}: of {means} actions {} were never needed: {}",
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
