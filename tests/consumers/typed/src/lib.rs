//! A client of a bakery, as the pages of its API reference describe it.

/// Operations of the bakery.
pub mod bake {
    permspec_runtime::include_module!("bake");

    /// Typed calls.
    pub mod types {
        permspec_runtime::include_module!("bake.types");
    }
}

/// The code of the typed calls, as the build script wrote it.
pub const TYPES: &str = include_str!(concat!(env!("OUT_DIR"), "/bake.types.rs"));
