//! A token that the program has already.
//! This module must never send it twice, nor in place of one that the request brings.

use alloc::boxed::Box;
use core::fmt;
use std::time::SystemTime;

use http::HeaderName;

use super::{AuthError, Authenticate, Secret};
use crate::boxed::BoxFuture;
use crate::transport::{Body, Transport};

/// IAM user guide, "Calling APIs", "Authentication".
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// A token, and until when it is valid.
#[derive(Clone, Debug)]
pub struct Token {
    value: Secret,
    expires: Option<SystemTime>,
}

impl Token {
    /// A token that is taken to be valid until a server refuses it.
    pub fn new(value: impl Into<Secret>) -> Token {
        Token {
            value: value.into(),
            expires: None,
        }
    }

    /// The token with the time at which it ends.
    #[must_use]
    pub fn valid_until(self, expires: SystemTime) -> Token {
        Token {
            expires: Some(expires),
            ..self
        }
    }

    /// The text that goes into the header.
    pub fn value(&self) -> &Secret {
        &self.value
    }

    /// When it ends, where that is known.
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// Sets `X-Auth-Token`, unless the request has one.
    pub(super) fn put_in(&self, request: &mut http::Request<Body>) -> Result<(), AuthError> {
        if !request.headers().contains_key(TOKEN) {
            let value = self.value.header("X-Auth-Token")?;
            request.headers_mut().insert(TOKEN, value);
        }
        Ok(())
    }
}

/// The same token with every request, as `X-Auth-Token`.
///
/// A token is valid for 24 hours and is for a project or an account; see [`RenewingToken`] for a program
/// that runs longer. A request that brings a token of its own keeps it.
///
/// [`RenewingToken`]: super::RenewingToken
pub struct FixedToken(Token);

impl FixedToken {
    /// Sends `token`.
    pub fn new(token: impl Into<Secret>) -> FixedToken {
        FixedToken(Token::new(token))
    }
}

impl Authenticate for FixedToken {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        _: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async { self.0.put_in(request) })
    }
}

impl fmt::Debug for FixedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FixedToken")
    }
}
