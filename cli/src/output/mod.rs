//! Prints findings, grids, and texts that differ.
//! All output of the command goes through this module, because a pipe may be closed. This module must never decide
//! an exit code.

pub mod changes;
mod diagnostic;
mod difference;
mod drawing;
pub mod github;
mod grid;
mod policy;
mod repository;
pub mod sarif;
mod window;

pub use difference::unified;
use drawing::Drawn;
pub use grid::Grid;
pub use policy::report_policy;
pub use repository::Repository;
pub use window::fitted;

use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use permspec::{Report, Severity, inert};

/// Uses colours as the user wants them. By default, colours are used if standard error is a terminal.
pub fn choose_colors(color: clap::ColorChoice) {
    match color {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    }
    .write_global();
}

/// The maximum number of drawn findings. Nobody reads more, and drawing a million takes minutes.
const DRAWN: usize = 1000;

/// Prints the findings in the order of files and lines, and their number.
pub fn report_findings(report: &Report) {
    let findings = report.diagnostics();
    let drawn = findings.len().min(DRAWN);
    // Many findings are written at once, because each has many colours, and the reader of a pipe may be slow.
    for some in findings[..drawn].chunks(100) {
        let drawings = some.iter().map(|finding| {
            let source = report.source(&finding.location.file);
            diagnostic::drawing(finding, source)
        });
        draw(&Drawn::all(&drawings.collect::<Vec<_>>()));
    }
    if findings.len() > DRAWN {
        let more = findings.len() - DRAWN;
        say(&format!(
            "{more} more findings are not drawn; `permspec lint --format json` lists all of them"
        ));
    }
    let count = |severity| findings.iter().filter(|d| d.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| counted(count(severity), severity.as_str()))
        .collect();
    if !counts.is_empty() {
        say(&counts.join(", "));
    }
}

/// Prints a result on standard output. Text of a page must not control a terminal, so the function escapes such
/// characters, in JSON too. If the reader of a pipe stops reading, such as `head`, the command continues with the
/// same exit code.
pub fn print(text: &str) {
    let mut stdout = io::stdout();
    let written = stdout.write_all(inert::terminal(text).as_bytes());
    if let Err(error) = written.and_then(|()| stdout.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        say(&format!(
            "error: standard output cannot be written: {error}"
        ));
        std::process::exit(1);
    }
}

/// Prints bytes on standard output as they are. Text on a terminal is escaped as a result is.
#[cfg(feature = "cloud")]
pub fn print_raw(bytes: &[u8]) {
    let mut stdout = io::stdout();
    if io::IsTerminal::is_terminal(&stdout) {
        print_line(String::from_utf8_lossy(bytes));
        return;
    }
    if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        say(&format!(
            "error: standard output cannot be written: {error}"
        ));
        std::process::exit(1);
    }
}

/// Prints a line of a result on standard output.
pub fn print_line(line: impl Display) {
    print(&format!("{line}\n"));
}

/// Prints a line for people on standard error. It is escaped as a result is.
pub fn say(line: &str) {
    draw(&Drawn::line(line));
}

/// Prints a drawing on standard error.
fn draw(drawn: &Drawn) {
    let stderr = io::stderr();
    // This removes the colours in memory, because removing them writes the text in many pieces.
    let mut shown = AutoStream::new(Vec::new(), AutoStream::choice(&stderr));
    let written = writeln!(shown, "{}", drawn.as_str());
    // If standard error cannot be written either, nobody can be told.
    let _ = written.and_then(|()| stderr.lock().write_all(&shown.into_inner()));
}

/// `1 file`, `2 files`, `3 policies`.
pub fn counted(count: usize, word: &str) -> String {
    match word.strip_suffix('y') {
        _ if count == 1 => format!("1 {word}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {word}s"),
    }
}

/// Text of the user in backticks, on one line. A longer text is cut.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 160;
    let shown: String = text.chars().take(LONGEST).collect();
    let more = if shown.len() < text.len() { ".." } else { "" };
    format!("`{}{more}`", shown.escape_debug())
}

/// The marks of the documentation for a scope.
pub fn mark(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "Y",
        Some(false) => "x",
        None => "-",
    }
}
