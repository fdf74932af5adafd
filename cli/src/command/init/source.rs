//! The source from which a new project takes permspec: a git repository or a checkout.
//! No registry has permspec. This module must never write a dependency without a source, because it would be
//! whatever somebody registers under that name.

use std::path::{Path, PathBuf};

use permspec::{Code, Diagnostic, Error, Location};
use toml_edit::{Table, value};

use super::{shell_word, shown};

/// The folders that a checkout must have, because the project uses them.
const FOLDERS: [&str; 3] = ["cli", "generator", "runtime"];

/// The source of permspec.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// A git repository, and possibly a revision of it.
    Git {
        address: String,
        revision: Option<String>,
    },
    /// A checkout. Its path is relative if it is below the project's folder.
    Checkout(PathBuf),
}

impl Source {
    /// The source that `named` names, or else the checkout that this command was built from.
    pub fn of(named: Option<&str>, folder: &Path) -> Result<Self, Error> {
        match named {
            Some(address) if address.contains("://") => Ok(match address.split_once('#') {
                Some((address, revision)) => Source::Git {
                    address: address.to_owned(),
                    revision: Some(revision.to_owned()),
                },
                None => Source::Git {
                    address: address.to_owned(),
                    revision: None,
                },
            }),
            Some(path) => Source::checkout(&folder.join(path), folder)
                .ok_or_else(|| fault(path, "is not a checkout of permspec")),
            None => {
                let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
                let none = "the checkout that this command was built from no longer exists";
                Source::checkout(&own, folder).ok_or_else(|| fault("permspec", none))
            }
        }
    }

    fn checkout(path: &Path, folder: &Path) -> Option<Self> {
        let is_package = |name: &&str| path.join(name).join("Cargo.toml").is_file();
        if !FOLDERS.iter().all(is_package) {
            return None;
        }
        let path = path.canonicalize().ok()?;
        let project = folder.canonicalize().ok();
        let below = project.and_then(|folder| path.strip_prefix(folder).map(Path::to_owned).ok());
        Some(Source::Checkout(below.unwrap_or(path)))
    }

    /// The table of a dependency in a manifest.
    pub fn dependency(&self, package: &str) -> Table {
        let mut table = Table::new();
        match self {
            Source::Git { address, revision } => {
                table.insert("git", value(address));
                if let Some(revision) = revision {
                    table.insert("rev", value(revision));
                }
            }
            Source::Checkout(path) => {
                let folder = if package == "permspec" {
                    "generator"
                } else {
                    "runtime"
                };
                table.insert("path", value(shown(&path.join(folder))));
            }
        }
        table
    }

    /// The command that installs `permspec`, without the commands that call a cloud: a check does not need them.
    pub fn install(&self) -> String {
        match self {
            Source::Git { address, revision } => {
                let option = match revision {
                    Some(revision) => format!(" --rev {}", shell_word(revision)),
                    None => String::new(),
                };
                format!(
                    "cargo install --git {}{option} --locked --no-default-features permspec-cli",
                    shell_word(address)
                )
            }
            Source::Checkout(path) => {
                format!(
                    "cargo install --path {} --locked --no-default-features",
                    shell_word(&shown(&path.join("cli")))
                )
            }
        }
    }

    /// The path of the checkout, if it is outside of the project. Another machine does not have it.
    pub fn elsewhere(&self) -> Option<&Path> {
        match self {
            Source::Checkout(path) if path.is_absolute() => Some(path),
            _ => None,
        }
    }
}

fn fault(named: &str, message: &str) -> Error {
    let message = format!("`{named}`: {message}");
    let unreadable = Diagnostic::new(Code::Unreadable, Location::file(named), message);
    Error::from(unreadable.with_help(
        "name with --permspec a git repository (`https://..`, `ssh://..`, a revision after `#`) or the \
         folder of a checkout",
    ))
}
