//! The way from a request to its response: locate, prepare, authenticate, send, read, judge, and perhaps retry.
//! This module must never follow a redirect, wait without a limit or read without a limit.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::future::Future;
use core::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, ErrorKind, Response, Retry, SentCall};
use crate::auth::{Authenticate, Secret};
use crate::request::Problem;
use crate::transport::{Body, ReadError, Transport, beginning, read_up_to};
use crate::{Address, InvalidRequest, Request};

const TIMEOUT: Duration = Duration::from_secs(60);
const TRANSFER_TIMEOUT: Duration = Duration::from_secs(60 * 60);
const RESPONSE_LIMIT: u64 = 16 * 1024 * 1024;

/// The common part of both clients. Clones share the transport and the authentication.
#[derive(Clone)]
pub(super) struct Engine {
    /// The address of the service. With a cloud, that of its identity service.
    pub(super) address: Address,
    /// Finds the service of each request, if the client calls all services of a cloud.
    pub(super) cloud: Option<Arc<dyn Locate>>,
    /// Values of path parameters that requests leave open.
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) auth: Option<Arc<dyn Authenticate>>,
    pub(super) timeout: Duration,
    pub(super) transfer_timeout: Duration,
    pub(super) response_limit: u64,
    pub(super) retry: Retry,
    transport: Arc<dyn Transport>,
}

/// Finds services.
pub(crate) trait Locate: Send + Sync {
    /// The address of the service that `request` calls. It also sets the path parameters that are open and that it
    /// knows.
    fn locate<'a>(
        &'a self,
        request: &'a mut Request,
        transport: &'a dyn Transport,
    ) -> crate::BoxFuture<'a, Result<Address, ErrorKind>>;
}

/// What happens to the body of a response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// The body is read to its end, up to the limit.
    Whole,
    /// The caller reads the body.
    Left,
}

impl Engine {
    pub(super) fn new(address: Address, transport: Arc<dyn Transport>) -> Engine {
        Engine {
            address,
            cloud: None,
            parameters: BTreeMap::new(),
            auth: None,
            timeout: TIMEOUT,
            transfer_timeout: TRANSFER_TIMEOUT,
            response_limit: RESPONSE_LIMIT,
            retry: Retry::NEVER,
            transport,
        }
    }

    /// Sends `request` and reads its response.
    pub(super) async fn send(&self, request: Request) -> Result<Response, Error> {
        let (call, request) = self.prepare(request).await?;
        let answer = self.repeat(&call, request, self.timeout, Reading::Whole);
        let answer = traced(&call, answer).await?;
        Ok(whole(call, answer))
    }

    /// Sends `request` with `body` once and reads its response.
    pub(super) async fn upload(&self, request: Request, body: Body) -> Result<Response, Error> {
        let (call, empty) = self.prepare(request.with_body_to_come()).await?;
        let request = empty.map(|_| body);
        let mut proof = HeaderMap::new();
        let answer = self.attempt(
            &call,
            request,
            self.transfer_timeout,
            Reading::Whole,
            &mut proof,
        );
        let answer = traced(&call, answer).await;
        if let Err(error) = &answer {
            // The body is consumed, but the next call can use a new proof.
            self.may_renew(error, &proof);
        }
        Ok(whole(call, answer?))
    }

    /// Sends `request` and leaves the body of its response unread.
    pub(super) async fn download(
        &self,
        request: Request,
    ) -> Result<(SentCall, http::Response<Body>), Error> {
        let (call, request) = self.prepare(request).await?;
        let answer = self.repeat(&call, request, self.transfer_timeout, Reading::Left);
        let answer = traced(&call, answer).await?;
        Ok((call, answer))
    }

    /// Waits over the transport.
    #[cfg(feature = "typed")]
    pub(super) async fn pause(&self, pause: Duration) {
        self.transport.wait(pause).await;
    }

    /// The request as it is sent, before it is authenticated.
    async fn prepare(
        &self,
        mut request: Request,
    ) -> Result<(SentCall, http::Request<Bytes>), Error> {
        request.fill(&|name| self.parameters.get(name).cloned());
        let address = self.located(&mut request).await?;
        let call = SentCall::of(&request)?;
        let kept = request.outline();
        let mut request = http::Request::<Bytes>::try_from(request)?;
        if request.uri().authority().is_none() {
            let uri = address.resolve(request.uri());
            *request.uri_mut() =
                uri.ok_or_else(|| InvalidRequest::new(call.spec, Problem::TooLong))?;
        }
        request.extensions_mut().insert(kept);
        Ok((call, request))
    }

    /// The address of the service that `request` calls. What the cloud knows is filled in.
    async fn located(&self, request: &mut Request) -> Result<Address, Error> {
        match &self.cloud {
            Some(cloud) if request.address().is_none() || request.is_open() => {
                let located = cloud.locate(request, &*self.transport).await;
                located.map_err(|kind| Error::unsent(request.spec(), kind))
            }
            _ => Ok(self.address.clone()),
        }
    }

    /// Sends attempts until one of them succeeds or no further attempt is allowed.
    async fn repeat(
        &self,
        call: &SentCall,
        request: http::Request<Bytes>,
        timeout: Duration,
        reading: Reading,
    ) -> Result<http::Response<Body>, Error> {
        let mut made = 0;
        let mut renewed = false;
        loop {
            let mut proof = HeaderMap::new();
            let again = request.clone().map(Body::from);
            let answer = self
                .attempt(call, again, timeout, reading, &mut proof)
                .await;
            made += 1;
            let Err(error) = answer else { return answer };
            if !renewed && self.may_renew(&error, &proof) {
                renewed = true;
                noted(call, &error, Duration::ZERO);
                continue;
            }
            let Some(pause) = self.retry.pause(call.method, &error, made) else {
                return Err(error);
            };
            noted(call, &error, pause);
            self.transport.wait(pause).await;
        }
    }

    /// Whether the server refused a proof that can be renewed. If the request had its own proof, no proof
    /// was added.
    fn may_renew(&self, error: &Error, proof: &HeaderMap) -> bool {
        let is_refused = error.status() == Some(StatusCode::UNAUTHORIZED) && !proof.is_empty();
        let auth = self.auth.as_ref().filter(|_| is_refused);
        auth.is_some_and(|auth| auth.was_refused(proof))
    }

    /// Sends the request once. Afterwards, `proof` contains the headers that authentication added.
    async fn attempt(
        &self,
        call: &SentCall,
        mut request: http::Request<Body>,
        timeout: Duration,
        reading: Reading,
        proof: &mut HeaderMap,
    ) -> Result<http::Response<Body>, Error> {
        let failed = |kind| Error::new(call.clone(), kind);
        if let Some(auth) = &self.auth {
            let before = request.headers().clone();
            let proved = auth.authenticate(&mut request, &*self.transport).await;
            proved.map_err(|error| failed(ErrorKind::Auth(error)))?;
            let headers = request.headers().iter();
            let added = headers.filter(|(name, _)| !before.contains_key(*name));
            proof.extend(added.map(|(name, value)| (name.clone(), value.clone())));
        }
        let secrets = secrets(request.headers());
        let answer = self.transport.send(request, timeout).await;
        let answer = answer.map_err(|error| failed(ErrorKind::Transport(error)))?;
        let (parts, mut body) = answer.into_parts();
        if !parts.status.is_success() {
            // Whatever the body is, the caller needs to know the status.
            let body = beginning(&mut body, self.response_limit).await;
            let answer = http::Response::from_parts(parts, body);
            let exposed: Vec<&str> = secrets.iter().map(Secret::expose).collect();
            let response = Response::new(call.clone(), answer);
            return Err(Error::status_of(call.clone(), response, &exposed));
        }
        if reading == Reading::Whole {
            let limit = self.response_limit;
            let bytes = read_up_to(&mut body, limit).await.map_err(|error| {
                failed(match error {
                    ReadError::TooLarge => ErrorKind::TooLarge { limit },
                    ReadError::Broken(error) => ErrorKind::Transport(error),
                })
            })?;
            body = bytes.into();
        }
        Ok(http::Response::from_parts(parts, body))
    }

    pub(super) fn fmt_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("address", &format_args!("{}", self.address))
            .field("auth", &self.auth.as_ref().map(|_| "[secret]"))
            .field("timeout", &self.timeout)
            .field("response_limit", &self.response_limit)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// A response whose body was read.
fn whole(call: SentCall, answer: http::Response<Body>) -> Response {
    let bytes = |body: Body| body.bytes().cloned().unwrap_or_default();
    Response::new(call, answer.map(bytes))
}

/// The values that no message may contain.
fn secrets(headers: &HeaderMap) -> Vec<Secret> {
    let sensitive = headers.values().filter(|value| value.is_sensitive());
    let texts = sensitive.filter_map(|value| value.to_str().ok());
    texts.map(Secret::from).collect()
}

/// Runs a call in its own span (feature `tracing`). The span never contains a header, a query or a body.
#[cfg(feature = "tracing")]
async fn traced<F>(call: &SentCall, work: F) -> F::Output
where
    F: Future<Output = Result<http::Response<Body>, Error>>,
{
    use tracing::Instrument;
    use tracing::field::{Empty, display};

    let span = tracing::info_span!(
        "permspec.call",
        operation = %call.spec,
        method = %call.method,
        template = call.endpoint.map(|endpoint| endpoint.path),
        status = Empty,
        request_id = Empty,
        error = Empty,
    );
    let answer = work.instrument(span.clone()).await;
    let (status, request_id) = match &answer {
        Ok(answer) => (
            Some(answer.status()),
            super::response::request_id(answer.headers()),
        ),
        Err(error) => (error.status(), error.request_id()),
    };
    if let Some(status) = status {
        span.record("status", status.as_u16());
    }
    if let Some(request_id) = request_id {
        span.record("request_id", request_id);
    }
    if let Err(error) = &answer {
        span.record("error", display(format_args!("{error:#}")));
    }
    answer
}

#[cfg(not(feature = "tracing"))]
async fn traced<F: Future>(_: &SentCall, work: F) -> F::Output {
    work.await
}

/// Logs that another attempt follows.
#[cfg(feature = "tracing")]
fn noted(call: &SentCall, error: &Error, pause: Duration) {
    let error = format_args!("{error:#}");
    tracing::warn!(operation = %call.spec, %error, ?pause, "trying again");
}

#[cfg(not(feature = "tracing"))]
fn noted(_: &SentCall, _: &Error, _: Duration) {}
