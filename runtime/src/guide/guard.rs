//! Let a server decide by the documentation's permissions.
//!
//! The feature `tower` has a layer that finds the operation of each call, asks who may call it, and answers
//! 403 where it may not be called. Routes behind it know nothing of permissions:
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
//! A refusal names what is missing:
//!
//! ```json
//! {"error": {"code": "forbidden",
//!            "message": "`POST /v2/images/{image_id}/members` needs `ims:images:share`",
//!            "operations": ["ims.AddImageMember"], "missing": ["ims:images:share"]}}
//! ```
//!
//! # Who decides
//! [`Enforce`](crate::guard::Enforce) asks policies, the same for every caller. Where callers differ, decide
//! with a closure, or implement [`Authorise`](crate::guard::Authorise) where the answer must be waited for:
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
//! # What is denied unless you say otherwise
//! - A call that is no documented operation: [`Unknown::Pass`](crate::guard::Unknown::Pass) lets it through.
//!   It still asks where a server may take the call for an operation: `HEAD` is answered by the handler of
//!   `GET`, and `/servers/detai%6c` is `/servers/{id}` to a router that matches before it decodes.
//!   [`Guard`](crate::guard::Guard) lists what servers are known to do.
//! - A call about which policies say "it depends": on a condition, or because the page names no action.
//!   [`Doubt::Allow`](crate::guard::Doubt::Allow) lets it through.
//! - A call that may be several operations, unless all of them are allowed. Where the documentation tells
//!   them apart by a key of the JSON body (`{"os-extend": ..}`), a bounded part of the body is read for it;
//!   a body that is compressed, too long or no JSON tells nothing.
//!   [`Ambiguous`](crate::guard::Ambiguous) chooses another rule.
//!
//! # Examples to copy
//! In the repository, `cargo run -p ims-emulator` starts an emulator of image sharing that enforces a policy
//! file, and `cargo run -p least-privilege-proxy` a reverse proxy that records the operations passing
//! through it and writes the smallest policy for them.
