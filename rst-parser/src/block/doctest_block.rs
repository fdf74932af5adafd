//! Doctest blocks ("Doctest Blocks" in the reStructuredText specification).
//! Their text is never read as markup.

use crate::parser::Parser;
use crate::{Block, Span};

/// An interactive Python session, from a line that starts with `>>>` to the next blank line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoctestBlock {
    /// The lines of the block.
    pub span: Span,
    /// The lines, joined by line feeds.
    pub text: String,
}

impl<'t> Parser<'_, 't> {
    pub(super) fn doctest_block(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let next = (at..end)
            .find(|&line| self.lines[line].is_blank())
            .unwrap_or(end);
        let span = self.span_of(at..next);
        out.push(Block::DoctestBlock(DoctestBlock {
            span,
            text: self.joined(at..next),
        }));
        next
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn a_session_ends_at_a_blank_line() {
        let parsed = parse(">>> client.images()\n['ims']\n\nText.\n");
        assert_eq!(
            parsed.document.blocks[0].text(),
            ">>> client.images()\n['ims']"
        );
    }

    #[test]
    fn markup_in_a_session_is_text() {
        let parsed = parse(">>> \"*\" + '`'\n");
        assert!(matches!(
            parsed.document.blocks[..],
            [Block::DoctestBlock(_)]
        ));
        assert!(parsed.diagnostics.is_empty());
    }
}
