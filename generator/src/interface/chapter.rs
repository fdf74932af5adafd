//! What tells two pages of one title apart: the chapters that they are in. A withdrawn copy of a page is in a chapter
//! of its own, and so is the native form of a call.

use std::collections::BTreeMap;

use super::Described;
use crate::model::is_version;
use crate::model::reference::ReferencePage;
use crate::words::may_say_withdrawn;

/// Words of chapters that tell nothing. Neither do those that say that a chapter is withdrawn.
const PLAIN: [&str; 16] = [
    "an",
    "and",
    "api",
    "apis",
    "be",
    "for",
    "managing",
    "management",
    "native",
    "of",
    "openstack",
    "recommended",
    "reference",
    "source",
    "the",
    "to",
];

/// For each page the words of its chapter that a page of the same title in another chapter does not have; empty if
/// there are none.
pub(super) fn words(pages: &[Described]) -> Vec<String> {
    let mut titled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, described) in pages.iter().enumerate() {
        let title = described.page.title.to_lowercase();
        titled.entry(title).or_default().push(at);
    }
    let mut words = vec![String::new(); pages.len()];
    for group in titled.values().filter(|group| group.len() > 1) {
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, told) in tell(pages, group) {
            alike.entry(told).or_default().push(at);
        }
        // Two chapters that one word tells from a third are told from each other by more.
        for (told, group) in alike {
            for (at, more) in tell(pages, &group) {
                words[at] = [told.as_str(), &more].join("_");
            }
        }
    }
    words
}

/// The words of each page of a group from the first folder on in which not all of them are the same.
fn tell(pages: &[Described], group: &[usize]) -> Vec<(usize, String)> {
    let paths = group
        .iter()
        .map(|at| folders(&pages[*at].page.page).collect());
    let depth = apart(&paths.collect::<Vec<Vec<&str>>>());
    let words =
        |at: usize| depth.map_or_else(String::new, |depth| of_folders(&pages[at].page, depth));
    group.iter().map(|at| (*at, words(*at))).collect()
}

/// The first folder in which paths differ.
fn apart(paths: &[Vec<&str>]) -> Option<usize> {
    let (first, others) = paths.split_first()?;
    let differs = |at: &usize| others.iter().any(|other| other.get(*at) != first.get(*at));
    let deepest = paths.iter().map(Vec::len).max()?;
    (0..deepest).find(differs)
}

fn folders(path: &str) -> impl Iterator<Item = &str> {
    let end = path.rfind('/').unwrap_or(0);
    path[..end].split('/')
}

/// The words of the first folder from `depth` on that has any: those that the title does not have either. A page that
/// is withdrawn, and whose folder at `depth` says nothing more, is told by that.
fn of_folders(page: &ReferencePage, depth: usize) -> String {
    let title = page.title.to_lowercase();
    let titled: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    for folder in folders(&page.page).skip(depth) {
        let all = || folder.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        let is_plain = |word: &str| {
            word.is_empty()
                || PLAIN.contains(&word)
                || may_say_withdrawn(word)
                || titled.contains(&word)
        };
        let told = |of_version: bool| {
            let words = all().filter(|word| !is_plain(word) && is_version(word) == of_version);
            words.collect::<Vec<_>>().join("_")
        };
        for words in [told(false), told(true)] {
            if !words.is_empty() {
                return words;
            }
        }
        if page.deprecated {
            return "deprecated".to_owned();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, deprecated: bool) -> ReferencePage {
        ReferencePage {
            service: "eip".into(),
            page: path.into(),
            line: 5,
            title: "Querying a Floating IP Address".into(),
            original_name: None,
            description: None,
            deprecated,
            endpoints: Vec::new(),
            parameters: Vec::new(),
            request: None,
            responses: Vec::new(),
            examples: Vec::new(),
            schemas: Vec::new(),
        }
    }

    #[test]
    fn a_chapter_is_told_by_the_words_that_say_more_than_that_it_is_one() {
        for (path, deprecated, words) in [
            ("apis_recommended/querying.rst", false, ""),
            (
                "apis_unavailable_soon/addresses/querying.rst",
                true,
                "deprecated",
            ),
            (
                "openstack_trove_api_v1.0_to_be_discarded/querying.rst",
                true,
                "trove",
            ),
            ("api_v2/querying.rst", true, "v2"),
            (
                "native_openstack_nova_v2.1_apis/querying.rst",
                false,
                "nova",
            ),
            ("apis/floating_ip_address_ipv6/querying.rst", false, "ipv6"),
        ] {
            assert_eq!(of_folders(&page(path, deprecated), 0), words, "{path}");
        }
    }

    #[test]
    fn two_paths_differ_in_the_first_folder_that_is_not_the_same() {
        let apart = |paths: &[&str]| {
            let paths: Vec<Vec<&str>> = paths.iter().map(|path| folders(path).collect()).collect();
            apart(&paths)
        };
        assert_eq!(
            apart(&["a/api_v1/x/page.rst", "a/api_v2/x/page.rst"]),
            Some(1)
        );
        assert_eq!(apart(&["a/x/page.rst", "a/x/other.rst"]), None);
        assert_eq!(apart(&["a/page.rst", "a/x/page.rst"]), Some(1));
        assert_eq!(apart(&["a/x/page.rst"]), None);
    }
}
