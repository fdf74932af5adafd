//! The eight operations of "Image Sharing", with the status codes of their pages.
//! The guard has decided who may call them. This module must never check it again.
//!
//! Source: IMS API reference, "Image Sharing" and "Image Sharing (Native OpenStack APIs)". The pages do not list a
//! status for an image that is already shared with the project. OpenStack's Image API, to which the native calls
//! belong, has 409.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::store::{Change, Failure, Status, Store};

type Images = State<Arc<Store>>;
type Id = Path<String>;
type Ids = Path<(String, String)>;
type Body<T> = Result<Json<T>, JsonRejection>;

#[derive(Deserialize)]
pub(crate) struct NewMember {
    member: String,
}

#[derive(Deserialize)]
pub(crate) struct NewStatus {
    status: Answer,
}

/// The statuses that a project may set. It cannot set `pending`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Accepted,
    Rejected,
}

#[derive(Deserialize)]
pub(crate) struct Batch {
    images: BTreeSet<String>,
    projects: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct BatchStatus {
    images: BTreeSet<String>,
    project_id: String,
    status: Answer,
}

/// `POST /v2/images/{image_id}/members`: 200.
pub(crate) async fn add_member(
    State(store): Images,
    Path(image): Id,
    body: Body<NewMember>,
) -> Result<Response, Refusal> {
    let NewMember { member } = valid(body)?;
    if member.is_empty() {
        return Err(Refusal::BadRequest("the member is empty".into()));
    }
    Ok(Json(store.add(&image, &member)?).into_response())
}

/// `GET /v2/images/{image_id}/members`: 200.
pub(crate) async fn list_members(
    State(store): Images,
    Path(image): Id,
) -> Result<Json<Value>, Refusal> {
    let members = store.list(&image)?;
    Ok(Json(
        json!({"members": members, "schema": "/v2/schemas/members"}),
    ))
}

/// `GET /v2/images/{image_id}/members/{member_id}`: 200.
pub(crate) async fn show_member(
    State(store): Images,
    Path((image, member)): Ids,
) -> Result<Response, Refusal> {
    Ok(Json(store.show(&image, &member)?).into_response())
}

/// `PUT /v2/images/{image_id}/members/{member_id}`: 200.
pub(crate) async fn update_member(
    State(store): Images,
    Path((image, member)): Ids,
    body: Body<NewStatus>,
) -> Result<Response, Refusal> {
    let status = valid(body)?.status.into();
    Ok(Json(store.update(&image, &member, status)?).into_response())
}

/// `DELETE /v2/images/{image_id}/members/{member_id}`: 204.
pub(crate) async fn delete_member(
    State(store): Images,
    Path((image, member)): Ids,
) -> Result<StatusCode, Refusal> {
    store.delete(&image, &member)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/cloudimages/members`: 200 and the id of a job. The emulator finishes the job before it responds.
pub(crate) async fn add_members(
    State(store): Images,
    body: Body<Batch>,
) -> Result<Json<Value>, Refusal> {
    let Batch { images, projects } = valid(body)?;
    job(&store, &images, &Change::Share(projects))
}

/// `PUT /v1/cloudimages/members`: 200 and the id of a job.
pub(crate) async fn update_members(
    State(store): Images,
    body: Body<BatchStatus>,
) -> Result<Json<Value>, Refusal> {
    let batch = valid(body)?;
    let change = Change::Set(batch.project_id, batch.status.into());
    job(&store, &batch.images, &change)
}

/// `DELETE /v1/cloudimages/members`: 200 and the id of a job.
pub(crate) async fn delete_members(
    State(store): Images,
    body: Body<Batch>,
) -> Result<Json<Value>, Refusal> {
    let Batch { images, projects } = valid(body)?;
    job(&store, &images, &Change::Unshare(projects))
}

fn job(store: &Store, images: &BTreeSet<String>, change: &Change) -> Result<Json<Value>, Refusal> {
    static JOBS: AtomicU64 = AtomicU64::new(1);
    store.change(images, change)?;
    let number = JOBS.fetch_add(1, Ordering::Relaxed);
    Ok(Json(json!({"job_id": format!("{number:032x}")})))
}

fn valid<T>(body: Body<T>) -> Result<T, Refusal> {
    match body {
        Ok(Json(body)) => Ok(body),
        Err(rejection) => Err(Refusal::BadRequest(rejection.body_text())),
    }
}

/// A response other than 2xx.
pub(crate) enum Refusal {
    BadRequest(String),
    Store(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        Refusal::Store(failure)
    }
}

impl From<Answer> for Status {
    fn from(answer: Answer) -> Status {
        match answer {
            Answer::Accepted => Status::Accepted,
            Answer::Rejected => Status::Rejected,
        }
    }
}

/// The form of "Error Codes", which only has codes for 400. `IMG.0001` is a request whose form is not as documented.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Refusal::BadRequest(message) => (
                StatusCode::BAD_REQUEST,
                json!({"code": "IMG.0001", "message": message}),
            ),
            Refusal::Store(failure) => {
                let (status, message) = match failure {
                    Failure::NoImage => (StatusCode::NOT_FOUND, "no image was found"),
                    Failure::NoMember => (StatusCode::NOT_FOUND, "no member was found"),
                    Failure::Exists => (StatusCode::CONFLICT, "the member exists already"),
                };
                (status, json!({ "message": message }))
            }
        };
        (status, Json(json!({ "error": error }))).into_response()
    }
}
