//! Who owns an access key, as far as the cloud tells it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use http::{Method, Uri};
use serde_json::Value;

use super::{Identity, Named};
use crate::Address;
use crate::auth::{AccessKey, AuthError, Authenticate, TokenScope};
use crate::transport::{Body, Transport, excerpt, read_up_to};

const RESPONSE_LIMIT: u64 = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(60);

/// What can be known about the owner of a key: the project with the name or the id of the scope, and its account.
///
/// Source: IAM API reference, "Querying Project Information Based on the Specified Criteria".
pub(super) async fn ask(
    address: &Address,
    key: &AccessKey,
    scope: Option<&TokenScope>,
    transport: &dyn Transport,
) -> Result<Identity, AuthError> {
    let wanted = scope.map(TokenScope::to_json).unwrap_or_default();
    let text = |place: &str| wanted.pointer(place).and_then(Value::as_str);
    let named = |id: Option<&str>, name: Option<&str>| {
        (id.is_some() || name.is_some()).then(|| Named {
            id: id.unwrap_or_default().into(),
            name: name.unwrap_or_default().into(),
        })
    };
    let mut identity = Identity {
        project: named(text("/project/id"), text("/project/name")),
        domain: named(text("/domain/id"), text("/domain/name")),
        ..Identity::default()
    };
    if let Some(project) = identity.project.as_mut().filter(|it| it.id.is_empty()) {
        let found = projects(address, key, transport, &project.name).await?;
        let mut found = found
            .iter()
            .filter(|it| it["name"] == project.name.as_str());
        let (Some(only), None) = (found.next(), found.next()) else {
            let message = format!(
                "there is not exactly one project with the name `{}`",
                project.name
            );
            return Err(AuthError::Token(message.into()));
        };
        *project = Named::read(only);
        let domain = only.get("domain_id").and_then(Value::as_str);
        identity.domain = named(domain, None);
    }
    Ok(identity)
}

async fn projects(
    address: &Address,
    key: &AccessKey,
    transport: &dyn Transport,
    name: &str,
) -> Result<Vec<Value>, AuthError> {
    let mut target = String::from("/v3/projects?name=");
    crate::request::push_encoded(&mut target, name.as_bytes());
    let target: Option<Uri> = target.parse().ok();
    let uri = target.and_then(|target| address.resolve(&target));
    let mut request = http::Request::new(Body::from(bytes::Bytes::new()));
    *request.method_mut() = Method::GET;
    *request.uri_mut() = uri.ok_or_else(|| AuthError::Token("its address is too long".into()))?;
    key.authenticate(&mut request, transport).await?;
    let response = transport.send(request, TIMEOUT).await;
    let (parts, mut body) = response.map_err(AuthError::Token)?.into_parts();
    let read = read_up_to(&mut body, RESPONSE_LIMIT).await;
    let bytes = read.map_err(|error| AuthError::Token(error.into()))?;
    if !parts.status.is_success() {
        return Err(AuthError::Refused {
            status: parts.status.as_u16(),
            message: excerpt(&String::from_utf8_lossy(&bytes), &[]),
        });
    }
    let mut json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    match json.get_mut("projects").map(Value::take) {
        Some(Value::Array(projects)) => Ok(projects),
        _ => Err(AuthError::Token(
            "the list of projects cannot be read".into(),
        )),
    }
}
