//! Line blocks ("Line Blocks" in the reStructuredText specification).
//! Their line ends and their indentation are kept.

use crate::inline::{self, Inline};
use crate::parser::Parser;
use crate::{Block, Code, Few, Span};

/// Lines that start with `|` and keep their line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBlock<'t> {
    /// The lines of the block in the text.
    pub span: Span,
    /// The lines, in order.
    pub lines: Vec<BlockLine<'t>>,
}

/// One line of a [`LineBlock`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockLine<'t> {
    /// The line from its `|` on, with the lines that continue it.
    pub span: Span,
    /// The number of spaces after the `|`, minus one. An empty line has the indentation of the line
    /// before it.
    pub indent: usize,
    /// The text and inline markup of the line.
    pub inlines: Few<Inline<'t>>,
}

impl BlockLine<'_> {
    /// The line without markup.
    pub fn text(&self) -> String {
        inline::text(&self.inlines)
    }
}

impl<'t> Parser<'_, 't> {
    pub(super) fn line_block(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let mut lines: Vec<BlockLine<'t>> = Vec::new();
        let mut next = at;
        loop {
            let line = self.line(next);
            let blanks = line[1..].bytes().take_while(|&byte| byte == b' ').count();
            let block = self.indented_until_blank(next, end, 1 + blanks);
            let inlines = self.inlines(block.lines.clone());
            self.lines.truncate(block.pushed);
            let indent = match lines.last() {
                Some(last) if line == "|" => last.indent,
                _ => blanks.saturating_sub(1),
            };
            lines.push(BlockLine {
                span: self.span_of(next..block.next),
                indent,
                inlines,
            });
            next = block.next;
            if block.blank_finish {
                break;
            }
            let line = self.line(next);
            if line != "|" && !line.starts_with("| ") {
                let span = self.source.line_span(self.lines[next]);
                let message = "a line block ends without a blank line".to_owned();
                self.report_with_help(
                    Code::UnexpectedUnindent,
                    span,
                    message,
                    "add a blank line before this line",
                );
                break;
            }
        }
        let span = self.span_of(at..next);
        out.push(Block::LineBlock(LineBlock { span, lines }));
        next
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn every_bar_starts_a_line() {
        let parsed = parse("| POST /v2/images\n| Host: ims\n");
        assert_eq!(
            parsed.document.blocks[0].text(),
            "POST /v2/images\n\nHost: ims"
        );
    }

    #[test]
    fn indentation_of_a_line_is_kept() {
        let parsed = parse("| {\n|    \"members\"\n|\n| }\n");
        let [Block::LineBlock(block)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(
            block
                .lines
                .iter()
                .map(|line| line.indent)
                .collect::<Vec<_>>(),
            [0, 3, 3, 0]
        );
    }
}
