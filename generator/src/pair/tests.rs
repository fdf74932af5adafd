use super::*;
use crate::model::PathShape;

/// A row of the page `page`: `title`, `METHOD /path`, action.
fn row(page: usize, (title, call, action): (&str, &str, &str)) -> Candidate<'static> {
    let (method, path) = call.split_once(' ').unwrap();
    Candidate {
        id: None,
        service: "dli",
        page,
        title: Title::new(title),
        keys: vec![Key::Call(PathShape::new(method, path), None)],
        actions: BTreeSet::from([action.to_owned()]),
        said: action.to_owned(),
    }
}

fn paired(old: &[(&str, &str, &str)], new: &[(&str, &str, &str)]) -> Vec<(usize, usize)> {
    let [old, new] = [old, new].map(|rows| {
        let rows = rows.iter().map(|cells| row(0, *cells));
        rows.collect::<Vec<_>>()
    });
    operations(&old, &new)
}

const SUBMIT: &str = "POST /v1.0/{project_id}/jobs/submit-job";

#[test]
fn rows_with_one_call_are_paired_by_title_whatever_their_order() {
    let old = [
        ("Creating a View", SUBMIT, "dli:database:createView"),
        ("Deleting a Function", SUBMIT, "dli:database:dropFunction"),
        ("Displaying a Role", SUBMIT, "dli:database:describeRole"),
    ];
    let new = [
        ("Displaying a role", SUBMIT, "dli:database:describeRole"),
        ("Creating a view", SUBMIT, "dli:database:createView"),
    ];
    assert_eq!(paired(&old, &new), [(2, 0), (0, 1)]);
}

#[test]
fn rows_that_share_a_call_are_one_where_titles_are_related_and_actions_the_same() {
    let of = |title, action| row(0, (title, SUBMIT, action));
    let old = of("Deleting a Function", "dli:database:dropFunction");
    let likeness = |new: &Candidate<'_>| old.title.similarity(&new.title);
    let related = of("Dropping a User Function", "dli:database:dropFunction");
    assert!(
        (RELATED..ALIKE).contains(&likeness(&related)),
        "{}",
        likeness(&related)
    );
    assert!(old.is_plausible(&related));
    let other_action = of("Dropping a User Function", "dli:database:createFunction");
    assert!(!old.is_plausible(&other_action));
    let other_title = of("Displaying All Roles", "dli:database:dropFunction");
    assert!(likeness(&other_title) < RELATED);
    assert!(!old.is_plausible(&other_title));
}

#[test]
fn what_is_left_of_rows_with_one_call_is_not_one_for_the_call_alone() {
    let old = [
        ("Creating a View", SUBMIT, "dli:database:createView"),
        ("Deleting a Function", SUBMIT, "dli:database:dropFunction"),
    ];
    let new = [
        ("Creating a View", SUBMIT, "dli:database:createView"),
        ("Displaying All Roles", SUBMIT, "dli:database:describeRole"),
    ];
    assert_eq!(paired(&old, &new), [(0, 0)]);
}

#[test]
fn a_call_that_only_one_row_has_identifies_it_under_any_title() {
    let old = [(
        "Adding an Image Member",
        "POST /v2/images/{image_id}/members",
        "ims:images:share",
    )];
    let new = [(
        "Sharing",
        "POST /v2/images/{id}/members",
        "ims:members:create",
    )];
    assert_eq!(paired(&old, &new), [(0, 0)]);
}

#[test]
fn a_new_path_is_the_same_operation_under_its_title_on_its_page_only() {
    let old = (
        "Deleting a Flink Job",
        "DELETE /v1.0/{project_id}/job/{job_id}",
        "dli:jobs:delete",
    );
    let new = (
        "Deleting a Flink job",
        "DELETE /v1.0/{project_id}/streaming/jobs/{job_id}",
        "dli:jobs:delete",
    );
    assert_eq!(paired(&[old], &[new]), [(0, 0)]);
    assert_eq!(operations(&[row(0, old)], &[row(1, new)]), []);
}

#[test]
fn a_new_method_is_the_same_operation_under_its_title_or_with_its_action_on_its_page_only() {
    let old = (
        "Updating an Image Member",
        "PUT /v2/images/{image_id}/members/{member_id}",
        "ims:images:share",
    );
    let with = |title, action| {
        let path = "PATCH /v2/images/{image_id}/members/{member_id}";
        (title, path, action)
    };
    let titled = with("Updating an image member", "ims:members:update");
    assert_eq!(paired(&[old], &[titled]), [(0, 0)]);
    let acting = with("Accepting a Share", "ims:images:share");
    assert_eq!(paired(&[old], &[acting]), [(0, 0)]);
    assert_eq!(operations(&[row(0, old)], &[row(1, acting)]), []);
    let other = with("Accepting a Share", "ims:members:update");
    assert_eq!(paired(&[old], &[other]), []);
}

#[test]
fn a_reworded_title_and_a_path_nearby_are_the_same_operation_where_actions_and_methods_are() {
    let old = (
        "Querying the Details of an Image Member",
        "GET /v2/{project_id}/images/{image_id}/members/{member_id}",
        "ims:images:get",
    );
    let title = "Querying Details About an Image's Member";
    let near = "GET /v2/{project_id}/images/{image_id}/sharing/members/{member_id}";
    assert_eq!(paired(&[old], &[(title, near, old.2)]), [(0, 0)]);
    assert_eq!(paired(&[old], &[(title, near, "ims:members:get")]), []);
    assert_eq!(paired(&[old], &[("Listing Shares", near, old.2)]), []);
    let other_method = near.replace("GET", "POST");
    assert_eq!(paired(&[old], &[(title, &other_method, old.2)]), []);
    let far = "GET /v3/shares/{member_id}";
    assert_eq!(paired(&[old], &[(title, far, old.2)]), []);
}

#[test]
fn all_that_two_rows_have_in_common_makes_them_more_alike() {
    let old = row(
        0,
        ("Deleting a Function", SUBMIT, "dli:database:dropFunction"),
    );
    let changes: [fn(&mut Candidate<'static>); 5] = [
        |row| row.title = Title::new("Displaying All Roles"),
        |row| row.keys = vec![Key::named("Deleting")],
        |row| row.actions = BTreeSet::from(["dli:database:createView".to_owned()]),
        |row| row.page = 1,
        |row| row.said = "something else".to_owned(),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut new = old.clone();
        change(&mut new);
        let alike = old.likeness(&new);
        assert!(alike < old.likeness(&old), "{new:?}");
        for other in changes.iter().skip(at + 1) {
            let mut new = new.clone();
            other(&mut new);
            assert!(old.likeness(&new) < alike, "{new:?}");
        }
    }
    let titled = |title| old.likeness(&row(0, (title, SUBMIT, "dli:database:dropFunction")));
    assert!(titled("Deleting a function") > titled("Deleting Functions"));
    assert!(titled("Dropping a Function") > titled("Displaying All Roles"));
    // The same title says more than all the rest.
    let mut titled_alone = row(
        1,
        ("Deleting a Function", "GET /v1/roles", "dli:roles:list"),
    );
    titled_alone.said = "something else".to_owned();
    assert!(old.likeness(&titled_alone) > titled("Deleting a User Function"));
}

#[test]
fn a_title_of_no_telling_words_is_the_same_where_it_is_written_the_same() {
    let of = |title| row(0, (title, SUBMIT, "dli:database:dropFunction"));
    let old = of("To and From");
    assert!(old.title.similarity(&old.title) < ALIKE);
    assert!(old.is_plausible(&of("To and from")));
}

#[test]
fn another_operation_with_the_same_action_is_not_the_same() {
    let old = [(
        "Viewing a Training Job",
        "GET /v1/{project_id}/training-jobs",
        "modelarts:trainJob:list",
    )];
    let new = [(
        "Obtaining training jobs",
        "POST /v2/{project_id}/training-job-searches",
        "modelarts:trainJob:list",
    )];
    assert_eq!(paired(&old, &new), []);
}
