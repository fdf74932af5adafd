//! What the parser found, as findings of this crate.
//! A malformed table loses rows and is an error, everything else is a note; this module must never
//! reword the parser.

use crate::diagnostic::{Code, Diagnostic, Location, Report};

/// Adds the parser's diagnostics for `file`.
pub fn report(diagnostics: &[rst_parser::Diagnostic], file: &str, report: &mut Report) {
    for found in diagnostics {
        let code = match found.severity {
            rst_parser::Severity::Error => Code::MalformedTable,
            _ => Code::Markup,
        };
        let diagnostic = Diagnostic::new(code, Location::span(file, found.span), &found.message);
        report.push(match &found.help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        });
    }
}
