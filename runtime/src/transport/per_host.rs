//! A limit of how many requests one host gets at the same time, over any transport.
//! This module must never wait without an end.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_lock::{Semaphore, SemaphoreGuardArc};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::{Body, Transport};
use crate::boxed::{BoxError, BoxFuture};

/// The first and the longest pause between two looks for a free place.
const FIRST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);
/// With more hosts, those that nobody calls are forgotten.
const HOSTS: usize = 64;

/// A transport that sends at most a number of requests to one host at the same time. The others wait for as long as
/// an attempt may take.
///
/// A request ends when its response has been read to the end, or has been dropped. A caller that keeps more bodies of
/// downloads open than the limit allows, and makes another call to the same host, gets an error when the time is over.
///
/// ```
/// use permspec_runtime::{Client, Error, PerHost, Transport};
///
/// fn limited(transport: impl Transport + 'static) -> Result<Client, Error> {
///     Client::over(PerHost::new(4, transport), "https://ims.eu-de.otc.t-systems.com")
/// }
/// ```
#[derive(Debug)]
pub struct PerHost<T> {
    inner: T,
    most: usize,
    hosts: Mutex<BTreeMap<String, Arc<Semaphore>>>,
}

impl<T: Transport> PerHost<T> {
    /// Sends over `inner`, at most `most` requests to one host at the same time. Zero counts as one.
    pub fn new(most: usize, inner: T) -> PerHost<T> {
        PerHost {
            inner,
            most: most.max(1),
            hosts: Mutex::default(),
        }
    }

    fn places(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = hosts.get(host) {
            return places.clone();
        }
        if hosts.len() >= HOSTS {
            // A call has a part of the places of its host.
            hosts.retain(|_, places| Arc::strong_count(places) > 1);
        }
        let places = Arc::new(Semaphore::new(self.most));
        hosts.insert(host.into(), places.clone());
        places
    }

    /// A place for a request, once one is free. A transport that blocks also blocks while it waits, so this looks for
    /// a place again and again instead of waiting for two things at once.
    async fn place(
        &self,
        places: &Arc<Semaphore>,
        patience: Duration,
    ) -> Result<SemaphoreGuardArc, BoxError> {
        let begin = Instant::now();
        let mut pause = FIRST;
        loop {
            if let Some(place) = places.try_acquire_arc() {
                return Ok(place);
            }
            if begin.elapsed() >= patience {
                let message = "all connections that this host may have are in use, and none became free in time";
                return Err(message.into());
            }
            self.inner.wait(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }
}

impl<T: Transport> Transport for PerHost<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let host = request.uri().authority().map(ToString::to_string);
            let places = self.places(&host.unwrap_or_default());
            let begin = Instant::now();
            let place = self.place(&places, timeout).await?;
            let left = timeout.saturating_sub(begin.elapsed());
            let response = self.inner.send(request, left).await?;
            Ok(response.map(|body| match body.bytes() {
                Some(_) => body,
                None => Body::stream(Held {
                    body,
                    place: Some(place),
                }),
            }))
        })
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        self.inner.wait(pause)
    }
}

/// A body that has a place until it was read or is dropped.
struct Held {
    body: Body,
    place: Option<SemaphoreGuardArc>,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = core::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() {
            self.place = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
