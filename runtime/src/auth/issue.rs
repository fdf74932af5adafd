//! Asks the identity service for a token: `POST /v3/auth/tokens`, and what it says about one.
//! This module must never show a secret that was sent, or a response that repeats it.
//!
//! Source: IAM API reference, "Token Management".

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use serde_json::{Map, Value};
use zeroize::{Zeroize, Zeroizing};

use super::token::TOKEN;
use super::{AuthError, Secret, Token};
use crate::Address;
use crate::transport::{Body, Transport, excerpt, read_up_to};

/// A response has a few kilobytes without the list of services, and some dozens with it.
const RESPONSE_LIMIT: u64 = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(60);
const SUBJECT: &str = "x-subject-token";

/// A token, and what the identity service says about it: the object `token` of its response.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) token: Token,
    #[cfg_attr(not(feature = "cloud"), allow(dead_code))]
    pub(crate) about: Map<String, Value>,
}

/// A question to the identity service.
pub(crate) struct Question<'s> {
    /// Path and query, such as `/v3/auth/tokens`.
    target: &'static str,
    method: Method,
    /// The body, with an empty text in the place of each secret.
    body: Option<Value>,
    /// The places of secrets in the body, as JSON pointers.
    secrets: Vec<(&'static str, &'s Secret)>,
    /// The token that allows the question.
    token: Option<&'s Secret>,
}

impl<'s> Question<'s> {
    /// Asks for a token. `body` is the body of the request with an empty text at each of `secrets`.
    pub(crate) fn issue(body: Value, secrets: Vec<(&'static str, &'s Secret)>) -> Question<'s> {
        Question {
            target: "/v3/auth/tokens",
            method: Method::POST,
            body: Some(body),
            secrets,
            token: None,
        }
    }

    /// Asks what `token` is.
    #[cfg(feature = "cloud")]
    pub(crate) fn about(token: &'s Secret) -> Question<'s> {
        Question {
            target: "/v3/auth/tokens",
            method: Method::GET,
            body: None,
            secrets: Vec::new(),
            token: Some(token),
        }
    }

    /// Asks with the permissions of another token.
    #[cfg(feature = "cloud")]
    pub(crate) fn with_token(self, token: &'s Secret) -> Question<'s> {
        Question {
            token: Some(token),
            ..self
        }
    }

    /// Asks for a response without the list of services.
    pub(crate) fn without_catalogue(self) -> Question<'s> {
        Question {
            // Any text for `nocatalog` removes the list.
            target: "/v3/auth/tokens?nocatalog=true",
            ..self
        }
    }

    /// Asks the identity service at `address`.
    pub(crate) async fn ask(
        self,
        address: &Address,
        transport: &dyn Transport,
    ) -> Result<Issued, AuthError> {
        let response = transport.send(self.request(address)?, TIMEOUT).await;
        let (parts, mut body) = response.map_err(AuthError::Token)?.into_parts();
        let read = read_up_to(&mut body, RESPONSE_LIMIT).await;
        let bytes = read.map_err(|error| AuthError::Token(error.into()))?;
        if !parts.status.is_success() {
            return Err(self.refused(parts.status, &String::from_utf8_lossy(&bytes)));
        }
        let about = about(&bytes);
        let expires = expiry(&about)?;
        let header = parts.headers.get(SUBJECT);
        let text = header.and_then(|header| header.to_str().ok());
        let value = match (text.filter(|text| !text.is_empty()), self.token) {
            (Some(text), _) => Secret::from(text),
            // A question about a token does not need to return it.
            (None, Some(token)) if self.method == Method::GET => token.clone(),
            _ => {
                let message = "the response does not have the header `X-Subject-Token`";
                return Err(AuthError::Token(message.into()));
            }
        };
        let token = Token::new(value).valid_until(expires);
        Ok(Issued { token, about })
    }

    fn request(&self, address: &Address) -> Result<http::Request<Body>, AuthError> {
        let uri = address.resolve(&Uri::from_static(self.target));
        let mut request = http::Request::new(Body::from(self.body()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() =
            uri.ok_or_else(|| AuthError::Token("its address is too long".into()))?;
        let headers = request.headers_mut();
        if self.body.is_some() {
            let json = HeaderValue::from_static("application/json;charset=utf8");
            headers.insert(header::CONTENT_TYPE, json);
        }
        if let Some(token) = self.token {
            headers.insert(TOKEN, token.header("X-Auth-Token")?);
            if self.method == Method::GET {
                headers.insert(SUBJECT, token.header("X-Subject-Token")?);
            }
        }
        Ok(request)
    }

    /// The body. Its memory is overwritten after it was sent.
    fn body(&self) -> Bytes {
        let Some(mut body) = self.body.clone() else {
            return Bytes::new();
        };
        // A character takes at most six bytes, so the text never moves and never leaves a copy of itself.
        let lengths = self
            .secrets
            .iter()
            .map(|(_, secret)| 6 * secret.expose().len());
        let mut text = Zeroizing::new(Vec::with_capacity(
            body.to_string().len() + lengths.sum::<usize>(),
        ));
        for (place, secret) in &self.secrets {
            if let Some(value) = body.pointer_mut(place) {
                *value = secret.expose().into();
            }
        }
        // Writing to a vector does not fail, and the keys are strings.
        let _ = serde_json::to_writer(&mut *text, &body);
        for (place, _) in &self.secrets {
            if let Some(Value::String(copy)) = body.pointer_mut(place) {
                copy.zeroize();
            }
        }
        Bytes::from_owner(text)
    }

    /// The refusal, with the part of it that may be shown. A server may send a secret back, as it is or as a JSON
    /// string.
    fn refused(&self, status: StatusCode, body: &str) -> AuthError {
        let sent = self.secrets.iter().map(|(_, secret)| *secret);
        let mut hidden: Vec<Secret> = sent.chain(self.token).cloned().collect();
        let quoted = hidden.iter().map(|secret| {
            let json = Value::from(secret.expose()).to_string();
            Secret::from(json.trim_matches('"'))
        });
        hidden.extend(quoted.collect::<Vec<_>>());
        let hidden: Vec<&str> = hidden.iter().map(Secret::expose).collect();
        AuthError::Refused {
            status: status.as_u16(),
            message: excerpt(body, &hidden),
        }
    }
}

/// The object `token` of a response. Empty if there is none.
fn about(body: &[u8]) -> Map<String, Value> {
    let mut json: Value = serde_json::from_slice(body).unwrap_or_default();
    match json.get_mut("token").map(Value::take) {
        Some(Value::Object(about)) => about,
        _ => Map::new(),
    }
}

/// Reads `expires_at`, such as `2026-02-20T04:15:17.482000Z`.
fn expiry(about: &Map<String, Value>) -> Result<SystemTime, AuthError> {
    let text = about.get("expires_at").and_then(Value::as_str);
    text.and_then(|text| humantime::parse_rfc3339(text).ok())
        .ok_or_else(|| {
            AuthError::Token("the response does not have a time in `token.expires_at`".into())
        })
}
