//! `permspec permissions`: lists actions.

use crate::{code, json, run, says};

#[test]
fn permissions_are_listed_with_the_operations_that_need_them() {
    let text = run(&["permissions", "ims:images:sh*"]).stdout;
    assert!(
        text.contains("ims:images:share  ims.AddImageMember\n"),
        "{text}"
    );
    let listed = json(&run(&[
        "permissions",
        "IMS:*:*".to_lowercase().as_str(),
        "--format",
        "json",
    ]));
    let share = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|listed| listed["action"] == "ims:images:share")
        .unwrap();
    assert_eq!(share["operations"].as_array().unwrap().len(), 8);
    let csv = run(&["permissions", "ims:images:share", "--format", "csv"]).stdout;
    assert!(
        csv.starts_with(
            "action,operation,when,dependency\r\nims:images:share,ims.AddImageMember,,false\r\n"
        ),
        "{csv}"
    );
    assert_eq!(run(&["permissions", "nobody:*:*"]).code, 1);
}

#[test]
fn a_short_pattern_is_read_with_three_parts_and_said_so() {
    let whole = run(&["permissions", "ims:*:*"]);
    code(&whole, 0);
    for short in ["ims", "ims:*"] {
        let listed = run(&["permissions", short]);
        assert_eq!(listed.stdout, whole.stdout);
        says(&listed.stderr, &["is read as `ims:*:*`"]);
    }
    let all = run(&["permissions"]);
    assert_eq!(run(&["permissions", "*"]).stdout, all.stdout);
    let some = run(&["permissions", "ims:images:*et"]).stdout;
    assert!(
        some.contains("ims:images:get ") && !some.contains("ims:images:list"),
        "{some}"
    );
}

#[test]
fn case_matters_in_the_service_alone_and_a_misprint_is_asked_about() {
    assert_eq!(
        run(&["permissions", "ims:IMAGES:Get"]).stdout,
        run(&["permissions", "ims:images:get"]).stdout
    );
    for (misprint, meant) in [
        ("IMS:images:get", "`ims:images:get`"),
        ("ims:image:get", "`ims:images:get`"),
        ("imss:*:*", "`ims:*:*`"),
    ] {
        let missed = run(&["permissions", misprint]);
        code(&missed, 1);
        assert_eq!(missed.stdout, "");
        says(&missed.stderr, &[&format!("did you mean {meant}?")]);
    }
}

#[test]
fn an_action_that_is_only_depended_on_or_needed_in_one_case_is_listed_as_such() {
    let text = run(&["permissions", "evs:*:list"]).stdout;
    says(&text, &["evs.ListEvsTagsOfTenant (Snapshot)"]);
    let csv = run(&["permissions", "ims:images:get", "--format", "csv"]).stdout;
    says(
        &csv,
        &[
            "ims:images:get,ecs.CreateEcs,,true\r\n",
            "Create EVS disks from images.,false\r\n",
        ],
    );
    assert!(
        csv.lines().all(|line| line.split(',').count() == 4),
        "{csv}"
    );
}
