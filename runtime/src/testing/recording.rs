//! A transport that records the operations that pass through it.
//! This module must never keep a header that is sensitive.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::HeaderMap;

use crate::boxed::{BoxError, BoxFuture};
use crate::transport::{Body, Transport};
use crate::{Request, RouteSpec};

/// Records each call of an operation and passes it to another transport.
///
/// Clones share the record. Give one clone to the client, and ask the other one. Requests that are not
/// operations, such as a request for a token, are passed on and not recorded.
///
/// You can make a policy from the record: `Wanted::new(recording.operations())` of
/// [`policy`](crate::policy) makes the smallest policy that allows what a test did.
pub struct Recording<T> {
    inner: Arc<T>,
    calls: Arc<Mutex<Vec<Sent>>>,
}

/// A call as it was sent.
#[derive(Clone)]
pub struct Sent {
    request: Request,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl<T: Transport> Recording<T> {
    /// Records what `inner` sends.
    pub fn new(inner: T) -> Recording<T> {
        Recording {
            inner: Arc::new(inner),
            calls: Arc::default(),
        }
    }

    /// The calls until now, in the order in which they were sent. Each attempt is one call.
    pub fn calls(&self) -> Vec<Sent> {
        self.noted().clone()
    }

    /// The operations that were called, in this order.
    pub fn operations(&self) -> Vec<&'static RouteSpec> {
        self.noted().iter().map(Sent::spec).collect()
    }
}

impl<T> Clone for Recording<T> {
    fn clone(&self) -> Recording<T> {
        Recording {
            inner: self.inner.clone(),
            calls: self.calls.clone(),
        }
    }
}

impl<T> Recording<T> {
    fn noted(&self) -> std::sync::MutexGuard<'_, Vec<Sent>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sent {
    fn of(request: &http::Request<Body>) -> Option<Sent> {
        let mut headers = request.headers().clone();
        let secrets = headers.iter().filter(|(_, value)| value.is_sensitive());
        let names: Vec<_> = secrets.map(|(name, _)| name.clone()).collect();
        for name in names {
            headers.remove(name);
        }
        Some(Sent {
            request: request.extensions().get::<Request>()?.clone(),
            headers,
            body: request.body().bytes().cloned(),
        })
    }

    /// The operation.
    pub fn spec(&self) -> &'static RouteSpec {
        self.request.spec()
    }

    /// The value of a path parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.request.parameters();
        parameters.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The value of a query parameter. The first value if the parameter was set several times.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.request.query_pairs();
        pairs.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The headers, without those that contain a secret.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body. `None` if it was a stream.
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The body as JSON. `None` if it is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(self.body.as_ref()?).ok()
    }
}

impl<T: Transport> Transport for Recording<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        let sent = Sent::of(&request);
        self.noted().extend(sent);
        self.inner.send(request, timeout)
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(self.inner.wait(pause))
    }
}

/// Writes the operation and the values of its parameters: `ims.ListImageMembers image_id=70a599e0
/// limit=10`.
impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.spec())?;
        for (name, value) in self.request.parameters() {
            write!(f, " {name}={value}")?;
        }
        let mut pairs = self.request.query_pairs();
        pairs.try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes one line per call.
impl<T> fmt::Display for Recording<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.noted()
            .iter()
            .try_for_each(|sent| writeln!(f, "{sent}"))
    }
}

impl<T> fmt::Debug for Recording<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.noted().iter()).finish()
    }
}
