//! A transport that responds from a script.
//! A call that the script does not contain is an error. This module must never invent a reply.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::boxed::{BoxError, BoxFuture};
use crate::transport::{Body, Transport, read_up_to};
use crate::{Request, RouteSpec};

/// Responds to calls from a script. The script has a list of replies per operation, in their order.
///
/// A call of an operation without a remaining reply fails like a broken connection, and the error says
/// why. Waits before another attempt do not take time.
#[derive(Debug, Default)]
pub struct Scripted {
    replies: Mutex<Vec<Line>>,
}

/// The replies for one operation.
#[derive(Debug)]
struct Line {
    spec: &'static RouteSpec,
    replies: VecDeque<Reply>,
    /// The reply if there are no others.
    always: Option<Reply>,
}

/// A reply of a script: a response, or a broken connection.
///
/// ```
/// use permspec_runtime::testing::Reply;
///
/// let busy = Reply::status(503).header("Retry-After", "1");
/// let gone = Reply::broken("connection reset");
/// let found = Reply::json(200, &serde_json::json!({"status": "accepted"}));
/// # let _ = (busy, gone, found);
/// ```
#[derive(Clone)]
pub struct Reply(Result<http::Response<Bytes>, String>);

impl Scripted {
    /// Makes a script without replies.
    pub fn new() -> Scripted {
        Scripted::default()
    }

    /// Adds a reply for the next call of `spec`.
    #[must_use]
    pub fn reply(self, spec: &'static RouteSpec, reply: Reply) -> Scripted {
        self.with(spec, |line| line.replies.push_back(reply))
    }

    /// Sets the reply for every call of `spec` after its other replies are used up.
    #[must_use]
    pub fn always(self, spec: &'static RouteSpec, reply: Reply) -> Scripted {
        self.with(spec, |line| line.always = Some(reply))
    }

    fn with(self, spec: &'static RouteSpec, change: impl FnOnce(&mut Line)) -> Scripted {
        let mut lines = self
            .replies
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let known = lines.iter().position(|line| line.spec == spec);
        let at = known.unwrap_or_else(|| {
            lines.push(Line {
                spec,
                replies: VecDeque::new(),
                always: None,
            });
            lines.len() - 1
        });
        change(&mut lines[at]);
        Scripted {
            replies: Mutex::new(lines),
        }
    }

    fn next(&self, spec: &'static RouteSpec) -> Result<http::Response<Bytes>, BoxError> {
        let mut lines = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.iter_mut().find(|line| line.spec == spec);
        let reply = line.and_then(|line| line.replies.pop_front().or_else(|| line.always.clone()));
        let Some(Reply(reply)) = reply else {
            return Err(format!("the script does not have another reply for `{spec}`").into());
        };
        reply.map_err(Into::into)
    }
}

impl Reply {
    /// A response without a body.
    ///
    /// # Panics
    /// Panics if `status` is not a status code. A status code has three digits.
    pub fn status(status: u16) -> Reply {
        let mut reply = http::Response::new(Bytes::new());
        *reply.status_mut() = StatusCode::from_u16(status).expect("a status code has three digits");
        Reply(Ok(reply))
    }

    /// A response with `body` as JSON.
    ///
    /// # Panics
    /// Panics if `status` is not a status code.
    pub fn json(status: u16, body: &serde_json::Value) -> Reply {
        Reply::status(status)
            .header("Content-Type", "application/json")
            .body(format!("{body}"))
    }

    /// No response: the connection fails for this reason.
    pub fn broken(reason: &str) -> Reply {
        Reply(Err(reason.into()))
    }

    /// Adds a header to the response.
    ///
    /// # Panics
    /// Panics if HTTP does not allow the header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Reply {
        if let Ok(reply) = &mut self.0 {
            let header: HeaderName = name.parse().expect("the name of a header");
            let content = HeaderValue::from_str(value).expect("the value of a header");
            reply.headers_mut().append(header, content);
        }
        self
    }

    /// Sets the body of the response.
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Reply {
        Reply(self.0.map(|reply| reply.map(|_| body.into())))
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(reply) => write!(f, "{}", reply.status()),
            Err(reason) => f.write_str(reason),
        }
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let call = request.extensions().get::<Request>();
            let spec = call.map(Request::spec);
            // A stream is read as a server would read it, so that its errors appear.
            read_up_to(&mut request.into_body(), u64::MAX).await?;
            let spec = spec.ok_or("the script responds only to operations")?;
            Ok(self.next(spec)?.map(Body::from))
        })
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(core::future::ready(()))
    }
}
