//! Test code that calls the cloud, without a cloud.
//!
//! Both clients send over any [`Transport`](crate::Transport). The module [`testing`](crate::testing) has two
//! transports. [`Scripted`](crate::testing::Scripted) responds from a script.
//! [`Recording`](crate::testing::Recording) records which operations ran with which parameters. Everything else
//! is as in production: paths, bodies, authentication, retries, errors.
//!
//! ```
//! use otc_api::ims;
//! use permspec_runtime::testing::{Recording, Reply, Scripted};
//! use permspec_runtime::{Error, Retry, Route, blocking::Client};
//! use serde_json::json;
//!
//! /// The code under test: stops sharing an image with everybody.
//! fn unshare(client: &Client, image: &str) -> Result<(), Error> {
//!     let members: serde_json::Value = client.send(ims::list_image_members(image))?.json()?;
//!     for member in members["members"].as_array().into_iter().flatten() {
//!         let id = member["member_id"].as_str().unwrap_or_default();
//!         client.send(ims::delete_image_member(image, id))?;
//!     }
//!     Ok(())
//! }
//!
//! let list = ims::Route::ListImageMembers.spec();
//! let delete = ims::Route::DeleteImageMember.spec();
//! let cloud = Recording::new(
//!     Scripted::new()
//!         .reply(list, Reply::status(503)) // the first call finds the service busy
//!         .reply(list, Reply::json(200, &json!({"members": [{"member_id": "p1"}, {"member_id": "p2"}]})))
//!         .always(delete, Reply::status(204)),
//! );
//! let client = Client::over(cloud.clone(), "https://ims.test")?.retry(Retry::attempts(2));
//!
//! unshare(&client, "70a599e0")?;
//! assert_eq!(
//!     cloud.to_string(),
//!     "ims.ListImageMembers image_id=70a599e0\n\
//!      ims.ListImageMembers image_id=70a599e0\n\
//!      ims.DeleteImageMember image_id=70a599e0 member_id=p1\n\
//!      ims.DeleteImageMember image_id=70a599e0 member_id=p2\n"
//! );
//! # Ok::<(), Error>(())
//! ```
//!
//! A call that is not in the script is an error, and its message says so. Waits before another attempt do not
//! take time. Headers that authenticate are not recorded.
//!
//! # Typed calls
//! Typed calls are sent over the same transports. A script knows operations and not functions, so it is the same
//! for both. `pages` asks the script for each page, and `wait` takes no time:
//!
//! ```
//! # #[cfg(feature = "typed")] {
//! # use permspec_runtime::typed::{Call, Extra, Json, Operation, Paged, Paging};
//! # #[derive(Clone, Default)]
//! # struct ListedImage { id: Option<String>, protected: Option<bool>, extra: Extra }
//! # permspec_runtime::object!(ListedImage { id: "id", protected: "protected" });
//! # struct ListImagesCall(Call<Json>);
//! # impl ListImagesCall {
//! #     fn limit(self, value: i64) -> Self { Self(self.0.query("limit", value)) }
//! # }
//! # impl Operation for ListImagesCall {
//! #     type Response = Json;
//! #     fn into_call(self) -> Call<Json> { self.0 }
//! # }
//! # impl Paged for ListImagesCall {
//! #     type Item = ListedImage;
//! #     const PAGING: Paging = Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 0);
//! # }
//! # fn list_images() -> ListImagesCall { ListImagesCall(Call::new(ims::list_images())) }
//! use otc_api::ims;
//! use permspec_runtime::testing::{Recording, Reply, Scripted};
//! use permspec_runtime::{Error, Route, blocking::Client};
//! use serde_json::json;
//!
//! /// The code under test: counts the images that nobody can delete.
//! fn protected(client: &Client) -> Result<usize, Error> {
//!     let mut count = 0;
//!     for image in client.pages(list_images().limit(2)) {
//!         count += usize::from(image?.protected == Some(true));
//!     }
//!     Ok(count)
//! }
//!
//! let list = ims::Route::ListImages.spec();
//! let cloud = Recording::new(
//!     Scripted::new()
//!         .reply(list, Reply::json(200, &json!({"images": [{"id": "a"}, {"id": "b", "protected": true}]})))
//!         .reply(list, Reply::json(200, &json!({"images": [{"id": "c", "protected": true}]}))),
//! );
//! let client = Client::over(cloud.clone(), "https://ims.test")?;
//!
//! assert_eq!(protected(&client)?, 2);
//! assert_eq!(cloud.calls()[1].query("marker"), Some("b"));
//! # }
//! # Ok::<(), permspec_runtime::Error>(())
//! ```
//!
//! A test of what is sent needs no client. `request` of a call shows the target and the body, and `check` says
//! whether a required field is missing. Generated types are compared with `==`, so a test can compare a body
//! that it reads with `typed::from_json` from [`Sent::body`](crate::testing::Sent::body).
//!
//! # What does my program need?
//! A test records the operations that the program calls. The smallest policy for the program follows from the
//! record:
//!
//! ```
//! use permspec_runtime::Transport;
//! use permspec_runtime::policy::Wanted;
//! use permspec_runtime::testing::Recording;
//!
//! fn print_policy(cloud: &Recording<impl Transport>) {
//!     let least = Wanted::new(cloud.operations()).least(&otc_api::CATALOGUE);
//!     for policy in &least.policies {
//!         println!("{}", policy.to_json_pretty());
//!     }
//! }
//! ```
//!
//! # Over a real socket
//! `examples/ims-emulator` in the repository is a server for end-to-end tests. It also shows how to make such a
//! server for other services. A [`Recording`](crate::testing::Recording) around a real transport records the
//! calls that are actually sent.
