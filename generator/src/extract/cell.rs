//! Cells by row and column, and the statements a cell makes: its paragraphs and bullets.
//! It knows the layout of a table and nothing of what the text means; this module must never judge.

use rst_parser::{Block, BulletList, Cell, EnumeratedList, Span, Table};

/// The cells of a table by position, spans resolved.
pub(super) struct Grid<'a> {
    table: &'a Table,
    places: Vec<Vec<Option<&'a Cell>>>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let mut places = vec![vec![None; table.columns]; table.rows.len()];
        let mut taken = vec![vec![false; table.columns]; table.rows.len()];
        for (row, cells) in table.rows.iter().enumerate() {
            for cell in &cells.cells {
                let Some(column) = taken[row].iter().position(|taken| !taken) else {
                    break;
                };
                // A cell over several rows speaks for each; over several columns, for its first.
                let last_row = (row + cell.more_rows).min(table.rows.len() - 1);
                let last_column = (column + cell.more_columns).min(table.columns - 1);
                for covered in row..=last_row {
                    places[covered][column] = Some(cell);
                    taken[covered][column..=last_column].fill(true);
                }
            }
        }
        Grid { table, places }
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&'a Cell> {
        *self.places.get(row)?.get(column)?
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

/// A paragraph of a cell, white space collapsed, and the list item that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) span: Span,
    /// The innermost list item around it, counted through the cell; `None` outside of lists.
    pub(super) item: Option<usize>,
    /// Whether it stands in an admonition: a remark, never a value.
    pub(super) remark: bool,
}

/// The paragraphs of a cell in their order, those of bullets and admonitions among them.
pub(super) fn statements(cell: &Cell) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut items = 0;
    let mut pending: Vec<(&Block, Option<usize>, bool)> = cell
        .blocks
        .iter()
        .rev()
        .map(|block| (block, None, false))
        .collect();
    while let Some((block, item, remark)) = pending.pop() {
        match block {
            Block::BulletList(BulletList { items: list, .. })
            | Block::EnumeratedList(EnumeratedList { items: list, .. }) => {
                let first = items + 1;
                items += list.len();
                for (index, entry) in list.iter().enumerate().rev() {
                    let item = Some(first + index);
                    pending.extend(entry.blocks.iter().rev().map(|block| (block, item, remark)));
                }
            }
            Block::BlockQuote(quote) => {
                pending.extend(quote.blocks.iter().rev().map(|block| (block, item, remark)));
            }
            Block::Directive(directive) if !directive.blocks.is_empty() => {
                pending.extend(
                    directive
                        .blocks
                        .iter()
                        .rev()
                        .map(|block| (block, item, true)),
                );
            }
            block => {
                let text = collapse(&block.text());
                if !text.is_empty() {
                    found.push(Statement {
                        text,
                        span: block.span(),
                        item,
                        remark,
                    });
                }
            }
        }
    }
    found
}

/// White space of any kind and length becomes one blank; ends are trimmed. No-break and zero-width
/// characters count as white space: they come from editors, never from authors.
pub(super) fn collapse(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the text says that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "-" | "--" | "–" | "—" | "/" | "N/A" | "NA" | "None" | "none" | "x" | "X"
    )
}
