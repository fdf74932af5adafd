//! A call as people write it, and the operations that it may be.
//! This module must never settle a doubt: what is not clear is handed back.

use std::fmt;

use permspec_runtime::{Catalogue, Method, RouteSpec};

/// A method and a request target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub method: Method,
    pub target: String,
}

impl Call {
    /// Reads `METHOD target`, with a version behind it as in a request line (`HTTP/1.1`) or without.
    /// The method may be in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (method, target) = (words.next()?, words.next()?);
        let is_version = |word: &str| word.starts_with("HTTP/");
        let is_call = words.next().is_none_or(is_version) && words.next().is_none();
        is_call.then(|| Call::new(method, target))?
    }

    /// A call of these parts, where they are such.
    pub fn new(method: &str, target: &str) -> Option<Self> {
        let method = method.to_ascii_uppercase().parse().ok()?;
        let is_target = target.starts_with('/') || target.contains("://");
        (is_target && !target.contains(char::is_whitespace)).then(|| Call {
            method,
            target: target.to_owned(),
        })
    }

    /// The call without its query, by which calls of one kind are counted.
    pub fn without_query(&self) -> Call {
        let path = self.target.split(['?', '#']).next().unwrap_or_default();
        Call {
            method: self.method,
            target: path.to_owned(),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target)
    }
}

/// What an operation's name or a call stands for.
pub enum Meaning {
    /// These operations: one for a name, one or several for a call.
    Operations(Vec<&'static RouteSpec>),
    /// Nothing that the catalogue knows; [`suggestions`](super::suggest::suggestions) says what may have been meant.
    Unknown,
}

/// The operation named `text`, or those that the call `text` may be.
pub fn meaning(catalogue: &Catalogue, text: &str) -> Meaning {
    let Some(call) = Call::parse(text) else {
        return match catalogue.get(text) {
            Some(spec) => Meaning::Operations(vec![spec]),
            None => Meaning::Unknown,
        };
    };
    let found = operations(catalogue, &call);
    if found.is_empty() {
        Meaning::Unknown
    } else {
        Meaning::Operations(found)
    }
}

/// The operations that a call may be, each once.
pub fn operations(catalogue: &Catalogue, call: &Call) -> Vec<&'static RouteSpec> {
    let mut found: Vec<&RouteSpec> = Vec::new();
    for candidate in catalogue.find(call.method, &call.target) {
        if !found.contains(&candidate.spec()) {
            found.push(candidate.spec());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_method_and_a_target() {
        let shown = |text| Call::parse(text).map(|call| call.to_string());
        assert_eq!(
            shown(" get  /v2/images?x=1 ").as_deref(),
            Some("GET /v2/images?x=1")
        );
        assert_eq!(shown("GET / HTTP/1.1").as_deref(), Some("GET /"));
        assert_eq!(
            shown("PUT https://host/x").as_deref(),
            Some("PUT https://host/x")
        );
        for text in [
            "ims.AddImageMember",
            "FETCH /x",
            "GET x",
            "GET /a b",
            "GET /a HTTP/1.1 x",
            "GET",
            "",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
