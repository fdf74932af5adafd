//! A token that is renewed before it expires.
//! This module must never let two callers fetch a token at the same time.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::future::Future;
use core::time::Duration;
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use async_lock::Mutex;
use http::HeaderMap;

use super::token::TOKEN;
use super::{AuthError, Authenticate, Token};
use crate::boxed::{BoxError, BoxFuture};
use crate::transport::{Body, Transport};

/// Enough time to complete a call that starts now, and to allow for clocks that differ.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// A source of tokens, such as [`Password`](super::Password) or a closure.
///
/// ```
/// use permspec_runtime::auth::{RenewingToken, Token};
///
/// // A file that another program keeps up to date. With the blocking client, the closure may block.
/// let token = RenewingToken::new(|| async {
///     let text = std::fs::read_to_string("/run/secrets/token")?;
///     Ok(Token::new(text.trim()))
/// });
/// # let _ = token;
/// ```
pub trait TokenSource: Send + Sync {
    /// Obtains a new token.
    ///
    /// # Errors
    /// Returns an error if no token can be obtained. The call that needs it is not sent.
    fn fetch<'a>(&'a self, transport: &'a dyn Transport)
    -> BoxFuture<'a, Result<Token, AuthError>>;
}

impl<F, T> TokenSource for F
where
    F: Fn() -> T + Send + Sync,
    T: Future<Output = Result<Token, BoxError>> + Send,
{
    fn fetch<'a>(&'a self, _: &'a dyn Transport) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async move { self().await.map_err(AuthError::Token) })
    }
}

/// A token that is fetched when it is first needed. It is fetched again before it expires, and after a
/// server refused it with 401.
///
/// Clones share the token, also between clients of several services. If many calls need a new token at
/// the same time, one of them fetches it and the others wait. If fetching fails while the old token is
/// still valid, the calls use the old token.
#[derive(Clone)]
pub struct RenewingToken(Arc<Inner>);

struct Inner {
    source: Box<dyn TokenSource>,
    margin: Duration,
    held: RwLock<Option<Token>>,
    /// The lock of the call that fetches.
    fetching: Mutex<()>,
}

impl RenewingToken {
    /// Uses tokens from `source` and renews each of them 5 minutes before it expires.
    pub fn new(source: impl TokenSource + 'static) -> RenewingToken {
        RenewingToken::with_margin(source, MARGIN)
    }

    /// Uses tokens from `source` and renews each of them `margin` before it expires.
    pub fn with_margin(source: impl TokenSource + 'static, margin: Duration) -> RenewingToken {
        RenewingToken(Arc::new(Inner {
            source: Box::new(source),
            margin,
            held: RwLock::new(None),
            fetching: Mutex::new(()),
        }))
    }

    async fn token(&self, transport: &dyn Transport) -> Result<Token, AuthError> {
        if let Some(token) = self.held_for(self.0.margin) {
            return Ok(token);
        }
        let _fetching = self.0.fetching.lock().await;
        // Another call may have fetched a token while this one waited.
        if let Some(token) = self.held_for(self.0.margin) {
            return Ok(token);
        }
        match self.0.source.fetch(transport).await {
            Ok(token) => {
                self.hold(Some(token.clone()));
                Ok(token)
            }
            Err(error) => self.held_for(Duration::ZERO).ok_or(error),
        }
    }

    /// The current token, if it is valid for longer than `margin` from now.
    fn held_for(&self, margin: Duration) -> Option<Token> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        let token = held.as_ref()?;
        let lasts = |end: SystemTime| {
            let left = end.duration_since(SystemTime::now());
            left.is_ok_and(|left| left > margin)
        };
        token.expires().is_none_or(lasts).then(|| token.clone())
    }

    fn hold(&self, token: Option<Token>) {
        *self.0.held.write().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

impl Authenticate for RenewingToken {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async move {
            if request.headers().contains_key(TOKEN) {
                return Ok(());
            }
            self.token(transport).await?.put_in(request)
        })
    }

    /// A token expires early if the user's password or permissions change (IAM API reference, "Obtaining
    /// a User Token"). Only the token that was sent is discarded, because there may already be a newer
    /// one.
    fn was_refused(&self, proof: &HeaderMap) -> bool {
        let Some(refused) = proof.get(TOKEN) else {
            return false;
        };
        let held = self.held_for(Duration::ZERO);
        if held.is_some_and(|held| held.value().expose().as_bytes() == refused.as_bytes()) {
            self.hold(None);
        }
        true
    }
}

impl fmt::Debug for RenewingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewingToken")
    }
}
