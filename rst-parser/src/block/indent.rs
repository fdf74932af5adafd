//! Cuts an indented block out of the lines around it ("Indentation" in the reStructuredText
//! specification). This module does not read the content of the block.

use std::ops::Range;

use crate::parser::Parser;
use crate::source::{Line, is_space, leading_blanks};

/// An indented block. Its lines are pushed onto the parser's lines without their indentation.
pub(crate) struct Indented {
    /// The lines of the block, without blank lines at the start.
    pub lines: Range<usize>,
    /// The number of lines before the block was pushed. Dropping the block truncates the lines to it.
    pub pushed: usize,
    /// The line after the block.
    pub next: usize,
    /// Whether the block ended at a blank line or at the end of the text.
    pub blank_finish: bool,
}

/// How the indentation of a block is determined.
#[derive(Clone, Copy)]
pub(crate) enum Indent {
    /// All lines are indented. The smallest indentation is cut.
    Found,
    /// The first line starts after this many bytes. The smallest indentation of the other lines is cut.
    AfterMarker { bytes: usize },
    /// The first line starts after this many bytes, and every other line after this many characters.
    Known { bytes: usize, characters: usize },
}

impl Parser<'_, '_> {
    /// Pushes the indented block that starts on line `at`.
    pub fn indented(&mut self, at: usize, end: usize, indent: Indent) -> Indented {
        let (next, blank_finish) = self.indented_end(at, end, indent);
        self.push_indented(at..next, indent, blank_finish, false)
    }

    /// The same as [`Parser::indented`] after a marker, but keeps blank lines at the start, because they
    /// separate the content of a directive from its arguments.
    pub fn indented_with_top(&mut self, at: usize, end: usize, bytes: usize) -> Indented {
        let indent = Indent::AfterMarker { bytes };
        let (next, blank_finish) = self.indented_end(at, end, indent);
        self.push_indented(at..next, indent, blank_finish, true)
    }

    /// The same as [`Parser::indented`], but the block also ends before the first blank line.
    pub fn indented_until_blank(&mut self, at: usize, end: usize, bytes: usize) -> Indented {
        let indent = Indent::AfterMarker { bytes };
        let mut next = at + 1;
        while next < end && self.line(next).starts_with(' ') {
            next += 1;
        }
        let blank_finish = self.blank_at(next, end);
        self.push_indented(at..next, indent, blank_finish, false)
    }

    /// The end of the block that starts at `at`, and whether a blank line or the end of the text ends it.
    pub fn indented_end(&self, at: usize, end: usize, indent: Indent) -> (usize, bool) {
        let first = if matches!(indent, Indent::Found) {
            at
        } else {
            at + 1
        };
        let mut next = first;
        while next < end {
            let line = self.line(next);
            let inside = line.is_empty()
                || line.starts_with(' ')
                    && match indent {
                        Indent::Known { characters, .. } => indentation(line).1 >= characters,
                        _ => true,
                    };
            if !inside {
                return (next, next > at && self.lines[next - 1].is_blank());
            }
            next += 1;
        }
        (next, true)
    }

    fn push_indented(
        &mut self,
        block: Range<usize>,
        indent: Indent,
        blank_finish: bool,
        top: bool,
    ) -> Indented {
        let pushed = self.lines.len();
        let next = block.end;
        let (first, rest) = match indent {
            Indent::Found => (None, block),
            Indent::AfterMarker { bytes } | Indent::Known { bytes, .. } => (
                Some(self.lines[block.start].skip(bytes)),
                block.start + 1..block.end,
            ),
        };
        let cut = match indent {
            Indent::Known { characters, .. } => characters,
            _ => self.smallest_indentation(rest.clone()),
        };
        // Blank lines at the start do not belong to the block.
        let mut started = top || first.is_some_and(|line| !line.is_blank());
        if let (Some(line), true) = (first, started) {
            self.lines.push(line);
        }
        for at in rest {
            let line = self.lines[at];
            started |= !line.is_blank();
            if started {
                let bytes = bytes_of(self.slice(line), cut);
                self.lines.push(line.skip(bytes));
            }
        }
        Indented {
            lines: pushed..self.lines.len(),
            pushed,
            next,
            blank_finish,
        }
    }

    fn smallest_indentation(&self, lines: Range<usize>) -> usize {
        let indented = lines.filter(|&at| !self.lines[at].is_blank());
        indented
            .map(|at| indentation(self.line(at)).1)
            .min()
            .unwrap_or_default()
    }

    /// Cuts the first `cut` characters off every line from `first` on.
    pub fn cut_in_place(&mut self, first: usize, cut: usize) {
        for at in first..self.lines.len() {
            let line = self.lines[at];
            if line.is_blank() {
                continue;
            }
            self.lines[at] = line.skip(bytes_of(self.slice(line), cut));
        }
    }
}

/// The white space at the start of a line, in bytes and in characters.
pub(crate) fn indentation(line: &str) -> (usize, usize) {
    let blanks = leading_blanks(line.as_bytes());
    match line.as_bytes().get(blanks) {
        Some(0x80.. | ..b' ') => {
            let rest = line.trim_start_matches(is_space);
            let bytes = line.len() - rest.len();
            (bytes, line[..bytes].chars().count())
        }
        _ => (blanks, blanks),
    }
}

/// The number of bytes of the first `characters` characters of a line.
fn bytes_of(line: &str, characters: usize) -> usize {
    let blanks = leading_blanks(line.as_bytes()).min(characters);
    if blanks == characters {
        return blanks;
    }
    line.char_indices()
        .nth(characters)
        .map_or(line.len(), |(at, _)| at)
}

/// A line without the white space at its start.
pub(crate) fn trim_start(line: Line, text: &str) -> Line {
    line.skip(indentation(text).0)
}
