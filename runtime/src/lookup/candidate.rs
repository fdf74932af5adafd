//! The result of a lookup: operations, each with the endpoint that was called.
//! This module must never drop a candidate because another one is more likely.

use core::fmt;

use super::captured::Parameters;
use super::trie::{Node, Record};
use super::version;
use super::walk::Walk;
use crate::{Endpoint, RouteSpec};

/// An operation that a call may be.
///
/// ```
/// use permspec_runtime::{Candidate, Captured};
///
/// /// Writes `AddImageMember image_id=70a599e0`.
/// fn line(found: &Candidate<'_>) -> String {
///     let values = found.parameters().map(|Captured { name, raw }| format!(" {name}={raw}"));
///     format!("{}{}", found.spec().id, values.collect::<String>())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'t> {
    spec: &'static RouteSpec,
    operation: usize,
    endpoint: &'static Endpoint,
    path: &'t str,
}

impl<'t> Candidate<'t> {
    /// The documentation of the operation.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// The endpoint of the operation that was called. If its `body_action` is not `None`, the operation
    /// is meant only if the JSON body has that key.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// The index of the operation among the operations of its service.
    pub(crate) fn operation(&self) -> usize {
        self.operation
    }

    /// The values of the path parameters from left to right, each as often as its name occurs.
    pub fn parameters(&self) -> Parameters<'t> {
        Parameters::new(self.endpoint.path, self.path)
    }
}

/// The candidates of a lookup. The most specific ones come first, then the order is that of services and
/// pages.
#[derive(Clone)]
pub struct Candidates<'t> {
    services: &'static [Option<&'static [RouteSpec]>],
    walk: Walk<'t>,
    /// The place that the walk reached.
    node: Option<Node>,
    method: u8,
    /// The number of the node's records that were already read.
    seen: usize,
    /// Whether a node before this one had candidates.
    later: bool,
}

impl<'t> Candidates<'t> {
    #[inline]
    pub(super) fn new(
        services: &'static [Option<&'static [RouteSpec]>],
        mut walk: Walk<'t>,
        method: u8,
    ) -> Candidates<'t> {
        Candidates {
            services,
            node: walk.next(),
            walk,
            method,
            seen: 0,
            later: false,
        }
    }

    fn candidate(&self, record: Record) -> Option<Candidate<'t>> {
        let specs = (*self.services.get(usize::from(record.service))?)?;
        let operation = record.operation as usize;
        let spec = specs.get(operation)?;
        let endpoint = spec.endpoints.get(usize::from(record.endpoint))?;
        let path = self.walk.path();
        // A router that matches text as written accepts any text as a version.
        let alike = self.walk.is_as_written() || version::begins_alike(endpoint.path, path);
        alike.then_some(Candidate {
            spec,
            operation,
            endpoint,
            path,
        })
    }

    /// Whether `record` is called by the method, on a path that the walk accepts.
    fn takes(&self, record: Record) -> bool {
        record.takes(self.method)
            && (!self.walk.is_as_written()
                || self
                    .candidate(record)
                    .is_some_and(|it| is_spelt(it.endpoint.path, it.path)))
    }

    /// Whether a more specific template of the service was found before `node`.
    #[inline(never)]
    fn is_hidden(&self, service: u16, node: Node) -> bool {
        let mut earlier = self.walk.again().take_while(|earlier| !earlier.is(node));
        earlier.any(|earlier| {
            let mut records = self.walk.records(earlier);
            records.any(|record| {
                record.service == service && self.takes(record) && self.candidate(record).is_some()
            })
        })
    }
}

/// Whether each text of a template appears in the path in the same case. The tree accepts a version in
/// either case.
fn is_spelt(template: &str, path: &str) -> bool {
    let bare = |path| str::strip_prefix(path, '/').unwrap_or(path);
    let mut pairs = bare(template).split('/').zip(bare(path).split('/'));
    pairs.all(|(text, segment)| text == "*" || text.contains('{') || text == segment)
}

impl<'t> Iterator for Candidates<'t> {
    type Item = Candidate<'t>;

    fn next(&mut self) -> Option<Candidate<'t>> {
        while let Some(node) = self.node {
            let records = self.walk.records(node).skip(self.seen);
            for record in records {
                self.seen += 1;
                let hidden = self.later && self.is_hidden(record.service, node);
                if !hidden
                    && self.takes(record)
                    && let Some(candidate) = self.candidate(record)
                {
                    return Some(candidate);
                }
            }
            self.node = self.walk.next();
            self.seen = 0;
            self.later = true;
        }
        None
    }
}

impl core::iter::FusedIterator for Candidates<'_> {}

/// The candidates that have not been returned yet.
impl fmt::Debug for Candidates<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
