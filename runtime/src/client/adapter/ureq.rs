//! The HTTP library `ureq` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

use http::header::CONTENT_LENGTH;

use super::USER_AGENT;
#[cfg(feature = "ureq-rustls")]
use super::pem;
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Network, Pieces, Proxies, Transport};
use crate::{Address, Method};

const NO_TLS: &str = "`https://` needs TLS; enable the feature `ureq-rustls` of permspec-runtime";

/// A transport that sends with the HTTP library `ureq` and blocks until the response arrives.
/// [`blocking::Client::new`](crate::blocking::Client::new) makes one.
///
/// At the level `TRACE`, `ureq_proto` logs every byte that it sends, and so it logs tokens. Set this
/// target to `DEBUG` if logs are kept. No other log line contains a secret.
#[derive(Clone, Debug)]
pub struct Ureq {
    agent: ureq::Agent,
    proxies: Proxies<ureq::Proxy>,
}

impl Ureq {
    /// Makes a transport for a service at `address`, with the default [`Network`].
    ///
    /// # Errors
    /// Returns an error if the address is an `https://` URL and the feature `ureq-rustls` is disabled.
    pub fn for_address(address: &Address) -> Result<Ureq, Error> {
        if address.is_https() && !cfg!(feature = "ureq-rustls") {
            return Err(Error::address(NO_TLS));
        }
        Ureq::with(&Network::new())
    }

    /// Makes a transport for services at any address, with these settings.
    ///
    /// # Errors
    /// Returns an error if the proxy or a file of the settings cannot be used, or if the settings state something
    /// about TLS and the feature `ureq-rustls` is disabled.
    pub fn with(network: &Network) -> Result<Ureq, Error> {
        let has_tls = cfg!(feature = "ureq-rustls");
        let proxies = Proxies::new(&network.proxy, has_tls, |url| ureq::Proxy::new(url).ok());
        let builder = ureq::Agent::config_builder()
            // Each request states its own.
            .proxy(None)
            .http_status_as_error(false)
            // ureq removes `Authorization` from a redirected request, but not `X-Auth-Token`.
            .max_redirects(0)
            // A method such as DELETE has a body if the documentation says so.
            .allow_non_standard_methods(true)
            .timeout_connect(Some(network.connect_timeout))
            .user_agent(USER_AGENT);
        #[cfg(feature = "ureq-rustls")]
        let builder = builder.tls_config(tls(&network.tls)?);
        #[cfg(not(feature = "ureq-rustls"))]
        super::refuse_tls(&network.tls, "ureq-rustls")?;
        Ok(Ureq {
            agent: builder.build().new_agent(),
            proxies: proxies.map_err(Error::network)?,
        })
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
    ) -> Result<http::Response<ureq::Body>, BoxError> {
        let uri = request.uri();
        let is_https = uri.scheme() == Some(&http::uri::Scheme::HTTPS);
        let host = uri.host().unwrap_or_default();
        let proxy = self.proxies.choose(is_https, host, uri.port_u16())?;
        let configured = self
            .agent
            .configure_request(request)
            .proxy(proxy.cloned())
            .timeout_global(Some(timeout));
        Ok(self.agent.run(configured.build())?)
    }
}

#[cfg(feature = "ureq-rustls")]
fn tls(settings: &crate::Tls) -> Result<ureq::tls::TlsConfig, Error> {
    use ureq::tls::{Certificate, ClientCert, PrivateKey, TlsConfig};

    let pem::Files { roots, identity } = pem::read(settings)?;
    let certificates = |all: &[rustls::pki_types::CertificateDer<'_>]| {
        let owned = all.iter().map(|der| Certificate::from_der(der).to_owned());
        owned.collect::<alloc::vec::Vec<_>>()
    };
    let mut builder = TlsConfig::builder().disable_verification(settings.insecure);
    if let Some(roots) = roots {
        builder = builder.root_certs(certificates(&roots).into());
    }
    if let Some(identity) = identity {
        // The file was checked, so what is left is the library's own.
        let key = PrivateKey::from_pem(&identity.key)
            .map_err(|_| Error::network("the HTTP library refuses the key".into()))?;
        let certificate = ClientCert::new_with_certs(&certificates(&identity.chain), key);
        builder = builder.client_cert(Some(certificate));
    }
    Ok(builder.build())
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

#[cfg(all(test, not(feature = "ureq-rustls")))]
mod tests {
    use alloc::format;

    /// Settings that are ignored would be worse than none.
    #[test]
    fn settings_of_tls_need_tls() {
        use crate::{Network, Tls, Ureq};

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
            let error = Ureq::with(&Network::new().tls(tls)).unwrap_err();
            assert!(
                format!("{error}").contains("need the feature `ureq-rustls`"),
                "{error}"
            );
        }
        assert!(Ureq::with(&Network::new()).is_ok());
    }
}
