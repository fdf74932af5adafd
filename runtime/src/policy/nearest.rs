//! The known action that an unknown action was probably meant to be.
//! This module must never suggest an action that is not similar, because a wrong suggestion is worse than
//! none.

use crate::misprint::distance;
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
}
