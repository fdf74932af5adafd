//! Prove who calls, with a token or an access key.
//!
//! A client takes anything that implements [`Authenticate`](crate::auth::Authenticate). `Debug`, errors and
//! logs never show secrets, even if a server sends them back. The memory of a secret is overwritten when
//! the secret is dropped.
//!
//! # A token
//! `client.token("gAAAA..")` sends a token that the program already has. A token is valid for 24 hours, so a
//! program that runs longer needs a [`RenewingToken`](crate::auth::RenewingToken).
//! [`Password`](crate::auth::Password) obtains tokens by `POST /v3/auth/tokens`. Clones of a `RenewingToken`
//! share one token, so make it once for all services:
//!
//! ```
//! use permspec_runtime::auth::{Password, RenewingToken, TokenScope};
//! use permspec_runtime::{Address, Client, InvalidAddress};
//!
//! fn with_token(ims: Client, ecs: Client, password: String) -> Result<(Client, Client), InvalidAddress> {
//!     let token = RenewingToken::new(Password::new(
//!         Address::otc("iam", "eu-de")?,
//!         "OTC-EU-DE-00000000001000012345",
//!         "deployer",
//!         password,
//!         TokenScope::project_name("eu-de"),
//!     ));
//!     Ok((ims.auth(token.clone()), ecs.auth(token)))
//! }
//! ```
//!
//! Services at project level need the token of a project. Anti-DDoS, IAM, OBS and TMS need the token of an
//! account ([`TokenScope::domain_name`](crate::auth::TokenScope::domain_name)).
//!
//! A token is renewed 5 minutes before it expires, and once when a service refuses it with 401. If many calls
//! need a new token at the same time, only one of them fetches it. Use a closure for any other source of
//! tokens:
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use permspec_runtime::auth::{RenewingToken, Token};
//!
//! let token = RenewingToken::new(|| async {
//!     let text = std::fs::read_to_string("/run/secrets/token")?;
//!     let end = SystemTime::now() + Duration::from_secs(600);
//!     Ok(Token::new(text.trim()).valid_until(end))
//! });
//! # let _ = token;
//! ```
//!
//! # An access key
//! With the feature `sign`, an [`AccessKey`](crate::auth::AccessKey) (AK/SK) signs each request with
//! SDK-HMAC-SHA256 instead:
//!
//! ```
//! use permspec_runtime::Client;
//! use permspec_runtime::auth::AccessKey;
//!
//! fn with_key(client: Client, access: &str, secret: &str) -> Client {
//!     client.auth(AccessKey::new(access, secret).project_id("edc89b490d7d4392898e19b2deb34797"))
//! }
//! ```
//!
//! - A temporary key has a security token: `AccessKey::security_token`.
//! - A body may have at most 12 MB. A longer body is an error. Use a token for it.
//! - The signature does not cover a body that is not JSON, as in the vendor's implementation.
//!   `AccessKey::sign_every_body` signs it too.
//! - Object Storage Service uses another signature. Requests to it are refused.
//!
//! An `AccessKey` also signs requests for any other HTTP client:
//!
//! ```
//! use std::time::SystemTime;
//!
//! use permspec_runtime::auth::AccessKey;
//!
//! let request = otc_api::ims::list_image_members("70a599e0").at("https://ims.test");
//! let mut request = http::Request::<bytes::Bytes>::try_from(request)?;
//! AccessKey::new("ak", "sk").sign(&mut request, SystemTime::now())?;
//! assert!(request.headers().contains_key("authorization"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Tests compare the signatures with those of the vendor's own implementation, byte for byte, for about 300
//! requests (`tests/signing/` in the repository).
