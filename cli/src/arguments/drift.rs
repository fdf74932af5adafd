//! The grammar of `permspec diff` and `permspec check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use permspec::drift::ChangeSeverity;

/// Options of `permspec diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// The old version: a folder of documentation, a page, a folder of the spec model, a model file,
    /// or git:REVISION:PATH for any of these in a git revision.
    pub old: String,

    /// The new version, in the same form.
    pub new: String,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: DiffFormat,

    /// Fail for changes of this kind and for more severe changes.
    #[arg(long, default_value = "breaking", value_name = "KIND")]
    pub fail_on: FailOn,

    /// Also list cosmetic changes, and what a changed column says about each operation. Without --all,
    /// text, markdown and github only count them.
    #[arg(long)]
    pub all: bool,

    /// File of approved changes: one fingerprint per line; the rest of the line is ignored. Approved
    /// changes do not fail.
    #[arg(long, value_name = "FILE")]
    pub approved: Option<PathBuf>,

    /// Do not fail if neither version has anything to compare.
    #[arg(long)]
    pub allow_empty: bool,
}

/// The output format of `permspec diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people, page by page.
    Text,
    /// For programs.
    Json,
    /// A changelog to paste.
    Markdown,
    /// Annotations for a hosted CI.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// The least severe changes for which `permspec diff` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Changes after which a call, or a policy for it, no longer works.
    Breaking,
    /// Changes in what the documentation says about a call.
    Semantic,
    /// Any change, even of a title.
    Any,
}

impl FailOn {
    /// The least severity that fails.
    pub fn severity(self) -> ChangeSeverity {
        match self {
            FailOn::Breaking => ChangeSeverity::Breaking,
            FailOn::Semantic => ChangeSeverity::Semantic,
            FailOn::Any => ChangeSeverity::Cosmetic,
        }
    }
}

const DIFF_EXAMPLES: &str = "\
Examples:
  permspec diff before.rst after.rst
  permspec diff git:HEAD~1:spec spec      compare the last commit with now
  permspec diff spec ../documentation     compare with the live documentation
  permspec diff old-docs new-docs --format json --fail-on semantic

DRIFT.md describes every rule.

Exit codes:
  0  there is no change of the kind that --fail-on names, and none that is more severe
  1  there is such a change; every change was printed
  2  a version cannot be read, or the command line is wrong";

/// Options of `permspec check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    /// Also compare every page of this documentation, not only the pages that the project keeps.
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,

    /// Update the model and the crate, and print what changed as a changelog.
    #[arg(long)]
    pub update: bool,

    /// Do not fail if there was no permission table to read.
    #[arg(long)]
    pub allow_empty: bool,
}

const CHECK_EXAMPLES: &str = "\
The command compares the pages with the spec model, and the model with the generated crate. A change \
that affects neither a caller nor a policy (wrapping, order, a reworded title) does not fail.

Examples:
  permspec check
  permspec check --docs ../documentation
  permspec check --docs ../documentation --update > changelog.md";
