use super::super::testing::in_cell;
use super::{actions, requirements};
use crate::diagnostic::Code;
use crate::model::is_action;

/// The actions of a cell with their cases, and the codes of its findings.
fn read(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let (found, findings) = in_cell(text, actions);
    (
        found.iter().map(ToString::to_string).collect(),
        findings.iter().map(|(code, _)| code.as_str()).collect(),
    )
}

fn reads(text: &str, expected: &[&str], codes: &[&str]) {
    let (found, findings) = read(text);
    assert_eq!(found, expected, "{text}");
    assert_eq!(findings, codes, "{text}");
}

#[test]
fn an_action_has_three_parts_of_its_own_alphabet() {
    for action in [
        "ims:images:share",
        "elb:security-policies:get",
        "nat:dnat_rules:list",
        "vpc:*:get*",
    ] {
        assert!(is_action(action), "{action}");
    }
    for other in [
        "ims:images",
        "ims:images:get:all",
        "None",
        "a b:c:d",
        "ims::get",
        "1:2:3",
        "*:*:*",
        "",
    ] {
        assert!(!is_action(other), "{other}");
    }
}

#[test]
fn paragraphs_bullets_and_lines_are_actions_each() {
    let expected = ["ims:images:get", "ims:images:share"];
    reads("ims:images:get\n\nims:images:share", &expected, &[]);
    reads("-  ims:images:get\n-  ims:images:share", &expected, &[]);
    reads("1. ims:images:get\n2. ims:images:share", &expected, &[]);
    reads("| ims:images:get\n| ims:images:share", &expected, &[]);
    reads(
        "ims:images:get\n\nims:images:share\n\nims:images:get",
        &expected,
        &[],
    );
}

#[test]
fn markup_and_quotes_are_no_part_of_an_action() {
    reads("``ims:images:get``", &["ims:images:get"], &[]);
    reads("**ims:images:get**", &["ims:images:get"], &[]);
    reads("cce:kubernetes:\\*", &["cce:kubernetes:*"], &[]);
    reads("kms:``*``:\\*", &["kms:*:*"], &[]);
    reads("vpc:``*``:get\\*", &["vpc:*:get*"], &[]);
    reads("\"``vpc:*:*``\"", &["vpc:*:*"], &[]);
    reads("ims:images:get [1]_", &["ims:images:get"], &[]);
}

#[test]
fn a_list_in_one_paragraph_is_read_with_a_warning() {
    let expected = ["ims:images:get", "ims:images:share"];
    reads("ims:images:get, ims:images:share", &expected, &["P042"]);
    reads("ims:images:get;ims:images:share", &expected, &["P042"]);
    reads("ims:images:get\nims:images:share", &expected, &["P042"]);
    reads("ims:images:get.", &["ims:images:get"], &["P042"]);
}

#[test]
fn a_label_a_remark_and_a_heading_are_the_case() {
    reads(
        "-  EVS disk: evs:volumeTags:list\n-  Backup: evs:backupTags:list",
        &[
            "evs:volumeTags:list (EVS disk)",
            "evs:backupTags:list (Backup)",
        ],
        &[],
    );
    reads(
        "ims:dataImages:create (only for data disks)",
        &["ims:dataImages:create (only for data disks)"],
        &[],
    );
    for heading in [
        "-  Using a new EIP\n\n   vpc:publicIps:create",
        "-  Using a new EIP\n\n   -  vpc:publicIps:create",
        "Using a new EIP:\n\nvpc:publicIps:create",
        "Using a new EIP:\n\n-  vpc:publicIps:create",
        "Using a new EIP:\n   vpc:publicIps:create",
    ] {
        reads(heading, &["vpc:publicIps:create (Using a new EIP)"], &[]);
    }
}

#[test]
fn a_heading_ends_with_its_item_or_with_the_next_heading() {
    reads(
        "-  New\n\n   vpc:publicIps:create\n\n-  vpc:publicIps:get",
        &["vpc:publicIps:create (New)", "vpc:publicIps:get"],
        &[],
    );
    reads(
        "Start:\n\ndms:instance:start\n\nStop:\n\ndms:instance:stop",
        &["dms:instance:start (Start)", "dms:instance:stop (Stop)"],
        &[],
    );
}

#[test]
fn what_every_alternative_needs_is_needed_in_any_case() {
    reads(
        "-  New\n\n   ecs:servers:get\n\n   vpc:publicIps:create\n\n-  Old\n\n   ecs:servers:get",
        &["ecs:servers:get", "vpc:publicIps:create (New)"],
        &[],
    );
}

#[test]
fn a_sentence_on_what_is_required_is_a_remark_and_no_case() {
    reads(
        "Changing a group requires the following permissions:\n\n-  vpc:ports:get",
        &["vpc:ports:get"],
        &["P070"],
    );
    reads(
        "-  A file system requires permissions on networks.\n\n   -  vpc:ports:get",
        &["vpc:ports:get"],
        &["P070"],
    );
    reads(
        "kms:keys:get\n\n(The role KMS Administrator is enough.)",
        &["kms:keys:get"],
        &["P070"],
    );
}

#[test]
fn nothing_required_is_an_empty_list_and_its_text_a_note() {
    reads("``-``", &[], &[]);
    for text in [
        "None",
        "N/A",
        "No authorization required",
        "Included in a role.",
    ] {
        reads(text, &[], &["P070"]);
    }
    reads("", &[], &["P022"]);
    let (found, findings) = in_cell("None", requirements);
    assert!(found.is_empty() && findings.is_empty());
}

#[test]
fn what_is_no_action_is_left_out_with_a_warning() {
    reads("ims:images", &[], &["P040"]);
    reads("ims:images: get", &[], &["P040"]);
    reads("sharing", &[], &["P040"]);
    reads(
        "ims:images:get\n\nims:images:get:all",
        &["ims:images:get"],
        &["P040"],
    );
}

#[test]
fn a_service_in_capitals_is_kept_with_a_warning() {
    let (found, findings) = in_cell("CCI:namespace:create", actions);
    assert_eq!(found[0].action, "CCI:namespace:create");
    assert_eq!(findings[0].0, Code::ServiceCase);
    reads("cci:network:Create", &["cci:network:Create"], &[]);
}
