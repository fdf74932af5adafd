//! Why a request must not be sent.
//! This module must never show the value of a header, because it may be a token.

use alloc::string::String;
use core::fmt;

use crate::RouteSpec;

/// A request that cannot be sent, with the operation that it would have called.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    spec: &'static RouteSpec,
    problem: Problem,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The operation does not have an endpoint, or does not have one with the chosen number.
    NoEndpoint,
    /// The documentation does not name a method for the endpoint, and the caller did not choose one.
    NoMethod,
    /// The number of values is not the number of path parameters.
    ParameterCount {
        /// The number of parameters of the path.
        expected: usize,
        /// The number of values.
        given: usize,
    },
    /// The value of a path parameter is empty, so the path might mean another resource.
    EmptyParameter {
        /// The name of the parameter in the path template.
        name: String,
    },
    /// A path parameter that means the caller's own project or account was not set.
    UnsetParameter {
        /// The name of the parameter in the path template.
        name: String,
    },
    /// A segment of the path is `.` or `..`, which clients and proxies treat as a step.
    DotSegment,
    /// Path and query are longer than an HTTP client accepts.
    TooLong,
    /// HTTP does not allow the name or the value of a header.
    Header {
        /// The name of the header as it was given.
        name: String,
    },
    /// The address that was set for this request cannot be used.
    Address {
        /// Why the address cannot be used.
        reason: &'static str,
    },
    /// The request does not have a body, although several operations share its call and the body says
    /// which one is meant.
    NoBody {
        /// The key that the body must have, if the documentation names it.
        key: Option<&'static str>,
    },
    /// The JSON body does not have the key that selects the operation.
    NoKey {
        /// The key, such as `os-extend`.
        key: &'static str,
    },
    /// The documentation does not name a key of the body, so a value cannot be put under it.
    KeyNotDocumented,
    /// The body lacks a field that the documentation requires.
    MissingField {
        /// The fields that lead to it: `server.nics[0].subnet_id`.
        field: String,
    },
    /// The body cannot be written as JSON.
    Json {
        /// The message of serde.
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
            Problem::NoEndpoint => f.write_str("the operation does not have this endpoint"),
            Problem::NoMethod => {
                f.write_str("the documentation does not name a method; choose one with `with_method`")
            }
            Problem::ParameterCount { expected, given } => {
                write!(
                    f,
                    "its path has {expected} parameters, but {given} values were given"
                )
            }
            Problem::EmptyParameter { name } => write!(f, "path parameter `{name}` is empty"),
            Problem::UnsetParameter { name } => write!(
                f,
                "path parameter `{name}` is not set, and the client does not know it; set it with \
                 `with_parameter`"
            ),
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
                "it does not have a body, and only the body says which of several operations with this call is meant",
            ),
            Problem::NoBody { key: Some(key) } => {
                write!(f, "it does not have a body, and the body must have the key `{key}`")
            }
            Problem::NoKey { key } => write!(
                f,
                "its body does not have the key `{key}`, and without it the call means another operation"
            ),
            Problem::KeyNotDocumented => {
                f.write_str("the documentation does not name a key of its body; pass the whole body")
            }
            Problem::MissingField { field } => {
                write!(f, "its body does not have the field `{field}`, which the documentation requires")
            }
            Problem::Json { message } => write!(f, "the body cannot be written as JSON: {message}"),
        }
    }
}
