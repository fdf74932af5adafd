use super::*;
use crate::extract::Headers;
use crate::load::Source;
use crate::project::Cells;

/// A page with rows of title, call, action, dependencies; `¶` sets paragraphs apart.
fn page_at(path: &str, rows: &[[&str; 4]]) -> ReadPage {
    let line = |row: &[&str; 4]| {
        let cells = row.map(|cell| cell.replace('¶', "\n\n       "));
        format!("   * - {}\n", cells.join("\n     - "))
    };
    let rows: String = rows.iter().map(line).collect();
    let header = line(&["Permission", "API", "Action", "Dependencies"]);
    let source = Source {
        service: "bake".to_owned(),
        path: path.to_owned(),
        file: "oven_actions.rst".to_owned(),
        text: format!(
            "\
Ovens
=====

.. list-table::
   :header-rows: 1

{header}{rows}"
        ),
    };
    ReadPage::page(
        source,
        &Headers::default(),
        crate::read::PageChoice::Named,
        &mut Report::default(),
    )
}

fn page(rows: &[[&str; 4]]) -> ReadPage {
    page_at("bake/oven_actions.rst", rows)
}

fn cells(calls: &[&str], actions: &[&str], dependencies: &[&str]) -> Cells {
    let list = |texts: &[&str]| Some(texts.iter().map(|&text| text.to_owned()).collect());
    Cells {
        calls: list(calls),
        actions: list(actions),
        dependencies: list(dependencies),
    }
}

fn calls(calls: &[&str]) -> Cells {
    Cells {
        actions: None,
        dependencies: None,
        ..cells(calls, &[], &[])
    }
}

fn fixup(found: Cells, meant: Cells) -> Fixup {
    Fixup {
        page: "oven_actions.rst".to_owned(),
        row: "Heating an oven".to_owned(),
        found,
        meant,
        why: "it is evident".to_owned(),
        line: 3,
        ..Fixup::default()
    }
}

/// The calls of each row afterwards, or what is wrong with the fix-ups; then nothing has changed.
fn applied(fixups: &[Fixup], pages: &mut [ReadPage]) -> Result<Vec<String>, String> {
    let stated = |pages: &[ReadPage]| -> Vec<String> {
        let rows = pages.iter().flat_map(|page| &page.rows);
        rows.map(|row| FixupColumn::Calls.stated(row).join(", "))
            .collect()
    };
    let before = stated(pages);
    let mut report = Report::default();
    apply(fixups, "fixups.toml", pages, &mut report);
    let found = report.diagnostics();
    match found.as_slice() {
        [] => Ok(stated(pages)),
        found => {
            assert!(
                found.iter().all(|found| found.location.line == 3),
                "{report}"
            );
            if fixups.len() == 1 {
                assert_eq!(stated(pages), before, "a stale fix-up must change nothing");
            }
            let lines = found
                .iter()
                .map(|one| format!("{} {}", one.code, one.message));
            Err(lines.collect::<Vec<_>>().join("; "))
        }
    }
}

fn one(fixup: &Fixup, rows: &[[&str; 4]]) -> Result<Vec<String>, String> {
    applied(std::slice::from_ref(fixup), &mut [page(rows)])
}

const WRONG: [&str; 4] = [
    "Heating an oven",
    "POST /v2.1/ovens¶POST /v2.1/ovens",
    "bake:ovens:heat",
    "-",
];
const OTHER: [&str; 4] = [
    "Opening an oven",
    "POST /v2/doors¶POST /v2.1/doors",
    "bake:doors:open",
    "-",
];

/// The cell states one version twice; all others state two.
fn twice_the_same() -> Fixup {
    Fixup {
        evidence: vec!["POST /v2/doors".to_owned()],
        ..fixup(
            cells(
                &["POST /v2.1/ovens", "POST /v2.1/ovens"],
                &["bake:ovens:heat"],
                &[],
            ),
            calls(&["POST /v2/ovens", "POST /v2.1/ovens"]),
        )
    }
}

#[test]
fn a_row_that_is_as_expected_says_what_is_meant() {
    let found = one(&twice_the_same(), &[WRONG, OTHER]).unwrap();
    assert_eq!(found[0], "POST /v2.1/ovens, POST /v2/ovens");
    assert_eq!(found[1], "POST /v2.1/doors, POST /v2/doors");
}

/// The row that is wrong, with these calls.
fn heating(calls: &str) -> [&str; 4] {
    ["Heating an oven", calls, "bake:ovens:heat", "-"]
}

#[test]
fn a_fix_up_is_stale_where_the_row_states_other_calls() {
    let expects = "P065 page `oven_actions.rst` has the calls";
    for (calls, has) in [
        // Another edition, where its reason does not hold.
        ("POST /v2.1/ovens", "`POST /v2.1/ovens` in the row"),
        ("POST /v1/ovens", "`POST /v1/ovens` in the row"),
        ("-", "nothing in the row"),
        // Corrected, in the way that was meant or in another one.
        (
            "POST /v2/ovens¶POST /v2.1/ovens",
            "`POST /v2.1/ovens`, `POST /v2/ovens` in the row",
        ),
        (
            "POST /v2.1/ovens¶POST /v3/ovens",
            "`POST /v2.1/ovens`, `POST /v3/ovens` in the row",
        ),
        // One more of the same, a query, a body, a call that cannot be read.
        (
            "POST /v2.1/ovens¶POST /v2.1/ovens¶POST /v2.1/ovens",
            "`POST /v2.1/ovens`, `POST /v2.1/ovens`, `POST /v2.1/ovens` in",
        ),
        (
            "POST /v2.1/ovens¶POST /v2.1/ovens?hot={hot}",
            "`POST /v2.1/ovens`, `POST /v2.1/ovens?hot` in",
        ),
        (
            "POST /v2.1/ovens¶POST /v2.1/ovens¶action=\"heat\"",
            "`POST /v2.1/ovens (action=\"heat\")`, `POST /v2.1/ovens (action=\"heat\")` in",
        ),
        (
            "POST /v2.1/ovens¶POST /v2.1/ovens¶HEAT /v2/ovens",
            "`HEAT /v2/ovens`, `POST /v2.1/ovens`, `POST /v2.1/ovens` in",
        ),
    ] {
        let stale = one(&twice_the_same(), &[heating(calls), OTHER]).unwrap_err();
        assert!(stale.starts_with(&format!("{expects} {has}")), "{stale}");
    }
}

#[test]
fn a_fix_up_is_stale_where_the_row_states_other_actions_or_dependencies() {
    let [title, calls, action, _] = WRONG;
    let actions = "bake:ovens:heat¶bake:ovens:get";
    for (row, has) in [
        (
            [title, calls, actions, "-"],
            "has the actions `bake:ovens:get`, `bake:ovens:heat`",
        ),
        (
            [title, calls, action, "bake:doors:get"],
            "has the dependencies `bake:doors:get`",
        ),
    ] {
        let stale = one(&twice_the_same(), &[row, OTHER]).unwrap_err();
        assert!(stale.contains(has), "{stale}");
    }
}

#[test]
fn a_fix_up_is_stale_where_its_row_is_gone() {
    let stale = one(&twice_the_same(), &[OTHER]).unwrap_err();
    assert!(stale.ends_with("has no row `Heating an oven`"), "{stale}");
}

#[test]
fn a_fix_up_is_stale_where_two_rows_or_pages_are_as_expected() {
    let stale = one(&twice_the_same(), &[WRONG, OTHER, WRONG]).unwrap_err();
    assert!(
        stale.ends_with("has the row `Heating an oven` of the fix-up twice and not 1"),
        "{stale}"
    );
    let pages = &mut [
        page(&[WRONG, OTHER]),
        page_at("mill/oven_actions.rst", &[OTHER]),
    ];
    let stale = applied(&[twice_the_same()], pages).unwrap_err();
    assert!(
        stale.contains("fits several pages: `bake/oven_actions.rst`, `mill/"),
        "{stale}"
    );
    // A row of the same title that says something else is not the one that is meant.
    let other = [WRONG[0], "GET /v1/ovens", "bake:ovens:get", "-"];
    let found = one(&twice_the_same(), &[other, WRONG, OTHER]).unwrap();
    assert_eq!(
        found[..2],
        ["GET /v1/ovens", "POST /v2.1/ovens, POST /v2/ovens"]
    );
}

#[test]
fn a_fix_up_is_stale_where_its_reason_has_nothing_to_rest_on() {
    let only_new = [
        "Opening an oven",
        "POST /v2.1/doors",
        "bake:doors:open",
        "-",
    ];
    let stale = one(&twice_the_same(), &[WRONG, only_new]).unwrap_err();
    assert!(
        stale.contains("does not state `POST /v2/doors`, the evidence of the fix-up, in any other"),
        "{stale}"
    );
    // An action is evidence too, but not the row's own.
    let mut by_action = twice_the_same();
    by_action.evidence = vec!["bake:doors:open".to_owned()];
    assert!(one(&by_action, &[WRONG, only_new]).is_ok());
    by_action.evidence = vec!["bake:ovens:heat".to_owned()];
    assert!(one(&by_action, &[WRONG, only_new]).is_err());
}

#[test]
fn every_cell_can_be_corrected_at_once_and_alone() {
    let row = [
        "Heating an oven",
        "POST /v1{id}/ovens?hot={hot}",
        "bake:oven:heat",
        "Door: bake:doors:ge",
    ];
    let found = cells(
        &["POST /v1{id}/ovens?hot"],
        &["bake:oven:heat"],
        &["bake:doors:ge (Door)"],
    );
    let all = fixup(
        found.clone(),
        cells(
            &["POST /v1/{id}/ovens?hot"],
            &["bake:ovens:heat", "bake:ovens:get"],
            &["bake:doors:get (Door)"],
        ),
    );
    let mut pages = [page(&[row])];
    assert_eq!(
        applied(&[all], &mut pages).unwrap(),
        ["POST /v1/{id}/ovens?hot"]
    );
    let row_now = &pages[0].rows[0];
    assert_eq!(row_now.endpoints[0].query, ["hot"]);
    assert_eq!(row_now.actions.len(), 2);
    assert_eq!(row_now.dependencies[0].when.as_deref(), Some("Door"));
    let mut less = fixup(found, Cells::default());
    less.meant.dependencies = Some(Vec::new());
    let mut pages = [page(&[row])];
    assert_eq!(
        applied(&[less], &mut pages).unwrap(),
        ["POST /v1{id}/ovens?hot"]
    );
    assert!(pages[0].rows[0].dependencies.is_empty());
    assert_eq!(pages[0].rows[0].actions[0].action, "bake:oven:heat");
}

#[test]
fn a_row_that_is_stated_again_is_taken_out_where_both_are_equal_in_all() {
    let row = ["Heating an oven", "GET /v1/ovens", "bake:ovens:heat", "-"];
    let again = Fixup {
        times: Some(2),
        ..fixup(
            cells(&["GET /v1/ovens"], &["bake:ovens:heat"], &[]),
            Cells::default(),
        )
    };
    let mut pages = [page(&[row, OTHER, row])];
    let left = applied(std::slice::from_ref(&again), &mut pages).unwrap();
    assert_eq!(left, ["GET /v1/ovens", "POST /v2.1/doors, POST /v2/doors"]);
    assert_eq!(pages[0].dropped, 1);
    for second in [
        ["Heating an oven", "GET /v2/ovens", "bake:ovens:heat", "-"],
        ["Heating an oven", "GET /v1/ovens", "bake:ovens:get", "-"],
        [
            "Heating an oven",
            "GET /v1/ovens",
            "bake:ovens:heat",
            "bake:doors:get",
        ],
        ["Heating ovens", "GET /v1/ovens", "bake:ovens:heat", "-"],
    ] {
        let stale = one(&again, &[row, second]).unwrap_err();
        assert!(stale.ends_with("of the fix-up once and not 2"), "{stale}");
    }
    let stale = one(&again, &[row, row, row]).unwrap_err();
    assert!(
        stale.ends_with("of the fix-up 3 times and not 2"),
        "{stale}"
    );
    let thrice = Fixup {
        times: Some(3),
        ..again
    };
    assert_eq!(one(&thrice, &[row, row, row]).unwrap(), ["GET /v1/ovens"]);
}

#[test]
fn equal_rows_of_other_scopes_are_not_taken_out() {
    let mut page = page(&[WRONG, WRONG]);
    page.rows[1].iam_project = Some(true);
    let again = Fixup {
        times: Some(2),
        meant: Cells::default(),
        evidence: Vec::new(),
        ..twice_the_same()
    };
    let stale = applied(&[again], &mut [page]).unwrap_err();
    assert!(
        stale.ends_with("has rows `Heating an oven` that differ in their scopes"),
        "{stale}"
    );
}

#[test]
fn fix_ups_do_not_see_what_others_did() {
    let close = [
        "Closing an oven",
        "POST /v2.1/locks¶POST /v2.1/locks",
        "bake:locks:close",
        "-",
    ];
    let mut closing = twice_the_same();
    closing.row = close[0].to_owned();
    closing.found = cells(
        &["POST /v2.1/locks", "POST /v2.1/locks"],
        &["bake:locks:close"],
        &[],
    );
    closing.meant = calls(&["POST /v2/locks", "POST /v2.1/locks"]);
    // What the first one writes is not evidence for the second one.
    closing.evidence = vec!["POST /v2/ovens".to_owned()];
    let pages = &mut [page(&[WRONG, OTHER, close])];
    let stale = applied(&[twice_the_same(), closing], pages).unwrap_err();
    assert!(stale.contains("does not state `POST /v2/ovens`"), "{stale}");
    let twice = [twice_the_same(), twice_the_same()];
    let stale = applied(&twice, &mut [page(&[WRONG, OTHER])]).unwrap_err();
    assert_eq!(
        stale,
        "P065 another fix-up changes the row `Heating an oven` too"
    );
}

#[test]
fn a_fix_up_that_cannot_be_read_is_an_error_of_the_configuration() {
    let good = twice_the_same();
    let with = |change: fn(&mut Fixup)| {
        let mut fixup = good.clone();
        change(&mut fixup);
        let error = one(&fixup, &[WRONG, OTHER]).unwrap_err();
        assert!(error.starts_with("P007 "), "{error}");
        // It is one whether its page was read or not.
        assert!(applied(&[fixup], &mut []).is_err());
    };
    with(|fixup| fixup.meant = Cells::default());
    with(|fixup| fixup.meant = calls(&["POST /v2.1/ovens", "POST /v2.1/ovens"]));
    with(|fixup| fixup.times = Some(2));
    with(|fixup| (fixup.meant, fixup.times) = (Cells::default(), Some(1)));
    with(|fixup| fixup.evidence.push("a sentence".to_owned()));
    for wrong in [
        "GET",
        "FETCH /v1/ovens",
        "GET v1",
        "POST /v1/ovens and more",
        "bake:ovens:heat",
    ] {
        let mut fixup = good.clone();
        fixup.meant = calls(&[wrong]);
        let error = one(&fixup, &[WRONG, OTHER]).unwrap_err();
        assert_eq!(error, format!("P007 `{wrong}` is not one call"));
    }
    with(|fixup| fixup.found.actions = Some(vec!["POST /v1/ovens".to_owned()]));
}

#[test]
fn a_fix_up_is_for_its_page_alone() {
    let mut elsewhere = twice_the_same();
    elsewhere.page = "en_actions.rst".to_owned();
    assert_eq!(
        one(&elsewhere, &[WRONG]).unwrap(),
        ["POST /v2.1/ovens, POST /v2.1/ovens"]
    );
    let mut named = page(&[WRONG, OTHER]);
    named.original_name = Some("en_actions.rst".to_owned());
    let found = applied(&[elsewhere], &mut [named]).unwrap();
    assert_eq!(found[0], "POST /v2.1/ovens, POST /v2/ovens");
}
