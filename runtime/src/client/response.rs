//! The answer to a call that succeeded, or that a server refused.
//! This module must never show header values or the body unasked: a token may be among them.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Call;
use crate::RouteSpec;

/// An answer of the cloud, read to its end.
///
/// `Debug` shows the names of headers and the length of the body only.
#[derive(Clone)]
pub struct Response {
    call: Call,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Response {
    pub(super) fn new(call: Call, response: http::Response<Bytes>) -> Response {
        let (parts, body) = response.into_parts();
        Response {
            call,
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// What the documentation says about the operation that was called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.call.spec
    }

    /// The status code. It compares with numbers: `response.status() == 204`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What the service calls this request in its logs, where it says so
    /// (`X-Request-Id`, `X-Openstack-Request-Id` or `X-Compute-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, empty where there was none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; bytes that are no UTF-8 are replaced by U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Which call it belongs to.
    pub(super) fn call(&self) -> &Call {
        &self.call
    }
}

/// The header of an answer that names the request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 3] = [
        "x-request-id",
        "x-openstack-request-id",
        "x-compute-request-id",
    ];
    let mut values = NAMES.iter().filter_map(|name| headers.get(*name));
    values.find_map(|value| value.to_str().ok())
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("call", &format_args!("{}", self.call))
            .field("status", &self.status)
            .field(
                "headers",
                &self.headers.keys().collect::<alloc::vec::Vec<_>>(),
            )
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
