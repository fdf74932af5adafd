//! What the exports say about operations that share a call.
//! The model is invented, so that it contains each way to tell such operations apart.

use std::fs;
use std::path::Path;

use permspec_tests::{Run, permspec};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Identifier, method, path, query parameter and key of the body.
type Row<'r> = (&'r str, &'r str, &'r str, Option<&'r str>, Option<&'r str>);

/// A project whose model has these operations.
fn project(operations: &[Row<'_>]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows = operations.iter().map(|(id, method, path, query, key)| {
        json!({
            "id": id, "title": id, "section": null, "line": 1,
            "endpoints": [{"method": method, "path": path, "query": query.iter().collect::<Vec<_>>(), "body_action": key}],
            "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null
        })
    });
    let page = json!({
        "permspec": 2, "service": "demo",
        "page": {"title": "Demo", "path": "demo/actions.rst", "original_name": null, "doc_url": null, "sha256": "0".repeat(64)},
        "operations": rows.collect::<Vec<_>>()
    });
    let config = "permspec = 1\nmodels = \".\"\n[service.demo]\ntitle = \"Demo\"\n";
    fs::write(folder.path().join("permspec.toml"), config).unwrap();
    fs::create_dir(folder.path().join("demo")).unwrap();
    fs::write(folder.path().join("demo/actions.json"), page.to_string()).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let run = Run::of(
        permspec()
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn demo() -> TempDir {
    let action = "/v1/{id}/action";
    project(&[
        ("Start", "POST", action, None, None),
        ("Stop", "POST", action, None, None),
        (
            "Extend",
            "POST",
            "/v1/disks/action",
            None,
            Some("os-extend"),
        ),
        ("Show", "GET", "/v1/quota", None, None),
        ("ShowOfType", "GET", "/v1/quota", Some("type"), None),
        ("Read", "GET", "/v1/databases", None, None),
        ("ReadAgain", "GET", "/v1/databases", None, None),
        ("Alone", "POST", "/v1/alone", None, None),
    ])
}

#[test]
fn openapi_says_what_decides_between_operations_with_one_call_and_requires_that_body() {
    let folder = demo();
    let document = run(folder.path(), &["export", "openapi", "--service", "demo"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    for (path, method, decides, required) in [
        (
            "/v1/{id}/action",
            "post",
            "; the body decides:\n\n- `Start`: Start\n- `Stop`",
            json!(true),
        ),
        ("/v1/quota", "get", "; the query decides:", Value::Null),
        (
            "/v1/databases",
            "get",
            "; the documentation does not say what decides:",
            Value::Null,
        ),
        ("/v1/disks/action", "post", "", json!(true)),
        ("/v1/alone", "post", "", Value::Null),
    ] {
        let operation = &document["paths"][path][method];
        let description = operation["description"].as_str().unwrap_or("");
        assert!(description.contains(decides), "{path}: {description}");
        assert_eq!(
            description.is_empty(),
            decides.is_empty(),
            "{path}: {description}"
        );
        assert_eq!(operation["requestBody"]["required"], required, "{path}");
    }
}

#[test]
fn the_catalogue_for_browsers_says_what_decides_between_operations_with_one_call() {
    let folder = demo();
    run(folder.path(), &["export", "html", "--out", "site"]);
    let page = fs::read_to_string(folder.path().join("site/service/demo.html")).unwrap();
    for line in [
        "Shares this call with <a href=\"#Stop\">Stop</a>; the body decides.",
        "Shares this call with <a href=\"#ShowOfType\">ShowOfType</a>; the query decides.",
        "Shares this call with <a href=\"#Read\">Read</a>; the documentation does not say what decides.",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    assert_eq!(page.matches("Shares this call").count(), 6);
    // The script draws the same from the data.
    let data = fs::read_to_string(folder.path().join("site/assets/catalogue.js")).unwrap();
    let line = data
        .lines()
        .find(|line| line.contains("\"Start\""))
        .unwrap();
    let start: Value = serde_json::from_str(line.trim_end_matches(',')).unwrap();
    assert_eq!(
        start["shares"],
        json!({"with": ["Stop"], "more": 0, "decides": "body"})
    );
    let script = fs::read_to_string(folder.path().join("site/assets/operation.js")).unwrap();
    for words in [
        "Shares this call with ",
        "the body decides",
        "the query decides",
    ] {
        assert!(script.contains(words), "{words}");
    }
}

#[test]
fn a_catalogue_names_twelve_of_many_operations_with_one_call() {
    let ids: Vec<String> = ('A'..='T').map(|letter| format!("Do{letter}")).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (&**id, "POST", "/v1/action", None, None))
        .collect();
    let folder = project(&rows);
    run(folder.path(), &["export", "html", "--out", "site"]);
    let page = fs::read_to_string(folder.path().join("site/service/demo.html")).unwrap();
    assert!(
        page.contains("<a href=\"#DoM\">DoM</a>, 7 more; the body decides."),
        "{page}"
    );
}
