//! Inputs of any size: pages, models, policies and logs with a given number of operations.
//! Two inputs of one kind differ only in their size.

use std::fmt::Write;

use serde_json::{Value, json};

/// A page of `count` operations, numbered from `first`.
pub fn page(first: usize, count: usize) -> String {
    rows(first, count, "GET", |at| format!("svc:thing{at}:get"))
}

/// A page with a finding in each row.
pub fn faulty_page(count: usize) -> String {
    rows(0, count, "FETCH", |at| format!("no action {at}"))
}

fn rows(first: usize, count: usize, method: &str, action: impl Fn(usize) -> String) -> String {
    let rule = format!("{0}  {0}  {0}\n", "=".repeat(50));
    let mut page = String::from("Things\n======\n\n");
    let row = |cells: [&str; 3]| {
        let [title, call, action] = cells;
        format!("{title:50}  {call:50}  {action}\n")
    };
    page += &rule;
    page += &row(["Permission", "API", "Action"]);
    page += &rule;
    for at in first..first + count {
        let call = format!("{method} /v1/{{project_id}}/things{at}/{{id}}");
        page += &row([
            &format!("Querying Thing{at} of Kind{at}"),
            &call,
            &action(at),
        ]);
    }
    page + &rule
}

/// A model page of `operations`.
pub fn model(path: &str, operations: &[Value]) -> String {
    let page = json!({
        "permspec": 2,
        "service": "svc",
        "page": {"title": "Things", "path": path, "original_name": null, "doc_url": null, "sha256": ""},
        "operations": operations,
    });
    format!("{page:#}\n")
}

/// An operation: its identifier, title, calls and actions.
pub fn operation(id: &str, title: &str, paths: &[String], actions: &[String]) -> Value {
    let route =
        |path: &String| json!({"method": "GET", "path": path, "query": [], "body_action": null});
    json!({
        "id": id,
        "title": title,
        "section": null,
        "line": 1,
        "endpoints": paths.iter().map(route).collect::<Value>(),
        "actions": actions,
        "dependencies": [],
        "iam_project": true,
        "enterprise_project": null,
    })
}

/// A policy that allows the actions of operations from `first`.
pub fn policy(first: usize, count: usize) -> String {
    let actions = (first..first + count).map(|at| format!("svc:thing{at}:get"));
    let actions: Vec<String> = actions.collect();
    json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": actions}]}).to_string()
}

/// A log of `count` calls.
pub fn log(count: usize) -> String {
    let mut log = String::new();
    for at in 0..count {
        writeln!(log, "GET /v1/p{at}/things{at}/i{at}").expect("a String takes every write");
    }
    log
}

/// A project of `count` operations.
pub const PROJECT: &str = "permspec = 1\ndocs = \"docs\"\nmodels = \"spec\"\n\
    [crate]\npath = \"made\"\nname = \"made\"\nversion = \"0.1.0\"\n\
    description = \"Things\"\nlicense = \"MIT\"\n\
    [service.svc]\npages = [\"svc/things.rst\"]\n";
