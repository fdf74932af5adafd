//! An HTTP server on 127.0.0.1 that records each call before its routes see it.
//! It must never decode or tidy a call, because tests compare the bytes that a client sent.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::oneshot;

/// Larger than any body that a test sends.
const BODY_LIMIT: usize = 1024 * 1024;

/// A call as the server received it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method, in upper case.
    pub method: String,
    /// Path and query as they appeared in the request line.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Received {
    /// The value of a header that appears exactly once. `None` if it does not appear.
    ///
    /// # Panics
    /// If the header appears more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?;
        assert!(
            values.next().is_none(),
            "header `{name}` came more than once"
        );
        value.to_str().ok()
    }
}

type Log = Arc<Mutex<Vec<Received>>>;

/// A server that runs until it is dropped.
pub struct Server {
    address: SocketAddr,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `routes` on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// If the machine does not have a free port or cannot start a thread.
    pub fn start(routes: Router) -> Server {
        let log = Log::default();
        let routes = routes.layer(from_fn_with_state(log.clone(), note));
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            // Dropping the runtime ends connections that a client keeps open.
            runtime.block_on(async {
                tokio::select! {
                    served = axum::serve(listener, routes) => served.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        Server {
            address,
            log,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Scheme, host and port: `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The calls since the last time that this was called, in their order.
    ///
    /// # Panics
    /// If a handler panicked while it recorded a call.
    pub fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.log.lock().unwrap())
    }

    /// The only call since the last time.
    ///
    /// # Panics
    /// If there was none, or more than one.
    pub fn received_one(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(
                ended.is_ok() || std::thread::panicking(),
                "the server panicked"
            );
        }
    }
}

async fn note(State(log): State<Log>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    log.lock().unwrap().push(Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: parts.headers.clone(),
        body: body.clone(),
    });
    next.run(Request::from_parts(parts, Body::from(body))).await
}
