//! Prints every table of each page that is given, with one line of JSON per page.
//!
//! ```text
//! cargo run --example tables -- spec/ims/image_sharing.rst
//! ```

use std::fmt::Write as _;
use std::process::ExitCode;

use rst_parser::{Cell, Table};

fn main() -> ExitCode {
    let mut failed = false;
    for page in std::env::args().skip(1) {
        match std::fs::read_to_string(&page) {
            Ok(text) => println!("{}", json(&page, &text)),
            Err(error) => {
                eprintln!("{page}: {error}");
                failed = true;
            }
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn json(page: &str, text: &str) -> String {
    let parsed = rst_parser::parse(text);
    let tables: Vec<String> = parsed.document.tables().map(table).collect();
    format!(
        "{{\"page\": {}, \"tables\": [{}]}}",
        quote(page),
        tables.join(", ")
    )
}

fn table(table: &Table) -> String {
    let title = table
        .title_text()
        .map_or("null".to_owned(), |title| quote(&collapse(&title)));
    let row = |cells: &[Cell]| {
        format!(
            "[{}]",
            cells.iter().map(cell).collect::<Vec<_>>().join(", ")
        )
    };
    let rows: Vec<String> = table.rows.iter().map(|cells| row(&cells.cells)).collect();
    let (columns, header_rows) = (table.columns, table.header_rows);
    format!(
        "{{\"title\": {title}, \"cols\": {columns}, \"head\": {header_rows}, \"rows\": [{}]}}",
        rows.join(", ")
    )
}

fn cell(cell: &Cell) -> String {
    let text = quote(&collapse(&cell.text()));
    let (more_rows, more_columns, line) = (cell.more_rows, cell.more_columns, cell.span.line);
    format!("{{\"t\": {text}, \"mr\": {more_rows}, \"mc\": {more_columns}, \"line\": {line}}}")
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            character if character < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
