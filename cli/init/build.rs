//! Generates a module for each service from its documentation pages.
//!
//! The crate includes each module, in `src/lib.rs` or `src/main.rs`:
MODULES

fn main() -> Result<(), permspec::Error> {
    permspec::Builder::new()
        .pinned_by("spec")
PAGES
        .compile()
}
