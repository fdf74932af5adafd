//! Why a request could not be authenticated.
//! This module must never show a secret.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// A request that was not sent, because nothing could prove who calls.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// A token, a key or another header of the proof has characters that may not stand in a header.
    Header {
        /// The header's name.
        name: &'static str,
    },
    /// The body is too long to be signed.
    BodyTooLarge {
        /// Its length in bytes, where it is known.
        length: Option<u64>,
        /// How many bytes it may have.
        limit: u64,
    },
    /// The body comes piece by piece, and its content type is one whose body is signed.
    StreamedBody,
    /// The request goes to Object Storage Service, which has another kind of signature.
    ObjectStorage,
    /// The request's address or a header cannot be signed.
    Unsignable {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No token could be had.
    Token(Box<dyn core::error::Error + Send + Sync>),
    /// The service that gives tokens refused.
    Refused {
        /// The status of its answer.
        status: u16,
        /// What it says, without the password.
        message: String,
    },
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AuthError::Header { name } => write!(
                f,
                "the value for header `{name}` has characters that are not allowed in HTTP"
            ),
            AuthError::BodyTooLarge {
                length: Some(length),
                limit,
            } => write!(
                f,
                "the body has {length} bytes, and a body that is signed may have {limit}; use a token"
            ),
            AuthError::BodyTooLarge {
                length: None,
                limit,
            } => write!(
                f,
                "the body's length is not known, and a body that is signed may have {limit} bytes; \
                 use a token"
            ),
            AuthError::StreamedBody => f.write_str(
                "the body comes piece by piece and cannot be signed; send it as a whole or use a token",
            ),
            AuthError::ObjectStorage => f.write_str(
                "Object Storage Service signs in another way (`Authorization: OBS ..`), which is not \
                 supported; use its own client",
            ),
            AuthError::Unsignable { reason } => {
                write!(f, "the request cannot be signed: {reason}")
            }
            AuthError::Token(error) => write!(f, "no token could be had: {error}"),
            AuthError::Refused { status, message } => {
                write!(f, "no token was given: {status}")?;
                if message.is_empty() {
                    Ok(())
                } else {
                    write!(f, ": {message}")
                }
            }
        }
    }
}

impl core::error::Error for AuthError {
    /// The cause behind the error whose own text is part of this message already.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            AuthError::Token(error) => error.source(),
            _ => None,
        }
    }
}
