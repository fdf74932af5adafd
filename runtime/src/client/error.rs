//! Why a call failed: which operation, what the server said, and what the call needs.
//! This module must never show a token, or more of a body than fits on a screen.

use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error as _;
use core::fmt;

use http::StatusCode;

use super::refusal::{Refusal, is_html};
use super::{Response, SentCall};
use crate::auth::AuthError;
use crate::transport::excerpt;
use crate::{InvalidAddress, InvalidRequest, Method, Requirement, RouteSpec};

/// A call that failed.
///
/// The message names the operation, its method and path, the status, the service's id of the request, and
/// the beginning of the response body. For a 403 response, it also names the permissions that the call
/// needs according to the documentation:
///
/// ```text
/// `ims.AddImageMember` (POST /v2/images/70a599e0/members): 403 Forbidden (request 5f1c): {"message":
/// "denied"}; `POST /v2/images/{image_id}/members` needs `ims:images:get`, `ims:images:share`
/// ```
///
/// The message does not repeat the cause. The cause is the error's `source()`: the error of the HTTP
/// library or of the JSON reader. `{error:#}` writes the message and all causes on one line:
///
/// ```
/// use std::time::Duration;
///
/// use permspec_runtime::blocking::Client;
/// use permspec_runtime::{Body, BoxError, BoxFuture, Endpoint, Method, Request, RouteSpec, Transport};
///
/// /// A network that is down.
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
/// [`InvalidRequest`] converts into this error, so `?` works for both `Request::json` and a client's
/// `send`.
pub struct Error(Box<Inner>);

struct Inner {
    /// The operation, if the call was not sent and the kind does not know it.
    unsent: Option<&'static RouteSpec>,
    call: Option<SentCall>,
    kind: ErrorKind,
    excerpt: String,
    request_id: String,
    refusal: Refusal,
}

/// The kind of failure that an [`Error`] reports.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The address of the service cannot be used.
    Address {
        /// Why the address cannot be used.
        reason: &'static str,
    },
    /// The settings of the network cannot be used, such as a file of certificates or the address of a proxy.
    Network {
        /// Why they cannot be used.
        reason: String,
    },
    /// The settings of a cloud cannot be used.
    #[cfg(feature = "cloud")]
    Config(crate::cloud::ConfigError),
    /// The request was not sent, because it is invalid.
    Request(InvalidRequest),
    /// The request was not sent, because it could not be authenticated.
    Auth(AuthError),
    /// The request was not sent, because the address of its service is not known.
    #[cfg(feature = "cloud")]
    NoAddress(crate::cloud::NoAddress),
    /// No complete response arrived, for example because the connection was refused, the name was not
    /// found, or the time was over. The inner error is the HTTP library's.
    Transport(Box<dyn core::error::Error + Send + Sync>),
    /// The body of the response is longer than the client accepts.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server responded with a status other than 2xx. Clients do not follow redirects, because a
    /// redirect would send the token to another place. A 3xx status is therefore an error, too.
    Status(Response),
    /// The body of the response is not JSON, or does not have the requested shape.
    Json(serde_json::Error),
    /// The pages of a list do not follow each other as documented: a page was returned twice, for example.
    Pages {
        /// What is wrong with the page.
        reason: &'static str,
    },
    /// The job that the call started has failed.
    JobFailed {
        /// The identifier of the job.
        job_id: String,
        /// The status as the service writes it.
        status: String,
        /// The error code. Empty if the service does not state one.
        code: String,
        /// Why it failed. Empty if the service does not say it.
        reason: String,
    },
    /// The job that the call started has not ended in time. It continues.
    JobLate {
        /// The identifier of the job.
        job_id: String,
        /// The last status as the service writes it.
        status: String,
    },
}

impl Error {
    pub(super) fn new(call: SentCall, kind: ErrorKind) -> Error {
        Error::of(Some(call), kind)
    }

    pub(super) fn address(reason: &'static str) -> Error {
        Error::of(None, ErrorKind::Address { reason })
    }

    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn network(reason: String) -> Error {
        Error::of(None, ErrorKind::Network { reason })
    }

    /// An error before the call was ready to be sent.
    pub(super) fn unsent(spec: &'static RouteSpec, kind: ErrorKind) -> Error {
        let mut error = Error::of(None, kind);
        error.0.unsent = Some(spec);
        error
    }

    fn of(call: Option<SentCall>, kind: ErrorKind) -> Error {
        Error(Box::new(Inner {
            unsent: None,
            call,
            kind,
            excerpt: String::new(),
            request_id: String::new(),
            refusal: Refusal::default(),
        }))
    }

    /// An error for a response with a status other than 2xx. A server may send the request back with its
    /// token, so `secrets` are removed from the message.
    pub(super) fn status_of(call: SentCall, response: Response, secrets: &[&str]) -> Error {
        let text = response.text();
        let refusal = Refusal::read(&text);
        let refusal = Refusal {
            code: excerpt(&refusal.code, secrets),
            message: excerpt(&refusal.message, secrets),
        };
        // The tags of a page say nothing.
        let beginning = if is_html(&text) {
            refusal.message.clone()
        } else {
            excerpt(&text, secrets)
        };
        Error(Box::new(Inner {
            unsent: None,
            call: Some(call),
            excerpt: beginning,
            request_id: excerpt(response.request_id().unwrap_or_default(), secrets),
            refusal,
            kind: ErrorKind::Status(response),
        }))
    }

    /// The kind of failure.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The operation that was called. `None` if the address of a client cannot be used.
    pub fn spec(&self) -> Option<&'static RouteSpec> {
        match &self.0.kind {
            ErrorKind::Request(invalid) => Some(invalid.spec()),
            _ => self.0.call.as_ref().map(|call| call.spec).or(self.0.unsent),
        }
    }

    /// The method that was sent. `None` if nothing was sent.
    pub fn method(&self) -> Option<Method> {
        self.0.call.as_ref().map(|call| call.method)
    }

    /// The path that was sent, percent-encoded, without the query. `None` if nothing was sent.
    pub fn path(&self) -> Option<&str> {
        self.0.call.as_ref().map(|call| call.path.as_str())
    }

    /// The response, if the server refused the call.
    pub fn response(&self) -> Option<&Response> {
        match &self.0.kind {
            ErrorKind::Status(response) => Some(response),
            _ => None,
        }
    }

    /// The service's own code for the error, if the body of the refusal contains one, such as `IMG.0001` or
    /// the `NetworkNotFound` of Neutron. Keystone repeats the status.
    pub fn code(&self) -> Option<&str> {
        Some(&*self.0.refusal.code).filter(|code| !code.is_empty())
    }

    /// The service's message, if the body of the refusal contains one: the text of a field such as `message`,
    /// or the text of an HTML page. It is shortened as the [`excerpt`](Error::excerpt) is.
    pub fn message(&self) -> Option<&str> {
        Some(&*self.0.refusal.message).filter(|message| !message.is_empty())
    }

    /// The beginning of the body of the response that refused the call, as the message shows it: on one
    /// line, without the values that authenticated the request and without the tags of HTML. Empty if there
    /// is no such body.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    /// The actions that the call needs according to the documentation, if the server refused the call
    /// with 403. Otherwise the slice is empty.
    pub fn needs(&self) -> &'static [Requirement] {
        match &self.0.call {
            Some(call) if self.status() == Some(StatusCode::FORBIDDEN) => call.spec.permissions,
            _ => &[],
        }
    }

    /// The service's id of the refused request, if the response contains one.
    pub fn request_id(&self) -> Option<&str> {
        Some(&*self.0.request_id).filter(|id| !id.is_empty())
    }

    /// The status of the response, if the server refused the call.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status)
    }

    /// Writes what failed, without the causes of [`source`](core::error::Error::source).
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(call) = &self.0.call {
            write!(f, "{call}: ")?;
        } else if let Some(spec) = self.0.unsent {
            write!(f, "`{spec}` was not sent: ")?;
        }
        match &self.0.kind {
            ErrorKind::Address { reason } => {
                write!(f, "the service's address cannot be used: {reason}")
            }
            ErrorKind::Network { reason } => {
                write!(f, "the settings of the network cannot be used: {reason}")
            }
            ErrorKind::Request(invalid) => write!(f, "{invalid}"),
            ErrorKind::Auth(error) => write!(f, "{error}"),
            #[cfg(feature = "cloud")]
            ErrorKind::Config(error) => write!(f, "{error}"),
            #[cfg(feature = "cloud")]
            ErrorKind::NoAddress(error) => write!(f, "{error}"),
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
            ErrorKind::Json(_) => f.write_str("the response is not the JSON that was requested"),
            ErrorKind::Pages { reason } => f.write_str(reason),
            ErrorKind::JobFailed {
                job_id,
                status,
                code,
                reason,
            } => {
                write!(f, "job `{job_id}` has failed: {status}")?;
                let details = [code, reason].into_iter().filter(|text| !text.is_empty());
                details
                    .into_iter()
                    .try_for_each(|text| write!(f, ": {text}"))
            }
            ErrorKind::JobLate { job_id, status } => {
                write!(f, "job `{job_id}` has not ended in time: {status}")
            }
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
        Error::of(None, ErrorKind::Request(invalid))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)?;
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
    /// The cause that the message does not show. The message already contains the text of an invalid
    /// request or of a failed authentication. For these, this returns their own cause.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Request(invalid) => invalid.source(),
            ErrorKind::Auth(error) => error.source(),
            ErrorKind::Transport(error) => Some(&**error),
            ErrorKind::Json(error) => Some(error),
            ErrorKind::Address { .. }
            | ErrorKind::Network { .. }
            | ErrorKind::JobFailed { .. }
            | ErrorKind::JobLate { .. }
            | ErrorKind::Pages { .. }
            | ErrorKind::TooLarge { .. }
            | ErrorKind::Status(_) => None,
            #[cfg(feature = "cloud")]
            ErrorKind::Config(_) | ErrorKind::NoAddress(_) => None,
        }
    }
}

#[cfg(feature = "cloud")]
impl From<crate::cloud::ConfigError> for Error {
    fn from(error: crate::cloud::ConfigError) -> Error {
        Error::of(None, ErrorKind::Config(error))
    }
}

/// Writes what the call needs according to the documentation.
fn needs(f: &mut fmt::Formatter<'_>, call: &SentCall) -> fmt::Result {
    let (Some(endpoint), [first, others @ ..]) = (call.endpoint, call.spec.permissions) else {
        return Ok(());
    };
    write!(f, "; `{endpoint}` needs {}", Quoted(first))?;
    others
        .iter()
        .try_for_each(|requirement| write!(f, ", {}", Quoted(requirement)))
}

/// Writes `ims:images:share` in back-ticks, then the case.
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

/// The causes of an error. The text of an HTTP library's error may say only that sending failed.
fn causes(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = alloc::format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = alloc::format!("{error}");
        // Some errors already contain the text of their cause.
        if !shown.contains(&text) {
            write!(f, ": {text}")?;
        }
        shown = text;
        cause = error.source();
    }
    Ok(())
}
