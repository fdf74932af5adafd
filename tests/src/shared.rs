//! Finds real pages that are not in the repository, and says so if they are missing.
//! If the variable is set, a test over them must run. This module must never skip a test silently.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The variable that names the folder of real pages (`corpus/`, `tables/`, `drift/`).
const VARIABLE: &str = "PERMSPEC_SHARED";

/// The folder `part` of the real pages. `None` if this machine does not have them. Then `test` is skipped, and standard
/// error says so even if the test runner captures output.
///
/// # Panics
/// If the variable is set and the folder is missing.
pub fn shared(part: &str, test: &str) -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let Some(folder) = named else {
        let why = format!(
            "{VARIABLE} names no folder of real pages; \
             the fixtures of the repository were tested instead"
        );
        skipped(test, &why);
        return None;
    };
    let part = PathBuf::from(folder).join(part);
    assert!(
        part.is_dir(),
        "{VARIABLE} is set, but {} is missing",
        part.display()
    );
    Some(part)
}

/// Says on standard error that a test was skipped, and why.
pub fn skipped(test: &str, why: &str) {
    // Not `eprintln!`, because the test runner captures its output.
    let _ = writeln!(std::io::stderr(), "\nSKIPPED {test}: {why}\n");
}

/// Every page below a folder, in the order of their paths.
///
/// # Panics
/// If a folder cannot be read.
pub fn pages_below(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of pages") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rst") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}
