//! The HTTP library `reqwest` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

use super::{CONNECT_TIMEOUT, USER_AGENT};
use crate::Address;
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Transport};

/// A transport that sends with the HTTP library `reqwest`. It needs a tokio runtime.
/// [`Client::new`](crate::Client::new) makes one.
#[derive(Clone, Debug)]
pub struct Reqwest(reqwest::Client);

impl Reqwest {
    /// Makes a transport for a service at `address`. It takes a proxy from the environment, unless the
    /// service is on the local machine.
    ///
    /// # Errors
    /// Returns an error if the address is an `https://` URL and the feature `reqwest-rustls` is disabled,
    /// or if TLS cannot be set up.
    pub fn for_address(address: &Address) -> Result<Reqwest, Error> {
        if address.is_https() && !cfg!(feature = "reqwest-rustls") {
            return Err(Error::address(
                "`https://` needs TLS; enable the feature `reqwest-rustls` of permspec-runtime",
            ));
        }
        #[cfg(feature = "reqwest-rustls")]
        provide_cryptography();
        let mut builder = reqwest::Client::builder();
        if address.is_loopback() {
            // A proxy cannot reach the local machine.
            builder = builder.no_proxy();
        }
        builder
            // reqwest removes `Authorization` from a redirected request, but not `X-Auth-Token`.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(USER_AGENT)
            .build()
            .map(Reqwest)
            .map_err(|_| {
                Error::address("the HTTP library cannot start; check whether TLS is set up")
            })
    }
}

/// Sets the default TLS provider, unless the program has already chosen one.
#[cfg(feature = "reqwest-rustls")]
fn provide_cryptography() {
    use rustls::crypto::{CryptoProvider, ring};
    if CryptoProvider::get_default().is_none() {
        // Another thread may be faster. Then there is a provider, which is all that is needed.
        let _ = ring::default_provider().install_default();
    }
}

/// Uses a client of your own, with its proxy, certificates and pool. The client must not follow
/// redirects.
impl From<reqwest::Client> for Reqwest {
    fn from(client: reqwest::Client) -> Reqwest {
        Reqwest(client)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let mut converted = reqwest::Request::try_from(request.map(outgoing))?;
            *converted.timeout_mut() = Some(timeout);
            // The error's own message would show the query.
            let result = self.0.execute(converted).await;
            let response = result.map_err(reqwest::Error::without_url)?;
            Ok(http::Response::from(response).map(Body::stream))
        })
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(pause))
    }
}

/// Passes on bytes as bytes. Then their length is announced, and reqwest can send them again if an idle
/// connection was closed.
fn outgoing(body: Body) -> reqwest::Body {
    match body.bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    #[test]
    fn an_https_address_needs_tls() {
        let client = crate::Client::new("https://ims.eu-de.otc.t-systems.com");
        if cfg!(feature = "reqwest-rustls") {
            assert!(client.is_ok(), "{client:?}");
        } else {
            let error = client.unwrap_err();
            assert!(format!("{error}").contains("`reqwest-rustls`"), "{error}");
        }
    }
}
