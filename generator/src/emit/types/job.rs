//! The jobs that operations start, in generated code: the type of the answer about a job, and the constant that tells
//! the runtime how a job is asked for.

use super::pages::place;
use super::rust::literal;
use super::shape::{Function, Job};
use crate::interface::job::{Key, job};
use crate::model::Interface;

/// The job that an operation starts, if its page documents one. `service` has all interfaces of the service,
/// `functions` all its functions, and `routes` is the name of the module of its routes.
pub(super) fn of(
    interface: &Interface,
    service: &[&Interface],
    functions: &[Function],
    routes: &str,
) -> Option<Job> {
    let found = job(interface, service)?;
    let query = functions.iter().find(|query| query.id == found.query.id)?;
    let (method, key) = match found.key {
        Key::Path(parameter) => ("by_path", parameter),
        Key::Query(parameter) => ("by_query", parameter),
    };
    let mut spec = format!(
        "typed::JobSpec::{method}({}, {routes}::Route::{}.spec(), {}, {})",
        literal(found.id),
        query.id,
        literal(key),
        place(&found.status),
    );
    if let Some(reason) = &found.reason {
        spec = format!("{spec}.with_reason({})", place(reason));
    }
    if let Some(code) = &found.code {
        spec = format!("{spec}.with_code({})", place(code));
    }
    Some(Job {
        answer: query.answer.clone(),
        spec,
    })
}
