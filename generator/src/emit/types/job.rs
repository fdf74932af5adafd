//! The jobs that operations start, in generated code: the type of the answer about a job, and the constant that tells
//! the runtime how a job is asked for.

use std::collections::BTreeMap;

use super::pages::place;
use super::rust::literal;
use super::shape::{Answer, Function, Job};
use crate::interface::job::{Key, job};
use crate::model::Interface;

/// Adds the jobs to the functions of a service. `routes` is the name of the module of its routes.
pub(super) fn add(functions: &mut [Function], interfaces: &[&Interface], routes: &str) {
    let answers: BTreeMap<String, Answer> = functions
        .iter()
        .map(|function| (function.id.clone(), function.answer.clone()))
        .collect();
    let by_id: BTreeMap<&str, &Interface> = interfaces
        .iter()
        .map(|interface| (interface.id.as_str(), *interface))
        .collect();
    for function in functions {
        let interface = by_id.get(function.id.as_str());
        function.job = interface.and_then(|interface| {
            let found = job(interface, interfaces)?;
            let query = format!("{routes}::Route::{}.spec()", found.query.id);
            let (method, key) = match found.key {
                Key::Path(parameter) => ("by_path", parameter),
                Key::Query(parameter) => ("by_query", parameter),
            };
            let mut spec = format!(
                "typed::JobSpec::{method}({}, {query}, {}, {})",
                literal(found.id),
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
                answer: answers.get(&found.query.id)?.clone(),
                spec,
            })
        });
    }
}
