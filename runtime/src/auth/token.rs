//! A token that the program already has.
//! This module must never send two tokens, or replace a token that the request already has.

use alloc::boxed::Box;
use core::fmt;
use std::time::SystemTime;

use http::HeaderName;

use super::{AuthError, Authenticate, Secret};
use crate::boxed::BoxFuture;
use crate::transport::{Body, Transport};

/// Source: IAM user guide, "Calling APIs", "Authentication".
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// A token, and the time at which it expires.
#[derive(Clone, Debug)]
pub struct Token {
    value: Secret,
    expires: Option<SystemTime>,
}

impl Token {
    /// A token without a known end. It counts as valid until a server refuses it.
    pub fn new(value: impl Into<Secret>) -> Token {
        Token {
            value: value.into(),
            expires: None,
        }
    }

    /// Sets the time at which the token expires.
    #[must_use]
    pub fn valid_until(self, expires: SystemTime) -> Token {
        Token {
            expires: Some(expires),
            ..self
        }
    }

    /// The text of the token, as the header contains it.
    pub fn value(&self) -> &Secret {
        &self.value
    }

    /// The time at which the token expires, if it is known.
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// Sets `X-Auth-Token`, unless the request already has one.
    pub(crate) fn put_in(&self, request: &mut http::Request<Body>) -> Result<(), AuthError> {
        if !request.headers().contains_key(TOKEN) {
            let value = self.value.header("X-Auth-Token")?;
            request.headers_mut().insert(TOKEN, value);
        }
        Ok(())
    }
}

/// Sends the same token with every request, as `X-Auth-Token`.
///
/// A token is valid for 24 hours, and for one project or account. A program that runs longer needs a
/// [`RenewingToken`]. A request that already has a token keeps it.
///
/// [`RenewingToken`]: super::RenewingToken
pub struct FixedToken(Token);

impl FixedToken {
    /// Sends `token` with every request.
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
