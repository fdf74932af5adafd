//! A request together with the type of its response. It is a value, and a client sends it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::{FromBody, Wire, Writer};
use crate::request::Problem;
use crate::{Method, Request, RouteSpec};

/// A [`Request`] whose response is read as `T`. Generated functions return it, and a client sends it with `call`.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, typed::Extra};
/// # static QUOTA: RouteSpec = RouteSpec {
/// #     id: "GetImageQuota",
/// #     endpoints: &[Endpoint::new(Method::Get, "/v1/cloudimages/quota")],
/// #     ..RouteSpec::of("ims")
/// # };
/// use permspec_runtime::typed::Call;
///
/// let call: Call<serde_json::Value> = Call::new(Request::new(&QUOTA, &[]));
/// let call = call.query("type", "image");
/// assert_eq!(call.request().target()?, "/v1/cloudimages/quota?type=image");
/// # Ok::<(), permspec_runtime::InvalidRequest>(())
/// ```
#[must_use = "a call is sent by a client"]
pub struct Call<T> {
    request: Request,
    response: PhantomData<fn() -> T>,
}

/// What a client can call: a [`Call`], or the value that a generated function makes from one.
pub trait Operation {
    /// What the response becomes.
    type Response: FromBody;

    /// The call with all parameters that were set.
    fn into_call(self) -> Call<Self::Response>;
}

impl<T: FromBody> Operation for Call<T> {
    type Response = T;

    fn into_call(self) -> Call<T> {
        self
    }
}

impl<T> Call<T> {
    /// A call that sends `request` and reads the response as `T`.
    pub fn new(request: Request) -> Call<T> {
        Call {
            request,
            response: PhantomData,
        }
    }

    /// Sets the body to `value` as JSON. If a required field is missing, the request is invalid
    /// ([`Problem::MissingField`]), and nothing is sent. An object without fields is left out from GET, HEAD and
    /// DELETE: some services refuse them with a body, even if their documentation describes one.
    pub fn json(self, value: &dyn Wire) -> Call<T> {
        Call::new(self.request.typed_body(&mut |writer| value.write(writer)))
    }

    /// Sets the body to a list of values as JSON.
    pub fn list<V: Wire>(self, values: &[V]) -> Call<T> {
        Call::new(self.request.typed_body(&mut |writer| {
            writer.array(values.len(), &mut |writer, index| {
                values[index].write(writer);
            });
        }))
    }

    /// Sets the body to an object with `value` under the key that selects the operation
    /// ([`Endpoint::body_action`](crate::Endpoint)).
    pub fn keyed(self, value: &dyn Wire) -> Call<T> {
        Call::new(self.request.keyed_body(&mut |writer| value.write(writer)))
    }

    /// Sets the body to an object that has only the key that selects the operation, with an empty object.
    pub fn key_alone(self) -> Call<T> {
        Call::new(
            self.request
                .keyed_body(&mut |writer| writer.members(&mut |_| false)),
        )
    }

    /// Sets the body and its media type, for a body that is not JSON.
    pub fn body(self, body: impl Into<Vec<u8>>, content_type: &str) -> Call<T> {
        Call::new(self.request.body(body, content_type))
    }

    /// Adds a query parameter.
    pub fn query(self, name: &str, value: impl fmt::Display) -> Call<T> {
        Call::new(self.request.query(name, value))
    }

    /// Adds a query parameter once for each value.
    pub fn query_list<V: fmt::Display>(
        self,
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Call<T> {
        values
            .into_iter()
            .fold(self, |call, value| call.query(name, value))
    }

    /// Sets a header.
    pub fn header(self, name: &str, value: &str) -> Call<T> {
        Call::new(self.request.header(name, value))
    }

    /// Calls another endpoint of the operation ([`Request::endpoint`]).
    pub fn endpoint(self, index: usize) -> Call<T> {
        Call::new(self.request.endpoint(index))
    }

    /// Sets a path parameter that the caller's session would fill in, such as `project_id`
    /// ([`Request::with_parameter`]).
    pub fn parameter(self, name: &str, value: &str) -> Call<T> {
        Call::new(self.request.with_parameter(name, value))
    }

    /// Sends this call to another address than the client's ([`Request::at`]).
    pub fn at(self, address: &str) -> Call<T> {
        Call::new(self.request.at(address))
    }

    /// The documentation of the operation.
    pub fn spec(&self) -> &'static RouteSpec {
        self.request.spec()
    }

    /// The request.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The request, for a client of your own.
    pub fn into_request(self) -> Request {
        self.request
    }
}

impl Request {
    /// Sets the body to what `write` writes, with `Content-Type: application/json`, unless another type was set.
    /// A required field that is missing makes the request invalid.
    fn typed_body(self, write: &mut dyn FnMut(&mut Writer)) -> Request {
        let mut writer = Writer::checked();
        write(&mut writer);
        match writer.complete() {
            Ok(body) if body == b"{}" && self.is_usually_without_body() => self,
            Ok(body) => {
                let stated = self
                    .headers()
                    .find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
                let content_type =
                    String::from(stated.map_or("application/json", |(_, value)| value));
                self.body(body, &content_type)
            }
            Err(field) => self.with_problem(Problem::MissingField { field }),
        }
    }

    fn is_usually_without_body(&self) -> bool {
        matches!(self.method(), Method::Get | Method::Head | Method::Delete)
    }

    fn keyed_body(self, write: &mut dyn FnMut(&mut Writer)) -> Request {
        let Some(key) = self.key() else {
            return self.with_problem(Problem::KeyNotDocumented);
        };
        self.typed_body(&mut |writer| writer.single(key, write))
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Call<T> {
        Call::new(self.request.clone())
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.request).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;
    use crate::typed::Json;

    static GET: RouteSpec = route("GetImage", &[Endpoint::new(Method::Get, "/v2/images")]);
    static CREATE: RouteSpec = route("CreateImage", &[Endpoint::new(Method::Post, "/v2/images")]);
    static DELETE: RouteSpec = route(
        "DeleteImage",
        &[Endpoint::new(Method::Delete, "/v2/images")],
    );

    const fn route(id: &'static str, endpoints: &'static [Endpoint]) -> RouteSpec {
        RouteSpec {
            id,
            endpoints,
            ..RouteSpec::of("ims")
        }
    }

    #[test]
    fn an_object_without_fields_is_a_body_of_post_only() {
        let sent = |spec, json: Json| {
            let call: Call<()> = Call::new(Request::new(spec, &[])).json(&json);
            let has_type = call.request().headers().next().is_some();
            let body = String::from_utf8_lossy(call.request().body_bytes()).into_owned();
            (body, has_type)
        };
        let empty = || Json::Object(serde_json::Map::new());
        assert_eq!(sent(&CREATE, empty()), ("{}".into(), true));
        for spec in [&GET, &DELETE] {
            assert_eq!(sent(spec, empty()), (String::new(), false));
            let list = Json::Array(Vec::new());
            assert_eq!(sent(spec, list), ("[]".into(), true));
        }
    }
}
