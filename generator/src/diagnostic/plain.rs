//! Diagnostics as plain text with the line they point at, for build scripts and logs.
//! The command line draws them with colours itself; this module must never know a terminal.

use std::fmt::{self, Write};

use super::{Diagnostic, Report};
use crate::inert::terminal;

/// Lines longer than this are cut around the place: permission tables are wide.
const WIDTH: usize = 100;

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
        let text = terminal(line.before).into_owned() + &terminal(line.rest);
        let before = terminal(line.before).chars().count();
        let from = before.saturating_sub(WIDTH / 2);
        let shown: String = text.chars().skip(from).take(WIDTH).collect();
        let marked = location
            .end
            .saturating_sub(location.start)
            .clamp(1, line.rest.len().max(1));
        let marked = line.rest.get(..marked).unwrap_or(line.rest);
        let marked = terminal(marked.trim_end()).chars().count();
        let carets = "^".repeat(marked.clamp(1, (WIDTH + from).saturating_sub(before).max(1)));
        writeln!(out, "{gutter} |")?;
        writeln!(out, "{number} | {}", shown.trim_end())?;
        writeln!(out, "{gutter} | {}{carets}", " ".repeat(before - from))?;
    }
    writeln!(out, " = help: {}", terminal(help))
}

struct Line<'a> {
    before: &'a str,
    rest: &'a str,
}

fn line_at(text: &str, offset: usize) -> Option<Line<'_>> {
    let (head, tail) = text.split_at_checked(offset)?;
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let end = offset + tail.find('\n').unwrap_or(tail.len());
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
            "`FETCH` is no HTTP method",
        ));
        assert_eq!(
            report.to_string(),
            "\
error[P031]: `FETCH` is no HTTP method
 --> ims/image_sharing.rst:1:25
  |
1 | | Adds image members. | FETCH /v1/cloudimages/members |
  |                         ^^^^^
 = help: write one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS
"
        );
    }

    #[test]
    fn a_wide_table_line_is_cut_around_the_place() {
        let text = format!("|{}| FETCH /v1 |{}|", " ".repeat(300), " ".repeat(300));
        let place = Location::offset("p.rst", &text, text.find("FETCH").unwrap());
        let mut report = Report::default();
        report.add_source("p.rst", &text);
        report.push(Diagnostic::new(Code::UnknownMethod, place, "no"));
        assert!(report.to_string().lines().all(|line| line.len() < 120));
        assert!(report.to_string().contains("FETCH"));
    }
}
