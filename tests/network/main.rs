//! How requests reach servers: certificates, proxies, and how many at the same time. All over real sockets, with both
//! HTTP libraries.

mod limit;
mod proxy;
mod servers;
mod tls;

use std::time::Duration;

use permspec_runtime::cloud::{Cloud, Credentials};
use permspec_runtime::{
    Client, Error, Method, Network, Request, Reqwest, Response, ServiceSpec, Ureq, blocking,
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
