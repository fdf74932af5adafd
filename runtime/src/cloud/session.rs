//! The session of a caller: the proof of who calls, who that is, and where the services are. All services share it.
//! This module must never fetch two tokens at the same time, and never keep one outside memory.

use alloc::boxed::Box;
use alloc::sync::Arc;

use async_lock::OnceCell;
use http::HeaderMap;

use super::{CloudConfig, Credentials, Identity, Named, issuing, key_owner, locate};
use crate::auth::{
    AccessKey, AuthError, Authenticate, Issued, Lasting, MARGIN, Renewing, TOKEN, Token, TokenScope,
};
use crate::boxed::BoxFuture;
use crate::client::{ErrorKind, Locate};
use crate::transport::{Body, Transport};
use crate::{Address, Request};

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

    async fn issued(
        &self,
        credentials: &Credentials,
        scope: Option<&TokenScope>,
        transport: &dyn Transport,
    ) -> Result<Held, AuthError> {
        Ok(issuing::ask(&self.address, credentials, scope, transport)
            .await?
            .into())
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
                let fetch = async || self.issued(credentials, scope.as_ref(), transport).await;
                Ok(held.get(fetch).await?.identity)
            }
            Proof::Key {
                key,
                scope,
                identity,
            } => {
                let ask = async || {
                    let address = &self.address;
                    let identity = key_owner::ask(address, key, scope.as_ref(), transport).await?;
                    Ok(Arc::new(identity))
                };
                identity.get_or_try_init(ask).await.cloned()
            }
        }
    }
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
                    let fetch = async || self.issued(credentials, scope.as_ref(), transport).await;
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
