//! The tree of all paths, as the table that permspec-runtime walks through. It is built while code is
//! generated, so that a program does not have to build it. This module must never decide what an operation
//! is, only where its path ends.

mod bytes;
mod segment;
mod slots;
mod tree;

use std::fmt::Write;

use crate::model::{ALL_METHODS, Service};
use tree::Tree;

/// One way to call an operation: what the end of a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Target {
    service: u16,
    operation: u32,
    endpoint: u16,
    /// The method's place in [`ALL_METHODS`], or [`ANY`].
    method: u8,
}

/// The number that stands for any method.
const ANY: u8 = u8::MAX;

/// The table of all routes of `services`, in their order.
///
/// The number of an operation is its place in its service. The number of a route is its place in the
/// operation. `permspec_runtime::Catalogue` reads the table, and `lookup/trie.rs` of that package describes
/// its form.
///
/// ```
/// let ims = permspec::model::Service { name: "ims".into(), title: None, access: Default::default(), pages: Vec::new() };
/// assert_eq!(permspec::lookup::table(&[ims])[..4], *b"pst\x02");
/// ```
pub fn table(services: &[Service]) -> Vec<u8> {
    let mut tree = Tree::new();
    for (service, pages) in (0..).zip(services) {
        for (operation, (_, described)) in (0..).zip(pages.operations()) {
            for (endpoint, route) in (0..).zip(&described.endpoints) {
                if let Some(method) = number(route.method.as_deref()) {
                    let call = Target {
                        service,
                        operation,
                        endpoint,
                        method,
                    };
                    tree.insert(&route.path, call);
                }
            }
        }
    }
    bytes::of(&tree)
}

/// The name of the catalogue of `services`, with the digest of its model.
///
/// ```
/// assert_eq!(permspec::lookup::version("otc-api 0.1.0", &[]), "otc-api 0.1.0 (model e3b0c44298fc)");
/// ```
pub fn version(name: &str, services: &[Service]) -> String {
    let digests: Vec<Digest> = services.iter().map(digest).collect();
    version_of(name, &digests)
}

/// The SHA-256 digest of a service's model (FIPS 180-4).
pub(crate) type Digest = [u8; 32];

/// The digest of everything that the pages of a service say, as JSON without white space. A build script is
/// not optimised, so every byte takes time.
pub(crate) fn digest(service: &Service) -> Digest {
    let mut digest = hmac_sha256::Hash::new();
    for page in &service.pages {
        let json = serde_json::to_vec(page);
        digest.update(
            json.expect("a page has string keys and plain values only, which JSON can hold"),
        );
    }
    digest.finalize()
}

/// The name of a catalogue of services with these digests.
pub(crate) fn version_of(name: &str, services: &[Digest]) -> String {
    let mut digest = hmac_sha256::Hash::new();
    for service in services {
        digest.update(service);
    }
    let mut version = format!("{name} (model ");
    for byte in &digest.finalize()[..6] {
        write!(version, "{byte:02x}").expect("a String takes every write");
    }
    version + ")"
}

/// The number of a method. `None` for a text that is not a method, which no call can have.
fn number(method: Option<&str>) -> Option<u8> {
    match method {
        None => Some(ANY),
        Some(name) => (0..)
            .zip(ALL_METHODS)
            .find_map(|(number, method)| (method == name).then_some(number)),
    }
}
