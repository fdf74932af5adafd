//! Finds the operations that a policy is made for from calls that were seen. Everything that makes
//! policies from traffic uses this rule.
//! This module must never choose one of several operations that need different actions.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::RouteSpec;

/// Calls that were seen, and the operations that they were.
///
/// If only one operation has a call, the call is that operation. If several operations have it and all of
/// them need the same actions, any of them will do. Otherwise the call does not count as any operation,
/// because a policy for all of them would allow too much. Such calls are [`ambiguous`](Calls::ambiguous)
/// until you [`name`](Calls::name) the operation that was meant. Other calls never decide this.
///
/// ```
/// use permspec_runtime::policy::{Calls, LeastPrivilege, Wanted};
/// use permspec_runtime::{Candidate, Catalogue, Method};
///
/// fn least(catalogue: &Catalogue, log: &[(Method, &str)]) -> LeastPrivilege {
///     let mut calls = Calls::default();
///     for (method, target) in log {
///         let candidates = catalogue.find(*method, target);
///         calls.add(candidates.map(|found| found.spec()), target, 1);
///     }
///     for open in calls.ambiguous() {
///         eprintln!("{} may be one of {} operations", open.example, open.candidates.len());
///     }
///     Wanted::new(calls.operations()).least(catalogue)
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// The operations that were named.
    named: Vec<&'static RouteSpec>,
    /// By service and id, because specs do not have an order.
    seen: BTreeMap<(&'static str, &'static str), &'static RouteSpec>,
    several: Vec<AmbiguousCall>,
    unknown: usize,
}

/// Calls that the same operations have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AmbiguousCall {
    /// The operations, each once.
    pub candidates: Vec<&'static RouteSpec>,
    /// The first of the calls, as it was written.
    pub example: String,
    /// The number of these calls.
    pub count: usize,
}

impl Calls {
    /// States that this operation was meant. It is then wanted, and every call that may be this operation
    /// counts as it.
    pub fn name(&mut self, spec: &'static RouteSpec) {
        self.named.push(spec);
    }

    /// Adds a call that was seen `count` times and may be any of `candidates`. `text` is the call as it
    /// was written. A call without candidates only counts as [unknown](Calls::unknown).
    pub fn add(
        &mut self,
        candidates: impl IntoIterator<Item = &'static RouteSpec>,
        text: &str,
        count: usize,
    ) {
        let mut found: Vec<&'static RouteSpec> = Vec::new();
        for candidate in candidates {
            if !found.contains(&candidate) {
                found.push(candidate);
            }
        }
        match *found {
            [] => self.unknown += count,
            [spec] => {
                self.seen.insert((spec.service, spec.id), spec);
            }
            _ => match self.several.iter_mut().find(|one| one.candidates == found) {
                Some(group) => group.count += count,
                None => self.several.push(AmbiguousCall {
                    candidates: found,
                    example: text.into(),
                    count,
                }),
            },
        }
    }

    /// The operations that are certain, each once, by service and id.
    pub fn operations(&self) -> Vec<&'static RouteSpec> {
        let mut operations = self.named.clone();
        operations.extend(self.seen.values());
        let alike = self.several.iter().filter(|group| !self.is_named(group));
        operations.extend(
            alike
                .filter(|group| group.need_the_same())
                .filter_map(|group| group.candidates.first()),
        );
        operations.sort_by_key(|spec| (spec.service, spec.id));
        operations.dedup();
        operations
    }

    /// The calls whose operation is not certain, although it matters. They are in the order in which they
    /// were added.
    pub fn ambiguous(&self) -> impl Iterator<Item = &AmbiguousCall> {
        let open = |group: &&AmbiguousCall| !self.is_named(group) && !group.need_the_same();
        self.several.iter().filter(open)
    }

    /// The number of calls that were not an operation.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    fn is_named(&self, group: &AmbiguousCall) -> bool {
        group
            .candidates
            .iter()
            .any(|spec| self.named.contains(spec))
    }
}

impl AmbiguousCall {
    fn need_the_same(&self) -> bool {
        let needs = |spec: &'static RouteSpec| (spec.permissions, spec.dependencies, spec.scope);
        let mut pairs = self.candidates.windows(2);
        pairs.all(|pair| needs(pair[0]) == needs(pair[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Permission, Requirement};

    const fn operation(id: &'static str, needs: &'static [Requirement]) -> RouteSpec {
        RouteSpec {
            id,
            permissions: needs,
            ..RouteSpec::of("oven")
        }
    }

    const HEAT: &[Requirement] = &[Requirement::always(Permission::new("oven:ovens:heat"))];
    const COOL: &[Requirement] = &[Requirement::always(Permission::new("oven:ovens:cool"))];
    static HEAT_OVEN: RouteSpec = operation("HeatOven", HEAT);
    static HEAT_OVENS: RouteSpec = operation("HeatOvens", HEAT);
    static COOL_OVEN: RouteSpec = operation("CoolOven", COOL);

    fn ids(calls: &Calls) -> Vec<&str> {
        calls.operations().iter().map(|spec| spec.id).collect()
    }

    #[test]
    fn operations_that_differ_are_granted_by_none_of_their_calls() {
        let mut calls = Calls::default();
        for count in [1, 2] {
            calls.add([&HEAT_OVEN, &COOL_OVEN, &HEAT_OVEN], "POST /ovens", count);
        }
        assert_eq!(ids(&calls), [""; 0]);
        let open: Vec<&AmbiguousCall> = calls.ambiguous().collect();
        assert_eq!((open.len(), open[0].count), (1, 3));
        assert_eq!(open[0].candidates, [&HEAT_OVEN, &COOL_OVEN]);
    }

    #[test]
    fn a_name_settles_which_operation_it_was_and_another_call_does_not() {
        let mut calls = Calls::default();
        calls.add([&HEAT_OVEN], "POST /ovens/heat", 1);
        calls.add([&HEAT_OVEN, &COOL_OVEN], "POST /ovens", 1);
        assert_eq!(calls.ambiguous().count(), 1);
        calls.name(&COOL_OVEN);
        assert_eq!(calls.ambiguous().count(), 0);
        assert_eq!(ids(&calls), ["CoolOven", "HeatOven"]);
    }

    #[test]
    fn where_all_need_the_same_it_does_not_matter_which_one_it_was() {
        let mut calls = Calls::default();
        calls.add([&HEAT_OVENS, &HEAT_OVEN], "POST /ovens", 1);
        assert_eq!(
            (ids(&calls), calls.ambiguous().count()),
            (["HeatOvens"].into(), 0)
        );
        calls.name(&HEAT_OVEN);
        assert_eq!(ids(&calls), ["HeatOven"]);
    }

    #[test]
    fn a_call_that_is_not_an_operation_is_counted() {
        let mut calls = Calls::default();
        calls.add([], "GET /favicon.ico", 4);
        calls.add([], "GET /robots.txt", 1);
        assert_eq!((calls.unknown(), calls.operations().len()), (5, 0));
    }
}
