//! Signatures with an access key: `SDK-HMAC-SHA256`.
//! Host, date and token must be set before the request is signed, because what is signed must be what is
//! sent.
//!
//! Source: API Gateway user guide, "Making an API Request". The algorithm itself is the vendor's.
//! `tests/signing/` compares it byte for byte with the vendor's own implementation.

mod canonical;

use alloc::format;
use alloc::string::String;
use core::fmt;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderName, HeaderValue, Request};
use sha2::{Digest, Sha256};

use super::{AuthError, Secret};

const ALGORITHM: &str = "SDK-HMAC-SHA256";
const DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const CONTENT: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const PROJECT: HeaderName = HeaderName::from_static("x-project-id");
const DOMAIN: HeaderName = HeaderName::from_static("x-domain-id");
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The largest number of bytes of a body that can be signed: 12 MB (API Gateway user guide, "Making an
/// API Request").
pub const BODY_LIMIT: u64 = 12 * 1024 * 1024;

/// An access key with its secret key ("AK/SK"). It signs requests.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
///
/// use permspec_runtime::auth::AccessKey;
///
/// let key = AccessKey::new("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc");
/// let mut request = http::Request::get("https://ims.eu-de.otc.t-systems.com/v2/images?limit=2").body("")?;
/// key.sign(&mut request, UNIX_EPOCH + Duration::from_secs(1_713_261_221))?;
/// assert_eq!(request.headers()["x-sdk-date"], "20240416T095341Z");
/// assert!(request.headers()["authorization"].to_str()?.starts_with(
///     "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=host;x-sdk-date, Signature="
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The signature covers the method, the path, the query, every header whose name has no underscore, and
/// the body. Like the vendor's implementation, it leaves out a body whose `Content-Type` is neither
/// `application/json` nor `application/bson`. The header `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD` tells
/// the server so. TLS still protects such a body on its way.
/// [`sign_every_body`](AccessKey::sign_every_body) signs it too.
///
/// If a header name occurs several times, it is signed as often, each time with its last value. The
/// vendor's implementation does the same. Requests that are made from operations never repeat a name.
///
/// Object Storage Service uses another signature. Requests to it are refused.
#[derive(Clone)]
pub struct AccessKey {
    access: String,
    secret: Secret,
    security_token: Option<Secret>,
    project: Option<String>,
    domain: Option<String>,
    every_body: bool,
}

/// What the signature needs to know about a body.
#[derive(Clone, Copy)]
pub(crate) enum Payload<'b> {
    Bytes(&'b [u8]),
    /// The body is a stream. Its length, if it is known.
    #[cfg_attr(not(feature = "client"), allow(dead_code))]
    Stream(Option<u64>),
}

impl AccessKey {
    /// Makes a permanent key.
    pub fn new(access: impl Into<String>, secret: impl Into<Secret>) -> AccessKey {
        AccessKey {
            access: access.into(),
            secret: secret.into(),
            security_token: None,
            project: None,
            domain: None,
            every_body: false,
        }
    }

    /// Makes the key temporary, and sends its security token (`X-Security-Token`).
    #[must_use]
    pub fn security_token(mut self, token: impl Into<Secret>) -> AccessKey {
        self.security_token = Some(token.into());
        self
    }

    /// Sends the id of a project (`X-Project-Id`). Services at project level need it.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> AccessKey {
        self.project = Some(id.into());
        self
    }

    /// Sends the id of an account (`X-Domain-Id`). Global services need it.
    #[must_use]
    pub fn domain_id(mut self, id: impl Into<String>) -> AccessKey {
        self.domain = Some(id.into());
        self
    }

    /// Signs bodies of every content type, not only JSON.
    #[must_use]
    pub fn sign_every_body(mut self) -> AccessKey {
        self.every_body = true;
        self
    }

    /// Signs `request` with the time `at`.
    ///
    /// This sets `Host`, `X-Sdk-Date` (unless the request has it), the headers of the key, and
    /// `Authorization`. Do not change the request after it is signed. The server must receive it within
    /// 15 minutes.
    ///
    /// # Errors
    /// Returns an error if the body is longer than [`BODY_LIMIT`], if the request goes to Object Storage
    /// Service, if the request does not have a host, or if the key contains characters that a header
    /// cannot contain.
    pub fn sign<B: AsRef<[u8]>>(
        &self,
        request: &mut Request<B>,
        at: SystemTime,
    ) -> Result<(), AuthError> {
        self.sign_with(request, at, |body| Payload::Bytes(body.as_ref()))
    }

    /// Signs `request`. `payload` inspects its body.
    pub(crate) fn sign_with<B>(
        &self,
        request: &mut Request<B>,
        at: SystemTime,
        payload: impl Fn(&B) -> Payload<'_>,
    ) -> Result<(), AuthError> {
        self.set_headers(request, at)?;
        let digest = digest(request.headers(), payload(request.body()))?;
        let canonical =
            canonical::hash(request.method(), request.uri(), request.headers(), &digest);
        let names = canonical::signed_names(request.headers()).join(";");
        let date = request.headers()[DATE].to_str().unwrap_or_default();
        let to_sign = format!("{ALGORITHM}\n{date}\n{}", hex(&canonical.finalize()));
        // HMAC accepts a key of any length (RFC 2104, section 2).
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.expose().as_bytes())
            .map_err(|_| unsignable("its secret key cannot be used"))?;
        mac.update(to_sign.as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let text = Secret::from(format!(
            "{ALGORITHM} Access={}, SignedHeaders={names}, Signature={signature}",
            self.access
        ));
        request
            .headers_mut()
            .insert(AUTHORIZATION, text.header("Authorization")?);
        Ok(())
    }

    /// Adds every header that is signed and that the request does not have yet.
    fn set_headers<B>(&self, request: &mut Request<B>, at: SystemTime) -> Result<(), AuthError> {
        let host = match (request.headers().get(HOST), request.uri().authority()) {
            (Some(host), _) => host.clone(),
            (None, Some(authority)) => HeaderValue::from_str(authority.as_str())
                .map_err(|_| unsignable("a header cannot contain its host"))?,
            (None, None) => {
                return Err(unsignable(
                    "it has neither an absolute address nor a `Host`",
                ));
            }
        };
        if is_object_storage(host.to_str().unwrap_or_default()) {
            return Err(AuthError::ObjectStorage);
        }
        let headers = request.headers_mut();
        headers.remove(AUTHORIZATION);
        headers.insert(HOST, host);
        for (name, id) in [(PROJECT, &self.project), (DOMAIN, &self.domain)] {
            if let Some(id) = id {
                let value = HeaderValue::from_str(id).map_err(|_| {
                    unsignable("a header cannot contain the id of its project or account")
                })?;
                headers.insert(name, value);
            }
        }
        if let Some(token) = &self.security_token {
            headers.insert(SECURITY_TOKEN, token.header("X-Security-Token")?);
        }
        let content_type = headers
            .get(CONTENT_TYPE)
            .map_or(&b""[..], HeaderValue::as_bytes);
        let is_signed = [&b"application/json"[..], b"application/bson"]
            .iter()
            .any(|signed| content_type.starts_with(signed));
        if !content_type.is_empty() && !is_signed && !self.every_body {
            headers.insert(CONTENT, HeaderValue::from_static(UNSIGNED));
        }
        match headers.get(DATE) {
            Some(date) if is_date(date.as_bytes()) => Ok(()),
            Some(_) => Err(unsignable(
                "its `X-Sdk-Date` is not a time like `20240416T095341Z`",
            )),
            None => {
                let now = HeaderValue::from_str(&date(at))
                    .map_err(|_| unsignable("the time cannot be written"))?;
                headers.insert(DATE, now);
                Ok(())
            }
        }
    }
}

/// The last line of a canonical request, which represents the body.
fn digest(headers: &http::HeaderMap, payload: Payload<'_>) -> Result<String, AuthError> {
    let (bytes, length) = match payload {
        Payload::Bytes(bytes) => (Some(bytes), Some(bytes.len() as u64)),
        Payload::Stream(length) => (None, length),
    };
    if length.is_none_or(|length| length > BODY_LIMIT) {
        return Err(AuthError::BodyTooLarge {
            length,
            limit: BODY_LIMIT,
        });
    }
    let given = headers.get(CONTENT).and_then(|given| given.to_str().ok());
    match (bytes, given) {
        (Some([]), _) => Ok(hex(&Sha256::digest([]))),
        (_, Some(given)) if !given.is_empty() => Ok(given.into()),
        (Some(bytes), _) => Ok(hex(&Sha256::digest(bytes))),
        (None, _) => Err(AuthError::StreamedBody),
    }
}

/// Whether the host is `obs.eu-de.otc.t-systems.com` or one of its buckets.
fn is_object_storage(host: &str) -> bool {
    host.split('.')
        .any(|label| label.eq_ignore_ascii_case("obs"))
}

/// Writes a time as `20240416T095341Z`.
fn date(at: SystemTime) -> String {
    let seconds = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let at = SystemTime::UNIX_EPOCH + core::time::Duration::from_secs(seconds.as_secs());
    format!("{}", humantime::format_rfc3339_seconds(at)).replace(['-', ':'], "")
}

fn is_date(text: &[u8]) -> bool {
    text.len() == 16
        && text.iter().enumerate().all(|(at, byte)| match at {
            8 => *byte == b'T',
            15 => *byte == b'Z',
            _ => byte.is_ascii_digit(),
        })
}

fn unsignable(reason: &'static str) -> AuthError {
    AuthError::Unsignable { reason }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("access", &self.access)
            .field("project", &self.project)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "client")]
impl super::Authenticate for AccessKey {
    /// Signs with the current time, unless the request has an `Authorization` or a token of its own.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Request<crate::Body>,
        _: &'a dyn crate::Transport,
    ) -> crate::BoxFuture<'a, Result<(), AuthError>> {
        alloc::boxed::Box::pin(async move {
            let headers = request.headers();
            if headers.contains_key(AUTHORIZATION) || headers.contains_key(super::token::TOKEN) {
                return Ok(());
            }
            self.sign_with(request, SystemTime::now(), |body| match body.bytes() {
                Some(bytes) => Payload::Bytes(bytes),
                None => Payload::Stream(body.length()),
            })
        })
    }
}

#[cfg(test)]
mod tests;
