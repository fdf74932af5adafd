//! Call all services of a cloud with one handle.
//!
//! A [`Cloud`](crate::cloud::Cloud) knows who calls, and finds the services itself. It has the methods of a client:
//! `send`, `call`, `pages`, `wait`, `upload`, `download`. [`blocking::Cloud`](crate::blocking::Cloud) is the same for
//! code that blocks.
//!
//! # Who calls
//! `Cloud::from_env()` reads what OpenStack's tools read: `clouds.yaml` with `OS_CLOUD`, or the variables `OS_*`.
//! `Cloud::named("otc")` takes a cloud of `clouds.yaml`. [The guide to settings](crate::guide::settings) lists files and
//! keys. `Cloud::builder()` takes the settings from code:
//!
//! ```
//! use permspec_runtime::auth::{Domain, TokenScope, User};
//! use permspec_runtime::cloud::{Cloud, CloudBuilder, Credentials};
//!
//! fn settings(password: String) -> CloudBuilder {
//!     let domain = Domain::Name("OTC-EU-DE-00000000001000012345".into());
//!     let user = User::Name { name: "deployer".into(), domain };
//!     Cloud::builder()
//!         .auth_url("https://iam.eu-de.otc.t-systems.com/v3")
//!         .credentials(Credentials::password(user, password))
//!         .scope(TokenScope::project_name("eu-de_production"))
//! }
//! ```
//!
//! | [`Credentials`](crate::cloud::Credentials) | what is sent |
//! |---|---|
//! | `password` | user and password, once per token |
//! | `password_with_passcode` | the same with a passcode of the user's virtual MFA device |
//! | `token` | a token that exists; if the settings state another scope, a token for that scope is asked for |
//! | `access_key`, `temporary_access_key` | signatures, and no token |
//! | `assume` of one of the first three | the permissions that another account has delegated by an agency |
//!
//! A token is fetched with the first call, shared by all services, and renewed before it expires or when a service
//! refuses it. It is kept in memory only. The user's own password, keys and tokens never appear in an error, in `Debug`
//! or in a span.
//!
//! # Where a service is
//! The address is, in this order:
//! 1. what the request says itself ([`Request::at`](crate::Request::at));
//! 2. what the settings say: `endpoint("ims", ..)`, or `image_endpoint_override` in `clouds.yaml`;
//! 3. the catalogue of the token: the service's type, the region and the interface;
//! 4. the documented pattern of hosts, if the identity service belongs to the same cloud.
//!
//! An address in a catalogue may end in a version and a project, as in `https://evs.example/v2/0605768a`. Paths of
//! operations have both, so they are removed from the address. If a service has several types there, the address with
//! the version of the path counts. If nothing knows the service, the error says what was tried.
//!
//! # The caller's own project
//! Typed functions do not take the caller's own project or account: the handle fills in `{project_id}`. Stubs of
//! untyped crates take [`OWN`](crate::OWN) for it. `cloud.parameter("project_id", ..)` is the same handle for another
//! project, as far as the token allows it:
//!
//! ```
//! use otc_api::ims;
//! use permspec_runtime::cloud::Cloud;
//! use permspec_runtime::{Error, OWN};
//!
//! async fn ask(cloud: &Cloud, other: &str) -> Result<(), Error> {
//!     cloud.send(ims::get_status_of_asynchronous_job(OWN, "70a599e0")).await?;
//!     let cloud = cloud.clone().parameter("project_id", other);
//!     cloud.send(ims::get_status_of_asynchronous_job(OWN, "70a599e0")).await?;
//!     Ok(())
//! }
//! ```
//!
//! # Proxies, certificates and limits
//! [`Network`](crate::Network) says how servers are reached. `network` of the builder sets it; the
//! certificates of `clouds.yaml` stay if it states none. One host gets up to 16 requests at the same time, and
//! further ones wait in line. `per_host` sets another number.
//!
//! ```
//! use permspec_runtime::cloud::CloudBuilder;
//! use permspec_runtime::{Network, Tls};
//!
//! fn behind_a_proxy(builder: CloudBuilder, proxy: &str) -> CloudBuilder {
//!     let tls = Tls { roots: Some("/etc/ssl/own-ca.pem".into()), ..Tls::default() };
//!     builder.network(Network::new().proxy(proxy).tls(tls)).per_host(4)
//! }
//! ```
//!
//! Transports for a single client are made from the same value (`Ureq::with`, `Reqwest::with`), and
//! [`PerHost`](crate::PerHost) limits any transport.
//!
//! # Calls that the documentation lacks
//! [`Request::to`](crate::Request::to) makes any call of a service:
//!
//! ```
//! use otc_api::ims;
//! use permspec_runtime::{Method, Request};
//!
//! let request = Request::to(&ims::SERVICE, Method::Get, "/v2/images/70a599e0/tasks");
//! # let _ = request;
//! ```
//!
//! A service that the generated crate lacks has a [`ServiceSpec`](crate::ServiceSpec) of your own.
