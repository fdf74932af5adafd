//! A body of which the guard has already read the beginning.
//! This module must never lose a byte, or hold more bytes than requested.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};

/// The body of a request after the guard: first the bytes that the guard has read, then the rest.
pub struct GuardBody<B: Body> {
    read: VecDeque<Frame<B::Data>>,
    rest: Pin<Box<B>>,
}

impl<B: Body> GuardBody<B> {
    pub(super) fn new(body: B) -> GuardBody<B> {
        GuardBody {
            read: VecDeque::new(),
            rest: Box::pin(body),
        }
    }

    /// The whole body, if it has at most `limit` bytes. Otherwise `None`, after reading only as much as
    /// was necessary to notice that. In both cases, the body still returns all of its bytes.
    pub(super) async fn look(&mut self, limit: usize) -> Result<Option<Bytes>, B::Error>
    where
        B::Data: Clone,
    {
        if self.rest.size_hint().lower() > limit as u64 {
            return Ok(None);
        }
        let mut bytes = bytes::BytesMut::new();
        loop {
            let frame = core::future::poll_fn(|context| self.rest.as_mut().poll_frame(context));
            let Some(frame) = frame.await.transpose()? else {
                return Ok(Some(bytes.freeze()));
            };
            if let Some(data) = frame.data_ref() {
                let mut data = data.clone();
                let piece = data.copy_to_bytes(data.remaining());
                bytes.extend_from_slice(&piece);
            }
            self.read.push_back(frame);
            if bytes.len() > limit {
                return Ok(None);
            }
        }
    }
}

impl<B: Body> Unpin for GuardBody<B> {}

impl<B: Body> Body for GuardBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        match self.read.pop_front() {
            Some(frame) => Poll::Ready(Some(Ok(frame))),
            None => self.rest.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.read.is_empty() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let pieces = self.read.iter().filter_map(Frame::data_ref);
        let read: u64 = pieces.map(|data| data.remaining() as u64).sum();
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + read);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + read);
        }
        hint
    }
}

impl<B: Body> fmt::Debug for GuardBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuardBody")
    }
}
