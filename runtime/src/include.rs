//! The line that brings a module from `OUT_DIR` into a crate.
//! This module must never know what is in the file.

/// Includes the module that a build script made for a service with `permspec::Builder`.
///
/// ```text
/// pub mod ims {
///     permspec_runtime::include_module!("ims");
/// }
/// ```
///
/// The name is that of the file: `<service>.rs` in cargo's `OUT_DIR`.
#[macro_export]
macro_rules! include_module {
    ($service:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $service, ".rs"));
    };
}
