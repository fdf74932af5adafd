//! The client that blocks. It only passes calls to the engine and waits for them.

use std::io::{self, Read};

use http::{HeaderMap, StatusCode};
use pollster::block_on;

use super::{Engine, Error, ErrorKind, Response, SentCall};
use crate::transport::{Body, Pieces};
use crate::{Request, RouteSpec};

/// A client that sends a request and blocks until the response arrives.
///
/// One client calls one service at one address. It keeps connections open. Cloning it is cheap, and
/// clones share the connections. `Debug` does not show what authenticates.
///
#[cfg_attr(feature = "ureq", doc = "```no_run")]
#[cfg_attr(not(feature = "ureq"), doc = "```ignore")]
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
/// use permspec_runtime::blocking::Client;
///
/// let client = Client::new("http://127.0.0.1:8080")?.token("gAAAA...");
/// let members = client.send(list_image_members("70a599e0"))?;
/// println!("{}", members.text());
/// # Ok::<(), permspec_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) engine: Engine,
}

settings!(Client);

impl Client {
    /// Makes a client for the service at `address`: a URL such as `https://ims.eu-de.otc.t-systems.com`,
    /// or an [`Address`](crate::Address). The client sends with the HTTP library `ureq`.
    ///
    /// It takes proxies from the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`),
    /// except for a service on the local machine, which a proxy cannot reach.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Address`](crate::ErrorKind::Address) if the text is not such a URL or
    /// contains a user name. Also returns it if the text is an `https://` URL and the feature
    /// `ureq-rustls` is disabled.
    #[cfg(feature = "ureq")]
    pub fn new<A>(address: A) -> Result<Client, Error>
    where
        A: TryInto<crate::Address>,
        A::Error: Into<Error>,
    {
        let address = address.try_into().map_err(Into::into)?;
        let transport = super::Ureq::for_address(&address)?;
        Client::over(transport, address)
    }

    /// Sends `request` and reads the whole response.
    ///
    /// # Errors
    /// Returns an error if the request is invalid or cannot be authenticated, if no response arrives in
    /// time, if the response is too large, or if its status is not 2xx.
    pub fn send(&self, request: Request) -> Result<Response, Error> {
        block_on(self.engine.send(request))
    }

    /// Sends `request` with a body that is read while it is sent, such as a file ([`Body::reader`]). Set
    /// its `Content-Type` with [`Request::header`].
    ///
    /// The request is sent once, even if the client retries, because the reader is consumed.
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send).
    pub fn upload(&self, request: Request, body: impl Into<Body>) -> Result<Response, Error> {
        block_on(self.engine.upload(request, body.into()))
    }

    /// Sends `request` and returns the response before its body is read. The body may have any length.
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send), except that no body is too large.
    pub fn download(&self, request: Request) -> Result<Download, Error> {
        let (call, answer) = block_on(self.engine.download(request))?;
        let (parts, body) = answer.into_parts();
        Ok(Download {
            call,
            parts,
            pieces: Pieces::of(body),
        })
    }
}

/// A response whose body has not been read yet. Read it through [`Read`].
#[derive(Debug)]
pub struct Download {
    call: SentCall,
    parts: http::response::Parts,
    pieces: Pieces,
}

impl Download {
    /// The documentation of the operation that was called.
    pub fn spec(&self) -> &'static RouteSpec {
        self.call.spec
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.pieces.read(buffer).map_err(|error| {
            let kind = ErrorKind::Transport(error.into());
            io::Error::other(Error::new(self.call.clone(), kind))
        })
    }
}

#[cfg(all(test, feature = "ureq"))]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn a_client_is_shared_between_threads() {
        fn shared<T: Send + Sync + Clone>() {}
        shared::<Client>();
    }

    #[test]
    fn debug_does_not_show_the_token() {
        let client = Client::new("http://127.0.0.1:1").unwrap().token("s3cret");
        let shown = format!("{client:?}");
        assert!(
            !shown.contains("s3cret") && shown.contains("127.0.0.1:1"),
            "{shown}"
        );
    }

    #[test]
    fn an_error_about_an_address_does_not_repeat_a_password() {
        let error = Client::new("http://user:s3cret@127.0.0.1").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"));
    }

    #[cfg(not(feature = "ureq-rustls"))]
    #[test]
    fn an_https_address_without_tls_says_which_feature_is_missing() {
        let error = Client::new("https://ims.eu-de.otc.t-systems.com").unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Address { .. }));
        assert!(format!("{error}").contains("`ureq-rustls`"), "{error}");
    }

    #[cfg(feature = "ureq-rustls")]
    #[test]
    fn an_https_address_is_accepted_with_tls() {
        assert!(Client::new("https://ims.eu-de.otc.t-systems.com").is_ok());
    }
}
