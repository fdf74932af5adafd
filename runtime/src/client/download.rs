//! An answer whose body is read while it comes.
//! This module must never collect what it passes on.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Call, Error, ErrorKind};
use crate::RouteSpec;
use crate::transport::{Body, next_piece};

/// An answer whose body is still to come.
///
/// ```
/// use permspec_runtime::{Client, Error, Request};
///
/// /// How many bytes the answer has, none of which is kept.
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
    call: Call,
    answer: http::Response<Body>,
}

impl Download {
    pub(super) fn new((call, answer): (Call, http::Response<Body>)) -> Download {
        Download { call, answer }
    }

    /// What the documentation says about the operation that was called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.call.spec
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// Where the connection breaks or the transfer takes too long.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Error> {
        let piece = next_piece(self.answer.body_mut()).await.transpose();
        piece.map_err(|error| Error::new(self.call.clone(), ErrorKind::Transport(error)))
    }

    /// The body, to be passed on as it comes.
    pub fn into_body(self) -> Body {
        self.answer.into_body()
    }
}
