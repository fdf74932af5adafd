//! Literal blocks, indented and quoted ("Literal Blocks" in the reStructuredText specification).
//! Their text is never read as markup.

use std::ops::Range;

use super::Indent;
use crate::parser::Parser;
use crate::places::{Places, byte_at};
use crate::{Block, Code, Span};

/// Text that is kept exactly as it is written, without its indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiteralBlock {
    /// The lines of the block.
    pub span: Span,
    /// The lines, joined by line feeds.
    pub text: String,
    pub(crate) places: Places,
}

impl LiteralBlock {
    /// The place of the bytes `range` of [`text`](LiteralBlock::text) in the page. An empty range is a
    /// position. `None` if the range is not in the text or cuts a character.
    ///
    /// ```
    /// use rst_parser::Block;
    ///
    /// let page = "Request::\n\n   {\n     \"limit\": ten\n   }\n";
    /// let parsed = rst_parser::parse(page);
    /// let Block::LiteralBlock(example) = &parsed.document.blocks[1] else { unreachable!() };
    /// let at = example.text.find("ten").unwrap();
    /// let span = example.locate(at..at + 3).unwrap();
    /// assert_eq!((span.line, span.column), (4, 15));
    /// assert_eq!(&page[span.range()], "ten");
    /// ```
    pub fn locate(&self, range: Range<usize>) -> Option<Span> {
        self.places.span(&self.text, range)
    }

    /// The position in the page of a line and a column of [`text`](LiteralBlock::text), both from one. The
    /// column counts characters. `None` if the text does not have this line or column.
    ///
    /// Use it for the errors of a program that reads the text, such as a JSON parser.
    pub fn locate_line(&self, line: usize, column: usize) -> Option<Span> {
        let at = byte_at(&self.text, line, column)?;
        self.locate(at..at)
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads the literal block that a `::` before line `at` announced.
    pub fn literal_block(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let block = self.indented(at, end, Indent::Found);
        let (next, lines) = (block.next, block.lines.clone());
        if lines.is_empty() {
            self.lines.truncate(block.pushed);
            return self.quoted_literal_block(next, end, out);
        }
        let span = self.span_of(lines.clone());
        let (text, places) = self.joined_with_places(lines);
        self.lines.truncate(block.pushed);
        out.push(Block::LiteralBlock(LiteralBlock { span, text, places }));
        self.warn_unindent(block.blank_finish, next, end, "a literal block");
        next
    }

    fn quoted_literal_block(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let quote = self.first_byte(at, end).filter(u8::is_ascii_punctuation);
        let Some(quote) = quote else {
            let line = at.min(end - 1);
            let span = self.source.line_span(self.lines[line]);
            self.report(
                Code::MissingLiteralBlock,
                span,
                "`::` announces a literal block, but no literal block follows".to_owned(),
            );
            return at;
        };
        let mut next = at + 1;
        while self.first_byte(next, end) == Some(quote) {
            next += 1;
        }
        let span = self.span_of(at..next);
        let (text, places) = self.joined_with_places(at..next);
        out.push(Block::LiteralBlock(LiteralBlock { span, text, places }));
        if let Some(other) = self.first_byte(next, end) {
            let span = self.source.line_span(self.lines[next]);
            let (code, message) = if other == b' ' {
                (
                    Code::UnexpectedIndentation,
                    "unexpected indentation in a quoted literal block".to_owned(),
                )
            } else {
                let quote = char::from(quote);
                (
                    Code::InconsistentQuoting,
                    format!("a literal block that is quoted with `{quote}` continues without it"),
                )
            };
            self.report(code, span, message);
        }
        next
    }

    fn first_byte(&self, at: usize, end: usize) -> Option<u8> {
        if at < end {
            self.line(at).bytes().next()
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    fn literal(text: &str) -> String {
        match &parse(text).document.blocks[..] {
            [Block::LiteralBlock(block), ..] => block.text.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn indentation_common_to_all_lines_is_cut() {
        assert_eq!(
            literal("::\n\n   {\n      \"image_id\": \"1\"\n   }\n\n"),
            "{\n   \"image_id\": \"1\"\n}"
        );
    }

    #[test]
    fn unindented_lines_with_one_quoting_character_are_a_literal_block() {
        assert_eq!(
            literal("::\n\n> GET /v2/images\n> Host: ims\n"),
            "> GET /v2/images\n> Host: ims"
        );
    }

    #[test]
    fn a_missing_literal_block_is_reported() {
        let parsed = parse("Example::\n\nText.\n");
        assert_eq!(parsed.diagnostics[0].code, crate::Code::MissingLiteralBlock);
    }
}
