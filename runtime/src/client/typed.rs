//! Calls whose response has a type. Both clients send them as they send every request, and read the response last.
//! A body that is not as documented must be an error, and never an empty value.

use http::{HeaderMap, StatusCode, header};

use super::{BlockingClient, Client, Error, ErrorKind, Response};
use crate::typed::{FromBody, Operation};

/// A response whose body was read as `T`, with the status and the headers around it.
///
/// A client's `reply` returns it. If you need the body only, use `call`.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// The body.
    pub body: T,
    response: Response,
}

impl<T: FromBody> Reply<T> {
    fn of(response: Response) -> Result<Reply<T>, Error> {
        let body = response.read()?;
        Ok(Reply { body, response })
    }
}

impl<T> Reply<T> {
    /// The status code. You can compare it with numbers: `reply.status() == 202`.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The value of a header, such as `X-Subject-Token`, if the response has it and it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The id that the service gives this request in its logs ([`Response::request_id`]).
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// The response with the body as it arrived.
    pub fn response(&self) -> &Response {
        &self.response
    }
}

impl Response {
    /// Reads the body as the documented type: a generated type, a list of such,
    /// [`Content`](crate::typed::Content), or `()`.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Json`] if the body is not JSON, or not of the documented kind.
    pub fn read<T: FromBody>(&self) -> Result<T, Error> {
        let content_type = self.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        T::from_body(self.body(), content_type)
            .map_err(|error| Error::new(self.call().clone(), ErrorKind::Json(error)))
    }
}

impl Client {
    /// Sends `operation` and reads the body of its response.
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send), and [`ErrorKind::Json`] if the body is not as documented.
    pub async fn call<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        let request = operation.into_call().into_request();
        self.send(request).await?.read()
    }

    /// Sends `operation` and reads its response with status and headers.
    ///
    /// # Errors
    /// Returns the same errors as [`call`](Client::call).
    pub async fn reply<O: Operation>(&self, operation: O) -> Result<Reply<O::Response>, Error> {
        let request = operation.into_call().into_request();
        Reply::of(self.send(request).await?)
    }
}

impl BlockingClient {
    /// Sends `operation` and reads the body of its response.
    ///
    /// ```
    /// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec};
    /// # use permspec_runtime::testing::{Scripted, Reply};
    /// # static QUOTA: RouteSpec = RouteSpec {
    /// #     id: "GetImageQuota",
    /// #     endpoints: &[Endpoint::new(Method::Get, "/v1/cloudimages/quota")],
    /// #     ..RouteSpec::of("ims")
    /// # };
    /// use permspec_runtime::blocking::Client;
    /// use permspec_runtime::typed::{Call, Json};
    ///
    /// # let cloud = Scripted::new().reply(&QUOTA, Reply::json(200, &serde_json::json!({"quota": 5})));
    /// let client = Client::over(cloud, "http://ims.test")?;
    /// // Generated functions return such a call.
    /// let call: Call<Json> = Call::new(Request::new(&QUOTA, &[]));
    /// let quota = client.call(call)?;
    /// assert_eq!(quota["quota"], 5);
    /// # Ok::<(), permspec_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns the same errors as [`send`](BlockingClient::send), and [`ErrorKind::Json`] if the body is not as
    /// documented.
    pub fn call<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.send(operation.into_call().into_request())?.read()
    }

    /// Sends `operation` and reads its response with status and headers.
    ///
    /// # Errors
    /// Returns the same errors as [`call`](BlockingClient::call).
    pub fn reply<O: Operation>(&self, operation: O) -> Result<Reply<O::Response>, Error> {
        Reply::of(self.send(operation.into_call().into_request())?)
    }
}
