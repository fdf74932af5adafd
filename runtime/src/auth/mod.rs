//! How a request proves to the cloud who calls: with a token or with a signature.
//! This module must never show a secret in a message or in `Debug`. It must never keep a secret after its
//! use.

#[cfg(feature = "client")]
mod account;
mod error;
#[cfg(feature = "client")]
mod issue;
#[cfg(feature = "client")]
mod password;
#[cfg(feature = "client")]
mod renewing;
mod secret;
#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "client")]
mod token;

#[cfg(feature = "client")]
pub use account::{Domain, TokenScope, User};
pub use error::AuthError;
#[cfg(feature = "cloud")]
pub(crate) use issue::{Issued, Question};
#[cfg(feature = "client")]
pub use password::Password;
#[cfg(feature = "cloud")]
pub(crate) use renewing::{Lasting, MARGIN, Renewing};
#[cfg(feature = "client")]
pub use renewing::{RenewingToken, TokenSource};
pub use secret::Secret;
#[cfg(feature = "sign")]
pub use sign::{AccessKey, BODY_LIMIT};
#[cfg(feature = "cloud")]
pub(crate) use token::TOKEN;
#[cfg(feature = "client")]
pub use token::{FixedToken, Token};

#[cfg(feature = "client")]
use crate::boxed::BoxFuture;
#[cfg(feature = "client")]
use crate::transport::{Body, Transport};

/// Adds to a request what proves who calls.
///
/// [`FixedToken`], [`RenewingToken`] and `AccessKey` (feature `sign`) implement this trait. Implement it
/// yourself for any other kind of authentication. Mark every header that contains a secret as sensitive.
/// Then `Debug` hides the header, and error messages do not repeat its value if a server sends it back.
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
    /// Adds the proof to `request`, which is otherwise complete. `transport` is the client's transport.
    /// Use it if the proof has to be fetched first.
    ///
    /// # Errors
    /// Returns an error if there is no proof. The client then does not send the request.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<(), AuthError>>;

    /// Whether the client should send the request again after the server responded with 401.
    ///
    /// The request had the headers that [`authenticate`](Authenticate::authenticate) added. Return `true`
    /// if another proof may succeed.
    fn was_refused(&self, _proof: &http::HeaderMap) -> bool {
        false
    }
}
