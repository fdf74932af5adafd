//! Chooses the names of schemas, one schema after the other. A name that is taken stays with the schema that took
//! it, so the time is linear in the number of schemas.

use std::collections::BTreeMap;

use super::candidate::Traits;
use super::context::{Context, Page};
use super::word::{is_name, key};

/// The names that are taken, in a spelling that makes `Loadbalancer`, `LoadBalancer` and `LoadBalancers` the same.
pub(super) struct Taken<'a> {
    /// What the tables with a name have in common, if it is known.
    names: BTreeMap<String, Option<Traits<'a>>>,
    service: Vec<String>,
}

/// Tables that get one name.
pub(super) struct Group<'a> {
    pub(super) tables: Vec<(&'a Context, &'a Page)>,
    /// The claims.
    pub(super) claims: Vec<usize>,
}

impl<'a> Taken<'a> {
    pub(super) fn new(service: Vec<String>) -> Self {
        Taken {
            names: BTreeMap::new(),
            service,
        }
    }

    pub(super) fn insert(&mut self, name: &str, by: Option<Traits<'a>>) {
        self.names.insert(key(name), by);
    }

    /// Chooses a name for each group; `None` if every name is taken.
    pub(super) fn choose(&mut self, groups: &[Group<'a>]) -> Vec<Option<String>> {
        let mut names = vec![None; groups.len()];
        let mut order: Vec<(usize, Traits<'a>)> = groups
            .iter()
            .map(|group| Traits::of(&group.tables))
            .enumerate()
            .collect();
        order.sort_by_cached_key(|(_, traits)| traits.rank());
        // First all that can have their own names, then the others.
        let mut left = Vec::new();
        for (at, traits) in order {
            let name = traits.first.base.concat();
            if is_name(&name) && !self.names.contains_key(&key(&name)) {
                self.insert(&name, Some(traits));
                names[at] = Some(name);
            } else {
                left.push((at, traits));
            }
        }
        for (at, traits) in left {
            let holder = self.names.get(&key(&traits.first.base.concat()));
            let candidates = traits
                .names(holder.and_then(Option::as_ref), &self.service)
                .into_iter()
                .chain(std::iter::once_with(|| traits.spelt_out()).flatten());
            let mut free =
                candidates.filter(|name| is_name(name) && !self.names.contains_key(&key(name)));
            if let Some(name) = free.next() {
                self.insert(&name, Some(traits));
                names[at] = Some(name);
            }
        }
        names
    }
}
