//! Which call an answer or an error belongs to.
//! This module must never keep headers or a body: it outlives the request.

use alloc::string::String;
use core::fmt;

use crate::{InvalidRequest, Method, Request, RouteSpec};

/// An operation, and method and path as they were sent.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) spec: &'static RouteSpec,
    pub(super) method: Method,
    pub(super) path: String,
}

impl Call {
    pub(super) fn of(request: &Request) -> Result<Call, InvalidRequest> {
        let path = request.path()?.into();
        Ok(Call {
            spec: request.spec(),
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
