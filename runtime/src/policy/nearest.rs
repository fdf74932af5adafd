//! The known action that an unknown action was probably meant to be.
//! This module must never suggest an action that is not similar, because a wrong suggestion is worse than
//! none.

use alloc::vec::Vec;

use crate::{Permission, PermissionSet};

/// The action of `known` that differs least from `action`. Each part may differ by up to a third of its
/// letters.
pub(super) fn nearest<'s>(action: &Permission, known: &'s PermissionSet) -> Option<&'s Permission> {
    let close = known
        .iter()
        .filter_map(|known| Some((difference(action, known)?, known)));
    let nearest = close.min_by_key(|(difference, _)| *difference);
    nearest.map(|(_, known)| known)
}

/// The number of letters by which two actions differ. `None` if it is too large for a misprint.
fn difference(a: &Permission, b: &Permission) -> Option<usize> {
    let parts = [
        (a.service(), b.service()),
        (a.resource(), b.resource()),
        (a.operation(), b.operation()),
    ];
    parts.into_iter().try_fold(0, |sum, (a, b)| {
        let limit = (a.chars().count() / 3).max(1);
        let apart = a.chars().count().abs_diff(b.chars().count());
        // The cheapest comparison comes first, because most known actions belong to another service.
        if apart > limit {
            return None;
        }
        let distance = distance(&a.to_ascii_lowercase(), &b.to_ascii_lowercase());
        (distance <= limit).then_some(sum + distance)
    })
}

/// The number of letters that must be inserted, removed, changed, or swapped with the next one: the
/// "optimal string alignment" distance.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, other) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(letter != other))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = core::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misprint_is_recognised_and_another_action_is_not() {
        let known: PermissionSet = [
            "vpc:ports:get",
            "vpc:ports:update",
            "apig:apis:listBindedThrottles",
        ]
        .map(Permission::new)
        .into_iter()
        .collect();
        let nearest = |action| nearest(&Permission::new(action), &known).map(Permission::as_str);
        assert_eq!(nearest("vpc:ports:ge"), Some("vpc:ports:get"));
        assert_eq!(nearest("vpc:ports:gte"), Some("vpc:ports:get"));
        assert_eq!(
            nearest("apig:apis:listBindedTrottles"),
            Some("apig:apis:listBindedThrottles")
        );
        assert_eq!(nearest("VPC:port:Get"), Some("vpc:ports:get"));
        // Two letters of six may differ, but not two of five.
        assert_eq!(nearest("vpc:ports:updtea"), Some("vpc:ports:update"));
        assert_eq!(nearest("vpc:prt:get"), None);
        for other in [
            "ims:images:share",
            "vpc:ports:a0",
            "vpc:get:ports",
            "vpc:ports",
        ] {
            assert_eq!(nearest(other), None, "{other}");
        }
    }

    #[test]
    fn distances_are_those_of_the_literature() {
        for (a, b, expected) in [
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("ca", "abc", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(
                (distance(a, b), distance(b, a)),
                (expected, expected),
                "{a} {b}"
            );
        }
    }
}
