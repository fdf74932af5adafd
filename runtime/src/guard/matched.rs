//! The operation of a call, for the handlers after the guard.
//! This module must never hide that a call may be one of several operations.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Candidate, Captured, Decoded, Endpoint, RouteSpec};

/// The operation of a call, or the operations that it may be. The guard inserts this value into the
/// extensions of the request.
///
/// ```
/// use permspec_runtime::guard::Matched;
///
/// /// A line for an audit log.
/// fn line(request: &http::Request<()>) -> String {
///     match request.extensions().get::<Matched>() {
///         Some(matched) => format!("{matched}"),
///         None => "unknown operation".into(),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched(Vec<Operation>);

/// An operation, and the values in the path of the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    spec: &'static RouteSpec,
    endpoint: &'static Endpoint,
    parameters: Vec<(&'static str, String)>,
}

impl Matched {
    /// Contains each operation once, even if several ways to read the call lead to it.
    pub(super) fn new(operations: impl IntoIterator<Item = Operation>) -> Matched {
        let mut each: Vec<Operation> = Vec::new();
        for operation in operations {
            if !each.iter().any(|known| known.is_same_endpoint(&operation)) {
                each.push(operation);
            }
        }
        Matched(each)
    }

    /// The operation of the call. `None` if the call may be one of several operations.
    pub fn operation(&self) -> Option<&Operation> {
        match &*self.0 {
            [operation] => Some(operation),
            _ => None,
        }
    }

    /// Every operation that the call may be.
    pub fn operations(&self) -> &[Operation] {
        &self.0
    }
}

impl Operation {
    pub(super) fn of(candidate: &Candidate<'_>) -> Operation {
        let values = candidate.parameters();
        Operation {
            spec: candidate.spec(),
            endpoint: candidate.endpoint(),
            parameters: values
                .map(|Captured { name, raw }| (name, raw.into()))
                .collect(),
        }
    }

    /// The documentation of the operation.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// The endpoint of the operation that was called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Whether both are the same endpoint with the same values, in any encoding.
    pub(super) fn is_same_call(&self, other: &Operation) -> bool {
        let values = |operation: &'_ Operation| -> Vec<Vec<u8>> {
            let values = operation.parameters.iter();
            values.map(|(_, raw)| Decoded::new(raw).collect()).collect()
        };
        self.is_same_endpoint(other)
            && (self.parameters == other.parameters || values(self) == values(other))
    }

    /// Whether both are the same endpoint of the same operation, with any values.
    fn is_same_endpoint(&self, other: &Operation) -> bool {
        core::ptr::eq(self.endpoint, other.endpoint) && core::ptr::eq(self.spec, other.spec)
    }

    /// The value of a path parameter, as it appears in the path: percent-encoded.
    ///
    /// Routers may read the path in different ways. The value belongs to the reading of this operation.
    /// For `/v2/images/x/../70a599e0`, it is `70a599e0`.
    /// `/v2/images/x/../70a599e0` it is `70a599e0`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(known, _)| *known == name)?;
        Some(value)
    }
}

/// Writes `ims.AddImageMember`. The word `or` separates several operations.
impl fmt::Display for Matched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, operation) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { " or " };
            write!(f, "{separator}{}", operation.spec)?;
        }
        Ok(())
    }
}
