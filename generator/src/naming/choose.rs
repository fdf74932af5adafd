//! Decides the name of an operation that does not have one yet. One rule holds for all services. A name is
//! given if only one operation of the service makes it. The names are tried in this order:
//!
//! 1. the title's name: `List` for a collection and `Get` for one thing, otherwise the title's verb, and the
//!    title's object, as long as it has at most [`LONGEST`] characters;
//! 2. if one of two operations acts on one thing and the other on several, the title's name, with `InBatches`
//!    for the second;
//! 3. if the operations that share it have different API versions, the title's name and the version:
//!    `ListPoolsV2`, `ListPoolsV3`;
//! 4. the title's name with the words that wrap its object: `GetServerDetails`, `ListAllTables`;
//! 5. the title's verb and the last things that the path addresses: `ListVolumes`; and the version, if only
//!    that distinguishes two of them; then the title's words as they are: `DescribeFunction`;
//! 6. the title's name at any length, then with the words in parentheses at its end;
//! 7. the title's verb and all things that the path addresses;
//! 8. the title's name with the version, or with the name of the page or the chapter;
//! 9. if there is no title, the name of the first action: `PublishApis`.
//!
//! A name is decided by what an operation says about itself, never by counting. Two names of a service never
//! differ in the number of a word alone.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{BATCHES, Wording};
use super::path;
use crate::ident::{is_identifier, snake_case};
use crate::subject::Subject;
use crate::words::{capitalised, singular};

/// The longest name that a title may give at first, in characters. A person can still read it at a glance.
pub const LONGEST: usize = 50;

/// A name that a row may get.
#[derive(Clone)]
struct Name {
    text: String,
    /// What two operations of a service may never share: the words of the name in the singular.
    key: String,
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Name {
            key: key(&text),
            text,
        }
    }
}

/// The words of a name in the singular. Two names with the same key differ by a letter that a reader
/// overlooks.
fn key(name: &str) -> String {
    let words: Vec<String> = snake_case(name).split('_').map(singular).collect();
    words.join("_")
}

/// What a name can be made from.
struct Parts<'a> {
    subject: Subject<'a>,
    /// The name of the row's page.
    stem: &'a str,
    wording: Wording<'a>,
}

/// Names for the rows whose `given` name is `None`. The given names and those of `others` are taken.
pub(crate) fn choose(
    rows: &[(Subject<'_>, &str)],
    given: Vec<Option<String>>,
    others: &BTreeSet<String>,
) -> Vec<Option<String>> {
    if given.iter().all(Option::is_some) {
        return given;
    }
    let parts: Vec<Parts<'_>> = rows
        .iter()
        .map(|(subject, stem)| Parts {
            subject: *subject,
            stem,
            wording: Wording::new(subject.title, subject.endpoints.first()),
        })
        .collect();
    let taken = given.iter().flatten().chain(others);
    let mut chooser = Chooser {
        parts: &parts,
        taken: taken.map(|name| key(name)).collect(),
        names: given,
    };
    chooser.unique(Parts::short);
    chooser.by_number(Parts::short);
    chooser.by_version(Parts::short);
    chooser.unique(Parts::full);
    chooser.by_version(Parts::full);
    chooser.unique(|parts| parts.wording.path_name());
    chooser.by_version(|parts| parts.wording.path_name());
    chooser.unique(Parts::literal);
    chooser.unique(|parts| parts.wording.short());
    chooser.unique(|parts| parts.wording.with_tail());
    chooser.last_of_its_kind(|parts| parts.wording.short());
    chooser.unique(|parts| parts.wording.whole_path_name());
    chooser.by_version(|parts| parts.wording.short());
    chooser.unique(|parts| parts.with_page(parts.wording.short()));
    chooser.unique(|parts| parts.with_page(parts.wording.full()));
    chooser.unique(Parts::action);
    chooser.names
}

struct Chooser<'a> {
    parts: &'a [Parts<'a>],
    names: Vec<Option<String>>,
    /// The keys of all names that are taken.
    taken: BTreeSet<String>,
}

/// The rows that make one candidate, with the text of each.
type Group = Vec<(usize, String)>;

impl<'a> Chooser<'a> {
    /// Names the rows whose candidate no other row makes, named or not. A name that fits two operations is
    /// given to neither.
    fn unique(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<String>) {
        self.settle(candidate, |_, group| match group {
            [(_, text)] => vec![Some(text.clone())],
            _ => Vec::new(),
        });
    }

    /// Names the rows whose candidate is only shared with rows that have a name.
    fn last_of_its_kind(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<String>) {
        let names = self.names.clone();
        self.settle(candidate, |_, group| {
            let unnamed = group.iter().filter(|(row, _)| names[*row].is_none());
            if unnamed.count() == 1 {
                group.iter().map(|(_, text)| Some(text.clone())).collect()
            } else {
                Vec::new()
            }
        });
    }

    /// Names two rows of which one acts on one thing and the other on several.
    fn by_number(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<String>) {
        self.settle(candidate, |parts, group| {
            let several = |(row, _): &&(usize, String)| parts[*row].wording.changes_several();
            if group.len() != 2 || group.iter().filter(several).count() != 1 {
                return Vec::new();
            }
            let name = |entry: &(usize, String)| {
                let (row, text) = entry;
                let several = parts[*row].wording.changes_several() && !text.ends_with(BATCHES);
                Some(text.clone() + if several { BATCHES } else { "" })
            };
            group.iter().map(name).collect()
        });
    }

    /// Names the rows that share a candidate and have different API versions, by candidate and version.
    fn by_version(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<String>) {
        self.settle(candidate, |parts, group| {
            let version = |(row, text): &(usize, String)| {
                let version = parts[*row].version(parts)?;
                Some(text.clone() + &version)
            };
            let versions: BTreeSet<_> = group
                .iter()
                .filter_map(|(row, _)| parts[*row].version(parts))
                .collect();
            if group.len() > 1 && versions.len() == group.len() {
                group.iter().map(version).collect()
            } else {
                Vec::new()
            }
        });
    }

    /// Groups the rows by candidate, and names the unnamed rows of a group by what `names` makes from the
    /// group.
    fn settle(
        &mut self,
        mut candidate: impl FnMut(&Parts<'a>) -> Option<String>,
        names: impl Fn(&[Parts<'a>], &[(usize, String)]) -> Vec<Option<String>>,
    ) {
        if self.names.iter().all(Option::is_some) {
            return;
        }
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (row, parts) in self.parts.iter().enumerate() {
            if let Some(text) = candidate(parts) {
                groups.entry(key(&text)).or_default().push((row, text));
            }
        }
        for group in groups.into_values() {
            for ((row, _), name) in group.iter().zip(names(self.parts, &group)) {
                if self.names[*row].is_none()
                    && let Some(name) = name.map(Name::from)
                    && is_identifier(&name.text)
                    && self.taken.insert(name.key)
                {
                    self.names[*row] = Some(name.text);
                }
            }
        }
    }
}

impl Parts<'_> {
    fn short(&self) -> Option<String> {
        self.wording.short().filter(|name| name.len() <= LONGEST)
    }

    fn full(&self) -> Option<String> {
        self.wording.full().filter(|name| name.len() <= LONGEST)
    }

    fn literal(&self) -> Option<String> {
        self.wording.literal().filter(|name| name.len() <= LONGEST)
    }

    fn with_page(&self, name: Option<String>) -> Option<String> {
        let words = self.stem.split(|c: char| !c.is_ascii_alphanumeric());
        let page: String = words.map(capitalised).collect();
        Some(name? + &page)
    }

    fn action(&self) -> Option<String> {
        path::of_action(&self.subject.actions.first()?.action)
    }

    /// The version of the first route. A row without a version has the version that all routes of its page
    /// share.
    fn version(&self, all: &[Parts<'_>]) -> Option<String> {
        if let Some(route) = self.subject.endpoints.first() {
            return path::version(&route.path);
        }
        let on_page = all.iter().filter(|other| other.stem == self.stem);
        let routes = on_page.flat_map(|other| other.subject.endpoints);
        let mut versions: BTreeSet<_> = routes.map(|route| path::version(&route.path)).collect();
        let only = versions.pop_first().flatten();
        only.filter(|_| versions.is_empty())
    }
}

#[cfg(test)]
mod tests;
