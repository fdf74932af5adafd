use std::collections::BTreeSet;

use super::choose;
use crate::diagnostic::Report;
use crate::extract::{Headers, Row, tables};

/// Rows as a page states them: title and call.
fn rows(stated: &[(&str, &str)]) -> Vec<Row> {
    let line = |title: &str, api: &str, action: &str| {
        format!("   * - {title}\n     - {api}\n     - {action}\n")
    };
    let mut page = ".. list-table::\n   :header-rows: 1\n\n".to_owned();
    page += &line("Permission", "API", "Action");
    for (title, api) in stated {
        page += &line(title, api, "bake:ovens:get");
    }
    let document = rst_parser::parse(&page).document;
    let headers = Headers::default();
    tables(&document, &headers, "page.rst", &mut Report::default()).rows
}

/// The names of rows that are all on one page and have none yet.
fn names(stated: &[(&str, &str)]) -> Vec<String> {
    let rows = rows(stated);
    let on_page: Vec<(&Row, &str)> = rows.iter().map(|row| (row, "oven_actions")).collect();
    let given = vec![None; rows.len()];
    let names = choose(&on_page, given, &BTreeSet::new());
    names.into_iter().map(Option::unwrap_or_default).collect()
}

#[test]
fn a_phrase_that_only_one_operation_has_is_its_name() {
    let found = names(&[
        ("Listing ovens", "GET /v1/ovens"),
        ("Querying an oven", "GET /v1/ovens/{oven_id}"),
    ]);
    assert_eq!(found, ["ListOvens", "QueryOven"]);
}

#[test]
fn versions_of_one_operation_are_told_apart_by_their_version() {
    let found = names(&[
        ("Listing ovens", "GET /v2/ovens"),
        ("Listing ovens", "GET /v3/ovens"),
    ]);
    assert_eq!(found, ["ListOvensV2", "ListOvensV3"]);
}

#[test]
fn a_title_that_two_calls_of_a_version_share_gives_way_to_the_path() {
    let found = names(&[
        ("Querying ovens", "GET /v1/ovens"),
        ("Querying ovens", "GET /v1/ovens/detail"),
    ]);
    assert_eq!(found, ["GetOvens", "GetOvensDetail"]);
}

#[test]
fn a_sentence_and_a_title_that_is_too_long_give_way_to_the_path() {
    let found = names(&[
        ("Lists ovens. Broken ones are listed too.", "GET /v1/ovens"),
        (
            "Changing the temperature of an oven whose bread is still cold",
            "PUT /v1/ovens/{oven_id}/temperature",
        ),
    ]);
    assert_eq!(found, ["GetOvens", "PutOvenTemperature"]);
}

#[test]
fn operations_with_one_call_are_told_apart_by_their_titles_at_any_length() {
    let call = "POST /v1/ovens/{oven_id}/action";
    let found = names(&[
        ("Starting an oven", call),
        (
            "Changing the temperature of an oven whose bread is cold",
            call,
        ),
    ]);
    assert_eq!(
        found,
        ["StartOven", "ChangeTemperatureOfOvenWhoseBreadIsCold"]
    );
}

#[test]
fn a_name_that_is_given_or_belongs_to_another_page_is_not_taken_again() {
    let rows = rows(&[
        ("Listing ovens", "GET /v1/ovens"),
        ("Deleting an oven", "DELETE /v1/ovens/{oven_id}"),
        ("Heating an oven", "POST /v1/ovens/{oven_id}/heat"),
    ]);
    let on_page: Vec<(&Row, &str)> = rows.iter().map(|row| (row, "oven_actions")).collect();
    let given = vec![Some("DeleteOven".to_owned()), None, None];
    let others = BTreeSet::from(["HeatOven".to_owned()]);
    let found: Vec<_> = choose(&on_page, given, &others)
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(
        found,
        ["DeleteOven", "DeleteOvenOvenActions", "PostOvenHeat"]
    );
}

#[test]
fn the_order_of_rows_does_not_change_a_name() {
    let stated = [
        ("Listing ovens", "GET /v2/ovens"),
        ("Listing ovens", "GET /v3/ovens"),
        ("Querying an oven", "GET /v2/ovens/{oven_id}"),
        ("Querying an oven", "GET /v2/ovens/{oven_id}/detail"),
    ];
    let mut reversed = stated;
    reversed.reverse();
    let mut backwards = names(&reversed);
    backwards.reverse();
    assert_eq!(names(&stated), backwards);
}

#[test]
fn the_last_operation_without_a_name_gets_the_title_that_it_shares() {
    let rows = rows(&[
        ("Listing ovens", "GET /v1/ovens"),
        ("Listing ovens", "GET /v1/ovens"),
    ]);
    let on_page: Vec<(&Row, &str)> = rows.iter().map(|row| (row, "oven_actions")).collect();
    let given = vec![Some("Ovens".to_owned()), None];
    let found = choose(&on_page, given, &BTreeSet::new());
    assert_eq!(found[1].as_deref(), Some("ListOvens"));
}
