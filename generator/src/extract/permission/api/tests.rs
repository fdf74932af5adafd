use super::super::testing::in_cell;
use super::{call, calls};
use crate::model::Endpoint;

/// Method, path, query and body action in one text, and the codes of the findings.
fn read(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let (found, findings) = in_cell(text, calls);
    let found = found.endpoints;
    let line = |route: &Endpoint| {
        let query = if route.query.is_empty() { "" } else { " ?" };
        format!("{route}{query}{}", route.query.join(","))
    };
    (
        found.iter().map(line).collect(),
        findings.iter().map(|(code, _)| code.as_str()).collect(),
    )
}

fn reads(text: &str, expected: &[&str], codes: &[&str]) {
    let (found, findings) = read(text);
    assert_eq!(found, expected, "{text}");
    assert_eq!(findings, codes, "{text}");
}

#[test]
fn a_call_is_one_paragraph_or_its_method_and_path_are_one_each() {
    reads("GET /v1/{id}", &["GET /v1/{id}"], &[]);
    reads("GET\n/v1/{id}", &["GET /v1/{id}"], &[]);
    reads("GET\n\n/v1/{id}", &["GET /v1/{id}"], &[]);
    reads("| GET\n| /v1/{id}", &["GET /v1/{id}"], &[]);
    reads("GET\n\n/", &["GET /"], &[]);
    reads("GET /", &["GET /"], &[]);
}

#[test]
fn every_paragraph_bullet_or_line_is_a_call() {
    let both = ["GET /v2/{id}", "GET /v2.1/{id}"];
    reads("GET /v2/{id}\n\nGET /v2.1/{id}", &both, &[]);
    reads("-  GET /v2/{id}\n-  GET /v2.1/{id}", &both, &[]);
    reads("| GET /v2/{id}\n| GET /v2.1/{id}", &both, &[]);
    reads("GET\n\n/v2/{id}\n\nGET\n\n/v2.1/{id}", &both, &[]);
}

#[test]
fn several_calls_in_one_paragraph_are_taken_apart() {
    let both = ["GET /v2/a", "PUT /v2/b"];
    for text in [
        "GET /v2/a PUT /v2/b",
        "GET /v2/a, PUT /v2/b",
        "GET /v2/a,PUT /v2/b",
        "GET /v2/a; PUT /v2/b",
        "GET /v2/a and PUT /v2/b",
        "GET /v2/a / PUT /v2/b",
        "GET /v2/a or PUT /v2/b",
    ] {
        reads(text, &both, &[]);
    }
    reads("GET /v2/a, /v2/b", &["GET /v2/a", "GET /v2/b"], &[]);
    reads("GET /v2/a /v2.1/a", &["GET /v2/a", "GET /v2.1/a"], &[]);
    reads("GET, PUT /v2/a", &["GET /v2/a", "PUT /v2/a"], &[]);
    reads("GET/PUT /v2/a", &["GET /v2/a", "PUT /v2/a"], &[]);
}

#[test]
fn slips_with_one_reading_are_mended() {
    reads("GET/v1/{id}", &["GET /v1/{id}"], &["P033"]);
    reads("Get /v1/{id}", &["GET /v1/{id}"], &["P032"]);
    reads(
        "PUT https://{*Endpoint*}/v3/{id}",
        &["PUT /v3/{id}"],
        &["P034"],
    );
    reads("PUT {Endpoint}/v3/{id}", &["PUT /v3/{id}"], &["P034"]);
    reads("PUT iam.example.com/v3/{id}", &["PUT /v3/{id}"], &["P034"]);
    reads("GET v3.0/OS-X/{id}", &["GET /v3.0/OS-X/{id}"], &["P035"]);
    reads(
        "POST /v1/\n\n{project_id}/x",
        &["POST /v1/{project_id}/x"],
        &["P036"],
    );
    reads(
        "POST /v1/{project_id}/\nimages/{id}",
        &["POST /v1/{project_id}/images/{id}"],
        &["P036"],
    );
    reads(
        "POST /v1/{project_id}\n/images/{id}",
        &["POST /v1/{project_id}/images/{id}"],
        &["P036"],
    );
    reads("GET /v1/{{id}}", &["GET /v1/{id}"], &["P037"]);
    reads("GET /v1/kms/{ key_id }", &["GET /v1/kms/{key_id}"], &[]);
}

#[test]
fn punctuation_and_labels_around_a_call_are_no_part_of_it() {
    reads("GET /v1/{id}.", &["GET /v1/{id}"], &["P070"]);
    reads("\"GET /v1/{id}\"", &["GET /v1/{id}"], &[]);
    reads("GET ``/v1/{id}``", &["GET /v1/{id}"], &[]);
    reads("``GET /v1/{id}``", &["GET /v1/{id}"], &[]);
    reads("URI: GET /v1/{id}", &["GET /v1/{id}"], &["P070"]);
    reads(
        "Method: GET\n\nURI: /v1/{id}",
        &["GET /v1/{id}"],
        &["P070", "P070"],
    );
    reads("GET: /v1/{id}", &["GET /v1/{id}"], &[]);
    reads("This calls GET /v1/{id}", &["GET /v1/{id}"], &["P070"]);
    reads("/v1/{id} (POST)", &["POST /v1/{id}"], &["P070"]);
    reads("GET /v1/{id} [1]_", &["GET /v1/{id}"], &[]);
}

#[test]
fn odd_white_space_and_characters_without_width_do_not_matter() {
    reads("GET  /v1/{id}", &["GET /v1/{id}"], &[]);
    reads("GET\u{a0}/v1/{id}", &["GET /v1/{id}"], &[]);
    reads("GET /v1/\u{200b}{id}", &["GET /v1/{id}"], &[]);
}

#[test]
fn a_query_gives_its_names_wherever_it_is_broken() {
    let expected = ["GET /v3/x ?a,b"];
    for text in [
        "GET /v3/x?a={a}&b={b}",
        "GET /v3/x ?a={a}&b={b}",
        "GET /v3/x?a={a} & b={b}",
        "GET /v3/x{?a,b}",
        "GET /v3/x {? a, b}",
    ] {
        reads(text, &expected, &[]);
    }
    reads("GET /v3/x\n\n?a={a}&b={b}", &expected, &["P036"]);
}

#[test]
fn a_body_action_belongs_to_the_versions_before_it() {
    reads(
        "POST /v2/{id}/action\n\naction=\"os-extend\"",
        &["POST /v2/{id}/action (os-extend)"],
        &[],
    );
    reads(
        "POST /v2/{id}/action (action=\"os-extend\")",
        &["POST /v2/{id}/action (os-extend)"],
        &[],
    );
    reads(
        "GET /v2/{id}\n\nPOST /v2/{id}/action\n\nPOST /v3/{id}/action\n\naction=“os-extend”",
        &[
            "GET /v2/{id}",
            "POST /v2/{id}/action (os-extend)",
            "POST /v3/{id}/action (os-extend)",
        ],
        &[],
    );
    reads("action=\"os-extend\"", &[], &["P030"]);
}

#[test]
fn a_path_without_a_method_is_for_any_but_beside_a_call_a_version_of_it() {
    reads(
        "-  /api/\\*\n-  /apis/\\*",
        &["ANY /api/*", "ANY /apis/*"],
        &["P039", "P039"],
    );
    reads(
        "GET /v2/a\n\n/v2.1/a",
        &["GET /v2/a", "GET /v2.1/a"],
        &["P039"],
    );
    reads("https://{Endpoint}/v3/x", &["ANY /v3/x"], &["P034", "P039"]);
}

#[test]
fn prose_is_no_call() {
    reads("``-``", &[], &[]);
    reads("N/A", &[], &[]);
    reads("x", &[], &[]);
    reads("For Console only", &[], &["P071"]);
    reads("Console and/or client", &[], &["P071"]);
    reads("Delete images", &[], &["P071"]);
    reads("Get tags and/or names", &[], &["P071"]);
    reads("", &[], &["P022"]);
    reads(
        "GET /v1/x, executing SQL statements",
        &["GET /v1/x"],
        &["P070"],
    );
    reads("GET /v1/x\n\nOnly for admins", &["GET /v1/x"], &["P070"]);
    reads(
        "GET /v1/x\n\n.. note::\n\n   Since /v2 old.",
        &["GET /v1/x"],
        &["P070"],
    );
}

#[test]
fn what_stands_behind_an_open_path_and_is_no_path_is_prose() {
    reads(
        "POST /v3/\n\n\"\n\n{id}/start",
        &["POST /v3/{id}/start"],
        &["P070", "P036"],
    );
}

#[test]
fn what_cannot_be_a_call_is_an_error() {
    reads("FETCH /v1/x", &[], &["P031"]);
    reads("GET", &[], &["P030"]);
    reads("GET\n\nPUT /v1/x", &["PUT /v1/x"], &["P030"]);
    reads("see /v1/x in the appendix", &[], &["P031"]);
    reads("the images in /v1/x", &[], &["P030"]);
}

#[test]
fn a_call_that_a_cell_repeats_is_recorded_once() {
    reads("GET /v1/x\n\nGET /v1/x", &["GET /v1/x"], &["P064"]);
}

#[test]
fn slashes_between_words_are_no_calls() {
    reads("GET /v1/x / console", &["GET /v1/x"], &["P070"]);
    reads("GET /v1/x / /", &["GET /v1/x"], &["P070"]);
}

#[test]
fn a_paragraph_of_many_slips_has_messages_of_bounded_length() {
    let text = format!("GET /v1/ {}", "{a}/ ".repeat(500));
    let (found, findings) = in_cell(&text, calls);
    assert_eq!(found.endpoints.len(), 1);
    assert!(findings.iter().all(|(_, message)| message.len() < 500));
}

#[test]
fn a_body_action_is_one_word() {
    use super::around::body_action;
    assert_eq!(body_action("action=\"os-extend\""), Some("os-extend"));
    assert_eq!(body_action("“action”: ‘x"), Some("‘x"));
    for none in ["action=", "action=\"\"", "action=a word", "actions=x", "x"] {
        assert_eq!(body_action(none), None, "{none}");
    }
}

#[test]
fn a_path_that_ends_with_a_slash_goes_on_with_one_word() {
    use super::around::goes_on;
    for rest in ["{id}", "{id} of the image", "members/{id}", "members"] {
        assert!(goes_on(rest), "{rest}");
    }
    assert!(!goes_on("is the path"));
}

#[test]
fn a_query_goes_on_in_the_next_paragraph_with_all_its_names() {
    for text in [
        "GET /v3/x?a={a}\n\n&b={b}",
        "GET /v3/x?a={a}&\n\nb={b}",
        "GET /v3/x?a={a}\n\n{&b}",
        "GET /v3/x?\n\na={a}\n\n&b ={b}",
        "GET /v3/x\n\n?a={a}&b={b}",
    ] {
        let (found, codes) = read(text);
        assert_eq!(found, ["GET /v3/x ?a,b"], "{text}");
        assert!(
            codes.iter().all(|code| *code == "P036"),
            "{text}: {codes:?}"
        );
        assert!(!codes.is_empty(), "{text}");
    }
    reads(
        "GET, PUT /v3/x\n\n?a={a}",
        &["GET /v3/x ?a", "PUT /v3/x ?a"],
        &["P036"],
    );
    // A word after a whole query is prose.
    reads("GET /v3/x?a={a}\n\nadmins", &["GET /v3/x ?a"], &["P070"]);
}

#[test]
fn methods_that_share_a_broken_path_share_its_rest() {
    reads(
        "GET, PUT /v1/\n\n{id}/start",
        &["GET /v1/{id}/start", "PUT /v1/{id}/start"],
        &["P036"],
    );
}

#[test]
fn a_brace_that_lost_its_partner_stays_with_a_warning() {
    reads(
        "DELETE /v1/{project_id/jobs/{job_id}",
        &["DELETE /v1/{project_id/jobs/{job_id}"],
        &["P037"],
    );
}

#[test]
fn what_is_meant_as_a_call_and_is_none_is_kept_as_text() {
    for (text, code) in [
        ("UPDATE /v1/x", "P031"),
        ("UPDATE\n\n/v1/x", "P031"),
        ("UPDATE /v1/x?a={a} (old)", "P031"),
        ("GET /v1/y\n\nUPDATE /v1/x", "P031"),
    ] {
        let (found, findings) = in_cell(text, calls);
        assert_eq!(found.unread, ["UPDATE /v1/x"], "{text}");
        assert_eq!(findings[0].0.as_str(), code, "{text}");
    }
    let unread = |text| in_cell(text, calls).0.unread;
    assert_eq!(unread("GET"), ["GET"]);
    assert!(unread("GET /v1/x").is_empty());
    assert!(unread("For Console only").is_empty());
}

#[test]
fn a_call_that_a_cell_repeats_is_kept_apart() {
    let found = in_cell("GET /v1/x\n\nGET /v1/y\n\nGET /v1/x", calls).0;
    assert_eq!((found.endpoints.len(), found.repeated.len()), (2, 1));
    assert_eq!(found.repeated[0].to_string(), "GET /v1/x");
}

#[test]
fn a_text_that_is_one_call_reads_as_its_cell_would() {
    let text = "POST /v1{id}/action?a={a} (action=\"os-extend\")";
    let route = call(text).unwrap();
    assert_eq!(route.to_string(), "POST /v1{id}/action (os-extend)");
    assert_eq!(route.query, ["a"]);
    assert_eq!(call("/api/*").unwrap().method, None);
    for other in [
        "",
        "-",
        "GET",
        "FETCH /v1/x",
        "GET v1",
        "GET /v1/x, PUT /v1/x",
        "GET /v1/x and more",
    ] {
        assert_eq!(call(other), None, "{other}");
    }
}
