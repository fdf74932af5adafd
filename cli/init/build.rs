//! Generates a module for each service from its documentation pages.
//!
//! Cargo.toml needs `permspec` under `[build-dependencies]` and `permspec-runtime` under
//! `[dependencies]`; the crate includes each module:
MODULES

fn main() -> Result<(), permspec::Error> {
    permspec::Builder::new()
        .pinned_by("spec")
PAGES
        .compile()
}
