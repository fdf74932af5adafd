//! Cells by row and column, and the statements a cell makes: its paragraphs and bullets.
//! It knows the layout of a table and nothing of what the text means; this module must never judge.

use std::borrow::Cow;

use rst_parser::{Block, Cell, Inline, Span, Table};

/// The cells of a table by position, spans resolved.
pub(super) struct Grid<'a> {
    table: &'a Table<'a>,
    /// Row by row.
    places: Vec<Place<'a>>,
}

/// A position of a table.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// No cell reaches it.
    Free,
    /// Behind the first column of a cell.
    Covered,
    Of(&'a Cell<'a>),
}

impl<'a> Grid<'a> {
    pub(super) fn of(table: &'a Table<'a>) -> Self {
        let width = table.columns;
        let mut places = vec![Place::Free; width * table.rows.len()];
        for (row, cells) in table.rows.iter().enumerate() {
            let mut column = 0;
            for cell in &cells.cells {
                // Columns before the last cell stay taken: each is looked at once.
                let rest = &places[row * width + column..(row + 1) * width];
                let Some(free) = rest.iter().position(|place| matches!(place, Place::Free)) else {
                    break;
                };
                column += free;
                // A cell over several rows speaks for each; over several columns, for its first.
                let last_row = (row + cell.more_rows).min(table.rows.len() - 1);
                let last_column = (column + cell.more_columns).min(width - 1);
                for covered in row..=last_row {
                    let covered = &mut places[covered * width..][column..=last_column];
                    for place in &mut *covered {
                        if matches!(place, Place::Free) {
                            *place = Place::Covered;
                        }
                    }
                    covered[0] = Place::Of(cell);
                }
            }
        }
        Grid { table, places }
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&'a Cell<'a>> {
        if column >= self.table.columns {
            return None;
        }
        match self.places.get(row * self.table.columns + column)? {
            Place::Of(cell) => Some(cell),
            Place::Free | Place::Covered => None,
        }
    }

    /// Where the row's text starts: the row is named by its first text line.
    pub(super) fn span(&self, row: usize) -> Option<Span> {
        let row = self.table.rows.get(row)?;
        let first = row
            .cells
            .iter()
            .filter_map(|cell| cell.blocks.first())
            .map(Block::span);
        first.min_by_key(|span| span.start).or(Some(row.span))
    }
}

/// A paragraph or line of a cell, white space collapsed, and the list items that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) span: Span,
    /// The list items around it, the outermost first, counted through the cell.
    pub(super) items: Vec<usize>,
    /// Whether it stands in an admonition or a footnote: a remark, never a value.
    pub(super) remark: bool,
}

/// The paragraphs and lines of a cell in their order, those of lists and admonitions among them.
pub(super) fn statements<'b>(cell: &'b Cell<'_>) -> Vec<Statement<'b>> {
    let mut collector = Collector {
        found: Vec::with_capacity(cell.blocks.len()),
        ..Collector::default()
    };
    collector.blocks(&cell.blocks);
    collector.found
}

/// What a cell says as one text, without its admonitions.
pub(super) fn text(cell: &Cell) -> String {
    let texts: Vec<Cow<'_, str>> = said(cell).collect();
    texts.join(" ")
}

/// What a cell says besides that there is nothing to say.
pub(super) fn values(cell: &Cell) -> Vec<String> {
    let values = said(cell).filter(|text| !is_nothing(text));
    values.map(Cow::into_owned).collect()
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

    /// Blocks nest no deeper than the parser follows them, so this may call itself.
    fn block(&mut self, block: &'b Block<'_>) {
        let span = block.span();
        match block {
            Block::Paragraph(paragraph) => self.push(shown(&paragraph.inlines), span),
            Block::BulletList(list) => {
                for entry in &list.items {
                    // A dash by itself is a list to the parser, and a dash to everybody else.
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
            // Nobody sees these on the page.
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

/// What is shown of marked-up text, without the marks that lead to a footnote: `Y [1]_` says `Y`.
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

/// White space of any kind and length becomes one blank; ends are trimmed. Characters without a
/// width go: editors put them into long words, as places where a line may end.
pub(super) fn collapse(text: &str) -> String {
    if is_collapsed(text) {
        text.to_owned()
    } else {
        respaced(text)
    }
}

fn respaced(text: &str) -> String {
    let text: String = text.chars().filter(|&c| !is_unseen(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no width and so says nothing.
pub(super) fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a text has nothing to collapse, as most cells have.
fn is_collapsed(text: &str) -> bool {
    let mut before = b' ';
    let single = text.bytes().all(|byte| {
        let blank = std::mem::replace(&mut before, byte) == b' ';
        byte.is_ascii_graphic() || (byte == b' ' && !blank)
    });
    single && before != b' '
}

/// Whether the text says that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    is_dash(text)
        || matches!(
            text.trim_end_matches('.').to_ascii_lowercase().as_str(),
            "n/a" | "na" | "nil" | "none" | "not applicable" | "x" | "×"
        )
}

/// Whether the text is only a stroke in the place of a value.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "--" | "---" | "–" | "—" | "―" | "−" | "/")
}

#[cfg(test)]
mod tests;
