//! The client for async code.
//! This module must never do more than hand over to the engine.

use super::{Download, Engine, Error, Response};
use crate::Request;
use crate::transport::Body;

/// A client for async code.
///
/// One client serves one service at one address. It keeps connections open and is cheap to clone;
/// clones share them. `Debug` does not show what authenticates.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, Scope};
/// # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "ListImageMembers", title: "Querying Image Members",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None,
/// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
/// # };
/// # fn list_image_members(image_id: &str) -> Request { Request::new(&QUERY_IMAGE_MEMBERS, &[image_id]) }
/// use permspec_runtime::{Client, Error};
///
/// async fn print_members(client: &Client) -> Result<(), Error> {
///     let members = client.send(list_image_members("70a599e0")).await?;
///     println!("{}", members.text());
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) engine: Engine,
}

settings!(Client);

impl Client {
    /// A client for the service at `address`, a URL such as `https://ims.eu-de.otc.t-systems.com` or an
    /// [`Address`](crate::Address). It sends with the HTTP library `reqwest`, and works in a tokio runtime only.
    ///
    /// Proxies are taken from the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`),
    /// except for a service on this machine, which no proxy could reach.
    ///
    /// # Errors
    /// Where the text is no such URL, holds a user name, or is an `https://` URL and the feature
    /// `reqwest-rustls` is off.
    #[cfg(feature = "reqwest")]
    pub fn new<A>(address: A) -> Result<Client, Error>
    where
        A: TryInto<crate::Address>,
        A::Error: Into<Error>,
    {
        let address = address.try_into().map_err(Into::into)?;
        let transport = super::Reqwest::for_address(&address)?;
        Client::over(transport, address)
    }

    /// Sends `request` and reads its answer to the end.
    ///
    /// # Errors
    /// Where the request is invalid or cannot be authenticated, there is no answer in time, the answer
    /// is too large, or its status is not 2xx.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.engine.send(request).await
    }

    /// Sends `request` with a body that comes piece by piece, such as an image. It is sent once, because
    /// the body is gone after it; set its `Content-Type` with [`Request::header`].
    ///
    /// # Errors
    /// Those of [`send`](Client::send).
    pub async fn upload(&self, request: Request, body: impl Into<Body>) -> Result<Response, Error> {
        self.engine.upload(request, body.into()).await
    }

    /// Sends `request` and leaves the answer's body to be read piece by piece, whatever its length.
    ///
    /// # Errors
    /// Those of [`send`](Client::send), except that nothing is too large.
    pub async fn download(&self, request: Request) -> Result<Download, Error> {
        self.engine.download(request).await.map(Download::new)
    }
}
