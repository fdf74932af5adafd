//! Block quotes and their attributions ("Block Quotes" in the reStructuredText specification).
//! An attribution always has text before it.

use std::ops::Range;

use super::{Indent, indentation};
use crate::inline::Inline;
use crate::parser::Parser;
use crate::{Block, Few, Span};

/// An indented block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockQuote<'t> {
    /// The lines of the block, including those of its attribution.
    pub span: Span,
    /// The quoted blocks.
    pub blocks: Vec<Block<'t>>,
    /// The attribution: the text after `--` at the end of the quote.
    pub attribution: Option<Few<Inline<'t>>>,
}

impl<'t> Parser<'_, 't> {
    pub(super) fn block_quote(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let block = self.indented(at, end, Indent::Found);
        self.quotes(block.lines.clone(), out);
        self.lines.truncate(block.pushed);
        self.warn_unindent(block.blank_finish, block.next, end, "a block quote");
        block.next
    }

    /// Reads unindented lines as block quotes. Each attribution ends one of them.
    pub fn quotes(&mut self, lines: Range<usize>, out: &mut Vec<Block<'t>>) {
        let mut at = self.skip_blank(lines.start, lines.end);
        while at < lines.end {
            let found = self.find_attribution(at, lines.end);
            let (content, next) = match &found {
                Some((_, lines)) => (at..lines.start, lines.end),
                None => (at..lines.end, lines.end),
            };
            let span = self.span_of(at..next);
            let blocks = self.nested_lines(content).into();
            let attribution = found.map(|(marker, lines)| self.attribution(marker, lines));
            out.push(Block::BlockQuote(Box::new(BlockQuote {
                span,
                blocks,
                attribution,
            })));
            at = self.skip_blank(next, lines.end);
        }
    }

    /// The first attribution from `at` on: the bytes of its dash, and its lines.
    fn find_attribution(&self, at: usize, end: usize) -> Option<(usize, Range<usize>)> {
        let starts = (at + 1..end).filter(|&line| self.lines[line - 1].is_blank());
        let mut marked = starts.filter_map(|line| Some((dash(self.line(line))?, line)));
        marked.find_map(|(marker, line)| Some((marker, line..self.attribution_end(line, end)?)))
    }

    /// The end of an attribution. All its lines except the first have the same indentation.
    fn attribution_end(&self, start: usize, end: usize) -> Option<usize> {
        let mut indent = None;
        for at in start + 1..end {
            if self.lines[at].is_blank() {
                return Some(at);
            }
            let found = indentation(self.line(at)).1;
            if *indent.get_or_insert(found) != found {
                return None;
            }
        }
        Some(end)
    }

    fn attribution(&mut self, marker: usize, lines: Range<usize>) -> Few<Inline<'t>> {
        let pushed = self.lines.len();
        self.lines.push(self.lines[lines.start].skip(marker));
        for at in lines.start + 1..lines.end {
            let line = self.lines[at];
            self.lines.push(line.skip(indentation(self.slice(line)).0));
        }
        let inlines = self.inlines(pushed..self.lines.len());
        self.lines.truncate(pushed);
        inlines
    }
}

/// The bytes of the dash and spaces that start an attribution: `--`, `---` or an em dash.
fn dash(line: &str) -> Option<usize> {
    let rest = line.strip_prefix('—').or_else(|| {
        let rest = line.strip_prefix("--")?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        (!rest.starts_with('-')).then_some(rest)
    })?;
    let rest = rest.trim_start_matches(' ');
    (!rest.is_empty()).then_some(line.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn an_indented_block_is_a_quote() {
        let parsed = parse("Example:\n\n   POST /v2/images\n\n   -  ims:images:get\n");
        let [_, Block::BlockQuote(quote)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!((quote.blocks.len(), quote.attribution.is_none()), (2, true));
    }

    #[test]
    fn an_attribution_ends_a_quote() {
        let parsed = parse(
            "   Images can be shared.\n\n   -- Image Management\n      Service\n\n   Next.\n",
        );
        let [Block::BlockQuote(first), Block::BlockQuote(_)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(
            crate::inline::text(first.attribution.as_ref().unwrap()),
            "Image Management\nService"
        );
    }
}
