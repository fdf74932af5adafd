//! What is asked of the identity service for each kind of credentials.
//! This module must never show a secret.
//!
//! Source: IAM API reference, "Token Management".

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use serde_json::{Value, json};

use super::Credentials;
use crate::Address;
use crate::auth::{AuthError, Domain, Issued, Question, Secret, TokenScope};
use crate::transport::Transport;

/// Asks the identity service at `address` for a token of these credentials. Without a scope, the token is for the
/// user alone.
pub(super) async fn ask(
    address: &Address,
    credentials: &Credentials,
    scope: Option<&TokenScope>,
    transport: &dyn Transport,
) -> Result<Issued, AuthError> {
    let issued = match credentials {
        Credentials::Agency { base, agency } => {
            // A token needs a scope; whoever assumes an agency is in their own account.
            let account = match &**base {
                Credentials::Password { user, .. } => user.domain().cloned(),
                _ => None,
            };
            let account = account.map(TokenScope::domain);
            let own = Box::pin(ask(address, base, account.as_ref(), transport)).await?;
            let (key, name) = match &agency.domain {
                Domain::Id(id) => ("domain_id", id),
                Domain::Name(name) => ("domain_name", name),
            };
            let identity = json!({
                "methods": ["assume_role"],
                "assume_role": {key: name, "xrole_name": agency.name},
            });
            let account = TokenScope::domain(agency.domain.clone());
            let scope = scope.cloned().unwrap_or(account);
            let scope = scope.of_user_in(Some(&agency.domain)).to_json();
            let body = json!({"auth": {"identity": identity, "scope": scope}});
            let question = Question::issue(body, vec![]).with_token(own.token.value());
            question.ask(address, transport).await?
        }
        Credentials::Token(secret) => {
            let own = Question::about(secret).ask(address, transport).await?;
            match scope.filter(|scope| !is_for(&own, scope)) {
                None => own,
                Some(scope) => {
                    let identity = json!({"methods": ["token"], "token": {"id": ""}});
                    let body = json!({"auth": {"identity": identity, "scope": scope.to_json()}});
                    let secrets = vec![("/auth/identity/token/id", secret)];
                    Question::issue(body, secrets)
                        .ask(address, transport)
                        .await?
                }
            }
        }
        Credentials::Password { .. } | Credentials::AccessKey { .. } => {
            let (body, secrets) = by_password(credentials, scope);
            Question::issue(body, secrets)
                .ask(address, transport)
                .await?
        }
    };
    Ok(issued)
}

/// The body that asks for a token by password, and the places of its secrets.
fn by_password<'s>(
    credentials: &'s Credentials,
    scope: Option<&TokenScope>,
) -> (Value, Vec<(&'static str, &'s Secret)>) {
    let Credentials::Password {
        user,
        password,
        passcode,
    } = credentials
    else {
        return (Value::Null, vec![]);
    };
    let mut secrets = vec![("/auth/identity/password/user/password", password)];
    let mut methods = vec!["password"];
    let mut asked = user.to_json();
    asked["password"] = "".into();
    let mut identity = json!({"password": {"user": asked}});
    if let Some(passcode) = passcode {
        methods.push("totp");
        let mut asked = user.to_json();
        asked["passcode"] = "".into();
        identity["totp"] = json!({"user": asked});
        secrets.push(("/auth/identity/totp/user/passcode", passcode));
    }
    identity["methods"] = methods.into();
    let mut body = json!({"auth": {"identity": identity}});
    // Without a scope, the token is for the user alone, or for the default project of the user.
    if let Some(scope) = scope {
        body["auth"]["scope"] = scope.clone().of_user_in(user.domain()).to_json();
    }
    (body, secrets)
}

/// Whether a token is already for `scope`.
fn is_for(issued: &Issued, scope: &TokenScope) -> bool {
    let wanted = scope.to_json();
    let Some((level, wanted)) = wanted.as_object().and_then(|it| it.iter().next()) else {
        return true;
    };
    let Some(own) = issued.about.get(level) else {
        return false;
    };
    let is_same = |(key, wanted): (&String, &Value)| match wanted {
        Value::Object(wanted) => wanted
            .iter()
            .all(|(inner, wanted)| own[key][inner] == *wanted),
        wanted => own[key] == *wanted,
    };
    wanted
        .as_object()
        .is_some_and(|wanted| wanted.iter().all(is_same))
}
