//! A call of one operation as a value, before an HTTP client sends it.
//! This module must never send anything. A value must never leave its place in the path.

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

use crate::template::{Piece, pieces};
use crate::{Endpoint, Method, RouteSpec, ServiceSpec};

/// Stands for the caller's own project or account, in the place of a path parameter such as `project_id`.
///
/// A `Cloud` (feature `cloud`) fills in the value when it sends the request, and so does a client that was told the
/// value (`Client::parameter`). Without a value, the request is invalid ([`Problem::UnsetParameter`]).
///
/// ```
/// use permspec_runtime::{Endpoint, Method, OWN, Request, RouteSpec};
///
/// static LIST_JOBS: RouteSpec = RouteSpec {
///     id: "ListJobs",
///     endpoints: &[Endpoint::new(Method::Get, "/v1/{project_id}/jobs")],
///     ..RouteSpec::of("ims")
/// };
///
/// let request = Request::new(&LIST_JOBS, &[OWN]);
/// assert!(request.path().is_err());
/// assert_eq!(request.with_parameter("project_id", "0605").path()?, "/v1/0605/jobs");
/// # Ok::<(), permspec_runtime::InvalidRequest>(())
/// ```
pub const OWN: &str = "\0own";

/// A call of one operation. Generated client stubs return it.
///
/// Add query parameters, headers and a body if the operation needs them. Then a client sends the request,
/// such as `blocking::Client` (feature `ureq`). Your own client can use it as an `http::Request` (feature
/// `http`), or use the parts that this type returns.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, Permission, RouteSpec, Scope};
/// # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "ListImageMembers", title: "Querying Image Members",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None, service_spec: None,
/// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
/// # };
/// use permspec_runtime::Request;
///
/// // The body of a generated stub:
/// let request = Request::new(&QUERY_IMAGE_MEMBERS, &["70a599e0"]);
///
/// let request = request.query("limit", 10).header("Accept", "application/json");
/// assert_eq!(request.method(), Method::Get);
/// assert_eq!(request.target()?, "/v2/images/70a599e0/members?limit=10");
/// # Ok::<(), permspec_runtime::InvalidRequest>(())
/// ```
///
/// A value that cannot be a path parameter makes the request invalid. Stubs do not return errors.
/// [`path`](Request::path) and [`target`](Request::target) return the error, and every client calls one
/// of them.
///
/// `Debug` shows the names of headers and query parameters and the length of the body. It never shows
/// their values, because they may contain a token or a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    spec: &'static RouteSpec,
    /// The service, if it is known where it is.
    service: Option<&'static ServiceSpec>,
    /// The index of the endpoint that is called.
    index: usize,
    method: Method,
    /// The values of the path parameters, for the path of another endpoint. `None` if the session of the caller
    /// has the value.
    parameters: Vec<Option<String>>,
    /// The path template, if the documentation does not have the call.
    own_path: Option<String>,
    path: Result<String, Problem>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether a body was set. An empty body counts.
    has_body: bool,
    /// Whether several operations share the call, so that the body says which one is meant.
    needs_body: bool,
    /// The address of the service, for this request only.
    address: Option<String>,
    /// Why the body cannot be sent.
    body_problem: Option<Problem>,
}

impl Request {
    /// Makes a call of the first endpoint of `spec`. `values` has one value for each `{parameter}` of the
    /// path in their order, also if a name is repeated.
    ///
    /// Pass values unencoded, because the request percent-encodes them. [`Request::path`] says which
    /// values make a request invalid. [`OWN`] stands for the caller's own project or account.
    pub fn new(spec: &'static RouteSpec, parameters: &[&str]) -> Request {
        let mut request = Request::empty(spec, spec.service_spec);
        let values = parameters
            .iter()
            .map(|value| (*value != OWN).then(|| (*value).into()));
        request.parameters = values.collect();
        request.endpoint(0)
    }

    /// Makes a call that the documentation does not have. Write `path` without percent-encoding and without a query.
    /// A `{parameter}` in it is [`OWN`], until [`with_parameter`](Request::with_parameter) sets it.
    ///
    /// ```
    /// use permspec_runtime::{Method, Request, ServiceSpec};
    ///
    /// static RDS: ServiceSpec = ServiceSpec::new("rds");
    ///
    /// let request = Request::to(&RDS, Method::Get, "/v3/{project_id}/new things").query("limit", 5);
    /// let request = request.with_parameter("project_id", "0605");
    /// assert_eq!(request.target()?, "/v3/0605/new%20things?limit=5");
    /// # Ok::<(), permspec_runtime::InvalidRequest>(())
    /// ```
    pub fn to(service: &'static ServiceSpec, method: Method, path: &str) -> Request {
        let mut request = Request::empty(service.unlisted(), Some(service));
        let names = pieces(path).filter_map(Piece::parameter);
        request.parameters = names.map(|_| None).collect();
        request.method = method;
        request.own_path = Some(path.into());
        request.render();
        request
    }

    fn empty(spec: &'static RouteSpec, service: Option<&'static ServiceSpec>) -> Request {
        Request {
            spec,
            service,
            index: 0,
            method: Method::Get,
            parameters: Vec::new(),
            own_path: None,
            path: Err(Problem::NoEndpoint),
            query: Vec::new(),
            headers: Vec::new(),
            body: Vec::new(),
            has_body: false,
            needs_body: false,
            address: None,
            body_problem: None,
        }
    }

    /// Renders the path again, after something that it is made of has changed.
    fn render(&mut self) {
        self.path = match (&self.own_path, self.template()) {
            (Some(path), _) => path::render(path, &self.parameters),
            (None, None) => Err(Problem::NoEndpoint),
            (None, Some(Endpoint { method: None, .. })) => Err(Problem::NoMethod),
            (None, Some(endpoint)) => path::render(endpoint.path, &self.parameters),
        };
    }

    /// The template of the path. Empty if the operation does not have the chosen endpoint.
    pub(crate) fn path_template(&self) -> &str {
        let documented = self.template().map_or("", |endpoint| endpoint.path);
        self.own_path.as_deref().unwrap_or(documented)
    }

    /// The names of the path parameters from left to right.
    fn names(&self) -> impl Iterator<Item = &str> {
        pieces(self.path_template()).filter_map(Piece::parameter)
    }

    /// Calls another endpoint of the operation with the same values. `index` is its index in
    /// [`RouteSpec::endpoints`]. If a row documents `/v2/..` and `/v2.1/..`, `endpoint(1)` is the second
    /// one.
    #[must_use]
    pub fn endpoint(mut self, index: usize) -> Request {
        self.index = index;
        self.own_path = None;
        let method = self.template().and_then(|endpoint| endpoint.method);
        self.method = method.unwrap_or(Method::Get);
        self.render();
        self
    }

    /// Sets a path parameter, at the first place with this name. A name that the path does not have changes nothing.
    ///
    /// Use it for the project of a call which the session of the caller would fill in.
    #[must_use]
    pub fn with_parameter(mut self, name: &str, value: &str) -> Request {
        let place = self.names().position(|known| known == name);
        if let Some(known) = place.and_then(|place| self.parameters.get_mut(place)) {
            *known = Some(value.into());
            self.render();
        }
        self
    }

    /// Sets the path parameters that have no value yet. `known` gives the value of a name.
    #[cfg(feature = "client")]
    pub(crate) fn fill(&mut self, known: &dyn Fn(&str) -> Option<String>) {
        if !self.is_open() {
            return;
        }
        let found: Vec<Option<String>> = self.names().map(known).collect();
        for (value, found) in self.parameters.iter_mut().zip(found) {
            if value.is_none() {
                *value = found;
            }
        }
        self.render();
    }

    /// Whether a path parameter has no value yet.
    #[cfg(feature = "client")]
    pub(crate) fn is_open(&self) -> bool {
        self.parameters.iter().any(Option::is_none)
    }

    /// Chooses the method, for an endpoint that the documentation states without one.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Request {
        if let Some(endpoint @ Endpoint { method: None, .. }) = self.template() {
            self.method = method;
            self.path = path::render(endpoint.path, &self.parameters);
        }
        self
    }

    /// Adds a query parameter. Name and value are percent-encoded when the request is sent. A name may
    /// occur several times.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Request {
        self.add_query(name, value);
        self
    }

    /// Sets a header. It replaces an earlier header of this name, in any case.
    ///
    /// Name and value are checked when the request is sent.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Request {
        self.headers
            .retain(|(earlier, _)| !earlier.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Requires a body, because several operations share this call and the body says which of them is
    /// meant. Without a body, the request is invalid.
    ///
    /// Generated stubs of such operations call this method. If the documentation names the key of the
    /// body ([`Endpoint::body_action`]), the body is required anyway.
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
    /// The body is sent as it is. An empty body also counts as a body for operations that need one.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>, content_type: &str) -> Request {
        self.body = body.into();
        self.has_body = true;
        self.body_problem = None;
        self.header("Content-Type", content_type)
    }

    /// Sends this request to another address than the client's, such as
    /// `https://ims.eu-nl.otc.t-systems.com`. `Address` (feature `http`) says which texts are valid. The
    /// client also sends its token or signature to that address.
    #[must_use]
    pub fn at(mut self, address: &str) -> Request {
        self.address = Some(address.into());
        self
    }

    /// The documentation of the operation that this request calls.
    pub fn spec(&self) -> &'static RouteSpec {
        self.spec
    }

    /// The service that this request calls, if it is known where it is.
    pub fn service(&self) -> Option<&'static ServiceSpec> {
        self.service
    }

    /// The endpoint of the operation that is called. `None` if there is no endpoint with the chosen
    /// index.
    pub fn template(&self) -> Option<&'static Endpoint> {
        self.spec.endpoints.get(self.index)
    }

    /// The path parameters with their values as they were given, from left to right, without those that have no
    /// value yet.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self.parameters.iter().map(Option::as_deref);
        let pairs = self.names().zip(values);
        pairs.filter_map(|(name, value)| Some((name, value?)))
    }

    /// The query parameters with their values as they were given, in the order in which they were added.
    pub fn query_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().map(pair)
    }

    /// The HTTP method. `GET` if [`path`](Request::path) returns an error.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path with its parameters filled in and percent-encoded, without the query.
    ///
    /// Every byte of a value that is not unreserved ([RFC 3986, section 2.3]) is encoded, also `/`, `?`,
    /// `#` and `%`. Therefore, a value never leaves its segment.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - A value is empty. `DELETE /members/` might mean the collection instead of a member.
    /// - A segment is `.` or `..`. Clients and proxies remove it along with the segment before it ([RFC
    ///   3986, section 5.2.4]). Encoding does not prevent that, because `%2E%2E` means the same ([URL
    ///   Standard]).
    /// - The number of values is not the number of parameters.
    /// - The operation does not have the chosen endpoint.
    /// - The endpoint does not have a method ([`with_method`](Request::with_method)).
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

    /// Path and query as they appear in a request line: the "origin form" of [RFC 9112, section 3.2.1].
    ///
    /// # Errors
    /// Returns the same errors as [`Request::path`].
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

    /// Checks whether path and body allow this request to be sent. Clients call this method, and so does
    /// the conversion to `http::Request`. Call it if you send the parts of a request yourself.
    ///
    /// # Errors
    /// Returns the same errors as [`Request::path`]. Also returns [`Problem::NoBody`] if there is no body
    /// and only the body says which of several operations is meant.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        self.path()?;
        if let Some(problem) = &self.body_problem {
            return Err(self.invalid(problem.clone()));
        }
        let key = self.key();
        if (self.needs_body || key.is_some()) && !self.has_body {
            return Err(self.invalid(Problem::NoBody { key }));
        }
        Ok(())
    }

    /// The key of the body that selects the operation, if the documentation names one.
    pub(crate) fn key(&self) -> Option<&'static str> {
        self.template()?.body_action
    }

    /// States why the body cannot be sent.
    #[cfg(feature = "typed")]
    pub(crate) fn with_problem(mut self, problem: Problem) -> Request {
        self.body_problem = Some(problem);
        self
    }

    /// Sets a query parameter to one value, instead of earlier ones.
    #[cfg(all(feature = "client", feature = "typed"))]
    pub(crate) fn set_query(&mut self, name: &str, value: impl fmt::Display) {
        self.remove_query(name);
        self.add_query(name, value);
    }

    /// Adds a query parameter.
    pub(crate) fn add_query(&mut self, name: &str, value: impl fmt::Display) {
        self.query.push((name.into(), value.to_string()));
    }

    /// Removes all values of a query parameter.
    #[cfg(all(feature = "client", feature = "typed"))]
    pub(crate) fn remove_query(&mut self, name: &str) {
        self.query.retain(|(known, _)| known != name);
    }

    /// States that the body is sent separately.
    #[cfg(feature = "client")]
    pub(crate) fn with_body_to_come(mut self) -> Request {
        self.has_body = true;
        self
    }

    /// The headers in the order in which they were set, including `Content-Type`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(pair)
    }

    /// The address that was set with [`at`](Request::at).
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The body. Empty if there is none.
    pub fn body_bytes(&self) -> &[u8] {
        &self.body
    }

    /// The operation and its parameters without headers and body, for transports that need to know what
    /// is called.
    #[cfg(feature = "client")]
    pub(crate) fn outline(&self) -> Request {
        Request {
            spec: self.spec,
            service: self.service,
            index: self.index,
            method: self.method,
            parameters: self.parameters.clone(),
            own_path: self.own_path.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: Vec::new(),
            body: Vec::new(),
            has_body: self.has_body,
            needs_body: self.needs_body,
            address: None,
            body_problem: None,
        }
    }

    /// The same with the address that was set, for a request that follows this one.
    #[cfg(all(feature = "client", feature = "typed"))]
    pub(crate) fn outline_at_address(&self) -> Request {
        Request {
            address: self.address.clone(),
            ..self.outline()
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
