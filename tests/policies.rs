//! From calls to actions to policies, as a person runs the commands over the repository's catalogue.

use std::fs;
use std::path::PathBuf;

use permspec_tests::{Run, permspec, root};
use serde_json::{Value, json};

fn run(arguments: &[&str]) -> Run {
    let output = permspec().args(arguments).current_dir(root()).output();
    Run::of(output.expect("permspec starts"))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

/// A folder for the files of one test.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Files(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

const SHARING: &str = r#"{"Version": "1.1", "Statement": [
    {"Effect": "Allow", "Action": ["ims:images:get", "ims:images:share"]}]}"#;

#[test]
fn a_call_is_named_with_all_that_the_documentation_says_about_it() {
    let found = run(&[
        "route",
        "POST /v2/images/70a599e0/members",
        "--format",
        "json",
    ]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let found = &json(&found)[0];
    assert_eq!(found["operation"], "ims.AddImageMember");
    assert_eq!(found["path"], "/v2/images/{image_id}/members");
    assert_eq!(
        found["parameters"],
        json!([{"name": "image_id", "raw": "70a599e0", "value": "70a599e0"}])
    );
    assert_eq!(found["actions"][1]["action"], "ims:images:share");
    assert_eq!(
        (&found["iam_project"], &found["enterprise_project"]),
        (&json!(true), &json!(false))
    );
    assert!(
        found["documentation"]
            .as_str()
            .unwrap()
            .contains("image_sharing")
    );
}

#[test]
fn the_text_names_actions_scopes_and_page() {
    let text = run(&[
        "route",
        "POST",
        "https://ims.eu-de.otc.t-systems.com/v2/images/a%2Fb/members/?x=1",
    ])
    .stdout;
    for said in [
        "ims.AddImageMember",
        "a/b",
        "ims:images:get, ims:images:share",
        "image_sharing.rst",
    ] {
        assert!(text.contains(said), "no {said:?} in\n{text}");
    }
}

#[test]
fn operations_that_share_a_call_are_all_shown() {
    let shared = run(&["route", "POST /v2/p/volumes/v/action", "--format", "json"]);
    assert!(
        shared
            .stderr
            .contains("the key of the body tells which is meant"),
        "{}",
        shared.stderr
    );
    let shared = json(&shared);
    let keys: Vec<&str> = shared
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|found| found["body_action"].as_str())
        .collect();
    assert!(
        keys.contains(&"os-extend") && keys.contains(&"os-detach"),
        "{keys:?}"
    );
}

#[test]
fn a_near_miss_is_asked_about() {
    for (call, meant) in [
        (
            "GET /v2/image/x/members",
            "`GET /v2/images/{image_id}/members` (ims.QueryImageMembers)",
        ),
        (
            "PATCH /v2/images/x/members",
            "`POST /v2/images/{image_id}/members` (ims.AddImageMember)",
        ),
    ] {
        let missed = run(&["route", call]);
        assert_eq!((missed.code, missed.stdout.as_str()), (1, ""));
        assert!(
            missed.stderr.contains(&format!("did you mean {meant}?")),
            "{}",
            missed.stderr
        );
    }
    assert_eq!(run(&["route", "FETCH /x"]).code, 1);
    assert_eq!(run(&["route"]).code, 2);
}

#[test]
fn the_smallest_policy_is_the_documented_actions() {
    let made = run(&[
        "policy",
        "for",
        "ims.QueryImageMembers",
        "ims.AddImageMember",
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let expected = json!({"Version": "1.1", "Statement": [
        {"Effect": "Allow", "Action": ["ims:images:get", "ims:images:share"]}
    ]});
    assert_eq!(json(&made), expected);
    assert!(
        made.stderr.contains("from otc-api 0.1.0 (model "),
        "{}",
        made.stderr
    );
}

#[test]
fn lines_logs_and_archives_give_the_same_policy_and_say_what_was_left_out() {
    let files = Files::new();
    let lines =
        "POST /v2/images/a/members\nGET /v2/images/a/members?limit=1\nGET /nobody/has/this\n";
    let log: Vec<String> = lines
        .lines()
        .map(|call| {
            format!(
                "10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] \"{call} HTTP/1.1\" 200 7 \"-\" \"x\"\n"
            )
        })
        .collect();
    let entries: Vec<Value> = lines
        .lines()
        .map(|call| {
            let (method, path) = call.split_once(' ').unwrap();
            json!({"request": {"method": method, "url": format!("https://ims.eu-de.otc.t-systems.com{path}")}})
        })
        .collect();
    let har = json!({"log": {"entries": entries}}).to_string();
    for (name, text) in [
        ("calls", lines),
        ("access.log", &log.concat()),
        ("traffic.har", &har),
    ] {
        let made = run(&["policy", "for", "--routes", &files.write(name, text)]);
        assert_eq!(made.code, 1, "a call was left out: {}", made.stderr);
        assert_eq!(
            json(&made)["Statement"][0]["Action"],
            json!(["ims:images:get", "ims:images:share"])
        );
        assert!(
            made.stderr
                .contains("/nobody/has/this` (1x) is no operation"),
            "{}",
            made.stderr
        );
    }
}

#[test]
fn a_call_of_several_operations_is_not_guessed() {
    let call = "POST /v2/p/volumes/v/action";
    let asked = run(&["policy", "for", call]);
    assert_eq!((asked.code, asked.stdout.as_str()), (1, ""));
    assert!(
        asked.stderr.contains("name the one that is meant"),
        "{}",
        asked.stderr
    );
    let named = run(&["policy", "for", call, "evs.AttachEvsDisk"]);
    assert_eq!(named.code, 0, "{}", named.stderr);
}

#[test]
fn a_case_is_asked_for_and_can_be_chosen() {
    let open = run(&["policy", "for", "evs.ObtainAllEvsTagsOfTenant"]);
    assert_eq!(open.code, 1);
    assert!(
        open.stderr.contains("--when \"EVS disk\""),
        "{}",
        open.stderr
    );
    let chosen = run(&[
        "policy",
        "for",
        "evs.ObtainAllEvsTagsOfTenant",
        "--when",
        "EVS disk",
        "--format",
        "json",
    ]);
    let chosen = json(&chosen);
    let actions = chosen["policies"][0]["Statement"][0]["Action"]
        .as_array()
        .unwrap();
    assert!(
        actions.contains(&json!("evs:volumeTags:list")),
        "{actions:?}"
    );
}

#[test]
fn a_sound_policy_is_clean_and_a_faulty_one_has_every_fault_drawn_at_its_place() {
    let files = Files::new();
    let sound = run(&["policy", "check", &files.write("sound.json", SHARING)]);
    assert_eq!(
        (sound.code, sound.stdout.as_str()),
        (0, ""),
        "{}",
        sound.stderr
    );
    let faulty = SHARING
        .replace("Effect", "effect")
        .replace("share", "shar")
        .replace("1.1", "1.0");
    let faulty = run(&["policy", "check", &files.write("faulty.json", &faulty)]);
    assert_eq!(faulty.code, 1);
    for said in [
        "faulty.json:1:13",
        "did you mean `Effect`?",
        "did you mean `ims:images:share`?",
        "3 errors, 1 warning",
    ] {
        assert!(
            faulty.stderr.contains(said),
            "no {said:?} in\n{}",
            faulty.stderr
        );
    }
}

#[test]
fn can_answers_with_a_reason_and_an_exit_code() {
    let files = Files::new();
    let policy = files.write("policy.json", SHARING);
    let can = |what: &str, more: &[&str]| {
        run(&[&["policy", "check", &policy, "--can", what], more].concat())
    };
    let yes = can("PUT /v2/images/{image_id}/members/{member_id}", &[]);
    assert_eq!(yes.code, 0, "{}", yes.stderr);
    assert!(
        yes.stdout
            .contains("statement 1 of policy 1 allows `ims:images:share`"),
        "{}",
        yes.stdout
    );
    let no = can("ims.CreateImage", &[]);
    assert_eq!(no.code, 1);
    assert!(
        no.stdout.contains("no statement allows it"),
        "{}",
        no.stdout
    );
    let elsewhere = can("ims.AddImageMember", &["--attached", "enterprise-project"]);
    assert_eq!(elsewhere.code, 1);
    assert!(
        elsewhere
            .stdout
            .contains("takes no effect in an enterprise project"),
        "{}",
        elsewhere.stdout
    );
    let unknown = can("ims.AddImageMembr", &[]);
    assert!(
        unknown
            .stderr
            .contains("did you mean `ims.AddImageMember`?"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn what_no_call_needed_is_listed() {
    let files = Files::new();
    let policy = files.write(
        "policy.json",
        &SHARING.replace("ims:images:get\"", "ims:images:*\", \"vpc:ports:get\""),
    );
    let log = files.write("log", "POST /v2/images/a/members\n");
    let unused = run(&["policy", "check", &policy, "--unused", &log]);
    assert_eq!(unused.code, 1);
    assert!(
        unused.stdout.contains("vpc:ports:get: never needed"),
        "{}",
        unused.stdout
    );
    assert!(
        unused.stdout.contains("ims:images:delete"),
        "{}",
        unused.stdout
    );
    let log = files.write("log", "POST /v2/images/a/members\n");
    let used = run(&[
        "policy",
        "check",
        &files.write("used.json", SHARING),
        "--unused",
        &log,
    ]);
    assert_eq!(
        (used.code, used.stdout.as_str()),
        (0, ""),
        "{}",
        used.stderr
    );
}

#[test]
fn two_policies_are_compared_by_what_they_allow_and_not_by_their_text() {
    let files = Files::new();
    let before = files.write("before.json", SHARING);
    let same = r#"{"Statement":[{"Action":["ims:images:share"],"Effect":"Allow"},{"Action":["ims:images:GET"],"Effect":"Allow"}],"Version":"1.1"}"#;
    let same = run(&["policy", "diff", &before, &files.write("same.json", same)]);
    assert_eq!(
        (same.code, same.stdout.as_str()),
        (0, ""),
        "{}",
        same.stderr
    );
    let after = files.write("after.json", &SHARING.replace(", \"ims:images:share\"", ""));
    let differs = run(&["policy", "diff", &before, &after]);
    assert_eq!(differs.code, 1);
    assert!(
        differs
            .stdout
            .contains("ims:images:share: allowed -> not allowed\n"),
        "{}",
        differs.stdout
    );
    assert!(
        differs.stdout.contains("ims.AddImageMember: yes -> no\n"),
        "{}",
        differs.stdout
    );
}

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
