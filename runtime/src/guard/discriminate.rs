//! Which of several operations a body means.
//! This module must never rule out an operation because of a body that it cannot read.

use alloc::vec::Vec;

use http::{HeaderMap, header};

use super::Operation;
use crate::json_keys::keys;
use crate::lookup::told;

/// Whether the body decides which of the operations is meant.
pub(super) fn is_needed(operations: &[Operation]) -> bool {
    let mut endpoints = operations.iter().map(Operation::endpoint);
    endpoints.any(|endpoint| endpoint.body_action.is_some())
}

/// The operations that a body means: those whose key it contains, in any case, because some servers read
/// keys in any case (Go's `encoding/json` does). All operations, if the body is not known or is not a
/// JSON object.
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

/// Letters in one case. The long s and the Kelvin sign count as `s` and `k`, because Go treats them so.
fn in_any_case(key: &str) -> impl Iterator<Item = char> {
    key.chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

/// Whether the body is compressed. The size of a compressed body has no limit after it is unpacked.
fn is_plain(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::CONTENT_ENCODING);
    encodings.iter().all(|encoding| encoding == "identity")
}
