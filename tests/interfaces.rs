//! The interfaces of a project: reference pages become model files, joined with the rows of a permission page, and
//! both become one catalogue.

use std::fs;

use permspec_tests::{Run, permspec};
use serde_json::Value;

const CONFIG: &str = r#"permspec = 1
docs = "."
models = "spec"

[service.bakery]
title = "Bakery"
pages = ["bakery/permissions.rst"]

[crate]
path = "generated"
name = "bakery-api"
version = "0.1.0"
description = "Operations of a bakery"
license = "MIT"
"#;

/// Two rows with pages, and one that no page describes.
const PERMISSIONS: &str = "\
Oven Permissions
================

+--------------------+------------------------------+------------------+
| Permission         | API                          | Action           |
+====================+==============================+==================+
| Heating an oven    | POST /v1/ovens/{oven}/action | bakery:ovens:on  |
+--------------------+------------------------------+------------------+
| Querying ovens     | GET /v1/ovens                | bakery:ovens:get |
+--------------------+------------------------------+------------------+
| Cleaning an oven   | POST /v1/ovens/{oven}/clean  | bakery:ovens:mop |
+--------------------+------------------------------+------------------+
";

const LIST: &str = "\
Querying Ovens
==============

URI
---

GET /v1/ovens

Response
--------

========= ==================================== ===========
Parameter Type                                 Description
========= ==================================== ===========
ovens     Array of :ref:`Oven <t_oven>` object All ovens.
========= ==================================== ===========

.. _t_oven:

========= ======= ===========
Parameter Type    Description
========= ======= ===========
name      String  Name.
degrees   Integer Heat.
========= ======= ===========
";

/// A page of the call `POST /v1/ovens/{oven}/action` whose body has one key.
fn action(title: &str, key: &str) -> String {
    let line = "=".repeat(title.len());
    format!(
        "\
{title}
{line}

URI
---

POST /v1/ovens/{{oven}}/action

Request
-------

=========== ========= ====== ===========
Parameter   Mandatory Type   Description
=========== ========= ====== ===========
{key:11} Yes       Object What to do.
=========== ========= ====== ===========
"
    )
}

/// A folder with a configuration, a permission page and three reference pages.
struct Bakery(tempfile::TempDir);

impl Bakery {
    fn new() -> Bakery {
        let bakery = Bakery(tempfile::tempdir().unwrap());
        bakery.write("permspec.toml", CONFIG);
        bakery.write("bakery/permissions.rst", PERMISSIONS);
        bakery.write("bakery/querying_ovens.rst", LIST);
        bakery.write("bakery/heating.rst", &action("Heating an Oven", "heat"));
        bakery.write("bakery/cooling.rst", &action("Cooling an Oven", "cool"));
        bakery
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    fn interface(&self, page: &str) -> Value {
        serde_json::from_str(&self.read(&format!("spec/bakery/reference/{page}.json"))).unwrap()
    }

    fn permspec(&self, arguments: &[&str]) -> Run {
        let mut command = permspec();
        let command = command.args(arguments).current_dir(self.0.path());
        Run::of(command.output().unwrap())
    }

    /// Extracts the permission page and the reference pages. Returns what the second run prints.
    fn extract(&self) -> Run {
        let rows = self.permspec(&["extract"]);
        assert_eq!(rows.code, 0, "{}", rows.stderr);
        let pages = self.permspec(&["extract", "--docs", ".", "--reference"]);
        assert_eq!(pages.code, 0, "{}", pages.stderr);
        pages
    }
}

#[test]
fn pages_and_rows_are_joined_and_the_account_says_how() {
    let bakery = Bakery::new();
    let account = bakery.extract().stdout;
    let joins = account
        .lines()
        .find(|line| line.contains("joined"))
        .unwrap();
    assert_eq!(
        joins,
        "2 pages joined with rows of permission pages, 0 with a row that other pages share, 1 without a row; \
         1 row without a page"
    );
    let heating = bakery.interface("heating");
    assert_eq!(heating["id"], "HeatOven");
    assert_eq!(heating["permission"], "HeatOven");
    assert_eq!(heating["endpoints"][0]["body_action"], "heat");
    let cooling = bakery.interface("cooling");
    assert_eq!(cooling["id"], "CoolOven");
    assert_eq!(cooling["permission"], Value::Null);
    assert_eq!(cooling["endpoints"][0]["body_action"], "cool");
    let list = bakery.interface("querying_ovens");
    assert_eq!(
        list["$defs"]["Oven"]["properties"]["degrees"]["type"],
        "integer"
    );
    assert_eq!(
        list["responses"][0]["schema"]["properties"]["ovens"]["items"]["$ref"],
        "#/$defs/Oven"
    );
}

#[test]
fn a_page_about_a_part_of_what_a_row_allows_shares_its_requirements() {
    let bakery = Bakery::new();
    bakery.write(
        "bakery/heating_slowly.rst",
        &action("Heating an Oven Slowly", "slow"),
    );
    bakery.extract();
    let slowly = bakery.interface("heating_slowly");
    assert_eq!(slowly["id"], "HeatOvenSlowly");
    assert_eq!(slowly["permission"], "HeatOven");
    let needs = bakery.permspec(&["permissions", "bakery:ovens:on"]);
    assert!(
        needs.stdout.contains("bakery.HeatOvenSlowly"),
        "{}",
        needs.stdout
    );
    assert!(
        !needs.stdout.contains("bakery.CoolOven"),
        "{}",
        needs.stdout
    );
}

#[test]
fn the_catalogue_has_every_operation_once_and_tells_them_apart() {
    let bakery = Bakery::new();
    bakery.extract();
    let routes = bakery.permspec(&["routes", "--format", "json"]);
    let listed: Vec<Value> = serde_json::from_str(&routes.stdout).unwrap();
    let names: Vec<&str> = listed
        .iter()
        .map(|route| route["operation"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "bakery.HeatOven",
            "bakery.ListOvens",
            "bakery.CleanOven",
            "bakery.CoolOven"
        ]
    );
    let generated = bakery.permspec(&["generate"]);
    assert_eq!(generated.code, 0, "{}", generated.stderr);
    let code = bakery.read("generated/src/bakery.rs");
    for stub in ["heat_oven", "list_ovens", "clean_oven", "cool_oven"] {
        assert_eq!(
            code.matches(&format!("pub fn {stub}(")).count(),
            1,
            "{stub}"
        );
    }
    assert!(code.contains("\"cool\""), "{code}");
    let check = bakery.permspec(&["check"]);
    assert_eq!(
        (check.code, check.stdout.as_str()),
        (0, ""),
        "{}",
        check.stderr
    );
}

#[test]
fn names_and_files_outlive_a_new_title_and_a_new_place() {
    let bakery = Bakery::new();
    bakery.extract();
    let again = bakery.permspec(&["extract", "--docs", ".", "--reference"]);
    assert!(
        again.stderr.contains("nothing to write"),
        "{}",
        again.stderr
    );
    fs::remove_file(bakery.0.path().join("bakery/cooling.rst")).unwrap();
    bakery.write(
        "bakery/cold/chilling.rst",
        &action("Chilling an Oven", "cool"),
    );
    let moved = bakery.permspec(&["extract", "--docs", ".", "--reference"]);
    assert_eq!(moved.code, 0, "{}", moved.stderr);
    let cooling = bakery.interface("cooling");
    assert_eq!(cooling["id"], "CoolOven");
    assert_eq!(cooling["page"]["path"], "bakery/cold/chilling.rst");
}

#[test]
fn what_a_newer_permspec_wrote_about_a_page_outlives_a_change_of_the_page() {
    let bakery = Bakery::new();
    bakery.extract();
    let file = "spec/bakery/reference/cooling.json";
    let newer = bakery
        .read(file)
        .replacen("{\n", "{\n  \"since\": \"v1\",\n", 1)
        .replace("\"sha256\":", "\"author\": \"A\",\n    \"sha256\":");
    bakery.write(file, &newer);
    let page = action("Cooling an Oven", "chill");
    bakery.write("bakery/cooling.rst", &page);
    bakery.extract();
    let cooling = bakery.interface("cooling");
    assert_eq!(cooling["endpoints"][0]["body_action"], "chill");
    assert_eq!(cooling["since"], "v1");
    assert_eq!(cooling["page"]["author"], "A");
}

#[test]
fn an_interface_whose_page_is_gone_is_reported_and_stays() {
    let bakery = Bakery::new();
    bakery.extract();
    fs::remove_file(bakery.0.path().join("bakery/querying_ovens.rst")).unwrap();
    let check = bakery.permspec(&["extract", "--docs", ".", "--reference", "--check"]);
    assert_eq!(check.code, 1);
    assert_eq!(
        check.stderr,
        "spec/bakery/reference/querying_ovens.json no longer has a page: remove it, or restore the page\n\
         nothing to write: every file is current\n"
    );
    assert_eq!(bakery.interface("querying_ovens")["id"], "ListOvens");
}

#[test]
fn a_new_row_gets_the_name_of_the_page_that_describes_its_call() {
    let bakery = Bakery::new();
    bakery.extract();
    let row = "\
| Chills the oven    | POST /v1/ovens/{oven}/action | bakery:ovens:ice |
|                    |                              |                  |
|                    | (action=\"cool\")              |                  |
+--------------------+------------------------------+------------------+
";
    bakery.write("bakery/permissions.rst", &format!("{PERMISSIONS}{row}"));
    bakery.extract();
    let model: Value = serde_json::from_str(&bakery.read("spec/bakery/permissions.json")).unwrap();
    assert_eq!(model["operations"][3]["id"], "CoolOven");
    assert_eq!(bakery.interface("cooling")["permission"], "CoolOven");
}

#[test]
fn a_row_that_no_page_describes_is_a_note_for_its_author() {
    let bakery = Bakery::new();
    let lint = bakery.permspec(&["lint", ".", "--reference", "--notes", "--format", "json"]);
    let findings = lint
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found: Vec<Value> = findings
        .filter(|finding| finding["code"] == "P113")
        .collect();
    let [finding] = &found[..] else {
        panic!("{}", lint.stdout)
    };
    assert_eq!(
        finding["message"],
        "no reference page has the call `POST /v1/ovens/{oven}/clean`"
    );
    assert_eq!(finding["location"]["line"], 11);
}

#[test]
fn a_chosen_name_of_a_reference_page_is_no_fault_of_any_page() {
    let bakery = Bakery::new();
    let ids = "\n[service.bakery.ids]\n\"POST /v1/ovens/{oven}/mend\" = \"RepairOven\"\n";
    bakery.write("permspec.toml", &format!("{CONFIG}{ids}"));
    let mending = action("Mending an Oven", "mend").replace("/action", "/mend");
    bakery.write("bakery/mending.rst", &mending);
    let pages = bakery.permspec(&["extract", "--docs", ".", "--reference"]);
    assert_eq!(pages.code, 0, "{}", pages.stderr);
    assert_eq!(bakery.interface("mending")["id"], "RepairOven");
    let lint = bakery.permspec(&["lint", "."]);
    assert_eq!((lint.code, lint.stdout.as_str()), (0, ""));
    assert!(!lint.stderr.contains("P063"), "{}", lint.stderr);
    // Without the interface, nothing has the route, and `extract` says so.
    fs::remove_file(bakery.0.path().join("spec/bakery/reference/mending.json")).unwrap();
    let rows = bakery.permspec(&["extract"]);
    assert_eq!(rows.code, 1);
    assert!(rows.stderr.contains("P063"), "{}", rows.stderr);
}

#[test]
fn a_join_with_a_row_that_is_gone_is_reported() {
    let bakery = Bakery::new();
    bakery.extract();
    let file = "spec/bakery/reference/cooling.json";
    let text = bakery
        .read(file)
        .replace("\"permission\": null", "\"permission\": \"FreezeOven\"");
    bakery.write(file, &text);
    let generated = bakery.permspec(&["generate"]);
    assert!(
        generated.stderr.contains(
            "warning[P075]: no permission page of the service has the operation `FreezeOven`"
        ),
        "{}",
        generated.stderr
    );
}

#[test]
fn an_invalid_interface_fails_with_its_place_and_nothing_is_written() {
    let bakery = Bakery::new();
    bakery.extract();
    let file = "spec/bakery/reference/cooling.json";
    let text = bakery
        .read(file)
        .replace("\"type\": \"object\"", "\"type\": \"objekt\"");
    bakery.write(file, &text);
    let generated = bakery.permspec(&["generate"]);
    assert_eq!(generated.code, 1);
    assert!(
        generated.stderr.contains("`objekt` is not a known type"),
        "{}",
        generated.stderr
    );
    assert!(
        generated.stderr.contains("cooling.json:"),
        "{}",
        generated.stderr
    );
    assert!(!bakery.0.path().join("generated").exists());
}
