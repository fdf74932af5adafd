//! Diagnostics as plain text with the line that they point at, for build scripts and logs. The command line
//! draws them itself, in colours. This module must never know about a terminal.

use std::fmt::{self, Write};

use super::{Diagnostic, Report};
use crate::inert::terminal;

/// Longer lines are cut around the place, because permission tables are wide.
const WIDTH: usize = 100;

/// Shown where a line is cut, so that nobody mistakes the end of the excerpt for the end of the line.
const CUT: &str = "...";

pub(super) fn write_report(out: &mut dyn Write, report: &Report) -> fmt::Result {
    for (index, diagnostic) in report.diagnostics().into_iter().enumerate() {
        if index > 0 {
            out.write_char('\n')?;
        }
        write_one(out, diagnostic, report.source(&diagnostic.location.file))?;
    }
    Ok(())
}

fn write_one(out: &mut dyn Write, diagnostic: &Diagnostic, source: Option<&str>) -> fmt::Result {
    let Diagnostic {
        location,
        code,
        severity,
        message,
        help,
    } = diagnostic;
    writeln!(out, "{severity}[{code}]: {}", terminal(message))?;
    writeln!(
        out,
        " --> {}:{}:{}",
        terminal(&location.file),
        location.line,
        location.column
    )?;
    if let Some(line) = source.and_then(|text| line_at(text, location.start)) {
        let number = location.line.to_string();
        let gutter = " ".repeat(number.len());
        let marked = location
            .end
            .saturating_sub(location.start)
            .clamp(1, line.rest.len().max(1));
        let marked = line.rest.get(..marked).unwrap_or(line.rest);
        let excerpt = Excerpt::of(
            &terminal(line.before),
            &terminal(marked.trim_end()),
            &terminal(line.rest),
        );
        writeln!(out, "{gutter} |")?;
        writeln!(out, "{number} | {}", excerpt.shown)?;
        let carets = "^".repeat(excerpt.marked);
        writeln!(out, "{gutter} | {}{carets}", " ".repeat(excerpt.before))?;
    }
    writeln!(out, " = help: {}", terminal(help))
}

/// The part of a line that is shown, and the marked part of it, in characters.
struct Excerpt {
    shown: String,
    before: usize,
    marked: usize,
}

impl Excerpt {
    /// The excerpt of the line `before` + `rest`, with the beginning of `rest` marked.
    fn of(before: &str, marked: &str, rest: &str) -> Excerpt {
        let line: Vec<char> = before.chars().chain(rest.trim_end().chars()).collect();
        let before = before.chars().count();
        // At most half of the excerpt comes before the place, and more if little follows it.
        let last_start = line.len().saturating_sub(WIDTH);
        let start = before.saturating_sub(WIDTH / 2).min(last_start);
        let end = (start + WIDTH).min(line.len());
        let cut = |is_cut: bool| if is_cut { CUT } else { "" };
        let (left, right) = (cut(start > 0), cut(end < line.len()));
        let shown: String = line[start..end].iter().collect();
        let room = end.saturating_sub(before).max(1);
        Excerpt {
            shown: [left, shown.as_str(), right].concat(),
            before: left.len() + before - start,
            marked: marked.chars().count().clamp(1, room),
        }
    }
}

const LINE_ENDS: [char; 2] = ['\n', '\r'];

struct Line<'a> {
    before: &'a str,
    rest: &'a str,
}

fn line_at(text: &str, offset: usize) -> Option<Line<'_>> {
    let (head, tail) = text.split_at_checked(offset)?;
    let start = head.rfind(LINE_ENDS).map_or(0, |at| at + 1);
    let end = offset + tail.find(LINE_ENDS).unwrap_or(tail.len());
    let line = &text[start..end];
    (!line.trim().is_empty()).then_some(Line {
        before: &text[start..offset],
        rest: &text[offset..end],
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Location, Report};

    #[test]
    fn a_finding_shows_its_line_with_a_caret_and_a_way_out() {
        let text = "| Adds image members. | FETCH /v1/cloudimages/members |\n";
        let mut place =
            Location::offset("ims/image_sharing.rst", text, text.find("FETCH").unwrap());
        place.end = place.start + 5;
        let mut report = Report::default();
        report.add_source("ims/image_sharing.rst", text);
        report.push(Diagnostic::new(
            Code::UnknownMethod,
            place,
            "`FETCH` is not an HTTP method",
        ));
        assert_eq!(
            report.to_string(),
            "\
error[P031]: `FETCH` is not an HTTP method
 --> ims/image_sharing.rst:1:25
  |
1 | | Adds image members. | FETCH /v1/cloudimages/members |
  |                         ^^^^^
 = help: write one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS
"
        );
    }

    /// The line of `text` as it is shown for `marked`, and what is below the marked text.
    fn shown(text: &str, marked: &str) -> (String, String) {
        let mut place = Location::offset("p.rst", text, text.find(marked).unwrap());
        place.end = place.start + marked.len();
        let mut report = Report::default();
        report.add_source("p.rst", text);
        report.push(Diagnostic::new(Code::UnknownMethod, place, "no"));
        let report = report.to_string();
        let lines: Vec<&str> = report.lines().collect();
        (lines[3].to_owned(), lines[4].to_owned())
    }

    #[test]
    fn a_wide_table_line_is_cut_around_the_place_and_shows_where() {
        let (left, right) = (
            format!("|{}", "a".repeat(300)),
            format!("{}|", "b".repeat(300)),
        );
        for (text, cuts) in [
            (format!("{left}FETCH{right}"), (true, true)),
            (format!("{left}FETCH |"), (true, false)),
            (format!("| FETCH{right}"), (false, true)),
            (
                format!("| FETCH |{}\r\n{left}", " ".repeat(300)),
                (false, false),
            ),
            (
                format!("|{}FETCH{}|", "ä".repeat(40), "ä".repeat(53)),
                (false, false),
            ),
            (
                format!("|{}FETCH{}|", "ä".repeat(40), "ä".repeat(54)),
                (false, true),
            ),
            (format!("x\r| FETCH |\r{right}"), (false, false)),
        ] {
            let (line, carets) = shown(&text, "FETCH");
            let excerpt = line.split_once(" | ").unwrap().1;
            assert_eq!(
                (excerpt.starts_with("..."), excerpt.ends_with("...")),
                cuts,
                "{line}"
            );
            assert!(excerpt.chars().count() <= 106, "{line}");
            let at = carets.find('^').unwrap();
            let below: String = line.chars().skip(at).take(5).collect();
            assert_eq!(
                (below.as_str(), carets.trim_start_matches(['|', ' '])),
                ("FETCH", "^^^^^")
            );
        }
    }

    #[test]
    fn a_border_at_the_end_of_an_excerpt_is_the_border_of_the_line() {
        let text = format!("|{}|\n", "x".repeat(98));
        assert!(shown(&text, "|").0.ends_with("x|"));
        let text = format!("|{}|\n", "x".repeat(99));
        let (line, carets) = shown(&text, text.trim_end());
        assert!(line.ends_with("x..."), "{line}");
        assert_eq!(carets.matches('^').count(), 100);
    }
}
