//! Let a server allow calls by the documented permissions.
//!
//! The feature `tower` provides a layer. The layer finds the operation of each call, asks whether the caller
//! may call it, and otherwise responds with 403. The routes of the server do not need to know about permissions:
//!
//! ```
//! use axum::{Extension, Router, routing::get};
//! use otc_api::ims;
//! use permspec_runtime::Route;
//! use permspec_runtime::guard::{Enforce, Guard, Matched};
//! use permspec_runtime::policy::check;
//!
//! async fn list(Extension(matched): Extension<Matched>) -> String {
//!     format!("you called {matched}")
//! }
//!
//! fn service(policy: &str) -> Option<Router> {
//!     let policy = check(policy, None).policy?;
//!     let guard = Guard::new(ims::Route::catalogue(), Enforce::in_project(policy));
//!     Some(Router::new().route("/v2/images/{image_id}/members", get(list)).layer(guard))
//! }
//! # assert!(service(r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:*:*"]}]}"#).is_some());
//! ```
//!
//! The 403 response names what is missing:
//!
//! ```json
//! {"error": {"code": "forbidden",
//!            "message": "`POST /v2/images/{image_id}/members` needs `ims:images:share`",
//!            "operations": ["ims.AddImageMember"], "missing": ["ims:images:share"]}}
//! ```
//!
//! # Who decides
//! [`Enforce`](crate::guard::Enforce) asks policies, which are the same for every caller. If callers have
//! different rights, decide with a closure. If the decision is asynchronous, implement
//! [`Authorise`](crate::guard::Authorise):
//!
//! ```
//! use http::request::Parts;
//! use otc_api::ims;
//! use permspec_runtime::Route;
//! use permspec_runtime::guard::{Enforce, Guard, Operation, Verdict};
//!
//! /// One policy for each role, which an outer layer has put into the request's extensions.
//! #[derive(Clone)]
//! struct Role(Enforce);
//!
//! let guard = Guard::new(ims::Route::catalogue(), |call: &Parts, operation: &Operation| {
//!     match call.extensions.get::<Role>() {
//!         Some(Role(policies)) => policies.verdict(operation),
//!         None => Verdict::because("nobody is signed in"),
//!     }
//! });
//! # let _ = guard;
//! ```
//!
//! # What is denied by default
//! - A call that is not a documented operation. [`Unknown::Pass`](crate::guard::Unknown::Pass) allows it. But
//!   the guard still asks about an operation that a server may read the call as. For example, the handler of
//!   `GET` serves `HEAD`, and a router that matches before it decodes reads `/servers/detai%6c` as
//!   `/servers/{id}`.
//!   [`Guard`](crate::guard::Guard) lists what servers are known to do.
//! - A call for which the policies do not decide: the result depends on a condition, or the page does not name
//!   an action. [`Doubt::Allow`](crate::guard::Doubt::Allow) allows it.
//! - A call that may be one of several operations, unless all of them are allowed. If the documentation
//!   distinguishes them by a key of the JSON body (`{"os-extend": ..}`), the guard reads a bounded part of the
//!   body to find the key. A body that is compressed, too long or not JSON does not distinguish them.
//!   [`Ambiguous`](crate::guard::Ambiguous) chooses another rule.
//!
//! # Examples to copy
//! The repository has two examples. `cargo run -p ims-emulator` starts an emulator of image sharing that
//! enforces a policy file. `cargo run -p least-privilege-proxy` starts a reverse proxy that records the
//! operations of the calls through it, and writes the smallest policy for them.
