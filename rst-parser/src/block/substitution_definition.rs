//! Substitution definitions ("Substitution Definitions" in the reStructuredText specification).
//! Nothing is substituted. A reference shows its name.

use std::ops::Range;

use super::explicit::directive_name;
use super::{Directive, Malformed};
use crate::inline::escape::{collapse, is_escaped};
use crate::inline::{Inline, ReferenceTarget};
use crate::parser::{Parent, Parser};
use crate::source::{Line, is_space};
use crate::{Block, Code, Span};

/// The definition of a name in bars: `.. |name| replace:: text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubstitutionDefinition<'t> {
    /// The definition, from the two dots on.
    pub span: Span,
    /// The name, with each run of white space as one space.
    pub name: String,
    /// The directive that makes the text or the image.
    pub directive: Box<Directive<'t>>,
}

impl<'t> Parser<'_, 't> {
    /// Reads the definition on line `at`, whose name starts after `bytes` bytes.
    pub(super) fn substitution_definition(
        &mut self,
        at: usize,
        end: usize,
        bytes: usize,
        out: &mut Vec<Block<'t>>,
    ) -> Option<(usize, bool)> {
        let (next, blank_finish) = self.indented_end(at, end, super::Indent::AfterMarker { bytes });
        let (name, content, first) = self.substitution_name(at, next, bytes)?;
        let span = self.span_of(at..next);
        let block = self.substituted(content, first..next, out);
        self.add_definition(span, name, block, out);
        Some((next, blank_finish))
    }

    /// Reads the directive of a definition: `content` on the line of the name, and `lines`.
    fn substituted(
        &mut self,
        content: Line,
        lines: Range<usize>,
        out: &mut Vec<Block<'t>>,
    ) -> Option<Block<'t>> {
        let pushed = self.lines.len();
        if !content.is_blank() {
            self.lines.push(content);
        }
        for index in lines {
            let line = self.lines[index];
            let trimmed = super::indent::trim_start(line, self.slice(line));
            let is_first = self.lines.len() == pushed;
            self.lines.push(if is_first { trimmed } else { line });
        }
        let end = self.lines.len();
        if self.lines.get(pushed).is_some_and(|line| line.is_blank()) {
            // docutils reads an indented block after a blank line as a separate block quote.
            self.block_quote(pushed + 1, end, out);
        }
        let mut blocks = Vec::new();
        if pushed < end
            && let Some((name, bytes)) = directive_name(self.line(pushed))
        {
            let outer = std::mem::replace(&mut self.parent, Parent::SubstitutionDefinition);
            self.directive(pushed, end, name, bytes, &mut blocks);
            self.parent = outer;
        }
        self.lines.truncate(pushed);
        blocks.pop()
    }

    /// Adds the definition of `name` as `block`. If that is not possible, reports it.
    fn add_definition(
        &mut self,
        span: Span,
        name: String,
        block: Option<Block<'t>>,
        out: &mut Vec<Block<'t>>,
    ) {
        let message =
            format!("the substitution definition `{name}` does not define text or an image");
        match block {
            Some(Block::Directive(directive))
                if directive.is_inline() && directive.inlines.iter().all(may_be_substituted) =>
            {
                out.push(Block::SubstitutionDefinition(SubstitutionDefinition {
                    span,
                    name,
                    directive,
                }));
            }
            // Text that cannot be read is already reported.
            Some(Block::Malformed(_)) => out.push(self.as_written(span)),
            // docutils puts blocks that a definition makes after the definition, so a table is not lost.
            Some(table @ Block::Table(_)) => {
                self.report(Code::MalformedSubstitution, span, message);
                out.push(table);
            }
            _ => {
                self.report(Code::MalformedSubstitution, span, message);
                out.push(self.as_written(span));
            }
        }
    }

    fn as_written(&self, span: Span) -> Block<'t> {
        Malformed::block(span, self.source.original(span).to_owned())
    }

    /// The name, the text after it on its last line, and the next line.
    fn substitution_name(
        &self,
        at: usize,
        next: usize,
        bytes: usize,
    ) -> Option<(String, Line, usize)> {
        let mut text = String::new();
        for line in at..next {
            let full = self.lines[line];
            let part = if line == at {
                full.skip(bytes)
            } else {
                super::indent::trim_start(full, self.slice(full))
            };
            if line > at {
                text.push(' ');
            }
            let from = text.len();
            text.push_str(self.slice(part));
            if let Some((bar, after)) = name_end(&text, from) {
                return Some((collapse(&text[..bar]), part.skip(after - from), line + 1));
            }
        }
        None
    }
}

/// Whether the content may be substituted. It may appear in many places, so it must not be a target or
/// contain numbered items.
fn may_be_substituted(inline: &Inline<'_>) -> bool {
    match inline {
        Inline::Target { .. } | Inline::Problematic { .. } => false,
        Inline::Reference(reference) => {
            reference.target != ReferenceTarget::Anonymous && !reference.defines
        }
        Inline::FootnoteReference { label, .. } => !label.starts_with(['#', '*']),
        _ => true,
    }
}

/// The bar that ends a name, at `from` or later, and where the text after it starts.
fn name_end(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (from.max(1)..bytes.len())
        .filter(|&at| bytes[at] == b'|')
        .find_map(|bar| {
            let blanks = bytes[bar + 1..]
                .iter()
                .take_while(|&&byte| byte == b' ')
                .count();
            let ends = blanks > 0 || bar + 1 == bytes.len();
            let edge_ok = !text[..bar].ends_with(is_space) && !is_escaped(bytes, bar);
            (ends && edge_ok).then_some((bar, bar + 1 + blanks))
        })
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, parse};

    #[test]
    fn a_name_stands_for_text() {
        let parsed = parse(".. |OTC| replace:: Open Telekom Cloud\n");
        let [Block::SubstitutionDefinition(definition)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(
            (
                definition.name.as_str(),
                definition.directive.text().as_str()
            ),
            ("OTC", "Open Telekom Cloud")
        );
    }

    #[test]
    fn a_name_stands_for_an_image() {
        let parsed =
            parse(".. |image1| image:: /_static/images/en-us_image_0000001.png\n   :alt: Icon\n");
        assert_eq!(parsed.document.blocks[0].text(), "Icon");
    }

    #[test]
    fn a_table_in_a_definition_is_read_and_reported() {
        let parsed = parse(
            "\
.. |a| table:: T

   === ===
   a   b
   === ===
",
        );
        assert!(matches!(parsed.document.blocks[..], [Block::Table(_)]));
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedSubstitution);
    }

    #[test]
    fn a_paragraph_after_unreadable_text_is_the_definition() {
        let parsed = parse(
            "\
.. |a| replace::

   === ===
   a   b
   === ===
   z
",
        );
        assert_eq!(parsed.document.blocks[0].text(), "z");
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedTable);
    }

    #[test]
    fn a_definition_without_a_directive_is_reported() {
        let parsed = parse(".. |OTC| Open Telekom Cloud\n");
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedSubstitution);
    }
}
