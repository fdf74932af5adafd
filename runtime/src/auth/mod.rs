//! What proves to the cloud who calls: a token, or a signature.
//! This module must never show a secret, in a message or in `Debug`, nor keep one after its use.

mod error;
#[cfg(feature = "client")]
mod password;
#[cfg(feature = "client")]
mod renewing;
mod secret;
#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "client")]
mod token;

pub use error::AuthError;
#[cfg(feature = "client")]
pub use password::{Password, TokenScope};
#[cfg(feature = "client")]
pub use renewing::{RenewingToken, TokenSource};
pub use secret::Secret;
#[cfg(feature = "sign")]
pub use sign::{AccessKey, BODY_LIMIT};
#[cfg(feature = "client")]
pub use token::{FixedToken, Token};

#[cfg(feature = "client")]
use crate::boxed::BoxFuture;
#[cfg(feature = "client")]
use crate::transport::{Body, Transport};

/// Adds to a request what proves who calls.
///
/// [`FixedToken`], [`RenewingToken`] and `AccessKey` (feature `sign`) do; write another one for a way of
/// your own. Headers that hold a secret must be marked as sensitive, so that `Debug` hides them and
/// error messages do not repeat them when a server sends them back.
///
/// ```
/// use permspec_runtime::auth::{AuthError, Authenticate};
/// use permspec_runtime::{Body, BoxFuture, Transport};
///
/// /// The gateway in front of the cloud knows us by a header of its own.
/// struct ApiKey(http::HeaderValue);
///
/// impl Authenticate for ApiKey {
///     fn authenticate<'a>(
///         &'a self,
///         request: &'a mut http::Request<Body>,
///         _: &'a dyn Transport,
///     ) -> BoxFuture<'a, Result<(), AuthError>> {
///         let mut key = self.0.clone();
///         key.set_sensitive(true);
///         request.headers_mut().insert("x-api-key", key);
///         Box::pin(async { Ok(()) })
///     }
/// }
/// ```
#[cfg(feature = "client")]
pub trait Authenticate: Send + Sync {
    /// Adds the proof to `request`, which is complete otherwise. `transport` is the client's, for a
    /// proof that must be fetched first.
    ///
    /// # Errors
    /// Where there is no proof; the request is not sent then.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<(), AuthError>>;

    /// The server answered 401 to a request to which [`authenticate`](Authenticate::authenticate) had
    /// added these headers. Whether another proof may fare better, so that the request should be sent once
    /// more.
    fn was_refused(&self, _proof: &http::HeaderMap) -> bool {
        false
    }
}
