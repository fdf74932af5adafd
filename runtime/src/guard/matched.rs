//! Which operation a call is, for the handlers behind the guard.
//! This module must never hide that there are several.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Candidate, Captured, Endpoint, RouteSpec};

/// The operation that a call is, or those that it may be. The guard puts it into the request's
/// extensions.
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

/// An operation, and the values in the call's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    spec: &'static RouteSpec,
    endpoint: &'static Endpoint,
    parameters: Vec<(&'static str, String)>,
}

impl Matched {
    pub(super) fn new(operations: Vec<Operation>) -> Matched {
        Matched(operations)
    }

    /// The operation; `None` where there are several.
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

    /// What the documentation says about it.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// The one of its endpoints that was called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// The value of a parameter of the path, as it stands in the path: percent-encoded.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(known, _)| *known == name)?;
        Some(value)
    }
}

/// `ims.AddImageMember`; several are set apart by `or`.
impl fmt::Display for Matched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, operation) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { " or " };
            write!(f, "{separator}{}", operation.spec)?;
        }
        Ok(())
    }
}
