//! Why the settings of a cloud could not be read.
//! This module must never show a value of a file or of a variable, because it may be a secret.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use std::path::{Path, PathBuf};

use super::place::Place;

/// The reason why the settings of a cloud could not be read.
///
/// The message says what is wrong, where it is written (`FILE:LINE:COLUMN` or the name of a variable), and what
/// helps. It never repeats a value of `clouds.yaml` or of a variable, so it can be shown and logged.
///
/// ```
/// use permspec_runtime::cloud::{ConfigErrorKind, Sources};
///
/// let error = Sources::new().variable("OS_CLOUD", "otc").read().unwrap_err();
/// assert_eq!(error.kind(), ConfigErrorKind::NotFound);
/// assert!(error.to_string().contains("cloud `otc`"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    kind: ConfigErrorKind,
    message: String,
    help: String,
    place: Option<Place>,
    tried: Vec<PathBuf>,
}

/// What is wrong with the settings of a cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfigErrorKind {
    /// No file and no variable describes a cloud.
    NotFound,
    /// Several clouds are described, and none of them is chosen.
    Ambiguous,
    /// The chosen cloud is not among those that are described.
    UnknownCloud,
    /// The chosen region is not among those of the cloud.
    UnknownRegion,
    /// A file is too large, or a file or a variable is not UTF-8.
    Unreadable,
    /// A file is not YAML.
    Syntax,
    /// A value is not one that its key can have.
    Invalid,
    /// A setting is missing that others need.
    Missing,
    /// A setting asks for something that is not supported.
    Unsupported,
}

impl ConfigError {
    pub(in crate::cloud) fn new(kind: ConfigErrorKind, message: impl Into<String>) -> ConfigError {
        ConfigError(Box::new(Parts {
            kind,
            message: message.into(),
            help: String::new(),
            place: None,
            tried: Vec::new(),
        }))
    }

    pub(super) fn at(mut self, place: &Place) -> ConfigError {
        self.0.place = Some(place.clone());
        self
    }

    pub(in crate::cloud) fn help(mut self, help: impl Into<String>) -> ConfigError {
        self.0.help = help.into();
        self
    }

    pub(super) fn tried(mut self, files: Vec<PathBuf>) -> ConfigError {
        self.0.tried = files;
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> ConfigErrorKind {
        self.0.kind
    }

    /// The file in which it is written, if it is in a file.
    pub fn file(&self) -> Option<&Path> {
        match &self.0.place {
            Some(Place::File { path, .. }) => Some(path),
            _ => None,
        }
    }

    /// The line and the column in [`file`][Self::file]. Both start at 1, and columns count characters.
    pub fn position(&self) -> Option<(usize, usize)> {
        match self.0.place {
            Some(Place::File { line, column, .. }) => Some((line, column)),
            _ => None,
        }
    }

    /// The variable in which it is written, if it is in the environment.
    pub fn variable(&self) -> Option<&str> {
        match &self.0.place {
            Some(Place::Variable(name)) => Some(name),
            _ => None,
        }
    }

    /// The files that were looked for, in order, if none of them has the cloud.
    pub fn searched(&self) -> &[PathBuf] {
        &self.0.tried
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.0.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.0.message)?;
        if !self.0.help.is_empty() {
            write!(f, "; {}", self.0.help)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigError")
            .field("kind", &self.0.kind)
            .field("message", &format_args!("{self}"))
            .finish_non_exhaustive()
    }
}

impl core::error::Error for ConfigError {}
