//! The HTTP library `ureq` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

use http::header::CONTENT_LENGTH;

use super::{CONNECT_TIMEOUT, USER_AGENT};
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Pieces, Transport};
use crate::{Address, Method};

const NO_TLS: &str = "`https://` needs TLS; enable the feature `ureq-rustls` of permspec-runtime";

/// A transport that sends with the HTTP library `ureq` and blocks until the response arrives.
/// [`blocking::Client::new`](crate::blocking::Client::new) makes one.
///
/// At the level `TRACE`, `ureq_proto` logs every byte that it sends, and so it logs tokens. Set this
/// target to `DEBUG` if logs are kept. No other log line contains a secret.
#[derive(Clone, Debug)]
pub struct Ureq(ureq::Agent);

impl Ureq {
    /// Makes a transport for a service at `address`. It takes a proxy from the environment, unless the
    /// service is on the local machine.
    ///
    /// # Errors
    /// Returns an error if the address is an `https://` URL and the feature `ureq-rustls` is disabled.
    pub fn for_address(address: &Address) -> Result<Ureq, Error> {
        if address.is_https() && !cfg!(feature = "ureq-rustls") {
            return Err(Error::address(NO_TLS));
        }
        let proxy = if address.is_loopback() {
            None
        } else {
            ureq::Proxy::try_from_env()
        };
        let agent = ureq::Agent::config_builder()
            .proxy(proxy)
            .http_status_as_error(false)
            // ureq removes `Authorization` from a redirected request, but not `X-Auth-Token`.
            .max_redirects(0)
            // A method such as DELETE has a body if the documentation says so.
            .allow_non_standard_methods(true)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .user_agent(USER_AGENT)
            .build()
            .new_agent();
        Ok(Ureq(agent))
    }

    fn exchange(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> Result<http::Response<Body>, BoxError> {
        let (mut parts, body) = request.into_parts();
        // A request may have its own address. Without TLS, ureq panics on `https://`.
        if parts.uri.scheme() == Some(&http::uri::Scheme::HTTPS) && !cfg!(feature = "ureq-rustls") {
            return Err(NO_TLS.into());
        }
        let method = parts.method.as_str().parse();
        let expects_body = method.is_ok_and(Method::expects_body);
        let response = match body.length() {
            Some(0) if !expects_body => self.run(http::Request::from_parts(parts, ()), timeout)?,
            length => {
                if let Some(length) = length {
                    parts.headers.insert(CONTENT_LENGTH, length.into());
                }
                let body = ureq::SendBody::from_owned_reader(Pieces::of(body));
                self.run(http::Request::from_parts(parts, body), timeout)?
            }
        };
        Ok(response.map(|body| {
            let length = body.content_length();
            let reader = body.into_with_config().limit(u64::MAX).reader();
            Body::reader(reader, length)
        }))
    }

    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        timeout: Duration,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let request = self
            .0
            .configure_request(request)
            .timeout_global(Some(timeout))
            .build();
        self.0.run(request)
    }
}

impl Transport for Ureq {
    /// Blocks while it is polled.
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move { self.exchange(request, timeout) })
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { std::thread::sleep(pause) })
    }
}
