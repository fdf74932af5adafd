//! The places of text that is kept as it is written: which byte of the text is which byte of the page.
//! Indentation, the box of a table cell and widened tabs lie between the two, so only the parser knows.

use std::ops::Range;

use crate::Span;
use crate::parser::Parser;
use crate::source::Line;

/// The places of a text of several lines, as stretches in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<Stretch>);

/// A stretch of the text, with the place where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    /// The first byte in the text.
    at: u32,
    /// The number of bytes in the text. The span has as many bytes, unless the stretch is the spaces of a tab or
    /// another character that the page writes differently.
    length: u32,
    span: Span,
}

impl Places {
    /// The span of the bytes `range` of `text`, whose places these are. `None` if they are not in the text or
    /// cut a character.
    pub fn span(&self, text: &str, range: Range<usize>) -> Option<Span> {
        text.get(range.clone())?;
        let first = self.stretch(range.start)?;
        let before = text.get(first.at as usize..range.start)?;
        let start = Span {
            start: first.byte(before.len()),
            column: first.span.column + first.columns(before),
            ..first.span
        };
        let end = match range.end.checked_sub(1).filter(|_| !range.is_empty()) {
            Some(inside) => {
                let last = self.stretch(inside)?;
                last.end(range.end - last.at as usize).max(start.start)
            }
            None => start.start,
        };
        Some(Span { end, ..start })
    }

    /// The last stretch that starts at `at` or before it.
    fn stretch(&self, at: usize) -> Option<Stretch> {
        let next = self.0.partition_point(|stretch| stretch.at as usize <= at);
        self.0.get(next.checked_sub(1)?).copied()
    }

    fn push(&mut self, at: usize, length: usize, span: Span) {
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.0.push(Stretch {
            at: narrow(at),
            length: narrow(length),
            span,
        });
    }
}

impl Stretch {
    /// Whether the page writes the stretch as the text does.
    fn is_alike(self) -> bool {
        self.span.len() == self.length as usize
    }

    /// The number of characters of the page for the text `before` at the start of the stretch.
    fn columns(self, before: &str) -> u32 {
        if self.is_alike() {
            return u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        }
        u32::from(before.len() == self.length as usize && !self.span.is_empty())
    }

    /// The byte of the page after the first `length` bytes of the stretch.
    fn end(self, length: usize) -> u32 {
        if self.is_alike() {
            self.byte(length)
        } else {
            self.span.end
        }
    }

    /// The byte of the page for the byte `within` of the stretch. The line feed after the stretch is its end.
    fn byte(self, within: usize) -> u32 {
        if !self.is_alike() && within < self.length as usize {
            return self.span.start;
        }
        let within = u32::try_from(within).unwrap_or(u32::MAX);
        self.span.start.saturating_add(within).min(self.span.end)
    }
}

/// The byte of `text` at a line and a column, both from one. The column counts characters. The column after the
/// last character of the line is its end.
pub(crate) fn byte_at(text: &str, line: usize, column: usize) -> Option<usize> {
    let start = match line.checked_sub(1)? {
        0 => 0,
        before => text.match_indices('\n').nth(before - 1)?.0 + 1,
    };
    let line = text[start..].split('\n').next()?;
    let mut starts = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    Some(start + starts.nth(column.checked_sub(1)?)?)
}

impl Parser<'_, '_> {
    /// The same as [`Parser::joined`], with the places of the text.
    pub fn joined_with_places(&self, range: Range<usize>) -> (String, Places) {
        let text = self.joined(range.clone());
        let mut places = Places::default();
        let mut at = 0;
        for &line in &self.lines[range] {
            if at > text.len() {
                break;
            }
            self.place_line(at, line, &mut places);
            at += line.len() + 1;
        }
        (text, places)
    }

    /// Adds the places of a line that starts at byte `at` of the text.
    fn place_line(&self, at: usize, line: Line, places: &mut Places) {
        let span = self.source.line_span(line);
        if span.len() == line.len() {
            places.push(at, line.len(), span);
            return;
        }
        for (from, character) in self.slice(line).char_indices() {
            let start = line.start + u32::try_from(from).unwrap_or(0);
            let length = character.len_utf8();
            let end = start + u32::try_from(length).unwrap_or(0);
            let span = self.source.span(start, end, line.row);
            let is_same = self.source.original(span).chars().eq([character]);
            places.push_character(at + from, length, span, is_same);
        }
    }
}

impl Places {
    /// Adds a character. It extends the last stretch if the page continues in the same way (`is_same`), or if it
    /// is a further space of the same tab, which does not have a place of its own.
    fn push_character(&mut self, at: usize, length: usize, span: Span, is_same: bool) {
        if let Some(last) = self.0.last_mut()
            && last.at as usize + last.length as usize == at
        {
            let continues = is_same && last.is_alike() && span.start == last.span.end;
            if span.is_empty() || continues && span.line == last.span.line {
                last.length += u32::try_from(length).unwrap_or(0);
                last.span.end = last.span.end.max(span.end);
                return;
            }
        }
        self.push(at, length, span);
    }
}

#[cfg(test)]
mod tests {
    use super::byte_at;
    use crate::{Block, LiteralBlock, Span, parse};

    fn literal(text: &str) -> LiteralBlock {
        fn find(block: &Block<'_>) -> Option<LiteralBlock> {
            match block {
                Block::LiteralBlock(literal) => Some(literal.clone()),
                Block::Directive(code) if code.name == "code-block" => Some(code.literal()),
                _ => block.children().find_map(find),
            }
        }
        parse(text).document.blocks.iter().find_map(find).unwrap()
    }

    /// Checks that each character of the text is the character of the page at its place, but for tabs.
    fn agrees(page: &str) {
        let literal = literal(page);
        for (at, character) in literal.text.char_indices() {
            let span = literal.locate(at..at + character.len_utf8()).unwrap();
            if character != '\n' {
                let there = &page[span.range()];
                assert!(
                    there == character.to_string()
                        || character == ' ' && matches!(there, "\t" | ""),
                    "{at}: {there:?}"
                );
            }
            let line = page.lines().nth(span.line as usize - 1).unwrap();
            let before: String = line.chars().take(span.column as usize - 1).collect();
            let start = line.as_ptr() as usize - page.as_ptr() as usize;
            assert_eq!(start + before.len(), span.start as usize, "{at}: {span:?}");
        }
    }

    #[test]
    fn every_character_of_a_literal_block_is_found_on_the_page() {
        agrees("Example::\n\n   {\n     \"a\": 1\n\n   }\n");
        agrees("Quoted::\n\n> a\n> b\n");
        agrees("::\n\n  über ä\n    ö x\n");
        agrees(".. code-block:: json\n   :linenos:\n\n   {\n     \"é\": 1\n   }\n");
        agrees(
            "\
+-------+-----------+
| ID    | Example:: |
|       |           |
|       |   {       |
|       |    \"a\": 1 |
|       |   }       |
+-------+-----------+
",
        );
    }

    #[test]
    fn a_widened_tab_is_one_character_of_the_page() {
        agrees("::\n\n\ta\tb\t\tc\n\t\td\n");
        agrees("::\n\n  a\tä\n \tb\n");
    }

    #[test]
    fn a_range_over_several_lines_has_one_span() {
        let page = "::\n\n   {\n     \"a\": 1\n   }\n";
        let literal = literal(page);
        let all = literal.locate(0..literal.text.len()).unwrap();
        assert_eq!(&page[all.range()], "{\n     \"a\": 1\n   }");
        assert_eq!(all, literal.span);
    }

    #[test]
    fn lines_and_columns_of_a_reader_of_the_text_are_found() {
        let page = "::\n\n   {\n     \"a\": x\n   }\n";
        let literal = literal(page);
        // The line and column that a JSON reader reports for the `x`.
        let span = literal.locate_line(2, 8).unwrap();
        assert_eq!((span.line, span.column), (4, 11));
        assert!(page[span.start as usize..].starts_with("x\n"));
    }

    #[test]
    fn places_outside_of_the_text_are_none() {
        let literal = literal("::\n\n   é\n");
        assert_eq!(literal.locate(0..3), None);
        assert_eq!(literal.locate(1..2), None, "it cuts a character");
        assert_eq!(literal.locate_line(2, 1), None);
        assert_eq!(literal.locate_line(0, 1), None);
        let end = literal.locate(2..2).unwrap();
        assert_eq!(
            end,
            Span {
                start: 9,
                end: 9,
                line: 3,
                column: 5
            }
        );
        assert_eq!(byte_at("a\nb", 1, 2), Some(1));
        assert_eq!(byte_at("a\nb", 1, 3), None);
    }
}
