use std::collections::BTreeSet;

use super::choose;
use crate::diagnostic::Report;
use crate::extract::{Headers, Row, tables};
use crate::subject::Subject;

/// Rows as a page states them: title and call.
fn rows(stated: &[(&str, &str)]) -> Vec<Row> {
    let line = |title: &str, api: &str, action: &str| {
        format!("   * - {title}\n     - {api}\n     - {action}\n")
    };
    let mut page = "\
.. list-table::
   :header-rows: 1

   * - Permission
     - API
     - Action
"
    .to_owned();
    for (title, api) in stated {
        page += &line(title, api, "bake:ovens:get");
    }
    let document = rst_parser::parse(&page).document;
    let headers = Headers::default();
    tables(&document, &headers, "page.rst", &mut Report::default()).rows
}

fn on_page(rows: &[Row]) -> Vec<(Subject<'_>, &str)> {
    rows.iter()
        .map(|row| (row.subject(), "oven_actions"))
        .collect()
}

/// The names of rows that are all on one page and have none yet.
fn names(stated: &[(&str, &str)]) -> Vec<String> {
    let rows = rows(stated);
    let on_page = on_page(&rows);
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
    assert_eq!(found, ["ListOvens", "GetOven"]);
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
        ("Querying ovens", "GET /v1/stoves"),
        ("Querying ovens", "GET /v1/ovens/detail"),
    ]);
    assert_eq!(found, ["ListOvens", "ListStoves", "ListOvenDetails"]);
}

#[test]
fn a_title_that_is_too_long_gives_way_to_its_verb_and_the_path() {
    let found = names(&[
        ("Lists ovens. Broken ones are listed too.", "GET /v1/ovens"),
        (
            "Changing the temperature of an oven whose bread is still as cold as ice",
            "PUT /v1/ovens/{oven_id}/temperature",
        ),
    ]);
    assert_eq!(found, ["ListOvens", "ChangeOvenTemperature"]);
}

#[test]
fn one_and_several_of_a_thing_never_differ_in_a_letter_alone() {
    let found = names(&[
        ("Adding an oven", "POST /v2/ovens"),
        ("Adding ovens", "POST /v1/bakeries/ovens"),
        ("Creating an ECS", "POST /v2/servers"),
        ("Creating ECSs", "POST /v1/cloudservers"),
    ]);
    assert_eq!(
        found,
        [
            "AddOven",
            "AddOvensInBatches",
            "CreateEcs",
            "CreateEcsInBatches"
        ]
    );
}

#[test]
fn a_word_that_wraps_the_object_tells_apart_what_would_be_one_name() {
    let call = "POST /v1/ovens/jobs";
    let found = names(&[
        ("Querying a list of ovens", "GET /v2/ovens"),
        ("Querying details about ovens", "GET /v2/ovens/detail"),
        ("Displaying a door", "GET /v1/doors"),
        ("Displaying all doors", "GET /v1/doors"),
        ("Describing a function", call),
        ("Displaying a function", call),
    ]);
    assert_eq!(
        found,
        [
            "ListOvens",
            "ListOvenDetails",
            "GetDoor",
            "ListAllDoors",
            "DescribeFunction",
            "DisplayFunction"
        ]
    );
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
        ("Resetting an oven", "POST /v1/ovens/{oven_id}/heat"),
    ]);
    let on_page = on_page(&rows);
    let given = vec![Some("DeleteOven".to_owned()), None, None];
    let others = BTreeSet::from(["ResetOven".to_owned()]);
    let found: Vec<_> = choose(&on_page, given, &others)
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(
        found,
        ["DeleteOven", "DeleteOvenOvenActions", "ResetOvenHeat"]
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
    let on_page = on_page(&rows);
    let given = vec![Some("Ovens".to_owned()), None];
    let found = choose(&on_page, given, &BTreeSet::new());
    assert_eq!(found[1].as_deref(), Some("ListOvens"));
}
