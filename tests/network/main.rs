//! How requests reach servers: certificates, proxies, and how many at the same time. All over real sockets, with both
//! HTTP libraries.

mod limit;
mod proxy;
mod servers;
mod tls;

use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use permspec_runtime::cloud::{Cloud, Credentials};
use permspec_runtime::{
    Client, Error, ErrorKind, Method, Network, Request, Reqwest, Response, ServiceSpec, Ureq,
    blocking,
};
use tokio::runtime::Runtime;

static SERVICE: ServiceSpec = ServiceSpec::new("demo");

/// A call of `GET /`.
fn get() -> Request {
    Request::to(&SERVICE, Method::Get, "/")
}

/// What each client says to `GET /` at `url` over a transport with these settings: the blocking one, and the async one.
fn answers(network: &Network, url: &str) -> [Result<Response, Error>; 2] {
    let timeout = Duration::from_secs(10);
    let blocking = Ureq::with(network).and_then(|transport| {
        let client = blocking::Client::over(transport, url)?.timeout(timeout);
        client.send(get())
    });
    let asynchronous = Reqwest::with(network).and_then(|transport| {
        let client = Client::over(transport, url)?.timeout(timeout);
        Runtime::new().unwrap().block_on(client.send(get()))
    });
    [blocking, asynchronous]
}

/// A server whose queue of connections is full does not answer to further ones.
#[test]
fn connecting_takes_no_longer_than_it_may() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(500)) {
        queue.push(stream);
        assert!(queue.len() < 20_000, "the queue is never full");
    }
    let network = Network::new().connect_timeout(Duration::from_millis(300));
    let begin = Instant::now();
    for answer in answers(&network, &format!("http://{address}")) {
        assert!(matches!(
            answer.unwrap_err().kind(),
            ErrorKind::Transport(_)
        ));
    }
    // One attempt may take 10 seconds.
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_settings_of_a_cloud_reach_the_transport() {
    let builder = || {
        Cloud::builder()
            .auth_url("https://127.0.0.1:1/v3")
            .credentials(Credentials::token("a-token"))
    };
    let mut network = Network::new();
    network = network.tls(permspec_runtime::Tls {
        roots: Some("nowhere.pem".into()),
        ..Default::default()
    });
    let error = builder().network(network.clone()).blocking().unwrap_err();
    assert!(
        error.to_string().contains("`nowhere.pem` cannot be read"),
        "{error}"
    );
    let error = builder().network(network).build().unwrap_err();
    assert!(
        error.to_string().contains("`nowhere.pem` cannot be read"),
        "{error}"
    );
}
