//! Call the cloud with the generated stubs.
//!
//! A stub returns a [`Request`](crate::Request) and does not send anything. A client sends it:
//!
//! ```toml
//! [dependencies]
//! otc-api = { version = "0.1", features = ["ims"] }
//! permspec-runtime = { version = "0.1", features = ["ureq-rustls"] }     # blocking
//! # permspec-runtime = { version = "0.1", features = ["reqwest-rustls"] } # async
//! ```
//!
//! # The address of a service
//! The documentation lists paths, but not hosts. [`Address::otc`](crate::Address::otc) knows the pattern of
//! Open Telekom Cloud's hosts. No client applies the pattern automatically, because the host of a service
//! does not always have the name of its actions. A client calls one service at one address.
//!
//! ```no_run
//! # #[cfg(feature = "ureq-rustls")] {
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
//! The async client has the same methods; add `.await`:
//!
//! ```
//! use otc_api::ims;
//! use permspec_runtime::{Client, Error};
//!
//! #[derive(serde::Deserialize)]
//! struct Member {
//!     status: String,
//! }
//!
//! async fn share(client: &Client, image: &str, project: &str) -> Result<String, Error> {
//!     let body = serde_json::json!({"member": project});
//!     let response = client.send(ims::add_image_member(image).json(&body)?).await?;
//!     Ok(response.json::<Member>()?.status)
//! }
//! ```
//!
//! # Parameters and bodies
//! A request takes query parameters, headers, and a body as JSON or as bytes. Pass values unencoded. The
//! request percent-encodes them, so a value cannot leave its place in the URL. The query parameters that a page
//! names are constants next to the stubs.
//!
//! ```
//! use otc_api::{ims, rds};
//!
//! let log = rds::get_database_error_log("project", "instance")
//!     .query(rds::query::START_DATE, "2026-01-01T00:00:00+0000")
//!     .query(rds::query::END_DATE, "2026-01-02T00:00:00+0000");
//! assert!(log.target()?.ends_with("/errorlog?start_date=2026-01-01T00%3A00%3A00%2B0000&end_date=2026-01-02T00%3A00%3A00%2B0000"));
//!
//! let page = ims::list_images().query("name", "a b&c").query("limit", 10);
//! assert_eq!(page.target()?, "/v2/images?name=a%20b%26c&limit=10");
//!
//! let renamed = ims::update_image("70a599e0").body(
//!     r#"[{"op": "replace", "path": "/name", "value": "new"}]"#,
//!     "application/openstack-images-v2.1-json-patch",
//! );
//! # assert_eq!(renamed.method().as_str(), "PATCH");
//! # Ok::<(), permspec_runtime::InvalidRequest>(())
//! ```
//!
//! Several operations may share one call. Then only the body says which operation is meant, and the documentation
//! of the stub says so. Without a body, the request is an error, and it is not sent. If the page names
//! the key of the body, `action` puts a value under the key, and `json` refuses a body without the key:
//!
//! ```
//! use permspec_runtime::{Endpoint, Method, Problem, Request, RouteSpec};
//! use serde_json::json;
//!
//! // What a stub calls for `POST /v2/volumes/{volume_id}/action (os-extend)`:
//! static EXTEND: RouteSpec = RouteSpec {
//!     id: "ExtendVolume",
//!     endpoints: &[Endpoint::new(Method::Post, "/v2/volumes/{volume_id}/action")
//!         .with_body_action("os-extend")],
//!     ..RouteSpec::of("evs")
//! };
//! let extend = |volume| Request::new(&EXTEND, &[volume]);
//!
//! let larger = extend("7a").action(&json!({"new_size": 40}))?;
//! assert_eq!(larger.body_bytes(), br#"{"os-extend":{"new_size":40}}"#);
//! let missing = extend("7a").check().unwrap_err();
//! assert_eq!(missing.problem(), &Problem::NoBody { key: Some("os-extend") });
//! # Ok::<(), permspec_runtime::InvalidRequest>(())
//! ```
//!
//! `upload` and `download` stream large bodies piece by piece, without holding them in memory:
//!
//! ```
//! use std::fs::File;
//! use std::io;
//!
//! use otc_api::ims;
//! use permspec_runtime::blocking::Client;
//! use permspec_runtime::{Body, Request};
//!
//! fn upload(client: &Client, image: &str, path: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     let file = File::open(path)?;
//!     let length = file.metadata()?.len();
//!     let request = ims::upload_image(image).header("Content-Type", "application/octet-stream");
//!     client.upload(request, Body::reader(file, Some(length)))?;
//!     Ok(())
//! }
//!
//! fn save(client: &Client, request: Request, path: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     io::copy(&mut client.download(request)?, &mut File::create(path)?)?;
//!     Ok(())
//! }
//! ```
//!
//! # Errors
//! An [`Error`](crate::Error) names the operation, its method and path, the status, the service's id of the
//! request, and the beginning of the response body. For a 403 response, it also names the actions that the call
//! needs according to the documentation. [`Error::code`](crate::Error::code) and
//! [`Error::message`](crate::Error::message) are what the service says, in whatever shape it says it:
//!
//! ```
//! use otc_api::ims;
//! use permspec_runtime::blocking::Client;
//! use permspec_runtime::testing::{Reply, Scripted};
//!
//! let cloud = Scripted::new().reply(ims::Route::AddImageMembersInBatches.spec(), Reply::status(403));
//! let client = Client::over(cloud, "https://ims.test")?;
//! let error = client.send(ims::add_image_members_in_batches()).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "`ims.AddImageMembersInBatches` (POST /v1/cloudimages/members): 403 Forbidden; \
//!      `POST /v1/cloudimages/members` needs `ims:images:share`"
//! );
//! assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
//! # use permspec_runtime::Route;
//! # Ok::<(), permspec_runtime::Error>(())
//! ```
//!
//! A client does not retry by default. With a [`Retry`](crate::Retry), it repeats only idempotent methods. It
//! waits for random times that grow, or for as long as `Retry-After` says:
//!
//! ```
//! use std::time::Duration;
//!
//! use permspec_runtime::{Client, Retry};
//!
//! fn patient(client: Client) -> Client {
//!     client.retry(Retry::attempts(4)).timeout(Duration::from_secs(20)).response_limit(1024 * 1024)
//! }
//! ```
//!
//! With the feature `tracing`, each call is a span `permspec.call` with operation, method, template, status and
//! request id. Each further attempt is an event.
//!
//! # Another HTTP client
//! The feature `http` alone turns a request into an `http::Request<bytes::Bytes>`:
//!
//! ```
//! let request = otc_api::ims::list_image_members("70a599e0").at("https://ims.test");
//! let request = http::Request::<bytes::Bytes>::try_from(request)?;
//! assert_eq!(request.uri(), "https://ims.test/v2/images/70a599e0/members");
//! # Ok::<(), permspec_runtime::InvalidRequest>(())
//! ```
//!
//! To keep the other features of the clients, implement [`Transport`](crate::Transport) for your HTTP client.
