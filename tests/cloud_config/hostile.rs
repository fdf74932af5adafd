//! Files that are damaged, or made to do harm.

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use permspec_runtime::cloud::{CloudConfig, ConfigError, ConfigErrorKind, Sources};
use proptest::prelude::*;

/// A file with all parts of YAML that such files use. Every secret has the word.
const FILE: &str = "\
# Settings of two clouds.
defaults: &defaults
  auth_type: password
  auth: {auth_url: 'https://iam.{region_name}.example.com/v3', username: \"deployer\"}
clouds:
  otc:
    <<: *defaults
    regions: [eu-de, {name: eu-nl, values: {auth: {project_id: abc}}}]
    auth:
      auth_url: https://iam.{region_name}.example.com/v3
      username: deployer
      user_domain_name: OTC
      password: 'hush''hush'
      project_name: |
        eu-de
    secret_key: >-
      hush
      hush
    verify: no
    api_timeout: 30
  other: {auth: {token: hush}}
";

fn read(bytes: &[u8]) -> Result<CloudConfig, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clouds.yaml"), bytes).unwrap();
    let sources = Sources::new().variable("OS_CLOUD", "otc");
    sources.directory(folder.path()).read()
}

/// Reads the bytes, and says that no secret is shown.
fn shown(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = match read(bytes) {
        Ok(config) => format!("{:?}", config.credentials),
        Err(error) => format!("{error} {error:?}"),
    };
    prop_assert!(!text.contains("hush"), "{}", text);
    Ok(())
}

#[test]
fn every_beginning_of_a_file_is_read_or_refused_without_a_secret() {
    for end in 0..FILE.len() {
        shown(&FILE.as_bytes()[..end]).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn text_of_the_signs_of_yaml_is_read_or_refused(text in "[a-z&*!%@`#:,\\[\\]{}<>|?'\"\\-~ \n\t0-9]{0,80}") {
        let _ = read(text.as_bytes());
        shown(format!("clouds:\n  otc:\n    auth:\n      password: {text}\n      x: hush\n").as_bytes())?;
    }

    #[test]
    fn a_damaged_file_is_read_or_refused_without_a_secret(
        at in 0..FILE.len(),
        length in 0..4usize,
        insert in "[&*!%@`#:,\\[\\]{}<>|?'\"\\-~ \n\t]{0,3}",
    ) {
        let mut bytes = FILE.as_bytes().to_vec();
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, insert.bytes());
        shown(&bytes)?;
    }
}

/// The error of a file that is refused within a second.
fn refused(text: &str) -> ConfigError {
    let began = Instant::now();
    let error = read(text.as_bytes()).unwrap_err();
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    error
}

#[test]
fn aliases_of_aliases_do_not_grow_without_limit() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        let items = [alias.as_str(); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{items}]").unwrap();
    }
    let error = refused(&text);
    assert_eq!(error.kind(), ConfigErrorKind::Syntax);
    assert!(error.to_string().contains("more values"), "{error}");
    // The first line has eleven values, and each line has ten times as many.
    assert_eq!(error.position().unwrap().0, 5);
}

#[test]
fn a_long_text_and_many_aliases_of_it_are_refused() {
    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a,".repeat(1000)
    );
    assert!(refused(&text).to_string().contains("more values"));
}

#[test]
fn merge_keys_of_merge_keys_do_not_grow_without_limit() {
    let mut text = String::from("a0: &a0 {k: v}\n");
    for level in 1..5000 {
        writeln!(
            text,
            "a{level}: &a{level} {{<<: *a{}, k{level}: v}}",
            level - 1
        )
        .unwrap();
    }
    assert!(refused(&text).to_string().contains("more values"));
}

#[test]
fn lists_in_lists_are_refused_at_a_depth_that_no_stack_notices() {
    for text in [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "{a: ".repeat(50_000),
    ] {
        assert_eq!(refused(&text).kind(), ConfigErrorKind::Syntax);
    }
    let mut chain = String::from("a0: &a0 [x]\n");
    for level in 1..2000 {
        writeln!(chain, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert_eq!(refused(&chain).kind(), ConfigErrorKind::Syntax);
}

#[test]
fn many_keys_take_no_time() {
    let mut keys = String::new();
    for key in 0..200_000 {
        writeln!(keys, "{key}:").unwrap();
    }
    assert!(
        refused(&keys[..1_000_000])
            .to_string()
            .contains("more values")
    );
}

#[test]
fn a_value_that_contains_itself_is_refused() {
    let error = refused("clouds: &a\n  otc: *a\n");
    assert!(error.to_string().contains("part of the value"), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let error = refused(&"# comment\n".repeat(200_000));
    assert_eq!(error.kind(), ConfigErrorKind::Unreadable);
}

#[test]
fn a_file_of_another_encoding_is_refused_with_its_place() {
    let error = read(b"clouds:\n  otc: \xff\xfe\n").unwrap_err();
    assert_eq!(error.kind(), ConfigErrorKind::Unreadable);
    assert_eq!(error.position(), Some((2, 8)));
}
