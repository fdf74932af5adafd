//! Transports for tests of code that calls the cloud. They do not need a socket or a server.
//! This module must never keep what authenticates, because a recording may be printed.
//!
//! ```
//! # use permspec_runtime::{Endpoint, Method, RouteSpec, Scope};
//! # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
//! #     service: "ims", id: "ListImageMembers", title: "Querying Image Members",
//! #     endpoints: &[Endpoint {
//! #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
//! #     }],
//! #     permissions: &[], dependencies: &[], doc: None, service_spec: None,
//! #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
//! # };
//! # fn list_image_members(image_id: &str) -> Request { Request::new(&QUERY_IMAGE_MEMBERS, &[image_id]) }
//! use permspec_runtime::blocking::Client;
//! use permspec_runtime::testing::{Recording, Reply, Scripted};
//! use permspec_runtime::{Error, Request};
//!
//! /// The code under test.
//! fn is_shared(client: &Client, image_id: &str) -> Result<bool, Error> {
//!     let members: serde_json::Value = client.send(list_image_members(image_id))?.json()?;
//!     Ok(members["members"] != serde_json::json!([]))
//! }
//!
//! let cloud = Recording::new(Scripted::new().reply(
//!     &QUERY_IMAGE_MEMBERS, // of generated code: `ims::Route::ListImageMembers.spec()`
//!     Reply::json(200, &serde_json::json!({"members": [{"member_id": "edc89b49"}]})),
//! ));
//! let client = Client::over(cloud.clone(), "http://ims.test")?;
//!
//! assert!(is_shared(&client, "70a599e0")?);
//! assert_eq!(cloud.to_string(), "ims.ListImageMembers image_id=70a599e0\n");
//! assert_eq!(cloud.calls()[0].parameter("image_id"), Some("70a599e0"));
//! # Ok::<(), Error>(())
//! ```

mod recording;
mod scripted;

pub use recording::{Recording, Sent};
pub use scripted::{Reply, Scripted};
