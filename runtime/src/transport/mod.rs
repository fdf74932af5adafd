//! The part that carries requests: an HTTP library, or a test.
//! This module must never know what a request is about.

mod body;
mod network;
mod per_host;
#[cfg(any(feature = "reqwest", feature = "ureq"))]
mod proxies;
mod reading;

use core::time::Duration;

pub use body::Body;
pub(crate) use body::{Pieces, next_piece};
#[cfg(any(feature = "reqwest", feature = "ureq"))]
use network::Proxy;
pub use network::{Network, Tls};
pub use per_host::PerHost;
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(crate) use proxies::Proxies;
pub(crate) use reading::{ReadError, beginning, excerpt, read_up_to};

use crate::boxed::{BoxError, BoxFuture};

/// Carries one request and returns its response.
///
/// Both clients use it. The rest of their work (addresses, authentication, retries, limits, errors) is
/// the same for every transport. A transport that blocks does its work when the future is polled, and its
/// future is then ready. The [`blocking::Client`](crate::blocking::Client) needs such a transport, or one
/// whose future another thread wakes.
///
/// The extensions of a request contain the [`Request`](crate::Request) that it was made from, without its
/// headers and its body.
///
/// ```
/// use std::time::Duration;
///
/// use permspec_runtime::{Body, BoxError, BoxFuture, Client, Transport};
///
/// /// A service that always returns an empty object.
/// struct Content;
///
/// impl Transport for Content {
///     fn send(&self, _: http::Request<Body>, _: Duration) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
///         Box::pin(async { Ok(http::Response::new(Body::from("{}"))) })
///     }
///
///     fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(async {})
///     }
/// }
///
/// let client = Client::over(Content, "http://ims.test")?;
/// # Ok::<(), permspec_runtime::Error>(())
/// ```
pub trait Transport: Send + Sync {
    /// Sends `request`, whose URI is absolute. The body of the response may arrive later, while it is
    /// read. All of it must arrive within `timeout` after the start. Otherwise its body ends in an error.
    ///
    /// Do not follow redirects, because a redirect would send the token to another place.
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>>;

    /// Waits before another attempt.
    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Transport + ?Sized> Transport for alloc::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        (**self).send(request, timeout)
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        (**self).wait(pause)
    }
}
