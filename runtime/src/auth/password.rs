//! A token for a user name and a password: `POST /v3/auth/tokens`.
//! This module must never show the password.
//!
//! Source: IAM API reference, "Obtaining a User Token Through Password Authentication".

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use core::fmt;

use serde_json::json;

use super::issue::Question;
use super::{AuthError, Domain, Secret, Token, TokenScope, TokenSource};
use crate::Address;
use crate::boxed::BoxFuture;
use crate::transport::Transport;

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
            scope: scope.of_user_in(Some(&Domain::Name(domain.into()))),
        }
    }
}

impl TokenSource for Password {
    fn fetch<'a>(
        &'a self,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async move {
            let body = json!({"auth": {
                "identity": {"methods": ["password"], "password": {"user": {
                    "name": self.user,
                    "password": "",
                    "domain": {"name": self.domain},
                }}},
                "scope": self.scope.to_json(),
            }});
            let secrets = vec![("/auth/identity/password/user/password", &self.secret)];
            let question = Question::issue(body, secrets).without_catalogue();
            Ok(question.ask(&self.address, transport).await?.token)
        })
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Password")
            .field("address", &format_args!("{}", self.address))
            .field("domain", &self.domain)
            .field("user", &self.user)
            .field("scope", &format!("{}", self.scope.to_json()))
            .finish_non_exhaustive()
    }
}
