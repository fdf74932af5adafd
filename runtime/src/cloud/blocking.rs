//! The handle that blocks. It only passes calls to a client whose requests find their services.

use alloc::sync::Arc;
use core::fmt;

use pollster::block_on;

use super::Identity;
use super::session::Session;
use crate::auth::AuthError;
use crate::blocking::{Client, Download};
use crate::{Body, Error, Request, Response, Transport};

/// All services of a cloud, for code that blocks. [`cloud::Cloud`](crate::cloud::Cloud) says what a handle knows.
#[cfg_attr(feature = "ureq", doc = "```no_run")]
#[cfg_attr(not(feature = "ureq"), doc = "```ignore")]
/// use permspec_runtime::blocking::Cloud;
/// use permspec_runtime::{Method, Request, ServiceSpec};
///
/// static IMS: ServiceSpec = ServiceSpec::new("ims").with_types(&["image"]);
///
/// let cloud = Cloud::from_env()?;
/// // Functions of a generated crate make requests of all operations.
/// let images = cloud.send(Request::to(&IMS, Method::Get, "/v2/images"))?;
/// println!("{}", images.text());
/// # Ok::<(), permspec_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct Cloud {
    client: Client,
    session: Arc<Session>,
    transport: Arc<dyn Transport>,
}

impl Cloud {
    pub(super) fn new(
        client: Client,
        session: Arc<Session>,
        transport: Arc<dyn Transport>,
    ) -> Cloud {
        Cloud {
            client,
            session,
            transport,
        }
    }

    /// Who calls: user, project, account, roles and the catalogue of services. A token is fetched if there is none.
    ///
    /// # Errors
    /// Returns an error if the identity service cannot be asked, or refuses the credentials.
    pub fn identity(&self) -> Result<Arc<Identity>, AuthError> {
        block_on(self.session.identity(&*self.transport))
    }

    /// The same handle with a fixed value for a path parameter that requests leave open, such as `project_id`.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: &str) -> Cloud {
        self.client = self.client.parameter(name, value);
        self
    }

    /// Sends `request` and reads the whole response.
    ///
    /// # Errors
    /// Returns the errors of [`Client::send`], and [`ErrorKind::NoAddress`](crate::ErrorKind::NoAddress) if the service
    /// is not known where it is.
    pub fn send(&self, request: Request) -> Result<Response, Error> {
        self.client.send(request)
    }

    /// Sends `request` with a body that is a stream ([`Client::upload`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send).
    pub fn upload(&self, request: Request, body: impl Into<Body>) -> Result<Response, Error> {
        self.client.upload(request, body)
    }

    /// Sends `request` and returns the response before its body is read ([`Client::download`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send).
    pub fn download(&self, request: Request) -> Result<Download, Error> {
        self.client.download(request)
    }
}

#[cfg(feature = "typed")]
impl Cloud {
    /// Sends `operation` and reads the body of its response ([`Client::call`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send), and [`ErrorKind::Json`](crate::ErrorKind::Json) if the body is
    /// not as documented.
    pub fn call<O: crate::typed::Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.client.call(operation)
    }

    /// Sends `operation` and reads its response with status and headers ([`Client::reply`]).
    ///
    /// # Errors
    /// Returns the same errors as [`call`](Cloud::call).
    pub fn reply<O: crate::typed::Operation>(
        &self,
        operation: O,
    ) -> Result<crate::Reply<O::Response>, Error> {
        self.client.reply(operation)
    }

    /// The items of a list that the service returns in pages ([`Client::pages`]).
    pub fn pages<O: crate::typed::Paged>(&self, operation: O) -> crate::blocking::Pages<O::Item> {
        self.client.pages(operation)
    }

    /// Calls `operation`, which starts a job, and waits until the job has succeeded ([`Client::wait`]).
    ///
    /// # Errors
    /// Returns the same errors as [`Client::wait`].
    pub fn wait<O: crate::typed::Starts>(
        &self,
        operation: O,
        deadline: core::time::Duration,
    ) -> Result<crate::JobDone<O::Response, O::Job>, Error> {
        self.client.wait(operation, deadline)
    }
}

/// Does not show what authenticates.
impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cloud")
            .field("name", &self.session.config.name)
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
