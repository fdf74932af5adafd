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
use otc_types::ims;
use permspec_runtime::typed::{self, Difference, Wire};
use serde_json::json;

use crate::store::{Change, Failure, Status, Store};

type Images = State<Arc<Store>>;
type Id = Path<String>;
type Ids = Path<(String, String)>;
type Body<T> = Result<Json<T>, JsonRejection>;

/// The documented fields of a member, in the type of an operation's response.
macro_rules! shown {
    ($response:ident, $member:expr) => {{
        let member = $member;
        ims::$response {
            status: Some(member.status.to_string()),
            created_at: Some(member.created_at),
            updated_at: Some(member.updated_at),
            image_id: Some(member.image_id),
            member_id: Some(member.member_id),
            schema: Some("/v2/schemas/member".into()),
            ..Default::default()
        }
    }};
}

/// `POST /v2/images/{image_id}/members`: 200.
pub(crate) async fn add_member(
    State(store): Images,
    Path(image): Id,
    body: Body<ims::AddImageMember>,
) -> Result<Json<ims::AddImageMemberResponse>, Refusal> {
    let member = given(valid(body)?.member, "member")?;
    Ok(Json(shown!(
        AddImageMemberResponse,
        store.add(&image, &member)?
    )))
}

/// `GET /v2/images/{image_id}/members`: 200.
pub(crate) async fn list_members(
    State(store): Images,
    Path(image): Id,
) -> Result<Json<ims::ListImageMembersResponse>, Refusal> {
    let members = store.list(&image)?.into_iter();
    Ok(Json(ims::ListImageMembersResponse {
        members: Some(members.map(|member| shown!(ImageMember, member)).collect()),
        schema: Some("/v2/schemas/members".into()),
        ..Default::default()
    }))
}

/// `GET /v2/images/{image_id}/members/{member_id}`: 200.
pub(crate) async fn show_member(
    State(store): Images,
    Path((image, member)): Ids,
) -> Result<Json<ims::GetImageMemberResponse>, Refusal> {
    Ok(Json(shown!(
        GetImageMemberResponse,
        store.show(&image, &member)?
    )))
}

/// `PUT /v2/images/{image_id}/members/{member_id}`: 200.
pub(crate) async fn update_member(
    State(store): Images,
    Path((image, member)): Ids,
    body: Body<ims::UpdateImageSharingStatus>,
) -> Result<Json<ims::UpdateImageSharingStatusResponse>, Refusal> {
    let status = answer(valid(body)?.status)?;
    let member = store.update(&image, &member, status)?;
    Ok(Json(shown!(UpdateImageSharingStatusResponse, member)))
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
    body: Body<ims::AddImageMembersInBatches>,
) -> Result<Json<ims::AddImageMembersInBatchesResponse>, Refusal> {
    let batch = valid(body)?;
    let projects = given(batch.projects, "projects")?;
    let job_id = Some(job(&store, batch.images, &Change::Share(projects))?);
    Ok(Json(ims::AddImageMembersInBatchesResponse {
        job_id,
        ..Default::default()
    }))
}

/// `PUT /v1/cloudimages/members`: 200 and the id of a job.
pub(crate) async fn update_members(
    State(store): Images,
    body: Body<ims::UpdateStatusOfImageMembersInBatches>,
) -> Result<Json<ims::UpdateStatusOfImageMembersInBatchesResponse>, Refusal> {
    let batch = valid(body)?;
    let change = Change::Set(
        given(batch.project_id, "project_id")?,
        answer(batch.status)?,
    );
    let job_id = Some(job(&store, batch.images, &change)?);
    Ok(Json(ims::UpdateStatusOfImageMembersInBatchesResponse {
        job_id,
        ..Default::default()
    }))
}

/// `DELETE /v1/cloudimages/members`: 200 and the id of a job.
pub(crate) async fn delete_members(
    State(store): Images,
    body: Body<ims::DeleteImageMembersInBatches>,
) -> Result<Json<ims::DeleteImageMembersInBatchesResponse>, Refusal> {
    let batch = valid(body)?;
    let projects = given(batch.projects, "projects")?;
    let job_id = Some(job(&store, batch.images, &Change::Unshare(projects))?);
    Ok(Json(ims::DeleteImageMembersInBatchesResponse {
        job_id,
        ..Default::default()
    }))
}

/// Changes the sharing of images, and returns the id of the job.
fn job(store: &Store, images: Option<Vec<String>>, change: &Change) -> Result<String, Refusal> {
    static JOBS: AtomicU64 = AtomicU64::new(1);
    let images: BTreeSet<String> = given(images, "images")?.into_iter().collect();
    store.change(&images, change)?;
    let number = JOBS.fetch_add(1, Ordering::Relaxed);
    Ok(format!("{number:032x}"))
}

/// The value of a field that the pages require. An empty value is none.
fn given<T: Default + PartialEq>(value: Option<T>, field: &str) -> Result<T, Refusal> {
    match value {
        Some(value) if value != T::default() => Ok(value),
        _ => Err(Refusal::BadRequest(format!(
            "`{field}` is missing or empty"
        ))),
    }
}

/// The statuses that a project may set. It cannot set `pending`.
fn answer(status: Option<String>) -> Result<Status, Refusal> {
    match given(status, "status")?.as_str() {
        "accepted" => Ok(Status::Accepted),
        "rejected" => Ok(Status::Rejected),
        other => Err(Refusal::BadRequest(format!(
            "a project cannot set the status {other:?}"
        ))),
    }
}

/// A body whose fields have the documented form. Generated types are tolerant, and a server need not be.
fn valid<T: Wire>(body: Body<T>) -> Result<T, Refusal> {
    let Json(body) = body.map_err(|rejection| Refusal::BadRequest(rejection.body_text()))?;
    let found = typed::deviations(&body);
    match found
        .iter()
        .find(|field| field.difference != Difference::Unknown)
    {
        Some(field) => Err(Refusal::BadRequest(format!(
            "`{}` has another form",
            field.place
        ))),
        None => Ok(body),
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
