//! The proxy: it forwards every call as it is, and notes what was called.
//! This module must never change a call, or keep a header or a body of it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, Method, Request, Response, StatusCode, Uri, header};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use permspec::Error;
use permspec_runtime::{Body, Network, Reqwest, Transport};
use tokio::net::{TcpListener, TcpStream};

use super::super::call::WrittenCall;
use super::super::traffic::Traffic;
use super::endpoint::Endpoint;
use super::fault;

/// Large images take long.
const TIMEOUT: Duration = Duration::from_secs(60 * 60);
/// The keys of larger bodies are not looked at.
const LOOKED_AT: usize = 256 * 1024;

/// Headers that concern one connection (RFC 9110, section 7.6.1). The host is another one, too.
const OF_CONNECTION: [HeaderName; 8] = [
    header::HOST,
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// What passed through the proxy.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) traffic: Traffic,
    /// Encrypted connections by host.
    pub(super) tunnelled: BTreeMap<String, usize>,
    /// Calls that a service refused, or that did not reach it.
    pub(super) refused: BTreeMap<String, usize>,
}

/// The proxy. Clones note in the same place.
#[derive(Clone)]
pub(super) struct Proxy {
    /// Where the proxy listens. A program may call an endpoint through its own proxy.
    own: SocketAddr,
    endpoints: Arc<[Endpoint]>,
    transport: Reqwest,
    seen: Arc<Mutex<Seen>>,
}

impl Proxy {
    pub(super) fn new(own: SocketAddr, endpoints: Vec<Endpoint>) -> Result<Proxy, Error> {
        let transport = Reqwest::with(&Network::new());
        Ok(Proxy {
            own,
            endpoints: endpoints.into(),
            transport: transport.map_err(|error| fault(&error.to_string()))?,
            seen: Arc::default(),
        })
    }

    pub(super) fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// What passed until now.
    pub(super) fn seen(&self) -> Seen {
        std::mem::take(&mut *self.noted())
    }

    fn noted(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves connections until it is stopped.
    pub(super) async fn serve(self, listener: TcpListener) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let proxy = self.clone();
            tokio::spawn(async move {
                let answer = service_fn(|request| {
                    let proxy = proxy.clone();
                    async move { Ok::<_, Infallible>(proxy.answer(request).await) }
                });
                let served = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer)
                    .with_upgrades();
                // A program may end a connection at any time.
                let _ = served.await;
            });
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        if request.method() == Method::CONNECT {
            return self.tunnel(request);
        }
        let Some((target, service)) = self.target(request.uri()) else {
            let message = "this proxy forwards calls to `/NAME/..` of an --endpoint, and calls of `http://`\n";
            return plain(StatusCode::NOT_FOUND, message);
        };
        let (mut parts, body) = request.into_parts();
        let (keys, body) = looked_at(&parts, body).await;
        let call = WrittenCall::new(parts.method.as_str(), &target.to_string());
        let call = call.map(|call| WrittenCall { service, ..call });
        let call = match (call, keys) {
            (Some(call), Some(text)) => Some(call.with_body(&text)),
            (call, _) => call,
        };
        {
            let traffic = &mut self.noted().traffic;
            match call {
                Some(call) => *traffic.calls.entry(call.without_query()).or_default() += 1,
                None => traffic.unread += 1,
            }
        }
        let shown = format!("{} {}", parts.method, target.path());
        parts.uri = target;
        for name in &OF_CONNECTION {
            parts.headers.remove(name);
        }
        let answer = self
            .transport
            .send(Request::from_parts(parts, body), TIMEOUT)
            .await;
        match answer {
            Ok(mut answer) => {
                if answer.status().is_client_error() || answer.status().is_server_error() {
                    self.refused(format!("`{shown}` was answered with {}", answer.status()));
                }
                for name in &OF_CONNECTION {
                    answer.headers_mut().remove(name);
                }
                answer
            }
            Err(error) => {
                self.refused(format!("`{shown}` did not reach its service: {error}"));
                plain(StatusCode::BAD_GATEWAY, &format!("{error}\n"))
            }
        }
    }

    fn refused(&self, text: String) {
        *self.noted().refused.entry(text).or_default() += 1;
    }

    /// Where a call goes, and the service if it is known: `/ims/v2/images` to the endpoint `ims`, and
    /// `http://host/..` as it is.
    fn target(&self, uri: &Uri) -> Option<(Uri, Option<String>)> {
        let is_own = uri
            .authority()
            .is_some_and(|it| it.as_str() == self.own.to_string());
        if uri.scheme_str() == Some("http") && !is_own {
            let url = uri.to_string();
            let mut known = self.endpoints.iter();
            let known = known.find(|it| url.starts_with(&it.upstream.to_string()));
            return Some((uri.clone(), known.map(|it| it.service.clone())));
        }
        let target = uri.path_and_query()?.as_str();
        self.endpoints.iter().find_map(|endpoint| {
            let rest = target
                .strip_prefix('/')?
                .strip_prefix(endpoint.service.as_str())?;
            let is_whole = rest.is_empty() || rest.starts_with(['/', '?']);
            let uri = format!("{}{rest}", endpoint.upstream).parse().ok();
            Some((uri.filter(|_| is_whole)?, Some(endpoint.service.clone())))
        })
    }

    /// Passes an encrypted connection on. Only its host is seen.
    fn tunnel(&self, request: Request<Incoming>) -> Response<Body> {
        let Some(host) = request.uri().authority().map(ToString::to_string) else {
            return plain(StatusCode::BAD_REQUEST, "CONNECT needs a host and a port\n");
        };
        *self.noted().tunnelled.entry(host.clone()).or_default() += 1;
        tokio::spawn(async move {
            let Ok(upgraded) = hyper::upgrade::on(request).await else {
                return;
            };
            if let Ok(mut server) = TcpStream::connect(&host).await {
                let mut client = TokioIo::new(upgraded);
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            }
        });
        Response::new(Body::default())
    }
}

/// The text of a small JSON body, and the body as it must be sent. Other bodies are streamed.
async fn looked_at(parts: &http::request::Parts, body: Incoming) -> (Option<String>, Body) {
    let header = |name: &HeaderName| parts.headers.get(name).and_then(|it| it.to_str().ok());
    let is_json = header(&header::CONTENT_TYPE).is_some_and(|it| it.contains("json"));
    let length = header(&header::CONTENT_LENGTH).and_then(|it| it.parse::<usize>().ok());
    let is_small = length.is_some_and(|length| length <= LOOKED_AT);
    if !is_json || !is_small {
        // A body without content is announced as such.
        let body = match length.or_else(|| body.is_end_stream().then_some(0)) {
            Some(0) => Body::default(),
            _ => Body::stream(body),
        };
        return (None, body);
    }
    match body.collect().await {
        Ok(body) => {
            let bytes: Bytes = body.to_bytes();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (Some(text), bytes.into())
        }
        // The program ended the connection.
        Err(_) => (None, Body::default()),
    }
}

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = status;
    response
}
