//! The client for async code. It only passes calls to the engine.

use super::{Download, Engine, Error, Response};
use crate::Request;
use crate::transport::Body;

/// A client for async code.
///
/// One client calls one service at one address. It keeps connections open. Cloning it is cheap, and
/// clones share the connections. `Debug` does not show what authenticates.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, Scope};
/// # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "ListImageMembers", title: "Querying Image Members",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None, service_spec: None,
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
    /// Makes a client for the service at `address`: a URL such as `https://ims.eu-de.otc.t-systems.com`,
    /// or an [`Address`](crate::Address). The client sends with the HTTP library `reqwest` and needs a
    /// tokio runtime.
    ///
    /// It takes proxies from the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`),
    /// except for a service on the local machine, which a proxy cannot reach.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Address`](crate::ErrorKind::Address) if the text is not such a URL or
    /// contains a user name. Also returns it if the text is an `https://` URL and the feature
    /// `reqwest-rustls` is disabled.
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

    /// Sends `request` and reads the whole response.
    ///
    /// # Errors
    /// Returns an error if the request is invalid or cannot be authenticated, if no response arrives in
    /// time, if the response is too large, or if its status is not 2xx.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.engine.send(request).await
    }

    /// Sends `request` with a body that is a stream, such as an image. Set its `Content-Type` with
    /// [`Request::header`].
    ///
    /// The request is sent once, even if the client retries, because the stream is consumed.
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send).
    pub async fn upload(&self, request: Request, body: impl Into<Body>) -> Result<Response, Error> {
        self.engine.upload(request, body.into()).await
    }

    /// Sends `request` and returns the response before its body is read. The body may have any length.
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send), except that no body is too large.
    pub async fn download(&self, request: Request) -> Result<Download, Error> {
        self.engine.download(request).await.map(Download::new)
    }
}
