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
pub(crate) const MARGIN: Duration = Duration::from_secs(5 * 60);

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
    held: Renewing<Token>,
}

/// A value that is valid as long as a token, and is fetched again when it is not.
pub(crate) struct Renewing<T> {
    margin: Duration,
    held: RwLock<Option<T>>,
    /// The lock of the call that fetches.
    fetching: Mutex<()>,
}

/// What is valid as long as its token.
pub(crate) trait Lasting: Clone {
    /// The token.
    fn token(&self) -> &Token;
}

impl Lasting for Token {
    fn token(&self) -> &Token {
        self
    }
}

impl<T: Lasting> Renewing<T> {
    /// Fetches a value `margin` before its token expires.
    pub(crate) fn new(margin: Duration) -> Renewing<T> {
        Renewing {
            margin,
            held: RwLock::new(None),
            fetching: Mutex::new(()),
        }
    }

    /// The value that is held, or what `fetch` returns. One caller fetches, and the others wait.
    pub(crate) async fn get(
        &self,
        fetch: impl AsyncFnOnce() -> Result<T, AuthError>,
    ) -> Result<T, AuthError> {
        if let Some(held) = self.held_for(self.margin) {
            return Ok(held);
        }
        let _fetching = self.fetching.lock().await;
        // Another call may have fetched a value while this one waited.
        if let Some(held) = self.held_for(self.margin) {
            return Ok(held);
        }
        match fetch().await {
            Ok(fetched) => {
                self.hold(Some(fetched.clone()));
                Ok(fetched)
            }
            Err(error) => self.held_for(Duration::ZERO).ok_or(error),
        }
    }

    /// Whether a server that refused a request with these headers may accept another token.
    ///
    /// A token expires early if the user's password or permissions change (IAM API reference, "Obtaining
    /// a User Token"). Only the token that was sent is discarded, because there may already be a newer
    /// one.
    pub(crate) fn was_refused(&self, proof: &HeaderMap) -> bool {
        let Some(refused) = proof.get(TOKEN) else {
            return false;
        };
        let held = self.held_for(Duration::ZERO);
        if held.is_some_and(|it| it.token().value().expose().as_bytes() == refused.as_bytes()) {
            self.hold(None);
        }
        true
    }

    /// The current value, if it is valid for longer than `margin` from now.
    fn held_for(&self, margin: Duration) -> Option<T> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_ref()?;
        let lasts = |end: SystemTime| {
            let left = end.duration_since(SystemTime::now());
            left.is_ok_and(|left| left > margin)
        };
        held.token()
            .expires()
            .is_none_or(lasts)
            .then(|| held.clone())
    }

    fn hold(&self, value: Option<T>) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = value;
    }
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
            held: Renewing::new(margin),
        }))
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
            let token = self
                .0
                .held
                .get(async || self.0.source.fetch(transport).await)
                .await?;
            token.put_in(request)
        })
    }

    fn was_refused(&self, proof: &HeaderMap) -> bool {
        self.0.held.was_refused(proof)
    }
}

impl fmt::Debug for RenewingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewingToken")
    }
}
