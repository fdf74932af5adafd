//! The response to a call that the guard does not let through.
//! This module must never repeat what the caller sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::json;

use super::Operation;
use crate::Permission;

/// The call is not a documented operation.
pub(super) fn unknown() -> Response<Full<Bytes>> {
    let error = json!({
        "code": "unknown_operation",
        "message": "the call is not a documented operation",
    });
    response(StatusCode::FORBIDDEN, &error)
}

/// The body ended before the guard could read it.
pub(super) fn broken_body() -> Response<Full<Bytes>> {
    let error = json!({"code": "bad_request", "message": "the body could not be read"});
    response(StatusCode::BAD_REQUEST, &error)
}

/// The path has too many readings to check all of them.
pub(super) fn unreadable_path() -> Response<Full<Bytes>> {
    let error = json!({
        "code": "bad_request",
        "message": "the path can be read in too many ways",
    });
    response(StatusCode::BAD_REQUEST, &error)
}

/// `operations` may not be called.
pub(super) fn forbidden(
    operations: &[Operation],
    missing: &[Permission],
    reasons: &[String],
) -> Response<Full<Bytes>> {
    let names: Vec<String> = operations.iter().map(|it| it.spec().to_string()).collect();
    let actions: Vec<&str> = missing.iter().map(Permission::as_str).collect();
    let error = json!({
        "code": "forbidden",
        "message": message(operations, &actions, reasons),
        "operations": names,
        "missing": actions,
    });
    response(StatusCode::FORBIDDEN, &error)
}

fn message(operations: &[Operation], missing: &[&str], reasons: &[String]) -> String {
    let quoted = |texts: Vec<String>| {
        let quoted: Vec<String> = texts.iter().map(|text| ["`", text, "`"].concat()).collect();
        quoted.join(", ")
    };
    let calls = operations.iter().map(|it| it.endpoint().to_string());
    let mut message = quoted(calls.collect());
    if missing.is_empty() {
        message += " is not allowed";
    } else {
        message += " needs ";
        message += &quoted(missing.iter().copied().map(String::from).collect());
    }
    for reason in reasons {
        message += "; ";
        message += reason;
    }
    message
}

fn response(status: StatusCode, error: &serde_json::Value) -> Response<Full<Bytes>> {
    let body = json!({ "error": error }).to_string();
    let mut answer = Response::new(Full::from(body));
    *answer.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    answer.headers_mut().insert(header::CONTENT_TYPE, json);
    answer
}
