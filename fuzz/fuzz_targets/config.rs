//! Any bytes as `permspec.toml`: it is a configuration, or the fault has a line of the text.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use permspec::Project;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = Project::from_toml(&text, "permspec.toml", Path::new("")) {
        assert!(error.to_string().contains("permspec.toml"), "{error}");
    }
});
