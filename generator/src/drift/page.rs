//! Pairs the pages of two versions: by stable name, then by path, then by the calls that they share. A page
//! may move and be renamed. This module must never look at the content of a single operation.

use std::collections::{BTreeMap, BTreeSet};

use super::side::PageModel;
use crate::pair::{Key, near, similar};

/// The pages of both versions, and their pairs.
#[derive(Debug)]
pub(crate) struct PagePairs<'a> {
    pub(crate) old: &'a [PageModel],
    pub(crate) new: &'a [PageModel],
    /// For each old page, the new one.
    of_old: Vec<Option<usize>>,
    /// For each new page, the old one.
    of_new: Vec<Option<usize>>,
    /// For each service of the old version, its name in the new version.
    renamed: BTreeMap<&'a str, &'a str>,
}

/// Pages that have this much of their calls in common are a pair.
const OVERLAP: f64 = 0.5;

impl<'a> PagePairs<'a> {
    pub(crate) fn pair(old: &'a [PageModel], new: &'a [PageModel]) -> Self {
        let mut pages = PagePairs {
            old,
            new,
            of_old: vec![None; old.len()],
            of_new: vec![None; new.len()],
            renamed: BTreeMap::new(),
        };
        if let ([one], [other]) = (old, new)
            && !(one.placed && other.placed)
        {
            // A caller named these two.
            pages.join(0, 0);
        }
        pages.by(|page| {
            let name = page.page.page.original_name.as_deref()?;
            Some((page.page.service.as_str(), name))
        });
        pages.by(|page| Some((page.page.service.as_str(), page.page.page.path.as_str())));
        pages.by(|page| Some(("", page.page.page.original_name.as_deref()?)));
        pages.renamed = pages.services();
        pages.by_calls();
        pages.renamed = pages.services();
        pages
    }

    /// The pairs, in the order of the new version.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = self.of_new.iter().enumerate();
        pairs.filter_map(|(new, old)| old.map(|old| (old, new)))
    }

    /// Whether the page is gone in the new version.
    pub(crate) fn is_gone(&self, old: usize) -> bool {
        self.of_old[old].is_none()
    }

    /// Whether the page is new.
    pub(crate) fn is_added(&self, new: usize) -> bool {
        self.of_new[new].is_none()
    }

    /// Pages that are gone in the new version.
    pub(crate) fn gone(&self) -> impl Iterator<Item = usize> {
        free(&self.of_old)
    }

    /// Pages that the old version did not have.
    pub(crate) fn added(&self) -> impl Iterator<Item = usize> {
        free(&self.of_new)
    }

    /// The number of an old page: the number of its partner, otherwise a new number.
    pub(crate) fn number_of_old(&self, old: usize) -> usize {
        self.of_old[old].unwrap_or(self.new.len() + old)
    }

    /// The service of an old page, by its name in the new version. A folder of documentation and the service
    /// that it documents may have two names.
    pub(crate) fn service_of_old(&self, old: usize) -> &'a str {
        let own = self.old[old].page.service.as_str();
        match self.of_old[old] {
            Some(new) => &self.new[new].page.service,
            None => self.renamed.get(own).copied().unwrap_or(own),
        }
    }

    /// The names of the old services in the new version. A service keeps its name if one of its pages is
    /// still of that service. Otherwise it gets the service of most of its pages.
    fn services(&self) -> BTreeMap<&'a str, &'a str> {
        let mut now: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (old, new) in self.pairs() {
            let service = now.entry(&self.old[old].page.service).or_default();
            *service.entry(&self.new[new].page.service).or_default() += 1;
        }
        let name = |(own, others): (&'a str, BTreeMap<&'a str, usize>)| {
            let most = others.iter().max_by_key(|(_, count)| **count)?;
            Some((
                own,
                if others.contains_key(own) {
                    own
                } else {
                    *most.0
                },
            ))
        };
        now.into_iter().filter_map(name).collect()
    }

    fn join(&mut self, old: usize, new: usize) {
        if self.of_old[old].is_none() && self.of_new[new].is_none() {
            self.of_old[old] = Some(new);
            self.of_new[new] = Some(old);
        }
    }

    /// Pairs pages with the same mark, if only one page of each version has it.
    fn by<'k, K: Ord>(&mut self, mark: impl Fn(&'k PageModel) -> Option<K>)
    where
        'a: 'k,
    {
        let mut marked: BTreeMap<K, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in free(&self.of_old) {
            if let Some(mark) = mark(&self.old[at]) {
                marked.entry(mark).or_default().0.push(at);
            }
        }
        for at in free(&self.of_new) {
            if let Some(mark) = mark(&self.new[at]) {
                marked.entry(mark).or_default().1.push(at);
            }
        }
        for (old, new) in marked.values() {
            if let ([old], [new]) = (old.as_slice(), new.as_slice()) {
                self.join(*old, *new);
            }
        }
    }

    /// Pairs pages without a common name that document the same calls.
    fn by_calls(&mut self) {
        let (old, new): (Vec<usize>, Vec<usize>) =
            (free(&self.of_old).collect(), free(&self.of_new).collect());
        let keyed = |pages: &[PageModel], free: &[usize]| -> BTreeMap<usize, BTreeSet<Key>> {
            let keyed = free.iter().map(|&page| (page, calls(&pages[page])));
            keyed.collect()
        };
        let (of_old, of_new) = (keyed(self.old, &old), keyed(self.new, &new));
        let near = near(
            &old,
            &new,
            |old| of_old[&old].iter().collect(),
            |new| of_new[&new].iter().collect(),
        );
        let mut ranked = Vec::new();
        for (old, new) in near {
            let overlap = similar::share(&of_old[&old], &of_new[&new]);
            let service = self.service_of_old(old);
            if overlap >= OVERLAP && self.new[new].page.service == service {
                ranked.push((overlap, old, new));
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, old, new) in ranked {
            self.join(old, new);
        }
    }
}

fn free(taken: &[Option<usize>]) -> impl Iterator<Item = usize> + use<> {
    let free: Vec<usize> = (0..taken.len()).filter(|&at| taken[at].is_none()).collect();
    free.into_iter()
}

fn calls(page: &PageModel) -> BTreeSet<Key> {
    let operations = page.page.operations.iter().enumerate();
    operations.flat_map(|(at, _)| keys(page, at)).collect()
}

/// The calls of an operation, or what its cell says instead.
fn keys(page: &PageModel, operation: usize) -> Vec<Key> {
    let routes = page.page.operations[operation]
        .endpoints
        .iter()
        .map(Key::call);
    let named = page
        .layout
        .as_ref()
        .map_or(&[][..], |layout| layout.named(operation));
    routes
        .chain(named.iter().map(|name| Key::named(name)))
        .collect()
}
