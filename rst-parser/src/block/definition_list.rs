//! Definition lists ("Definition Lists" in the reStructuredText specification).
//! A term has exactly one line.

use super::Indent;
use super::body::Start;
use crate::inline::escape::unescape;
use crate::inline::{self, Inline};
use crate::parser::Parser;
use crate::{Block, Code, Few, Span};

/// Terms with indented definitions below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionList<'t> {
    /// The lines of the list.
    pub span: Span,
    /// The items, in order.
    pub items: Vec<DefinitionItem<'t>>,
}

/// A term and its definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionItem<'t> {
    /// The item, from the term to the end of the definition.
    pub span: Span,
    /// The term.
    pub term: Few<Inline<'t>>,
    /// The classifiers: the texts after each ` : ` on the line of the term.
    pub classifiers: Vec<Few<Inline<'t>>>,
    /// The definition.
    pub blocks: Few<Block<'t>>,
}

impl<'t> Parser<'_, 't> {
    /// Reads the list whose first term is on line `at`, and whose first definition is on the next line.
    pub(super) fn definition_list(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let mut items = Vec::new();
        let mut next = at;
        let blank_finish = loop {
            let (item, after, blank_finish) = self.definition_item(next, end);
            items.push(item);
            next = self.skip_blank(after, end);
            let goes_on = next + 1 < end
                && matches!(Start::of(self.line(next)), Start::Text)
                && !self.lines[next + 1].is_blank()
                && self.line(next + 1).starts_with(' ');
            if !goes_on {
                break blank_finish;
            }
        };
        let span = self.span_of(at..next);
        out.push(Block::DefinitionList(DefinitionList { span, items }));
        self.warn_unindent(blank_finish, next, end, "a definition list");
        next
    }

    fn definition_item(&mut self, at: usize, end: usize) -> (DefinitionItem<'t>, usize, bool) {
        let block = self.indented(at + 1, end, Indent::Found);
        let (next, blank_finish) = (block.next, block.blank_finish);
        if self.line(at).ends_with("::") {
            let span = self.source.line_span(self.lines[at]);
            let message = "an indented block right after `::` is read as a definition".to_owned();
            self.report_with_help(
                Code::PossibleLiteralBlock,
                span,
                message,
                "add a blank line to make it a literal block",
            );
        }
        let (term, classifiers) = self.term(at);
        let blocks = self.nested(&block);
        let span = self.span_of(at..next);
        (
            DefinitionItem {
                span,
                term,
                classifiers,
                blocks,
            },
            next,
            blank_finish,
        )
    }

    fn term(&mut self, at: usize) -> (Few<Inline<'t>>, Vec<Few<Inline<'t>>>) {
        let mut term = Few::new();
        let mut classifiers: Vec<Few<Inline<'t>>> = Vec::new();
        // An escaped colon does not start a classifier, so the line is split before escapes are read.
        for inline in inline::read_line_with_escapes(self, self.lines[at]) {
            let Inline::Text { span, text } = inline else {
                classifiers.last_mut().unwrap_or(&mut term).push(inline);
                continue;
            };
            for (index, piece) in split_classifiers(&text).enumerate() {
                if index > 0 {
                    classifiers.push(Few::new());
                }
                if !piece.is_empty() {
                    let text = unescape(piece.to_owned());
                    let part = classifiers.last_mut().unwrap_or(&mut term);
                    part.push(Inline::Text { span, text });
                }
            }
        }
        (term, classifiers)
    }
}

/// The pieces between colons that have a space on both sides.
fn split_classifiers(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.find(" : ") {
            Some(colon) => {
                rest = Some(text[colon + 3..].trim_start_matches(' '));
                Some(text[..colon].trim_end_matches(' '))
            }
            None => rest.take(),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn a_line_with_an_indented_block_below_is_a_term() {
        let parsed =
            parse("Project\n   Projects group resources.\nRegion\n   A region is a location.\n");
        let [Block::DefinitionList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(list.items.len(), 2);
        assert_eq!(list.items[1].blocks[0].text(), "A region is a location.");
    }

    #[test]
    fn a_colon_between_blanks_starts_a_classifier() {
        let parsed = parse("image_id : String : Yes\n   Image ID.\n");
        let [Block::DefinitionList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(list.items[0].classifiers.len(), 2);
        assert_eq!(
            parsed.document.blocks[0].text(),
            "image_id\n\nString\n\nYes\n\nImage ID."
        );
    }
}
