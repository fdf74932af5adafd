//! Characters of a page that are invisible, or that make its text look different. A reviewer of a page cannot
//! see them, so they are reported. This module must never remove one.

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::inert::{is_invisible, is_plain};

/// Reports such characters of a page's text. All of a line are one finding, at the first of them.
pub(crate) fn report(file: &str, text: &str, report: &mut Report) {
    // The mark at the beginning of a file states its encoding.
    let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for (number, line) in (1..).zip(text[start..].split('\n')) {
        if !is_plain(line)
            && let Some(first) = line.find(is_unseen)
        {
            let column = line[..first].chars().count() + 1;
            let place = Location {
                file: file.to_owned(),
                line: number,
                column: u32::try_from(column).unwrap_or(u32::MAX),
                start: start + first,
                end: start + first + line[first..].chars().next().map_or(0, char::len_utf8),
            };
            report.push(Diagnostic::new(Code::Unseen, place, message(line)));
        }
        start += line.len() + 1;
    }
}

/// The white space of RST (tab, line feed, form feed, carriage return) is visible by its effect.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t'..='\r')) || is_invisible(c)
}

fn message(line: &str) -> String {
    let mut unseen = line.chars().filter(|c| is_unseen(*c));
    let first = unseen.next().unwrap_or_default();
    let kind = if is_invisible(first) {
        "is invisible, or changes how the text around it is shown"
    } else {
        "is a control character"
    };
    let name = format!("U+{:04X}", u32::from(first));
    match unseen.count() {
        0 => format!("{name} {kind}"),
        more => format!("{name} {kind}; the line has {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Report::default();
        report("p.rst", text, &mut found);
        let shown = |finding: &&Diagnostic| {
            let place = &finding.location;
            format!("{}:{} {}", place.line, place.column, finding.message)
        };
        found.diagnostics().iter().map(shown).collect()
    }

    #[test]
    fn the_unseen_characters_of_each_line_are_named_at_the_first() {
        let text = "Image\u{200b} Sharing\nAdds é\u{202e}\u{2066} members\n\u{1b}[2J";
        assert_eq!(
            found(text),
            [
                "1:6 U+200B is invisible, or changes how the text around it is shown",
                "2:7 U+202E is invisible, or changes how the text around it is shown; the line has 1 more",
                "3:1 U+001B is a control character",
            ]
        );
    }

    #[test]
    fn a_mark_of_the_encoding_and_white_space_are_no_findings() {
        assert_eq!(found("\u{feff}a\tb\u{a0}c\r\n\u{b}\u{c}"), [] as [&str; 0]);
        assert_eq!(found("a\u{feff}").len(), 1);
        assert_eq!(found(""), [] as [&str; 0]);
    }
}
