//! The response to a call that succeeded, or that a server refused.
//! `Debug` must never show header values or the body, because they may contain a token.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::SentCall;
use crate::RouteSpec;

/// A response of the cloud with its whole body.
///
/// `Debug` shows only the names of the headers and the length of the body.
#[derive(Clone)]
pub struct Response {
    call: SentCall,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Response {
    pub(super) fn new(call: SentCall, response: http::Response<Bytes>) -> Response {
        let (parts, body) = response.into_parts();
        Response {
            call,
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The documentation of the operation that was called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.call.spec
    }

    /// The status code. You can compare it with numbers: `response.status() == 204`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The id that the service gives this request in its logs, if the response contains one
    /// (`X-Request-Id`, `X-Openstack-Request-Id` or `X-Compute-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it arrived. Empty if there is no body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The call that this response belongs to.
    pub(super) fn call(&self) -> &SentCall {
        &self.call
    }
}

/// The header of a response that contains the id of the request.
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
