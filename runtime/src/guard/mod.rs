//! A layer in front of a server that lets through what may be called.
//! This module must never read a body without a bound, nor let through what it could not judge.

mod authorise;
mod body;
mod denial;
mod discriminate;
mod matched;
mod reach;
mod reading;
mod service;

use alloc::sync::Arc;

use tower_layer::Layer;

pub use authorise::{Authorise, Doubt, Enforce, Verdict};
pub use body::GuardBody;
pub use matched::{Matched, Operation};
pub use service::Guarded;

use crate::Catalogue;
use reading::Words;

/// How many bytes of a body are looked at for the key that tells operations apart.
const BODY_LIMIT: usize = 64 * 1024;

/// A `tower` layer: finds the operation of each call, asks who may call it, and answers 403 where it may
/// not be called.
///
/// What it lets through carries a [`Matched`] in its extensions. What it does not is answered with
///
/// ```json
/// {"error": {"code": "forbidden",
///            "message": "`POST /v2/images/{image_id}/members` needs `ims:images:share`",
///            "operations": ["ims.AddImageMember"], "missing": ["ims:images:share"]}}
/// ```
///
/// ```
/// use permspec_runtime::Catalogue;
/// use permspec_runtime::guard::{Enforce, Guard};
/// use permspec_runtime::policy::check;
///
/// fn guard(catalogue: &'static Catalogue, policy: &str) -> Option<Guard<Enforce>> {
///     let policy = check(policy, None).policy?;
///     // `Router::new().route(..).layer(guard)` of axum, or a `ServiceBuilder`.
///     Some(Guard::new(catalogue, Enforce::in_project(policy)))
/// }
/// ```
///
/// - The path is taken as it is in the request that reaches the layer: put it outside of what rewrites
///   paths, such as axum's `nest`, and inside of what answers preflight requests, which are no operation.
/// - The server behind it may take the call for another one than the documentation does. Every operation
///   that it may reach is asked about, and all of these ways must be allowed, whatever
///   [`ambiguous`](Guard::ambiguous) says: see [below](#what-a-server-may-take-a-call-for).
/// - Where the documentation tells operations apart by a key of the JSON body, up to 64 KiB of the body
///   are read for it ([`body_limit`](Guard::body_limit)) and passed on with the rest.
/// - How long a body may take to come is the server's matter.
///
/// # What a server may take a call for
///
/// | the call | the server may | what is asked |
/// |---|---|---|
/// | `HEAD` | answer it by the handler of `GET` | the operation of `GET`, unless the documentation has `HEAD` on this path |
/// | `get`, `Delete` | take a method in any case | the operation of the method |
/// | `X-HTTP-Method-Override`, `X-HTTP-Method`, `X-Method-Override` (also with `_`), `?_method=` | take that method | the operations of both methods |
/// | `X-Original-URL`, `X-Rewrite-URL` | take that path | the operations of both paths |
/// | `OPTIONS`, `TRACE` and other methods | have a handler for them | nothing: no other method's handler serves them |
/// | `/servers/detai%6c` | match before it decodes, as axum does, or after | the operations of both paths |
/// | `%2F`, `\`, `//`, `.`, `..`, `;a=b`, a slash at the end, another case | undo it or not, in any order | the operations of all paths that it may become |
/// | a key of the JSON body in another case | take keys in any case | the operation of the key |
///
/// A call is documented where the path as it is, decoded segment by segment, is; where a character is encoded
/// that need not be (`%6c`), the path must be documented without decoding too. What only becomes an operation
/// by one of these ways is no documented operation: [`Unknown::Deny`] denies it, and [`Unknown::Pass`] lets
/// it through where that operation may be called. A path that can be read in more than 128 ways, or
/// whose readings have more than 64 KiB in all, is answered with 400.
///
/// Some things the guard cannot know. A handler for any method (`any` of axum, a fallback) serves methods
/// that the documentation does not have, so keep [`Unknown::Deny`] there. A field `_method` of a form is not
/// looked at: where a framework takes it, put the guard inside of what does so. The same holds for what
/// rewrites paths by rules of its own.
#[derive(Debug)]
pub struct Guard<A> {
    rules: Rules<A>,
}

/// What the guard goes by.
#[derive(Debug)]
struct Rules<A> {
    catalogue: &'static Catalogue,
    words: Arc<Words>,
    authorise: Arc<A>,
    unknown: Unknown,
    ambiguous: Ambiguous,
    body_limit: usize,
}

/// What becomes of a call that is no documented operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// It is answered with 403.
    #[default]
    Deny,
    /// It is let through, without a [`Matched`]. Where a server may take it for an operation, that operation
    /// must be allowed. `HEAD` that the handler of `GET` serves has the [`Matched`] of `GET`.
    Pass,
}

/// What becomes of a call that may be one of several operations, because the documentation has several for
/// one method and path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ambiguous {
    /// It is let through where all of them may be called.
    #[default]
    AllMustBeAllowed,
    /// It is let through where one of them may be called.
    OneMustBeAllowed,
    /// It is answered with 403.
    Deny,
}

impl<A: Authorise> Guard<A> {
    /// A guard that knows the operations of `catalogue` and asks `authorise`.
    ///
    /// A service listens on a host of its own, so give it the catalogue of that service
    /// ([`Route::catalogue`](crate::Route::catalogue)): in one of all services, a path may be several
    /// services' operation, and all of them must be allowed then.
    pub fn new(catalogue: &'static Catalogue, authorise: A) -> Guard<A> {
        Guard {
            rules: Rules {
                catalogue,
                words: Arc::new(Words::of(catalogue)),
                authorise: Arc::new(authorise),
                unknown: Unknown::default(),
                ambiguous: Ambiguous::default(),
                body_limit: BODY_LIMIT,
            },
        }
    }

    /// What becomes of a call that is no documented operation; it is denied unless set.
    #[must_use]
    pub fn unknown(mut self, unknown: Unknown) -> Guard<A> {
        self.rules.unknown = unknown;
        self
    }

    /// What becomes of a call that may be one of several operations, after the body has been asked; all
    /// must be allowed unless set.
    #[must_use]
    pub fn ambiguous(mut self, ambiguous: Ambiguous) -> Guard<A> {
        self.rules.ambiguous = ambiguous;
        self
    }

    /// How many bytes of a body are looked at, 64 KiB unless set. A longer body tells nothing apart.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Guard<A> {
        self.rules.body_limit = bytes;
        self
    }
}

impl<A> Clone for Guard<A> {
    fn clone(&self) -> Guard<A> {
        Guard {
            rules: self.rules.clone(),
        }
    }
}

/// Clones share who authorises.
impl<A> Clone for Rules<A> {
    fn clone(&self) -> Rules<A> {
        Rules {
            words: self.words.clone(),
            authorise: self.authorise.clone(),
            ..*self
        }
    }
}

impl<S, A> Layer<S> for Guard<A> {
    type Service = Guarded<S, A>;

    fn layer(&self, inner: S) -> Guarded<S, A> {
        Guarded::new(inner, self.rules.clone())
    }
}
