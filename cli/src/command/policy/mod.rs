//! `permspec policy`: makes, checks and compares policies.

mod can;
mod check;
mod diff;
pub(super) mod least;
mod operations;
mod unused;

use std::path::Path;

use permspec::{Error, Report, load};
use permspec_runtime::policy::{self, Checked, Place};
use permspec_runtime::{Catalogue, PermissionSet};

use crate::Verdict;
use crate::arguments::{Attachment, Policy};
use crate::output::report_policy;

pub fn run(command: &Policy, config: Option<&Path>) -> Result<Verdict, Error> {
    match command {
        Policy::For(options) => least::run(options, config),
        Policy::Check(options) => check::run(options, config),
        Policy::Diff(options) => diff::run(options, config),
    }
}

/// The text of a policy, and the result of checking it.
pub(super) struct CheckedPolicy {
    text: String,
    pub(super) checked: Checked,
}

/// Reads a policy and prints the findings about it.
pub(super) fn read(file: &Path, catalogue: &Catalogue) -> Result<CheckedPolicy, Error> {
    let mut report = Report::default();
    let Some(text) = load::text(file, &mut report) else {
        return Err(Error::from(report));
    };
    let known = PermissionSet::documented(catalogue);
    let checked = policy::check(&text, Some(&known));
    report_policy(&file.display().to_string(), &text, &checked.findings);
    Ok(CheckedPolicy { text, checked })
}

impl Attachment {
    fn place(self) -> Place {
        match self {
            Attachment::IamProject => Place::IamProject,
            Attachment::EnterpriseProject => Place::EnterpriseProject,
        }
    }

    /// The name on the command line.
    fn name(self) -> &'static str {
        match self {
            Attachment::IamProject => "iam-project",
            Attachment::EnterpriseProject => "enterprise-project",
        }
    }
}
