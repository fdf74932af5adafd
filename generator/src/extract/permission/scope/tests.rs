use super::super::testing::in_cell;
use super::{both, value};
use crate::diagnostic::Code;

fn one(text: &str) -> (Option<bool>, Vec<Code>) {
    let (value, findings) = in_cell(text, value);
    (value, findings.into_iter().map(|(code, _)| code).collect())
}

fn two(text: &str) -> ((Option<bool>, Option<bool>), Vec<Code>) {
    let (value, findings) = in_cell(text, both);
    (value, findings.into_iter().map(|(code, _)| code).collect())
}

#[test]
fn yes_and_no_are_read_in_every_spelling() {
    for text in ["Y", "y", "Yes", "Supported", "√", "✓", "Y [1]_", "Y\n\nY"] {
        assert_eq!(one(text), (Some(true), vec![]), "{text}");
    }
    for text in [
        "x",
        "X",
        "No",
        "N",
        "Not supported",
        "Not supported.",
        "×",
        "✗",
    ] {
        assert_eq!(one(text), (Some(false), vec![]), "{text}");
    }
}

#[test]
fn what_is_not_stated_is_not_a_no() {
    for text in ["``-``", "-", "N/A", "None"] {
        assert_eq!(one(text), (None, vec![]), "{text}");
    }
    assert_eq!(one(""), (None, vec![Code::EmptyCell]));
    assert_eq!(one("Maybe"), (None, vec![Code::UnknownScope]));
    assert_eq!(one("Y\n\nx"), (None, vec![Code::MixedScope]));
}

#[test]
fn a_sentence_says_which_projects_are_supported() {
    for (text, expected) in [
        (
            "Both projects and enterprise projects are supported.",
            (Some(true), Some(true)),
        ),
        ("Projects are supported.", (Some(true), Some(false))),
        (
            "Only enterprise projects are supported",
            (Some(false), Some(true)),
        ),
        (
            "Enterprise projects are not supported.",
            (None, Some(false)),
        ),
        (
            "Supported:\n\n-  IAM projects\n-  Enterprise projects",
            (Some(true), Some(true)),
        ),
        ("Supported:\n\n-  IAM projects", (Some(true), Some(false))),
        (
            "Supported:\n\n-  IAM projects\n\nNot supported:\n\n-  Enterprise projects",
            (Some(true), Some(false)),
        ),
        ("``-``", (None, None)),
    ] {
        assert_eq!(two(text), (expected, vec![]), "{text}");
    }
}

#[test]
fn what_is_no_sentence_on_projects_is_not_understood() {
    assert_eq!(two("Y"), ((None, None), vec![Code::UnknownScope]));
    assert_eq!(two(""), ((None, None), vec![Code::EmptyCell]));
    assert_eq!(
        two("Projects are supported.\n\nProjects are not supported."),
        ((None, None), vec![Code::MixedScope])
    );
}
