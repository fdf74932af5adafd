use crate::diagnostic::{Code, Report};
use crate::extract::{Columns, Extracted, Headers, Role, tables};

/// What is read from a table: a header and rows, cells set apart with `|`.
fn read_with(headers: &Headers, header: &str, rows: &[&str]) -> (Extracted, Report) {
    let line = |row: &str| -> String {
        let cells = row.split('|').enumerate().map(|(at, cell)| {
            let mark = if at == 0 { "   * - " } else { "     - " };
            format!("{mark}{}\n", cell.trim().replace('¶', "\n\n       "))
        });
        cells.collect()
    };
    let rows: String = rows.iter().map(|row| line(row)).collect();
    let text = format!(
        "\
Ovens
=====

.. list-table::
   :header-rows: 1

{}{rows}",
        line(header)
    );
    let mut report = Report::default();
    let document = rst_parser::parse(&text).document;
    let found = tables(&document, headers, "p.rst", &mut report);
    (found, report)
}

fn read(header: &str, rows: &[&str]) -> (Extracted, Report) {
    read_with(&Headers::default(), header, rows)
}

/// Title, calls and actions of each row.
fn said(header: &str, rows: &[&str]) -> Vec<(String, String, String)> {
    let rows = read(header, rows).0.rows.into_iter();
    rows.map(|row| {
        let calls: Vec<String> = row.endpoints.iter().map(ToString::to_string).collect();
        let actions: Vec<String> = row.actions.iter().map(ToString::to_string).collect();
        (row.title, calls.join(", "), actions.join(", "))
    })
    .collect()
}

fn row(title: &str, call: &str, action: &str) -> (String, String, String) {
    (title.into(), call.into(), action.into())
}

#[test]
fn a_column_of_permissions_that_holds_actions_is_that_of_the_actions() {
    let expected = [
        row("Lists ovens", "GET /v1/ovens", "bake:ovens:list"),
        row("Gets an oven", "GET /v1/ovens/{id}", ""),
        row("Opens an oven", "POST /v1/ovens/{id}", "bake:ovens:open"),
    ];
    for (header, order) in [
        ("Module|API|Function|Permission", [0, 1, 2, 3]),
        ("Permissions|Operation|APIs|Module", [3, 2, 1, 0]),
        ("API|Permission|Description|Module", [1, 3, 2, 0]),
    ] {
        let rows = [
            ["Ovens", "GET /v1/ovens", "Lists ovens", "bake:ovens:list"],
            ["", "GET /v1/ovens/{id}", "Gets an oven", ""],
            [
                "",
                "POST /v1/ovens/{id}",
                "Opens an oven",
                "bake:ovens:open",
            ],
        ];
        let rows: Vec<String> = rows
            .iter()
            .map(|row| order.map(|at| row[at]).join("|"))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(said(header, &rows), expected, "{header}");
    }
}

#[test]
fn a_column_of_actions_that_holds_titles_is_that_of_the_titles() {
    for header in ["Action|API|Permission", "Action|API|Function"] {
        assert_eq!(
            said(header, &["Listing ovens|GET /v1/ovens|bake:ovens:list"]),
            [row("Listing ovens", "GET /v1/ovens", "bake:ovens:list")],
            "{header}"
        );
    }
    assert_eq!(
        said(
            "Action|API|Function",
            &["bake:ovens:list|GET /v1/ovens|Lists"]
        ),
        [row("Lists", "GET /v1/ovens", "bake:ovens:list")]
    );
}

#[test]
fn one_action_is_enough_for_a_column_of_actions_and_most_cells_for_another() {
    let rows = [
        "Listing|GET /v1/ovens|bake:ovens:list",
        "bake:ovens:get|GET /v1/ovens/{id}|Any user",
        "Opening|POST /v1/ovens/{id}|Any user",
    ];
    let found = said("Permission|API|Action", &rows);
    assert_eq!(found[0].2, "bake:ovens:list");
    assert_eq!(
        (found[1].0.as_str(), found[1].2.as_str()),
        ("bake:ovens:get", "")
    );
    // One title that is an action does not make a column of titles one of actions.
    let found = said(
        "Permission|API",
        &["Listing|GET /a/b", "Getting|GET /a/c", "a:b:c|GET /a/d"],
    );
    assert_eq!(found[2].0, "a:b:c");
}

#[test]
fn calls_are_read_from_the_column_that_holds_them() {
    assert_eq!(
        said(
            "API|API URI|Action",
            &["ListOvens|GET /v1/ovens|bake:ovens:list"]
        ),
        [row("ListOvens", "GET /v1/ovens", "bake:ovens:list")]
    );
    let found = said(
        "Permission|API|Action|Example",
        &["Listing|-|bake:ovens:list|GET /v1/ovens"],
    );
    assert_eq!(found, [row("Listing", "", "bake:ovens:list")]);
    // Where none does, the names are said to be no calls.
    let (found, report) = read("API|Function|Action", &["ListOvens|Lists|bake:ovens:list"]);
    assert_eq!(found.rows[0].named, ["ListOvens"]);
    assert!(
        report
            .diagnostics()
            .iter()
            .any(|found| found.code == Code::NoCall)
    );
}

#[test]
fn a_table_of_what_users_do_is_no_permission_table() {
    for (header, rows) in [
        (
            "Action|API|Function",
            ["Start|start()|Starts it", "Stop|stop()|Stops it"],
        ),
        (
            "Action|API|Description",
            ["Start|Console|Starts", "Stop|Client|Stops"],
        ),
        (
            "Permission|API|Description",
            ["Read|Core API|Reads", "Write|Core API|Writes"],
        ),
        ("API|Action", ["start()|Starts it", "stop()|Stops it"]),
    ] {
        let (found, report) = read(header, &rows);
        assert!(
            found.tables.is_empty() && report.is_empty(),
            "{header}: {report}"
        );
    }
    // With calls, it is worth a word.
    let (found, report) = read("Action|API|Function", &["Start|POST /v1/ovens|Starts it"]);
    assert!(found.tables.is_empty());
    assert_eq!(report.diagnostics()[0].code, Code::Remark);
}

#[test]
fn a_table_with_a_call_or_an_action_or_nothing_to_say_stays_one() {
    for (header, rows) in [
        ("API|Action", vec!["GET /v1/ovens|-"]),
        ("API|Action", vec!["-|bake:ovens:list"]),
        ("API|Action", vec!["For Console only|bake:ovens:list"]),
        ("API|Action", vec!["GET /v1/ovens|bake:ovens"]),
        ("API|Action", vec!["FETCH /v1/ovens|bake:ovens:list"]),
        ("Permission|API", vec!["Listing ovens|GET /v1/ovens"]),
        (
            "Permission|API|Action",
            vec!["Listing ovens|Console|Any user"],
        ),
        ("API|Action|IAM Project", vec!["Console|Any user|Y"]),
    ] {
        assert_eq!(read(header, &rows).0.tables.len(), 1, "{header} {rows:?}");
    }
}

#[test]
fn what_a_project_says_of_a_header_holds_whatever_the_column_holds() {
    let mut headers = Headers::default();
    headers.add("Permission", Role::Title);
    headers.add("Action", Role::Action);
    let rows = ["bake:ovens:list|GET /v1/ovens|Start"];
    let (found, _) = read_with(&headers, "Permission|API|Action", &rows);
    assert_eq!(found.rows[0].title, "bake:ovens:list");
    let columns: &Columns = &found.tables[0];
    assert_eq!(columns.get(Role::Action), Some(2));
}
