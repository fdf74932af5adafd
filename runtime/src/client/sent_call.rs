//! The call that a response or an error belongs to.
//! It must never contain headers or a body, because it exists longer than the request.

use alloc::string::String;
use core::fmt;

use crate::{Endpoint, InvalidRequest, Method, Request, RouteSpec};

/// An operation, and the method and the path that were sent.
#[derive(Clone, Debug)]
pub(super) struct SentCall {
    pub(super) spec: &'static RouteSpec,
    /// The endpoint of the operation that was called.
    pub(super) endpoint: Option<&'static Endpoint>,
    pub(super) method: Method,
    pub(super) path: String,
}

impl SentCall {
    pub(super) fn of(request: &Request) -> Result<SentCall, InvalidRequest> {
        let path = request.path()?.into();
        Ok(SentCall {
            spec: request.spec(),
            endpoint: request.template(),
            method: request.method(),
            path,
        })
    }
}

impl fmt::Display for SentCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({} {})", self.spec, self.method, self.path)
    }
}
