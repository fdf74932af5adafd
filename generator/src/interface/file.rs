//! The files of interfaces: `spec/<service>/reference/<page>.json`. A file keeps its name as long as the model has
//! its page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::earlier::Earlier;
use super::{Described, Known};
use crate::load::INTERFACES;

/// The file of each page: named like the page, and with as many of its folders as it takes to differ from others.
pub(super) fn paths(
    known: &Known<'_>,
    pages: &[Described],
    earlier: &[Option<Earlier<'_>>],
) -> Vec<PathBuf> {
    let mut paths: Vec<Option<PathBuf>> = earlier
        .iter()
        .map(|earlier| earlier.as_ref().map(|Earlier(file)| file.path.clone()))
        .collect();
    let mut taken: BTreeSet<PathBuf> = paths.iter().flatten().cloned().collect();
    let folder = known.folder.join(INTERFACES);
    let mut depth = 0;
    while paths.iter().any(Option::is_none) {
        let mut wanted: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
        for at in (0..pages.len()).filter(|at| paths[*at].is_none()) {
            let name = name(&pages[at].page.page, depth);
            wanted.entry(folder.join(name)).or_default().push(at);
        }
        for (path, at) in wanted {
            if let [at] = at.as_slice()
                && taken.insert(path.clone())
            {
                paths[*at] = Some(path);
            }
        }
        depth += 1;
    }
    paths.into_iter().flatten().collect()
}

/// The page's name after the names of its `depth` nearest folders; after its whole path and a number, if even that
/// is taken.
fn name(path: &str, depth: usize) -> String {
    let path = path.strip_suffix(".rst").unwrap_or(path);
    let parts: Vec<&str> = path.rsplit('/').take(depth + 1).collect();
    let mut name = parts.iter().rev().copied().collect::<Vec<_>>().join("_");
    if depth > path.split('/').count() {
        name = format!("{name}_{depth}");
    }
    name + ".json"
}
