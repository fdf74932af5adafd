//! The settings of a handle, from which it is made. They come from a file, from the environment or from code.

use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use super::session::Session;
use super::{Cloud, CloudConfig, ConfigError, ConfigErrorKind, Credentials, Interface};
use crate::auth::TokenScope;
use crate::{Address, Client, Error, Network, PerHost, Retry, Tls, Transport, blocking};

/// Calls that fail for a passing reason are tried so often in all.
const ATTEMPTS: u32 = 3;
/// How many requests one host gets at the same time.
const PER_HOST: usize = 16;

/// The client with the settings of the builder. Both clients have the same methods.
macro_rules! set {
    ($builder:expr, $client:expr) => {{
        let mut client = $client.retry($builder.retry);
        if let Some(timeout) = $builder.config.timeout {
            client = client.timeout(timeout);
        }
        if let Some(timeout) = $builder.transfer_timeout {
            client = client.transfer_timeout(timeout);
        }
        if let Some(limit) = $builder.response_limit {
            client = client.response_limit(limit);
        }
        client
    }};
}

/// Makes a [`Cloud`] for async code (`build`, feature `reqwest`) or one that blocks (`blocking`, feature `ureq`), or
/// either [over](CloudBuilder::over) a transport of your own.
///
/// ```no_run
/// # #[cfg(feature = "ureq-rustls")] {
/// use permspec_runtime::auth::{Domain, TokenScope, User};
/// use permspec_runtime::cloud::{Cloud, Credentials};
///
/// let user = User::Name {
///     name: "deployer".into(),
///     domain: Domain::Name("OTC-EU-DE-00000000001000012345".into()),
/// };
/// let cloud = Cloud::builder()
///     .auth_url("https://iam.eu-de.otc.t-systems.com/v3")
///     .credentials(Credentials::password(user, std::env::var("OS_PASSWORD")?))
///     .scope(TokenScope::project_name("eu-de_production"))
///     .blocking()?;
/// # let _ = cloud;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it is built"]
pub struct CloudBuilder {
    config: CloudConfig,
    retry: Retry,
    transfer_timeout: Option<Duration>,
    response_limit: Option<u64>,
    network: Network,
    per_host: usize,
}

impl From<CloudConfig> for CloudBuilder {
    fn from(config: CloudConfig) -> CloudBuilder {
        CloudBuilder {
            network: Network::new().tls(config.tls.clone()),
            per_host: PER_HOST,
            config,
            retry: Retry::attempts(ATTEMPTS),
            transfer_timeout: None,
            response_limit: None,
        }
    }
}

impl CloudBuilder {
    /// Sets the address of the identity service, such as `https://iam.eu-de.otc.t-systems.com/v3`.
    pub fn auth_url(mut self, url: &str) -> CloudBuilder {
        self.config.auth_url = Some(url.into());
        self
    }

    /// Sets who calls.
    pub fn credentials(mut self, credentials: Credentials) -> CloudBuilder {
        self.config.credentials = Some(credentials);
        self
    }

    /// Sets the project or account that calls are about.
    pub fn scope(mut self, scope: TokenScope) -> CloudBuilder {
        self.config.scope = Some(scope);
        self
    }

    /// Sets the region, such as `eu-de`.
    pub fn region(mut self, region: &str) -> CloudBuilder {
        self.config.region = Some(region.into());
        self
    }

    /// Sets which of a service's addresses is used. The default is the public one.
    pub fn interface(mut self, interface: Interface) -> CloudBuilder {
        self.config.interface = interface;
        self
    }

    /// Sets the address of a service, by its name (`ims`) or its type (`image`). The catalogue of the token is then
    /// not asked for it.
    pub fn endpoint(mut self, service: &str, address: &str) -> CloudBuilder {
        self.config.endpoints.insert(service.into(), address.into());
        self
    }

    /// Sets whether and how failed calls are repeated. The default is three attempts in all.
    pub fn retry(mut self, retry: Retry) -> CloudBuilder {
        self.retry = retry;
        self
    }

    /// Sets how long an attempt may take. The default is 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> CloudBuilder {
        self.config.timeout = Some(timeout);
        self
    }

    /// Sets how long an `upload` or `download` may take. The default is one hour.
    pub fn transfer_timeout(mut self, timeout: Duration) -> CloudBuilder {
        self.transfer_timeout = Some(timeout);
        self
    }

    /// Sets how many bytes the body of a response may have. The default is 16 MiB.
    pub fn response_limit(mut self, bytes: u64) -> CloudBuilder {
        self.response_limit = Some(bytes);
        self
    }

    /// Sets how servers are reached: proxy, certificates, and how long connecting may take. The default takes proxies
    /// from the environment, and certificates from the settings. A transport of your own does not use it.
    ///
    /// If `network` states nothing about certificates, those of the settings stay.
    pub fn network(mut self, network: Network) -> CloudBuilder {
        self.network = if network.tls == Tls::default() {
            network.tls(self.network.tls)
        } else {
            network
        };
        self
    }

    /// Sets how many requests one host gets at the same time. The default is 16.
    pub fn per_host(mut self, most: usize) -> CloudBuilder {
        self.per_host = most;
        self
    }

    /// The settings until now.
    pub fn config(&self) -> &CloudConfig {
        &self.config
    }

    /// Makes the handle for async code, which sends with the HTTP library `reqwest`.
    ///
    /// # Errors
    /// Returns the same errors as [`over`](CloudBuilder::over), and an error if TLS or a proxy cannot be set up.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Cloud, Error> {
        self.session()?;
        let transport = crate::Reqwest::with(&self.network)?;
        self.over(transport)
    }

    /// Makes the handle that blocks, which sends with the HTTP library `ureq`.
    ///
    /// # Errors
    /// Returns the same errors as [`over`](CloudBuilder::over).
    #[cfg(feature = "ureq")]
    pub fn blocking(self) -> Result<blocking::Cloud, Error> {
        self.session()?;
        let transport = crate::Ureq::with(&self.network)?;
        self.blocking_over(transport)
    }

    /// Makes the handle for async code, over a transport of your own.
    ///
    /// # Errors
    /// Returns an error if the settings have no credentials or no usable address of the identity service. Nothing is
    /// sent yet.
    pub fn over(self, transport: impl Transport + 'static) -> Result<Cloud, Error> {
        let (session, transport) = self.parts(transport)?;
        let address = session.address().clone();
        let client = Client::of_cloud(transport.clone(), address, session.clone());
        Ok(Cloud {
            client: set!(self, client),
            session,
            transport,
        })
    }

    /// Makes the handle that blocks, over a transport of your own.
    ///
    /// # Errors
    /// Returns the same errors as [`over`](CloudBuilder::over).
    pub fn blocking_over(
        self,
        transport: impl Transport + 'static,
    ) -> Result<blocking::Cloud, Error> {
        let (session, transport) = self.parts(transport)?;
        let address = session.address().clone();
        let client = blocking::Client::of_cloud(transport.clone(), address, session.clone());
        Ok(blocking::Cloud::new(set!(self, client), session, transport))
    }

    fn parts(
        &self,
        transport: impl Transport + 'static,
    ) -> Result<(Arc<Session>, Arc<dyn Transport>), Error> {
        let transport = PerHost::new(self.per_host, transport);
        Ok((Arc::new(self.session()?), Arc::new(transport)))
    }

    fn session(&self) -> Result<Session, Error> {
        let credentials = self.config.credentials.clone();
        let credentials = credentials.ok_or_else(|| {
            let error = ConfigError::new(
                ConfigErrorKind::Missing,
                "the settings do not say who calls",
            );
            error.help("state a user and a password, a token or an access key")
        })?;
        let address = self.address()?;
        if let Credentials::Agency { base, .. } = &credentials
            && !matches!(**base, Credentials::Password { .. } | Credentials::Token(_))
        {
            let message = "an agency is assumed with a password or a token";
            return Err(ConfigError::new(ConfigErrorKind::Unsupported, message).into());
        }
        Ok(Session::new(self.config.clone(), address, credentials))
    }

    /// The address of the identity service, without the version.
    fn address(&self) -> Result<Address, ConfigError> {
        let url = self.config.auth_url.as_deref().ok_or_else(|| {
            let message =
                "the settings do not state `auth_url`, the address of the identity service";
            ConfigError::new(ConfigErrorKind::Missing, message)
        })?;
        let url = url.trim_end_matches('/').trim_end_matches("/auth/tokens");
        if url.ends_with("/v2.0") {
            let message = "version 2.0 of the identity service is not supported";
            let error = ConfigError::new(ConfigErrorKind::Unsupported, message);
            return Err(error.help("let `auth_url` end with `/v3`"));
        }
        Address::try_from(url.strip_suffix("/v3").unwrap_or(url)).map_err(|invalid| {
            let message = alloc::format!("`auth_url` cannot be used: {}", invalid.reason());
            ConfigError::new(ConfigErrorKind::Invalid, message)
        })
    }
}

impl Cloud {
    /// The cloud that the environment names: by `OS_CLOUD` in `clouds.yaml`, or by the variables `OS_*`.
    /// [`CloudConfig::from_env`] says how they are read.
    ///
    /// # Errors
    /// Returns an error if the settings cannot be read, or if something is missing in them. Nothing is sent yet.
    #[cfg(feature = "reqwest")]
    pub fn from_env() -> Result<Cloud, Error> {
        CloudBuilder::from(CloudConfig::from_env()?).build()
    }

    /// A cloud of `clouds.yaml`, by its name.
    ///
    /// # Errors
    /// Returns the same errors as [`from_env`](Cloud::from_env).
    #[cfg(feature = "reqwest")]
    pub fn named(name: &str) -> Result<Cloud, Error> {
        CloudBuilder::from(CloudConfig::named(name)?).build()
    }

    /// Settings from code, for this handle and for the one that blocks.
    pub fn builder() -> CloudBuilder {
        CloudBuilder::from(CloudConfig::default())
    }
}

impl blocking::Cloud {
    /// The cloud that the environment names: by `OS_CLOUD` in `clouds.yaml`, or by the variables `OS_*`.
    /// [`CloudConfig::from_env`] says how they are read.
    ///
    /// # Errors
    /// Returns an error if the settings cannot be read, or if something is missing in them. Nothing is sent yet.
    #[cfg(feature = "ureq")]
    pub fn from_env() -> Result<blocking::Cloud, Error> {
        CloudBuilder::from(CloudConfig::from_env()?).blocking()
    }

    /// A cloud of `clouds.yaml`, by its name.
    ///
    /// # Errors
    /// Returns the same errors as [`from_env`](blocking::Cloud::from_env).
    #[cfg(feature = "ureq")]
    pub fn named(name: &str) -> Result<blocking::Cloud, Error> {
        CloudBuilder::from(CloudConfig::named(name)?).blocking()
    }

    /// Settings from code, for this handle and for the one for async code.
    pub fn builder() -> CloudBuilder {
        CloudBuilder::from(CloudConfig::default())
    }
}

/// Does not show secrets.
impl fmt::Debug for CloudBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudBuilder")
            .field("config", &self.config)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
