//! Work grows in proportion to the input. Each command runs over inputs of one kind in three sizes, and each size is
//! twice the one before. The second doubling costs about twice as much as the first.
//! The tests count work, so a slow machine does not matter.

mod counted;
mod inputs;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use permspec_tests::skipped;
use serde_json::Value;

use inputs::{PROJECT, faulty_page, log, model, operation, page, policy};

/// The smallest input.
const SMALL: usize = 100;
/// The most that the second doubling may cost, in hundredths of the first. It is twice as much, and the additional
/// cost of sorting and searching. Quadratic work costs four times as much.
const LARGEST: u64 = 240;

/// Files by their paths in a folder.
type Files = Vec<(String, String)>;

/// Fails if the work of a command over `files` grows faster than the files.
fn grows_as_its_input(arguments: &[&str], files: impl Fn(usize) -> Files, prepared: &[&[&str]]) {
    let Some(binary) = counted::BINARY.as_deref() else {
        return skipped(
            "growth",
            "this toolchain has no counters that can be read (`profiler_builtins`)",
        );
    };
    let work = |size: usize| {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files(size));
        for arguments in prepared {
            let (run, _) = counted::run(binary, arguments, folder.path());
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        }
        let (run, work) = counted::run(binary, arguments, folder.path());
        // A run that reports findings is fine. A wrong command line would not do any work.
        let is_done = run.code != 2 && !run.stderr.contains("P00");
        assert!(is_done, "{arguments:?}: {}: {}", run.code, run.stderr);
        work
    };
    let [one, two, four] = [SMALL, 2 * SMALL, 4 * SMALL].map(work);
    let (first, second) = (two - one, four - two);
    assert!(
        first > 100 * SMALL as u64,
        "{arguments:?} does not look at its input: {one}, {two}, {four}"
    );
    assert!(
        100 * second <= LARGEST * first,
        "{arguments:?}: {one}, {two}, {four}: the second doubling costs {}.{:02} times the first",
        second / first,
        100 * second / first % 100
    );
}

fn write(folder: &Path, files: &Files) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn file(path: &str, text: impl Into<String>) -> (String, String) {
    (path.to_owned(), text.into())
}

/// A project with one page of `count` operations.
fn project(count: usize) -> Files {
    vec![
        file("permspec.toml", PROJECT),
        file("docs/svc/things.rst", page(0, count)),
    ]
}

/// A documentation of `count` pages with one operation each.
fn pages(count: usize) -> Files {
    let pages = (0..count).map(|at| file(&format!("docs/svc/page{at}.rst"), page(at, 1)));
    pages.collect()
}

const EXTRACT: &[&str] = &["extract"];
const GENERATE: &[&str] = &["generate"];

macro_rules! commands {
    ($($name:ident: $arguments:expr, $files:expr, $prepared:expr;)+) => {
        $(#[test] fn $name() { grows_as_its_input(&$arguments, $files, &$prepared); })+

        /// The command of each test.
        const TESTED: &[&[&str]] = &[$(&$arguments),+];
    };
}

commands! {
    extract_grows_as_a_page_does: ["extract"], project, [];
    extract_with_pinned_names_grows_as_a_page_does: ["extract"], project, [EXTRACT];
    extract_grows_as_a_documentation_does: ["extract", "--docs", "docs", "--format", "jsonl"], pages, [];
    generate_grows_as_the_model_does: ["generate"], project, [EXTRACT];
    check_grows_as_the_project_does: ["check"], project, [EXTRACT, GENERATE];
    check_of_a_page_that_says_something_else_grows_as_it_does:
        ["check", "--docs", "other"], other_page, [EXTRACT, GENERATE];
    lint_grows_as_a_page_does: ["lint", "docs"], project, [];
    lint_grows_as_a_documentation_does: ["lint", "docs"], pages, [];
    lint_grows_as_its_findings_do: ["lint", "docs", "--format", "json"], faulty, [];
    lint_for_people_grows_as_its_findings_do: ["lint", "docs"], faulty, [];
    tables_grows_as_a_page_does: ["tables", "docs/svc/things.rst", "--format", "json"], project, [];
    tables_for_people_grows_as_a_page_does: ["tables", "docs/svc/things.rst"], project, [];
    routes_grows_as_the_model_does: ["routes"], project, [EXTRACT];
    search_grows_as_the_model_does: ["search", "things"], project, [EXTRACT];
    services_grows_as_the_model_does: ["services"], project, [EXTRACT];
    route_grows_as_the_model_does: ["route", "GET /v1/p/things7/i"], project, [EXTRACT];
    call_grows_as_the_model_does:
        ["call", "--service", "svc", "GET", "/v1/p/things7", "--dry-run"], project, [EXTRACT];
    record_grows_as_the_model_does: ["record", "--", "true"], project, [EXTRACT];
    permissions_grows_as_the_model_does: ["permissions"], project, [EXTRACT];
    policy_for_grows_as_the_log_does: ["policy", "for", "--routes", "calls.log"], with_log, [EXTRACT];
    policy_check_grows_as_the_model_does: ["policy", "check", "policy.json"], with_policies, [EXTRACT];
    policy_check_unused_grows_as_the_log_does:
        ["policy", "check", "policy.json", "--unused", "calls.log"], with_policies, [EXTRACT];
    policy_diff_grows_as_the_model_does:
        ["policy", "diff", "policy.json", "other.json"], with_policies, [EXTRACT];
    openapi_grows_as_the_model_does: ["export", "openapi", "--out", "out"], project, [EXTRACT];
    html_grows_as_the_model_does: ["export", "html", "--out", "out"], project, [EXTRACT];
    markdown_grows_as_the_model_does: ["export", "markdown", "--out", "out"], project, [EXTRACT];
    json_grows_as_the_model_does: ["export", "json"], project, [EXTRACT];
    render_grows_as_the_model_does:
        ["render", "templates/{service}.txt.j2", "--out", "out"], with_template, [EXTRACT];
    diff_of_pages_grows_as_they_do: ["diff", "docs", "other"], other_page, [];
    diff_of_equal_calls_grows_as_they_do: ["diff", "old", "new"], other_names, [];
    diff_of_disjoint_operations_grows_as_they_do: ["diff", "old", "new"], disjoint, [];
    diff_of_titles_with_the_same_words_grows_as_they_do: ["diff", "old", "new"], same_words, [];
    diff_of_rows_with_one_call_grows_as_they_do: ["diff", "old", "new"], one_call, [];
    diff_of_rows_that_nothing_tells_apart_grows_as_they_do: ["diff", "old", "new"], alike, [];
    diff_of_a_row_of_many_calls_grows_as_it_does: ["diff", "old", "new"], one_row, [];
    diff_of_a_row_that_became_many_grows_as_it_does: ["diff", "old", "new"], regrouped, [];
    diff_of_an_operation_of_many_actions_grows_as_it_does: ["diff", "old", "new"], many_actions, [];
    diff_of_many_pages_grows_as_they_do: ["diff", "old", "new"], many_pages, [];
}

#[test]
fn every_command_that_reads_an_input_is_tested() {
    // These commands do not read anything that could grow. `whoami` reads what `policy check` does, and asks a cloud.
    let constant = ["schema", "init", "completions", "help", "whoami"];
    let help = permspec_tests::permspec().arg("--help").output().unwrap();
    let help = permspec_tests::success(help);
    let listed = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let commands: BTreeSet<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| !constant.contains(command))
        .collect();
    let tested: BTreeSet<&str> = TESTED.iter().map(|arguments| arguments[0]).collect();
    assert_eq!(commands, tested);
}

/// A project whose documentation has other operations than its own page.
fn other_page(count: usize) -> Files {
    let mut files = project(count);
    files.push(file("other/svc/things.rst", page(2 * count, count)));
    files
}

fn faulty(count: usize) -> Files {
    vec![file("docs/svc/things.rst", faulty_page(count))]
}

fn with_log(count: usize) -> Files {
    let mut files = project(count);
    files.push(file("calls.log", log(count)));
    files
}

/// A policy does not grow, because IAM accepts 6,144 characters.
fn with_policies(count: usize) -> Files {
    let mut files = with_log(count);
    files.push(file("policy.json", policy(0, SMALL / 2)));
    files.push(file("other.json", policy(SMALL / 4, SMALL / 2)));
    files
}

fn with_template(count: usize) -> Files {
    let mut files = project(count);
    let template = "{% for operation in service.operations %}{{ operation.id }}\n{% endfor %}";
    files.push(file("templates/{service}.txt.j2", template));
    files
}

/// Two versions of a model, one page each.
fn versions(old: &[Value], new: &[Value]) -> Files {
    vec![
        file("old/svc/things.json", model("svc/things.rst", old)),
        file("new/svc/things.json", model("svc/things.rst", new)),
    ]
}

/// The operation with the number `at`. It does not have anything in common with another operation.
fn thing(at: usize) -> Value {
    titled(at, &format!("Querying Thing{at} of Kind{at}"))
}

fn titled(at: usize, title: &str) -> Value {
    let path = format!("/v1/{{project_id}}/things{at}/{{id}}");
    operation(
        &format!("GetThing{at}"),
        title,
        &[path],
        &[format!("svc:thing{at}:get")],
    )
}

fn many(first: usize, count: usize, of: impl Fn(usize) -> Value) -> Vec<Value> {
    (first..first + count).map(of).collect()
}

fn disjoint(count: usize) -> Files {
    versions(&many(0, count, thing), &many(2 * count, count, thing))
}

fn other_names(count: usize) -> Files {
    let renamed = |at: usize| {
        let mut thing = thing(at);
        thing["id"] = Value::from(format!("QueryThing{at}"));
        thing
    };
    versions(&many(0, count, thing), &many(0, count, renamed))
}

fn same_words(count: usize) -> Files {
    let listing = |at: usize| titled(at, &format!("Listing the Things of Number {at}"));
    versions(&many(0, count, listing), &many(2 * count, count, listing))
}

fn one_call(count: usize) -> Files {
    let path = ["/v1/things".to_owned()];
    let of = |at: usize| {
        let (id, title) = (
            format!("GetThing{at}"),
            format!("Querying Thing{at} of Kind{at}"),
        );
        operation(&id, &title, &path, &[format!("svc:thing{at}:get")])
    };
    versions(&many(0, count, of), &many(2 * count, count, of))
}

fn alike(count: usize) -> Files {
    let (path, action) = (["/v1/things".to_owned()], ["svc:things:get".to_owned()]);
    let of = |at: usize| operation(&format!("GetThing{at}"), "Querying Things", &path, &action);
    versions(&many(0, count, of), &many(2 * count, count, of))
}

fn paths(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| format!("/v1/{{project_id}}/things{at}"))
        .collect()
}

fn one_row(count: usize) -> Files {
    let action = ["svc:things:get".to_owned()];
    let others: Vec<String> = paths(count)
        .iter()
        .map(|path| path.replace("thing", "kind"))
        .collect();
    let of = |paths: &[String]| vec![operation("GetThings", "Querying Things", paths, &action)];
    versions(&of(&paths(count)), &of(&others))
}

fn regrouped(count: usize) -> Files {
    let action = ["svc:things:get".to_owned()];
    let all = operation("GetThings", "Querying Things", &paths(count), &action);
    let each = |(at, path): (usize, String)| {
        let (id, title) = (
            format!("GetThing{at}"),
            format!("Querying Thing{at} of Kind{at}"),
        );
        operation(&id, &title, &[path], &action)
    };
    let each: Vec<Value> = paths(count).into_iter().enumerate().map(each).collect();
    versions(&[all], &each)
}

fn many_actions(count: usize) -> Files {
    let of = |kind: &str| {
        let actions: Vec<String> = (0..count).map(|at| format!("svc:{kind}{at}:get")).collect();
        vec![operation(
            "GetThings",
            "Querying Things",
            &paths(1),
            &actions,
        )]
    };
    versions(&of("thing"), &of("kind"))
}

fn many_pages(count: usize) -> Files {
    let version = |name: &str, first: usize| -> Files {
        let page = |at: usize| {
            let path = format!("svc/page{at}.rst");
            file(
                &format!("{name}/svc/page{at}.json"),
                model(&path, &[thing(at)]),
            )
        };
        (first..first + count).map(page).collect()
    };
    [version("old", 0), version("new", 2 * count)].concat()
}
