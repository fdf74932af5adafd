//! The session of a caller: the proof of who calls, who that is, and where the services are. All services share it.
//! This module must never fetch two tokens at the same time, and never keep one outside memory.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use async_lock::OnceCell;
use http::{HeaderMap, Method, Uri};
use serde_json::{Value, json};

use super::{CloudConfig, Credentials, Identity, Named, locate};
use crate::auth::{
    AccessKey, AuthError, Authenticate, Domain, Issued, Lasting, MARGIN, Question, Renewing,
    Secret, TOKEN, Token, TokenScope,
};
use crate::boxed::BoxFuture;
use crate::client::{ErrorKind, Locate};
use crate::transport::{Body, Transport, read_up_to};
use crate::{Address, Request};

const RESPONSE_LIMIT: u64 = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(60);

/// The session of a caller.
pub(super) struct Session {
    pub(super) config: CloudConfig,
    /// The identity service.
    address: Address,
    proof: Proof,
}

/// What proves who calls.
enum Proof {
    /// Tokens of these credentials.
    Token {
        credentials: Credentials,
        scope: Option<TokenScope>,
        held: Renewing<Held>,
    },
    /// Signatures. Who calls is asked for once.
    Key {
        key: AccessKey,
        scope: Option<TokenScope>,
        identity: OnceCell<Arc<Identity>>,
    },
}

/// A token, and who it is for.
#[derive(Clone)]
struct Held {
    token: Token,
    identity: Arc<Identity>,
}

impl Lasting for Held {
    fn token(&self) -> &Token {
        &self.token
    }
}

impl From<Issued> for Held {
    fn from(issued: Issued) -> Held {
        Held {
            identity: Arc::new(Identity::read(&issued.about)),
            token: issued.token,
        }
    }
}

impl Session {
    pub(super) fn new(config: CloudConfig, address: Address, credentials: Credentials) -> Session {
        let scope = config.scope.clone();
        let proof = match credentials {
            Credentials::AccessKey {
                access,
                secret,
                security_token,
            } => {
                let mut key = AccessKey::new(access, secret);
                if let Some(token) = security_token {
                    key = key.security_token(token);
                }
                let identity = OnceCell::new();
                Proof::Key {
                    key,
                    scope,
                    identity,
                }
            }
            credentials => Proof::Token {
                credentials,
                scope,
                held: Renewing::new(MARGIN),
            },
        };
        Session {
            config,
            address,
            proof,
        }
    }

    /// The address of the identity service.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    /// Who calls.
    pub(super) async fn identity(
        &self,
        transport: &dyn Transport,
    ) -> Result<Arc<Identity>, AuthError> {
        match &self.proof {
            Proof::Token {
                credentials,
                scope,
                held,
            } => {
                let fetch = async || self.fetch(credentials, scope.as_ref(), transport).await;
                Ok(held.get(fetch).await?.identity)
            }
            Proof::Key {
                key,
                scope,
                identity,
            } => {
                let ask = async || {
                    let identity = self.of_key(key, scope.as_ref(), transport).await?;
                    Ok(Arc::new(identity))
                };
                identity.get_or_try_init(ask).await.cloned()
            }
        }
    }

    async fn fetch(
        &self,
        credentials: &Credentials,
        scope: Option<&TokenScope>,
        transport: &dyn Transport,
    ) -> Result<Held, AuthError> {
        let issued = match credentials {
            Credentials::Agency { base, agency } => {
                // A token needs a scope; whoever assumes an agency is in their own account.
                let account = match &**base {
                    Credentials::Password { user, .. } => user.domain().cloned(),
                    _ => None,
                };
                let account = account.map(TokenScope::domain);
                let own = Box::pin(self.fetch(base, account.as_ref(), transport)).await?;
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
                question.ask(&self.address, transport).await?
            }
            Credentials::Token(secret) => {
                let own = Question::about(secret)
                    .ask(&self.address, transport)
                    .await?;
                match scope.filter(|scope| !is_for(&own, scope)) {
                    None => own,
                    Some(scope) => {
                        let identity = json!({"methods": ["token"], "token": {"id": ""}});
                        let body =
                            json!({"auth": {"identity": identity, "scope": scope.to_json()}});
                        let secrets = vec![("/auth/identity/token/id", secret)];
                        Question::issue(body, secrets)
                            .ask(&self.address, transport)
                            .await?
                    }
                }
            }
            Credentials::Password { .. } | Credentials::AccessKey { .. } => {
                let (body, secrets) = by_password(credentials, scope);
                Question::issue(body, secrets)
                    .ask(&self.address, transport)
                    .await?
            }
        };
        Ok(issued.into())
    }

    /// What can be known about the owner of a key: the project with the name or the id of the scope, and its account.
    ///
    /// Source: IAM API reference, "Querying Project Information Based on the Specified Criteria".
    async fn of_key(
        &self,
        key: &AccessKey,
        scope: Option<&TokenScope>,
        transport: &dyn Transport,
    ) -> Result<Identity, AuthError> {
        let wanted = scope.map(TokenScope::to_json).unwrap_or_default();
        let text = |place: &str| wanted.pointer(place).and_then(Value::as_str);
        let named = |id: Option<&str>, name: Option<&str>| {
            (id.is_some() || name.is_some()).then(|| Named {
                id: id.unwrap_or_default().into(),
                name: name.unwrap_or_default().into(),
            })
        };
        let mut identity = Identity {
            project: named(text("/project/id"), text("/project/name")),
            domain: named(text("/domain/id"), text("/domain/name")),
            ..Identity::default()
        };
        if let Some(project) = identity.project.as_mut().filter(|it| it.id.is_empty()) {
            let found = self.projects(key, transport, &project.name).await?;
            let mut found = found
                .iter()
                .filter(|it| it["name"] == project.name.as_str());
            let (Some(only), None) = (found.next(), found.next()) else {
                let message = format!(
                    "there is not exactly one project with the name `{}`",
                    project.name
                );
                return Err(AuthError::Token(message.into()));
            };
            *project = Named::read(only);
            let domain = only.get("domain_id").and_then(Value::as_str);
            identity.domain = named(domain, None);
        }
        Ok(identity)
    }

    async fn projects(
        &self,
        key: &AccessKey,
        transport: &dyn Transport,
        name: &str,
    ) -> Result<Vec<Value>, AuthError> {
        let mut target = String::from("/v3/projects?name=");
        crate::request::push_encoded(&mut target, name.as_bytes());
        let target: Option<Uri> = target.parse().ok();
        let uri = target.and_then(|target| self.address.resolve(&target));
        let mut request = http::Request::new(Body::from(bytes::Bytes::new()));
        *request.method_mut() = Method::GET;
        *request.uri_mut() =
            uri.ok_or_else(|| AuthError::Token("its address is too long".into()))?;
        key.authenticate(&mut request, transport).await?;
        let response = transport.send(request, TIMEOUT).await;
        let (parts, mut body) = response.map_err(AuthError::Token)?.into_parts();
        let read = read_up_to(&mut body, RESPONSE_LIMIT).await;
        let bytes = read.map_err(|error| AuthError::Token(error.into()))?;
        if !parts.status.is_success() {
            return Err(AuthError::Refused {
                status: parts.status.as_u16(),
                message: crate::transport::excerpt(&String::from_utf8_lossy(&bytes), &[]),
            });
        }
        let mut json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        match json.get_mut("projects").map(Value::take) {
            Some(Value::Array(projects)) => Ok(projects),
            _ => Err(AuthError::Token(
                "the list of projects cannot be read".into(),
            )),
        }
    }
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

impl Locate for Session {
    fn locate<'a>(
        &'a self,
        request: &'a mut Request,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Address, ErrorKind>> {
        Box::pin(async move {
            let service = request.service();
            let path = request.path_template();
            let stated = service.and_then(|it| locate::stated(&self.config, it, path));
            if !request.is_open()
                && let Some(stated) = stated
            {
                return stated.map_err(ErrorKind::NoAddress);
            }
            let identity = self.identity(transport).await.map_err(ErrorKind::Auth)?;
            let address = match (service, request.address(), stated) {
                // The request says itself where it goes.
                (_, Some(_), _) => Ok(self.address.clone()),
                (_, None, Some(stated)) => stated,
                (Some(service), None, None) => {
                    let host = self.address.host();
                    locate::found(&self.config, &identity, service, path, host)
                }
                (None, None, None) => Err(locate::NoAddress::unknown(request.spec())),
            };
            let address = address.map_err(ErrorKind::NoAddress)?;
            request.fill(&|name| identity.parameter(name));
            Ok(address)
        })
    }
}

impl Authenticate for Session {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async move {
            match &self.proof {
                Proof::Token {
                    credentials,
                    scope,
                    held,
                } => {
                    if request.headers().contains_key(TOKEN) {
                        return Ok(());
                    }
                    let fetch = async || self.fetch(credentials, scope.as_ref(), transport).await;
                    held.get(fetch).await?.token.put_in(request)
                }
                Proof::Key { key, .. } => {
                    let identity = self.identity(transport).await?;
                    let outline = request.extensions().get::<Request>();
                    let service = outline.and_then(Request::service);
                    let is_account = service.is_some_and(crate::ServiceSpec::is_account_level);
                    let id = |named: &Option<Named>| {
                        let named = named.as_ref().filter(|it| !it.id.is_empty());
                        named.map(|it| it.id.clone())
                    };
                    let mut key = key.clone();
                    match (id(&identity.project), id(&identity.domain)) {
                        (Some(project), _) if !is_account => key = key.project_id(project),
                        (_, Some(domain)) => key = key.domain_id(domain),
                        _ => {}
                    }
                    key.authenticate(request, transport).await
                }
            }
        })
    }

    fn was_refused(&self, proof: &HeaderMap) -> bool {
        match &self.proof {
            // A token that was given cannot be replaced.
            Proof::Token {
                credentials: Credentials::Token(_),
                ..
            }
            | Proof::Key { .. } => false,
            Proof::Token { held, .. } => held.was_refused(proof),
        }
    }
}
