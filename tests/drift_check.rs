//! `permspec check` passes for a clean tree. It fails for every way in which documentation, model and generated code
//! can disagree. It names the difference in the documentation's terms, and the commands that fix it.

use std::fs;

use permspec_tests::{Project, root};

const PAGE: &str = "spec/ims/image_sharing.rst";
const MODEL: &str = "spec/ims/image_sharing.json";
const CODE: &str = "generated/src/ims.rs";

/// The check fails, prints `said`, and names `command` as the fix.
fn fails(project: &Project, said: &str, command: &str) {
    let run = project.permspec(&["check"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(said), "no {said:?} in:\n{}", run.stdout);
    let fix = run.stdout.lines().last().unwrap_or_default();
    assert!(fix.contains(command), "{fix}");
}

/// The commands that the check names fix the project.
fn fixed_by(project: &Project, commands: &[&str]) {
    for command in commands {
        let run = project.permspec(&[command]);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
    }
    let run = project.permspec(&["check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_clean_tree_passes() {
    let run = Project::new().permspec(&["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn an_action_that_was_renamed_in_the_page_fails() {
    let project = Project::new();
    project.edit(PAGE, "| -  ims:images:get   |", "| -  ims:images:list  |");
    let said = "`AddImageMember` needs `ims:images:list` instead of `ims:images:get`";
    fails(
        &project,
        said,
        "`permspec extract`, then `permspec generate`",
    );
    fixed_by(&project, &["extract", "generate"]);
    assert!(project.read(CODE).contains("permission::IMAGES_LIST"));
}

#[test]
fn a_row_that_was_added_to_the_page_fails() {
    let project = Project::new();
    let page = project.read(PAGE);
    let rows: Vec<&str> = page.lines().collect();
    let border = rows[rows.len() - 1];
    let row = rows[rows.len() - 2]
        .replace(
            "Deletes image members in batches.",
            "Lists image members.             ",
        )
        .replace(
            "DELETE /v1/cloudimages/members",
            "GET /v1/cloudimages/members   ",
        );
    fs::write(project.path(PAGE), format!("{page}{row}\n{border}\n")).unwrap();
    fails(
        &project,
        "`ListImageMembersV1` is new: `GET /v1/cloudimages/members` needs `ims:images:share`",
        "`permspec extract`, then `permspec generate`",
    );
    fixed_by(&project, &["extract", "generate"]);
    assert!(
        project
            .read(CODE)
            .contains("pub fn list_image_members_v1() -> Request")
    );
}

#[test]
fn a_scope_that_was_flipped_in_the_page_fails() {
    let project = Project::new();
    project.edit(
        PAGE,
        "| Y           | x                  |",
        "| Y           | Y                  |",
    );
    let said = "`AddImageMember` in an enterprise project: supported, was not supported";
    fails(&project, said, "`permspec extract`");
    fixed_by(&project, &["extract", "generate"]);
}

#[test]
fn a_column_that_is_gone_from_the_page_is_one_change() {
    let project = Project::new();
    let page = project.read(PAGE);
    let narrower = page.lines().map(|line| {
        let is_table = line.starts_with(['+', '|']);
        let column = if is_table {
            "| x                  ".len()
        } else {
            0
        };
        &line[..line.len() - column]
    });
    let narrower = narrower.collect::<Vec<_>>().join("\n");
    assert!(page.contains("Enterprise") && !narrower.contains("Enterprise"));
    fs::write(project.path(PAGE), narrower).unwrap();
    fails(
        &project,
        "  - the column `Enterprise Project` is gone, which affects 8 operations\n\n1 file",
        "`permspec extract`, then `permspec generate`",
    );
}

#[test]
fn a_model_that_was_edited_by_hand_fails() {
    let project = Project::new();
    project.edit(MODEL, "\"ims:images:share\"", "\"ims:images:update\"");
    fails(
        &project,
        "`AddImageMember` needs `ims:images:share` instead of `ims:images:update`",
        "`permspec extract`",
    );
    fixed_by(&project, &["extract"]);
}

#[test]
fn a_model_that_is_not_canonical_fails_even_where_it_says_the_same() {
    let project = Project::new();
    project.edit(MODEL, "  \"service\"", "    \"service\"");
    fails(
        &project,
        "the model does not say what its page says",
        "`permspec extract`",
    );
    fixed_by(&project, &["extract"]);
}

#[test]
fn a_generated_file_that_was_edited_by_hand_fails() {
    let project = Project::new();
    project.edit(
        CODE,
        "Permission::new(\"ims:images:share\")",
        "Permission::new(\"ims:*:*\")",
    );
    let said = "`AddImageMember` needs `ims:images:share` instead of `ims:*:*`";
    fails(&project, said, "`permspec generate`");
    let line = "+    pub const IMAGES_SHARE: Permission = Permission::new(\"ims:images:share\");";
    fails(&project, line, "`permspec generate`");
    fixed_by(&project, &["generate"]);
}

#[test]
fn a_generated_file_that_is_missing_fails() {
    let project = Project::new();
    fs::remove_file(project.path(CODE)).unwrap();
    fails(&project, "the file is missing", "`permspec generate`");
    fixed_by(&project, &["generate"]);
}

#[test]
fn a_change_that_affects_no_caller_and_no_policy_passes() {
    let project = Project::new();
    project.edit(
        PAGE,
        "Image Sharing\n=============\n",
        "Image Sharing\n=============\n\nSome prose.\n",
    );
    project.edit(PAGE, "Adds image members.   ", "Adding image members. ");
    let run = project.permspec(&["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(
        run.stderr.contains("does not affect a caller or a policy"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_name_survives_a_new_title() {
    let project = Project::new();
    project.edit(
        PAGE,
        "Adds image members.         ",
        "Shares images with projects.",
    );
    fixed_by(&project, &["extract", "generate"]);
    assert!(
        project
            .read(MODEL)
            .contains("\"title\": \"Shares images with projects.\"")
    );
    assert!(
        project
            .read(CODE)
            .contains("pub fn add_image_members_in_batches() -> Request")
    );
}

#[test]
fn code_that_differs_in_what_only_people_read_passes() {
    let project = Project::new();
    project.edit(PAGE, "Adds image members.   ", "Adding image members. ");
    assert_eq!(project.permspec(&["extract"]).code, 0);
    let run = project.permspec(&["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let said =
        "generated/src/ims.rs differs from what the model gives, but the difference does not";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    fixed_by(&project, &["generate"]);
    project.edit(
        CODE,
        "Route::AddImageMember.request(",
        "Route::GetImages.request(",
    );
    fails(
        &project,
        "the file is not what the model gives",
        "`permspec generate`",
    );
}

#[test]
fn an_update_fixes_model_and_code_and_prints_the_changelog() {
    let project = Project::new();
    project.edit(PAGE, "| -  ims:images:get   |", "| -  ims:images:list  |");
    project.edit(PAGE, "Adds image members.   ", "Adding image members. ");
    let run = project.permspec(&["check", "--update"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let said = "- `AddImageMember` needs `ims:images:list` instead of `ims:images:get`";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert!(
        run.stdout.contains("1 cosmetic: 1 title-changed"),
        "{}",
        run.stdout
    );
    assert!(project.read(MODEL).contains("Adding image members."));
    assert!(project.read(CODE).contains("permission::IMAGES_LIST"));
    let again = project.permspec(&["check", "--update"]);
    assert!(again.stdout.contains("No changes."), "{}", again.stdout);
    assert_eq!(project.permspec(&["check"]).code, 0);
}

#[test]
fn live_documentation_is_compared_and_a_page_that_is_gone_is_left_to_people() {
    let project = Project::new();
    let live = "live/image-management-service/source/image_sharing.rst";
    fs::create_dir_all(project.path(live).parent().unwrap()).unwrap();
    let page = project
        .read(PAGE)
        .replace("| -  ims:images:get   |", "| -  ims:images:list  |");
    fs::write(project.path(live), page).unwrap();
    for model in ["eps", "rms"] {
        assert!(project.path(&format!("spec/{model}")).is_dir());
    }
    let check = project.permspec(&["check", "--docs", "live"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    for said in [
        "spec/ims/image_sharing.rst: the documentation's page now says something else",
        "`AddImageMember` needs `ims:images:list` instead of `ims:images:get`",
        "spec/eps/enterprise_project_management_api_permissions.json: no page in permspec.toml belongs to this model",
    ] {
        assert!(
            check.stdout.contains(said),
            "no {said:?} in:\n{}",
            check.stdout
        );
    }
    for wrong in [
        "spec/ims/image_sharing.json: no page in permspec.toml belongs to this model",
        "the page is `", // It is where it was: the project's copy has a place of its own.
    ] {
        assert!(!check.stdout.contains(wrong), "{}", check.stdout);
    }
    let update = project.permspec(&["check", "--docs", "live", "--update"]);
    assert_eq!(update.code, 1, "{}", update.stderr);
    assert!(
        update.stderr.contains("no longer has a page"),
        "{}",
        update.stderr
    );
    assert!(
        update.stdout.contains("page-removed") || update.stdout.contains("is gone"),
        "{}",
        update.stdout
    );
    assert!(project.path("spec/eps").is_dir(), "no model is taken away");
    for file in [PAGE, MODEL] {
        assert!(project.read(file).contains("ims:images:list"), "{file}");
    }
    assert!(project.read(CODE).contains("permission::IMAGES_LIST"));
}

#[test]
fn a_checkout_with_other_line_ends_is_the_same_project() {
    let project = Project::new();
    let version = |project: &Project| {
        project
            .permspec(&["policy", "for", "ims.AddImageMember"])
            .stderr
    };
    let (before, text) = (
        version(&project),
        project.read("spec/ims/image_sharing.json"),
    );
    let mut folders = vec![project.path("spec"), project.path("generated")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
            let ending = path.extension().unwrap_or_default();
            let mark = if ending == "json" || ending == "toml" {
                "\u{feff}"
            } else {
                ""
            };
            // Cargo itself reads the manifest.
            let mark = if path.ends_with("Cargo.toml") {
                ""
            } else {
                mark
            };
            fs::write(&path, format!("{mark}{text}")).unwrap();
        }
    }
    let check = project.permspec(&["check"]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
    assert_eq!(check.stdout, "", "{}", check.stderr);
    let generate = project.permspec(&["generate"]);
    assert!(
        generate.stderr.contains("nothing to write"),
        "{}",
        generate.stderr
    );
    assert_eq!(version(&project), before);
    // A byte order mark is more than a line end, so the file is written without it.
    let extract = project.permspec(&["extract"]);
    assert_eq!(extract.code, 0, "{}", extract.stderr);
    assert_eq!(project.read("spec/ims/image_sharing.json"), text);
    let diff = project.permspec(&["diff", root().join("spec").to_str().unwrap(), "spec"]);
    assert_eq!(diff.code, 0, "{}{}", diff.stdout, diff.stderr);
    assert!(!diff.stdout.contains("breaking"), "{}", diff.stdout);
}
