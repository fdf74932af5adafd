//! Makes a drawing of a finding of the pipeline.
//! Pages can be large, so this module must never give the renderer more than the line of the finding.

use annotate_snippets::Level;
use permspec::{Diagnostic, Severity};

use super::drawing::{Drawing, DrawnPosition};

/// The drawing of a finding, with its line of `source`.
pub fn drawing<'t>(finding: &'t Diagnostic, source: Option<&'t str>) -> Drawing<'t> {
    let place = &finding.location;
    let line = source.and_then(|text| line_at(text, place.start, place.end, place.line as usize));
    Drawing {
        level: match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        },
        code: Some(finding.code.as_str()),
        message: &finding.message,
        file: &place.file,
        place: line.unwrap_or(DrawnPosition::At(
            place.line as usize,
            place.column as usize,
        )),
        help: Some(&finding.help),
    }
}

/// The line at a position of a text, unless the line is empty.
fn line_at(source: &str, start: usize, end: usize, number: usize) -> Option<DrawnPosition<'_>> {
    let (head, tail) = source.split_at_checked(start)?;
    let from = head.rfind('\n').map_or(0, |at| at + 1);
    let to = start + tail.find('\n').unwrap_or(tail.len());
    let text = source[from..to].trim_end_matches('\r');
    let start = (start - from).min(text.len());
    let end = end.saturating_sub(from).clamp(start, text.len());
    (!text.trim().is_empty()).then_some(DrawnPosition::Marked {
        lines: text,
        part: start..end,
        first: number,
    })
}
