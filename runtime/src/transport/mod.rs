//! What carries requests: an HTTP library, or a test.
//! This module must never know what a request is about.

mod body;
mod reading;

use core::time::Duration;

pub use body::Body;
pub(crate) use body::{Pieces, next_piece};
pub(crate) use reading::{ReadError, beginning, excerpt, read_up_to};

use crate::boxed::{BoxError, BoxFuture};

/// Carries one request and brings its answer.
///
/// Both clients stand on it: everything else that they do (addresses, authentication, retries, limits,
/// errors) is written once above it. A transport that blocks does its work when the future is polled and
/// is ready at once; the [`blocking::Client`](crate::blocking::Client) needs one of that kind, or one
/// whose future is woken by another thread.
///
/// A request's extensions hold the [`Request`](crate::Request) that it was made from, without its headers
/// and its body.
///
/// ```
/// use std::time::Duration;
///
/// use permspec_runtime::{Body, BoxError, BoxFuture, Client, Transport};
///
/// /// A service that is always content.
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
    /// Sends `request`, whose URI is absolute. The answer's body may still come while it is read; all
    /// of it must have come `timeout` after the start, or its body ends in an error.
    ///
    /// Redirects must not be followed: they would carry the token elsewhere.
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
