//! What `permspec` does with wrong input. It reports all problems of a run at once, each with a position, a stable code
//! and a help line. The exit code is 1 (2 for the command line), and nothing on the disk changes.

use std::fs;
use std::path::Path;

use permspec_tests::{Project, Run};

const PAGE: &str = "spec/ims/image_sharing.rst";

/// A page with one permission table of these rows.
fn page(rows: &[[&str; 5]]) -> String {
    let header = [[
        "Permission",
        "API",
        "Action",
        "IAM Project",
        "Enterprise Project",
    ]];
    let widths: Vec<usize> = (0..5)
        .map(|column| {
            header
                .iter()
                .chain(rows)
                .map(|row| row[column].len())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |fill: &str| {
        let cells: Vec<String> = widths.iter().map(|width| fill.repeat(width + 2)).collect();
        format!("+{}+\n", cells.join("+"))
    };
    let row = |row: &[&str; 5]| {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!(" {cell:width$} "))
            .collect();
        format!("|{}|\n", cells.join("|"))
    };
    let mut text = format!(
        "Image Sharing\n=============\n\n{}{}{}",
        line("-"),
        row(&header[0]),
        line("=")
    );
    for cells in rows {
        text += &row(cells);
        text += &line("-");
    }
    text
}

const GOOD: [&str; 5] = [
    "Adds image members.",
    "POST /v1/cloudimages/members",
    "ims:images:share",
    "Y",
    "x",
];

/// Replaces the page by `bytes` and runs extract. Nothing else may change.
fn extract(bytes: &[u8]) -> Run {
    let project = Project::new();
    fs::write(project.path(PAGE), bytes).unwrap();
    let before = everything(&project.path(""));
    let run = project.permspec(&["extract"]);
    assert_eq!(
        everything(&project.path("")),
        before,
        "a failed run must change nothing"
    );
    run
}

/// Every file below a folder, with its bytes.
fn everything(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(everything(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// Fails unless the run failed with this code at this position of the page and printed a help line.
fn fails(run: &Run, code: &str, place: &str) {
    assert_eq!(run.code, 1, "{}", run.stderr);
    let found = run
        .stderr
        .split("\n\n")
        .find(|finding| finding.contains(&format!("[{code}]")));
    let finding = found.unwrap_or_else(|| panic!("no {code} in:\n{}", run.stderr));
    assert!(
        finding.contains(&format!("{PAGE}:{place}")),
        "not at {place}:\n{finding}"
    );
    assert!(finding.contains("help: "), "{finding}");
}

#[test]
fn an_empty_file() {
    fails(&extract(b""), "P003", "1:1");
    fails(&extract(b"\xef\xbb\xbf \n\n"), "P003", "1:1");
}

#[test]
fn a_page_without_tables() {
    fails(
        &extract(b"Image Sharing\n=============\n\nProse.\n"),
        "P004",
        "1:1",
    );
}

#[test]
fn a_table_cut_off_in_mid_row() {
    let text = page(&[GOOD]);
    let cut = &text[..text.rfind("ims:images:share").unwrap()];
    fails(&extract(cut.as_bytes()), "P005", "7:1");
}

#[test]
fn a_table_whose_border_is_broken_is_not_said_to_be_missing() {
    let text = page(&[GOOD]).replacen("| Adds", "| Also adds", 1);
    let run = extract(text.as_bytes());
    fails(&run, "P005", "7:1");
    assert!(!run.stderr.contains("P004"), "{}", run.stderr);
}

#[test]
fn a_row_with_a_missing_cell() {
    let missing = [
        "Deletes image members.",
        "DELETE /v1/cloudimages/members",
        "ims:images:share",
        "Y",
        "x",
    ];
    let text = page(&[GOOD, missing]);
    // The action cell of the last row extends over the scope column. docutils reads a column span.
    let start = text.rfind("| Y ").unwrap();
    let text = format!("{} {}", &text[..start], &text[start + 1..]);
    fails(&extract(text.as_bytes()), "P021", "9:");
}

#[test]
fn a_method_that_is_none() {
    let fetch = [
        "Gets image members.",
        "FETCH /v1/cloudimages/members",
        "ims:images:share",
        "Y",
        "x",
    ];
    fails(&extract(page(&[GOOD, fetch]).as_bytes()), "P031", "9:");
}

#[test]
fn two_equal_rows() {
    let project = Project::new();
    fs::write(project.path(PAGE), page(&[GOOD, GOOD])).unwrap();
    let run = project.permspec(&["extract"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let warning = format!(
        "warning[P060]: the row `{}` repeats the row of line 7",
        GOOD[0]
    );
    assert!(run.stderr.contains(&warning), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{PAGE}:9:")), "{}", run.stderr);
    assert!(run.stderr.contains("help: "), "{}", run.stderr);
    // Both are in the model, each under a name of its own, and both names stay.
    let model = || fs::read_to_string(project.path("spec/ims/image_sharing.json")).unwrap();
    let ids = || -> Vec<String> {
        let model: serde_json::Value = serde_json::from_str(&model()).unwrap();
        let operations = model["operations"].as_array().unwrap().iter();
        operations
            .map(|operation| operation["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = ids()[0].clone();
    assert_eq!(ids(), [first.clone(), format!("{first}Repeated")]);
    let before = model();
    assert_eq!(project.permspec(&["extract"]).code, 0);
    assert_eq!(model(), before);
}

#[test]
fn a_fix_up_of_a_row_that_the_page_has_not() {
    let project = Project::new();
    let fixups = fs::read_to_string(project.path("spec/fixups.toml")).unwrap();
    let line = fixups.lines().count() + 1;
    let stale = format!(
        "{fixups}[[fixup]]\npage = \"ims/image_sharing.rst\"\nrow = \"{}\"\n\
         found.calls = [\"POST /v1/cloudimages/members\"]\nfound.actions = [\"ims:image:share\"]\n\
         meant.actions = [\"ims:images:share\"]\nwhy = \"a letter is missing\"\n",
        GOOD[0]
    );
    fs::write(project.path("spec/fixups.toml"), stale).unwrap();
    fs::write(project.path(PAGE), page(&[GOOD])).unwrap();
    let run = project.permspec(&["extract"]);
    assert_eq!(run.code, 1);
    let message = format!(
        "error[P065]: page `ims/image_sharing.rst` has the actions `ims:images:share` in the row `{}`, \
         and not `ims:image:share`",
        GOOD[0]
    );
    assert!(run.stderr.contains(&message), "{}", run.stderr);
    let place = format!("spec/fixups.toml:{line}:1");
    assert!(run.stderr.contains(&place), "{}", run.stderr);
}

#[test]
fn bytes_that_are_not_utf8() {
    let mut bytes = page(&[GOOD]).into_bytes();
    let at = bytes.windows(4).position(|four| four == b"Adds").unwrap();
    bytes[at] = 0xe9;
    fails(&extract(&bytes), "P002", "7:3");
}

#[test]
fn a_folder_instead_of_a_file() {
    let project = Project::new();
    fs::remove_file(project.path(PAGE)).unwrap();
    fs::create_dir(project.path(PAGE)).unwrap();
    fails(&project.permspec(&["extract"]), "P001", "1:1");
}

#[test]
fn a_missing_file() {
    let project = Project::new();
    fs::remove_file(project.path(PAGE)).unwrap();
    fails(&project.permspec(&["extract"]), "P001", "1:1");
}

#[test]
fn every_problem_of_a_run_is_reported_at_once() {
    let bad = [
        [
            "Gets image members.",
            "FETCH /v1/cloudimages/members",
            "ims:images:get",
            "Y",
            "x",
        ],
        ["Shares an image.", "POST /v1/images", "sharing", "Y", "x"],
        GOOD,
    ];
    let mut rows = vec![GOOD];
    rows.extend(bad);
    let run = extract(page(&rows).as_bytes());
    for (code, place) in [("P031", "9:"), ("P040", "11:"), ("P060", "13:")] {
        fails(&run, code, place);
    }
    assert!(
        run.stderr.ends_with("1 error, 2 warnings\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_model_that_is_no_json_has_its_line_and_column() {
    let project = Project::new();
    project.edit(
        "spec/ims/image_sharing.json",
        "\"operations\": [",
        "\"operations\" [",
    );
    let run = project.permspec(&["generate"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("[P008]: expected `:`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("image_sharing.json:11:"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_command_line_that_is_wrong_has_exit_code_2() {
    let project = Project::new();
    let run = project.permspec(&["extrakt"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("similar subcommands exist: 'export', 'extract'"),
        "{}",
        run.stderr
    );
    assert_eq!(project.permspec(&["tables"]).code, 2);
}

#[test]
fn no_configuration_says_where_one_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let run = permspec_tests::permspec()
        .arg("check")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let run = Run::of(run);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("there is no permspec.toml in this folder or in a parent folder"),
        "{}",
        run.stderr
    );
}
