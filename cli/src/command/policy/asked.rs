//! The operations that a policy is asked for, by their names and by calls.
//! Nothing is guessed: this module must never choose one of several operations that differ in what
//! they need.

use std::collections::BTreeMap;

use permspec_runtime::{Catalogue, RouteSpec};

use super::super::call::{Meaning, meaning};
use super::super::traffic::Traffic;

/// What was asked for, and what of it is not clear.
#[derive(Default)]
pub struct Asked {
    /// The operations that are clear, each once.
    pub operations: Vec<&'static RouteSpec>,
    /// Calls that several operations have: one entry for each such group.
    pub ambiguous: Vec<Ambiguous>,
    /// Names and calls that no operation has, each with how often it occurs.
    pub unknown: BTreeMap<String, usize>,
    /// How many calls of the traffic are clear.
    pub clear: usize,
}

/// Calls that the same operations have.
pub struct Ambiguous {
    pub candidates: Vec<&'static RouteSpec>,
    /// The first of the calls.
    pub example: String,
    /// How many there are, each as often as it occurs.
    pub count: usize,
}

impl Asked {
    /// What is meant by `names`, each an operation's name or a call, and by the calls of `traffic`.
    pub fn of(catalogue: &Catalogue, names: &[String], traffic: &Traffic) -> Self {
        let mut asked = Asked::default();
        for name in names {
            asked.add(catalogue, name, 1);
        }
        // Only what a person named answers which of several operations a call is.
        let answers = asked.operations.clone();
        asked.settle(&answers);
        for (call, count) in &traffic.calls {
            asked.add(catalogue, &call.to_string(), *count);
        }
        asked.settle(&answers);
        let open = asked
            .ambiguous
            .iter()
            .map(|group| group.count)
            .sum::<usize>()
            + asked.unknown.values().sum::<usize>();
        asked.clear = (names.len() + traffic.count()).saturating_sub(open);
        asked.operations.sort_by_key(|spec| (spec.service, spec.id));
        asked.operations.dedup();
        asked
    }

    fn add(&mut self, catalogue: &Catalogue, text: &str, count: usize) {
        match meaning(catalogue, text) {
            Meaning::Operations(found) if found.len() == 1 => self.operations.extend(found),
            Meaning::Operations(candidates) => {
                let mut groups = self.ambiguous.iter_mut();
                match groups.find(|group| group.candidates == candidates) {
                    Some(group) => group.count += count,
                    None => self.ambiguous.push(Ambiguous {
                        candidates,
                        example: text.to_owned(),
                        count,
                    }),
                }
            }
            Meaning::Unknown => *self.unknown.entry(text.to_owned()).or_default() += count,
        }
    }

    /// A call is clear where one of its operations was named, or where all of them need the same.
    fn settle(&mut self, named: &[&'static RouteSpec]) {
        let operations = &mut self.operations;
        self.ambiguous.retain(|group| {
            let is_answered = group.candidates.iter().any(|spec| named.contains(spec));
            if !is_answered && need_the_same(&group.candidates) {
                operations.extend(group.candidates.first());
                return false;
            }
            !is_answered
        });
    }
}

fn need_the_same(specs: &[&'static RouteSpec]) -> bool {
    let needs = |spec: &'static RouteSpec| (spec.permissions, spec.dependencies, spec.scope);
    specs
        .windows(2)
        .all(|pair| needs(pair[0]) == needs(pair[1]))
}
