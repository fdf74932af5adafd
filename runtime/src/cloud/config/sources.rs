//! Where settings are read from: variables and directories, of this process or of a test.
//! This module must never show the value of a variable.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use std::path::{Path, PathBuf};

use super::directories::{Platform, Surroundings};

/// Where the settings of a cloud are read from: variables, and directories with `clouds.yaml`, `secure.yaml` and
/// `clouds-public.yaml`.
///
/// [`Sources::of_process`] has what the `openstack` command and openstacksdk look at. [`Sources::new`] has nothing,
/// so a test says what there is:
///
/// ```
/// use permspec_runtime::cloud::{ConfigErrorKind, Sources};
///
/// let sources = Sources::new()
///     .variable("OS_AUTH_URL", "https://iam.eu-de.otc.t-systems.com/v3")
///     .variable("OS_USERNAME", "deployer")
///     .variable("OS_USER_DOMAIN_NAME", "OTC-EU-DE-00000000001000012345")
///     .variable("OS_PASSWORD", "s3cret")
///     .variable("OS_PROJECT_NAME", "eu-de_production");
/// let config = sources.read()?;
/// assert_eq!(config.name, "envvars");
///
/// let error = sources.read_cloud("otc").unwrap_err();
/// assert_eq!(error.kind(), ConfigErrorKind::UnknownCloud);
/// # Ok::<(), permspec_runtime::cloud::ConfigError>(())
/// ```
#[derive(Clone, Default)]
pub struct Sources {
    variables: BTreeMap<String, String>,
    /// Variables whose values are not UTF-8.
    unreadable: BTreeSet<String>,
    directories: Vec<PathBuf>,
    home: Option<PathBuf>,
}

impl Sources {
    /// Without variables and directories.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// The variables of this process, its current directory, and the directories of the user and the machine:
    /// `~/.config/openstack`, `/etc/xdg/openstack` and `/etc/openstack` on Linux.
    pub fn of_process() -> Sources {
        let mut sources = Sources::new();
        for (name, value) in std::env::vars_os() {
            let Ok(mut name) = name.into_string() else {
                continue;
            };
            if cfg!(windows) {
                name.make_ascii_uppercase();
            }
            // All other variables are none of its business.
            if !is_setting(&name) {
                continue;
            }
            match value.into_string() {
                Ok(value) => sources.variables.insert(name, value).map_or((), drop),
                Err(_) => drop(sources.unreadable.insert(name)),
            }
        }
        sources.home = std::env::home_dir();
        let around = Surroundings {
            current: std::env::current_dir().ok(),
            home: sources.home.clone(),
            variable: &|name| std::env::var(name).ok().filter(|value| !value.is_empty()),
        };
        sources.directories = Platform::here().directories(&around);
        sources
    }

    /// With the variable `name`.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Sources {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// With `directory`, after those that there are already. In each kind of file, the first that is found counts.
    #[must_use]
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Sources {
        self.directories.push(directory.into());
        self
    }

    /// With the directory that `~` stands for at the beginning of a path, such as that of `cacert`.
    #[must_use]
    pub fn home(mut self, directory: impl Into<PathBuf>) -> Sources {
        self.home = Some(directory.into());
        self
    }

    /// The value of a variable. An empty variable is like none: `export OS_TOKEN=` is how shells unset.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        let variables = self.variables.iter().filter(|(_, value)| !value.is_empty());
        variables.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn unreadable(&self) -> impl Iterator<Item = &str> {
        self.unreadable.iter().map(String::as_str)
    }

    pub(super) fn directories(&self) -> &[PathBuf] {
        &self.directories
    }

    /// The path with the home directory for `~`. `~other` stays, because the home of others is not known.
    pub(super) fn expand(&self, path: &str) -> PathBuf {
        match (&self.home, Path::new(path).strip_prefix("~")) {
            (Some(home), Ok(rest)) => home.join(rest),
            _ => path.into(),
        }
    }
}

/// Whether a variable can have settings of a cloud. `S3_*` has access keys.
fn is_setting(name: &str) -> bool {
    name.starts_with("OS_") || name.starts_with("S3_")
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.variables().map(|(name, _)| name).collect();
        f.debug_struct("Sources")
            .field("variables", &names)
            .field("directories", &self.directories)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_directory_only_at_the_beginning() {
        let sources = Sources::new().home("/home/me");
        for (path, expected) in [
            ("~/ca.pem", "/home/me/ca.pem"),
            ("~", "/home/me"),
            ("~other/ca.pem", "~other/ca.pem"),
            ("/a/~/b", "/a/~/b"),
            ("ca.pem", "ca.pem"),
        ] {
            assert_eq!(sources.expand(path), Path::new(expected), "{path}");
        }
        assert_eq!(Sources::new().expand("~/x"), Path::new("~/x"));
    }

    #[test]
    fn an_empty_variable_is_like_none() {
        let sources = Sources::new().variable("OS_CLOUD", "");
        assert_eq!(sources.get("OS_CLOUD"), None);
        assert_eq!(sources.variables().count(), 0);
    }

    #[test]
    fn a_variable_that_is_not_utf8_is_named() {
        let mut sources = Sources::new().variable("OS_AUTH_URL", "https://iam.example.com/v3");
        sources.unreadable.insert("OS_PASSWORD".into());
        let error = sources.read().unwrap_err();
        assert_eq!(error.variable(), Some("OS_PASSWORD"));
        assert_eq!(error.kind(), crate::cloud::ConfigErrorKind::Unreadable);
    }

    #[test]
    fn only_variables_of_clouds_are_taken_from_the_process() {
        assert!(is_setting("OS_PASSWORD") && is_setting("S3_ACCESS_KEY_ID"));
        assert!(!is_setting("PATH") && !is_setting("AWS_ACCESS_KEY_ID") && !is_setting("MACOS_X"));
    }
}
