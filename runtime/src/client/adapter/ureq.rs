//! The HTTP library `ureq` as a transport.
//! This module must never follow a redirect.

use alloc::boxed::Box;
use core::time::Duration;

use http::header::CONTENT_LENGTH;

#[cfg(feature = "ureq-rustls")]
use ureq::tls::{ClientCert, PemItem, TlsConfig, parse_pem};

#[cfg(feature = "ureq-rustls")]
use super::pem;
use super::{NO_PROXY, USER_AGENT};
use crate::address::is_loopback;
use crate::boxed::{BoxError, BoxFuture};
use crate::client::Error;
use crate::transport::{Body, Network, Pieces, Proxy, Transport};
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
    /// Whether the proxy comes from the environment.
    is_of_environment: bool,
}

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
        Ureq::with(&Network::new())
    }

    /// Makes a transport for services at any address.
    ///
    /// # Errors
    /// Returns an error if the proxy or a file of the settings cannot be used, or if the settings state something
    /// about TLS and the feature `ureq-rustls` is disabled.
    pub fn with(network: &Network) -> Result<Ureq, Error> {
        let proxy = match &network.proxy {
            Proxy::Environment => ureq::Proxy::try_from_env(),
            Proxy::None => None,
            Proxy::Url(url) => {
                let proxy = ureq::Proxy::new(url).map_err(|_| Error::network(NO_PROXY.into()))?;
                Some(proxy)
            }
        };
        let builder = ureq::Agent::config_builder()
            .proxy(proxy)
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
            is_of_environment: network.proxy == Proxy::Environment,
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
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        // A proxy of the environment cannot reach the local machine.
        let is_local = request.uri().host().is_some_and(is_loopback);
        let configured = self
            .agent
            .configure_request(request)
            .timeout_global(Some(timeout));
        let request = if self.is_of_environment && is_local {
            configured.proxy(None).build()
        } else {
            configured.build()
        };
        self.agent.run(request)
    }
}

#[cfg(feature = "ureq-rustls")]
fn tls(settings: &crate::Tls) -> Result<TlsConfig, Error> {
    let files = pem::read(settings)?;
    let mut builder = TlsConfig::builder().disable_verification(settings.insecure);
    if let Some(roots) = &files.roots {
        let items = parse_pem(roots).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        let certificates: alloc::vec::Vec<_> = items.collect();
        if certificates.is_empty() {
            return Err(pem::useless(settings.roots.as_deref(), "certificate"));
        }
        builder = builder.root_certs(certificates.into());
    }
    if let Some(identity) = &files.identity {
        let mut chain = alloc::vec::Vec::new();
        let mut keys = alloc::vec::Vec::new();
        for item in parse_pem(identity).flatten() {
            match item {
                PemItem::Certificate(certificate) => chain.push(certificate),
                PemItem::PrivateKey(key) => keys.push(key),
                _ => {}
            }
        }
        let file = settings.certificate.as_deref();
        let Some(key) = keys.pop() else {
            return Err(pem::useless(
                settings.key.as_deref().or(file),
                "private key",
            ));
        };
        if chain.is_empty() {
            return Err(pem::useless(file, "certificate"));
        }
        builder = builder.client_cert(Some(ClientCert::new_with_certs(&chain, key)));
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
