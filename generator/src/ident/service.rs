//! Short names of services: each is a folder, a file, a module and a feature. One rule holds for all of them,
//! wherever a name was read. This module must never change a name.

use std::collections::BTreeMap;

use super::value_ident;

/// The longest short name, in characters.
const LONGEST: usize = 80;

/// What a person should do about an unusable name.
pub(crate) const OF_A_SERVICE: &str = "a service is a folder, a module and a feature of its own: ASCII letters, digits, `-`, `_` and `.`";

/// The names that a generated crate has besides its services: features, files of `src/`, its dependency.
#[cfg(any(feature = "config", test))]
const OF_THE_CRATE: [(&str, &str); 6] = [
    ("all", "the feature that enables every service"),
    ("catalogue", "the file `src/catalogue.rs`"),
    ("default", "the features that are on by default"),
    ("lib", "the file `src/lib.rs`"),
    ("main", "the file `src/main.rs`, which makes a program"),
    ("permspec-runtime", "the dependency of the crate"),
];

/// Whether a text can be the short name of a service: ASCII letters, digits, `-`, `_` and `.`, a letter
/// or digit first and last.
///
/// ```
/// use permspec::ident::is_service;
///
/// assert!(is_service("ims") && is_service("my-svc") && is_service("2fa"));
/// assert!(!is_service("") && !is_service("a/b") && !is_service("..") && !is_service("x."));
/// ```
pub fn is_service(name: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    name.len() <= LONGEST
        && is_end(name.chars().next())
        && is_end(name.chars().next_back())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// What already has this name in a generated crate.
#[cfg(any(feature = "config", test))]
pub(crate) fn of_the_crate(name: &str) -> Option<&'static str> {
    let ident = value_ident(name);
    let own = |(own, _): &&(&str, &str)| value_ident(own) == ident;
    OF_THE_CRATE.iter().find(own).map(|(_, what)| *what)
}

/// Each name that would share its module with an earlier name, or its file on a system that ignores letter
/// case. The earlier name is given too.
pub(crate) fn twins<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<(&'n str, &'n str)> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut twins = Vec::new();
    for name in names {
        let keys = [value_ident(name), name.to_ascii_lowercase()];
        let earlier = keys.iter().find_map(|key| taken.get(key)).copied();
        if let Some(earlier) = earlier {
            twins.push((name, earlier));
        }
        for key in keys {
            taken.entry(key).or_insert(name);
        }
    }
    twins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_folder_or_no_feature_is_no_service() {
        for name in [
            "", ".", "..", "a/b", "../x", "/x", "a\\b", "a:b", "-a", "a-", "_", "a b", "\u{e4}",
            "C:", "a\n", ".x",
        ] {
            assert!(!is_service(name), "{name:?}");
        }
        assert!(!is_service(&"a".repeat(LONGEST + 1)));
        for name in ["ims", "as", "a.b", "Demo", "gen", "type", "my_svc"] {
            assert!(is_service(name), "{name:?}");
        }
    }

    #[test]
    fn names_that_become_one_module_or_one_file_are_twins() {
        let names = ["Demo", "MySvc", "demo", "ims", "my-svc", "my_svc", "mysvc"];
        let twins: Vec<_> = twins(names).into_iter().map(|(name, _)| name).collect();
        assert_eq!(twins, ["demo", "my-svc", "my_svc", "mysvc"]);
        assert_eq!(of_the_crate("Lib"), Some("the file `src/lib.rs`"));
        assert_eq!(of_the_crate("library"), None);
    }
}
