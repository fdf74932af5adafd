//! One interface for the blocking and the async client.
//! This module must never hide a difference between them.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use permspec_runtime::auth::Authenticate;
use permspec_runtime::typed::{Operation, Paged};
use permspec_runtime::{Body, Client, Error, Reply, Request, Response, Retry, blocking};
use tokio::runtime::{Builder, Runtime};

/// One of the two clients.
#[derive(Clone)]
pub enum Caller {
    /// The blocking client, over ureq.
    Blocking(blocking::Client),
    /// The async client, over reqwest, and the runtime that waits for it.
    Async(Client, Arc<Runtime>),
}

/// Both clients, for the service at `url`.
///
/// # Panics
/// If `url` is not the address of a service.
pub fn both(url: &str) -> [Caller; 2] {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    [
        Caller::Blocking(blocking::Client::new(url).unwrap()),
        Caller::Async(Client::new(url).unwrap(), Arc::new(runtime.unwrap())),
    ]
}

/// The same setting on either client.
macro_rules! setting {
    ($name:ident: $type:ty) => {
        /// Sets the same on either client.
        #[must_use]
        pub fn $name(self, value: $type) -> Caller {
            match self {
                Caller::Blocking(client) => Caller::Blocking(client.$name(value)),
                Caller::Async(client, runtime) => Caller::Async(client.$name(value), runtime),
            }
        }
    };
}

impl Caller {
    setting!(token: &str);
    setting!(auth: impl Authenticate + 'static);
    setting!(retry: Retry);
    setting!(timeout: Duration);
    setting!(transfer_timeout: Duration);
    setting!(response_limit: u64);

    /// The word for the client in the message of a failed test.
    pub fn name(&self) -> &'static str {
        match self {
            Caller::Blocking(_) => "blocking",
            Caller::Async(..) => "async",
        }
    }

    /// Sends a request.
    ///
    /// # Errors
    /// The client's error.
    pub fn send(&self, request: Request) -> Result<Response, Error> {
        match self {
            Caller::Blocking(client) => client.send(request),
            Caller::Async(client, runtime) => runtime.block_on(client.send(request)),
        }
    }

    /// Sends a typed call.
    ///
    /// # Errors
    /// The client's error.
    pub fn call<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        match self {
            Caller::Blocking(client) => client.call(operation),
            Caller::Async(client, runtime) => runtime.block_on(client.call(operation)),
        }
    }

    /// Sends a typed call and returns its response with status and headers.
    ///
    /// # Errors
    /// The client's error.
    pub fn reply<O: Operation>(&self, operation: O) -> Result<Reply<O::Response>, Error> {
        match self {
            Caller::Blocking(client) => client.reply(operation),
            Caller::Async(client, runtime) => runtime.block_on(client.reply(operation)),
        }
    }

    /// The items until the end of the list.
    ///
    /// # Errors
    /// The first error of the client.
    pub fn pages<O: Paged>(&self, operation: O) -> Result<Vec<O::Item>, Error> {
        match self {
            Caller::Blocking(client) => client.pages(operation).collect(),
            Caller::Async(client, runtime) => runtime.block_on(async {
                let mut pages = client.pages(operation);
                let mut items = Vec::new();
                while let Some(item) = pages.next().await {
                    items.push(item?);
                }
                Ok(items)
            }),
        }
    }

    /// Sends a request with a body that may be a stream.
    ///
    /// # Errors
    /// The client's error.
    pub fn upload(&self, request: Request, body: Body) -> Result<Response, Error> {
        match self {
            Caller::Blocking(client) => client.upload(request, body),
            Caller::Async(client, runtime) => runtime.block_on(client.upload(request, body)),
        }
    }

    /// The number of received bytes, each of which is `byte`. If they end early, the text of the error.
    ///
    /// # Errors
    /// The text of the client's error.
    ///
    /// # Panics
    /// If another byte was received.
    pub fn download(&self, request: Request, byte: u8) -> Result<usize, String> {
        let shown = |error: Error| format!("{error:#}");
        let all = |piece: &[u8]| assert!(piece.iter().all(|each| *each == byte));
        let mut length = 0;
        match self {
            Caller::Blocking(client) => {
                let mut download = client.download(request).map_err(shown)?;
                let mut piece = vec![0; 10_000];
                loop {
                    let read = download
                        .read(&mut piece)
                        .map_err(|error| error.to_string())?;
                    if read == 0 {
                        return Ok(length);
                    }
                    all(&piece[..read]);
                    length += read;
                }
            }
            Caller::Async(client, runtime) => runtime.block_on(async {
                let mut download = client.download(request).await.map_err(shown)?;
                while let Some(piece) = download.piece().await.map_err(shown)? {
                    all(&piece);
                    length += piece.len();
                }
                Ok(length)
            }),
        }
    }

    /// Sends `count` requests at the same time.
    ///
    /// # Panics
    /// If a thread or a task panics.
    pub fn send_at_once(&self, count: usize, request: &Request) -> Vec<Result<Response, Error>> {
        match self {
            Caller::Blocking(client) => std::thread::scope(|scope| {
                let calls: Vec<_> = (0..count)
                    .map(|_| scope.spawn(|| client.send(request.clone())))
                    .collect();
                calls.into_iter().map(|call| call.join().unwrap()).collect()
            }),
            Caller::Async(client, runtime) => runtime.block_on(async {
                let calls = (0..count).map(|_| {
                    let (client, request) = (client.clone(), request.clone());
                    tokio::spawn(async move { client.send(request).await })
                });
                let mut answers = Vec::new();
                for call in calls.collect::<Vec<_>>() {
                    answers.push(call.await.unwrap());
                }
                answers
            }),
        }
    }
}
