//! A layer for servers that lets through only the calls that the caller may make.
//! This module must never read a body without a limit, or let through a call that it could not judge.

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

/// The largest number of bytes of a body that the guard reads to find the key that distinguishes
/// operations.
const BODY_LIMIT: usize = 64 * 1024;

/// A `tower` layer that finds the operation of each call, asks whether the caller may call it, and
/// otherwise responds with 403.
///
/// A call that it lets through has a [`Matched`] in its extensions. The response to any other call is
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
/// - The layer uses the path of the request that reaches it. Put the layer outside of anything that
///   rewrites paths, such as axum's `nest`. Put it inside of anything that responds to preflight
///   requests, because those are not operations.
/// - The server may read the call differently from the documentation. The guard asks about every
///   operation that the call may reach, and all of them must be allowed. [`ambiguous`](Guard::ambiguous)
///   does not change that. See [below](#how-a-server-may-read-a-call).
/// - If the documentation distinguishes operations by a key of the JSON body, the guard reads up to 64
///   KiB of the body ([`body_limit`](Guard::body_limit)). It passes them on with the rest.
/// - The guard does not limit how long a body takes to arrive. That is a setting of the server.
///
/// # How a server may read a call
///
/// | the call | the server may | the guard asks about |
/// |---|---|---|
/// | `HEAD` | use the handler of `GET` | the operation of `GET`, unless the documentation has `HEAD` on this path |
/// | `get`, `Delete` | accept a method in any case | the operation of the method |
/// | `X-HTTP-Method-Override`, `X-HTTP-Method`, `X-Method-Override` (also with `_`), `?_method=` | use that method | the operations of both methods |
/// | `X-Original-URL`, `X-Rewrite-URL` | use that path | the operations of both paths |
/// | `OPTIONS`, `TRACE` and other methods | have a handler for them | nothing, because the handler of another method does not serve them |
/// | `/servers/detai%6c` | match before it decodes, as axum does, or after | the operations of both paths |
/// | `%2F`, `\`, `//`, `.`, `..`, `;a=b`, a slash at the end, another case | resolve it or not, in any order | the operations of all paths that result |
/// | a key of the JSON body in another case | accept keys in any case | the operation of the key |
///
/// A call is documented if its path, decoded segment by segment, is documented. If a character is encoded
/// without need (`%6c`), the path must also be documented without decoding. Another call may still reach
/// an operation by one of the ways in this table. It is not documented: [`Unknown::Deny`] denies it, and
/// [`Unknown::Pass`] lets it through if that operation may be called. The guard responds with 400 if a
/// path has more than 128 readings, or if its readings have more than 64 KiB in all.
///
/// The guard cannot know everything. A handler for any method (`any` of axum, a fallback) serves methods
/// that the documentation does not have, so keep [`Unknown::Deny`] there. The guard does not read a field
/// `_method` of a form. If a framework uses this field, put the guard inside of the layer that reads it.
/// Do the same for a layer that rewrites paths by its own rules.
#[derive(Debug)]
pub struct Guard<A> {
    rules: Rules<A>,
}

/// The settings of a guard.
#[derive(Debug)]
struct Rules<A> {
    catalogue: &'static Catalogue,
    words: Arc<Words>,
    authorise: Arc<A>,
    unknown: Unknown,
    ambiguous: Ambiguous,
    body_limit: usize,
}

/// What happens to a call that is not a documented operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The guard responds with 403.
    #[default]
    Deny,
    /// The guard lets the call through without a [`Matched`]. If a server may read the call as an
    /// operation, that operation must be allowed. A `HEAD` call that the handler of `GET` serves has the
    /// [`Matched`] of `GET`.
    Pass,
}

/// What happens to a call that may be one of several operations, because the documentation has several
/// for one method and path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ambiguous {
    /// The guard lets the call through if all of the operations may be called.
    #[default]
    AllMustBeAllowed,
    /// The guard lets the call through if at least one of the operations may be called.
    OneMustBeAllowed,
    /// The guard responds with 403.
    Deny,
}

impl<A: Authorise> Guard<A> {
    /// Makes a guard that knows the operations of `catalogue` and asks `authorise`.
    ///
    /// Give it the catalogue of one service ([`Route::catalogue`](crate::Route::catalogue)), because each
    /// service has its own host. In a catalogue of all services, one path may be an operation of several
    /// services, and all of them must be allowed.
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

    /// Sets what happens to a call that is not a documented operation. The default is [`Unknown::Deny`].
    #[must_use]
    pub fn unknown(mut self, unknown: Unknown) -> Guard<A> {
        self.rules.unknown = unknown;
        self
    }

    /// Sets what happens to a call that may be one of several operations, after its body was read. By
    /// default, all of them must be allowed.
    #[must_use]
    pub fn ambiguous(mut self, ambiguous: Ambiguous) -> Guard<A> {
        self.rules.ambiguous = ambiguous;
        self
    }

    /// Sets how many bytes of a body the guard reads. The default is 64 KiB. A longer body does not
    /// distinguish operations.
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

/// Clones share the authoriser.
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
