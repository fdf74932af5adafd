//! Expectations that stand in files and are read by people before they are committed.
//! A file is written only where `PERMSPEC_BLESS` asks for it.

use std::fs;
use std::path::Path;

/// Compares `found` with the text of `file`, line by line so that the first difference is named;
/// `PERMSPEC_BLESS=1` writes the file anew.
///
/// # Panics
/// Where they differ.
pub fn is_as_in(file: &Path, found: &str) {
    if std::env::var_os("PERMSPEC_BLESS").is_some() {
        fs::write(file, found).expect("a writable file");
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{}:{}", file.display(), number + 1);
    }
    assert_eq!(found, expected, "{}", file.display());
}
