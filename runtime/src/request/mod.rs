//! A call of one operation as a value, before any HTTP client sees it.
//! This module must never send anything, nor let a value leave its place in the path.

mod invalid;
mod path;
mod percent;

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "json")]
mod json;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

pub use invalid::{InvalidRequest, Problem};
#[cfg(feature = "sign")]
pub(crate) use percent::push_encoded;

use crate::{Endpoint, Method, RouteSpec};

/// A call of one operation: what a generated client stub returns.
///
/// It is complete as it is, or takes query parameters, headers and a body; then a client sends it,
/// such as `blocking::Client` (feature `ureq`), or your own by way of `http::Request` (feature
/// `http`) or of the parts that this type gives out.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, Permission, RouteSpec, Scope};
/// # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "ListImageMembers", title: "Querying Image Members",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None,
/// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
/// # };
/// use permspec_runtime::Request;
///
/// // What the body of a generated stub says:
/// let request = Request::new(&QUERY_IMAGE_MEMBERS, &["70a599e0"]);
///
/// let request = request.query("limit", 10).header("Accept", "application/json");
/// assert_eq!(request.method(), Method::Get);
/// assert_eq!(request.target()?, "/v2/images/70a599e0/members?limit=10");
/// # Ok::<(), permspec_runtime::InvalidRequest>(())
/// ```
///
/// A parameter that cannot stand in a path makes the request invalid; stubs stay infallible, and
/// whoever asks for [`path`](Request::path) or [`target`](Request::target), as every client must,
/// gets the error in its place.
///
/// `Debug` shows names of headers and query parameters and the length of the body, never their
/// values: a token or a password may be among them.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    spec: &'static RouteSpec,
    /// Which of its endpoints is called.
    index: usize,
    method: Method,
    /// The values of the path's parameters, for another endpoint's path.
    parameters: Vec<String>,
    path: Result<String, Problem>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether a body was given, an empty one included.
    has_body: bool,
    /// Whether several operations have its call, and the body says which is meant.
    needs_body: bool,
    /// Where the service listens, for this request alone.
    address: Option<String>,
}

impl Request {
    /// A call of the first endpoint of `spec`, with one value for each `{parameter}` of its path in
    /// their order, also where a name is repeated.
    ///
    /// Values are given as they are; they are percent-encoded here. See [`Request::path`] for what
    /// makes a request invalid.
    pub fn new(spec: &'static RouteSpec, parameters: &[&str]) -> Request {
        let request = Request {
            spec,
            index: 0,
            method: Method::Get,
            parameters: parameters.iter().copied().map(String::from).collect(),
            path: Err(Problem::NoEndpoint),
            query: Vec::new(),
            headers: Vec::new(),
            body: Vec::new(),
            has_body: false,
            needs_body: false,
            address: None,
        };
        request.endpoint(0)
    }

    /// Calls another endpoint of the operation with the same values, by its place in
    /// [`RouteSpec::endpoints`]: where a row documents `/v2/..` and `/v2.1/..`, `endpoint(1)` is the
    /// second.
    #[must_use]
    pub fn endpoint(mut self, index: usize) -> Request {
        let endpoint = self.spec.endpoints.get(index);
        self.method = endpoint
            .and_then(|endpoint| endpoint.method)
            .unwrap_or(Method::Get);
        self.path = match endpoint {
            None => Err(Problem::NoEndpoint),
            Some(Endpoint { method: None, .. }) => Err(Problem::NoMethod),
            Some(endpoint) => path::render(endpoint, &self.parameters),
        };
        self.index = index;
        self
    }

    /// Chooses the method, for an endpoint that the documentation states without one.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Request {
        if let Some(endpoint @ Endpoint { method: None, .. }) = self.spec.endpoints.get(self.index)
        {
            self.method = method;
            self.path = path::render(endpoint, &self.parameters);
        }
        self
    }

    /// Adds a query parameter. Name and value are percent-encoded when the request is sent; a name
    /// may occur several times.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Request {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets a header, instead of an earlier one of this name in any case.
    ///
    /// Whether name and value may stand in a header is checked when the request is sent.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Request {
        self.headers
            .retain(|(earlier, _)| !earlier.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Refuses to be sent without a body, because several operations have this call and the body says which
    /// of them is meant.
    ///
    /// Generated stubs of such operations set it. Where the documentation names the key of the body
    /// ([`Endpoint::body_action`]), a body is needed without it.
    ///
    /// ```
    /// use permspec_runtime::{Endpoint, Method, Problem, Request, RouteSpec};
    ///
    /// static STOP: RouteSpec = RouteSpec {
    ///     id: "StopServer",
    ///     endpoints: &[Endpoint::new(Method::Post, "/v2/servers/{server_id}/action")],
    ///     ..RouteSpec::of("ecs")
    /// };
    ///
    /// let stop = Request::new(&STOP, &["7a"]).with_body_required();
    /// assert_eq!(stop.check().unwrap_err().problem(), &Problem::NoBody { key: None });
    /// let stop = stop.body(r#"{"os-stop": {}}"#, "application/json");
    /// assert!(stop.check().is_ok());
    /// ```
    #[must_use]
    pub fn with_body_required(mut self) -> Request {
        self.needs_body = true;
        self
    }

    /// Sets the body and the header `Content-Type`.
    ///
    /// The body is sent as it is. Where an operation needs a body, an empty one that is set here counts:
    /// whoever sets it has decided so.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>, content_type: &str) -> Request {
        self.body = body.into();
        self.has_body = true;
        self.header("Content-Type", content_type)
    }

    /// Sends this request to another address than the client's, which is one as `Address` (feature
    /// `http`) takes: `https://ims.eu-nl.otc.t-systems.com`. What the client authenticates with goes
    /// there too.
    #[must_use]
    pub fn at(mut self, address: &str) -> Request {
        self.address = Some(address.into());
        self
    }

    /// What the documentation says about the operation that this request calls.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// The one of its endpoints that is called; `None` where there is none of the number that was
    /// asked for.
    pub fn template(&self) -> Option<&'static Endpoint> {
        self.spec.endpoints.get(self.index)
    }

    /// The parameters of the path with their values as they were given, from left to right.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = self.template().into_iter().flat_map(Endpoint::parameters);
        names.zip(self.parameters.iter().map(String::as_str))
    }

    /// The query parameters with their values as they were given, in the order in which they were
    /// added.
    pub fn query_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().map(pair)
    }

    /// The HTTP method; `GET` for a request whose [`path`](Request::path) is an error.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path with its parameters filled in and percent-encoded, without the query.
    ///
    /// Every byte of a value that is not unreserved ([RFC 3986, section 2.3]) is encoded, `/`, `?`,
    /// `#` and `%` among them, so a value never leaves its segment.
    ///
    /// # Errors
    /// - An empty value: `DELETE /members/` might mean the collection instead of a member.
    /// - A segment that is `.` or `..`: clients and proxies remove it along with the one before it
    ///   ([RFC 3986, section 5.2.4]), and there is no encoding that prevents it, as `%2E%2E` means
    ///   the same ([URL Standard]).
    /// - More or fewer values than parameters, an operation without such an endpoint, or an endpoint
    ///   without a method ([`with_method`](Request::with_method)).
    ///
    /// [RFC 3986, section 2.3]: https://www.rfc-editor.org/rfc/rfc3986#section-2.3
    /// [RFC 3986, section 5.2.4]: https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4
    /// [URL Standard]: https://url.spec.whatwg.org/#double-dot-path-segment
    pub fn path(&self) -> Result<&str, InvalidRequest> {
        match &self.path {
            Ok(path) => Ok(path),
            Err(problem) => Err(self.invalid(problem.clone())),
        }
    }

    /// Path and query as they stand in a request line: the "origin form" of [RFC 9112, section 3.2.1].
    ///
    /// # Errors
    /// Those of [`Request::path`].
    ///
    /// [RFC 9112, section 3.2.1]: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1
    pub fn target(&self) -> Result<String, InvalidRequest> {
        let mut target = String::from(self.path()?);
        let mut separator = '?';
        for (name, value) in &self.query {
            target.push(separator);
            percent::push_value(&mut target, name);
            target.push('=');
            percent::push_value(&mut target, value);
            separator = '&';
        }
        Ok(target)
    }

    /// Whether the request may be sent, as far as path and body are concerned. Clients ask it, and so does
    /// the way to an `http::Request`; whoever sends the parts of a request by other means should.
    ///
    /// # Errors
    /// Those of [`Request::path`], and [`Problem::NoBody`] where there is no body and the body says which of
    /// several operations is meant.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        self.path()?;
        let key = self.key();
        if (self.needs_body || key.is_some()) && !self.has_body {
            return Err(self.invalid(Problem::NoBody { key }));
        }
        Ok(())
    }

    /// The key of the body that selects the operation, where the documentation names one.
    fn key(&self) -> Option<&'static str> {
        self.template()?.body_action
    }

    /// The body will come beside the request.
    #[cfg(feature = "client")]
    pub(crate) fn with_body_to_come(mut self) -> Request {
        self.has_body = true;
        self
    }

    /// The headers in the order in which they were set, `Content-Type` among them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(pair)
    }

    /// The address that was set with [`at`](Request::at).
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The body, empty where there is none.
    pub fn body_bytes(&self) -> &[u8] {
        &self.body
    }

    /// Operation and parameters without headers and body, for whoever asks what was called.
    #[cfg(feature = "client")]
    pub(crate) fn outline(&self) -> Request {
        Request {
            spec: self.spec,
            index: self.index,
            method: self.method,
            parameters: self.parameters.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: Vec::new(),
            body: Vec::new(),
            has_body: self.has_body,
            needs_body: self.needs_body,
            address: None,
        }
    }

    fn invalid(&self, problem: Problem) -> InvalidRequest {
        InvalidRequest::new(self.spec, problem)
    }
}

fn pair((name, value): &(String, String)) -> (&str, &str) {
    (name, value)
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("Request")
            .field("operation", &format_args!("{}", self.spec))
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
