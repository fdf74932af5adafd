//! Commands understand an earlier name of an operation and print its present name.

use super::{code, json, run, run_in, says};
use permspec_tests::root;

#[test]
fn an_operation_is_found_by_the_name_that_it_had_before() {
    // With the built-in catalogue, and with the project's own.
    for folder in [tempfile::tempdir().unwrap().path(), root().as_path()] {
        let route = run_in(folder, &["route", "ims.QueryImageMembers"]);
        code(&route, 0);
        says(
            &route.stderr,
            &["`ims.QueryImageMembers` is now `ims.ListImageMembers`"],
        );
        says(
            &route.stdout,
            &["ims.ListImageMembers  GET /v2/images/{image_id}/members"],
        );
    }
}

#[test]
fn policies_are_made_and_asked_by_old_names_as_by_new_ones() {
    let old = run(&["policy", "for", "ims.QueryImageMembers"]);
    let new = run(&["policy", "for", "ims.ListImageMembers"]);
    code(&old, 0);
    assert_eq!(json(&old), json(&new));
    says(&old.stderr, &["is now `ims.ListImageMembers`"]);
    assert!(!new.stderr.contains("is now"), "{}", new.stderr);

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("policy.json"), &new.stdout).unwrap();
    let can = run_in(
        folder.path(),
        &[
            "policy",
            "check",
            "policy.json",
            "--can",
            "ims.QueryImageMembers",
        ],
    );
    code(&can, 0);
    says(&can.stdout, &["ims.ListImageMembers: yes"]);
}

#[test]
fn a_name_that_nothing_ever_had_is_unknown() {
    let unknown = run(&["route", "ims.QueryNothingAtAll"]);
    code(&unknown, 1);
    assert!(!unknown.stderr.contains("is now"), "{}", unknown.stderr);
}
