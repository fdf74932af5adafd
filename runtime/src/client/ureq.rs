//! A blocking client on the HTTP library `ureq`.
//! This module must never follow a redirect, wait for ever or read without a limit.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::HeaderName;

use super::{Address, Call, Error, ErrorKind, Response};
use crate::request::Problem;
use crate::{InvalidRequest, Request};

/// IAM user guide, "Calling APIs", "Authentication".
const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const USER_AGENT: &str = concat!("permspec-runtime/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);
const RESPONSE_LIMIT: u64 = 16 * 1024 * 1024;

/// A client that sends one request at a time and waits for its answer.
///
/// One client serves one service at one address. It keeps connections open and is cheap to clone;
/// clones share them. `Debug` does not show the token.
///
/// ```no_run
/// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, Scope};
/// # static QUERY_IMAGE_MEMBERS: RouteSpec = RouteSpec {
/// #     service: "ims", id: "QueryImageMembers", title: "Querying Image Members",
/// #     endpoints: &[Endpoint {
/// #         method: Some(Method::Get), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
/// #     }],
/// #     permissions: &[], dependencies: &[], doc: None,
/// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
/// # };
/// # fn query_image_members(image_id: &str) -> Request { Request::new(&QUERY_IMAGE_MEMBERS, &[image_id]) }
/// use permspec_runtime::blocking::Client;
///
/// let client = Client::new("http://127.0.0.1:8080")?.token("gAAAA...");
/// let members = client.send(query_image_members("70a599e0"))?;
/// println!("{}", members.text());
/// # Ok::<(), permspec_runtime::Error>(())
/// ```
///
/// Proxies are taken from the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), except
/// for a service on this machine, which no proxy could reach.
#[derive(Clone)]
pub struct Client {
    address: Address,
    token: Option<String>,
    timeout: Duration,
    response_limit: u64,
    agent: ureq::Agent,
}

impl Client {
    /// A client for the service at `address`: scheme, host, and perhaps a port and a path that
    /// stands in front of every path, such as `https://ims.eu-de.otc.t-systems.com`.
    ///
    /// # Errors
    /// [`ErrorKind::Address`] where the text is no such URL, holds a user name, or is an `https://`
    /// URL and the feature `ureq-rustls` is off.
    pub fn new(address: &str) -> Result<Client, Error> {
        let address = Address::parse(address).map_err(Error::address)?;
        // Without TLS, ureq panics at the first call.
        if address.is_https() && !cfg!(feature = "ureq-rustls") {
            return Err(Error::address(
                "`https://` needs TLS; enable the feature `ureq-rustls` of permspec-runtime",
            ));
        }
        let proxy = if address.is_loopback() {
            None
        } else {
            ureq::Proxy::try_from_env()
        };
        let agent = ureq::Agent::config_builder()
            .proxy(proxy)
            .http_status_as_error(false)
            // ureq takes `Authorization` off a redirected request, and leaves `X-Auth-Token` on it.
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .user_agent(USER_AGENT)
            .build()
            .new_agent();
        let (timeout, response_limit) = (TIMEOUT, RESPONSE_LIMIT);
        Ok(Client {
            address,
            token: None,
            timeout,
            response_limit,
            agent,
        })
    }

    /// Sends `token` as `X-Auth-Token` with every request that does not set this header itself. A
    /// token is valid for 24 hours and is for a project or an account.
    ///
    /// Over `http://` it travels in the clear.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Client {
        self.token = Some(token.into());
        self
    }

    /// How long a call may take from its name lookup to the last byte of its answer; 60 seconds
    /// unless set. Connecting may take 10 seconds of it.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Client {
        self.timeout = timeout;
        self
    }

    /// How many bytes the body of an answer may have; 16 MiB unless set.
    #[must_use]
    pub fn response_limit(mut self, bytes: u64) -> Client {
        self.response_limit = bytes;
        self
    }

    /// Sends `request` and reads its answer to the end.
    ///
    /// # Errors
    /// Where the request is invalid, there is no answer in time, the answer is too large, or its
    /// status is not 2xx. Nothing is tried again.
    pub fn send(&self, request: Request) -> Result<Response, Error> {
        let call = Call::of(&request)?;
        let spec = request.spec();
        let mut request = http::Request::<Bytes>::try_from(request)?;
        *request.uri_mut() = self
            .address
            .resolve(request.uri())
            .ok_or_else(|| InvalidRequest::new(spec, Problem::TooLong))?;
        if let (Some(token), false) = (&self.token, request.headers().contains_key(TOKEN)) {
            let mut token = HeaderValue::try_from(token).map_err(|_| {
                InvalidRequest::new(
                    spec,
                    Problem::Header {
                        name: TOKEN.as_str().into(),
                    },
                )
            })?;
            token.set_sensitive(true);
            request.headers_mut().insert(TOKEN, token);
        }
        let sent_token = request.headers().get(TOKEN).cloned();

        let response = match self.exchange(request) {
            Ok(response) => Response::new(call.clone(), response),
            Err(ureq::Error::BodyExceedsLimit(limit)) => {
                return Err(Error::new(call, ErrorKind::TooLarge { limit }));
            }
            Err(error) => return Err(Error::new(call, ErrorKind::Transport(Box::new(error)))),
        };
        if response.status().is_success() {
            Ok(response)
        } else {
            let token = sent_token.as_ref().and_then(|token| token.to_str().ok());
            Err(Error::status_of(call, response, token))
        }
    }

    fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, ureq::Error> {
        let (parts, body) = request.into_parts();
        // RFC 9110, section 8.6: a length of 0 is announced by methods that expect a body only.
        let expects_body = matches!(parts.method.as_str(), "POST" | "PUT" | "PATCH");
        if body.is_empty() && !expects_body {
            self.run(http::Request::from_parts(parts, ()))
        } else {
            self.run(http::Request::from_parts(parts, &*body))
        }
    }

    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
    ) -> Result<http::Response<Bytes>, ureq::Error> {
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(self.timeout))
            .build();
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        let body = body
            .with_config()
            .limit(self.response_limit)
            .read_to_vec()?;
        Ok(http::Response::from_parts(parts, body.into()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("address", &self.address)
            .field("token", &self.token.as_ref().map(|_| "[token]"))
            .field("timeout", &self.timeout)
            .field("response_limit", &self.response_limit)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
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
