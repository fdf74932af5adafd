//! The HTTP library `reqwest` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use alloc::string::String;
use core::time::Duration;

use super::USER_AGENT;
#[cfg(feature = "reqwest-rustls")]
use super::pem;
use crate::Address;
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Network, Proxies, Transport};

/// A transport that sends with the HTTP library `reqwest`. It needs a tokio runtime.
/// [`Client::new`](crate::Client::new) makes one.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
    /// None for a client that has its own.
    proxies: Proxies<reqwest::Url>,
}

impl Reqwest {
    /// Makes a transport for a service at `address`, with the default [`Network`].
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

    /// Makes a transport for services at any address, with these settings.
    ///
    /// # Errors
    /// Returns an error if the proxy or a file of the settings cannot be used, if TLS cannot be set up, or if the
    /// settings state something about TLS and the feature `reqwest-rustls` is disabled.
    pub fn with(network: &Network) -> Result<Reqwest, Error> {
        let has_tls = cfg!(feature = "reqwest-rustls");
        let proxies = Proxies::new(&network.proxy, has_tls, |url| url.parse().ok());
        let proxies = proxies.map_err(Error::network)?;
        let choice = proxies.clone();
        // reqwest removes `Authorization` from a redirected request, but not `X-Auth-Token`.
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .proxy(reqwest::Proxy::custom(move |url| {
                // An error has already ended the request.
                proxy_for(&choice, url).ok().flatten().cloned()
            }))
            .connect_timeout(network.connect_timeout)
            .user_agent(USER_AGENT);
        #[cfg(feature = "reqwest-rustls")]
        let builder = {
            provide_cryptography();
            tls(builder, &network.tls)?
        };
        #[cfg(not(feature = "reqwest-rustls"))]
        super::refuse_tls(&network.tls, "reqwest-rustls")?;
        let client = builder.build().map_err(|_| {
            Error::address("the HTTP library cannot start; check whether TLS is set up")
        })?;
        Ok(Reqwest { client, proxies })
    }
}

/// The proxy for a request to `url`, or why it cannot be used.
fn proxy_for<'a>(
    proxies: &'a Proxies<reqwest::Url>,
    url: &reqwest::Url,
) -> Result<Option<&'a reqwest::Url>, String> {
    let host = url.host_str().unwrap_or_default();
    proxies.choose(url.scheme() == "https", host, url.port())
}

#[cfg(feature = "reqwest-rustls")]
fn tls(
    mut builder: reqwest::ClientBuilder,
    settings: &crate::Tls,
) -> Result<reqwest::ClientBuilder, Error> {
    let pem::Files { roots, identity } = pem::read(settings)?;
    // The files were checked, so what is left is the library's own.
    let refused = |_| Error::network("the HTTP library refuses the certificates".into());
    if settings.insecure {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    if let Some(roots) = roots {
        let certificates = roots.iter().map(|der| reqwest::Certificate::from_der(der));
        let certificates: Result<alloc::vec::Vec<_>, _> = certificates.collect();
        builder = builder.tls_certs_only(certificates.map_err(refused)?);
    }
    if let Some(identity) = identity {
        let identity = reqwest::Identity::from_pem(&identity.all).map_err(refused)?;
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
            proxies: Proxies::none(),
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
            proxy_for(&self.proxies, converted.url())?;
            // The error's own message would show the query.
            let result = self.client.execute(converted).await;
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

    /// Settings that are ignored would be worse than none.
    #[cfg(not(feature = "reqwest-rustls"))]
    #[test]
    fn settings_of_tls_need_tls() {
        use crate::{Network, Reqwest, Tls};

        let roots = || Some("ca.pem".into());
        let settings = [
            Tls {
                roots: roots(),
                ..Tls::default()
            },
            Tls {
                insecure: true,
                ..Tls::default()
            },
            Tls {
                certificate: roots(),
                ..Tls::default()
            },
        ];
        for tls in settings {
            let error = Reqwest::with(&Network::new().tls(tls)).unwrap_err();
            assert!(
                format!("{error}").contains("need the feature `reqwest-rustls`"),
                "{error}"
            );
        }
        assert!(Reqwest::with(&Network::new()).is_ok());
    }
}
