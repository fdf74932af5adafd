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

use super::ident::snake_case;
use super::{path, title};
use crate::extract::Row;

/// The longest name that a title may give, in characters: what a person types without completion.
pub const LONGEST: usize = 40;

/// What a name can be made of.
struct Parts {
    /// The title's name, whatever its length.
    title: Option<String>,
    /// Whether the title is a phrase, and its name short enough.
    phrase: bool,
    path: Option<String>,
    verb_and_path: Option<String>,
    action: Option<String>,
    version: Option<String>,
    page: String,
}

/// Names for the rows whose `given` name is `None`. The given names and those of `others` are taken.
pub(super) fn choose(
    rows: &[(&Row, &str)],
    given: Vec<Option<String>>,
    others: &BTreeSet<String>,
) -> Vec<Option<String>> {
    let parts: Vec<Parts> = rows
        .iter()
        .map(|(row, stem)| Parts::of(row, stem, rows))
        .collect();
    let mut chooser = Chooser {
        parts: &parts,
        names: given,
        others,
    };
    chooser.unique(Parts::short_title);
    chooser.by_version(Parts::short_title);
    chooser.unique(|parts| parts.path.clone());
    chooser.by_version(|parts| parts.path.clone());
    chooser.last_of_its_kind(|parts| parts.title.clone());
    chooser.unique(|parts| parts.verb_and_path.clone());
    chooser.by_version(|parts| parts.title.clone());
    chooser.unique(|parts| Some(format!("{}{}", parts.title.as_deref()?, parts.page)));
    chooser.unique(|parts| parts.action.clone());
    chooser.names
}

struct Chooser<'a> {
    parts: &'a [Parts],
    names: Vec<Option<String>>,
    others: &'a BTreeSet<String>,
}

impl Chooser<'_> {
    /// Names the rows whose candidate no other row makes, named or not: a name that would fit two
    /// operations fits none.
    fn unique(&mut self, candidate: impl Fn(&Parts) -> Option<String>) {
        self.settle(
            &candidate,
            |_, group| group.len() == 1,
            |_| Some(String::new()),
        );
    }

    /// Names the rows whose candidate only rows with a name make besides them.
    fn last_of_its_kind(&mut self, candidate: impl Fn(&Parts) -> Option<String>) {
        let last = |names: &[Option<String>], group: &[usize]| {
            group.iter().filter(|&&row| names[row].is_none()).count() == 1
        };
        self.settle(&candidate, last, |_| Some(String::new()));
    }

    /// Names the rows that share a candidate, and are each of another API version, by both.
    fn by_version(&mut self, candidate: impl Fn(&Parts) -> Option<String>) {
        let parts = self.parts;
        let differ = |_: &[Option<String>], group: &[usize]| {
            let versions: BTreeSet<&str> = group
                .iter()
                .filter_map(|&row| parts[row].version.as_deref())
                .collect();
            group.len() > 1 && versions.len() == group.len()
        };
        self.settle(&candidate, differ, |parts| parts.version.clone());
    }

    /// Groups the rows by candidate, and where a group `fits`, names its rows that have none.
    fn settle(
        &mut self,
        candidate: &dyn Fn(&Parts) -> Option<String>,
        fits: impl Fn(&[Option<String>], &[usize]) -> bool,
        suffix: impl Fn(&Parts) -> Option<String>,
    ) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, parts) in self.parts.iter().enumerate() {
            if let Some(name) = candidate(parts) {
                groups.entry(snake_case(&name)).or_default().push(index);
            }
        }
        let taken = self.names.iter().flatten().chain(self.others);
        let mut taken: BTreeSet<String> = taken.map(|name| snake_case(name)).collect();
        for group in groups
            .values()
            .filter(|group| fits(&self.names, group))
            .cloned()
            .collect::<Vec<_>>()
        {
            for row in group {
                let parts = &self.parts[row];
                let name = candidate(parts)
                    .zip(suffix(parts))
                    .map(|(name, suffix)| name + &suffix);
                if let Some(name) = name.filter(|_| self.names[row].is_none())
                    && taken.insert(snake_case(&name))
                {
                    self.names[row] = Some(name);
                }
            }
        }
    }
}

impl Parts {
    fn of(row: &Row, stem: &str, rows: &[(&Row, &str)]) -> Self {
        let title = title::identifier(&row.title);
        let path = row.routes.first().and_then(path::identifier);
        Parts {
            phrase: title.as_ref().is_some_and(|name| {
                name.len() <= LONGEST || path.as_ref().is_some_and(|path| name.len() <= path.len())
            }) && !row.title.trim_end_matches('.').contains(". "),
            title,
            path,
            verb_and_path: verb_and_path(row),
            action: row
                .actions
                .first()
                .and_then(|needed| path::of_action(&needed.action)),
            version: version(row, stem, rows),
            page: title::identifier(&stem.replace(['_', '.'], " ")).unwrap_or_default(),
        }
    }

    fn short_title(&self) -> Option<String> {
        self.title.clone().filter(|_| self.phrase)
    }
}

fn verb_and_path(row: &Row) -> Option<String> {
    let addressed = path::addressed(&row.routes.first()?.path)?;
    // A path that ends in `action` says that the verb is elsewhere: in the title.
    let addressed = addressed.strip_suffix("Action").unwrap_or(&addressed);
    Some(title::verbs(&row.title)? + addressed)
}

/// The version of a row's first route; a row without one has the version that all routes of its
/// page share.
fn version(row: &Row, stem: &str, rows: &[(&Row, &str)]) -> Option<String> {
    if let Some(route) = row.routes.first() {
        return path::version(&route.path);
    }
    let on_page = rows
        .iter()
        .filter(|(_, other)| *other == stem)
        .flat_map(|(row, _)| &row.routes);
    let mut versions: BTreeSet<_> = on_page.map(|route| path::version(&route.path)).collect();
    let only = versions.pop_first().flatten();
    only.filter(|_| versions.is_empty())
}

#[cfg(test)]
mod tests;
