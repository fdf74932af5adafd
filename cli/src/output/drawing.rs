//! Draws findings as a compiler does, and makes every other text for standard error.
//! This module escapes every text that it receives. Nothing else can make a [`Drawn`], and nothing but a [`Drawn`]
//! is printed on standard error.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use permspec::inert;

use super::window;

/// Text that is safe to print on a terminal. It contains the colours of its drawing. It does not contain other
/// characters that control a terminal, or invisible ones.
#[derive(Debug)]
pub struct Drawn(String);

/// A finding to draw. Its texts are as they were read.
#[derive(Debug)]
pub struct Drawing<'t> {
    pub level: Level<'static>,
    /// The code of the finding. It is not a text of a page.
    pub code: Option<&'static str>,
    pub message: &'t str,
    pub file: &'t str,
    pub place: DrawnPosition<'t>,
    pub help: Option<&'t str>,
}

/// The position that a drawing points at.
#[derive(Debug)]
pub enum DrawnPosition<'t> {
    /// A part of some lines of a file. `first` is the number of the first line.
    Marked {
        lines: &'t str,
        part: Range<usize>,
        first: usize,
    },
    /// A line and a column of a file whose text is not shown.
    At(usize, usize),
}

impl Drawn {
    /// One line for people.
    pub fn line(text: &str) -> Self {
        Drawn(inert::terminal(text).into_owned())
    }

    /// Several drawings, with an empty line between two.
    pub fn all(drawings: &[Drawing<'_>]) -> Self {
        let drawn = drawings.iter().map(|drawing| drawing.rendered() + "\n");
        Drawn(drawn.collect::<Vec<_>>().join("\n"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drawing<'_> {
    fn rendered(&self) -> String {
        let file = of_one_line(self.file);
        let element: Element<'_> = match &self.place {
            DrawnPosition::Marked { lines, part, first } => {
                let (shown, part) = shown(lines, part);
                Snippet::source(shown)
                    .path(file)
                    .line_start(*first)
                    .annotation(AnnotationKind::Primary.span(part))
                    .into()
            }
            DrawnPosition::At(line, column) => {
                Origin::path(file).line(*line).char_column(*column).into()
            }
        };
        let title = self
            .level
            .clone()
            .primary_title(inert::terminal(self.message));
        let title = match self.code {
            Some(code) => title.id(code),
            None => title,
        };
        let group = title.element(element);
        let group = match self.help {
            Some(help) => group.element(Level::HELP.message(inert::terminal(help))),
            None => group,
        };
        Renderer::styled()
            .decor_style(DecorStyle::Ascii)
            .term_width(width())
            .render(&[group])
    }
}

/// Permission tables are wider than any window. The renderer cuts lines to this number of columns.
fn width() -> usize {
    window::error_width().unwrap_or(120)
}

/// Lines as a terminal may show them, and the range of the part in these lines.
fn shown(lines: &str, part: &Range<usize>) -> (String, Range<usize>) {
    let (before, rest) = lines.split_at_checked(part.start).unwrap_or((lines, ""));
    let length = part.end.saturating_sub(part.start);
    let (marked, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
    let mut shown = inert::terminal(before).into_owned();
    let start = shown.len();
    shown += &inert::terminal(marked);
    let end = shown.len();
    shown += &inert::terminal(after);
    (shown, start..end)
}

/// The name of a file. It may contain line ends too.
fn of_one_line(file: &str) -> Cow<'_, str> {
    let is_plain = !file.contains(['\n', '\r', '\t']);
    match inert::terminal(file) {
        Cow::Borrowed(file) if is_plain => Cow::Borrowed(file),
        shown => {
            let shown = shown.replace('\n', "\\n").replace('\r', "\\r");
            Cow::Owned(shown.replace('\t', "\\t"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}[2J\u{202e}\u{feff}\u{2028}b";
    const ESCAPED: &str = "a\\u001b[2J\\u202e\\ufeff\\u2028b";

    fn drawn(place: DrawnPosition<'_>) -> String {
        let drawing = Drawing {
            level: Level::ERROR,
            code: Some("P031"),
            message: HOSTILE,
            file: HOSTILE,
            place,
            help: Some(HOSTILE),
        };
        anstream::adapter::strip_str(Drawn::all(&[drawing]).as_str()).to_string()
    }

    #[test]
    fn every_text_of_a_drawing_is_escaped() {
        let lines = format!("x{HOSTILE}\n{HOSTILE}");
        let marked = DrawnPosition::Marked {
            lines: &lines,
            part: 1..lines.len() - 1,
            first: 7,
        };
        for (place, count) in [(DrawnPosition::At(1, 1), 3), (marked, 5)] {
            let drawn = drawn(place);
            assert_eq!(inert::terminal(&drawn), drawn);
            assert_eq!(drawn.matches(ESCAPED).count(), count, "{drawn}");
        }
        assert_eq!(Drawn::line(HOSTILE).as_str(), ESCAPED);
    }

    #[test]
    fn the_name_of_a_file_does_not_begin_a_line() {
        assert_eq!(of_one_line("a\nerror: b\r"), "a\\nerror: b\\r");
        assert_eq!(of_one_line("\u{1b}\n"), "\\u001b\\n");
    }
}
