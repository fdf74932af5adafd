//! `permspec tables`: prints every table of a page as the parser sees it.

use permspec::{Report, load};
use serde::Serialize;

use crate::Verdict;
use crate::arguments::{Format, Tables};
use crate::output::{Grid, print_line, report_findings};

/// The tables of one page, in document order. A table inside a cell follows its outer table.
#[derive(Serialize)]
struct Page {
    page: String,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Table {
    title: Option<String>,
    cols: usize,
    head: usize,
    rows: Vec<Vec<Cell>>,
}

/// A cell: its text with collapsed white space, the number of additional rows and columns that it spans, and its
/// first line in the page.
#[derive(Serialize)]
struct Cell {
    t: String,
    mr: usize,
    mc: usize,
    line: u32,
}

pub fn run(options: &Tables) -> Verdict {
    let mut report = Report::default();
    for path in &options.pages {
        let Some(text) = load::text(path, &mut report) else {
            continue;
        };
        let parsed = rst_parser::parse(&text);
        permspec::report_markup(
            &parsed.diagnostics,
            &path.display().to_string(),
            &mut report,
        );
        report.add_source(path.display().to_string(), &text);
        let page = Page {
            page: path.display().to_string(),
            tables: parsed.document.tables().map(table).collect(),
        };
        match options.format {
            Format::Json => {
                let text = serde_json::to_string(&page);
                print_line(text.expect("tables are plain JSON values"));
            }
            Format::Text => print_page(&page),
        }
    }
    report_findings(&report);
    if report.has_errors() {
        Verdict::Findings
    } else {
        Verdict::Clean
    }
}

fn table(table: &rst_parser::Table) -> Table {
    let cell = |cell: &rst_parser::Cell| Cell {
        t: collapse(&cell.text()),
        mr: cell.more_rows,
        mc: cell.more_columns,
        line: cell.span.line,
    };
    Table {
        title: table.title_text().map(|title| collapse(&title)),
        cols: table.columns,
        head: table.header_rows,
        rows: table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(cell).collect())
            .collect(),
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print_page(page: &Page) {
    for table in &page.tables {
        let title = table.title.as_deref().unwrap_or("(no title)");
        print_line(format_args!(
            "{}: {title}, {} columns, {} header rows",
            page.page, table.cols, table.head
        ));
        let mut grid = Grid::default();
        for row in &table.rows {
            grid.add(row.iter().map(|cell| vec![cell.t.clone()]).collect());
        }
        print_line(grid);
    }
}
