//! The runtime of code that permspec generates: requests, clients, policies, and a guard for servers.
//!
//! A generated crate has one function per operation of a cloud. The function returns a [`Request`][request],
//! and a [client][client] sends it:
//!
//! ```toml
//! [dependencies]
//! otc-api = { version = "0.1", features = ["ims"] }
//! permspec-runtime = { version = "0.1", features = ["ureq-rustls"] }
//! ```
//!
//! ```no_run
//! # #[cfg(feature = "ureq")] {
//! use otc_api::ims;
//! use permspec_runtime::{Address, blocking::Client};
//!
//! let client = Client::new(Address::otc("ims", "eu-de")?)?.token(std::env::var("OS_TOKEN")?);
//! let members = client.send(ims::list_image_members("70a599e0"))?;
//! println!("{}", members.text());
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! If the cloud refuses the call, the error names the permissions that the call needs according to the
//! documentation.
//!
//! # Guides
//! Each guide is one page about one task:
//! - [`guide::call`]: call the cloud, blocking or async.
//! - [`guide::cloud`]: call all services of a cloud with one handle.
//! - [`guide::settings`]: read the settings of a cloud from `clouds.yaml` and the variables `OS_*`.
//! - [`guide::sign`]: prove who calls, with a token or an access key.
//! - [`guide::guard`]: let a server allow calls by the documented permissions.
//! - [`guide::test`](mod@guide::test): test code that calls the cloud, without a cloud.
//!
//! # From calls to policies
//! - [`Route::find`] finds the operation of a call in one service. A [`Catalogue`] of several services has
//!   the same method.
//! - [`policy::Policies`] decide whether a caller may run an operation, and explain the decision.
//! - [`policy::Wanted`][wanted] makes the smallest policy for some operations (feature `alloc`).
//!
//! # What generated code is
//! Generated code is data: one [`RouteSpec`] per operation, with its [`Endpoint`]s, its [`Permission`]s and
//! its [`Scope`]. Everything that acts on the data is in this crate, so generated code stays small.
//!
//! ```
//! use permspec_runtime::{Endpoint, Method, Permission, Requirement, RouteSpec, Scope};
//!
//! // As generated from the page "Image Sharing" of the Image Management Service.
//! static ADD_IMAGE_MEMBER: RouteSpec = RouteSpec {
//!     id: "AddImageMember",
//!     title: "Adding an Image Member (Native OpenStack API)",
//!     endpoints: &[Endpoint::new(Method::Post, "/v2/images/{image_id}/members")],
//!     permissions: &[
//!         Requirement::always(Permission::new("ims:images:get")),
//!         Requirement::always(Permission::new("ims:images:share")),
//!     ],
//!     scope: Scope::IAM_PROJECT_ONLY,
//!     ..RouteSpec::of("ims")
//! };
//!
//! assert_eq!(ADD_IMAGE_MEMBER.to_string(), "ims.AddImageMember");
//! assert_eq!(ADD_IMAGE_MEMBER.permissions[1].permission.operation(), "share");
//!
//! # #[cfg(feature = "alloc")] {
//! let request = permspec_runtime::Request::new(&ADD_IMAGE_MEMBER, &["a/b c?é"]);
//! assert_eq!(request.path()?, "/v2/images/a%2Fb%20c%3F%C3%A9/members");
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//! Features only add items. Without features, the crate is `no_std`, does not allocate and does not have
//! dependencies.
//!
//! | feature | adds |
//! |---|---|
//! | `alloc` | `Request`, owned permissions and sets of them, and functions that read, check and make policies |
//! | `std` (default) | `alloc` |
//! | `serde` | permissions, sets of them, methods, policies and generated types as serde's data |
//! | `json` | `Request::json` and `Request::action` |
//! | `typed` | `typed::Call`: requests whose body and response have a type, and `call`, `pages` and `wait` of both clients |
//! | `http` | a `Request` as an `http::Request<bytes::Bytes>`, and `Address` |
//! | `sign` | `auth::AccessKey`: SDK-HMAC-SHA256 signatures, for any HTTP client |
//! | `client` | `Client` and `blocking::Client` over a transport of your own, tokens, retries, and `testing` |
//! | `ureq`, `ureq-rustls` | the transport of `blocking::Client`, for `http://`, and for `https://` |
//! | `reqwest`, `reqwest-rustls` | the transport of the async `Client`, for `http://`, and for `https://` |
//! | `cloud` | `cloud::Cloud` and `blocking::Cloud`: one handle for all services, from `clouds.yaml` or `OS_*` |
//! | `tracing` | a span for each call |
//! | `tower` | `guard`, a layer that lets through the calls that a policy allows |
//!
// A link leads to the item if its feature is enabled. Otherwise it leads to a page that explains the item.
#![cfg_attr(feature = "alloc", doc = "[request]: Request")]
#![cfg_attr(feature = "alloc", doc = "[wanted]: policy::Wanted")]
#![cfg_attr(not(feature = "alloc"), doc = "[request]: guide::call")]
#![cfg_attr(not(feature = "alloc"), doc = "[wanted]: policy")]
#![cfg_attr(feature = "client", doc = "[client]: blocking::Client")]
#![cfg_attr(not(feature = "client"), doc = "[client]: guide::call")]
#![no_std]
#![forbid(unsafe_code)]
// A user's type may contain any of these types and derive `Debug`.
#![deny(missing_debug_implementations)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

#[cfg(feature = "http")]
mod address;
#[cfg(any(feature = "client", feature = "sign"))]
pub mod auth;
#[cfg(any(feature = "client", feature = "tower"))]
mod boxed;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "cloud")]
pub mod cloud;
mod endpoint;
#[cfg(feature = "tower")]
pub mod guard;
#[cfg(any(doc, doctest))]
pub mod guide;
mod include;
#[cfg(any(feature = "json", feature = "tower"))]
mod json_keys;
mod lookup;
mod method;
#[cfg(feature = "alloc")]
mod misprint;
mod permission;
#[cfg(feature = "alloc")]
mod permission_set;
pub mod policy;
#[cfg(feature = "alloc")]
mod request;
mod requirement;
mod route;
mod route_spec;
mod scope;
#[cfg(feature = "serde")]
mod serial;
mod service_spec;
mod template;
#[cfg(feature = "client")]
pub mod testing;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "typed")]
pub mod typed;

#[cfg(feature = "http")]
pub use address::{Address, InvalidAddress};
#[cfg(any(feature = "client", feature = "tower"))]
pub use boxed::{BoxError, BoxFuture};
#[cfg(feature = "reqwest")]
pub use client::Reqwest;
#[cfg(feature = "ureq")]
pub use client::Ureq;
#[cfg(feature = "client")]
pub use client::{Client, Download, Error, ErrorKind, Response, Retry};
#[cfg(all(feature = "client", feature = "typed"))]
pub use client::{JobDone, Pages, Reply};
pub use endpoint::Endpoint;
pub use lookup::{Candidate, Candidates, Captured, Catalogue, Decoded, Parameters};
pub use method::{Method, UnknownMethod};
pub use permission::Permission;
#[cfg(feature = "alloc")]
pub use permission_set::PermissionSet;
#[cfg(feature = "alloc")]
pub use request::{InvalidRequest, OWN, Problem, Request};
pub use requirement::Requirement;
pub use route::{Found, Route, UnknownRoute};
pub use route_spec::RouteSpec;
pub use scope::Scope;
pub use service_spec::ServiceSpec;
#[cfg(feature = "client")]
pub use transport::{Body, Network, PerHost, Tls, Transport};

/// The client that blocks until the response arrives. It needs the feature `client`, and the feature `ureq`
/// for its transport `ureq`.
#[cfg(feature = "client")]
pub mod blocking {
    pub use crate::client::{BlockingClient as Client, BlockingDownload as Download};

    #[cfg(feature = "typed")]
    pub use crate::client::BlockingPages as Pages;
    #[cfg(feature = "cloud")]
    pub use crate::cloud::BlockingCloud as Cloud;
}

/// Runs the examples of the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
