//! The operations that a call may reach, by every way in which a router may read it.
//! This module must never leave out a way because the documentation does not mention it.

use alloc::string::String;
use alloc::vec::Vec;

use http::Uri;
use http::request::Parts;

use super::Operation;
use super::reading::{TooMany, Words, is_needlessly_encoded, readings};
use crate::lookup::Candidates;
use crate::template::{Piece, pieces};
use crate::{Catalogue, Decoded, Method};

/// Headers in which some frameworks let a caller name another method. `_` counts as `-`, because CGI and
/// WSGI write both as `_`.
const METHOD_HEADERS: [&str; 3] = [
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// The query parameter with the same effect.
const METHOD_PARAMETER: &str = "_method";

/// Headers in which some frameworks let a caller name another path.
const PATH_HEADERS: [&str; 2] = ["x-original-url", "x-rewrite-url"];

/// One way to read a call, and the operations that the call may be then.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) operations: Vec<Operation>,
    pub(super) takers: Takers,
}

/// The servers that read a call in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takers {
    /// Every server. A call that is not an operation in this way is not documented.
    All,
    /// Servers that match a path before they decode it. They must not be led to an undocumented
    /// operation.
    Literal,
    /// Servers whose handler of `GET` also serves `HEAD`. Most servers do this.
    Most,
    /// Servers that accept more spellings than the documentation.
    Some,
}

impl Way {
    /// Whether the call is not documented in a way in which it must be.
    pub(super) fn is_unknown(&self) -> bool {
        self.takers.must_be_known() && self.operations.is_empty()
    }

    /// Whether the documentation would say that the call is one of these operations.
    pub(super) fn is_meant(&self) -> bool {
        matches!(self.takers, Takers::All | Takers::Most) && !self.operations.is_empty()
    }
}

impl Takers {
    fn must_be_known(self) -> bool {
        matches!(self, Takers::All | Takers::Literal)
    }
}

/// Every way to read the call. The first one is the documentation's own.
pub(super) fn ways(
    catalogue: &Catalogue,
    words: &Words,
    call: &Parts,
) -> Result<Vec<Way>, TooMany> {
    let mut ways = Ways {
        catalogue,
        words,
        found: Vec::new(),
    };
    let mut methods = alloc::vec![Named::new(call.method.as_str())];
    for other in other_methods(call) {
        if !methods.contains(&other) {
            methods.push(other);
        }
    }
    ways.add(&methods, call.uri.path(), Takers::All)?;
    for path in other_paths(call) {
        ways.add(&methods, &path, Takers::Some)?;
    }
    Ok(ways.found)
}

/// A method as a caller names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Exactly(Method),
    /// Some servers accept method names in any case, although case matters (RFC 9110, section 9.1).
    InOtherCase(Method),
    Unknown,
}

impl Named {
    fn new(name: &str) -> Named {
        let mut known = Method::ALL.iter();
        match known.find(|method| method.as_str().eq_ignore_ascii_case(name)) {
            Some(method) if method.as_str() == name => Named::Exactly(*method),
            Some(method) => Named::InOtherCase(*method),
            None => Named::Unknown,
        }
    }
}

/// A rule by which a router matches a path.
type Rule = for<'t> fn(&Catalogue, Method, &'t str) -> Candidates<'t>;

struct Ways<'c> {
    catalogue: &'c Catalogue,
    words: &'c Words,
    found: Vec<Way>,
}

impl Ways<'_> {
    /// Adds every way to read each of `methods` on `path`. `takers` are the servers that read both as
    /// they are.
    fn add(&mut self, methods: &[Named], path: &str, takers: Takers) -> Result<(), TooMany> {
        for (at, reading) in readings(path, self.words)?.iter().enumerate() {
            for named in methods {
                let (method, is_exact) = match *named {
                    Named::Exactly(method) => (Some(method), true),
                    Named::InOtherCase(method) => (Some(method), false),
                    Named::Unknown => (None, false),
                };
                let takers = if at == 0 { takers } else { Takers::Some };
                if !is_exact {
                    self.push(Vec::new(), takers);
                }
                let Some(method) = method else { continue };
                let takers = if is_exact { takers } else { Takers::Some };
                self.matched(Catalogue::find, method, reading, takers);
                let by_letter = match takers {
                    Takers::All if is_needlessly_encoded(reading) => Takers::Literal,
                    _ => Takers::Some,
                };
                self.matched(Catalogue::find_as_written, method, reading, by_letter);
                if reading.contains("//") || reading.ends_with('/') {
                    let rule = Catalogue::find_with_empty_values;
                    self.matched(rule, method, reading, Takers::Some);
                }
            }
        }
        Ok(())
    }

    /// Adds what one rule finds. For `HEAD`, also adds what the rule finds for `GET` if the handler of
    /// `GET` serves it.
    fn matched(&mut self, rule: Rule, method: Method, path: &str, takers: Takers) {
        let find = |method| -> Vec<Operation> {
            let found = rule(self.catalogue, method, path);
            found.map(|candidate| Operation::of(&candidate)).collect()
        };
        let operations = find(method);
        let mut others = Vec::new();
        if method == Method::Head {
            others = find(Method::Get);
            others.retain(|other| !operations.iter().any(|it| is_head_of(it, other)));
        }
        self.push(operations, takers);
        let by_get = match takers {
            Takers::All => Takers::Most,
            _ => Takers::Some,
        };
        self.push(others, by_get);
    }

    /// Leaves out a way that does not add anything.
    fn push(&mut self, operations: Vec<Operation>, takers: Takers) {
        let says_something = takers.must_be_known() || !operations.is_empty();
        let is_said = |known: &Way| {
            let mut pairs = known.operations.iter().zip(&operations);
            known.operations.len() == operations.len() && pairs.all(|(a, b)| a.is_same_call(b))
        };
        if says_something && !self.found.iter().any(is_said) {
            self.found.push(Way { operations, takers });
        }
    }
}

/// Whether `head` is documented as `HEAD` on the path of `get`, so that it has its own handler.
fn is_head_of(head: &Operation, get: &Operation) -> bool {
    let shape = |operation: &Operation| {
        pieces(operation.endpoint().path).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Parameter(_) => "{}",
        })
    };
    head.endpoint().method == Some(Method::Head)
        && head.spec().service == get.spec().service
        && shape(head).eq(shape(get))
}

/// The methods that the caller names in addition to the one in the request line.
fn other_methods(call: &Parts) -> impl Iterator<Item = Named> + '_ {
    let of_headers = named(call, &METHOD_HEADERS).flat_map(|value| value.split(','));
    let pairs = call.uri.query().unwrap_or("").split(['&', ';']);
    let of_query = pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Decoded::new(name)
            .eq(METHOD_PARAMETER.bytes())
            .then_some(value)
    });
    let names = of_headers.chain(of_query);
    names.map(|name| {
        let bytes: Vec<u8> = Decoded::new(name.trim()).collect();
        Named::new(&String::from_utf8_lossy(&bytes).to_ascii_uppercase())
    })
}

/// The paths that the caller names in addition to the one in the request line.
fn other_paths(call: &Parts) -> impl Iterator<Item = String> + '_ {
    let targets = named(call, &PATH_HEADERS).filter_map(|value| value.trim().parse::<Uri>().ok());
    targets.map(|target| target.path().into())
}

/// The values of the headers with these names. A value that is not text is left out, because frameworks
/// do not accept it.
fn named<'c>(call: &'c Parts, names: &'static [&'static str]) -> impl Iterator<Item = &'c str> {
    let headers = call.headers.iter();
    headers.filter_map(|(name, value)| {
        let hyphened = name.as_str().replace('_', "-");
        names.contains(&&*hyphened).then(|| value.to_str().ok())?
    })
}
