//! The operations that a policy is asked for, by their names and by calls.
//! Which of several operations a call is, is the runtime's rule; this module must never have one.

use std::collections::BTreeMap;

use permspec_runtime::policy::{Ambiguous, Calls};
use permspec_runtime::{Catalogue, RouteSpec};

use super::super::call::{Meaning, meaning, operations};
use super::super::traffic::Traffic;

/// What was asked for, and what of it is not clear.
#[derive(Default)]
pub struct AskedOperations {
    /// The operations that are clear, each once.
    pub operations: Vec<&'static RouteSpec>,
    /// Calls that several operations have: one entry for each such group.
    pub ambiguous: Vec<Ambiguous>,
    /// Names and calls that no operation has, each with how often it occurs.
    pub unknown: BTreeMap<String, usize>,
    /// How many calls of the traffic are clear.
    pub clear: usize,
}

impl AskedOperations {
    /// What is meant by `names`, each an operation's name or a call, and by the calls of `traffic`.
    pub fn of(catalogue: &Catalogue, names: &[String], traffic: &Traffic) -> Self {
        let mut calls = Calls::default();
        let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            match meaning(catalogue, name) {
                // A person who writes a call that only one operation has, names that operation.
                Meaning::Operations(found) => match *found {
                    [spec] => calls.name(spec),
                    _ => calls.add(found, name, 1),
                },
                Meaning::Unknown => *unknown.entry(name.clone()).or_default() += 1,
            }
        }
        for (seen, count) in &traffic.calls {
            let found = operations(catalogue, seen);
            if found.is_empty() {
                // Where the path is known, it is the body that belongs to no operation.
                let is_path = catalogue.find(seen.method, &seen.target).next().is_some();
                let text = if is_path {
                    seen.with_keys()
                } else {
                    seen.to_string()
                };
                *unknown.entry(text).or_default() += count;
            }
            calls.add(found, &seen.to_string(), *count);
        }
        let ambiguous: Vec<Ambiguous> = calls.ambiguous().cloned().collect();
        let open = ambiguous.iter().map(|group| group.count).sum::<usize>()
            + unknown.values().sum::<usize>();
        AskedOperations {
            operations: calls.operations(),
            clear: (names.len() + traffic.count()).saturating_sub(open),
            ambiguous,
            unknown,
        }
    }
}
