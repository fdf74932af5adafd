//! Sets of actions. A catalogue says which actions a pattern means, and which patterns can replace a set
//! of actions.
//! This module must never make a pattern that grants more than was requested.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;
use core::fmt;

use crate::{Catalogue, Permission};

/// A set of actions, in the order in which IAM compares them.
///
/// ```
/// use permspec_runtime::{Permission, PermissionSet};
///
/// let universe: PermissionSet =
///     ["ims:images:get", "ims:images:list", "ims:images:share", "ims:quotas:get", "ims:quotas:list"]
///         .into_iter().map(Permission::new).collect();
/// let reads = universe.expand([&Permission::new("ims:*:get"), &Permission::new("ims:*:list")]);
/// assert_eq!(reads.len(), 4);
///
/// // Shorter, and still the same four actions:
/// let short = reads.compact(&universe, &[]);
/// assert_eq!(short.to_string(), "ims:images:get, ims:images:list, ims:quotas:*");
/// assert_eq!(universe.expand(short.iter()), reads);
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermissionSet(BTreeSet<Permission>);

impl PermissionSet {
    /// Makes an empty set.
    pub const fn new() -> PermissionSet {
        PermissionSet(BTreeSet::new())
    }

    /// Every action that the operations of a catalogue need or depend on, without patterns. Use it as the
    /// universe in which [`expand`](PermissionSet::expand) expands patterns. IAM may know more actions
    /// than the documentation names.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Permission, PermissionSet};
    ///
    /// /// The actions that a policy with this pattern would allow.
    /// fn meant(catalogue: &Catalogue, pattern: &Permission) -> PermissionSet {
    ///     PermissionSet::of(catalogue).expand([pattern])
    /// }
    /// ```
    pub fn of(catalogue: &Catalogue) -> PermissionSet {
        let documented = PermissionSet::documented(catalogue).into_iter();
        documented.filter(|action| !action.is_pattern()).collect()
    }

    /// The same as [`of`](PermissionSet::of), with the patterns that some tables contain instead of
    /// actions (`cce:kubernetes:*`). [`policy::check`](crate::policy::check) treats these actions and
    /// patterns as known.
    pub fn documented(catalogue: &Catalogue) -> PermissionSet {
        let named = catalogue
            .specs()
            .flat_map(|spec| spec.permissions.iter().chain(spec.dependencies));
        named
            .map(|requirement| requirement.permission.clone())
            .collect()
    }

    /// Adds an action. If the set already contains another spelling of it, that spelling stays.
    pub fn insert(&mut self, action: Permission) {
        // `BTreeSet::insert` keeps the element that is already in the set.
        self.0.insert(action);
    }

    /// Whether the set contains `action`, as IAM compares actions. Patterns are not expanded.
    pub fn contains(&self, action: &Permission) -> bool {
        self.0.contains(action)
    }

    /// The actions in order.
    pub fn iter(&self) -> impl Iterator<Item = &Permission> + Clone {
        self.0.iter()
    }

    /// The number of actions.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The actions of both sets.
    ///
    /// ```
    /// use permspec_runtime::{Permission, PermissionSet};
    ///
    /// let set = |action| -> PermissionSet { [Permission::new(action)].into_iter().collect() };
    /// let both = set("ims:images:get").union(set("ims:images:Get"));
    /// assert_eq!(both.len(), 1, "IAM takes both for the same action");
    /// assert!(both.contains(&Permission::new("ims:IMAGES:get")));
    /// ```
    #[must_use]
    pub fn union(mut self, other: PermissionSet) -> PermissionSet {
        self.extend(other);
        self
    }

    /// The actions of this set that one of `patterns` means. The [set itself](PermissionSet) has an
    /// example.
    #[must_use]
    pub fn expand<'p>(&self, patterns: impl IntoIterator<Item = &'p Permission>) -> PermissionSet {
        let all: Vec<&Permission> = patterns.into_iter().collect();
        let covered = |action: &&Permission| all.iter().any(|pattern| pattern.covers(action));
        self.iter().filter(covered).cloned().collect()
    }

    /// Makes a shorter set that means the same actions of `universe`.
    ///
    /// It uses `service:*:*` if the set contains all actions of a service, otherwise
    /// `service:resource:*`, otherwise `service:resource:verb*` with the first word of the operation, and
    /// otherwise the action itself.
    ///
    /// A pattern replaces two or more actions, and the set contains all of them. A pattern is not made if
    /// it could mean an action that begins with one of `reserved`, even if the universe does not contain
    /// such an action. A pattern may still mean actions that IAM knows and `universe` does not contain.
    /// If that is too much, keep the original set. Patterns of the set, and actions that the universe
    /// does not contain, stay.
    ///
    /// ```
    /// use permspec_runtime::{Permission, PermissionSet};
    ///
    /// let set = |actions: &[&'static str]| -> PermissionSet {
    ///     actions.iter().copied().map(Permission::new).collect()
    /// };
    /// let universe = set(&["vpc:ports:get", "vpc:ports:getTags", "vpc:ports:list", "vpc:ports:delete"]);
    /// let reads = set(&["vpc:ports:get", "vpc:ports:getTags", "vpc:ports:list"]);
    /// assert_eq!(reads.compact(&universe, &[]).to_string(), "vpc:ports:get*, vpc:ports:list");
    /// // No pattern that could mean a reserved action:
    /// assert_eq!(reads.compact(&universe, &["vpc:ports:getS"]), reads);
    /// ```
    #[must_use]
    pub fn compact(&self, universe: &PermissionSet, reserved: &[&str]) -> PermissionSet {
        let is_known = |action: &Permission| universe.contains(action) && !action.is_pattern();
        let (mut left, stay): (Vec<&Permission>, Vec<&Permission>) =
            self.iter().partition(|action| is_known(action));
        let mut short: PermissionSet = stay.into_iter().cloned().collect();
        for widen in [service_wide, resource_wide, verb_wide] {
            let mut groups: BTreeMap<Permission, usize> = BTreeMap::new();
            for pattern in left.iter().filter_map(|action| widen(action)) {
                *groups.entry(pattern).or_default() += 1;
            }
            for (pattern, count) in groups {
                let mut meant = universe.iter().filter(|action| pattern.covers(action));
                let grants_no_more = meant.all(|action| self.contains(action));
                let is_free = !reserved
                    .iter()
                    .any(|prefix| may_begin_with(&pattern, prefix));
                if count > 1 && grants_no_more && is_free {
                    left.retain(|action| !pattern.covers(action));
                    short.insert(pattern);
                }
            }
        }
        short.extend(left.into_iter().cloned());
        short
    }
}

fn service_wide(action: &Permission) -> Option<Permission> {
    three_parts(action).then(|| format!("{}:*:*", action.service()).into())
}

fn resource_wide(action: &Permission) -> Option<Permission> {
    three_parts(action).then(|| format!("{}:{}:*", action.service(), action.resource()).into())
}

/// The pattern with the first word of the operation: `list*` of `listTags`.
fn verb_wide(action: &Permission) -> Option<Permission> {
    let operation = action.operation();
    let first = operation
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(operation.len());
    let wide = || {
        format!(
            "{}:{}:{}*",
            action.service(),
            action.resource(),
            &operation[..first]
        )
        .into()
    };
    (three_parts(action) && first > 0).then(wide)
}

/// Only such actions are replaced by patterns, because the documentation does not say what other ones
/// mean.
fn three_parts(action: &Permission) -> bool {
    !action.service().is_empty() && !action.resource().is_empty() && !action.operation().is_empty()
}

/// Whether `pattern` could mean an action that begins with `prefix`, in any case of letters.
fn may_begin_with(pattern: &Permission, prefix: &str) -> bool {
    let (pattern, prefix) = (pattern.as_str().as_bytes(), prefix.as_bytes());
    let literal = pattern
        .iter()
        .position(|letter| *letter == b'*')
        .unwrap_or(pattern.len());
    let common = literal.min(prefix.len());
    pattern[..common].eq_ignore_ascii_case(&prefix[..common])
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(actions: I) -> PermissionSet {
        let mut set = PermissionSet::new();
        set.extend(actions);
        set
    }
}

impl Extend<Permission> for PermissionSet {
    fn extend<I: IntoIterator<Item = Permission>>(&mut self, actions: I) {
        actions.into_iter().for_each(|action| self.insert(action));
    }
}

impl IntoIterator for PermissionSet {
    type Item = Permission;
    type IntoIter = alloc::collections::btree_set::IntoIter<Permission>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s> IntoIterator for &'s PermissionSet {
    type Item = &'s Permission;
    type IntoIter = alloc::collections::btree_set::Iter<'s, Permission>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Writes the actions with commas between them.
impl fmt::Display for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions: Vec<&str> = self.iter().map(Permission::as_str).collect();
        f.write_str(&actions.join(", "))
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    fn set(actions: &[&'static str]) -> PermissionSet {
        actions.iter().copied().map(Permission::new).collect()
    }

    const ALL: [&str; 7] = [
        "ims:images:get",
        "ims:images:getTags",
        "ims:images:list",
        "ims:quotas:get",
        "vpc:ports:get",
        "vpc:ports:list",
        "vpc:routes:get",
    ];

    #[test]
    fn the_widest_pattern_that_grants_no_more_is_taken() {
        let universe = set(&ALL);
        for (asked, expected) in [
            (&ALL[..4], "ims:*:*"),
            (&ALL[..3], "ims:images:*"),
            (&ALL[..2], "ims:images:get*"),
            (&ALL[4..6], "vpc:ports:*"),
            (&ALL[5..7], "vpc:ports:list, vpc:routes:get"),
            (&ALL[..1], "ims:images:get"),
        ] {
            assert_eq!(set(asked).compact(&universe, &[]).to_string(), expected);
        }
    }

    #[test]
    fn what_could_be_reserved_is_listed_in_full() {
        let universe = set(&ALL);
        for reserved in [
            "ims:",
            "ims:images:get",
            "ims:images:delete",
            "IMS:images:d",
        ] {
            let short = set(&ALL[..4]).compact(&universe, &[reserved]);
            assert!(
                !short.contains(&Permission::new("ims:*:*")),
                "{reserved}: {short}"
            );
            assert!(
                !short.contains(&Permission::new("ims:images:*")),
                "{reserved}: {short}"
            );
        }
        assert_eq!(
            set(&ALL[..4]).compact(&universe, &["vpc:"]).to_string(),
            "ims:*:*"
        );
    }

    #[test]
    fn what_the_universe_does_not_know_is_never_widened() {
        let unknown = set(&["cce:cluster:get", "cce:cluster:list", "ims:quotas:get"]);
        let short = unknown.compact(&set(&ALL), &[]);
        assert_eq!(short, unknown);
    }

    #[test]
    fn two_spellings_are_one_action_and_the_first_stays() {
        assert_eq!(set(&["a:b:Get", "a:B:get"]).to_string(), "a:b:Get");
    }
}
