//! Finds and reads the files of settings.
//! This module must never read more than a file of settings can have.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::{ConfigError, ConfigErrorKind};
use super::place::Place;
use super::sources::Sources;
use super::tree::{Map, Value};
use super::yaml;

/// Bytes. Files of settings have a few kilobytes.
const SIZE_LIMIT: u64 = 1024 * 1024;
const SUFFIXES: [&str; 3] = ["yaml", "yml", "json"];

/// A kind of file. openstacksdk looks for each kind on its own, so they can be in different directories.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Clouds,
    Secure,
    /// Profiles of vendors.
    Public,
}

/// What was found, and where it was looked for.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The content of the first file that there is.
    pub(super) content: Map,
    /// This file.
    pub(super) found: Option<PathBuf>,
    /// The files that were looked for, in order. This file is the last one.
    pub(super) tried: Vec<PathBuf>,
    /// The files that there are and that could not be opened, with the reason.
    pub(super) refused: Vec<String>,
}

impl Kind {
    fn stem(self) -> &'static str {
        match self {
            Kind::Clouds => "clouds",
            Kind::Secure => "secure",
            Kind::Public => "clouds-public",
        }
    }

    /// The variable that names the file. openstacksdk does not read the last one, but gophercloud and the Go SDK of
    /// this cloud do.
    fn variable(self) -> &'static str {
        match self {
            Kind::Clouds => "OS_CLIENT_CONFIG_FILE",
            Kind::Secure => "OS_CLIENT_SECURE_FILE",
            Kind::Public => "OS_CLIENT_VENDOR_FILE",
        }
    }

    fn candidates(self, sources: &Sources) -> impl Iterator<Item = PathBuf> {
        let named = sources.get(self.variable()).map(PathBuf::from);
        let directories = sources.directories().iter();
        named
            .into_iter()
            .chain(directories.flat_map(move |directory| {
                SUFFIXES.map(|suffix| directory.join(format!("{}.{suffix}", self.stem())))
            }))
    }

    /// Reads the first file of this kind. A file that may not be opened is passed over, as openstacksdk does.
    pub(super) fn find(self, sources: &Sources) -> Result<Search, ConfigError> {
        let mut search = Search::default();
        for path in self.candidates(sources) {
            match open(&path) {
                Ok(bytes) => {
                    search.content = content(&path, &bytes)?;
                    search.found = Some(path.clone());
                    search.tried.push(path);
                    break;
                }
                Err(error) => {
                    if error.kind() != io::ErrorKind::NotFound {
                        search
                            .refused
                            .push(format!("{} ({})", path.display(), error.kind()));
                    }
                    search.tried.push(path);
                }
            }
        }
        Ok(search)
    }
}

/// The bytes of a file, one more than allowed if it is too large. The path can be that of a pipe.
fn open(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let file = File::open(path)?;
    // A vector that grows leaves copies of secrets behind.
    let length = file.metadata()?.len().min(SIZE_LIMIT) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(
        usize::try_from(length).unwrap_or_default(),
    ));
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn content(path: &Path, bytes: &[u8]) -> Result<Map, ConfigError> {
    let path: Arc<Path> = path.into();
    let at = |line, column| Place::File {
        path: Arc::clone(&path),
        line,
        column,
    };
    if bytes.len() as u64 > SIZE_LIMIT {
        let message = format!("the file has more than {SIZE_LIMIT} bytes");
        return Err(ConfigError::new(ConfigErrorKind::Unreadable, message).at(&at(1, 1)));
    }
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count());
        let place = at(before.matches('\n').count() + 1, column + 1);
        ConfigError::new(ConfigErrorKind::Unreadable, "the file is not UTF-8").at(&place)
    })?;
    let node = yaml::read(text, &path)?;
    match node.value {
        Value::Map(map) => Ok(map),
        Value::Nothing => Ok(Map::default()),
        _ => {
            let message = "the file has one value instead of keys and values".to_string();
            Err(ConfigError::new(ConfigErrorKind::Invalid, message).at(&node.place))
        }
    }
}
