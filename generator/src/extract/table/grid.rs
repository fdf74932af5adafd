//! The cells of a table by row and column, with cells that span several rows or columns.

use rst_parser::{Block, Cell, Span, Table};

/// The cells of a table by position.
pub(crate) struct Grid<'a> {
    table: &'a Table<'a>,
    /// Row by row.
    places: Vec<Position<'a>>,
}

/// A position of a table.
#[derive(Clone, Copy)]
enum Position<'a> {
    /// No cell reaches it.
    Free,
    /// After the first column of a cell.
    Covered,
    Of(&'a Cell<'a>),
}

impl<'a> Grid<'a> {
    pub(crate) fn of(table: &'a Table<'a>) -> Self {
        let width = table.columns;
        let mut places = vec![Position::Free; width * table.rows.len()];
        for (row, cells) in table.rows.iter().enumerate() {
            let mut column = 0;
            for cell in &cells.cells {
                // Columns before the last cell stay taken, so each column is visited once.
                let rest = &places[row * width + column..(row + 1) * width];
                let Some(free) = rest
                    .iter()
                    .position(|place| matches!(place, Position::Free))
                else {
                    break;
                };
                column += free;
                // A cell over several rows belongs to each of them. A cell over several columns belongs to
                // the first.
                let last_row = (row + cell.more_rows).min(table.rows.len() - 1);
                let last_column = (column + cell.more_columns).min(width - 1);
                for covered in row..=last_row {
                    let covered = &mut places[covered * width..][column..=last_column];
                    for place in &mut *covered {
                        if matches!(place, Position::Free) {
                            *place = Position::Covered;
                        }
                    }
                    covered[0] = Position::Of(cell);
                }
            }
        }
        Grid { table, places }
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&'a Cell<'a>> {
        if column >= self.table.columns {
            return None;
        }
        match self.places.get(row * self.table.columns + column)? {
            Position::Of(cell) => Some(cell),
            Position::Free | Position::Covered => None,
        }
    }

    /// Where the row's text starts. Messages name a row by its first line of text.
    pub(crate) fn span(&self, row: usize) -> Option<Span> {
        let row = self.table.rows.get(row)?;
        let first = row
            .cells
            .iter()
            .filter_map(|cell| cell.blocks.first())
            .map(Block::span);
        first.min_by_key(|span| span.start).or(Some(row.span))
    }
}

#[cfg(test)]
mod tests {
    use rst_parser::parse;

    use super::super::text;
    use super::*;

    #[test]
    fn a_cell_over_several_rows_speaks_for_each() {
        let page = "\
+---+---+
| a | b |
|   +---+
|   | c |
+---+---+
";
        let document = parse(page).document;
        let grid = Grid::of(document.tables().next().expect("a table"));
        let says = |row, column| grid.cell(row, column).map(text);
        assert_eq!(says(0, 0).as_deref(), Some("a"));
        assert_eq!(says(1, 0).as_deref(), Some("a"));
        assert_eq!(says(1, 1).as_deref(), Some("c"));
        assert_eq!(says(2, 0), None);
    }

    #[test]
    fn a_cell_over_several_columns_speaks_for_its_first() {
        let page = "\
+---+---+---+
| a | b | c |
+---+---+---+
| d     | e |
+---+---+---+
";
        let document = parse(page).document;
        let grid = Grid::of(document.tables().next().expect("a table"));
        let says = |row, column| grid.cell(row, column).map(text);
        assert_eq!(says(0, 2).as_deref(), Some("c"));
        assert_eq!(says(1, 0).as_deref(), Some("d"));
        assert_eq!(says(1, 1), None);
        assert_eq!(says(1, 2).as_deref(), Some("e"));
    }
}
