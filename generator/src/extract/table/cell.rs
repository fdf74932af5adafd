//! The statements that a cell makes: its paragraphs and bullets. It knows the layout of a cell. This module
//! must never decide what a text means.

use std::borrow::Cow;

use rst_parser::{Block, Cell, Inline, Span};

use super::spacing::{is_collapsed, respaced};

/// A paragraph or line of a cell with single spaces, and the list items that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) span: Span,
    /// The list items around it, the outermost first. They are counted over the whole cell.
    pub(crate) items: Vec<usize>,
    /// Whether it is in an admonition or a footnote. Then it is a remark, never a value.
    pub(crate) remark: bool,
}

/// The paragraphs and lines of a cell in their order, including those of lists and admonitions.
pub(crate) fn statements<'b>(cell: &'b Cell<'_>) -> Vec<Statement<'b>> {
    let mut collector = Collector {
        found: Vec::with_capacity(cell.blocks.len()),
        ..Collector::default()
    };
    collector.blocks(&cell.blocks);
    collector.found
}

/// The paragraphs and lines of blocks outside of a table.
#[cfg(feature = "reference")]
pub(crate) fn statements_of<'b>(
    blocks: impl IntoIterator<Item = &'b Block<'b>>,
) -> Vec<Statement<'b>> {
    let mut collector = Collector::default();
    collector.blocks(blocks);
    collector.found
}

/// The text of a cell, without its admonitions.
pub(crate) fn text(cell: &Cell) -> String {
    let texts: Vec<Cow<'_, str>> = said(cell).collect();
    texts.join(" ")
}

fn said<'b>(cell: &'b Cell<'_>) -> impl Iterator<Item = Cow<'b, str>> {
    let values = statements(cell).into_iter().filter(|value| !value.remark);
    values.map(|value| value.text)
}

/// Directives that arrange their content and say nothing about it.
const CONTAINERS: [&str; 18] = [
    "card",
    "class",
    "collapse",
    "compound",
    "container",
    "details",
    "dropdown",
    "grid",
    "grid-item",
    "hlist",
    "ifconfig",
    "only",
    "rst-class",
    "tab",
    "tab-item",
    "tab-set",
    "tabs",
    "toggle",
];
/// Directives that show their content as it is written.
const LISTINGS: [&str; 4] = ["code", "code-block", "parsed-literal", "sourcecode"];

#[derive(Default)]
struct Collector<'b> {
    found: Vec<Statement<'b>>,
    items: Vec<usize>,
    count: usize,
    remark: bool,
}

impl<'b> Collector<'b> {
    fn blocks<'t: 'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block<'t>>) {
        for block in blocks {
            self.block(block);
        }
    }

    /// The parser limits how deep blocks nest, so this may call itself.
    fn block(&mut self, block: &'b Block<'_>) {
        let span = block.span();
        match block {
            Block::Paragraph(paragraph) => self.push(shown(&paragraph.inlines), span),
            Block::BulletList(list) => {
                for entry in &list.items {
                    // A single dash is a list for the parser, but it means a dash.
                    let dash = entry.blocks.is_empty();
                    self.item(|own| {
                        if dash {
                            own.push("-".into(), span);
                        } else {
                            own.blocks(&entry.blocks);
                        }
                    });
                }
            }
            Block::EnumeratedList(list) => {
                for entry in &list.items {
                    self.item(|own| own.blocks(&entry.blocks));
                }
            }
            Block::DefinitionList(list) => {
                for entry in &list.items {
                    self.item(|own| {
                        own.push(shown(&entry.term), span);
                        own.blocks(&entry.blocks);
                    });
                }
            }
            Block::LineBlock(lines) => {
                for line in &lines.lines {
                    self.push(shown(&line.inlines), line.span);
                }
            }
            Block::LiteralBlock(literal) => self.lines(&literal.text, span),
            Block::Directive(listing) if LISTINGS.contains(&listing.name.as_str()) => {
                self.lines(&listing.body, span);
            }
            Block::Directive(container) if CONTAINERS.contains(&container.name.as_str()) => {
                self.blocks(&container.blocks);
            }
            Block::Directive(admonition) if !admonition.blocks.is_empty() => {
                self.as_remark(&admonition.blocks);
            }
            Block::Footnote(note) => self.as_remark(&note.blocks),
            Block::Citation(note) => self.as_remark(&note.blocks),
            Block::BlockQuote(_) | Block::Table(_) => self.blocks(block.children()),
            // These are not visible on the page.
            Block::Comment(_) | Block::Target(_) | Block::SubstitutionDefinition(_) => {}
            block => self.push(block.text().into(), span),
        }
    }

    fn item(&mut self, read: impl FnOnce(&mut Self)) {
        self.count += 1;
        self.items.push(self.count);
        read(self);
        self.items.pop();
    }

    fn as_remark(&mut self, blocks: &'b [Block<'_>]) {
        let outer = std::mem::replace(&mut self.remark, true);
        self.blocks(blocks);
        self.remark = outer;
    }

    fn lines(&mut self, text: &'b str, span: Span) {
        for line in text.lines() {
            self.push(line.into(), span);
        }
    }

    fn push(&mut self, text: Cow<'b, str>, span: Span) {
        let text = if is_collapsed(&text) {
            text
        } else {
            respaced(&text).into()
        };
        if !text.is_empty() {
            self.found.push(Statement {
                text,
                span,
                items: self.items.clone(),
                remark: self.remark,
            });
        }
    }
}

/// The visible text without references to footnotes: `Y [1]_` says `Y`.
fn shown<'b>(inlines: &'b [Inline]) -> Cow<'b, str> {
    if let [Inline::Text { text, .. }] = inlines {
        return Cow::Borrowed(text);
    }
    let text = inlines.iter().filter(|inline| {
        !matches!(
            inline,
            Inline::FootnoteReference { .. } | Inline::CitationReference { .. }
        )
    });
    text.map(Inline::text).collect()
}

#[cfg(test)]
mod tests;
