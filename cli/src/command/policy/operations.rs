//! Collects the operations that a policy must allow, from names and from calls.
//! The runtime decides which of several operations a call is. This module must never have a rule of its own.

use std::collections::BTreeMap;

use permspec_runtime::policy::{AmbiguousCall, Calls};
use permspec_runtime::{Catalogue, RouteSpec};

use super::super::call::{Meaning, meaning, operations};
use super::super::traffic::Traffic;

/// The operations that the user asked for, and what is not clear about them.
#[derive(Default)]
pub struct AskedOperations {
    /// The operations that are clear, each once.
    pub operations: Vec<&'static RouteSpec>,
    /// Calls that several operations share, one entry per group of operations.
    pub ambiguous: Vec<AmbiguousCall>,
    /// Names and calls that belong to no operation, and the number of times that each occurs.
    pub unknown: BTreeMap<String, usize>,
    /// The number of calls of the traffic that are clear.
    pub clear: usize,
}

impl AskedOperations {
    /// Finds the operations of `names`, which are names of operations or calls, and of the calls of `traffic`.
    pub fn of(catalogue: &Catalogue, names: &[String], traffic: &Traffic) -> Self {
        let mut calls = Calls::default();
        let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            match meaning(catalogue, name) {
                // A call that only one operation has is as good as the name of this operation.
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
                // If an operation has the path, only the body of the call is unknown.
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
        let ambiguous: Vec<AmbiguousCall> = calls.ambiguous().cloned().collect();
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
