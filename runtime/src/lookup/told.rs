//! Which of several operations the body of a call means.
//! This module must never rule out an operation because of a body that is not known.

use alloc::vec::Vec;

use super::{Candidate, Candidates};
use crate::Endpoint;

/// The operations that a JSON body means: those whose key it has. If it does not have any of the keys, it
/// means the operations that the documentation does not distinguish by a key.
pub(crate) fn by_keys<C>(
    candidates: impl Iterator<Item = C>,
    endpoint: impl Fn(&C) -> &'static Endpoint,
    has_key: impl Fn(&str) -> bool,
) -> Vec<C> {
    let (told, others): (Vec<C>, Vec<C>) =
        candidates.partition(|candidate| endpoint(candidate).body_action.is_some());
    let is_meant = |candidate: &C| endpoint(candidate).body_action.is_some_and(&has_key);
    let meant: Vec<C> = told.into_iter().filter(is_meant).collect();
    if meant.is_empty() { others } else { meant }
}

impl<'t> Candidates<'t> {
    /// The candidates that a JSON body means. `has_key` says whether the body is an object with this key.
    ///
    /// A body without any of the documented keys means an operation without a key. If there is no such
    /// operation, the result is empty. Do not call this for a body that is not known or is not a JSON
    /// object, because such a body does not rule out anything.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Method};
    ///
    /// /// The operations that `{"os-attach": {}}` means.
    /// fn meant(catalogue: &Catalogue, target: &str) -> Vec<String> {
    ///     let candidates = catalogue.find(Method::Post, target);
    ///     let meant = candidates.told_by(|key| key == "os-attach");
    ///     meant.iter().map(|found| found.spec().to_string()).collect()
    /// }
    /// ```
    pub fn told_by(self, has_key: impl Fn(&str) -> bool) -> Vec<Candidate<'t>> {
        by_keys(self, Candidate::endpoint, has_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    static ATTACH: Endpoint = Endpoint::new(Method::Post, "/v/action").with_body_action("attach");
    static DETACH: Endpoint = Endpoint::new(Method::Post, "/v/action").with_body_action("detach");
    static OTHER: Endpoint = Endpoint::new(Method::Post, "/v/action");

    fn told(all: &[&'static Endpoint], keys: &[&str]) -> Vec<&'static Endpoint> {
        by_keys(all.iter().copied(), |&one| one, |key| keys.contains(&key))
    }

    #[test]
    fn a_key_tells_and_a_body_without_any_leaves_what_has_none() {
        let all = [&ATTACH, &OTHER, &DETACH];
        assert_eq!(told(&all, &["detach", "x"]), [&DETACH]);
        assert_eq!(told(&all, &["detach", "attach"]), [&ATTACH, &DETACH]);
        assert_eq!(told(&all, &["x"]), [&OTHER]);
        assert_eq!(told(&[&ATTACH, &DETACH], &["x"]), [] as [&Endpoint; 0]);
        assert_eq!(told(&[&OTHER], &[]), [&OTHER]);
    }
}
