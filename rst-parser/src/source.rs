//! The text as lines. Line ends, tabs, form feeds, white space at line ends and a byte order mark are
//! handled only here ("Whitespace" in the reStructuredText specification).
//! No position is lost. Every position maps back to a byte of the original text.

mod embedded;
mod white_space;

use std::borrow::Cow;

use self::embedded::Origin;
pub(crate) use self::embedded::Stretch;
use self::white_space::{STRETCH, is_plain, split_line};
pub(crate) use self::white_space::{all, is_space, leading_blanks, trim_end};
use crate::Span;

/// Tab stops are every eight columns, as the specification says.
const TAB_STOP: usize = 8;

/// Characters are counted from the last multiple of this many bytes.
const COUNT_STEP: usize = 64;

/// The expected length of a line, to allocate memory for lines.
const BYTES_PER_LINE: usize = 48;

/// A line, or the rest of one after indentation and list markers are cut away.
///
/// A line never ends in white space, so a blank line is empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The first byte in [`Source::text`].
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// The index of the physical line.
    pub row: u32,
}

impl Line {
    pub fn is_blank(self) -> bool {
        self.start == self.end
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The line without its first `bytes` bytes.
    pub fn skip(self, bytes: usize) -> Line {
        let start = self
            .start
            .saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        Line {
            start: start.min(self.end),
            ..self
        }
    }

    /// The first `bytes` bytes of the line.
    pub fn take(self, bytes: usize) -> Line {
        let end = self
            .start
            .saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        Line {
            end: end.min(self.end),
            ..self
        }
    }
}

/// The normalised text to parse, with the positions of the original.
pub(crate) struct Source<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    /// The places where normalised and original positions differ. From the first position on, add the
    /// difference.
    anchors: Vec<(u32, u32)>,
    /// The first byte of each physical line in the original text.
    rows: Vec<u32>,
    /// The number of characters before each [`COUNT_STEP`] bytes of the original text. Empty if all
    /// characters are ASCII.
    counts: Vec<u32>,
    truncated: bool,
    /// The text around this one, if this one is written there in another form.
    origin: Option<Origin<'t>>,
}

impl<'t> Source<'t> {
    pub fn new(original: &'t str) -> (Source<'t>, Vec<Line>) {
        Source::with_limit(original, u32::MAX as usize)
    }

    fn with_limit(original: &'t str, limit: usize) -> (Source<'t>, Vec<Line>) {
        let mut source = Source::unread(original);
        let lines = source.read(limit);
        (source, lines)
    }

    fn unread(original: &'t str) -> Source<'t> {
        Source {
            original,
            text: Cow::Borrowed(original),
            anchors: Vec::new(),
            rows: Vec::new(),
            counts: Vec::new(),
            truncated: false,
            origin: None,
        }
    }

    fn read(&mut self, limit: usize) -> Vec<Line> {
        let original = self.original;
        let ascii = original.is_ascii();
        if !ascii {
            self.count_characters();
        }
        let plain = original.len() <= limit && (ascii || is_plain(original));
        let lines = if plain { self.split_plain() } else { None };
        lines.unwrap_or_else(|| self.normalise(limit))
    }

    /// The normalised text. [`Line`] positions refer to it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text if it is the original, which lasts as long as the document.
    pub fn lasting(&self) -> Option<&'t str> {
        match self.text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// Whether all of the text is ASCII.
    pub fn is_ascii(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether the text was too long to be read to its end.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// The span of `start..end` of the normalised text, which starts on physical line `row`.
    pub fn span(&self, start: u32, end: u32, row: u32) -> Span {
        let (start, end) = (self.original_position(start), self.original_position(end));
        if let Some(origin) = &self.origin {
            let (start, end, row) = origin.range(start, end.max(start));
            return origin.outer.span(start, end, row);
        }
        let line_start = self
            .rows
            .get(row as usize)
            .copied()
            .unwrap_or_default()
            .min(start);
        let column = if self.counts.is_empty() {
            start - line_start
        } else {
            self.characters_between(line_start, start)
        };
        Span {
            start,
            end: end.max(start),
            line: row + 1,
            column: column + 1,
        }
    }

    /// The span of a line.
    pub fn line_span(&self, line: Line) -> Span {
        self.span(line.start, line.end, line.row)
    }

    /// The number of the physical line of `line`, from 1, in the outermost text.
    pub fn line_number(&self, line: Line) -> u32 {
        match &self.origin {
            None => line.row + 1,
            Some(_) => self.line_span(line.take(0)).line,
        }
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        let end = u32::try_from(self.original.len()).unwrap_or(u32::MAX);
        let end = floor_boundary(self.original, end as usize);
        if let Some(origin) = &self.origin {
            let (start, end, row) = origin.range(0, end);
            return origin.outer.span(start, end, row);
        }
        Span {
            start: 0,
            end,
            line: 1,
            column: 1,
        }
    }

    /// The original text of a span.
    pub fn original(&self, span: Span) -> &'t str {
        if let Some(origin) = &self.origin {
            return origin.outer.original(span);
        }
        self.original.get(span.range()).unwrap_or_default()
    }

    fn original_position(&self, position: u32) -> u32 {
        if self.anchors.is_empty() {
            return position;
        }
        let next = self.anchors.partition_point(|&(at, _)| at <= position);
        let Some(&(at, original)) = next.checked_sub(1).and_then(|i| self.anchors.get(i)) else {
            return position;
        };
        // Inside the spaces of a tab, a position must not be after the tab.
        let limit = self
            .anchors
            .get(next)
            .map_or(u32::MAX, |&(_, original)| original);
        let mapped = original.saturating_add(position - at).min(limit);
        floor_boundary(self.original, mapped as usize)
    }

    fn characters_between(&self, from: u32, to: u32) -> u32 {
        let (first, last) = (from as usize / COUNT_STEP, to as usize / COUNT_STEP + 1);
        if let (Some(before), Some(after)) = (self.counts.get(first), self.counts.get(last))
            && (after - before) as usize == (last - first) * COUNT_STEP
        {
            // All of it is ASCII.
            return to - from;
        }
        self.characters_before(to) - self.characters_before(from)
    }

    fn characters_before(&self, position: u32) -> u32 {
        let position = (position as usize).min(self.original.len());
        let step = position / COUNT_STEP;
        let counted = self.counts.get(step).copied().unwrap_or_default();
        counted + count_characters(&self.original.as_bytes()[step * COUNT_STEP..position])
    }

    fn count_characters(&mut self) {
        let mut counted = 0;
        for chunk in self.original.as_bytes().chunks(COUNT_STEP) {
            self.counts.push(counted);
            counted += count_characters(chunk);
        }
        self.counts.push(counted);
    }

    /// The common case: the text is already normalised, and its lines end in a line feed. `None` for a
    /// text with another control character.
    fn split_plain(&mut self) -> Option<Vec<Line>> {
        let bytes = self.original.as_bytes();
        let expected = bytes.len() / BYTES_PER_LINE + 1;
        let mut lines = Vec::with_capacity(expected);
        let mut rows = Vec::with_capacity(expected);
        let mut start = 0;
        let mut push = |end: usize| {
            let first = position(start);
            let row = position(rows.len());
            rows.push(first);
            let text = &self.original[start..end];
            lines.push(Line {
                start: first,
                end: position(start + trim_end(text).len()),
                row,
            });
            start = end + 1;
        };
        // Most parts of a table do not contain a line end. They are skipped many bytes at a time.
        let (stretches, rest) = bytes.as_chunks::<STRETCH>();
        for (index, stretch) in stretches.iter().enumerate() {
            let mut found = white_space::control_bytes(stretch);
            while found != 0 {
                let at = index * STRETCH + found.trailing_zeros() as usize;
                if bytes[at] != b'\n' {
                    return None;
                }
                push(at);
                found &= found - 1;
            }
        }
        for (at, &byte) in (bytes.len() - rest.len()..).zip(rest) {
            if byte == b'\n' {
                push(at);
            } else if byte < b' ' {
                return None;
            }
        }
        if bytes.last().is_some_and(|&last| last != b'\n') {
            push(bytes.len());
        }
        self.rows = rows;
        Some(lines)
    }

    /// Writes the normalised text: tabs as spaces, form feeds as spaces, every line end as a line feed.
    fn normalise(&mut self, limit: usize) -> Vec<Line> {
        let original = self.original;
        let mut text = String::with_capacity(original.len().min(limit));
        let mut lines = Vec::new();
        let marked = original.strip_prefix('\u{feff}');
        let mut rest = marked.filter(|_| self.origin.is_none()).unwrap_or(original);
        while !rest.is_empty() {
            let at = original.len() - rest.len();
            let (line, after) = split_line(rest);
            let tabs = line.bytes().filter(|&byte| byte == b'\t').count();
            if at + line.len() > limit || text.len() + line.len() + tabs * TAB_STOP > limit {
                self.truncated = true;
                break;
            }
            let row = position(lines.len());
            let start = text.len();
            self.rows.push(position(at));
            self.anchor(start, at);
            self.push_widened(&mut text, trim_end(line), at);
            let end = start + trim_end(&text[start..]).len();
            lines.push(Line {
                start: position(start),
                end: position(end),
                row,
            });
            self.anchor(text.len(), at + trim_end(line).len());
            text.push('\n');
            rest = after;
        }
        self.text = Cow::Owned(text);
        lines
    }

    fn push_widened(&mut self, text: &mut String, line: &str, at: usize) {
        let mut column = 0;
        for (offset, character) in line.char_indices() {
            match character {
                '\t' => {
                    let width = TAB_STOP - column % TAB_STOP;
                    column += width;
                    text.extend(std::iter::repeat_n(' ', width));
                    self.anchor(text.len(), at + offset + 1);
                }
                '\u{b}' | '\u{c}' => {
                    column += 1;
                    text.push(' ');
                }
                _ => {
                    column += 1;
                    text.push(character);
                }
            }
        }
    }

    fn anchor(&mut self, normalised: usize, original: usize) {
        let (normalised, original) = (position(normalised), position(original));
        match self.anchors.last() {
            Some(&(at, _)) if at == normalised => {
                self.anchors.pop();
                self.anchors.push((normalised, original));
            }
            Some(&(at, from)) if normalised - at == original - from => {}
            _ => self.anchors.push((normalised, original)),
        }
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn floor_boundary(text: &str, at: usize) -> u32 {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    position(at)
}

fn count_characters(bytes: &[u8]) -> u32 {
    // Continuation bytes are less than -64 as signed numbers.
    let count = bytes
        .iter()
        .filter(|&&byte| byte.cast_signed() >= -64)
        .count();
    position(count)
}

#[cfg(test)]
mod tests;
