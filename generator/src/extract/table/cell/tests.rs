use rst_parser::parse;

use super::*;

/// A table with one column, whose only row is this text.
fn table(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("| {line:70} |\n"))
        .collect();
    let border = format!("+{}+\n", "-".repeat(72));
    format!("{border}{}{border}", lines.concat())
}

fn read(text: &str) -> Vec<(String, Vec<usize>, bool)> {
    let page = table(text);
    let document = parse(&page).document;
    let table = document.tables().next().expect("a table");
    let found = statements(&table.rows[0].cells[0]);
    found
        .into_iter()
        .map(|s| (s.text.into_owned(), s.items, s.remark))
        .collect()
}

fn texts(text: &str) -> Vec<String> {
    read(text).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn every_paragraph_is_a_statement_and_every_line_of_a_line_block_too() {
    assert_eq!(texts("GET /v1/a\n\nGET /v1/b"), ["GET /v1/a", "GET /v1/b"]);
    assert_eq!(
        texts("| GET /v1/a\n| GET /v1/b"),
        ["GET /v1/a", "GET /v1/b"]
    );
    assert_eq!(texts("GET\n/v1/a"), ["GET /v1/a"]);
}

#[test]
fn a_statement_knows_all_list_items_around_it() {
    assert_eq!(
        read("-  New\n\n   a:b:c\n\n   -  a:b:d\n\n-  Old"),
        [
            ("New".to_owned(), vec![1], false),
            ("a:b:c".to_owned(), vec![1], false),
            ("a:b:d".to_owned(), vec![1, 2], false),
            ("Old".to_owned(), vec![3], false),
        ]
    );
}

#[test]
fn a_term_and_its_definition_are_one_item() {
    assert_eq!(
        read("EVS disk:\n   evs:tags:list"),
        [
            ("EVS disk:".to_owned(), vec![1], false),
            ("evs:tags:list".to_owned(), vec![1], false),
        ]
    );
}

#[test]
fn an_admonition_is_a_remark_and_a_listing_is_not() {
    assert_eq!(
        read("GET /v1/a\n\n.. note::\n\n   Old."),
        [
            ("GET /v1/a".to_owned(), vec![], false),
            ("Old.".to_owned(), vec![], true),
        ]
    );
    assert_eq!(
        read(".. code-block:: text\n\n   GET /v1/a\n   GET /v1/b"),
        [
            ("GET /v1/a".to_owned(), vec![], false),
            ("GET /v1/b".to_owned(), vec![], false),
        ]
    );
}

#[test]
fn a_dash_by_itself_is_a_value_and_no_empty_list() {
    assert_eq!(texts("-"), ["-"]);
    assert_eq!(texts("``-``"), ["-"]);
}

#[test]
fn comments_targets_and_marks_of_footnotes_say_nothing() {
    assert_eq!(texts("Y [1]_"), ["Y"]);
    assert_eq!(texts("Y [#]_\n\n.. checked twice\n\n.. _here:"), ["Y"]);
}
