//! Which of several operations a body means.
//! This module must never rule an operation out because of a body that it cannot read.

use alloc::vec::Vec;

use http::{HeaderMap, header};

use super::Operation;
use crate::json_keys::keys;
use crate::lookup::told;

/// Whether a body has a say in which of the operations is meant.
pub(super) fn is_needed(operations: &[Operation]) -> bool {
    let mut endpoints = operations.iter().map(Operation::endpoint);
    endpoints.any(|endpoint| endpoint.body_action.is_some())
}

/// The operations that a body means: those whose key it has, in any case, because some servers read keys
/// in any (Go's `encoding/json` does); all, where it is not known or not a JSON object.
pub(super) fn narrow(
    operations: Vec<Operation>,
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> Vec<Operation> {
    let Some(keys) = body.filter(|_| is_plain(headers)).and_then(keys) else {
        return operations;
    };
    let has_key = |key: &str| {
        let mut known = keys.iter();
        known.any(|known| in_any_case(known).eq(in_any_case(key)))
    };
    told::by_keys(operations.into_iter(), Operation::endpoint, has_key)
}

/// Letters in one case, the long s and the sign of Kelvin among them, which Go takes for `s` and `k`.
fn in_any_case(key: &str) -> impl Iterator<Item = char> {
    key.chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

/// A compressed body would have to be unpacked, and its size would have no bound.
fn is_plain(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::CONTENT_ENCODING);
    encodings.iter().all(|encoding| encoding == "identity")
}
