//! Reads a call as people write it, and finds the operations that it may be.
//! A call may be several operations. This module must never choose one of them.

use std::collections::BTreeSet;
use std::fmt;

use permspec_runtime::{Candidate, Catalogue, Method, RouteSpec, ServiceSpec};
use serde_json::Value;

/// A method, a request target, and the known keys of the body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenCall {
    pub method: Method,
    pub target: String,
    /// The outer keys of the body, if the body is a JSON object. `None` if the body is not known or not a JSON object.
    pub keys: Option<BTreeSet<String>>,
    /// The service that was called, if it is known. Operations of several services may have the same path.
    pub service: Option<String>,
}

impl WrittenCall {
    /// Reads `METHOD target`. A version may follow, as in a request line (`HTTP/1.1`). Keys of the body may follow in
    /// parentheses, as permspec prints endpoints: `POST /x (os-extend)`. The method may be in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let inside = text.trim_end().strip_suffix(')');
        if let Some((call, listed)) = inside.and_then(|inside| inside.rsplit_once(" (")) {
            let keys = listed.split(',').map(|key| key.trim().to_owned());
            return Some(WrittenCall {
                keys: Some(keys.collect()),
                ..WrittenCall::parse(call).filter(|call| call.keys.is_none())?
            });
        }
        let mut words = text.split_whitespace();
        let (method, target) = (words.next()?, words.next()?);
        let is_version = |word: &str| word.starts_with("HTTP/");
        let is_call = words.next().is_none_or(is_version) && words.next().is_none();
        is_call.then(|| WrittenCall::new(method, target))?
    }

    /// A call with this method and target, if they are valid.
    pub fn new(method: &str, target: &str) -> Option<Self> {
        let method = method.to_ascii_uppercase().parse().ok()?;
        let is_target = target.starts_with('/') || target.contains("://");
        (is_target && !target.contains(char::is_whitespace)).then(|| WrittenCall {
            method,
            target: target.to_owned(),
            keys: None,
            service: None,
        })
    }

    /// The arguments, after a method and a path in separate arguments are joined.
    pub fn joined(arguments: &[String]) -> Vec<String> {
        let mut joined: Vec<String> = Vec::new();
        for argument in arguments {
            match joined.last_mut() {
                Some(method) if WrittenCall::new(method, argument).is_some() => {
                    *method = format!("{method} {argument}");
                }
                _ => joined.push(argument.clone()),
            }
        }
        joined
    }

    /// The call with the keys of this body.
    pub fn with_body(self, body: &str) -> Self {
        let keys = match serde_json::from_str(body) {
            Ok(Value::Object(object)) => Some(object.into_iter().map(|(key, _)| key).collect()),
            _ => None,
        };
        WrittenCall { keys, ..self }
    }

    /// The call as text. If the keys of the body are known, they follow in parentheses.
    pub fn with_keys(&self) -> String {
        match &self.keys {
            None => self.to_string(),
            Some(keys) => {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                format!("{self} ({})", keys.join(", "))
            }
        }
    }

    /// The call without its query. Calls that differ only in the query count as one.
    pub fn without_query(&self) -> WrittenCall {
        let path = self.target.split(['?', '#']).next().unwrap_or_default();
        WrittenCall {
            method: self.method,
            target: path.to_owned(),
            keys: self.keys.clone(),
            service: self.service.clone(),
        }
    }
}

impl fmt::Display for WrittenCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target)
    }
}

/// The operations that a name or a call stands for.
pub enum Meaning {
    /// One operation for a name, one or several operations for a call.
    Operations(Vec<&'static RouteSpec>),
    /// No operation. [`suggestions`](super::suggest::suggestions) finds what the user may have meant.
    Unknown,
}

/// The operation with the name `text`, such as `ims.AddImageMember`.
pub fn named(catalogue: &Catalogue, text: &str) -> Option<&'static RouteSpec> {
    catalogue.get(text.trim())
}

/// The operation with the name `text`, or the operations that the call `text` may be.
pub fn meaning(catalogue: &Catalogue, text: &str) -> Meaning {
    let Some(call) = WrittenCall::parse(text) else {
        return match named(catalogue, text) {
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

/// The candidates for a call, by its method, its path, the known keys of its body, and its service.
pub fn candidates<'t>(catalogue: &Catalogue, call: &'t WrittenCall) -> Vec<Candidate<'t>> {
    let candidates = catalogue.find(call.method, &call.target);
    let mut found = match &call.keys {
        Some(keys) => candidates.told_by(|key| keys.contains(key)),
        None => candidates.collect(),
    };
    match &call.service {
        Some(service) => found.retain(|it| it.spec().service == service),
        None if found.iter().any(|it| has_host(it.spec(), &call.target)) => {
            found.retain(|it| has_host(it.spec(), &call.target));
        }
        None => {}
    }
    found
}

/// Whether the host of a URL is the documented one of the operation's service, in any region.
fn has_host(spec: &RouteSpec, target: &str) -> bool {
    let host = |url: &str| {
        let (_, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
        Some(rest[..end].to_ascii_lowercase())
    };
    let pattern = spec
        .service_spec
        .and_then(ServiceSpec::address)
        .and_then(host);
    let (Some(host), Some(pattern)) = (host(target), pattern) else {
        return false;
    };
    match pattern.split_once("{region}") {
        Some((before, after)) => {
            let rest = host
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after));
            rest.is_some_and(|region| !region.is_empty() && !region.contains('.'))
        }
        None => host == pattern,
    }
}

/// The operations that a call may be, each once.
pub fn operations(catalogue: &Catalogue, call: &WrittenCall) -> Vec<&'static RouteSpec> {
    let mut found: Vec<&RouteSpec> = Vec::new();
    for candidate in candidates(catalogue, call) {
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
        let shown = |text| WrittenCall::parse(text).map(|call| call.to_string());
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
            "GET /a (b) (c)",
            "GET (b)",
            "GET",
            "",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_method_and_a_path_that_were_not_quoted_together_are_one() {
        let words = ["ims.X", "get", "/a", "POST /b", "/c", "GET"].map(str::to_owned);
        assert_eq!(
            WrittenCall::joined(&words),
            ["ims.X", "get /a", "POST /b", "/c", "GET"]
        );
    }

    #[test]
    fn keys_of_the_body_are_known_from_parentheses_or_from_a_json_object() {
        let keys = |call: Option<WrittenCall>| call.map(|call| call.with_keys());
        let written = WrittenCall::parse("post /x (os-extend, a)");
        assert_eq!(keys(written).as_deref(), Some("POST /x (a, os-extend)"));
        let with =
            |body: &str| keys(WrittenCall::parse("POST /x").map(|call| call.with_body(body)));
        assert_eq!(
            with(r#"{"b": {"c": 1}, "a": 2}"#).as_deref(),
            Some("POST /x (a, b)")
        );
        for body in ["", "[]", "a=1", "null", "{\"a\""] {
            assert_eq!(with(body).as_deref(), Some("POST /x"), "{body}");
        }
    }
}
