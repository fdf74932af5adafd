//! The HTTP library `reqwest` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

use super::transport::{CONNECT_TIMEOUT, USER_AGENT};
use super::{Body, BoxError, BoxFuture, Error, Transport};
use crate::Address;

pub(super) struct Reqwest(reqwest::Client);

impl Reqwest {
    pub(super) fn for_address(address: &Address) -> Result<Reqwest, Error> {
        if address.is_https() && !cfg!(feature = "reqwest-rustls") {
            return Err(Error::address(
                "`https://` needs TLS; enable the feature `reqwest-rustls` of permspec-runtime",
            ));
        }
        reqwest::Client::builder()
            // reqwest takes `Authorization` off a redirected request, and leaves `X-Auth-Token` on it.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(USER_AGENT)
            .build()
            .map(Reqwest)
            .map_err(|_| Error::address("the HTTP library cannot start; is TLS set up?"))
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let mut request = reqwest::Request::try_from(request.map(outgoing))?;
            *request.timeout_mut() = Some(timeout);
            // Its own message would show the query.
            let answer = self.0.execute(request).await;
            let answer = answer.map_err(reqwest::Error::without_url)?;
            Ok(http::Response::from(answer).map(Body::stream))
        })
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(pause))
    }
}

/// Bytes go as such, so that their length is announced and a connection that was closed meanwhile can be
/// made anew.
fn outgoing(body: Body) -> reqwest::Body {
    match body.bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}
