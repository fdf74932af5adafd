//! A limit of how many requests one host gets at the same time, over any transport.
//! This module must never wait without an end.

mod places;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::sync::{Mutex, PoisonError};
use std::task::Wake;
use std::thread::{self, Thread};
use std::time::Instant;

use bytes::Bytes;
use http::Uri;
use http::uri::Scheme;
use http_body::{Body as HttpBody, Frame, SizeHint};

use self::places::{Place, Places, Turn};
use super::{Body, Transport};
use crate::boxed::{BoxError, BoxFuture};

/// How long a request waits while all bodies of its host are open and nobody reads them.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a thread waits for its turn before it asks whether its transport still blocks, and how long a task waits
/// before it looks at the time.
const BLOCKED: Duration = Duration::from_millis(20);
const SUSPENDED: Duration = Duration::from_millis(250);
/// The pause that tells a transport that blocks from one that does not.
const SHORTEST: Duration = Duration::from_millis(1);
/// With more hosts, those that nobody calls are forgotten.
const HOSTS: usize = 64;

/// A transport that has at most a number of requests to one host on their way at the same time. Further requests wait,
/// and continue in the order in which they came. A host is a name and a port.
///
/// A request ends when its response has been read to the end, or has been dropped. Therefore the body of a download
/// that is open counts. A caller that keeps as many bodies open as are allowed, and then makes another call to the same
/// host, waits for itself: if nobody reads any of these bodies for 30 seconds ([`patience`](PerHost::patience)), the
/// call ends in an error. Else it waits for as long as an attempt may take.
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
    patience: Duration,
    hosts: Mutex<BTreeMap<String, Arc<Places>>>,
}

impl<T: Transport> PerHost<T> {
    /// Sends over `inner`, at most `most` requests to one host at the same time. Zero counts as one.
    pub fn new(most: usize, inner: T) -> PerHost<T> {
        PerHost {
            inner,
            most: most.max(1),
            patience: PATIENCE,
            hosts: Mutex::default(),
        }
    }

    /// Sets how long a request waits while all bodies of its host are open and nobody reads them. The default is 30
    /// seconds.
    #[must_use]
    pub fn patience(self, patience: Duration) -> PerHost<T> {
        PerHost { patience, ..self }
    }

    fn places(&self, host: String) -> Arc<Places> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if !hosts.contains_key(&host) && hosts.len() >= HOSTS {
            // Whoever has a place or waits for one has a part of the places.
            hosts.retain(|_, places| Arc::strong_count(places) > 1);
        }
        let places = hosts.entry(host);
        places.or_insert_with(|| Places::new(self.most)).clone()
    }

    /// A place for a request, once one is free.
    async fn place(&self, places: &Arc<Places>, timeout: Duration) -> Result<Place, BoxError> {
        let begin = Instant::now();
        let mut turn = places.ask();
        let mut pause = SHORTEST;
        loop {
            if let Some(place) = turn.place() {
                return Ok(place);
            }
            let most = self.most;
            if places.all_kept_for().min(begin.elapsed()) >= self.patience {
                return Err(format!(
                    "this host may have {most} requests at the same time, and as many responses are open that nobody \
                     reads; read or drop one of them before another call"
                )
                .into());
            }
            let left = timeout.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return Err(format!(
                    "this host may have {most} requests at the same time, and none of them ended in time"
                )
                .into());
            }
            if self.waits_by_blocking(&turn, pause.min(left)).await {
                block(&turn, BLOCKED.min(left));
            } else {
                pause = SUSPENDED;
            }
        }
    }

    /// Waits for a turn, but not longer than a pause. `true` if the transport has used up the pause before it gave up
    /// the thread. Then nothing wakes the caller but the thread itself.
    async fn waits_by_blocking(&self, turn: &Turn, pause: Duration) -> bool {
        let mut pause = self.inner.wait(pause);
        let mut is_first = true;
        poll_fn(|context| {
            if turn.is_there(context.waker()) {
                return Poll::Ready(false);
            }
            let is_over = pause.as_mut().poll(context).is_ready();
            let blocks = is_over && is_first;
            is_first = false;
            if is_over {
                Poll::Ready(blocks)
            } else {
                Poll::Pending
            }
        })
        .await
    }
}

/// Blocks the thread until it is the caller's turn, but not longer than `longest`.
fn block(turn: &Turn, longest: Duration) {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Arc::new(Unpark(thread::current())).into();
    if !turn.is_there(&waker) {
        thread::park_timeout(longest);
    }
}

/// The name and the port that a request goes to.
fn host(uri: &Uri) -> String {
    let default = if uri.scheme() == Some(&Scheme::HTTPS) {
        443
    } else {
        80
    };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    format!("{host}:{}", uri.port_u16().unwrap_or(default))
}

impl<T: Transport> Transport for PerHost<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let begin = Instant::now();
            let places = self.places(host(request.uri()));
            let mut place = self.place(&places, timeout).await?;
            let left = timeout.saturating_sub(begin.elapsed());
            let response = self.inner.send(request, left).await?;
            Ok(response.map(|body| {
                // The place of a body that has arrived is free.
                if body.bytes().is_some() {
                    return body;
                }
                place.keep(true);
                let place = Some(place);
                Body::stream(Held { body, place })
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
    place: Option<Place>,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Held { body, place } = &mut *self;
        if let Some(place) = place {
            place.keep(false);
        }
        let frame = core::task::ready!(Pin::new(&mut *body).poll_frame(context));
        if frame.is_none() || body.is_end_stream() {
            *place = None;
        }
        if let Some(place) = place {
            place.keep(true);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A transport that is never asked.
    struct Unused;

    impl Transport for Unused {
        fn send(
            &self,
            _: http::Request<Body>,
            _: Duration,
        ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
            Box::pin(async { Err("unused".into()) })
        }

        fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
            Box::pin(async {})
        }
    }

    #[test]
    fn hosts_that_nobody_calls_are_forgotten() {
        let limited = PerHost::new(1, Unused);
        let called = limited.places("called:80".into());
        let turn = called.ask();
        drop(called);
        for at in 0..10 * HOSTS {
            limited.places(format!("host-{at}:80"));
        }
        let hosts = limited.hosts.lock().unwrap();
        assert!(hosts.len() <= HOSTS, "{}", hosts.len());
        assert!(hosts.contains_key("called:80"));
        drop(turn);
    }

    #[test]
    fn a_host_is_a_name_and_a_port_however_they_are_written() {
        let named = |uri: &str| host(&uri.parse().unwrap());
        assert_eq!(
            named("https://Demo.test/x"),
            named("https://demo.test:443/y")
        );
        assert_eq!(named("http://[::1]"), "[::1]:80");
        assert_ne!(named("http://demo.test"), named("https://demo.test"));
    }
}
