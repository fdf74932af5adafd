//! Names of constants, operations and services during the life of a project. Existing names stay. A name that is not
//! valid is an error at its position.

use std::fs;

use permspec_tests::{Run, permspec};

/// A project with one service, made in a temporary folder.
struct Small(tempfile::TempDir);

const CONFIG: &str = "permspec = 1\ndocs = \"docs\"\nmodels = \"spec\"\n\n[crate]\npath = \"made\"\n\
    name = \"demo-api\"\nversion = \"0.1.0\"\ndescription = \"Demo\"\nlicense = \"MIT\"\n\n\
    [service.demo]\npages = [\"demo.rst\"]\n";

fn page(rows: &[(&str, &str, &str)]) -> String {
    let table = "\
Demo
====

.. list-table::
   :header-rows: 1

   * - Permission
     - API
     - Action
";
    let rows = rows.iter().map(|(title, api, action)| {
        format!(
            "   * - {title}
     - {api}
     - {action}
"
        )
    });
    table.to_owned() + &rows.collect::<String>()
}

impl Small {
    fn new(rows: &[(&str, &str, &str)]) -> Self {
        let small = Small(tempfile::tempdir().unwrap());
        fs::create_dir(small.0.path().join("docs")).unwrap();
        small.write("permspec.toml", CONFIG);
        small.write("docs/demo.rst", &page(rows));
        small.done(&["extract"]);
        small.done(&["generate"]);
        small
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let run = permspec()
            .args(arguments)
            .current_dir(self.0.path())
            .output();
        Run::of(run.unwrap())
    }

    fn done(&self, arguments: &[&str]) {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.stdout, run.stderr);
    }

    /// Each line of generated code that gives a constant its value, without spaces.
    fn constants(&self) -> Vec<String> {
        let code = self
            .read("made/src/demo.rs")
            .split_whitespace()
            .collect::<String>()
            .replace(",)", ")");
        let constants = code.split("pubconst").skip(1);
        let whole =
            constants.filter_map(|text| text.split_once(';').map(|(one, _)| one.to_owned()));
        whole.filter(|text| text.contains('"')).collect()
    }
}

const OLD: (&str, &str, &str) = (
    "Deleting a pool",
    "DELETE /v1/pools/{id}?limit={limit}",
    "demo:node_pool:delete",
);
const NEW: (&str, &str, &str) = (
    "Erasing a pool",
    "DELETE /v1/all/{id}?Limit={limit}",
    "demo:node-pool:delete",
);

#[test]
fn a_row_that_is_new_never_changes_a_constant_that_is_there() {
    for rows in [[NEW, OLD], [OLD, NEW]] {
        let small = Small::new(&[OLD]);
        let before = small.constants();
        assert!(!small.read("spec/demo/demo.json").contains("constants"));
        small.write("docs/demo.rst", &page(&rows));
        fs::rename(small.0.path().join("spec"), small.0.path().join("old")).unwrap();
        // The model continues from its earlier state.
        fs::create_dir_all(small.0.path().join("spec/demo")).unwrap();
        small.write("spec/demo/demo.json", &small.read("old/demo/demo.json"));
        small.done(&["extract"]);
        small.done(&["generate"]);
        small.done(&["check"]);
        let after = small.constants();
        for constant in &before {
            assert!(after.contains(constant), "{constant} is not in {after:?}");
        }
        let new = "NODE_HYPHEN_POOL_DELETE:Permission=Permission::new(\"demo:node-pool:delete\")";
        assert!(after.iter().any(|constant| constant == new), "{after:?}");
        let model = small.read("spec/demo/demo.json");
        assert!(
            model.contains("\"demo:node-pool:delete\": \"NODE_HYPHEN_POOL_DELETE\""),
            "{model}"
        );
        let diff = small.run(&["diff", "old", "spec"]);
        assert!(diff.stdout.contains("minor release"), "{}", diff.stdout);

        // The old row goes, and the new constant keeps its name.
        small.write("docs/demo.rst", &page(&[NEW]));
        small.done(&["extract"]);
        small.done(&["generate"]);
        assert!(small.constants().iter().any(|constant| constant == new));
    }
}

#[test]
fn a_constant_with_another_value_is_breaking_for_whoever_pins_none() {
    let small = Small::new(&[OLD]);
    small.write("old.rst", &page(&[OLD]));
    small.write("new.rst", &page(&[NEW, OLD]));
    let diff = small.run(&["diff", "old.rst", "new.rst"]);
    assert_eq!(diff.code, 1, "{}", diff.stdout);
    for said in [
        "breaking  constant-changed",
        "NODE_POOL_DELETE = demo:node_pool:delete",
        "major release",
    ] {
        assert!(diff.stdout.contains(said), "no {said:?} in {}", diff.stdout);
    }
}

#[test]
fn operations_that_become_one_function_are_an_error_at_the_second() {
    let small = Small::new(&[OLD, NEW]);
    let model = small.read("spec/demo/demo.json");
    let model = model
        .replace("\"DeletePool\"", "\"GetAB\"")
        .replace("\"ErasePool\"", "\"GetAb\"");
    let line = model
        .lines()
        .position(|line| line.contains("\"GetAb\""))
        .unwrap()
        + 1;
    small.write("spec/demo/demo.json", &model);
    let run = small.run(&["generate"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for said in [
        "P061",
        "would both become the function `get_ab`",
        &format!("spec/demo/demo.json:{line}:"),
    ] {
        assert!(run.stderr.contains(said), "no {said:?} in {}", run.stderr);
    }
}

#[test]
fn a_constant_of_a_model_that_is_no_name_is_an_error_at_its_line() {
    let small = Small::new(&[OLD]);
    let model = small.read("spec/demo/demo.json");
    let pinned = ",\n  \"constants\": {\n    \"demo:node_pool:delete\": \"x; evil()\"\n  }\n}\n";
    small.write("spec/demo/demo.json", &model.replace("\n}\n", pinned));
    let run = small.run(&["generate"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let line = model.lines().count() + 1;
    for said in [
        "P043",
        "`x; evil()` cannot be",
        &format!("spec/demo/demo.json:{line}:5"),
    ] {
        assert!(run.stderr.contains(said), "no {said:?} in {}", run.stderr);
    }
}

#[test]
fn a_service_that_would_leave_its_folder_or_overwrite_is_refused_by_every_command() {
    let commands: [&[&str]; 9] = [
        &["extract"],
        &["generate"],
        &["check"],
        &["check", "--update"],
        &["export", "openapi", "--out", "out/deep"],
        &["export", "html", "--out", "out/deep"],
        &["export", "markdown", "--out", "out/deep"],
        &["render", "csv", "go", "--out", "out/deep"],
        &["routes"],
    ];
    let refused = |small: &Small, code: &str, place: &str| {
        let before = permspec_tests::bytes_below(small.0.path());
        for arguments in commands {
            let run = small.run(arguments);
            assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
            for said in [code, place] {
                assert!(
                    run.stderr.contains(said),
                    "{arguments:?}: no {said:?} in {}",
                    run.stderr
                );
            }
        }
        assert!(permspec_tests::bytes_below(small.0.path()) == before);
    };
    for name in [
        "../../x",
        "/tmp/x",
        "a/b",
        "",
        "lib",
        "main",
        "all",
        "default",
        "catalogue",
        "Demo",
    ] {
        let small = Small::new(&[OLD]);
        let line = CONFIG.lines().count() + 1;
        small.write(
            "permspec.toml",
            &format!("{CONFIG}[service.\"{name}\"]\npages = []\n"),
        );
        // If two services become one, the error is at the one whose name is the later one.
        let line = if name == "Demo" { line - 2 } else { line };
        refused(&small, "P007", &format!("permspec.toml:{line}:10"));
    }
    for name in ["../../x", "/tmp/x", "a/b", ""] {
        let small = Small::new(&[OLD]);
        let model = small.read("spec/demo/demo.json");
        small.write(
            "spec/demo/demo.json",
            &model.replace("\"service\": \"demo\"", &format!("\"service\": \"{name}\"")),
        );
        refused(&small, "P008", "spec/demo/demo.json:3:3");
    }
}
