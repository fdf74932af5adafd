//! The directories in which files of settings are looked for, on each platform.
//!
//! Source: `CONFIG_SEARCH_PATH` in openstack/config/loader.py, and the package `platformdirs` that it uses.

use alloc::string::String;
use alloc::vec::Vec;
use std::path::{Path, PathBuf};

/// What decides where files of settings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Platform {
    Unix,
    Mac,
    Windows,
}

/// Directories of the process and of the user. Variables come from `variable`, and empty ones do not count.
pub(super) struct Surroundings<'s> {
    pub(super) current: Option<PathBuf>,
    pub(super) home: Option<PathBuf>,
    pub(super) variable: &'s dyn Fn(&str) -> Option<String>,
}

impl Platform {
    /// The platform of this process.
    pub(super) fn here() -> Platform {
        if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_vendor = "apple") {
            Platform::Mac
        } else {
            Platform::Unix
        }
    }

    /// The directories in order: the current one, those of the user, those of the machine.
    pub(super) fn directories(self, around: &Surroundings<'_>) -> Vec<PathBuf> {
        let mut directories: Vec<PathBuf> = around.current.iter().cloned().collect();
        directories.extend(self.of_user(around));
        // In a snap, the variable `HOME` names a directory of the snap.
        let real = (around.variable)("SNAP_REAL_HOME").map(PathBuf::from);
        let home = real.or_else(|| around.home.clone());
        directories.extend(home.map(|home| home.join(".config").join("openstack")));
        directories.extend(self.of_machine(around));
        directories.push(PathBuf::from("/etc/openstack"));
        let mut unique: Vec<PathBuf> = Vec::new();
        for directory in directories {
            if !unique.contains(&directory) {
                unique.push(directory);
            }
        }
        unique
    }

    fn of_user(self, around: &Surroundings<'_>) -> Option<PathBuf> {
        let home = around.home.as_deref();
        if self == Platform::Windows {
            let local = (around.variable)("LOCALAPPDATA").map(PathBuf::from);
            let local = local.or_else(|| Some(home?.join("AppData").join("Local")));
            return Some(local?.join("OpenStack").join("openstack"));
        }
        let configured = (around.variable)("XDG_CONFIG_HOME").map(PathBuf::from);
        let configured = configured.filter(|path| path.is_absolute());
        let usual: &Path = match self {
            Platform::Mac => "Library/Application Support".as_ref(),
            _ => ".config".as_ref(),
        };
        Some(
            configured
                .or_else(|| Some(home?.join(usual)))?
                .join("openstack"),
        )
    }

    /// openstacksdk joins several directories of `XDG_CONFIG_DIRS` to one path, which does not exist. Here, each
    /// of them counts.
    fn of_machine(self, around: &Surroundings<'_>) -> Vec<PathBuf> {
        if self == Platform::Windows {
            let data = (around.variable)("PROGRAMDATA").map(PathBuf::from);
            let data = data.map(|data| data.join("OpenStack").join("openstack"));
            return data.into_iter().collect();
        }
        let configured = (around.variable)("XDG_CONFIG_DIRS").unwrap_or_default();
        let configured = configured.split(':').map(PathBuf::from);
        let mut roots: Vec<PathBuf> = configured.filter(|path| path.is_absolute()).collect();
        if roots.is_empty() {
            roots.push(PathBuf::from(match self {
                Platform::Mac => "/Library/Application Support",
                _ => "/etc/xdg",
            }));
        }
        roots
            .into_iter()
            .map(|root| root.join("openstack"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directories(platform: Platform, variables: &[(&str, &str)]) -> Vec<String> {
        let around = Surroundings {
            current: Some("/work".into()),
            home: Some("/home/me".into()),
            variable: &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| String::from(*value))
            },
        };
        let found = platform.directories(&around);
        found
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    use alloc::string::ToString;

    #[test]
    fn the_current_directory_comes_before_the_user_and_the_user_before_the_machine() {
        assert_eq!(
            directories(Platform::Unix, &[]),
            [
                "/work",
                "/home/me/.config/openstack",
                "/etc/xdg/openstack",
                "/etc/openstack"
            ]
        );
        assert_eq!(
            directories(Platform::Mac, &[]),
            [
                "/work",
                "/home/me/Library/Application Support/openstack",
                "/home/me/.config/openstack",
                "/Library/Application Support/openstack",
                "/etc/openstack",
            ]
        );
    }

    #[test]
    fn the_base_directories_of_the_desktop_can_be_moved() {
        let moved = [
            ("XDG_CONFIG_HOME", "/conf"),
            ("XDG_CONFIG_DIRS", "/a:/b:relative"),
        ];
        assert_eq!(
            directories(Platform::Unix, &moved),
            [
                "/work",
                "/conf/openstack",
                "/home/me/.config/openstack",
                "/a/openstack",
                "/b/openstack",
                "/etc/openstack",
            ]
        );
        let relative = directories(Platform::Unix, &[("XDG_CONFIG_HOME", "conf")]);
        assert_eq!(relative[1], "/home/me/.config/openstack");
    }

    #[test]
    fn in_a_snap_the_directory_of_the_user_is_the_real_one() {
        let found = directories(Platform::Unix, &[("SNAP_REAL_HOME", "/home/real")]);
        assert_eq!(found[2], "/home/real/.config/openstack");
    }

    #[cfg(unix)]
    #[test]
    fn on_windows_the_application_directories_count() {
        let variables = [("LOCALAPPDATA", "/local"), ("PROGRAMDATA", "/data")];
        let found = directories(Platform::Windows, &variables);
        assert_eq!(found[1], "/local/OpenStack/openstack");
        assert_eq!(found[3], "/data/OpenStack/openstack");
    }
}
