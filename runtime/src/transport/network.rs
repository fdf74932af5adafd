//! How a transport reaches servers: through which proxy, and whom it trusts. These are values, which the adapters of
//! the HTTP libraries act on.
//! This module must never show the password of a proxy.

use alloc::string::String;
use core::fmt;
use core::time::Duration;
use std::path::PathBuf;

/// The longest part of an attempt's time that connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How a transport reaches servers. The default takes proxies from the environment, checks certificates against the
/// usual roots, and connects within 10 seconds.
///
/// The variables `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` count as for the command `openstack`: a name in
/// lower case counts before one in upper case, a proxy is for one scheme, and a name in `no_proxy` also means the names
/// below it. Each request is decided on its own, and none for the local machine goes through such a proxy. Proxies are
/// reached over `http://` or `https://`. A SOCKS proxy is an error.
///
/// ```
/// use permspec_runtime::{Network, Tls};
///
/// let tls = Tls { roots: Some("/etc/ssl/own-ca.pem".into()), ..Tls::default() };
/// let network = Network::new().proxy("http://user:s3cret@proxy.example:3128").tls(tls);
/// assert!(!format!("{network:?}").contains("s3cret"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Network {
    pub(crate) proxy: Proxy,
    pub(crate) tls: Tls,
    pub(crate) connect_timeout: Duration,
}

/// Which proxy requests go through.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Proxy {
    /// The one that the environment names, except for servers on the local machine, which a proxy cannot reach.
    Environment,
    None,
    Url(String),
}

/// How servers prove who they are, and how the caller does on the level of TLS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// Whether certificates of servers are not checked. This is dangerous: everybody on the way can then read tokens
    /// and data.
    pub insecure: bool,
    /// A PEM file with the certificates that are trusted, instead of the usual ones, as `cacert` of openstacksdk. Its
    /// certificates that cannot be used are skipped, as long as others can.
    pub roots: Option<PathBuf>,
    /// A PEM file with the certificate of the caller, and then those of its authorities, if servers need them.
    pub certificate: Option<PathBuf>,
    /// A PEM file with the key of this certificate, if it is in another file. The key must not be encrypted.
    pub key: Option<PathBuf>,
}

impl Default for Network {
    fn default() -> Network {
        Network::new()
    }
}

impl Network {
    /// The default.
    pub const fn new() -> Network {
        Network {
            proxy: Proxy::Environment,
            tls: Tls {
                insecure: false,
                roots: None,
                certificate: None,
                key: None,
            },
            connect_timeout: CONNECT_TIMEOUT,
        }
    }

    /// Sends every request through the proxy at `url`, such as `http://user:password@proxy.example:3128`, also those
    /// for the local machine. The environment is not asked.
    #[must_use]
    pub fn proxy(self, url: &str) -> Network {
        Network {
            proxy: Proxy::Url(url.into()),
            ..self
        }
    }

    /// Sends no request through a proxy.
    #[must_use]
    pub fn no_proxy(self) -> Network {
        Network {
            proxy: Proxy::None,
            ..self
        }
    }

    /// Sets how servers and the caller prove who they are.
    #[must_use]
    pub fn tls(self, tls: Tls) -> Network {
        Network { tls, ..self }
    }

    /// Sets how long connecting may take. It is a part of the time of an attempt. The default is 10 seconds.
    #[must_use]
    pub fn connect_timeout(self, timeout: Duration) -> Network {
        Network {
            connect_timeout: timeout,
            ..self
        }
    }
}

/// Does not show a proxy, because its address may contain a password.
impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = match &self.proxy {
            Proxy::Environment => "environment",
            Proxy::None => "none",
            Proxy::Url(_) => "[secret]",
        };
        f.debug_struct("Network")
            .field("proxy", &format_args!("{proxy}"))
            .field("tls", &self.tls)
            .field("connect_timeout", &self.connect_timeout)
            .finish()
    }
}
