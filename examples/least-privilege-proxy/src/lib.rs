//! A reverse proxy that records which operations pass through it, and at the end says the smallest policy
//! that allows them.
//!
//! Let a program call the cloud through it for a while, and give the program that policy. Nothing is
//! refused and nothing is changed on the way.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use permspec_runtime::guard::{Guard, Matched, Operation, Unknown, Verdict};
use permspec_runtime::policy::{AmbiguousCall, Calls, LeastPrivilege, Wanted};
use permspec_runtime::{Address, Body, Catalogue, Error, Reqwest, RouteSpec, Transport};

/// Long enough for an image.
const TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// What passed through.
#[derive(Clone, Debug)]
pub struct Record(Arc<Mutex<Passed>>);

#[derive(Debug, Default)]
struct Passed {
    /// The service that is behind the proxy. A path alone may be several services' operation.
    service: String,
    calls: Calls,
}

impl Record {
    /// A record of the operations of `service`, such as `ims`.
    pub fn of(service: &str) -> Record {
        Record(Arc::new(Mutex::new(Passed {
            service: service.into(),
            ..Passed::default()
        })))
    }

    /// Says that this operation is meant where a call may be several.
    pub fn name(&self, spec: &'static RouteSpec) {
        self.passed().calls.name(spec);
    }

    fn note(&self, call: &str, matched: Option<&Matched>) {
        let mut passed = self.passed();
        let Passed { service, calls } = &mut *passed;
        let operations = matched.map_or(&[][..], Matched::operations).iter();
        let specs = operations
            .map(Operation::spec)
            .filter(|spec| spec.service == *service);
        calls.add(specs, call, 1);
    }

    fn passed(&self) -> MutexGuard<'_, Passed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The smallest policy for what passed through until now.
    pub fn least(&self, catalogue: &Catalogue) -> LeastPrivilege {
        Wanted::new(self.passed().calls.operations()).least(catalogue)
    }

    /// How many calls were no documented operation.
    pub fn unknown(&self) -> usize {
        self.passed().calls.unknown()
    }

    /// Calls that may have been one of several operations with different needs. The policy grants none of
    /// these: it would allow what nobody did.
    pub fn ambiguous(&self) -> Vec<AmbiguousCall> {
        self.passed().calls.ambiguous().cloned().collect()
    }
}

#[derive(Clone)]
struct Proxy {
    upstream: Address,
    transport: Reqwest,
    record: Record,
}

/// A proxy in front of `upstream` that notes in `record` which of `catalogue`'s operations pass.
///
/// # Errors
/// Where `upstream` needs TLS and the runtime was built without it.
pub fn app(
    upstream: Address,
    catalogue: &'static Catalogue,
    record: Record,
) -> Result<Router, Error> {
    let proxy = Proxy {
        transport: Reqwest::for_address(&upstream)?,
        upstream,
        record,
    };
    // The guard finds the operation, also where the body tells; it lets everything through.
    let all = |_: &axum::http::request::Parts, _: &Operation| Verdict::Allow;
    let guard = Guard::new(catalogue, all).unknown(Unknown::Pass);
    Ok(Router::new()
        .fallback(forward)
        .with_state(proxy)
        .layer(guard))
}

/// Sends the call on, and its answer back, piece by piece.
async fn forward(State(proxy): State<Proxy>, request: Request) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    proxy
        .record
        .note(&call, request.extensions().get::<Matched>());
    let (mut parts, body) = request.into_parts();
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let Ok(uri) = format!("{}{target}", proxy.upstream).parse::<Uri>() else {
        return StatusCode::URI_TOO_LONG.into_response();
    };
    parts.uri = uri;
    // These are about one connection (RFC 9110, section 7.6.1), and the host is another.
    for name in [
        header::HOST,
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ] {
        parts.headers.remove(name);
    }
    let request = axum::http::Request::from_parts(parts, Body::stream(body));
    match proxy.transport.send(request, TIMEOUT).await {
        Ok(mut answer) => {
            answer.headers_mut().remove(header::CONNECTION);
            answer.headers_mut().remove(header::TRANSFER_ENCODING);
            answer.map(axum::body::Body::new)
        }
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{error}\n")).into_response(),
    }
}
