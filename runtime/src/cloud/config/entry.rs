//! All settings of the chosen cloud, and which of several keys counts.
//! This module must never show a value.
//!
//! Source: `magic_fixes` and `_validate_auth` in openstack/config/loader.py.

use alloc::format;
use alloc::string::String;

use super::error::{ConfigError, ConfigErrorKind};
use super::place::Place;
use super::tree::{Map, Node, Value};

/// All settings of the chosen cloud: its own, those of its profile and those of its region.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) map: Map,
    /// Where a file describes the cloud.
    pub(super) place: Option<Place>,
    /// What helps if a setting is missing.
    pub(super) hint: Option<String>,
}

/// A value that is written.
#[derive(Clone, Copy)]
pub(super) struct Setting<'e> {
    pub(super) text: &'e str,
    pub(super) place: &'e Place,
}

impl Entry {
    /// The value of a key next to `auth`.
    pub(super) fn flat(&self, key: &str) -> Result<Option<Setting<'_>>, ConfigError> {
        setting(&self.map, key)
    }

    /// The value of a key in `auth`.
    fn in_auth(&self, key: &str) -> Result<Option<Setting<'_>>, ConfigError> {
        let Some(node) = self.map.get("auth") else {
            return Ok(None);
        };
        match &node.value {
            Value::Map(auth) => setting(auth, key),
            Value::Nothing => Ok(None),
            _ => {
                let message = "`auth` is not a map of keys and values";
                Err(ConfigError::new(ConfigErrorKind::Invalid, message).at(&node.place))
            }
        }
    }

    /// The first of `keys` that is written in `auth`, or else next to it: user names, passwords and addresses.
    pub(super) fn auth_first(&self, keys: &[&str]) -> Result<Option<Setting<'_>>, ConfigError> {
        for key in keys {
            if let Some(found) = self.in_auth(key)? {
                return Ok(Some(found));
            }
        }
        for key in keys {
            if let Some(found) = self.flat(key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The first of `keys` that is written at all. Next to `auth` counts before in it: domains, projects and tokens.
    pub(super) fn flat_first(&self, keys: &[&str]) -> Result<Option<Setting<'_>>, ConfigError> {
        for key in keys {
            if let Some(found) = self.flat(key)? {
                return Ok(Some(found));
            }
            if let Some(found) = self.in_auth(key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The error that nothing says `what`, which `keys` would.
    pub(super) fn missing(&self, what: &str, keys: &str) -> ConfigError {
        let message = format!("{what} is missing ({keys})");
        let error = ConfigError::new(ConfigErrorKind::Missing, message);
        let error = match &self.place {
            Some(place) => error.at(place),
            None => error,
        };
        match &self.hint {
            Some(hint) => error.help(hint.clone()),
            None => error.help("a value `null` or `~` is none; write it in quotes if it is a text"),
        }
    }
}

fn setting<'e>(map: &'e Map, key: &str) -> Result<Option<Setting<'e>>, ConfigError> {
    let Some(node) = map.get(key) else {
        return Ok(None);
    };
    match &node.value {
        Value::Nothing => Ok(None),
        Value::Text(text) if text.is_empty() => Ok(None),
        Value::Text(text) => Ok(Some(Setting {
            text,
            place: &node.place,
        })),
        Value::List(_) | Value::Map(_) => Err(not_a_text(key, node)),
    }
}

fn not_a_text(key: &str, node: &Node) -> ConfigError {
    let message = format!("`{key}` has several values instead of one");
    ConfigError::new(ConfigErrorKind::Invalid, message)
        .at(&node.place)
        .help("write a value that begins with `[` or `{` in quotes")
}

impl Setting<'_> {
    /// The error that the value is not what its key can have. The value itself is not shown.
    pub(super) fn wrong(&self, message: impl Into<String>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Invalid, message).at(self.place)
    }

    pub(super) fn unsupported(&self, message: impl Into<String>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Unsupported, message).at(self.place)
    }

    /// Yes or no, in all spellings of YAML 1.1 and of Terraform.
    pub(super) fn boolean(&self, key: &str) -> Result<bool, ConfigError> {
        match self.text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "t" | "1" => Ok(true),
            "false" | "no" | "off" | "n" | "f" | "0" => Ok(false),
            _ => Err(self.wrong(format!("`{key}` is neither `true` nor `false`"))),
        }
    }
}
