//! Which name an operation gets that has none yet. One rule for all services:
//!
//! 1. the title's name, where the title is a phrase, its name has at most [`LONGEST`] characters or is
//!    shorter than the name of the path, and no other operation of the service has it;
//! 2. where operations share it and each is of another API version, the title's name and the
//!    version: `ListPoolsV2`, `ListPoolsV3`;
//! 3. else the name of method and path: `GetServersDetail`; and of the version, where only that
//!    tells two of them apart;
//! 4. else the title's name, at any length, where the others that share it are named by now;
//! 5. else the title's verb and the path: `BatchAddCloudvolumeTags`;
//! 6. else the title's name with the version, or with the page's;
//! 7. else, where there is no title, the name of its first action: `PublishApis`.
//!
//! A name is decided by what operations say of themselves; this module must never count.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::{is_identifier, snake_case};
use super::{path, title};
use crate::extract::Row;

/// The longest name that a title may give, in characters: what a person types without completion.
pub const LONGEST: usize = 40;

/// A name that a row may get.
#[derive(Clone)]
struct Name {
    text: String,
    /// The name in snake case: what no two operations of a service may share.
    key: String,
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Name {
            key: snake_case(&text),
            text,
        }
    }
}

/// What a name can be made of. Most rows are named by their titles, so the rest is made on demand.
struct Parts<'a> {
    row: &'a Row,
    /// The name of the row's page.
    stem: &'a str,
    /// The title's name, whatever its length.
    title: Option<Name>,
    /// Whether the title is a phrase, and its name short enough.
    phrase: bool,
    path: Option<Name>,
}

/// Names for the rows whose `given` name is `None`. The given names and those of `others` are taken.
pub(super) fn choose(
    rows: &[(&Row, &str)],
    given: Vec<Option<String>>,
    others: &BTreeSet<String>,
) -> Vec<Option<String>> {
    if given.iter().all(Option::is_some) {
        return given;
    }
    let parts: Vec<Parts<'_>> = rows
        .iter()
        .map(|(row, stem)| Parts::of(row, stem))
        .collect();
    let taken = given.iter().flatten().chain(others);
    let mut chooser = Chooser {
        parts: &parts,
        taken: taken.map(|name| snake_case(name)).collect(),
        names: given,
    };
    chooser.unique(Parts::short_title);
    chooser.by_version(Parts::short_title);
    chooser.unique(|parts| parts.path.clone());
    chooser.by_version(|parts| parts.path.clone());
    chooser.last_of_its_kind(|parts| parts.title.clone());
    chooser.unique(Parts::verb_and_path);
    chooser.by_version(|parts| parts.title.clone());
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    chooser.unique(|parts| {
        let page = pages.entry(parts.stem).or_insert_with(|| parts.page());
        Some((parts.title.as_ref()?.text.clone() + page).into())
    });
    chooser.unique(Parts::action);
    chooser.names
}

struct Chooser<'a> {
    parts: &'a [Parts<'a>],
    names: Vec<Option<String>>,
    /// The keys of all names that somebody has.
    taken: BTreeSet<String>,
}

impl<'a> Chooser<'a> {
    /// Names the rows whose candidate no other row makes, named or not: a name that would fit two
    /// operations fits none.
    fn unique(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<Name>) {
        let alone = |_: &[Option<String>], group: &[usize]| group.len() == 1;
        self.settle(candidate, alone, |_| Some(String::new()));
    }

    /// Names the rows whose candidate only rows with a name make besides them.
    fn last_of_its_kind(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<Name>) {
        let last = |names: &[Option<String>], group: &[usize]| {
            group.iter().filter(|&&row| names[row].is_none()).count() == 1
        };
        self.settle(candidate, last, |_| Some(String::new()));
    }

    /// Names the rows that share a candidate, and are each of another API version, by both.
    fn by_version(&mut self, candidate: impl FnMut(&Parts<'a>) -> Option<Name>) {
        let parts = self.parts;
        let differ = |_: &[Option<String>], group: &[usize]| {
            let versions = || group.iter().filter_map(|&row| parts[row].version(parts));
            group.len() > 1 && versions().collect::<BTreeSet<_>>().len() == group.len()
        };
        self.settle(candidate, differ, |row| row.version(parts));
    }

    /// Groups the rows by candidate, and where a group `fits`, names its rows that have none.
    fn settle(
        &mut self,
        mut candidate: impl FnMut(&Parts<'a>) -> Option<Name>,
        fits: impl Fn(&[Option<String>], &[usize]) -> bool,
        suffix: impl Fn(&Parts<'a>) -> Option<String>,
    ) {
        if self.names.iter().all(Option::is_some) {
            return;
        }
        let mut groups: BTreeMap<String, (Vec<usize>, Vec<String>)> = BTreeMap::new();
        for (row, parts) in self.parts.iter().enumerate() {
            if let Some(Name { key, text }) = candidate(parts) {
                let (rows, texts) = groups.entry(key).or_default();
                rows.push(row);
                texts.push(text);
            }
        }
        for (rows, texts) in groups.into_values() {
            if !fits(&self.names, &rows) {
                continue;
            }
            for (row, text) in rows.into_iter().zip(texts) {
                if self.names[row].is_none()
                    && let Some(suffix) = suffix(&self.parts[row])
                {
                    let name = Name::from(text + &suffix);
                    if is_identifier(&name.text) && self.taken.insert(name.key) {
                        self.names[row] = Some(name.text);
                    }
                }
            }
        }
    }
}

impl<'a> Parts<'a> {
    fn of(row: &'a Row, stem: &'a str) -> Self {
        let title = title::identifier(&row.title).map(Name::from);
        let path = row.routes.first().and_then(path::identifier);
        let path = path.map(Name::from);
        Parts {
            row,
            stem,
            phrase: title.as_ref().is_some_and(|name| {
                let length = name.text.len();
                length <= LONGEST || path.as_ref().is_some_and(|path| length <= path.text.len())
            }) && !row.title.trim_end_matches('.').contains(". "),
            title,
            path,
        }
    }

    fn short_title(&self) -> Option<Name> {
        self.title.clone().filter(|_| self.phrase)
    }

    fn verb_and_path(&self) -> Option<Name> {
        let addressed = path::addressed(&self.row.routes.first()?.path)?;
        // A path that ends in `action` says that the verb is elsewhere: in the title.
        let addressed = addressed.strip_suffix("Action").unwrap_or(&addressed);
        Some((title::verbs(&self.row.title)? + addressed).into())
    }

    fn page(&self) -> String {
        title::identifier(&self.stem.replace(['_', '.'], " ")).unwrap_or_default()
    }

    fn action(&self) -> Option<Name> {
        path::of_action(&self.row.actions.first()?.action).map(Name::from)
    }

    /// The version of the first route; a row without one has the version that all routes of its page
    /// share.
    fn version(&self, all: &[Parts<'_>]) -> Option<String> {
        if let Some(route) = self.row.routes.first() {
            return path::version(&route.path);
        }
        let on_page = all.iter().filter(|other| other.stem == self.stem);
        let routes = on_page.flat_map(|other| &other.row.routes);
        let mut versions: BTreeSet<_> = routes.map(|route| path::version(&route.path)).collect();
        let only = versions.pop_first().flatten();
        only.filter(|_| versions.is_empty())
    }
}

#[cfg(test)]
mod tests;
