use super::models;
use crate::diagnostic::{Code, Report};
use crate::extract::Headers;
use crate::load::Source;
use crate::read::{PageChoice, ReadPage};

/// A page of rows: title, call, action, dependency.
fn page(service: &str, rows: &[[&str; 4]]) -> ReadPage {
    let line = |[title, api, action, dependency]: &[&str; 4]| {
        format!("   * - {title}\n     - {api}\n     - {action}\n     - {dependency}\n")
    };
    let lines: String = rows.iter().map(line).collect();
    let header = line(&["Permission", "API", "Action", "Dependencies"]);
    let source = Source {
        service: service.to_owned(),
        path: format!("{service}/actions.rst"),
        file: format!("{service}.rst"),
        text: format!(
            "\
.. list-table::
   :header-rows: 1

{header}{lines}"
        ),
    };
    ReadPage::page(
        source,
        &Headers::default(),
        PageChoice::Any,
        &mut Report::default(),
    )
}

/// The codes and the lines of what a look at the pages finds.
fn found(pages: &[ReadPage]) -> Vec<(Code, u32)> {
    let mut report = Report::default();
    models(pages, &mut report);
    let found = report.diagnostics();
    found.iter().map(|f| (f.code, f.location.line)).collect()
}

const LIST: [&str; 4] = ["Listing doors", "GET /v2/doors", "bake:doors:list", "N/A"];
const GET: [&str; 4] = [
    "Querying a door",
    "GET /v2/doors/{id}",
    "bake:doors:get",
    "N/A",
];

/// The line of the row after those two.
const THIRD: u32 = 16;

#[test]
fn a_dependency_that_is_a_slip_from_an_action_of_any_page_is_a_misprint() {
    let row = |dependency| {
        [
            "Opening a door",
            "PUT /v2/doors/{id}",
            "bake:doors:open",
            dependency,
        ]
    };
    let pages = |dependency| {
        let other = ["Cutting a key", "POST /v1/keys", "lock:keys:cut", "N/A"];
        [
            page("bake", &[LIST, GET, row(dependency)]),
            page("lock", &[other]),
        ]
    };
    for misprint in ["bake:doors:ge", "lock:keys:cutt"] {
        assert_eq!(
            found(&pages(misprint)),
            [(Code::Misprint, THIRD)],
            "{misprint}"
        );
    }
    for good in [
        "bake:doors:get",
        "bake:Doors:get",
        "lock:keys:cut",
        "oil:cans:use",
        "bake:doors:g\\*",
    ] {
        assert_eq!(found(&pages(good)), [], "{good}");
    }
}

#[test]
fn a_path_without_a_version_is_told_where_most_have_one() {
    for (call, expected) in [
        ("POST /doors", vec![(Code::NoVersion, THIRD)]),
        ("POST /V2/doors", vec![(Code::VersionCase, THIRD)]),
        ("GET /", vec![]),
        ("GET /{api_version}", vec![]),
        ("POST /door-api/v2/doors", vec![]),
    ] {
        let row = ["Making a door", call, "bake:doors:make", "N/A"];
        assert_eq!(
            found(&[page("bake", &[LIST, GET, row])]),
            expected,
            "{call}"
        );
    }
}

#[test]
fn versions_in_capitals_are_no_slip_where_all_have_them() {
    let capitals = [
        ["Listing doors", "GET /V1.0/doors", "bake:doors:list", "N/A"],
        [
            "Making a door",
            "POST /V1.0/doors",
            "bake:doors:make",
            "N/A",
        ],
    ];
    assert_eq!(found(&[page("bake", &capitals)]), []);
}

#[test]
fn one_call_with_other_actions_is_told_whatever_its_parameters_are_called() {
    let row = [
        "Seeing a door",
        "GET /v2/doors/{door_id}",
        "bake:doors:see",
        "N/A",
    ];
    assert_eq!(
        found(&[page("bake", &[LIST, GET, row])]),
        [(Code::SharedRoute, THIRD)]
    );
    let same = [
        "Seeing a door",
        "GET /v2/doors/{door_id}",
        "bake:doors:get",
        "N/A",
    ];
    assert_eq!(found(&[page("bake", &[LIST, GET, same])]), []);
    let elsewhere = page(
        "lock",
        &[["Seeing a door", GET[1], "lock:doors:see", "N/A"]],
    );
    assert_eq!(found(&[page("bake", &[LIST, GET]), elsewhere]), []);
}

#[test]
fn an_action_of_another_service_than_most_is_told() {
    let row = |action| ["Opening a door", "PUT /v2/doors/{id}", action, "N/A"];
    let with = |action| found(&[page("bake", &[LIST, GET, row(action)])]);
    assert_eq!(with("lock:keys:use"), [(Code::ForeignAction, THIRD)]);
    assert_eq!(with("BAKE:doors:open"), []);
    // Where no service has most of them, none is foreign.
    let two = page("door", &[LIST, row("lock:keys:use")]);
    assert_eq!(found(&[two]), []);
}
