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
//! # Typed calls
//! A generated package of types, such as `otc-types`, has functions that know what an operation is sent and returns.
//! They need the feature `typed` of this crate. Such code has this form:
//!
//! ```
//! # #[cfg(feature = "typed")] {
//! use permspec_runtime::typed::{Call, Extra};
//!
//! /// The body of [`add_image_member`].
//! #[derive(Clone, Default)]
//! pub struct AddImageMember {
//!     /// `member`: text. Required.
//!     pub member: Option<String>,
//!     /// What is not documented, or not as documented.
//!     pub extra: Extra,
//! }
//! // The fields and their names in JSON, and then the fields that are required.
//! permspec_runtime::object!(AddImageMember { member: "member" } ["member"]);
//!
//! impl AddImageMember {
//!     /// A value with all required fields.
//!     pub fn new(member: impl Into<String>) -> Self {
//!         Self { member: Some(member.into()), ..Self::default() }
//!     }
//! }
//!
//! /// The response of [`add_image_member`].
//! #[derive(Clone, Default)]
//! pub struct AddImageMemberResponse {
//!     /// `status`: text.
//!     pub status: Option<String>,
//!     /// What is not documented, or not as documented.
//!     pub extra: Extra,
//! }
//! permspec_runtime::object!(AddImageMemberResponse { status: "status" });
//!
//! pub fn add_image_member(image_id: &str, body: &AddImageMember) -> Call<AddImageMemberResponse> {
//!     Call::new(otc_api::ims::add_image_member(image_id)).json(body)
//! }
//!
//! let call = add_image_member("70a599e0", &AddImageMember::new("project"));
//! assert_eq!(call.request().body_bytes(), br#"{"member":"project"}"#);
//! // `default` lacks the required field. The call is an error, and nothing is sent.
//! assert!(add_image_member("70a599e0", &AddImageMember::default()).request().check().is_err());
//! # }
//! ```
//!
//! Parameters that the documentation requires are arguments. The others are methods of the call. A body is
//! written as a struct, with `new` or `default` for the fields that are left out. These are not sent:
//!
//! ```
//! # #[cfg(feature = "typed")] {
//! # use permspec_runtime::typed::{Call, Extra, Json};
//! # #[derive(Clone, Default)]
//! # struct CreateImageMetadata { name: Option<String>, min_disk: Option<i64>, protected: Option<bool>, extra: Extra }
//! # permspec_runtime::object!(CreateImageMetadata { name: "name", min_disk: "min_disk", protected: "protected" });
//! # fn create_image_metadata(body: &CreateImageMetadata) -> Call<Json> {
//! #     Call::new(otc_api::ims::create_image_metadata()).json(body)
//! # }
//! let mut body = CreateImageMetadata {
//!     name: Some("base".into()),
//!     min_disk: Some(40),
//!     ..CreateImageMetadata::default()
//! };
//! // What the documentation does not know can be sent, too.
//! body.extra.insert("os_hash_algo", "sha512".into());
//! let call = create_image_metadata(&body);
//! assert_eq!(call.request().body_bytes(), br#"{"name":"base","min_disk":40,"os_hash_algo":"sha512"}"#);
//! # }
//! ```
//!
//! `call` sends a call and returns the documented type. Every field is an `Option`, because services leave out what
//! their documentation promises. A field that the documentation does not know is in `extra`, and so is a value of
//! another kind than documented. `reply` also returns status and headers:
//!
//! ```
//! # #[cfg(feature = "typed")] {
//! # use permspec_runtime::typed::{Call, Extra};
//! # #[derive(Clone, Default)]
//! # struct GetImageMemberResponse { member_id: Option<String>, status: Option<String>, extra: Extra }
//! # permspec_runtime::object!(GetImageMemberResponse { member_id: "member_id", status: "status" });
//! # fn get_image_member(image: &str, member: &str) -> Call<GetImageMemberResponse> {
//! #     Call::new(otc_api::ims::get_image_member(image, member))
//! # }
//! # use permspec_runtime::{Route, testing::{Reply, Scripted}};
//! # let answer = Reply::json(200, &serde_json::json!({"member_id": 7, "since": "May", "status": ["new"]}));
//! # let answer = answer.header("X-Served-By", "a");
//! # let cloud = Scripted::new().always(otc_api::ims::Route::GetImageMember.spec(), answer);
//! # let client = permspec_runtime::blocking::Client::over(cloud, "https://ims.test")?;
//! // The service answers `{"member_id": 7, "since": "May", "status": ["new"]}`.
//! let member = client.call(get_image_member("70a599e0", "7"))?;
//! assert_eq!(member.member_id.as_deref(), Some("7")); // a number is read where a text is documented
//! assert_eq!(member.extra.get("since").unwrap(), "May"); // not documented
//! assert_eq!(member.status, None); // a list is no text
//! assert_eq!(member.extra.get("status").unwrap()[0], "new");
//!
//! let reply = client.reply(get_image_member("70a599e0", "7"))?;
//! assert_eq!(reply.header("X-Served-By"), Some("a"));
//! assert_eq!(reply.body, member);
//! # }
//! # Ok::<(), permspec_runtime::Error>(())
//! ```
//!
//! `pages` returns the items of a list, and asks for the next page when its items are needed. `wait` calls an
//! operation that starts a job, and asks for the job until it has ended. The documentation of a function says
//! whether it returns pages or starts a job. Elsewhere, `pages` and `wait` do not compile.
//!
//! ```
//! # #[cfg(feature = "typed")] {
//! # mod types {
//! #     use otc_api::{ims, rds};
//! #     use permspec_runtime::{Route, typed::{Call, Extra, JobSpec, Json, Operation, Paged, Paging, Starts}};
//! #     #[derive(Clone, Default)]
//! #     pub struct ListedImage { pub name: Option<String>, pub extra: Extra }
//! #     permspec_runtime::object!(ListedImage { name: "name" });
//! #     pub struct ListImagesCall(Call<Json>);
//! #     impl ListImagesCall {
//! #         pub fn limit(self, value: i64) -> Self { Self(self.0.query("limit", value)) }
//! #     }
//! #     impl Operation for ListImagesCall {
//! #         type Response = Json;
//! #         fn into_call(self) -> Call<Json> { self.0 }
//! #     }
//! #     impl Paged for ListImagesCall {
//! #         type Item = ListedImage;
//! #         const PAGING: Paging = Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 0);
//! #     }
//! #     pub fn list_images() -> ListImagesCall { ListImagesCall(Call::new(ims::list_images())) }
//! #     pub struct StartInstanceCall(Call<Json>);
//! #     impl Operation for StartInstanceCall {
//! #         type Response = Json;
//! #         fn into_call(self) -> Call<Json> { self.0 }
//! #     }
//! #     impl Starts for StartInstanceCall {
//! #         type Job = Json;
//! #         const JOB: JobSpec = JobSpec::by_query("job_id", rds::Route::GetTask.spec(), "id", &["job", "status"]);
//! #     }
//! #     pub fn start_instance(project: &str, instance: &str) -> StartInstanceCall {
//! #         StartInstanceCall(Call::new(rds::start_instance(project, instance)))
//! #     }
//! # }
//! # use types::{list_images, start_instance};
//! use std::time::Duration;
//!
//! use permspec_runtime::{Client, Error, ErrorKind, blocking};
//!
//! fn names(client: &blocking::Client) -> Result<Vec<String>, Error> {
//!     let images = client.pages(list_images().limit(50));
//!     images.filter_map(|image| image.map(|image| image.name).transpose()).collect()
//! }
//!
//! async fn first_name(client: &Client) -> Result<Option<String>, Error> {
//!     let mut images = client.pages(list_images());
//!     Ok(images.next().await.transpose()?.and_then(|image| image.name))
//! }
//!
//! async fn start(client: &Client, project: &str, instance: &str) -> Result<(), Error> {
//!     match client.wait(start_instance(project, instance), Duration::from_secs(600)).await {
//!         Ok(done) => println!("{:?}", done.job),
//!         Err(error) if matches!(error.kind(), ErrorKind::JobLate { .. }) => println!("it takes longer"),
//!         Err(error) => return Err(error), // `JobFailed` has the status, the code and the reason
//!     }
//!     Ok(())
//! }
//! # use permspec_runtime::{Route, testing::{Reply, Scripted}};
//! # let list = otc_api::ims::Route::ListImages.spec();
//! # let cloud = Scripted::new()
//! #     .reply(list, Reply::json(200, &serde_json::json!({"images": [{"id": "1", "name": "a"}]})))
//! #     .always(list, Reply::json(200, &serde_json::json!({"images": []})));
//! # let client = blocking::Client::over(cloud, "https://ims.test").unwrap();
//! # assert_eq!(names(&client).unwrap(), ["a"]);
//! # }
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
