//! Where a setting is written.

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use std::path::Path;

/// Where a setting is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file. Lines and columns (in characters) start at 1.
    File {
        path: Arc<Path>,
        line: usize,
        column: usize,
    },
    /// A variable of the environment.
    Variable(String),
    /// A vendor profile that is part of this crate.
    Profile(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { path, line, column } => {
                write!(f, "{}:{line}:{column}", path.display())
            }
            Place::Variable(name) => write!(f, "variable `{name}`"),
            Place::Profile(name) => write!(f, "profile `{name}`"),
        }
    }
}
