//! Changes of rows, tables and pages, besides the change of one cell. Each case lists all changes that are found.

use permspec::drift::PageModel;

use crate::versions::{pages, said};

/// A page of one table: a header row, and rows of cells.
fn table(header: &[&str], rows: &[&[&str]]) -> String {
    let row = |cells: &[&str]| -> String {
        let cells = cells.iter().enumerate().map(|(at, cell)| {
            let mark = if at == 0 { "   * - " } else { "     - " };
            format!("{mark}{}\n", cell.replace('\n', "\n\n       "))
        });
        cells.collect()
    };
    let rows: String = rows.iter().map(|cells| row(cells)).collect();
    format!(
        "\
.. list-table::
   :header-rows: 1

{}{rows}
",
        row(header)
    )
}

const HEADER: [&str; 4] = ["Permission", "API", "Action", "Dependencies"];

fn one(rows: &[&[&str]]) -> Vec<PageModel> {
    of(&[table(&HEADER, rows)])
}

/// One page of several tables.
fn of(tables: &[String]) -> Vec<PageModel> {
    pages(&[(
        "bake/ovens.rst",
        &format!("Ovens\n=====\n\n{}", tables.concat()),
    )])
}

const LIST: &[&str] = &["Listing ovens", "GET /v1/ovens", "bake:ovens:list", "-"];
const GET: &[&str] = &[
    "Querying an oven",
    "GET /v1/ovens/{oven_id}",
    "bake:ovens:get",
    "-",
];
const ADD_TAGS: &[&str] = &[
    "Adding tags",
    "POST /v1/ovens/tags",
    "bake:tags:create",
    "-",
];
const DELETE_TAGS: &[&str] = &[
    "Deleting tags",
    "POST /v1/ovens/tags",
    "bake:tags:delete",
    "-",
];

#[test]
fn rows_that_share_a_call_are_told_apart_by_their_titles() {
    let renamed: &[&str] = &[
        "Deleting tags",
        "POST /v1/ovens/tags",
        "bake:tags:remove",
        "-",
    ];
    let found = said(&one(&[ADD_TAGS, DELETE_TAGS]), &one(&[renamed, ADD_TAGS]));
    assert_eq!(
        found,
        ["action-renamed: `DeleteTags` needs `bake:tags:remove` instead of `bake:tags:delete`"]
    );
}

#[test]
fn an_action_in_the_place_of_two_of_other_resources_renames_neither() {
    let needs =
        |actions| -> [&str; 4] { ["Querying an oven", "GET /v1/ovens/{oven_id}", actions, "-"] };
    let found = said(
        &one(&[&needs("bake:ovens:get\nbake:racks:list")]),
        &one(&[&needs("bake:doors:open")]),
    );
    assert_eq!(
        found,
        [
            "action-added: `GetOven` now also needs `bake:doors:open`",
            "action-removed: `GetOven` no longer needs `bake:ovens:get`",
            "action-removed: `GetOven` no longer needs `bake:racks:list`"
        ]
    );
}

#[test]
fn one_of_several_rows_with_one_call_goes() {
    let found = said(&one(&[ADD_TAGS, DELETE_TAGS]), &one(&[DELETE_TAGS]));
    assert_eq!(
        found,
        ["route-removed: `AddTags` is gone: `POST /v1/ovens/tags` needed `bake:tags:create`"]
    );
}

#[test]
fn a_row_split_by_version_changes_nothing_but_what_its_half_says() {
    let both: &[&str] = &[
        "Listing ovens",
        "GET /v1/ovens\nGET /v2/ovens",
        "bake:ovens:list",
        "-",
    ];
    let second: &[&str] = &[
        "Listing ovens (V2)",
        "GET /v2/ovens",
        "bake:ovens:list",
        "-",
    ];
    let grouped = "rows-regrouped: `GET /v2/ovens` is now in the row of `ListOvensV2`, was in the row of `ListOvens`";
    assert_eq!(said(&one(&[both]), &one(&[LIST, second])), [grouped]);
    let more: &[&str] = &[
        "Listing ovens (V2)",
        "GET /v2/ovens",
        "bake:ovens:list\nbake:ovens:see",
        "-",
    ];
    let found = said(&one(&[both]), &one(&[LIST, more]));
    assert_eq!(
        found,
        [
            grouped,
            "action-added: `ListOvensV2` now also needs `bake:ovens:see`"
        ]
    );
}

#[test]
fn tables_that_are_split_or_merged_change_nothing() {
    let whole = one(&[LIST, GET, ADD_TAGS]);
    let parts = of(&[table(&HEADER, &[LIST]), table(&HEADER, &[GET, ADD_TAGS])]);
    assert_eq!(said(&whole, &parts), [""; 0]);
    assert_eq!(said(&parts, &whole), [""; 0]);
}

#[test]
fn a_row_that_goes_to_a_table_without_a_column_loses_what_the_column_said() {
    let dependent: &[&str] = &[
        "Querying an oven",
        "GET /v1/ovens/{oven_id}",
        "bake:ovens:get",
        "mill:flour:get",
    ];
    let narrow = |row: &'static [&'static str]| table(&HEADER[..3], &[&row[..3]]);
    let before = of(&[table(&HEADER, &[LIST, dependent]), narrow(ADD_TAGS)]);
    let after = of(&[
        table(&HEADER, &[LIST]),
        table(&HEADER[..3], &[&ADD_TAGS[..3], &dependent[..3]]),
    ]);
    let found = said(&before, &after);
    assert_eq!(
        found,
        ["dependency-removed: `GetOven` no longer depends on `mill:flour:get`"]
    );
}

#[test]
fn an_action_that_becomes_a_dependency_asks_nothing_of_a_policy() {
    let before: &[&str] = &[
        "Listing ovens",
        "GET /v1/ovens",
        "bake:ovens:list\nmill:flour:get",
        "-",
    ];
    let after: &[&str] = &[
        "Listing ovens",
        "GET /v1/ovens",
        "bake:ovens:list",
        "mill:flour:get",
    ];
    for (old, new) in [(before, after), (after, before)] {
        let changes = permspec::drift::diff(&one(&[old]), &one(&[new]));
        let rules: Vec<&str> = changes.iter().map(|change| change.rule.id()).collect();
        assert!(
            rules == ["action-removed", "dependency-added"]
                || rules == ["action-added", "dependency-removed"],
            "{rules:?}"
        );
        assert!(
            changes
                .iter()
                .all(|change| change.policy.as_str() == "none" && !change.breaking)
        );
    }
}

#[test]
fn a_dependency_column_with_values_is_one_change() {
    let before = of(&[table(&HEADER[..3], &[&LIST[..3], &GET[..3]])]);
    let with: &[&str] = &[
        "Querying an oven",
        "GET /v1/ovens/{oven_id}",
        "bake:ovens:get",
        "mill:flour:get",
    ];
    let found = said(&before, &one(&[LIST, with]));
    assert_eq!(
        found,
        ["column-added: the column `Dependencies` is new, which affects 1 operation"]
    );
    let empty = permspec::drift::diff(&before, &one(&[LIST, GET]));
    assert_eq!(empty.len(), 1);
    assert!(
        !empty[0].semantic,
        "a column without values changes nothing"
    );
}

#[test]
fn a_column_for_both_scopes_may_become_one_for_each() {
    let row = |scopes: &[&'static str]| -> Vec<&'static str> { [&LIST[..3], scopes].concat() };
    let both = table(
        &["Permission", "API", "Action", "Authorization Scope"],
        &[&row(&["Projects are supported."])],
    );
    let each = table(
        &[
            "Permission",
            "API",
            "Action",
            "IAM Project",
            "Enterprise Project",
        ],
        &[&row(&["Y", "x"])],
    );
    let found = said(&of(&[both]), &of(&[each]));
    assert_eq!(
        found,
        [
            "column-renamed: the column is now called `IAM Project`, was `Authorization Scope`",
            "column-renamed: the column is now called `Enterprise Project`, was `Authorization Scope`",
        ]
    );
}

#[test]
fn a_version_and_a_slash_of_a_path_are_part_of_it() {
    for path in ["GET /v2.1/ovens", "GET /v1/ovens/"] {
        let moved: &[&str] = &["All the ovens there are", path, "bake:ovens:list", "-"];
        let found = said(&one(&[LIST, GET]), &one(&[moved, GET]));
        assert!(
            found.contains(&format!(
                "path-changed: `ListOvens` is now `{path}`, was `GET /v1/ovens`"
            )),
            "{found:#?}"
        );
        assert_eq!(found.len(), 2, "the title changed too: {found:#?}");
    }
}

#[test]
fn slips_that_are_mended_in_the_page_change_nothing() {
    for call in [
        "GET/v1/ovens",
        "Get /v1/ovens",
        "GET v1/ovens",
        "GET\n/v1/ovens",
        "GET https://host/v1/ovens",
    ] {
        let slip: &[&str] = &["Listing ovens", call, "bake:ovens:list", "N/A"];
        assert_eq!(said(&one(&[slip]), &one(&[LIST])), [""; 0], "{call}");
    }
}

#[test]
fn parameters_in_another_notation_are_renamed_at_most() {
    let colon: &[&str] = &[
        "Querying an oven",
        "GET /v1/ovens/:oven_id",
        "bake:ovens:get",
        "-",
    ];
    let found = said(&one(&[colon]), &one(&[GET]));
    assert_eq!(
        found,
        [
            "path-parameter-renamed: `GetOven` has renamed path parameters: now `GET /v1/ovens/{oven_id}`, was `GET /v1/ovens/:oven_id`"
        ]
    );
}

#[test]
fn a_row_without_a_call_is_known_by_its_title_and_may_get_one() {
    let console: &[&str] = &["Cleaning an oven", "-", "bake:ovens:clean", "-"];
    let other: &[&str] = &["Cleaning ovens", "N/A", "bake:ovens:clean", "-"];
    let call: &[&str] = &[
        "Cleaning an oven",
        "POST /v1/ovens/{oven_id}/clean",
        "bake:ovens:clean",
        "-",
    ];
    let titled =
        "title-changed: `CleanOven` is now called `Cleaning ovens`, was `Cleaning an oven`";
    assert_eq!(said(&one(&[LIST, console]), &one(&[LIST, other])), [titled]);
    assert_eq!(
        said(&one(&[LIST, console]), &one(&[LIST, call])),
        ["route-added: `CleanOven` now also has the call `POST /v1/ovens/{oven_id}/clean`"]
    );
    assert_eq!(
        said(&one(&[LIST, console]), &one(&[LIST])),
        ["route-removed: `CleanOven` is gone: it had no call and needed `bake:ovens:clean`"]
    );
}

#[test]
fn why_a_row_has_no_call_may_be_said_in_other_words() {
    let row = |call: &'static str| ["Cleaning an oven", call, "bake:ovens:clean", "-"];
    let version = |call: &'static str| one(&[LIST, &row(call)]);
    let found = said(&version("For Console only"), &version("-"));
    assert_eq!(
        found,
        ["call-renamed: `CleanOven` no longer says `For Console only` in place of a call"]
    );
    let call = said(
        &version("For Console only"),
        &version("PUT /v1/ovens/clean"),
    );
    assert_eq!(
        call,
        ["route-added: `CleanOven` now also has the call `PUT /v1/ovens/clean`"]
    );
    let less = said(&version("Cleaning\nRinsing"), &version("Cleaning"));
    assert_eq!(
        less,
        ["route-removed: `CleanOven` no longer has the call `Rinsing`"]
    );
}

#[test]
fn a_word_that_is_no_method_is_compared_with_the_method_that_corrects_it() {
    let row = |call: &'static str| ["Cleaning an oven", call, "bake:ovens:clean", "-"];
    let version = |call: &'static str| one(&[LIST, &row(call)]);
    let changed =
        "method-changed: `CleanOven` is now `PUT /v1/ovens/clean`, was `UPDATE /v1/ovens/clean`";
    let wrong = version("UPDATE /v1/ovens/clean");
    assert_eq!(said(&wrong, &version("PUT /v1/ovens/clean")), [changed]);
    assert_eq!(
        said(&version("PUT /v1/ovens/clean"), &wrong),
        ["method-changed: `CleanOven` is now `UPDATE /v1/ovens/clean`, was `PUT /v1/ovens/clean`"]
    );
    // In two paragraphs, or next to another call, the word still belongs to the cell.
    let split = version("UPDATE\n/v1/ovens/clean");
    assert_eq!(said(&split, &version("PUT /v1/ovens/clean")), [changed]);
    let beside = version("GET /v1/ovens/clean\nUPDATE /v1/ovens/clean");
    let corrected = version("GET /v1/ovens/clean\nPUT /v1/ovens/clean");
    assert_eq!(said(&beside, &corrected), [changed]);
    let moved = said(&wrong, &version("UPDATE /v1/ovens/{id}/clean"));
    assert_eq!(
        moved,
        [
            "path-changed: `CleanOven` is now `UPDATE /v1/ovens/{id}/clean`, was `UPDATE /v1/ovens/clean`"
        ]
    );
}

#[test]
fn a_page_that_is_split_loses_nothing() {
    let page = |name: &str, rows: &[&[&str]]| {
        format!(
            ":original_name: {name}.html\n\nOvens\n=====\n\n{}",
            table(&HEADER, rows)
        )
    };
    let whole = pages(&[("bake/ovens.rst", &page("bake_1", &[LIST, GET, ADD_TAGS]))]);
    let parts = pages(&[
        ("bake/ovens.rst", &page("bake_1", &[LIST, GET])),
        ("bake/tags.rst", &page("bake_2", &[ADD_TAGS])),
    ]);
    let changes = permspec::drift::diff(&whole, &parts);
    let rules: Vec<&str> = changes.iter().map(|change| change.rule.id()).collect();
    assert_eq!(rules, ["page-added", "operation-moved"]);
    assert!(changes.iter().all(|change| !change.semantic));
}

#[test]
fn a_page_is_found_again_by_its_calls_where_path_and_name_are_new() {
    let page = |name: &str| {
        format!(
            ":original_name: {name}.html\n\nOvens\n=====\n\n{}",
            table(&HEADER, &[LIST, GET])
        )
    };
    let before = pages(&[("bake/ovens.rst", &page("bake_1"))]);
    let after = pages(&[("bake/all/of_them.rst", &page("bake_77"))]);
    assert_eq!(
        said(&before, &after),
        ["page-moved: the page is now `bake/all/of_them.rst`, was `bake/ovens.rst`"]
    );
}

#[test]
fn equal_paths_of_two_services_are_two_calls() {
    let page = |rows: &[&[&str]]| format!("Ovens\n=====\n\n{}", table(&HEADER, rows));
    let before = pages(&[
        ("bake/ovens.rst", &page(&[LIST, GET])),
        ("fry/pans.rst", &page(&[GET])),
    ]);
    let after = pages(&[
        ("bake/ovens.rst", &page(&[LIST])),
        ("fry/pans.rst", &page(&[LIST, GET])),
    ]);
    let mut found = said(&before, &after);
    found.sort();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].starts_with("route-added: `ListOvens`"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("route-removed: `GetOven`"),
        "{found:#?}"
    );
}

#[test]
fn a_fingerprint_outlives_other_changes_lines_titles_and_pages() {
    let renamed: &[&str] = &[
        "Querying an oven",
        "GET /v1/ovens/{oven_id}",
        "bake:ovens:see",
        "-",
    ];
    let retitled: &[&str] = &["Looking at it", "GET /v1/ovens/{id}", "bake:ovens:see", "-"];
    let fingerprint = |after: &[PageModel]| {
        let changes = permspec::drift::diff(&one(&[LIST, GET]), after);
        let found = changes
            .iter()
            .find(|change| change.rule.id() == "action-renamed");
        found.unwrap().fingerprint.clone()
    };
    let first = fingerprint(&one(&[LIST, renamed]));
    assert_eq!(first, fingerprint(&one(&[ADD_TAGS, DELETE_TAGS, retitled])));
    let text = format!(
        "Elsewhere\n=========\n\nProse.\n\n{}",
        table(&HEADER, &[renamed])
    );
    assert_eq!(first, fingerprint(&pages(&[("bake/elsewhere.rst", &text)])));
    let other: &[&str] = &[
        "Querying an oven",
        "GET /v1/ovens/{oven_id}",
        "bake:ovens:view",
        "-",
    ];
    assert_ne!(first, fingerprint(&one(&[LIST, other])));
}

#[test]
fn an_approved_column_is_not_approved_with_other_values() {
    let before = of(&[table(&HEADER[..3], &[&LIST[..3]])]);
    let fingerprint = |dependency: &'static str| {
        let row = [LIST[0], LIST[1], LIST[2], dependency];
        let changes = permspec::drift::diff(&before, &one(&[&row]));
        assert_eq!(changes.len(), 1);
        changes[0].fingerprint.clone()
    };
    assert_eq!(fingerprint("mill:flour:get"), fingerprint("mill:flour:get"));
    assert_ne!(fingerprint("mill:flour:get"), fingerprint("mill:*:*"));
}

#[test]
fn text_of_a_page_cannot_become_markup_of_a_changelog() {
    let title = "Listing ovens ``x`` [link](https://example.com)";
    let retitled: &[&str] = &[title, "GET /v1/ovens", "bake:ovens:list", "-"];
    for sentence in said(&one(&[LIST]), &one(&[retitled])) {
        assert_eq!(sentence.matches('`').count() % 2, 0, "{sentence}");
        let outside: String = sentence.split('`').step_by(2).collect();
        assert!(!outside.contains('['), "{sentence}");
    }
}
