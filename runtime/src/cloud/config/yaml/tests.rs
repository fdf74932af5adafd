//! What the reader makes of texts, and what it refuses.

use super::*;

/// The tree as a text: maps in `{}`, lists in `[]`, `-` for nothing.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "-".into(),
        Value::Text(text) => String::clone(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            alloc::format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let pairs: Vec<String> = map
                .iter()
                .map(|(key, node)| alloc::format!("{key}: {}", shown(node)))
                .collect();
            alloc::format!("{{{}}}", pairs.join(", "))
        }
    }
}

fn tree(text: &str) -> Result<Node, ConfigError> {
    read(text, &Arc::from(Path::new("clouds.yaml")))
}

#[track_caller]
fn is(text: &str, expected: &str) {
    assert_eq!(shown(&tree(text).unwrap()), expected, "{text}");
}

#[track_caller]
fn refused(text: &str, place: (usize, usize), part: &str) {
    let error = tree(text).unwrap_err();
    assert_eq!(error.position(), Some(place), "{error}");
    assert!(alloc::format!("{error}").contains(part), "{error}");
    assert!(!alloc::format!("{error:?}").contains("hush"), "{error:?}");
}

#[test]
fn scalars_stay_as_they_are_written() {
    is(
        "[0123, 1e3, 1_000, 12:30, 0x1F, yes, off, True, .inf, 2026-01-01, =]",
        "[0123, 1e3, 1_000, 12:30, 0x1F, yes, off, True, .inf, 2026-01-01, =]",
    );
    is("!!int 007", "007");
}

#[test]
fn nothing_null_and_a_tilde_are_no_value_unless_they_are_texts() {
    is("{a: , b: null, c: ~, d: NULL}", "{a: -, b: -, c: -, d: -}");
    is(
        "['', \"null\", '~', !!str null, nUll]",
        "[, null, ~, null, nUll]",
    );
    is("", "-");
    is("# only a comment\n", "-");
}

#[test]
fn the_first_of_several_merged_maps_counts_and_own_keys_count_before_all() {
    let maps = "a: &a {one: a, two: a}\nb: &b {one: b, two: b, three: b}\n";
    is(
        &alloc::format!("{maps}c: {{two: own, <<: [*a, *b]}}"),
        "{a: {one: a, two: a}, b: {one: b, two: b, three: b}, c: {one: a, two: own, three: b}}",
    );
    is("<<: {k: {x: y}}\nl: m", "{k: {x: y}, l: m}");
    // In quotes, it is a key like all others.
    is("'<<': x", "{<<: x}");
    refused("a: b\n<<: text", (2, 5), "not a map and not a list of maps");
    refused("<<: [{a: b}, text]", (1, 5), "not a map");
}

#[test]
fn a_key_that_is_written_again_keeps_its_position_and_takes_the_last_value() {
    is("{a: 1, b: 2, a: 3}", "{a: 3, b: 2}");
}

#[test]
fn keys_are_texts() {
    is(
        "{1: a, null: b, ~: c, yes: d}",
        "{1: a, null: b, ~: c, yes: d}",
    );
    refused("? [a]\n: b", (1, 3), "a key is not a text");
    refused("{{a: b}: c}", (1, 2), "a key is not a text");
}

#[test]
fn what_is_not_yaml_is_refused_with_its_place_and_without_its_text() {
    refused("a: b\npassword: *hush", (2, 11), "begins with `*`");
    refused(
        "password: @hush",
        (1, 11),
        "cannot begin with this character",
    );
    refused(
        "password: %hush",
        (1, 11),
        "cannot begin with this character",
    );
    refused("password: hush: hush", (1, 15), "second `: `");
    refused("password: \"hush", (1, 11), "not closed");
    refused("password: \"hush\\q\"", (1, 11), "does not begin an escape");
    refused("password: !hush x", (1, 17), "a tag");
    refused("password: !!binary aHVzaA==", (1, 20), "a tag");
    refused("a:\n\tb: hush", (2, 2), "not YAML");
    refused("a: b\n---\nc: hush", (3, 1), "second YAML document");
    refused("[a, hush", (1, 1), "not YAML");
}

#[test]
fn columns_count_characters() {
    refused("ä😀: *hush", (1, 5), "begins with `*`");
}

#[test]
fn the_mark_of_byte_order_and_line_ends_of_windows_are_read() {
    is("\u{feff}a: b\r\nc: |\r\n  d\r\n", "{a: b, c: d\n}");
}
