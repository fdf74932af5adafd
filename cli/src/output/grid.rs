//! Columns of text that line up.
//! Cells may have several lines; this module must never cut one.

use std::fmt;

/// Rows of cells, printed in columns as wide as their widest line.
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

    /// Adds a row: cells of lines.
    pub fn add(&mut self, row: Vec<Vec<String>>) {
        self.rows.push(row);
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).flatten();
            cells.map(|line| line.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let lines = row.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..lines {
                let mut text = String::new();
                for (cell, width) in row.iter().zip(&widths) {
                    let part = cell.get(line).map_or("", String::as_str);
                    let blanks = width - part.chars().count() + 2;
                    text.push_str(part);
                    text.push_str(&" ".repeat(blanks));
                }
                writeln!(f, "{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_cells_with_two_lines_take_two() {
        let mut grid = Grid::new(&["OPERATION", "NEEDS"]);
        grid.add(vec![
            vec!["AddImageMember".into()],
            vec!["ims:images:get".into(), "ims:images:share".into()],
        ]);
        assert_eq!(
            grid.to_string(),
            "OPERATION       NEEDS\nAddImageMember  ims:images:get\n                ims:images:share\n"
        );
    }
}
