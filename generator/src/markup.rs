//! The findings of the parser, as findings of this crate. A malformed table loses rows and is an error.
//! Everything else is a note. This module must never change the parser's words.

use rst_parser::Code as Markup;

use crate::diagnostic::{Code, Diagnostic, Location, Report};

/// Adds the parser's diagnostics for `file`.
pub fn report<'a>(
    diagnostics: impl IntoIterator<Item = &'a rst_parser::Diagnostic>,
    file: &str,
    report: &mut Report,
) {
    for found in diagnostics {
        let code = if loses_rows(found) {
            Code::MalformedTable
        } else {
            Code::Markup
        };
        let diagnostic = Diagnostic::new(code, Location::span(file, found.span), &found.message);
        report.push(match &found.help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        });
    }
}

/// Whether text that may have been rows of a table was kept as plain text.
pub(crate) fn loses_rows(found: &rst_parser::Diagnostic) -> bool {
    matches!(
        found.code,
        Markup::MalformedTable | Markup::NestingTooDeep | Markup::TextTooLong
    )
}
