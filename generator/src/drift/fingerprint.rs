//! Identifies a change in other runs, so that an approval of the change stays valid.
//!
//! It is the first 16 hexadecimal digits of the SHA-256 over these texts, each followed by a line feed: the
//! rule, the service, the call, what was before, what is now. The call is method and path without parameter
//! names, with the key of the body. If several rows share the call, or if there is none, the title in lower
//! case without punctuation is added. For a page or a column, the page's stable name replaces the call, or
//! its path if it has no stable name. For a constant, the call is empty.
//!
//! The fingerprint of a change that explains others includes them. It is the same digest over its own
//! fingerprint and the fingerprints of its effects in alphabetical order. Therefore the approval of a column
//! does not cover other values of it.
//!
//! Therefore the fingerprint of a call does not depend on other changes, on the page, on the line, on how a
//! table is drawn, or on the version that it was compared with. This module must never take one of these into
//! account.

use std::fmt::Write;

use super::rules::Rule;

/// How much of the digest is kept: 64 bits.
const BYTES: usize = 8;

/// The fingerprint of a change.
pub(crate) fn of(
    rule: Rule,
    service: &str,
    call: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> String {
    digest(&[
        rule.id(),
        service,
        call,
        before.unwrap_or_default(),
        after.unwrap_or_default(),
    ])
}

/// The fingerprint of a change whose texts have the fingerprint `own` and that explains `effects`.
pub(crate) fn with<'a>(own: &'a str, mut effects: Vec<&'a str>) -> String {
    effects.sort_unstable();
    effects.insert(0, own);
    digest(&effects)
}

fn digest(texts: &[&str]) -> String {
    let mut hash = hmac_sha256::Hash::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update(b"\n");
    }
    let mut digits = String::new();
    for byte in &hash.finalize()[..BYTES] {
        write!(digits, "{byte:02x}").expect("a String takes every write");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_documented_digest() {
        let call = "POST /v1/cloudimages/members";
        let found = of(Rule::ActionAdded, "ims", call, None, Some("ims:images:get"));
        // printf 'action-added\nims\nPOST /v1/cloudimages/members\n\nims:images:get\n' | sha256sum
        assert_eq!(found, "9f4031fdc5c49146");
    }
}
