//! Draws the findings about a policy at their positions.

use annotate_snippets::Level;
use permspec_runtime::policy::{Finding, Severity};

use super::drawing::{Drawing, Drawn, DrawnPosition};
use super::{counted, draw, say};

/// The maximum number of drawn findings. A policy within IAM's limits has fewer.
const DRAWN: usize = 100;

/// Draws the findings about the policy in `file`, and prints their number.
pub fn report_policy(file: &str, text: &str, findings: &[Finding]) {
    for finding in findings.iter().take(DRAWN) {
        let drawing = Drawing {
            level: match finding.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            },
            code: None,
            message: &finding.message,
            file,
            place: DrawnPosition::Marked {
                lines: text,
                part: finding.span.clone(),
                first: 1,
            },
            help: finding.help.as_deref(),
        };
        draw(&Drawn::all(&[drawing]));
    }
    if findings.len() > DRAWN {
        let more = findings.len() - DRAWN;
        say(&format!(
            "{more} more findings are not drawn; --format json lists all of them"
        ));
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| counted(count(severity), &severity.to_string()))
        .collect();
    if !counts.is_empty() {
        say(&counts.join(", "));
    }
}
