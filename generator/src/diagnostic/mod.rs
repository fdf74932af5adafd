//! What the pipeline reports about its input: a code, a place, a message and a help line. A diagnostic is
//! data. This module must never print, exit or decide what is fatal.

mod code;
mod plain;

use std::collections::BTreeMap;
use std::fmt;

pub use code::{Code, Severity};

/// A place in an input file. Lines and columns count from 1, columns in characters; `start..end`
/// is the byte range in the file's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
pub struct Location {
    /// The file as the user named it, with `/` between folders.
    pub file: String,
    /// First line, from 1.
    pub line: u32,
    /// First column, from 1, counted in characters.
    pub column: u32,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Location {
    /// The beginning of a file, for findings about the whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Location {
            file: file.into(),
            line: 1,
            column: 1,
            start: 0,
            end: 0,
        }
    }

    /// A span of the parsed text of `file`.
    pub fn span(file: impl Into<String>, span: rst_parser::Span) -> Self {
        Location {
            file: file.into(),
            line: span.line,
            column: span.column,
            start: span.range().start,
            end: span.range().end,
        }
    }

    /// A line and column of `text`, both from 1, as the readers of JSON and TOML report them.
    pub fn line_column(file: impl Into<String>, text: &str, line: usize, column: usize) -> Self {
        let line_start: usize = text
            .split_inclusive('\n')
            .take(line.saturating_sub(1))
            .map(str::len)
            .sum();
        let in_line = text[line_start.min(text.len())..]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(0, |(offset, _)| offset);
        let start = (line_start + in_line).min(text.len());
        Location {
            file: file.into(),
            line: u32::try_from(line.max(1)).unwrap_or(u32::MAX),
            column: u32::try_from(column.max(1)).unwrap_or(u32::MAX),
            start,
            end: start,
        }
    }

    /// The place of byte `offset` in `text`.
    pub fn offset(file: impl Into<String>, text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |last| last.chars().count())
            + 1;
        Location::line_column(file, text, line, column)
    }
}

/// One finding about the input.
///
/// ```
/// use permspec::{Code, Diagnostic, Location};
///
/// let finding = Diagnostic::new(Code::UnknownMethod, Location::file("ims/image_sharing.rst"), "`FETCH` is not an HTTP method");
/// assert_eq!(finding.code.as_str(), "P031");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
pub struct Diagnostic {
    /// The path of the file.
    pub location: Location,
    /// What kind of finding; stable across versions.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in lower case, without a full stop, user text in back-ticks.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// A finding with the severity and the help line of its code.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Diagnostic {
            location,
            code,
            severity: code.severity(),
            message: clipped(message.into()),
            help: code.help().to_owned(),
        }
    }

    /// The same finding with another help line.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// The longest message, in characters. A message may quote a page, and such text may be very long.
const LONGEST_MESSAGE: usize = 500;

fn clipped(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
        message.truncate(end);
        message += if message.matches('`').count() % 2 == 1 {
            "..`"
        } else {
            ".."
        };
    }
    message
}

/// All findings of one run, with the texts that they point into.
///
/// `Display` writes them as compilers do, so a build script can return an error with a report from `main`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: BTreeMap<String, String>,
}

impl Report {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Keeps the text of `file`, so that its lines can be shown.
    pub fn add_source(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.sources.insert(file.into(), text.into());
    }

    /// Adds everything that another report contains.
    pub fn merge(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
        self.sources.extend(other.sources);
    }

    /// The findings in the order of files and lines.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort();
        sorted
    }

    /// The same report with only the findings for which `keep` is true.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Diagnostic) -> bool) -> Self {
        Report {
            diagnostics: self
                .diagnostics
                .iter()
                .filter(|finding| keep(finding))
                .cloned()
                .collect(),
            sources: self.sources.clone(),
        }
    }

    /// The text of `file`, if it could be read.
    pub fn source(&self, file: &str) -> Option<&str> {
        self.sources.get(file).map(String::as_str)
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// How many findings are errors.
    pub(crate) fn error_count(&self) -> usize {
        let errors = self.diagnostics.iter();
        errors.filter(|d| d.severity == Severity::Error).count()
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        plain::write_report(f, self)
    }
}

/// The same as `Display`: `fn main() -> Result<(), permspec::Error>` prints errors with `Debug`.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_becomes_the_line_and_column_a_person_would_count() {
        let text = "Image Sharing\n=======é=\n";
        let place = Location::offset("p.rst", text, text.find('é').unwrap() + 2);
        assert_eq!((place.line, place.column), (2, 9));
        assert_eq!(&text[place.start..=place.start], "=");
    }

    #[test]
    fn a_message_about_a_word_without_end_has_one() {
        let message = format!("`{}` is not an HTTP method", "x".repeat(10_000));
        let finding = Diagnostic::new(Code::UnknownMethod, Location::file("p.rst"), message);
        assert_eq!(finding.message.len(), LONGEST_MESSAGE + 3);
        assert!(finding.message.ends_with("x..`"));
    }

    #[test]
    fn a_column_past_the_line_stays_inside_the_text() {
        let place = Location::line_column("p.rst", "ab\n", 9, 9);
        assert_eq!((place.start, place.end), (3, 3));
    }
}
