//! What files and variables mean: about 100 cases with the settings that they give, read by this project and by openstacksdk.
//! Expected settings are typed in. They must never come from this project's code.

mod case;
mod flat;
mod hostile;
mod own;

use std::process::Command;

use case::{Case, Settings};
use permspec_runtime::cloud::{CloudConfig, ConfigError};
use permspec_tests::{root, skipped};
use serde_json::Value;

/// The variable that names the Python that has openstacksdk. `.ci/openstack` sets it.
const PYTHON: &str = "PERMSPEC_OPENSTACK_PYTHON";

fn cases() -> Vec<Case> {
    Case::all(&root().join("tests/cloud_config/cases"))
}

fn read(case: &Case, folder: &std::path::Path) -> Result<CloudConfig, ConfigError> {
    let sources = case.sources(folder);
    match case.named() {
        Some(name) => sources.read_cloud(name),
        None => sources.read(),
    }
}

#[test]
fn every_case_means_the_settings_that_it_expects() {
    let cases = cases();
    assert!(cases.len() >= 95, "{}", cases.len());
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let folder = folder.path().join(&case.name);
        case.write(&folder);
        let expected = case.expected(&folder);
        let found = read(case, &folder);
        let verdict = match &found {
            Ok(config) => flat::difference(config, &expected),
            Err(error) => flat::error_difference(error, &expected),
        };
        if let Some(difference) = verdict {
            wrong.push(format!("{}: {difference}", case.name));
        }
        // Secrets of the cases have this word.
        let shown = match &found {
            Ok(config) => format!("{config:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("hush"), "{}: {shown}", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn openstacksdk_reads_the_same_settings_except_where_a_case_says_why_not() {
    let Some(python) = std::env::var_os(PYTHON).filter(|path| !path.is_empty()) else {
        let why = format!("{PYTHON} names no Python with openstacksdk; `.ci/openstack` sets it");
        skipped("the comparison of settings with openstacksdk", &why);
        return;
    };
    let cases = cases();
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().canonicalize().unwrap();
    for case in &cases {
        case.write(&folder.join(&case.name));
    }
    let script = root().join("tests/cloud_config/read.py");
    let output = Command::new(python)
        .arg(script)
        .arg(&folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let theirs: Settings = read[&case.name]
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect();
        let ours = self::read(case, &folder.join(&case.name));
        for difference in flat::compared(&ours, &theirs, &case.differs()) {
            wrong.push(format!("{}: {difference}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
