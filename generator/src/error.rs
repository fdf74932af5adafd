//! The only error of this crate: a run whose report contains errors. It carries all findings of the run, not
//! only the first one.

use std::fmt;

use crate::diagnostic::{Diagnostic, Report};

/// A run that failed, with everything it found.
///
/// `Debug` prints the same text as `Display`, so a build script can return it from `main`:
///
/// ```no_run
/// fn main() -> Result<(), permspec::Error> {
///     permspec::Builder::new().page("ims", "docs/image_sharing.rst").compile()
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    report: Report,
}

impl Error {
    /// Every finding of the run, errors and others.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The findings by value.
    pub fn into_report(self) -> Report {
        self.report
    }
}

impl From<Report> for Error {
    fn from(report: Report) -> Self {
        Error { report }
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        let mut report = Report::default();
        report.push(diagnostic);
        Error { report }
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The line break separates the report from `Error: `, which `main` prints before it.
        write!(
            f,
            "the documentation could not be turned into code\n{}",
            self.report
        )
    }
}
