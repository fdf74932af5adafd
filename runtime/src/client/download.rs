//! A response whose body is read while it arrives.
//! This module must never collect the pieces that it passes on.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, ErrorKind, SentCall};
use crate::RouteSpec;
use crate::transport::{Body, next_piece};

/// A response whose body has not been read yet.
///
/// ```
/// use permspec_runtime::{Client, Error, Request};
///
/// /// The number of bytes of the response. None of them is kept.
/// async fn size(client: &Client, request: Request) -> Result<usize, Error> {
///     let mut download = client.download(request).await?;
///     let mut size = 0;
///     while let Some(piece) = download.piece().await? {
///         size += piece.len();
///     }
///     Ok(size)
/// }
/// ```
#[derive(Debug)]
pub struct Download {
    call: SentCall,
    response: http::Response<Body>,
}

impl Download {
    pub(super) fn new((call, response): (SentCall, http::Response<Body>)) -> Download {
        Download { call, response }
    }

    /// The documentation of the operation that was called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.call.spec
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The next piece of the body, or `None` at its end.
    ///
    /// # Errors
    /// Returns an error if the connection breaks or the transfer takes too long.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Error> {
        let piece = next_piece(self.response.body_mut()).await.transpose();
        piece.map_err(|error| Error::new(self.call.clone(), ErrorKind::Transport(error)))
    }

    /// The body, to pass it on while it arrives.
    pub fn into_body(self) -> Body {
        self.response.into_body()
    }
}
