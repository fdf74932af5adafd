//! Expectations in files that people read before they commit them.
//! This module must never write a file unless `PERMSPEC_BLESS` is set.

use std::fs;
use std::path::Path;

/// Compares `found` with the text of `file`, line by line, so that the message names the first difference.
/// `PERMSPEC_BLESS=1` writes the file again.
///
/// # Panics
/// If they differ.
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
