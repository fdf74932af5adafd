//! The built-in catalogue, and a project's own catalogue, which takes precedence.

use permspec_tests::root;

use crate::{OVENS, code, json, ovens, run, run_in, says};

#[test]
fn without_a_project_the_built_in_catalogue_says_what_the_one_of_the_repository_does() {
    for arguments in [
        &["routes", "--format", "json"][..],
        &["permissions", "--format", "csv"],
        &["route", "POST /v2/images/a/members", "--format", "json"],
        &[
            "policy",
            "for",
            "POST /v2/images/a/members",
            "--format",
            "json",
        ],
        &["export", "openapi", "--service", "ims"],
        &["search", "share image"],
    ] {
        let built_in = run(arguments);
        let of_the_project = run_in(&root(), arguments);
        code(&built_in, 0);
        assert_eq!(built_in.stdout, of_the_project.stdout, "{arguments:?}");
        says(&built_in.stderr, &["the built-in catalogue is used"]);
        assert!(!of_the_project.stderr.contains("built-in"));
    }
}

#[test]
fn a_projects_own_catalogue_goes_first_and_an_option_chooses() {
    let project = ovens(&OVENS);
    let named = |which: &str| {
        let listed = run_in(
            project.path(),
            &["routes", "--format", "json", "--catalogue", which],
        );
        code(&listed, 0);
        json(&listed).as_array().unwrap().len()
    };
    assert_eq!((named("auto"), named("project")), (3, 3));
    assert!(named("built-in") > 1000);

    let none = run(&["routes", "--catalogue", "project"]);
    code(&none, 1);
    says(&none.stderr, &["P007", "there is no permspec.toml"]);
    let path = project.path().join("permspec.toml");
    let config = path.to_str().unwrap();
    let elsewhere = run(&["routes", "--config", config, "--format", "json"]);
    assert_eq!(json(&elsewhere).as_array().unwrap().len(), 3);
    code(
        &run(&["routes", "--config", config, "--catalogue", "built-in"]),
        1,
    );
}

#[test]
fn commands_that_write_a_project_need_one() {
    for command in ["extract", "generate", "check"] {
        let none = run(&[command]);
        code(&none, 1);
        says(
            &none.stderr,
            &["there is no permspec.toml", "`permspec init` writes one"],
        );
        code(&run(&[command, "--catalogue", "built-in"]), 2);
    }
}

#[test]
fn a_project_without_a_model_says_so_where_it_is_asked() {
    let project = ovens(&OVENS);
    std::fs::remove_dir_all(project.path().join("spec")).unwrap();
    let listed = run_in(project.path(), &["route", "GET /v1/ovens"]);
    code(&listed, 1);
    says(&listed.stderr, &["the project has no model yet"]);
}
