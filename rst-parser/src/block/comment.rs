//! Comments ("Comments" in the reStructuredText specification): explicit markup that is not any other
//! construct. Their text is never read as markup.

use crate::parser::Parser;
use crate::{Block, Span};

/// Text that is not shown to readers of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment, from the two dots on.
    pub span: Span,
    /// The text, without the two dots and without indentation.
    pub text: String,
}

impl<'t> Parser<'_, 't> {
    /// Reads the comment on line `at`. Returns the next line, and whether a blank line comes before it.
    pub(super) fn comment(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> (usize, bool) {
        let line = self.line(at);
        if line == ".." && self.blank_at(at + 1, end) {
            // Two dots alone end the block before them. An indented block after a blank line is not part
            // of the comment.
            let span = self.source.line_span(self.lines[at]);
            out.push(Block::Comment(Comment {
                span,
                text: String::new(),
            }));
            return (at + 1, true);
        }
        let block = self.explicit_block(at, end);
        let span = self.span_of(at..block.next);
        let text = self.joined(block.lines.clone());
        self.lines.truncate(block.pushed);
        out.push(Block::Comment(Comment { span, text }));
        (block.next, block.blank_finish)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn two_dots_and_text_are_a_comment() {
        let parsed = parse(".. Images can be\n   shared.\n\nText.\n");
        let [Block::Comment(comment), _] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(comment.text, "Images can be\nshared.");
    }

    #[test]
    fn two_dots_alone_leave_an_indented_block_to_itself() {
        let parsed = parse("..\n\n   Images can be shared.\n");
        assert!(matches!(
            parsed.document.blocks[..],
            [Block::Comment(_), Block::BlockQuote(_)]
        ));
    }
}
