//! What the command prints: findings, grids, and texts that differ.
//! Everything on standard error goes through here; this module must never decide an exit code.

mod diagnostic;
mod difference;
mod grid;
mod policy;

pub use difference::unified;
pub use grid::Grid;
pub use policy::report_policy;

use anstream::ColorChoice;
use permspec::{Report, Severity};

/// Uses colours as the user wants them; by default where standard error is a terminal.
pub fn choose_colors(color: clap::ColorChoice) {
    match color {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Prints every finding in the order of files and lines, and how many there are.
pub fn report_findings(report: &Report) {
    for finding in report.diagnostics() {
        let source = report.source(&finding.location.file);
        say(&format!("{}\n", diagnostic::render(finding, source)));
    }
    let count = |severity| {
        report
            .diagnostics()
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| counted(count(severity), severity.as_str()))
        .collect();
    if !counts.is_empty() {
        say(&counts.join(", "));
    }
}

/// Prints a result on standard output. A reader that has seen enough, such as `head`, ends the
/// command quietly.
pub fn print(text: &str) {
    use std::io::Write;
    if let Err(error) = std::io::stdout().write_all(text.as_bytes()) {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            say(&format!(
                "error: standard output cannot be written: {error}"
            ));
        }
        std::process::exit(1);
    }
}

/// Prints a line for people: on standard error.
pub fn say(line: &str) {
    anstream::eprintln!("{line}");
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The documentation's own marks for a scope.
pub fn mark(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "Y",
        Some(false) => "x",
        None => "-",
    }
}
