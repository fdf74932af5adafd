//! Writes files, and says which.

use std::path::Path;

use permspec::Error;
use permspec::write::{Files, State};

use crate::Verdict;
use crate::output::say;

/// Writes files. With `check`, only reports which files would be written.
pub fn store(files: &Files, check: bool) -> Result<Verdict, Error> {
    let mut report = permspec::Report::default();
    let (verb, changed): (_, Vec<&Path>) = if check {
        let compared = files.compare(&mut report);
        let stale = compared
            .into_iter()
            .filter(|(_, state)| *state != State::Current);
        ("would write", stale.map(|(path, _)| path).collect())
    } else {
        ("wrote", files.write(&mut report))
    };
    for path in &changed {
        say(&format!("{verb} {}", path.display()));
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    if changed.is_empty() {
        say("nothing to write: every file is current");
    }
    Ok(if check && !changed.is_empty() {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}
