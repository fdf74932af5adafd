//! A page as one list of titles, lead lines, tables and listings, with the labels before each table.
//! Lists, quotes and sections only arrange these. This module does not decide what they mean.

use rst_parser::{Block, Directive, Document, Inline, Section, Span, Table};

use super::super::table::{collapse, collapsed};

/// One thing of a page, in reading order.
#[derive(Debug)]
pub(crate) enum Item<'d> {
    /// The title of a section below the page's title.
    Title { text: String, level: usize },
    /// A paragraph outside of tables. `bullet`: it is the first one of a list item.
    Text {
        text: String,
        span: Span,
        bullet: bool,
        /// The words in bold type.
        bold: Vec<String>,
        /// Labels of `:ref:` roles in it.
        refs: Vec<String>,
    },
    /// A table and the labels that lead to it.
    Table {
        table: &'d Table<'d>,
        labels: Vec<String>,
    },
    /// Text that is shown as it is written.
    Listing {
        text: &'d str,
        span: Span,
        /// The line of the text's first line.
        first_line: u32,
    },
}

/// The items of a document.
pub(crate) struct Outline<'d> {
    pub(crate) items: Vec<Item<'d>>,
}

impl<'d> Outline<'d> {
    pub(crate) fn of(document: &'d Document<'d>, source: &'d str) -> Self {
        let mut walk = Walk {
            source,
            ..Walk::default()
        };
        let title = document.title();
        for block in &document.blocks {
            match block {
                Block::Section(section)
                    if title.is_some_and(|title| title.span == section.span) =>
                {
                    // They lead to the page.
                    walk.labels.clear();
                    walk.blocks(&section.blocks);
                }
                _ => walk.block(block, false),
            }
        }
        Outline { items: walk.items }
    }
}

#[derive(Default)]
struct Walk<'d> {
    source: &'d str,
    items: Vec<Item<'d>>,
    /// Labels that wait for a table.
    labels: Vec<String>,
}

impl<'d> Walk<'d> {
    fn blocks(&mut self, blocks: &'d [Block<'d>]) {
        for block in blocks {
            self.block(block, false);
        }
    }

    fn item(&mut self, blocks: &'d [Block<'d>]) {
        let mut first = true;
        for block in blocks {
            self.block(block, first);
            first &= matches!(block, Block::Target(_) | Block::Comment(_));
        }
    }

    /// The first line of a directive's content: its content is its last lines.
    fn body_line(&self, directive: &Directive<'_>) -> u32 {
        let whole = self.source.get(directive.span.range()).unwrap_or_default();
        let lines = |text: &str| text.trim_end().matches('\n').count();
        let before = lines(whole).saturating_sub(lines(&directive.body));
        directive.span.line + u32::try_from(before).unwrap_or(0)
    }

    /// The parser bounds how deep blocks nest, so this may call itself.
    fn block(&mut self, block: &'d Block<'d>, bullet: bool) {
        match block {
            Block::Section(section) => self.section(section),
            Block::Paragraph(paragraph) => self.text(&paragraph.inlines, paragraph.span, bullet),
            Block::BulletList(list) => list.items.iter().for_each(|item| self.item(&item.blocks)),
            Block::EnumeratedList(list) => {
                list.items.iter().for_each(|item| self.item(&item.blocks));
            }
            Block::DefinitionList(list) => {
                for item in &list.items {
                    self.text(&item.term, list.span, bullet);
                    self.blocks(&item.blocks);
                }
            }
            Block::LineBlock(lines) => {
                for line in &lines.lines {
                    self.text(&line.inlines, line.span, false);
                }
            }
            Block::LiteralBlock(literal) => self.items.push(Item::Listing {
                text: &literal.text,
                span: literal.span,
                first_line: literal.span.line,
            }),
            Block::Directive(directive) if LISTINGS.contains(&directive.name.as_str()) => {
                self.items.push(Item::Listing {
                    text: &directive.body,
                    span: directive.span,
                    first_line: self.body_line(directive),
                });
            }
            Block::Directive(directive) => self.blocks(&directive.blocks),
            Block::BlockQuote(quote) => self.blocks(&quote.blocks),
            Block::Target(target) if target.target.is_none() => {
                self.labels.push(target.normal_name());
            }
            Block::Table(table) => self.items.push(Item::Table {
                table,
                labels: std::mem::take(&mut self.labels),
            }),
            Block::FieldList(list) => {
                for field in &list.fields {
                    self.blocks(&field.blocks);
                }
            }
            Block::Malformed(malformed) => self.items.push(Item::Text {
                text: collapse(&malformed.text),
                span: malformed.span,
                bullet: false,
                bold: Vec::new(),
                refs: Vec::new(),
            }),
            _ => {}
        }
    }

    fn section(&mut self, section: &'d Section<'d>) {
        self.items.push(Item::Title {
            text: collapsed(section.title_text()),
            level: section.level,
        });
        self.blocks(&section.blocks);
    }

    fn text(&mut self, inlines: &'d [Inline<'d>], span: Span, bullet: bool) {
        let text = collapsed(rst_parser::inline_text(inlines));
        if text.is_empty() {
            return;
        }
        let bold = bold_of(inlines);
        let mut refs = Vec::new();
        labels_of(inlines, &mut refs);
        self.items.push(Item::Text {
            text,
            span,
            bullet,
            bold,
            refs,
        });
    }
}

/// The pieces of a text in bold type.
pub(crate) fn bold_of(inlines: &[Inline<'_>]) -> Vec<String> {
    let bold = inlines.iter().filter_map(|inline| match inline {
        Inline::Strong { text, .. } => Some(collapse(text)),
        _ => None,
    });
    bold.collect()
}

/// Directives that show their content as it is written.
const LISTINGS: [&str; 5] = [
    "code",
    "code-block",
    "parsed-literal",
    "sourcecode",
    "highlight",
];

/// Adds the labels that `:ref:` roles in a text lead to, in lower case.
pub(crate) fn labels_of(inlines: &[Inline<'_>], labels: &mut Vec<String>) {
    for inline in inlines {
        if let Inline::Role(role) = inline
            && &*role.name == "ref"
        {
            let target = role.target.as_deref().unwrap_or(&role.text);
            labels.push(target.to_lowercase());
        }
    }
}
