//! The HTTP library `reqwest` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

#[cfg(feature = "reqwest-rustls")]
use super::pem;
use super::{NO_PROXY, USER_AGENT};
use crate::Address;
use crate::address::is_loopback;
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Network, Proxy, Transport};

/// A transport that sends with the HTTP library `reqwest`. It needs a tokio runtime.
/// [`Client::new`](crate::Client::new) makes one.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
    /// For servers on the local machine, if the proxy comes from the environment: it cannot reach them.
    local: Option<reqwest::Client>,
}

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
        Reqwest::with(&Network::new())
    }

    /// Makes a transport for services at any address.
    ///
    /// # Errors
    /// Returns an error if the proxy or a file of the settings cannot be used, if TLS cannot be set up, or if the
    /// settings state something about TLS and the feature `reqwest-rustls` is disabled.
    pub fn with(network: &Network) -> Result<Reqwest, Error> {
        #[cfg(feature = "reqwest-rustls")]
        provide_cryptography();
        #[cfg(not(feature = "reqwest-rustls"))]
        super::refuse_tls(&network.tls, "reqwest-rustls")?;
        #[cfg(feature = "reqwest-rustls")]
        let files = pem::read(&network.tls)?;
        let client = |builder: reqwest::ClientBuilder| {
            // reqwest removes `Authorization` from a redirected request, but not `X-Auth-Token`.
            let builder = builder
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(network.connect_timeout)
                .user_agent(USER_AGENT);
            #[cfg(feature = "reqwest-rustls")]
            let builder = tls(builder, &network.tls, &files)?;
            builder.build().map_err(|_| {
                Error::address("the HTTP library cannot start; check whether TLS is set up")
            })
        };
        let new = reqwest::Client::builder;
        let (first, local) = match &network.proxy {
            Proxy::Environment => (new(), Some(client(new().no_proxy())?)),
            Proxy::None => (new().no_proxy(), None),
            Proxy::Url(url) => {
                let proxy =
                    reqwest::Proxy::all(url).map_err(|_| Error::network(NO_PROXY.into()))?;
                (new().no_proxy().proxy(proxy), None)
            }
        };
        let client = client(first)?;
        Ok(Reqwest { client, local })
    }
}

#[cfg(feature = "reqwest-rustls")]
fn tls(
    mut builder: reqwest::ClientBuilder,
    settings: &crate::Tls,
    files: &pem::Files,
) -> Result<reqwest::ClientBuilder, Error> {
    if settings.insecure {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    if let Some(roots) = &files.roots {
        let certificates = reqwest::Certificate::from_pem_bundle(roots).unwrap_or_default();
        if certificates.is_empty() {
            return Err(pem::useless(settings.roots.as_deref(), "certificate"));
        }
        builder = builder.tls_certs_only(certificates);
    }
    if let Some(identity) = &files.identity {
        let identity = reqwest::Identity::from_pem(identity).map_err(|_| {
            let what = "certificate with a private key";
            pem::useless(settings.certificate.as_deref(), what)
        })?;
        builder = builder.identity(identity);
    }
    Ok(builder)
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
        Reqwest {
            client,
            local: None,
        }
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
            let local = self.local.as_ref();
            let local = local.filter(|_| converted.url().host_str().is_some_and(is_loopback));
            let result = local.unwrap_or(&self.client).execute(converted).await;
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
