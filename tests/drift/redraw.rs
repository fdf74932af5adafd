//! Reads the tables of a page as cells of lines, and draws cells as a table again. Tests use it to change a page
//! without editing every border. It reads borders by their columns. It does not share code with the parser under
//! test.

use std::fmt::Write;

/// A table of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The spaces before each of its lines.
    indent: String,
    /// Cells of lines, the header row first.
    pub rows: Vec<Vec<Vec<String>>>,
}

/// A page: text, and the tables in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrawn {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Table(Drawn),
}

/// How a table is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A grid whose columns have this many additional spaces.
    Grid(usize),
    /// A simple table. Cells of its first column have one line each.
    Simple,
}

impl Redrawn {
    /// Reads a page. A table that is not a plain grid stays text.
    pub fn read(page: &str) -> Self {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut lines = page.lines().peekable();
        while let Some(line) = lines.next() {
            let indent = &line[..line.len() - line.trim_start().len()];
            if !is_border(line.trim()) {
                text.push_str(line);
                text.push('\n');
                continue;
            }
            let mut block = vec![line];
            while let Some(next) = lines.next_if(|next| next.trim_start().starts_with(['+', '|'])) {
                block.push(next);
            }
            match cells(&block, indent.len()) {
                Some(rows) => {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    let indent = indent.to_owned();
                    parts.push(Part::Table(Drawn { indent, rows }));
                }
                None => text.extend(block.iter().flat_map(|line| [line, "\n"])),
            }
        }
        parts.push(Part::Text(text));
        Redrawn { parts }
    }

    pub fn tables(&self) -> impl Iterator<Item = &Drawn> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            Part::Text(_) => None,
        })
    }

    pub fn tables_mut(&mut self) -> impl Iterator<Item = &mut Drawn> {
        self.parts.iter_mut().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            Part::Text(_) => None,
        })
    }

    /// The page, with every table drawn again.
    pub fn draw(&self, style: Style) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Table(table) => table.draw(style),
        };
        self.parts.iter().map(part).collect()
    }
}

fn is_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.bytes().all(|byte| b"+-".contains(&byte))
}

/// The cells of a grid without spans. Every border has its corners at the same columns as the first border.
fn cells(block: &[&str], indent: usize) -> Option<Vec<Vec<Vec<String>>>> {
    let top: Vec<char> = block[0].chars().skip(indent).collect();
    let corners: Vec<usize> = (0..top.len()).filter(|&at| top[at] == '+').collect();
    let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
    let mut row: Vec<Vec<String>> = vec![Vec::new(); corners.len() - 1];
    for line in &block[1..] {
        let line: Vec<char> = line.chars().skip(indent).collect();
        if line.first() == Some(&'+') {
            if line.len() != top.len() || corners.iter().any(|&at| line[at] != '+') {
                return None;
            }
            rows.push(std::mem::replace(
                &mut row,
                vec![Vec::new(); corners.len() - 1],
            ));
        } else {
            for (cell, ends) in row.iter_mut().zip(corners.windows(2)) {
                if line.get(ends[1]) != Some(&'|') {
                    return None;
                }
                let text: String = line[ends[0] + 1..ends[1]].iter().collect();
                let text = text.strip_prefix(' ').unwrap_or(&text);
                cell.push(text.trim_end().to_owned());
            }
        }
    }
    for cell in rows.iter_mut().flatten() {
        while cell.last().is_some_and(String::is_empty) {
            cell.pop();
        }
    }
    Some(rows)
}

impl Drawn {
    fn draw(&self, style: Style) -> String {
        let width = |column: usize| {
            let cells = self.rows.iter().flat_map(|row| &row[column]);
            cells
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0)
                .max(1)
        };
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        match style {
            Style::Grid(more) => {
                let widths: Vec<usize> = widths.iter().map(|width| width + 2 + more).collect();
                self.grid(&widths)
            }
            Style::Simple => self.simple(&widths),
        }
    }

    fn grid(&self, widths: &[usize]) -> String {
        let indent = &self.indent;
        let border = |mark: &str| {
            let columns: Vec<String> = widths.iter().map(|width| mark.repeat(*width)).collect();
            format!("{indent}+{}+\n", columns.join("+"))
        };
        let mut text = border("-");
        for (at, row) in self.rows.iter().enumerate() {
            let height = row.iter().map(Vec::len).max().unwrap_or(0).max(1);
            for line in 0..height {
                let cells = row.iter().zip(widths).map(|(cell, width)| {
                    let line = cell.get(line).map_or("", String::as_str);
                    format!(" {line}{}|", " ".repeat(width - 1 - line.chars().count()))
                });
                let cells: String = cells.collect();
                writeln!(text, "{indent}|{cells}").unwrap();
            }
            text.push_str(&border(if at == 0 { "=" } else { "-" }));
        }
        text
    }

    fn simple(&self, widths: &[usize]) -> String {
        let indent = &self.indent;
        let border: Vec<String> = widths.iter().map(|width| "=".repeat(*width)).collect();
        let border = format!("{indent}{}\n", border.join("  "));
        let mut text = border.clone();
        for (at, row) in self.rows.iter().enumerate() {
            let height = row.iter().map(Vec::len).max().unwrap_or(0).max(1);
            assert!(
                row[0].len() <= 1,
                "a first cell of several lines: {:?}",
                row[0]
            );
            for line in 0..height {
                let cells = row.iter().zip(widths).map(|(cell, width)| {
                    format!("{:width$}", cell.get(line).map_or("", String::as_str))
                });
                let cells: Vec<String> = cells.collect();
                text.push_str(format!("{indent}{}", cells.join("  ")).trim_end());
                text.push('\n');
            }
            if at == 0 {
                text.push_str(&border);
            }
        }
        text + &border
    }
}

/// The paragraphs of a cell. `None` if the cell has a list, a remark or a quote.
pub fn paragraphs(cell: &[String]) -> Option<Vec<String>> {
    let plain = |line: &String| !line.starts_with(['-', '*', '+', '.', ' ']);
    let is_dash = |line: &String| line == "-";
    if !cell.iter().all(|line| plain(line) || is_dash(line)) {
        return None;
    }
    let paragraphs = cell.split(String::is_empty);
    let paragraphs = paragraphs.filter(|lines| !lines.is_empty());
    Some(paragraphs.map(|lines| lines.join(" ")).collect())
}

/// Paragraphs as the lines of a cell. A line that is longer than `width` is broken at spaces.
pub fn wrapped(paragraphs: &[String], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split(' ') {
            // At the beginning of a line, such a word would have another meaning.
            let begins = word.starts_with(|c: char| c.is_alphabetic() || "/{".contains(c));
            if !line.is_empty() && line.len() + 1 + word.len() > width && begins {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[test]
fn a_page_that_is_drawn_anew_is_the_same_page() {
    let page = "\
Ovens
=====

   +------------+--------------+
   | Permission | API          |
   +============+==============+
   | Listing    | GET /ovens   |
   |            |              |
   |            | GET /stoves  |
   +------------+--------------+

Text.
";
    let read = Redrawn::read(page);
    assert_eq!(read.tables().next().unwrap().rows[1][1].len(), 3);
    let drawn = read.draw(Style::Grid(0));
    assert_eq!(Redrawn::read(&drawn), read);
    assert!(
        drawn.ends_with("+------------+-------------+\n\nText.\n"),
        "{drawn}"
    );
    let simple = read.draw(Style::Simple);
    assert!(
        simple.contains("   Permission  API\n   ==========  ===========\n"),
        "{simple}"
    );
}
