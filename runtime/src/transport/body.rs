//! The body of a request or a response: bytes in memory, or a stream of bytes.
//! This module must never read a stream before somebody asks for it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use bytes::{Buf, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::boxed::BoxError;

/// The number of bytes that are read from a reader at a time.
const CHUNK: usize = 64 * 1024;

/// The body of a request or a response, as a [`Transport`](super::Transport) sees it.
///
/// It implements [`http_body::Body`]. `Debug` shows only its length.
pub struct Body(Kind);

enum Kind {
    Bytes(Bytes),
    // A body may not be `Sync`, but reqwest needs one that is. The lock never waits.
    Stream(Mutex<Stream>),
}

type Stream = Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>;

impl Body {
    /// A body that is a stream, such as the response of another server.
    pub fn stream<B>(body: B) -> Body
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        use http_body_util::BodyExt;
        Body(Kind::Stream(Mutex::new(Box::pin(body.map_err(Into::into)))))
    }

    /// The content of a reader, such as a file.
    ///
    /// With `length`, the number of bytes is announced, and it is an error if the reader has fewer or
    /// more bytes. Without `length`, the body is sent in chunks.
    ///
    /// Reading blocks, so use this with the [`blocking::Client`](crate::blocking::Client). In async code,
    /// use a [`stream`](Body::stream).
    ///
    /// ```
    /// use permspec_runtime::Body;
    ///
    /// let image: &[u8] = b"not really an image";
    /// let body = Body::reader(image, Some(19));
    /// assert_eq!(body.length(), Some(19));
    /// ```
    pub fn reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Body {
        let left = length;
        Body(Kind::Stream(Mutex::new(Box::pin(Reader { reader, left }))))
    }

    /// The number of bytes, if it is known before they are read.
    pub fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// The bytes, if they are in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Body {
        Body(Kind::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Body {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Body {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Body {
        Bytes::from(text).into()
    }
}

impl Default for Body {
    fn default() -> Body {
        Bytes::new().into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.get_mut().0 {
            Kind::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(core::mem::take(bytes))))),
            Kind::Stream(stream) => stream
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .as_mut()
                .poll_frame(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(stream) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .size_hint(),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Bytes(bytes) => bytes.is_empty(),
            Kind::Stream(stream) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_end_stream(),
        }
    }
}

/// A reader as a body. Every read is complete when it returns.
struct Reader<R> {
    reader: R,
    /// The number of bytes that remain, if it is known.
    left: Option<u64>,
}

impl<R: Read> Reader<R> {
    /// The next piece, or `None` at the end.
    fn piece(&mut self) -> Result<Option<Bytes>, BoxError> {
        let mut piece = alloc::vec![0; CHUNK];
        let read = loop {
            match self.reader.read(&mut piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        if let Some(left) = self.left {
            self.left = Some(match left.checked_sub(read as u64) {
                None => return Err("the body is longer than announced".into()),
                Some(left) if read == 0 && left > 0 => {
                    return Err("the body is shorter than announced".into());
                }
                Some(left) => left,
            });
        }
        piece.truncate(read);
        Ok((read > 0).then(|| piece.into()))
    }
}

/// Nothing in it is pinned, whatever the reader is.
impl<R> Unpin for Reader<R> {}

impl<R: Read> HttpBody for Reader<R> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = self.get_mut().piece().transpose();
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next piece of a body, or `None` at its end. Trailers are skipped.
pub(crate) async fn next_piece(body: &mut Body) -> Option<Result<Bytes, BoxError>> {
    core::future::poll_fn(|context| {
        loop {
            match ready!(Pin::new(&mut *body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    })
    .await
}

/// A body as a reader. It blocks until the next piece arrives.
#[derive(Debug)]
pub(crate) struct Pieces {
    body: Body,
    piece: Bytes,
}

impl Pieces {
    pub(crate) fn of(body: Body) -> Pieces {
        let piece = Bytes::new();
        Pieces { body, piece }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match pollster::block_on(next_piece(&mut self.body)) {
                None => return Ok(0),
                Some(piece) => self.piece = piece.map_err(io::Error::other)?,
            }
        }
        let length = buffer.len().min(self.piece.len());
        self.piece.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn read(mut body: Body) -> Result<Vec<u8>, String> {
        let mut all = Vec::new();
        while let Some(piece) = pollster::block_on(next_piece(&mut body)) {
            all.extend_from_slice(&piece.map_err(|error| error.to_string())?);
        }
        Ok(all)
    }

    #[test]
    fn a_reader_gives_all_of_its_bytes() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let body = Body::reader(io::Cursor::new(bytes.clone()), Some(200_000));
        assert_eq!(body.length(), Some(200_000));
        assert_eq!(read(body).unwrap(), bytes);
        assert_eq!(read(Body::reader(&b"ab"[..], None)).unwrap(), b"ab");
    }

    #[test]
    fn a_reader_of_another_length_than_was_announced_is_an_error() {
        let shorter = Body::reader(&b"abc"[..], Some(4));
        assert_eq!(
            read(shorter).unwrap_err(),
            "the body is shorter than announced"
        );
        let longer = Body::reader(&b"abc"[..], Some(2));
        assert_eq!(
            read(longer).unwrap_err(),
            "the body is longer than announced"
        );
    }

    #[test]
    fn debug_shows_no_byte() {
        assert_eq!(alloc::format!("{:?}", Body::from("s3cret")), "6 bytes");
        assert_eq!(
            alloc::format!("{:?}", Body::reader(&b"s3cret"[..], None)),
            "a stream"
        );
    }
}
