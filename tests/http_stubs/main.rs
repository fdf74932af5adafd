//! Calls the client stubs of Image Sharing against a server whose routes were typed in from the page. `clients/` tests
//! everything that does not depend on the page, for both clients.
//! The server must never be made from generated code, because both sides would then share a mistake.

mod refused;
mod sent;
mod shared;

use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::{post, put};
use permspec_runtime::blocking::Client;
use permspec_runtime::{Error, Request};
use permspec_tests::Server;
use serde_json::{Value, json};

const TOKEN: &str = "gAAAAABl-a-token";
const IMAGE: &str = "70a599e0-31e7-49b7-b260-868f441e862b";
const MEMBER: &str = "edc89b490d7d4392898e19b2deb34797";

/// The routes of "Image Sharing", from the column "APIs". Each responds with its name and with the ids and the body
/// that it received.
fn image_sharing() -> Router {
    type Id = Path<String>;
    type Ids = Path<(String, String)>;

    async fn add_member(Path(image): Id, Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "add member", "image": image, "body": body}))
    }
    async fn list_members(Path(image): Id) -> Json<Value> {
        Json(json!({"did": "list members", "image": image}))
    }
    async fn show_member(Path((image, member)): Ids) -> Json<Value> {
        Json(json!({"did": "show member", "image": image, "member": member}))
    }
    async fn update_member(Path((image, member)): Ids, Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "update member", "image": image, "member": member, "body": body}))
    }
    async fn delete_member(Path((image, member)): Ids) -> Json<Value> {
        Json(json!({"did": "delete member", "image": image, "member": member}))
    }
    async fn add_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "add batch", "body": body}))
    }
    async fn update_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "update batch", "body": body}))
    }
    async fn delete_batch(Json(body): Json<Value>) -> Json<Value> {
        Json(json!({"did": "delete batch", "body": body}))
    }

    Router::new()
        .route(
            "/v2/images/{image_id}/members",
            post(add_member).get(list_members),
        )
        .route(
            "/v2/images/{image_id}/members/{member_id}",
            put(update_member).get(show_member).delete(delete_member),
        )
        .route(
            "/v1/cloudimages/members",
            post(add_batch).put(update_batch).delete(delete_batch),
        )
}

/// A server that sends the same response to every call.
fn always<A: IntoResponse + Clone + Send + Sync + 'static>(answer: A) -> Server {
    Server::start(Router::new().fallback(move || async move { answer }))
}

fn client(server: &Server) -> Client {
    Client::new(server.url())
        .unwrap()
        .token(TOKEN)
        .timeout(Duration::from_secs(10))
}

/// The error of a call that `server` refuses.
fn refused(server: &Server, request: Request) -> Error {
    client(server).send(request).unwrap_err()
}

/// All texts of an error that may reach a log.
fn shown(error: &Error) -> String {
    format!("{error}\n{error:#?}")
}
