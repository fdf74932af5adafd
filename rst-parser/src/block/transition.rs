//! Transitions between paragraphs ("Transitions" in the reStructuredText specification).
//! A transition does not have content.

use crate::parser::Parser;
use crate::{Block, Span};

/// A line of four or more equal punctuation characters, between blank lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The line.
    pub span: Span,
}

impl<'t> Parser<'_, 't> {
    pub(super) fn transition(&mut self, at: usize) -> Block<'t> {
        Block::Transition(Transition {
            span: self.source.line_span(self.lines[at]),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn a_line_of_punctuation_between_blank_lines_is_a_transition() {
        let parsed = parse("Images can be shared.\n\n----\n\nImages can be exported.\n");
        assert!(matches!(parsed.document.blocks[1], Block::Transition(_)));
    }

    #[test]
    fn three_characters_are_text() {
        let parsed = parse("---\n\nImages can be exported.\n");
        assert_eq!(parsed.document.blocks[0].text(), "---");
    }
}
