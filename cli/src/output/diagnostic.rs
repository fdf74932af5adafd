//! One finding as a compiler would draw it.
//! Only the line that it points at is drawn; this module must never hand a whole page to the
//! renderer, pages can be large.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use permspec::{Diagnostic, Severity, inert};

use super::window;

/// The finding, with the line of `source` that it is about.
pub fn render(finding: &Diagnostic, source: Option<&str>) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let place = &finding.location;
    let element: Element<'_> = match source.and_then(|text| Line::at(text, place.start, place.end))
    {
        Some(line) => Snippet::source(line.shown)
            .path(place.file.as_str())
            .line_start(place.line as usize)
            .annotation(AnnotationKind::Primary.span(line.marked))
            .into(),
        None => Origin::path(place.file.as_str())
            .line(place.line as usize)
            .char_column(place.column as usize)
            .into(),
    };
    // What a page holds must not work on a terminal.
    let group = level
        .primary_title(inert::terminal(&finding.message))
        .id(finding.code.as_str())
        .element(element)
        .element(Level::HELP.message(inert::terminal(&finding.help)));
    Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(width())
        .render(&[group])
}

/// Permission tables are wider than any window: the renderer cuts lines to this many columns.
pub fn width() -> usize {
    window::error_width().unwrap_or(120)
}

/// A line as a terminal may show it, and what of it is marked.
struct Line {
    shown: String,
    marked: std::ops::Range<usize>,
}

impl Line {
    fn at(source: &str, start: usize, end: usize) -> Option<Self> {
        let (head, tail) = source.split_at_checked(start)?;
        let from = head.rfind('\n').map_or(0, |at| at + 1);
        let to = start + tail.find('\n').unwrap_or(tail.len());
        let text = source[from..to].trim_end_matches('\r');
        let last = from + text.len();
        let (start, end) = (start.min(last), end.clamp(start.min(last), last));
        let mut shown = inert::terminal(&source[from..start]).into_owned();
        let before = shown.len();
        shown += &inert::terminal(&source[start..end]);
        let marked = before..shown.len();
        shown += &inert::terminal(&source[end..last]);
        (!text.trim().is_empty()).then_some(Line { shown, marked })
    }
}
