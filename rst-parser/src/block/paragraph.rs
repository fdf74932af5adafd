//! Paragraphs, and how the second line of a text decides what the first one is ("Paragraphs" in the
//! reStructuredText specification). This module never reads past a blank line, except for the literal
//! block that a `::` at the end announces.

use std::ops::Range;

use super::body::is_rule;
use crate::inline::{self, Inline};
use crate::parser::Parser;
use crate::{Block, Code, Few, Span};

/// A paragraph: text with inline markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph<'t> {
    /// The lines of the paragraph.
    pub span: Span,
    /// The text and inline markup of the paragraph, in order.
    pub inlines: Few<Inline<'t>>,
}

impl Paragraph<'_> {
    /// The text without markup. Line feeds separate its lines.
    pub fn text(&self) -> String {
        inline::text(&self.inlines)
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads the block that starts with a line of text: a paragraph, a definition list or a section.
    pub fn text_block(
        &mut self,
        at: usize,
        end: usize,
        titles: bool,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        if self.blank_at(at + 1, end) {
            return self.paragraph(at..at + 1, end, out);
        }
        let second = self.line(at + 1);
        if second.starts_with(' ') {
            return self.definition_list(at, end, out);
        }
        if is_rule(second)
            && let Some(next) = self.underlined_title(at, end, titles, out)
        {
            return next;
        }
        let mut next = at + 2;
        while next < end && !self.lines[next].is_blank() {
            if self.line(next).starts_with(' ') {
                let span = self.source.line_span(self.lines[next]);
                self.report(
                    Code::UnexpectedIndentation,
                    span,
                    "unexpected indentation in a paragraph".to_owned(),
                );
                break;
            }
            next += 1;
        }
        self.paragraph(at..next, end, out)
    }

    /// Reads the lines `range` as a paragraph, and the literal block that it may announce.
    fn paragraph(&mut self, range: Range<usize>, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let next = range.end;
        let last = self.lines[next - 1];
        let literal = announces_literal(self.slice(last));
        if !literal {
            let span = self.span_of(range.clone());
            let inlines = self.inlines(range);
            out.push(Block::Paragraph(Paragraph { span, inlines }));
            return next;
        }
        if range.len() == 1 && last.len() == 2 {
            return self.literal_block(next, end, out);
        }
        let span = self.span_of(range.clone());
        let text = self.slice(last);
        // `text ::` loses both colons, and `text::` keeps one of them.
        let kept = match text.len() {
            2 => 0,
            length if text.as_bytes()[length - 3] == b' ' => {
                crate::source::trim_end(&text[..length - 3]).len()
            }
            length => length - 1,
        };
        self.lines[next - 1] = last.take(kept);
        let inline_lines = if kept == 0 {
            range.start..next - 1
        } else {
            range
        };
        let inlines = self.inlines(inline_lines);
        self.lines[next - 1] = last;
        out.push(Block::Paragraph(Paragraph { span, inlines }));
        self.literal_block(next, end, out)
    }
}

/// Whether the text ends in `::` and the first of these colons is not escaped.
fn announces_literal(text: &str) -> bool {
    text.strip_suffix("::").is_some_and(|rest| {
        let backslashes = rest.bytes().rev().take_while(|&byte| byte == b'\\').count();
        backslashes % 2 == 0
    })
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn lines_of_a_paragraph_stay_one_text() {
        let parsed =
            parse("This section describes fine-grained permissions\nmanagement for your images.\n");
        let text = parsed.document.blocks[0].text();
        assert_eq!(
            text,
            "This section describes fine-grained permissions\nmanagement for your images."
        );
    }

    #[test]
    fn two_colons_at_the_end_announce_a_literal_block_and_leave_one() {
        let parsed = parse("Example::\n\n    GET /v2/images\n");
        let [Block::Paragraph(paragraph), Block::LiteralBlock(block)] = &parsed.document.blocks[..]
        else {
            panic!("{:?}", parsed.document.blocks);
        };
        assert_eq!(
            (paragraph.text().as_str(), block.text.as_str()),
            ("Example:", "GET /v2/images")
        );
    }

    #[test]
    fn two_colons_alone_are_not_a_paragraph() {
        assert!(matches!(
            parse("::\n\n    x\n").document.blocks[..],
            [Block::LiteralBlock(_)]
        ));
    }
}
