//! `permspec diff`: reports what changed between two versions of the documentation.

use std::collections::BTreeSet;
use std::path::Path;

use permspec::drift::{self, Change};
use permspec::{Code, Error, Report, load};

use super::project;
use crate::Verdict;
use crate::arguments::Diff;
use crate::output::{changes, print, report_findings, say};

pub fn run(options: &Diff, config: Option<&Path>) -> Result<Verdict, Error> {
    // The exit code 1 is for changes. If two versions cannot be compared, the exit code is 2.
    compare(options, config).or_else(|error| {
        report_findings(error.report());
        Ok(Verdict::Unusable)
    })
}

fn compare(options: &Diff, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find_or_none(config)?;
    let approved = match &options.approved {
        Some(file) => approvals(file)?,
        None => BTreeSet::new(),
    };
    let outcome = drift::diff_versions(&project, &options.old, &options.new)?;
    report_findings(&outcome.report);
    let found = outcome.value;
    print(&changes::render(&found, options.format, options.all));
    for approval in &approved {
        if !found.iter().any(|change| change.fingerprint == *approval) {
            say(&format!(
                "note: no change has the approved fingerprint `{approval}`"
            ));
        }
    }
    let fails = |change: &Change| {
        change.severity() >= options.fail_on.severity() && !approved.contains(&change.fingerprint)
    };
    let findings = outcome.report.diagnostics().into_iter();
    let empty_versions = findings.filter(|finding| finding.code == Code::NothingToCompare);
    let compares_nothing = empty_versions.count() > 1 && !options.allow_empty;
    if compares_nothing {
        say("error: nothing was compared; --allow-empty accepts that");
    }
    Ok(if outcome.report.has_errors() || compares_nothing {
        Verdict::Unusable
    } else if found.iter().any(fails) {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}

/// The fingerprints of a file: the first word of each line that is not a comment.
fn approvals(file: &Path) -> Result<BTreeSet<String>, Error> {
    let mut report = Report::default();
    let text = load::text(file, &mut report).ok_or(report)?;
    let words = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let fingerprints = words.filter(|word| !word.starts_with('#'));
    Ok(fingerprints.map(str::to_owned).collect())
}
