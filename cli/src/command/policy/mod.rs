//! `permspec policy`: the smallest policy, what is wrong with one, and what changed.

mod check;
mod diff;
mod least;

use std::path::Path;

use permspec::{Error, Report, load};
use permspec_runtime::PermissionSet;
use permspec_runtime::policy::{self, Checked};

use crate::Verdict;
use crate::arguments::Policy;
use crate::output::report_policy;

pub fn run(command: &Policy, config: Option<&Path>) -> Result<Verdict, Error> {
    match command {
        Policy::For(options) => least::run(options, config),
        Policy::Check(options) => check::run(options, config),
        Policy::Diff { before, after } => diff::run(before, after, config),
    }
}

/// Reads a policy and says what is wrong with it.
fn read(file: &Path, known: &PermissionSet) -> Result<Checked, Error> {
    let mut report = Report::default();
    let Some(text) = load::text(file, &mut report) else {
        return Err(Error::from(report));
    };
    let checked = policy::check(&text, Some(known));
    report_policy(&file.display().to_string(), &text, &checked.findings);
    Ok(checked)
}
