//! Prints aligned columns of text.
//! Cells may have several lines. This module must never drop a part of a cell.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::window::{self, broken};

/// The number of spaces between two columns.
const GAP: usize = 2;

/// The least width of a column that is made narrower to fit a window. A narrower column is not readable.
const NARROWEST: usize = 10;

/// Rows of cells, printed in columns that are as wide as their widest line. If the window is narrower, the cells of
/// the widest columns are broken into more lines.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<Vec<String>>>,
}

impl Grid {
    /// A grid with a header row.
    pub fn new(header: &[&str]) -> Self {
        let mut grid = Grid::default();
        grid.add(header.iter().map(|cell| vec![(*cell).to_owned()]).collect());
        grid
    }

    /// Adds a row. Each cell is a list of lines.
    pub fn add(&mut self, row: Vec<Vec<String>>) {
        self.rows.push(row);
    }

    /// The grid as text of at most `window` columns, if that is possible.
    pub fn within(&self, window: Option<usize>) -> String {
        let widths = self.widths(window);
        let mut text = String::new();
        for row in &self.rows {
            let cells: Vec<Vec<String>> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| cell.iter().flat_map(|line| broken(line, *width)).collect())
                .collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..lines {
                let mut shown = String::new();
                for (cell, width) in cells.iter().zip(&widths) {
                    let part = cell.get(line).map_or("", String::as_str);
                    let spaces = width.saturating_sub(part.width()) + GAP;
                    shown.push_str(part);
                    shown.push_str(&" ".repeat(spaces));
                }
                text.push_str(shown.trim_end());
                text.push('\n');
            }
        }
        text
    }

    /// The width of each column: the width of its widest line, or less if the window is narrower.
    fn widths(&self, window: Option<usize>) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).flatten();
            cells.map(|line| line.width()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..columns).map(width).collect();
        let Some(window) = window else {
            return widths;
        };
        let room = window.saturating_sub(GAP * columns.saturating_sub(1));
        // The widest column becomes as narrow as the next one, and so on. No column becomes narrower than necessary.
        while widths.iter().sum::<usize>() > room {
            let Some(widest) = widths
                .iter()
                .copied()
                .max()
                .filter(|width| *width > NARROWEST)
            else {
                break;
            };
            let next = widths.iter().copied().filter(|width| *width < widest).max();
            let wide = widths.iter().filter(|width| **width == widest).count();
            let excess = (widths.iter().sum::<usize>() - room).div_ceil(wide);
            let least = next.unwrap_or(0).max(NARROWEST);
            let narrower = widest.saturating_sub(excess).max(least).min(widest - 1);
            for width in widths.iter_mut().filter(|width| **width == widest) {
                *width = narrower;
            }
        }
        widths
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.within(window::width()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new(&["OPERATION", "NEEDS"]);
        grid.add(vec![
            vec!["AddImageMember".into()],
            vec!["ims:images:get".into(), "ims:images:share".into()],
        ]);
        grid
    }

    #[test]
    fn columns_line_up_and_cells_with_two_lines_take_two() {
        assert_eq!(
            grid().within(None),
            "OPERATION       NEEDS\nAddImageMember  ims:images:get\n                ims:images:share\n"
        );
    }

    #[test]
    fn columns_line_up_where_characters_are_two_columns_wide_or_none() {
        let mut grid = Grid::default();
        for text in ["\u{955c}\u{50cf}", "a\u{308}b", "abcd"] {
            grid.add(vec![vec![text.into()], vec!["x".into()]]);
        }
        assert_eq!(
            grid.within(None),
            "\u{955c}\u{50cf}  x\na\u{308}b    x\nabcd  x\n"
        );
    }

    #[test]
    fn a_grid_fits_its_window_and_loses_nothing() {
        let plain = |text: &str| text.split_whitespace().collect::<String>().len();
        let whole = plain(&grid().within(None));
        for window in 22..60 {
            let text = grid().within(Some(window));
            assert!(
                text.lines().all(|line| line.width() <= window),
                "{window}:\n{text}"
            );
            assert_eq!(plain(&text), whole, "{window}:\n{text}");
        }
        assert_eq!(grid().within(Some(32)), grid().within(None));
    }

    #[test]
    fn a_column_that_has_room_is_left_as_it_is() {
        let mut grid = Grid::default();
        grid.add(vec![
            vec!["Y".into()],
            vec!["a/".repeat(40)],
            vec!["x".into()],
        ]);
        let text = grid.within(Some(40));
        assert!(text.starts_with("Y  a/a/"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 40), "{text}");
    }
}
