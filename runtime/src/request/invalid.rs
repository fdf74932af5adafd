//! Why a request must not be sent.
//! This module must never show a value of a header: a token may be it.

use alloc::string::String;
use core::fmt;

use crate::RouteSpec;

/// A request that no client may send, and which operation it would have called.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    spec: &'static RouteSpec,
    problem: Problem,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The operation has no endpoint to call, or none of the number that was asked for.
    NoEndpoint,
    /// The documentation names no method for the endpoint, and none was chosen.
    NoMethod,
    /// The path has another number of parameters than there are values.
    ParameterCount {
        /// How many parameters the path has.
        expected: usize,
        /// How many values were given.
        given: usize,
    },
    /// The value of a path parameter is empty, so the path might mean another resource.
    EmptyParameter {
        /// The parameter's name in the path template.
        name: &'static str,
    },
    /// A segment of the path is `.` or `..`, which clients and proxies take as a step.
    DotSegment,
    /// Path and query are longer than an HTTP client accepts.
    TooLong,
    /// A header has a name or a value that may not stand in one.
    Header {
        /// The header's name as it was given.
        name: String,
    },
    /// The address that was set for this request alone cannot be used.
    Address {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// There is no body, although it says which of several operations with one call is meant.
    NoBody {
        /// The key that the body must have, where the documentation names it.
        key: Option<&'static str>,
    },
    /// The JSON body lacks the key that selects the operation.
    NoKey {
        /// The key, such as `os-extend`.
        key: &'static str,
    },
    /// The documentation names no key of the body under which a value could be put.
    KeyNotDocumented,
    /// The body cannot be written as JSON.
    Json {
        /// What serde says about it.
        message: String,
    },
}

impl InvalidRequest {
    pub(crate) fn new(spec: &'static RouteSpec, problem: Problem) -> InvalidRequest {
        InvalidRequest { spec, problem }
    }

    /// The operation that the request would have called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// What is wrong with the request.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was not sent: {}", self.spec, self.problem)
    }
}

impl fmt::Debug for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidRequest")
            .field("operation", &format_args!("{}", self.spec))
            .field("problem", &self.problem)
            .finish()
    }
}

impl core::error::Error for InvalidRequest {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoEndpoint => f.write_str("the operation has no such endpoint"),
            Problem::NoMethod => {
                f.write_str("any method may be meant; choose one with `with_method`")
            }
            Problem::ParameterCount { expected, given } => {
                write!(
                    f,
                    "its path has {expected} parameters, but {given} values were given"
                )
            }
            Problem::EmptyParameter { name } => write!(f, "path parameter `{name}` is empty"),
            Problem::DotSegment => {
                f.write_str("a path segment is `.` or `..`, which would lead to another path")
            }
            Problem::TooLong => f.write_str("path and query are too long"),
            Problem::Header { name } => {
                write!(
                    f,
                    "header {name:?} has a name or value that is not allowed in HTTP"
                )
            }
            Problem::Address { reason } => {
                write!(f, "the address of the request cannot be used: {reason}")
            }
            Problem::NoBody { key: None } => f.write_str(
                "it has no body, and the body says which of several operations with this call is meant",
            ),
            Problem::NoBody { key: Some(key) } => {
                write!(f, "it has no body, which must have the key `{key}`")
            }
            Problem::NoKey { key } => write!(
                f,
                "its body lacks the key `{key}`, without which another operation is meant"
            ),
            Problem::KeyNotDocumented => {
                f.write_str("the documentation names no key of its body; give the whole body")
            }
            Problem::Json { message } => write!(f, "the body is no JSON: {message}"),
        }
    }
}
