//! A page of a folder is read if [`may_be_permission_page`] says so. A page that is named is always read.
//! Both must find the same tables, however a header is written.

use std::fmt::Write as _;

use super::may_be_permission_page;
use crate::diagnostic::Report;
use crate::extract::{Columns, Headers, Role};

/// The possible spellings of one header cell. All are read as `API`.
fn spellings() -> Vec<String> {
    let before = [
        "", "*", "**", "``", "`", "1. ", "#. ", "(a) ", "iv) ", "- ", "[1]_ ", "\\ ",
    ];
    let words = [
        "API",
        "apis",
        "A\\PI",
        "\\API",
        "A\\ PI",
        "A\u{200b}PI",
        "\u{feff}API",
        "A\u{ad}PIs",
    ];
    let mut all = Vec::new();
    for before in before {
        for word in words {
            // A literal shows its backslashes.
            if before == "``" && word.contains('\\') {
                continue;
            }
            let after = match before {
                "*" | "**" | "``" | "`" => before,
                _ => "",
            };
            all.push(format!("{before}{word}{after}"));
        }
    }
    let more = [
        ":ref:`API <x>`",
        ":sup:`A`\\ PI",
        "*A*\\ *PI*",
        "`API <x>`_",
        "API [1]_",
        "API:",
        ".. rubric:: API",
        ".. class:: a\n\n  API",
        ".. only:: html\n\n  API",
        ".. tab:: x\n\n  API",
        "API_",
        "_`API`",
        "|API|",
    ];
    all.extend(more.map(str::to_owned));
    all
}

/// Pages with a permission table, one for each form of table, whose API column has this header.
fn pages(header: &str) -> Vec<String> {
    let lines: Vec<&str> = header.lines().collect();
    let border = format!("+---+{}+---+\n", "-".repeat(40));
    let mut grid = border.clone();
    for (index, line) in lines.iter().enumerate() {
        let hidden = line
            .chars()
            .filter(|&c| ('\u{300}'..'\u{36f}').contains(&c))
            .count();
        let width = 40 + hidden;
        let action = if index == 0 { "Action" } else { "" };
        let _ = writeln!(grid, "|   |{line:width$}|{action:6}|");
    }
    let border = border.replace("---+\n", "------+\n");
    let grid = grid.replacen("---+\n", "------+\n", 1);
    let mut pages = vec![
        format!(
            "{grid}{}| x | GET /v1/a{}| a:b:c |\n{border}",
            border.replace('-', "="),
            " ".repeat(30)
        )
        .replace("a:b:c |", "a:b:c|"),
    ];
    if let [line] = lines[..] {
        let line = line.trim();
        pages.push(format!(
            "\
=== ================================ =======
x   {line:32} Action
=== ================================ =======
x   GET /v1/a                        a:b:c
=== ================================ =======
"
        ));
        pages.push(format!(
            "\
.. list-table::
   :header-rows: 1

   * - x
     - {line}
     - Action
   * - x
     - GET /v1/a
     - a:b:c
"
        ));
        for (name, mark) in [
            (",", ","),
            ("x", "x"),
            ("tab", "\t"),
            ("|", "|"),
            ("0", "0"),
            ("U+3B", ";"),
        ] {
            pages.push(format!(
                "\
.. CSV-table::
   :delim: {name}
   :header-rows: 1

   q{mark}{line}{mark}Action
   q{mark}GET /v1/a{mark}a:b:c
"
            ));
        }
        pages.push(format!(
            "\
.. csv-table::
   :header: q, \"{}\", Action

   q,GET /v1/a,a:b:c
",
            line.replace('"', "\"\"")
        ));
    }
    pages
}

/// The text with other line ends, or inside a directive.
fn rewritten(page: &str) -> Vec<String> {
    let lines: Vec<String> = page.lines().map(|line| format!("   {line}")).collect();
    let indented = lines.join("\n") + "\n";
    let ends = ["\r", "\r\n", "\u{85}", "\u{2028}", "\u{1c}", "\u{1e}"];
    let mut all: Vec<String> = ends.iter().map(|end| page.replace('\n', end)).collect();
    all.push(page.to_owned());
    all.push(format!("Text.\n\n.. tab-item:: x\n\n{indented}"));
    all.push(format!(
        "Text.\r\r.. only:: html\r\r{}",
        indented.replace('\n', "\r")
    ));
    all
}

#[test]
fn a_page_of_a_folder_is_read_wherever_a_page_that_is_named_has_a_table() {
    let headers = Headers::default();
    let (mut found, mut all) = (0, 0);
    for header in spellings() {
        let mut read = 0;
        for page in pages(&header).iter().flat_map(|page| rewritten(page)) {
            let parsed = rst_parser::parse(&page);
            let has_one = parsed.document.tables().any(|table| {
                Columns::of(table, &headers, "p.rst", &mut Report::default()).is_some()
            });
            all += 1;
            read += usize::from(has_one);
            assert!(
                !has_one || may_be_permission_page(&page, &headers),
                "{page:?}"
            );
        }
        assert!(
            read > 0,
            "{header:?} is read in no form: {:?}",
            pages(&header)[0]
        );
        found += read;
    }
    assert!(found * 4 > all * 3, "{found} of {all} pages have a table");
}

#[test]
fn headers_of_a_project_are_found_in_any_case_of_any_alphabet() {
    let mut headers = Headers::default();
    headers.add("Größe", Role::Api);
    headers.add("Kall", Role::Api);
    for page in [
        "| GRÖSSE | GRÖßE |\n",
        "| GR\\ Öße |",
        "| \u{212a}all |",
        "| K\\ all |",
    ] {
        assert!(may_be_permission_page(page, &headers), "{page}");
    }
    assert!(!may_be_permission_page("| Calls |\n", &headers));
}
