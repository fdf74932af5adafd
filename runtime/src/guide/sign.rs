//! Prove who calls, with a token or an access key.
//!
//! A client takes anything that implements [`Authenticate`](crate::auth::Authenticate). Secrets are never
//! shown by `Debug`, errors or logs, also where a server sends them back, and their memory is overwritten
//! when they are dropped.
//!
//! # A token
//! `client.token("gAAAA..")` sends one that the program has. It is valid for 24 hours, so a program that
//! runs longer has it renewed. [`Password`](crate::auth::Password) obtains tokens by
//! `POST /v3/auth/tokens`; clones of a [`RenewingToken`](crate::auth::RenewingToken) share one, so make it
//! once for all services:
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
//! Services at project level need a project's token; Anti-DDoS, IAM, OBS and TMS need an account's
//! ([`TokenScope::domain_name`](crate::auth::TokenScope::domain_name)).
//!
//! A token is renewed 5 minutes before it ends, and once when a service refuses it with 401. However many
//! calls need it at once, one fetches it. Any other source is a closure:
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
//! - A body may have 12 MB; a longer one is an error that says so, and needs a token.
//! - A body that is not JSON is left out of the signature, as the vendor does;
//!   `AccessKey::sign_every_body` signs it too.
//! - Object Storage Service has another signature and is refused.
//!
//! It signs requests for any other HTTP client as well:
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
//! The signatures are compared with those of the vendor's own implementation, byte for byte, for some 300
//! requests (`tests/signing/` in the repository).
