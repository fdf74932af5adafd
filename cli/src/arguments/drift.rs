//! The grammar of `permspec diff` and `permspec check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use permspec::drift::Severity;

/// Options of `permspec diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// The old version: a folder of documentation, a page, a folder of the spec model, a model file,
    /// or git:REVISION:PATH for any of these in a revision.
    pub old: String,

    /// The new version, in the same form.
    pub new: String,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: DiffFormat,

    /// Fail for changes of this kind and worse ones.
    #[arg(long, default_value = "breaking", value_name = "KIND")]
    pub fail_on: FailOn,

    /// List cosmetic changes too, and what a changed column says of each operation; text, markdown
    /// and github only count them else.
    #[arg(long)]
    pub all: bool,

    /// Changes that are known and wanted do not fail: one fingerprint a line, then anything.
    #[arg(long, value_name = "FILE")]
    pub approved: Option<PathBuf>,

    /// Do not fail where neither version has anything to compare.
    #[arg(long)]
    pub allow_empty: bool,
}

/// How `permspec diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people, page by page.
    Text,
    /// For programs.
    Json,
    /// A changelog to paste.
    Markdown,
    /// Annotations of a hosted CI.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// From which changes on `permspec diff` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A call, or a policy for it, that worked before does not any more.
    Breaking,
    /// The documentation says something else about a call.
    Semantic,
    /// Any change, even of a title.
    Any,
}

impl FailOn {
    /// The least severity that fails.
    pub fn severity(self) -> Severity {
        match self {
            FailOn::Breaking => Severity::Breaking,
            FailOn::Semantic => Severity::Semantic,
            FailOn::Any => Severity::Cosmetic,
        }
    }
}

const DIFF_EXAMPLES: &str = "\
Examples:
  permspec diff before.rst after.rst
  permspec diff git:HEAD~1:spec spec      the model's last commit and now
  permspec diff spec ../documentation     what the live documentation changed
  permspec diff old-docs new-docs --format json --fail-on semantic

Every rule is described in DRIFT.md.

Exit codes:
  0  no change of the kind that --fail-on names, or worse
  1  there is one; every change was printed
  2  a version cannot be read, or the command line is wrong";

/// Options of `permspec check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    /// Compare every page of this documentation too, not only the pages that the project keeps.
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,

    /// Write the model and the crate as they should be, and print what changed as a changelog.
    #[arg(long)]
    pub update: bool,

    /// Do not fail where no permission table was read.
    #[arg(long)]
    pub allow_empty: bool,
}

const CHECK_EXAMPLES: &str = "\
It compares the pages with the spec model, and the model with the generated crate. A change that no \
caller and no policy notices (wrapping, order, a reworded title) does not fail.

Examples:
  permspec check
  permspec check --docs ../documentation
  permspec check --docs ../documentation --update > changelog.md";
