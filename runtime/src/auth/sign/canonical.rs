//! The canonical form of a request, which client and server both sign.
//! This module must never normalise anything that the algorithm keeps. One different byte makes a
//! different signature.

use alloc::string::String;
use alloc::vec::Vec;

use http::{HeaderMap, HeaderValue, Method, Uri};
use sha2::{Digest, Sha256};

use crate::Decoded;
use crate::request::push_encoded;

/// The hash of the canonical request: method, path, query, headers, names of the headers, and digest of
/// the body. Each of them is on its own line, and each header name has one line. The text is hashed while
/// it is made, because a token may be among the headers.
pub(super) fn hash(method: &Method, uri: &Uri, headers: &HeaderMap, digest: &str) -> Sha256 {
    let names = signed_names(headers);
    let mut hash = Sha256::new();
    line(&mut hash, method.as_str().to_ascii_uppercase());
    line(&mut hash, path(uri.path()));
    line(&mut hash, query(uri.query().unwrap_or_default()));
    for name in &names {
        // The vendor's implementation keeps headers by name, so the last value counts.
        let value = headers.get_all(*name).iter().next_back();
        hash.update(name);
        hash.update(":");
        line(&mut hash, value.map(trimmed).unwrap_or_default());
    }
    line(&mut hash, "");
    line(&mut hash, names.join(";"));
    hash.update(digest);
    hash
}

/// The names of the headers that are signed, sorted, each as often as it occurs. Names with an underscore
/// are left out, because proxies drop such headers.
pub(super) fn signed_names(headers: &HeaderMap) -> Vec<&str> {
    let all = headers.iter().map(|(name, _)| name.as_str());
    let mut names: Vec<&str> = all.filter(|name| !name.contains('_')).collect();
    names.sort_unstable();
    names
}

/// The path with each segment decoded and encoded again, and with a slash at the end. An encoded slash
/// becomes a plain one.
fn path(written: &str) -> String {
    let bytes = decoded(written);
    let text = String::from_utf8_lossy(&bytes);
    let segments: Vec<String> = text
        .split('/')
        .map(|part| encoded(part.as_bytes()))
        .collect();
    let mut path = segments.join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// The query parameters, sorted by decoded name, then by decoded value.
fn query(query: &str) -> String {
    let written = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = written
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect();
    pairs.sort_unstable();
    let lines = pairs
        .iter()
        .map(|(name, value)| encoded(name) + "=" + &encoded(value));
    lines.collect::<Vec<_>>().join("&")
}

fn line(to: &mut Sha256, text: impl AsRef<[u8]>) {
    to.update(text);
    to.update("\n");
}

/// A value without the white space around it. White space includes characters outside of ASCII.
fn trimmed(value: &HeaderValue) -> &[u8] {
    match core::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.trim().as_bytes(),
        Err(_) => value.as_bytes().trim_ascii(),
    }
}

fn decoded(text: &str) -> Vec<u8> {
    Decoded::new(text).collect()
}

/// Percent-encodes everything except unreserved characters (RFC 3986, section 2.3).
fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    push_encoded(&mut text, bytes);
    text
}
