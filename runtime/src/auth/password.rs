//! A token for a user name and a password: `POST /v3/auth/tokens`.
//! This module must never show the password, or a response that repeats it.
//!
//! Source: IAM API reference, "Obtaining a User Token Through Password Authentication".

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};
use zeroize::{Zeroize, Zeroizing};

use super::{AuthError, Secret, Token, TokenSource};
use crate::Address;
use crate::boxed::BoxFuture;
use crate::transport::{Body, Transport, excerpt, read_up_to};

/// A response has a few kilobytes without the list of services, which is not requested.
const RESPONSE_LIMIT: u64 = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(60);

/// Obtains tokens with a user name and a password.
///
/// ```no_run
/// use permspec_runtime::Address;
/// use permspec_runtime::auth::{Password, RenewingToken, TokenScope};
///
/// let password = std::env::var("OS_PASSWORD")?;
/// let source = Password::new(
///     Address::otc("iam", "eu-de")?,
///     "OTC-EU-DE-00000000001000012345",
///     "deployer",
///     password,
///     TokenScope::project_name("eu-de_production"),
/// );
/// let token = RenewingToken::new(source);
/// # let _ = token;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Password {
    address: Address,
    domain: String,
    user: String,
    secret: Secret,
    scope: TokenScope,
}

/// The project or account that a token is valid for.
///
/// Services at project level need the token of a project. Anti-DDoS, IAM, OBS and TMS need the token of
/// an account (IAM API reference, "Making an API Request").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenScope(Value);

impl TokenScope {
    /// A project, by its id.
    pub fn project_id(id: &str) -> TokenScope {
        TokenScope(json!({"project": {"id": id}}))
    }

    /// A project of the user's account, by its name, such as `eu-de` or `eu-de_production`.
    ///
    /// Names of projects are unique only within an account, so [`Password`] sends the name of the user's
    /// account too. Without it, OpenStack's own Keystone refuses the name.
    pub fn project_name(name: &str) -> TokenScope {
        TokenScope(json!({"project": {"name": name}}))
    }

    /// A project of the account ("domain") `domain`, by the names of both.
    pub fn project_name_in(domain: &str, name: &str) -> TokenScope {
        TokenScope(json!({"project": {"name": name, "domain": {"name": domain}}}))
    }

    /// An account ("domain"), by its id.
    pub fn domain_id(id: &str) -> TokenScope {
        TokenScope(json!({"domain": {"id": id}}))
    }

    /// An account ("domain"), by its name.
    pub fn domain_name(name: &str) -> TokenScope {
        TokenScope(json!({"domain": {"name": name}}))
    }

    /// Adds `domain` to the name of a project that does not have an account yet.
    fn of_user_in(mut self, domain: &str) -> TokenScope {
        if let Some(Value::Object(project)) = self.0.get_mut("project")
            && project.contains_key("name")
            && !project.contains_key("domain")
        {
            project.insert("domain".into(), json!({"name": domain}));
        }
        self
    }
}

impl Password {
    /// A source of tokens for the user `user` of the account `domain`, from the IAM at `address`.
    pub fn new(
        address: Address,
        domain: &str,
        user: &str,
        password: impl Into<Secret>,
        scope: TokenScope,
    ) -> Password {
        Password {
            address,
            domain: domain.into(),
            user: user.into(),
            secret: password.into(),
            scope: scope.of_user_in(domain),
        }
    }

    fn request(&self) -> Result<http::Request<Body>, AuthError> {
        // Any text for `nocatalog` removes the list of services from the response.
        let target = http::Uri::from_static("/v3/auth/tokens?nocatalog=true");
        let uri = self.address.resolve(&target);
        let mut request = http::Request::new(Body::from(self.body()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() =
            uri.ok_or_else(|| AuthError::Token("its address is too long".into()))?;
        request.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json;charset=utf8"),
        );
        Ok(request)
    }

    /// The body. Its memory is overwritten after it was sent.
    fn body(&self) -> Bytes {
        let mut body = json!({"auth": {
            "identity": {"methods": ["password"], "password": {"user": {
                "name": self.user,
                "password": "",
                "domain": {"name": self.domain},
            }}},
            "scope": self.scope.0,
        }});
        if let Some(password) = body.pointer_mut("/auth/identity/password/user/password") {
            *password = self.secret.expose().into();
        }
        // A character takes at most six bytes, so the text never moves and never leaves a copy of itself.
        let length = 6 * (self.secret.expose().len() + self.user.len() + self.domain.len());
        let length = length + self.scope.0.to_string().len() + 500;
        let mut text = Zeroizing::new(Vec::with_capacity(length));
        // Writing to a vector does not fail, and the keys are strings.
        let _ = serde_json::to_writer(&mut *text, &body);
        if let Some(Value::String(copy)) = body.pointer_mut("/auth/identity/password/user/password")
        {
            copy.zeroize();
        }
        Bytes::from_owner(text)
    }

    /// The part of a refusal that may be shown. A server may send the password back, as it is or as a
    /// JSON string.
    fn message(&self, body: &str) -> String {
        let json = Value::from(self.secret.expose()).to_string();
        let quoted = Secret::from(json.trim_matches('"'));
        excerpt(body, &[self.secret.expose(), quoted.expose()])
    }
}

impl TokenSource for Password {
    fn fetch<'a>(
        &'a self,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async move {
            let response = transport.send(self.request()?, TIMEOUT).await;
            let (parts, mut body) = response.map_err(AuthError::Token)?.into_parts();
            let read = read_up_to(&mut body, RESPONSE_LIMIT).await;
            let bytes = read.map_err(|error| AuthError::Token(error.into()))?;
            if !parts.status.is_success() {
                return Err(AuthError::Refused {
                    status: parts.status.as_u16(),
                    message: self.message(&String::from_utf8_lossy(&bytes)),
                });
            }
            let header = parts.headers.get("x-subject-token");
            let text = header.and_then(|header| header.to_str().ok());
            let token = text.filter(|text| !text.is_empty()).ok_or_else(|| {
                AuthError::Token("the response does not have the header `X-Subject-Token`".into())
            })?;
            Ok(Token::new(token).valid_until(expiry(&bytes)?))
        })
    }
}

/// Reads `token.expires_at` of a response, such as `2026-02-20T04:15:17.482000Z`.
fn expiry(body: &[u8]) -> Result<SystemTime, AuthError> {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = json.pointer("/token/expires_at").and_then(Value::as_str);
    text.and_then(|text| humantime::parse_rfc3339(text).ok())
        .ok_or_else(|| {
            AuthError::Token("the response does not have a time in `token.expires_at`".into())
        })
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Password")
            .field("address", &format_args!("{}", self.address))
            .field("domain", &self.domain)
            .field("user", &self.user)
            .field("scope", &format!("{}", self.scope.0))
            .finish_non_exhaustive()
    }
}
