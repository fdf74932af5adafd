//! What is this project's own, or cannot be in a file of cases.

use std::fs;

use permspec_runtime::cloud::{ConfigErrorKind, Sources};

const CLOUDS: &str = "\
clouds:
  production: {auth: {auth_url: 'https://iam.example.com/v3'}}
  staging: {auth: {auth_url: 'https://iam.example.com/v3'}}
";

#[test]
fn the_names_of_all_clouds_are_in_the_order_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clouds.yaml"), CLOUDS).unwrap();
    fs::write(
        folder.path().join("secure.yaml"),
        "clouds: {laboratory: {}}",
    )
    .unwrap();
    let sources = Sources::new().directory(folder.path());
    assert_eq!(
        sources.clouds().unwrap(),
        ["production", "staging", "laboratory"]
    );
    let sources = sources.variable("OS_AUTH_URL", "https://iam.example.com/v3");
    assert_eq!(sources.clouds().unwrap().last().unwrap(), "envvars");
}

#[test]
fn an_unknown_cloud_says_which_files_were_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources::new().directory(folder.path());
    let error = sources.read_cloud("otc").unwrap_err();
    assert_eq!(error.kind(), ConfigErrorKind::NotFound);
    let files = ["clouds.yaml", "clouds.yml", "clouds.json"].map(|file| folder.path().join(file));
    assert_eq!(error.searched(), files);
    for file in files {
        assert!(
            error.to_string().contains(&file.display().to_string()),
            "{error}"
        );
    }
}

#[test]
fn an_error_has_the_file_the_line_and_the_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clouds.yaml");
    fs::write(&path, "clouds:\n  otc:\n    auth_type: v3oidcpassword\n").unwrap();
    let error = Sources::new().directory(folder.path()).read().unwrap_err();
    assert_eq!(error.kind(), ConfigErrorKind::Unsupported);
    assert_eq!(error.file(), Some(path.as_path()));
    assert_eq!(error.position(), Some((3, 16)));
    assert!(
        error
            .to_string()
            .starts_with(&format!("{}:3:16: ", path.display())),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn a_secure_file_that_everyone_may_read_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clouds.yaml"), CLOUDS).unwrap();
    let secure = folder.path().join("secure.yaml");
    fs::write(&secure, "clouds: {staging: {auth: {token: hush}}}").unwrap();
    fs::set_permissions(&secure, fs::Permissions::from_mode(0o644)).unwrap();
    let config = Sources::new()
        .directory(folder.path())
        .read_cloud("staging")
        .unwrap();
    assert!(config.credentials.is_some());
}

#[test]
fn a_directory_with_the_name_of_a_file_is_passed_over_and_named_in_the_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("clouds.yaml")).unwrap();
    let sources = Sources::new().directory(folder.path());
    let error = sources.read().unwrap_err();
    assert!(error.to_string().contains("could not open"), "{error}");
    fs::write(folder.path().join("clouds.yml"), CLOUDS).unwrap();
    assert_eq!(sources.read_cloud("staging").unwrap().name, "staging");
}

#[test]
fn sources_show_the_names_of_variables_and_no_values() {
    let shown = format!("{:?}", Sources::new().variable("OS_PASSWORD", "hush"));
    assert!(
        shown.contains("OS_PASSWORD") && !shown.contains("hush"),
        "{shown}"
    );
}
