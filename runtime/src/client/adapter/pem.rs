//! Reads and checks the files of certificates and keys that settings name. ureq ends the program if a key does not
//! belong to its certificate, and reqwest does not say which file is wrong.
//! This module must never show what is in a file.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::path::Path;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, RootCertStore};

use crate::Tls;
use crate::client::Error;

/// What the files of settings contain.
pub(super) struct Files {
    /// The certificates that are trusted, instead of the usual ones. At least one.
    pub(super) roots: Option<Vec<CertificateDer<'static>>>,
    pub(super) identity: Option<Identity>,
}

/// How the caller proves who it is.
pub(super) struct Identity {
    /// The certificate of the caller, and those of its authorities.
    #[cfg(feature = "ureq-rustls")]
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// The key of the first certificate, in PEM format.
    #[cfg(feature = "ureq-rustls")]
    pub(super) key: Vec<u8>,
    /// All of it in PEM format.
    #[cfg(feature = "reqwest-rustls")]
    pub(super) all: Vec<u8>,
}

/// Reads the files.
pub(super) fn read(tls: &Tls) -> Result<Files, Error> {
    let identity = match (&tls.certificate, &tls.key) {
        (Some(certificate), key) => Some(identity(certificate, key.as_deref())?),
        (None, Some(key)) => {
            let key = key.display();
            let reason = format!("there is the key `{key}`, but no certificate of the caller");
            return Err(Error::network(reason));
        }
        (None, None) => None,
    };
    let roots = tls.roots.as_deref().map(roots).transpose()?;
    Ok(Files { roots, identity })
}

fn roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut certificates = certificates(path, &file(path)?)?;
    // A bundle may contain a certificate that is too old to be used. rustls advises to skip those.
    certificates.retain(|certificate| RootCertStore::empty().add(certificate.clone()).is_ok());
    if certificates.is_empty() {
        let reason = "has no certificate that can be used; each one must be an X.509 certificate of version 3";
        return Err(useless(path, reason));
    }
    Ok(certificates)
}

fn identity(certificate: &Path, key: Option<&Path>) -> Result<Identity, Error> {
    let text = file(certificate)?;
    let chain = certificates(certificate, &text)?;
    let (key_file, key_text) = match key {
        Some(key) => (key, file(key)?),
        None => (certificate, text.clone()),
    };
    let key_of_file = PrivateKeyDer::from_pem_slice(&key_text).map_err(|_| {
        let reason = "has no private key in PEM format; the key must not be encrypted";
        useless(key_file, reason)
    })?;
    match CertifiedKey::from_der(chain.clone(), key_of_file, &provider()) {
        Ok(_) => Ok(Identity {
            #[cfg(feature = "reqwest-rustls")]
            all: match key {
                Some(_) => [&text, &b"\n"[..], &key_text].concat(),
                None => text,
            },
            #[cfg(feature = "ureq-rustls")]
            chain,
            #[cfg(feature = "ureq-rustls")]
            key: key_text,
        }),
        Err(rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
            let certificate = certificate.display();
            let reason =
                format!("has a key that does not belong to the certificate `{certificate}`");
            Err(useless(key_file, &reason))
        }
        Err(rustls::Error::InvalidCertificate(_)) => {
            let reason = "has no certificate of the caller that can be used";
            Err(useless(certificate, reason))
        }
        Err(_) => {
            let reason = "has a key that cannot be used; it must be for RSA, ECDSA or Ed25519";
            Err(useless(key_file, reason))
        }
    }
}

/// What ureq and reqwest use, too.
fn provider() -> Arc<CryptoProvider> {
    let chosen = CryptoProvider::get_default().cloned();
    chosen.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()))
}

/// At least one certificate.
fn certificates(path: &Path, text: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text).collect();
    match all {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) => Err(useless(
            path,
            "has no certificate in PEM format, which begins with `-----BEGIN CERTIFICATE-----`",
        )),
        Err(_) => Err(useless(
            path,
            "is not in PEM format from its beginning to its end; perhaps it was cut off",
        )),
    }
}

fn file(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| {
        let reason = format!("cannot be read: {error}; check its path and who may read it");
        useless(path, &reason)
    })
}

fn useless(path: &Path, reason: &str) -> Error {
    Error::network(format!("`{}` {reason}", path.display()))
}
