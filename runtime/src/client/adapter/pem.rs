//! Reads the files of certificates and keys that settings name.
//! This module must never show what is in a file.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::path::Path;

use crate::Tls;
use crate::client::Error;

/// The content of the files that settings name.
#[derive(Default)]
pub(super) struct Files {
    /// The certificates that are trusted, instead of the usual ones.
    pub(super) roots: Option<Vec<u8>>,
    /// The certificate of the caller, and then its key.
    pub(super) identity: Option<Vec<u8>>,
}

/// Reads the files.
pub(super) fn read(tls: &Tls) -> Result<Files, Error> {
    let roots = tls.roots.as_deref().map(file).transpose()?;
    let mut identity = tls.certificate.as_deref().map(file).transpose()?;
    match (&mut identity, tls.key.as_deref()) {
        (Some(identity), Some(key)) => {
            identity.push(b'\n');
            identity.extend(file(key)?);
        }
        (None, Some(_)) => {
            let reason = "there is a key of the caller, but no certificate";
            return Err(Error::network(reason.into()));
        }
        (_, None) => {}
    }
    Ok(Files { roots, identity })
}

fn file(path: &Path) -> Result<Vec<u8>, Error> {
    let read = std::fs::read(path);
    read.map_err(|error| Error::network(format!("`{}` cannot be read: {error}", path.display())))
}

/// A file whose content is of no use.
pub(super) fn useless(path: Option<&Path>, what: &str) -> Error {
    let path = path.map_or(String::new(), |path| format!("{}", path.display()));
    Error::network(format!("`{path}` has no {what} in PEM format"))
}
