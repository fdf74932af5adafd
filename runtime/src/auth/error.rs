//! Why a request could not be authenticated.
//! This module must never show a secret.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// The reason why a request was not authenticated. Such a request is not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// A token, a key or another header that authenticates contains characters that HTTP does not allow.
    Header {
        /// The name of the header.
        name: &'static str,
    },
    /// The body is too long to be signed.
    BodyTooLarge {
        /// The length of the body in bytes, if it is known.
        length: Option<u64>,
        /// The largest number of bytes that can be signed.
        limit: u64,
    },
    /// The body is a stream, and its content type requires the body to be signed.
    StreamedBody,
    /// The request goes to Object Storage Service, which uses another kind of signature.
    ObjectStorage,
    /// The address of the request or one of its headers cannot be signed.
    Unsignable {
        /// Why it cannot be signed.
        reason: &'static str,
    },
    /// No token could be obtained.
    Token(Box<dyn core::error::Error + Send + Sync>),
    /// The service that issues tokens refused to issue one.
    Refused {
        /// The status of its response.
        status: u16,
        /// The message of its response, without the password.
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
                "the body has {length} bytes, but a signed body may have at most {limit}; use a token"
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
                "the body is a stream and cannot be signed; send it as a whole or use a token",
            ),
            AuthError::ObjectStorage => f.write_str(
                "Object Storage Service signs in another way (`Authorization: OBS ..`), which is not \
                 supported; use its own client",
            ),
            AuthError::Unsignable { reason } => {
                write!(f, "the request cannot be signed: {reason}")
            }
            AuthError::Token(error) => write!(f, "no token could be obtained: {error}"),
            AuthError::Refused { status, message } => {
                write!(f, "no token was issued: {status}")?;
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
    /// The cause after the error whose own text is already part of this message.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            AuthError::Token(error) => error.source(),
            _ => None,
        }
    }
}
