//! The handle for async code. It only passes calls to a client whose requests find their services.

use alloc::sync::Arc;
use core::fmt;

use super::Identity;
use super::session::Session;
use crate::auth::AuthError;
use crate::{Body, Client, Download, Error, Request, Response, Transport};

/// All services of a cloud, for async code.
///
/// It knows who calls, and finds the address of each service. All services share one token, which is fetched with the
/// first call and renewed before it expires. Cloning is cheap, and clones share the token and the connections.
///
/// The address of a service is, in this order:
/// 1. the address of the request itself ([`Request::at`]);
/// 2. the address that the settings state for it ([`CloudBuilder::endpoint`](crate::cloud::CloudBuilder::endpoint), `image_endpoint_override`);
/// 3. the address in the catalogue of the token, by type, interface and region;
/// 4. the documented pattern of its host, if the identity service belongs to the same cloud.
///
/// Path parameters that a request leaves open ([`OWN`](crate::OWN)), such as `project_id`, get the ids of the caller's
/// own project and account.
#[cfg_attr(feature = "reqwest", doc = "```no_run")]
#[cfg_attr(not(feature = "reqwest"), doc = "```ignore")]
/// # async fn run() -> Result<(), permspec_runtime::Error> {
/// use permspec_runtime::cloud::Cloud;
/// use permspec_runtime::{Method, Request, ServiceSpec};
///
/// static IMS: ServiceSpec = ServiceSpec::new("ims").with_types(&["image"]);
///
/// let cloud = Cloud::from_env()?;
/// // Functions of a generated crate make requests of all operations.
/// let images = cloud.send(Request::to(&IMS, Method::Get, "/v2/images")).await?;
/// println!("{}", images.text());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Cloud {
    pub(super) client: Client,
    pub(super) session: Arc<Session>,
    pub(super) transport: Arc<dyn Transport>,
}

impl Cloud {
    /// Who calls: user, project, account, roles and the catalogue of services. A token is fetched if there is none.
    ///
    /// # Errors
    /// Returns an error if the identity service cannot be asked, or refuses the credentials.
    pub async fn identity(&self) -> Result<Arc<Identity>, AuthError> {
        self.session.identity(&*self.transport).await
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
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.client.send(request).await
    }

    /// Sends `request` with a body that is a stream ([`Client::upload`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send).
    pub async fn upload(&self, request: Request, body: impl Into<Body>) -> Result<Response, Error> {
        self.client.upload(request, body).await
    }

    /// Sends `request` and returns the response before its body is read ([`Client::download`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send).
    pub async fn download(&self, request: Request) -> Result<Download, Error> {
        self.client.download(request).await
    }
}

#[cfg(feature = "typed")]
impl Cloud {
    /// Sends `operation` and reads the body of its response ([`Client::call`]).
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Cloud::send), and [`ErrorKind::Json`](crate::ErrorKind::Json) if the body is
    /// not as documented.
    pub async fn call<O: crate::typed::Operation>(
        &self,
        operation: O,
    ) -> Result<O::Response, Error> {
        self.client.call(operation).await
    }

    /// Sends `operation` and reads its response with status and headers ([`Client::reply`]).
    ///
    /// # Errors
    /// Returns the same errors as [`call`](Cloud::call).
    pub async fn reply<O: crate::typed::Operation>(
        &self,
        operation: O,
    ) -> Result<crate::Reply<O::Response>, Error> {
        self.client.reply(operation).await
    }

    /// The items of a list that the service returns in pages ([`Client::pages`]).
    pub fn pages<O: crate::typed::Paged>(&self, operation: O) -> crate::Pages<O::Item> {
        self.client.pages(operation)
    }

    /// Calls `operation`, which starts a job, and waits until the job has succeeded ([`Client::wait`]).
    ///
    /// # Errors
    /// Returns the same errors as [`Client::wait`].
    pub async fn wait<O: crate::typed::Starts>(
        &self,
        operation: O,
        deadline: core::time::Duration,
    ) -> Result<crate::JobDone<O::Response, O::Job>, Error> {
        self.client.wait(operation, deadline).await
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
