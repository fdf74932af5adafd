//! SARIF logs conform to the schema of the standard. Their addresses lead to the files, from any working directory and
//! for any form of the command's paths.

mod schema;

use std::fs;
use std::path::Path;

use permspec_tests::{Run, commit, git, permspec};
use serde_json::Value;

use schema::Schema;

/// The name of a page with characters that a URI must escape.
const PAGE: &str = "doc pages/50% of [ims]#1?.rst";

fn page(method: &str) -> String {
    format!(
        "\
Image Sharing
=============

===================  ==============================  ================
Permission           API                             Action
===================  ==============================  ================
Adds image members.  {method} /v1/cloudimages/members   ims:images:share
===================  ==============================  ================
"
    )
}

/// A repository with a page that has an invalid method.
fn repository(method: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(PAGE);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, page(method)).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    folder
}

fn log(arguments: &[&str], folder: &Path) -> Value {
    let run = permspec()
        .args(arguments)
        .args(["--format", "sarif"])
        .current_dir(folder)
        .output();
    let run = Run::of(run.unwrap());
    assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let faults = Schema::new(include_str!("sarif-2.1.0.json")).faults(&log);
    assert!(faults.is_empty(), "{arguments:?}: {faults:#?}\n{log:#}");
    log
}

/// The file of the first result of a log, as a program resolves its address.
fn file(log: &Value) -> String {
    let run = &log["runs"][0];
    let file = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    let uri = file["uri"].as_str().unwrap();
    let whole = match file["uriBaseId"].as_str() {
        Some(base) => {
            let root = run["originalUriBaseIds"][base]["uri"].as_str().unwrap();
            assert!(root.ends_with('/'), "{root}");
            format!("{root}{uri}")
        }
        None => uri.to_owned(),
    };
    let path = whole.strip_prefix("file://").unwrap();
    percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

fn uri(log: &Value) -> &str {
    let result = &log["runs"][0]["results"][0];
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        .as_str()
        .unwrap()
}

#[test]
fn a_page_has_one_address_from_the_root_of_its_repository() {
    let repository = repository("FETCH");
    let root = repository.path().canonicalize().unwrap();
    let absolute = root.join("doc pages");
    let calls = [
        (".", root.clone()),
        ("doc pages", root.clone()),
        (PAGE, root.clone()),
        (".", absolute.clone()),
        ("../doc pages", absolute.clone()),
        (absolute.to_str().unwrap(), root.clone()),
        (absolute.to_str().unwrap(), absolute.clone()),
        (absolute.to_str().unwrap(), root.join(".git")),
    ];
    for (docs, folder) in calls {
        let log = log(&["lint", docs], &folder);
        assert_eq!(
            uri(&log),
            "doc%20pages/50%25%20of%20%5Bims%5D%231%3F.rst",
            "{docs}"
        );
        assert_eq!(Path::new(&file(&log)), root.join(PAGE), "{docs}");
    }
}

#[test]
fn a_page_outside_of_the_repository_has_a_whole_address() {
    let (inside, outside) = (repository("FETCH"), repository("FETCH"));
    let page = outside.path().canonicalize().unwrap().join(PAGE);
    let log = log(&["lint", page.to_str().unwrap()], inside.path());
    assert!(uri(&log).starts_with("file:///"), "{log:#}");
    assert_eq!(Path::new(&file(&log)), page);
}

#[test]
fn without_a_repository_addresses_are_from_the_folder_of_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::write(root.join("page.rst"), page("FETCH")).unwrap();
    let log = log(&["lint", root.join("page.rst").to_str().unwrap()], &root);
    assert_eq!(uri(&log), "page.rst");
    assert_eq!(Path::new(&file(&log)), root.join("page.rst"));
}

#[test]
fn a_change_has_the_address_of_its_page_also_where_that_is_of_a_revision() {
    let repository = repository("PATCH");
    let root = repository.path().canonicalize().unwrap();
    commit(&root);
    fs::write(root.join(PAGE), page("PATCH").replace("share", "write")).unwrap();
    let folder = root.join("doc pages");
    let (old, new) = ("git:HEAD:doc pages", folder.to_str().unwrap());
    for (versions, folder) in [
        ([old, new], &root),
        ([old, "."], &folder),
        ([new, old], &folder),
    ] {
        let log = log(&["diff", versions[0], versions[1]], folder);
        assert_eq!(Path::new(&file(&log)), root.join(PAGE), "{versions:?}");
    }
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository_too() {
    let repository = repository("FETCH");
    let folder = repository.path().join("doc pages");
    let run = permspec()
        .args(["lint", ".", "--format", "github"])
        .current_dir(folder)
        .output();
    let said = Run::of(run.unwrap()).stdout;
    assert!(
        said.contains("file=doc pages/50%25 of [ims]#1?.rst,"),
        "{said}"
    );
}

#[test]
fn a_value_that_is_not_of_the_schema_is_seen() {
    let schema = Schema::new(include_str!("sarif-2.1.0.json"));
    let log = |uri: &str, line: u32| -> Value {
        let text = format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "permspec"}}}}, "results": [
                {{"message": {{"text": "x"}}, "locations": [{{"physicalLocation": {{
                    "artifactLocation": {{"uri": "{uri}"}}, "region": {{"startLine": {line}}}}}}}]}}]}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(schema.faults(&log("a%20b", 1)), [] as [&str; 0]);
    for (uri, line) in [("a b", 1), ("50%", 1), ("a", 0)] {
        assert!(!schema.faults(&log(uri, line)).is_empty(), "{uri} {line}");
    }
    let mut other = log("a", 1);
    other["runs"][0]["tools"] = Value::Null;
    assert_eq!(schema.faults(&other), ["/runs/0: `tools` is not known"]);
}
