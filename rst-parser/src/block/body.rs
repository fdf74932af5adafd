//! Finds out which construct a line starts ("Body elements" in the reStructuredText specification). Body
//! elements are distinguished only here. This module does not read any of them itself.

use std::ops::Range;

use crate::parser::Parser;
use crate::source::all;
use crate::{Block, Code};

/// The construct that the first line of a block starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Blank,
    BlockQuote,
    Bullet,
    Enumerator,
    FieldMarker,
    OptionMarker,
    Doctest,
    LineBlock,
    GridTable,
    SimpleTable,
    Explicit,
    Anonymous,
    /// A line of one repeated punctuation character: a line of a title or a transition.
    Rule,
    Text,
}

impl Start {
    /// Classifies a line. Earlier checks have precedence.
    pub fn of(line: &str) -> Start {
        let bytes = line.as_bytes();
        let Some(&first) = bytes.first() else {
            return Start::Blank;
        };
        let second = bytes.get(1).copied();
        let alone = matches!(second, None | Some(b' '));
        match first {
            b' ' => return Start::BlockQuote,
            b'-' | b'+' | b'*' if alone => return Start::Bullet,
            0x80.. => {
                return if super::bullet_list::wide_bullet(line).is_some() {
                    Start::Bullet
                } else {
                    Start::Text
                };
            }
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'#' | b'('
                if super::enumerated_list::marker(line).is_some() =>
            {
                return Start::Enumerator;
            }
            b':' if super::field_list::marker(line).is_some() => return Start::FieldMarker,
            b'-' | b'+' | b'/' => {
                if super::option_list::marker(line).is_some() {
                    return Start::OptionMarker;
                }
                if crate::table::grid::is_border(line) {
                    return Start::GridTable;
                }
            }
            b'>' if line == ">>>" || line.starts_with(">>> ") => return Start::Doctest,
            b'|' if alone => return Start::LineBlock,
            b'=' if crate::table::simple::is_top(line) => return Start::SimpleTable,
            b'.' if line == ".." || line.starts_with(".. ") => return Start::Explicit,
            b'_' if line == "__" || line.starts_with("__ ") => return Start::Anonymous,
            _ => {}
        }
        if is_rule(line) {
            Start::Rule
        } else {
            Start::Text
        }
    }
}

/// Whether the line consists of one repeated punctuation character.
pub(crate) fn is_rule(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes.first() {
        Some(&first) if first.is_ascii_punctuation() => all(bytes, |byte| byte == first),
        _ => false,
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads the lines `view` as body elements. With `titles`, sections may start in them.
    pub fn read(&mut self, view: Range<usize>, titles: bool, out: &mut Vec<Block<'t>>) {
        let Range { start: mut at, end } = view;
        while at < end {
            at = match Start::of(self.line(at)) {
                Start::Blank => at + 1,
                Start::BlockQuote => self.block_quote(at, end, out),
                Start::Bullet => self.bullet_list(at, end, out),
                Start::Enumerator => self.enumerated_list(at, end, titles, out),
                Start::FieldMarker => self.field_list(at, end, out),
                Start::OptionMarker => self.option_list(at, end, titles, out),
                Start::Doctest => self.doctest_block(at, end, out),
                Start::LineBlock => self.line_block(at, end, out),
                Start::GridTable => self.grid_table(at, end, out),
                Start::SimpleTable => self.simple_table(at, end, out),
                Start::Explicit | Start::Anonymous => self.explicit_markup(at, end, out),
                Start::Rule if titles => self.title_or_transition(at, end, out),
                Start::Rule => self.unexpected_rule(at, end, out),
                Start::Text => self.text_block(at, end, titles, out),
            };
        }
    }

    /// Warns that a block ended at line `next` without a blank line.
    pub fn warn_unindent(&mut self, blank_finish: bool, next: usize, end: usize, what: &str) {
        if !blank_finish && next < end {
            let span = self.source.line_span(self.lines[next]);
            let message = format!("{what} ends without a blank line");
            self.report_with_help(
                Code::UnexpectedUnindent,
                span,
                message,
                "add a blank line before this line",
            );
        }
    }
}
