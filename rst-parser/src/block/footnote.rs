//! Footnotes and citations ("Footnotes" and "Citations" in the reStructuredText specification).
//! Labels are never resolved or numbered.

use super::Indent;
use crate::inline::simple_name;
use crate::parser::Parser;
use crate::{Block, Code, Span};

/// A footnote: `.. [1] text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote<'t> {
    /// The footnote, from the two dots on.
    pub span: Span,
    /// The label as it is written: a number, `#`, `#name` or `*`.
    pub label: String,
    /// The text of the footnote.
    pub blocks: Vec<Block<'t>>,
}

impl Footnote<'_> {
    /// Whether the label is a placeholder for a number or a symbol.
    pub fn is_auto(&self) -> bool {
        self.label.starts_with(['#', '*'])
    }
}

/// A citation: `.. [CIT2002] text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation<'t> {
    /// The citation, from the two dots on.
    pub span: Span,
    /// The label.
    pub label: String,
    /// The text of the citation.
    pub blocks: Vec<Block<'t>>,
}

/// The label in brackets that `text` starts with, and the bytes before the text after it.
pub(super) fn label(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let length = match inner.bytes().next()? {
        b'*' => 1,
        b'#' => 1 + simple_name(&inner[1..]).unwrap_or_default(),
        _ => simple_name(inner)?,
    };
    let rest = inner[length..].strip_prefix(']')?;
    let blanks = rest.bytes().take_while(|&byte| byte == b' ').count();
    (blanks > 0 || rest.is_empty()).then(|| (&inner[..length], text.len() - rest.len() + blanks))
}

impl<'t> Parser<'_, 't> {
    pub(super) fn footnote(
        &mut self,
        at: usize,
        end: usize,
        label: &str,
        bytes: usize,
        out: &mut Vec<Block<'t>>,
    ) -> (usize, bool) {
        let block = self.indented(at, end, Indent::AfterMarker { bytes });
        let span = self.span_of(at..block.next);
        let blocks: Vec<Block<'t>> = self.nested(&block).into();
        let is_footnote =
            label.starts_with(['#', '*']) || label.bytes().all(|byte| byte.is_ascii_digit());
        if blocks.is_empty() {
            let what = if is_footnote { "footnote" } else { "citation" };
            self.report(
                Code::MissingContent,
                span,
                format!("the {what} `{label}` has no content"),
            );
        }
        let label = label.to_owned();
        out.push(if is_footnote {
            Block::Footnote(Footnote {
                span,
                label,
                blocks,
            })
        } else {
            Block::Citation(Citation {
                span,
                label,
                blocks,
            })
        });
        (block.next, block.blank_finish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn numbers_and_marks_label_footnotes() {
        let parsed =
            parse(".. [1] Not supported.\n.. [#] Deprecated.\n.. [#note] Later.\n.. [*] Never.\n");
        let labels = parsed.document.blocks.iter().map(|block| match block {
            Block::Footnote(footnote) => footnote.label.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(labels.collect::<Vec<_>>(), ["1", "#", "#note", "*"]);
    }

    #[test]
    fn names_label_citations() {
        let parsed = parse(".. [RFC7231] Semantics\n   and content.\n");
        let [Block::Citation(citation)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(citation.label, "RFC7231");
        assert_eq!(
            parsed.document.blocks[0].text(),
            "RFC7231\n\nSemantics\nand content."
        );
    }
}
