//! Every table of 201 real pages, compared with docutils. The pages are not in the repository. If they are not on the
//! machine, this test says that it is skipped.

use permspec_tests::{Run, permspec, shared};
use serde_json::Value;

#[test]
fn every_table_of_real_pages_is_read_as_docutils_reads_it() {
    let Some(tables) = shared(
        "tables",
        "every_table_of_real_pages_is_read_as_docutils_reads_it",
    ) else {
        return;
    };
    let readings = std::fs::read_to_string(tables.join("tables.jsonl")).unwrap();
    let expected: Vec<Value> = readings
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let pages = expected.iter().map(|page| page["page"].as_str().unwrap());
    let run = permspec()
        .args(["tables", "--format", "json"])
        .args(pages)
        .current_dir(tables.join("pages"))
        .output()
        .unwrap();
    let run = Run::of(run);
    let printed: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(printed.len(), expected.len(), "{}", run.stderr);
    for (mut page, expected) in printed.into_iter().zip(expected) {
        // docutils does not report the line of a cell.
        for cell in cells(&mut page) {
            cell.as_object_mut().unwrap().remove("line");
        }
        assert_eq!(page, expected, "{}", expected["page"]);
    }
}

fn cells(page: &mut Value) -> impl Iterator<Item = &mut Value> {
    list(&mut page["tables"])
        .flat_map(|table| list(&mut table["rows"]))
        .flat_map(list)
}

fn list(value: &mut Value) -> std::slice::IterMut<'_, Value> {
    value.as_array_mut().expect("a list").iter_mut()
}
