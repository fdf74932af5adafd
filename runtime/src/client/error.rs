//! Why a call failed: which operation, what the server said, and what the call needs.
//! This module must never show a token, nor more of a body than fits on a screen.

use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error as _;
use core::fmt;

use http::StatusCode;

use super::{Call, Response};
use crate::auth::AuthError;
use crate::transport::excerpt;
use crate::{InvalidAddress, InvalidRequest, Method, Requirement, RouteSpec};

/// A call that failed.
///
/// The message names the operation, method and path, the status, the service's id of the request and the
/// beginning of the body; on 403 also the permissions that the documentation says the call needs:
///
/// ```text
/// `ims.AddImageMember` (POST /v2/images/70a599e0/members): 403 Forbidden (request 5f1c): {"message":
/// "denied"}; `POST /v2/images/{image_id}/members` needs `ims:images:get`, `ims:images:share`
/// ```
///
/// The message does not repeat the cause, which is the error's `source()`: the HTTP library's error, or that
/// of the JSON reader. `{error:#}` writes the message and all causes on one line:
///
/// ```
/// use std::time::Duration;
///
/// use permspec_runtime::blocking::Client;
/// use permspec_runtime::{Body, BoxError, BoxFuture, Endpoint, Method, Request, RouteSpec, Transport};
///
/// /// A network without a cable.
/// struct Unplugged;
///
/// impl Transport for Unplugged {
///     fn send(&self, _: http::Request<Body>, _: Duration) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
///         Box::pin(async { Err("network is down".into()) })
///     }
///
///     fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(async {})
///     }
/// }
///
/// static VERSIONS: RouteSpec = RouteSpec {
///     id: "ListApiVersions",
///     endpoints: &[Endpoint::new(Method::Get, "/")],
///     ..RouteSpec::of("ims")
/// };
///
/// let client = Client::over(Unplugged, "https://ims.test")?;
/// let error = client.send(Request::new(&VERSIONS, &[])).unwrap_err();
/// assert_eq!(error.to_string(), "`ims.ListApiVersions` (GET /): no complete response");
/// assert_eq!(format!("{error:#}"), "`ims.ListApiVersions` (GET /): no complete response: network is down");
/// # Ok::<(), permspec_runtime::Error>(())
/// ```
///
/// An error converts from [`InvalidRequest`], so `?` works on `Request::json` and on a client's `send` alike.
pub struct Error(Box<Inner>);

struct Inner {
    call: Option<Call>,
    kind: ErrorKind,
    excerpt: String,
    request_id: String,
}

/// What kind of failure an [`Error`] is.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The address of the service cannot be used.
    Address {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The request was not sent, because it is invalid.
    Request(InvalidRequest),
    /// The request was not sent, because nothing could prove who calls.
    Auth(AuthError),
    /// There was no answer, or only half of one: connection refused, name not found, time-out. The
    /// inner error is the HTTP library's.
    Transport(Box<dyn core::error::Error + Send + Sync>),
    /// The body of the answer is longer than the client accepts.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server answered with another status than 2xx. Redirects are not followed, as they would
    /// carry the token elsewhere, so 3xx is one of these.
    Status(Response),
    /// The body of the answer is no JSON of the shape that was asked for.
    Json(serde_json::Error),
}

impl Error {
    pub(super) fn new(call: Call, kind: ErrorKind) -> Error {
        Error(Box::new(Inner {
            call: Some(call),
            kind,
            excerpt: String::new(),
            request_id: String::new(),
        }))
    }

    pub(super) fn address(reason: &'static str) -> Error {
        let kind = ErrorKind::Address { reason };
        Error(Box::new(Inner {
            call: None,
            kind,
            excerpt: String::new(),
            request_id: String::new(),
        }))
    }

    /// An answer other than 2xx. A server may send the request back, token and all, so `secrets` are
    /// taken out of what the message shows.
    pub(super) fn status_of(call: Call, response: Response, secrets: &[&str]) -> Error {
        let request_id = excerpt(response.request_id().unwrap_or_default(), secrets);
        Error(Box::new(Inner {
            call: Some(call),
            excerpt: excerpt(&response.text(), secrets),
            kind: ErrorKind::Status(response),
            request_id,
        }))
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The operation that was called; `None` for the address of a client.
    pub fn spec(&self) -> Option<&'static RouteSpec> {
        match &self.0.kind {
            ErrorKind::Request(invalid) => Some(invalid.spec()),
            _ => self.0.call.as_ref().map(|call| call.spec),
        }
    }

    /// The method that was sent; `None` where nothing was.
    pub fn method(&self) -> Option<Method> {
        self.0.call.as_ref().map(|call| call.method)
    }

    /// The path that was sent, percent-encoded, without the query; `None` where nothing was sent.
    pub fn path(&self) -> Option<&str> {
        self.0.call.as_ref().map(|call| call.path.as_str())
    }

    /// The answer, where the server refused the call.
    pub fn response(&self) -> Option<&Response> {
        match &self.0.kind {
            ErrorKind::Status(response) => Some(response),
            _ => None,
        }
    }

    /// The beginning of the refusing answer's body, as the message shows it: on one line, without what
    /// authenticated the request. Empty where there is none.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    /// What the documentation says that the call needs, where the server refused it with 403; else
    /// nothing.
    pub fn needs(&self) -> &'static [Requirement] {
        match &self.0.call {
            Some(call) if self.status() == Some(StatusCode::FORBIDDEN) => call.spec.permissions,
            _ => &[],
        }
    }

    /// What the service calls the request that it refused, where it says so.
    pub fn request_id(&self) -> Option<&str> {
        Some(&*self.0.request_id).filter(|id| !id.is_empty())
    }

    /// The status of the answer, where the server refused the call.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status)
    }

    /// What failed, without the causes that [`source`](core::error::Error::source) leads to.
    fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(call) = &self.0.call {
            write!(f, "{call}: ")?;
        }
        match &self.0.kind {
            ErrorKind::Address { reason } => {
                write!(f, "the service's address cannot be used: {reason}")
            }
            ErrorKind::Request(invalid) => write!(f, "{invalid}"),
            ErrorKind::Auth(error) => write!(f, "{error}"),
            ErrorKind::Transport(_) => f.write_str("no complete response"),
            ErrorKind::TooLarge { limit } => write!(f, "the response is longer than {limit} bytes"),
            ErrorKind::Status(response) => {
                write!(f, "{}", response.status())?;
                if let Some(id) = self.request_id() {
                    write!(f, " (request {id})")?;
                }
                if !self.0.excerpt.is_empty() {
                    write!(f, ": {}", self.0.excerpt)?;
                }
                match &self.0.call {
                    Some(call) if response.status() == StatusCode::FORBIDDEN => needs(f, call),
                    _ => Ok(()),
                }
            }
            ErrorKind::Json(_) => f.write_str("the response is not the JSON that was asked for"),
        }
    }
}

impl From<InvalidAddress> for Error {
    fn from(invalid: InvalidAddress) -> Error {
        Error::address(invalid.reason())
    }
}

impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Error {
        match never {}
    }
}

impl From<InvalidRequest> for Error {
    fn from(invalid: InvalidRequest) -> Error {
        let kind = ErrorKind::Request(invalid);
        Error(Box::new(Inner {
            call: None,
            kind,
            excerpt: String::new(),
            request_id: String::new(),
        }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f)?;
        if f.alternate() {
            causes(self, f)
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        if let Some(call) = &self.0.call {
            shown.field("call", &format_args!("{call}"));
        }
        shown
            .field("kind", &self.0.kind)
            .field("excerpt", &self.0.excerpt)
            .finish()
    }
}

impl core::error::Error for Error {
    /// The cause that the message does not show. The text of an invalid request and of a failed
    /// authentication is the message itself, so that their own cause follows.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Request(invalid) => invalid.source(),
            ErrorKind::Auth(error) => error.source(),
            ErrorKind::Transport(error) => Some(&**error),
            ErrorKind::Json(error) => Some(error),
            ErrorKind::Address { .. } | ErrorKind::TooLarge { .. } | ErrorKind::Status(_) => None,
        }
    }
}

/// What the documentation says that the call needs.
fn needs(f: &mut fmt::Formatter<'_>, call: &Call) -> fmt::Result {
    let (Some(endpoint), [first, others @ ..]) = (call.endpoint, call.spec.permissions) else {
        return Ok(());
    };
    write!(f, "; `{endpoint}` needs {}", Quoted(first))?;
    others
        .iter()
        .try_for_each(|requirement| write!(f, ", {}", Quoted(requirement)))
}

/// `ims:images:share` in back-ticks, and the case behind them.
struct Quoted<'r>(&'r Requirement);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.permission)?;
        match self.0.when {
            Some(when) => write!(f, " ({when})"),
            None => Ok(()),
        }
    }
}

/// The causes of an error: an HTTP library's own text may say only that sending failed.
fn causes(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = alloc::format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = alloc::format!("{error}");
        // Some repeat their cause's text in their own.
        if !shown.contains(&text) {
            write!(f, ": {text}")?;
        }
        shown = text;
        cause = error.source();
    }
    Ok(())
}
