//! A reverse proxy that records which operations pass through it. At the end, it prints the smallest policy that allows
//! them.
//!
//! Let a program call the cloud through the proxy for a while. Then give the program this policy. The proxy does not
//! refuse or change any call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use permspec_runtime::guard::{Guard, Matched, Operation, Unknown, Verdict};
use permspec_runtime::policy::{AmbiguousCall, Calls, LeastPrivilege, Wanted};
use permspec_runtime::{Address, Body, Catalogue, Error, Reqwest, RouteSpec, Transport};

/// The maximum size of a body. It is large enough for an image.
const TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// The operations that passed through the proxy.
#[derive(Clone, Debug)]
pub struct Record(Arc<Mutex<Passed>>);

#[derive(Debug, Default)]
struct Passed {
    /// The service behind the proxy. Operations of several services may have the same path.
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

    /// Chooses this operation if a call may be one of several.
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

    /// The smallest policy for the calls that passed so far.
    pub fn least(&self, catalogue: &Catalogue) -> LeastPrivilege {
        Wanted::new(self.passed().calls.operations()).least(catalogue)
    }

    /// The number of calls that are not a documented operation.
    pub fn unknown(&self) -> usize {
        self.passed().calls.unknown()
    }

    /// Calls that may be one of several operations with different needs. The policy grants none of these
    /// operations, because it would allow what nobody did.
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

/// A proxy in front of `upstream` that records in `record` which operations of `catalogue` pass.
///
/// # Errors
/// If `upstream` needs TLS and the runtime was built without it.
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
    // The guard finds the operation, also by the body if necessary. It lets every call pass.
    let all = |_: &axum::http::request::Parts, _: &Operation| Verdict::Allow;
    let guard = Guard::new(catalogue, all).unknown(Unknown::Pass);
    Ok(Router::new()
        .fallback(forward)
        .with_state(proxy)
        .layer(guard))
}

/// Sends a call to the service, and its response back, piece by piece.
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
    // These headers concern one connection (RFC 9110, section 7.6.1), and the host is another one.
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
