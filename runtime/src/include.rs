//! The macro that includes a module from `OUT_DIR` in a crate.

/// Includes the module that a build script made for a service with `permspec::Builder`.
///
/// ```text
/// pub mod ims {
///     permspec_runtime::include_module!("ims");
/// }
/// ```
///
/// The argument is the name of the file without its ending: `<service>.rs` in cargo's `OUT_DIR`.
#[macro_export]
macro_rules! include_module {
    ($service:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $service, ".rs"));
    };
}
