//! Which call an answer or an error belongs to.
//! This module must never keep headers or a body: it outlives the request.

use alloc::string::String;
use core::fmt;

use crate::{Endpoint, InvalidRequest, Method, Request, RouteSpec};

/// An operation, and method and path as they were sent.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) spec: &'static RouteSpec,
    /// The one of its endpoints that was called.
    pub(super) endpoint: Option<&'static Endpoint>,
    pub(super) method: Method,
    pub(super) path: String,
}

impl Call {
    pub(super) fn of(request: &Request) -> Result<Call, InvalidRequest> {
        let path = request.path()?.into();
        Ok(Call {
            spec: request.spec(),
            endpoint: request.template(),
            method: request.method(),
            path,
        })
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({} {})", self.spec, self.method, self.path)
    }
}
