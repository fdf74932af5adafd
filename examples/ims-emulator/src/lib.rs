//! An emulator of image sharing, a part of the Image Management Service. It works in memory, with the status codes of
//! the documentation, and a guard enforces a policy.
//!
//! It shows how a server takes its authorisation from the documentation: [`app`] puts one layer around routes that do
//! not know permissions.

mod handlers;
mod store;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use otc_api::ims;
use permspec_runtime::Route;
use permspec_runtime::guard::{Enforce, Guard};
use permspec_runtime::policy::Policy;

pub use store::{Change, Failure, Member, Status, Store};

/// The service: its operations, behind the guard, behind the check of the token.
///
/// Every caller has the rights of `policy`. A call needs a token, and any token is accepted.
pub fn app(store: Arc<Store>, policy: Policy) -> Router {
    let guard = Guard::new(ims::Route::catalogue(), Enforce::in_project(policy));
    operations()
        .with_state(store)
        .layer(guard)
        .layer(from_fn(authenticated))
}

/// The routes of "Image Sharing".
fn operations() -> Router<Arc<Store>> {
    Router::new()
        .route(
            "/v2/images/{image_id}/members",
            post(handlers::add_member).get(handlers::list_members),
        )
        .route(
            "/v2/images/{image_id}/members/{member_id}",
            put(handlers::update_member)
                .get(handlers::show_member)
                .delete(handlers::delete_member),
        )
        .route(
            "/v1/cloudimages/members",
            post(handlers::add_members)
                .put(handlers::update_members)
                .delete(handlers::delete_members),
        )
}

/// Refuses a call without a token with 401.
async fn authenticated(headers: HeaderMap, request: Request, next: Next) -> Response {
    let known = ["x-auth-token", "authorization"];
    if known.iter().any(|name| headers.contains_key(*name)) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}
