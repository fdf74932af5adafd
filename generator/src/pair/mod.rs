//! Pairs the operations of two versions: by pinned identifier, then by method and path, then by what the row
//! selects in the body, then by title. Each step handles all operations before the next step begins, the most
//! similar first, so the order of rows does not matter. This module must never pair one operation twice.

mod key;
mod near;
pub(crate) mod similar;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use key::Key;
#[cfg_attr(
    not(feature = "tools"),
    expect(unused_imports, reason = "only versions have more lists")
)]
pub(crate) use near::pairs as near;
pub(crate) use similar::Title;

use crate::model::Requirement;
use crate::subject::Subject;

/// An operation as it is looked for in another version.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    /// Its identifier, if that is pinned.
    pub(crate) id: Option<&'a str>,
    /// Its service. Operations of two services are never a pair.
    pub(crate) service: &'a str,
    /// Its page. Pages of the two versions that are a pair have the same number.
    pub(crate) page: usize,
    pub(crate) title: Title,
    pub(crate) keys: Vec<Key>,
    /// The actions that it needs, in lower case.
    pub(crate) actions: BTreeSet<String>,
    /// All that it says about its calls. If several rows are similar, the rows that say the same are a pair.
    pub(crate) said: String,
}

/// Titles that have this much in common are about the same.
const ALIKE: f64 = 0.5;
/// Titles that have this much in common are the same in other words.
const SAME: f64 = 0.75;
/// Paths that have this much in common address about the same thing.
const NEAR: f64 = 0.7;
/// Titles that have less in common are about something else.
const RELATED: f64 = 0.3;

/// Actions as they are compared.
pub(crate) fn actions(needed: &[Requirement]) -> BTreeSet<String> {
    let lower = needed
        .iter()
        .map(|needed| needed.action.to_ascii_lowercase());
    lower.collect()
}

/// What an operation may have in common with one of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark<'a> {
    Title(&'a str),
    Word(&'a str),
    Key(&'a Key),
    Actions(&'a BTreeSet<String>),
}

impl<'a> Candidate<'a> {
    /// An operation of a service of which nothing else is compared.
    pub(crate) fn of(id: Option<&'a str>, page: usize, subject: Subject<'_>) -> Self {
        Candidate {
            id,
            service: "",
            page,
            title: Title::new(subject.title),
            keys: subject.endpoints.iter().map(Key::call).collect(),
            actions: actions(subject.actions),
            said: String::new(),
        }
    }
}

impl Candidate<'_> {
    fn marks(&self) -> Vec<Mark<'_>> {
        let words = self.title.words().iter().map(|word| Mark::Word(word));
        let mut marks: Vec<Mark<'_>> = words.collect();
        marks.push(Mark::Title(&self.title.plain));
        marks.extend(self.keys.iter().map(Mark::Key));
        if !self.actions.is_empty() {
            marks.push(Mark::Actions(&self.actions));
        }
        marks
    }

    fn same_actions(&self, other: &Candidate<'_>) -> bool {
        !self.actions.is_empty() && self.actions == other.actions
    }

    /// Whether they have calls with the same method and similar paths.
    fn is_near(&self, other: &Candidate<'_>) -> bool {
        let near = |a: &Key, b: &Key| match (a, b) {
            (Key::Call(a, _), Key::Call(b, _)) => {
                a.method() == b.method() && similar::paths(a.path(), b.path()) >= NEAR
            }
            _ => false,
        };
        self.keys
            .iter()
            .any(|a| other.keys.iter().any(|b| near(a, b)))
    }

    /// How similar two operations are. Only the order of such numbers matters.
    fn likeness(&self, other: &Candidate<'_>) -> f64 {
        let equal = |same: bool| f64::from(u8::from(same));
        let (own, others): (BTreeSet<&Key>, BTreeSet<&Key>) =
            (self.keys.iter().collect(), other.keys.iter().collect());
        4.0 * equal(self.title.plain == other.title.plain)
            + 2.0 * self.title.similarity(&other.title)
            + similar::share(&own, &others)
            + similar::share(&self.actions, &other.actions)
            + equal(self.page == other.page)
            + equal(self.said == other.said)
    }

    /// Whether two rows that share a call with other rows may be a pair.
    fn is_plausible(&self, other: &Candidate<'_>) -> bool {
        let alike = self.title.similarity(&other.title);
        self.title.plain == other.title.plain
            || alike >= ALIKE
            || (alike >= RELATED && self.same_actions(other))
    }
}

/// The pairs of operations, as indices into `old` and `new`, in the order of `new`.
pub(crate) fn operations(old: &[Candidate<'_>], new: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let mut pairing = Pairing::new(old, new);
    pairing.by_id();
    let whole = |key: &Key| Some(key.clone());
    pairing.by_key(whole, Candidate::is_plausible);
    pairing.alone(whole, |_, _| true);
    pairing.left_over(whole);
    pairing.by_key(Key::without_body, Candidate::is_plausible);
    pairing.alone(Key::without_body, |_, _| true);
    pairing.by_title();
    pairing.alone(Key::without_version, |old, new| old.page == new.page);
    pairing.by_key(Key::without_method, |old, new| {
        old.page == new.page && (old.is_plausible(new) || old.same_actions(new))
    });
    pairing.by_likeness();
    pairing.pairs()
}

/// The pairs of operations of one permission page or more, and of reference pages, that are one: by call, then by
/// call without what selects it in the body, then by title and nearly the same path of one version.
pub(crate) fn joined(rows: &[Candidate<'_>], pages: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let mut pairing = Pairing::new(rows, pages);
    pairing.by_id();
    for form in [|key: &Key| Some(key.clone()), Key::without_body] {
        pairing.by_key(form, Candidate::is_plausible);
        pairing.alone(form, |_, _| true);
        pairing.left_over(form);
    }
    // A row may state no call.
    pairing.best_first(
        pairing
            .groups(|candidate| vec![candidate.title.plain.clone()])
            .values(),
        |row, _| row.keys.is_empty(),
    );
    let all = |_: &Candidate<'_>| vec![()];
    pairing.best_first(pairing.groups(all).values(), |row, page| {
        row.title.similarity(&page.title) >= SAME && row.is_near(page)
    });
    pairing.pairs()
}

/// The pairs of reference pages of two versions that are one: those with one number that have something in common,
/// then those with one call.
#[cfg(feature = "reference")]
pub(crate) fn same_pages(old: &[Candidate<'_>], new: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let mut pairing = Pairing::new(old, new);
    let of_page = |candidate: &Candidate<'_>| vec![candidate.page];
    pairing.best_first(pairing.groups(of_page).values(), |old, new| {
        old.is_plausible(new) || old.keys.iter().any(|key| new.keys.contains(key))
    });
    let whole = |key: &Key| Some(key.clone());
    pairing.by_key(whole, Candidate::is_plausible);
    pairing.alone(whole, |_, _| true);
    pairing.pairs()
}

struct Pairing<'a, 'b> {
    old: &'a [Candidate<'b>],
    new: &'a [Candidate<'b>],
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

/// The operations of both versions that have something in common.
#[derive(Default)]
struct Group {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl<'a, 'b> Pairing<'a, 'b> {
    fn new(old: &'a [Candidate<'b>], new: &'a [Candidate<'b>]) -> Self {
        Pairing {
            old,
            new,
            of_old: vec![None; old.len()],
            of_new: vec![None; new.len()],
        }
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let pairs = self.of_new.iter().enumerate();
        pairs
            .filter_map(|(new, old)| old.map(|old| (old, new)))
            .collect()
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_none() && self.of_new[new].is_none()
    }

    fn pair(&mut self, old: usize, new: usize) {
        if self.is_free(old, new) {
            self.of_old[old] = Some(new);
            self.of_new[new] = Some(old);
        }
    }

    /// What is still free, grouped by `keys` within its service.
    fn groups<K: Ord>(
        &self,
        keys: impl Fn(&Candidate<'b>) -> Vec<K>,
    ) -> BTreeMap<(&'b str, K), Group> {
        let mut groups: BTreeMap<(&'b str, K), Group> = BTreeMap::new();
        let free = |taken: &[Option<usize>]| -> Vec<usize> {
            (0..taken.len()).filter(|&at| taken[at].is_none()).collect()
        };
        for at in free(&self.of_old) {
            for key in keys(&self.old[at]) {
                let group = groups.entry((self.old[at].service, key)).or_default();
                group.old.push(at);
            }
        }
        for at in free(&self.of_new) {
            for key in keys(&self.new[at]) {
                let group = groups.entry((self.new[at].service, key)).or_default();
                group.new.push(at);
            }
        }
        groups.retain(|_, group| !group.old.is_empty() && !group.new.is_empty());
        groups
    }

    fn by_id(&mut self) {
        let ids = self.groups(|candidate| candidate.id.into_iter().collect());
        for group in ids.values() {
            self.pair(group.old[0], group.new[0]);
        }
    }

    /// Pairs operations that share a call, the most similar first.
    fn by_key(
        &mut self,
        form: impl Fn(&Key) -> Option<Key>,
        may_be_one: impl Fn(&Candidate<'b>, &Candidate<'b>) -> bool,
    ) {
        let groups = self.groups(|candidate| forms(candidate, &form));
        self.best_first(groups.values(), may_be_one);
    }

    /// Pairs operations if each is the only one with a call.
    fn alone(
        &mut self,
        form: impl Fn(&Key) -> Option<Key>,
        may_be_one: impl Fn(&Candidate<'b>, &Candidate<'b>) -> bool,
    ) {
        let groups = self.groups(|candidate| forms(candidate, &form));
        if groups.is_empty() {
            return;
        }
        let held = self.held(&form);
        for (key, group) in &groups {
            if let ([old], [new]) = (group.old.as_slice(), group.new.as_slice())
                && held.get(key) == Some(&(1, 1))
                && may_be_one(&self.old[*old], &self.new[*new])
            {
                self.pair(*old, *new);
            }
        }
    }

    /// How many rows have a call, in the old and in the new version, paired or not.
    fn held(&self, form: impl Fn(&Key) -> Option<Key>) -> BTreeMap<(&'b str, Key), (usize, usize)> {
        let mut held: BTreeMap<(&'b str, Key), (usize, usize)> = BTreeMap::new();
        for candidate in self.old {
            for key in forms(candidate, &form) {
                held.entry((candidate.service, key)).or_default().0 += 1;
            }
        }
        for candidate in self.new {
            for key in forms(candidate, &form) {
                held.entry((candidate.service, key)).or_default().1 += 1;
            }
        }
        held
    }

    /// Of several rows with one call, pairs the last free row of each version, if the two are related.
    fn left_over(&mut self, form: impl Fn(&Key) -> Option<Key>) {
        let groups = self.groups(|candidate| forms(candidate, &form));
        let single: Vec<Group> = groups
            .into_values()
            .filter(|group| group.old.len() == 1 && group.new.len() == 1)
            .collect();
        self.best_first(single.iter(), |old, new| {
            !old.actions.is_disjoint(&new.actions) || old.title.similarity(&new.title) >= RELATED
        });
    }

    /// Pairs operations of one page with the same title. Their calls were changed.
    fn by_title(&mut self) {
        let groups = self.groups(|candidate| vec![(candidate.page, candidate.title.plain.clone())]);
        self.best_first(groups.values(), |_, _| true);
    }

    /// Pairs operations of one page with the same needs, similar titles and similar paths. Rows without a
    /// call have nothing else to identify them.
    fn by_likeness(&mut self) {
        let groups = self.groups(|candidate| vec![candidate.page]);
        self.best_first(groups.values(), |old, new| {
            let alike = old.title.similarity(&new.title);
            let same_actions = old.same_actions(new);
            if old.keys.is_empty() && new.keys.is_empty() {
                alike >= SAME || (same_actions && alike >= RELATED)
            } else {
                same_actions && alike >= SAME && old.is_near(new)
            }
        });
    }

    fn best_first<'g>(
        &mut self,
        groups: impl Iterator<Item = &'g Group>,
        may_be_one: impl Fn(&Candidate<'b>, &Candidate<'b>) -> bool,
    ) {
        let (of_old, of_new) = (self.old, self.new);
        let mut possible: Vec<(usize, usize)> = Vec::new();
        for group in groups {
            let marks = (
                |old: usize| of_old[old].marks(),
                |new: usize| of_new[new].marks(),
            );
            let near = near::pairs(&group.old, &group.new, marks.0, marks.1).into_iter();
            possible.extend(near.filter(|&(old, new)| may_be_one(&of_old[old], &of_new[new])));
        }
        possible.sort_unstable();
        possible.dedup();
        let mut ranked: Vec<(f64, usize, usize)> = possible
            .into_iter()
            .map(|(old, new)| (self.old[old].likeness(&self.new[new]), old, new))
            .collect();
        // Equal pairs keep their order, and the result does not depend on which version is older.
        let place = |&(_, old, new): &(f64, usize, usize)| (old.abs_diff(new), old.min(new));
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| place(a).cmp(&place(b))));
        for (_, old, new) in ranked {
            self.pair(old, new);
        }
    }
}

fn forms(candidate: &Candidate<'_>, form: impl Fn(&Key) -> Option<Key>) -> Vec<Key> {
    let forms: BTreeSet<Key> = candidate.keys.iter().filter_map(form).collect();
    forms.into_iter().collect()
}

#[cfg(test)]
mod tests;
