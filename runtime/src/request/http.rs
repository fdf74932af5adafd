//! A request as an `http::Request`, for any client that uses the types of the `http` crate.
//! A client adds the token and the address. This module must never add anything that the request does not
//! have.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::{InvalidRequest, Problem, Request};
use crate::Address;

/// Headers whose values authenticate the caller.
const SECRET: [&str; 5] = [
    "authorization",
    "cookie",
    "x-auth-token",
    "x-security-token",
    "x-subject-token",
];

/// Converts a request. The target is in origin form (path and query), so a client adds scheme and host,
/// unless the request has an [address of its own](Request::at). Headers with a secret are marked as
/// sensitive, so `Debug` hides their values.
///
/// ```
/// # use permspec_runtime::{Endpoint, Method, RouteSpec, Scope};
/// # static ADD_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "AddImageMembers", title: "Adds image members.",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Post), path: "/v1/cloudimages/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None, service_spec: None,
/// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
/// # };
/// use permspec_runtime::Request;
///
/// let request = Request::new(&ADD_IMAGE_MEMBERS, &[]).body(r#"{"images": []}"#, "application/json");
/// let request = http::Request::<bytes::Bytes>::try_from(request)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri(), "/v1/cloudimages/members");
/// assert_eq!(request.headers()["content-type"], "application/json");
/// # Ok::<(), permspec_runtime::InvalidRequest>(())
/// ```
///
/// # Errors
/// Returns the errors of [`Request::check`]. Also returns an error if HTTP does not allow a header, if
/// the target is too long, or if the address cannot be used.
impl TryFrom<Request> for http::Request<Bytes> {
    type Error = InvalidRequest;

    fn try_from(request: Request) -> Result<Self, InvalidRequest> {
        request.check()?;
        let target = request.target()?;
        // Only the length can be wrong, because every character of the target is allowed.
        let mut uri = target
            .parse()
            .map_err(|_| request.invalid(Problem::TooLong))?;
        if let Some(address) = request.address() {
            let address: Address =
                address
                    .try_into()
                    .map_err(|invalid: crate::InvalidAddress| {
                        request.invalid(Problem::Address {
                            reason: invalid.reason(),
                        })
                    })?;
            uri = address
                .resolve(&uri)
                .ok_or_else(|| request.invalid(Problem::TooLong))?;
        }

        let mut out = http::Request::new(Bytes::new());
        *out.method_mut() = method(request.method);
        *out.uri_mut() = uri;
        for (name, value) in request.headers() {
            let header = HeaderName::try_from(name)
                .ok()
                .zip(HeaderValue::try_from(value).ok());
            let Some((name, mut value)) = header else {
                return Err(request.invalid(Problem::Header { name: name.into() }));
            };
            value.set_sensitive(SECRET.contains(&name.as_str()));
            out.headers_mut().append(name, value);
        }
        *out.body_mut() = request.body.into();
        Ok(out)
    }
}

fn method(method: crate::Method) -> http::Method {
    match method {
        crate::Method::Get => http::Method::GET,
        crate::Method::Head => http::Method::HEAD,
        crate::Method::Post => http::Method::POST,
        crate::Method::Put => http::Method::PUT,
        crate::Method::Delete => http::Method::DELETE,
        crate::Method::Connect => http::Method::CONNECT,
        crate::Method::Options => http::Method::OPTIONS,
        crate::Method::Trace => http::Method::TRACE,
        crate::Method::Patch => http::Method::PATCH,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::{Method, RouteSpec};

    static SPEC: RouteSpec = RouteSpec {
        service: "ims",
        id: "Show",
        title: "",
        endpoints: &[crate::Endpoint {
            method: Some(Method::Get),
            path: "/{id}",
            query: &[],
            body_action: None,
        }],
        permissions: &[],
        dependencies: &[],
        scope: crate::Scope {
            iam_project: None,
            enterprise_project: None,
        },
        doc: None,
        service_spec: None,
    };

    #[test]
    fn every_method_keeps_its_name() {
        for &each in Method::ALL {
            assert_eq!(method(each).as_str(), each.as_str());
        }
    }

    #[test]
    fn a_header_that_would_start_another_line_is_refused_without_its_value() {
        for (name, value) in [
            ("X-Auth-Token", "s3cret\r\nX-Admin: 1"),
            ("X Y", "s3cret"),
            ("", "s3cret"),
        ] {
            let request = Request::new(&SPEC, &["a"]).header(name, value);
            let error = http::Request::<Bytes>::try_from(request).unwrap_err();
            assert_eq!(error.problem(), &Problem::Header { name: name.into() });
            assert!(!error.to_string().contains("s3cret"));
        }
    }

    #[test]
    fn awkward_values_reach_the_uri_as_they_were_encoded() {
        let request = Request::new(&SPEC, &["a/b c?é"]).query("marker", "#%");
        let request = http::Request::<Bytes>::try_from(request).unwrap();
        assert_eq!(request.uri(), "/a%2Fb%20c%3F%C3%A9?marker=%23%25");
    }

    #[test]
    fn a_target_that_no_client_accepts_is_refused() {
        let request = Request::new(&SPEC, &[&"x".repeat(70_000)]);
        let error = http::Request::<Bytes>::try_from(request).unwrap_err();
        assert_eq!(error.problem(), &Problem::TooLong);
    }
}
