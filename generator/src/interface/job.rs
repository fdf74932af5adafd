//! Whether an operation starts a job, and which operation says what became of the job.
//! Only documented fields and paths count. If two operations may be the query, the job is not known.

use std::collections::BTreeSet;

use crate::model::reference::{In, Parameter};
use crate::model::schema::{Kind, Object, Scalar, Schema};
use crate::model::{Endpoint, Interface, is_version, parameters};

/// The job that an operation starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Job<'i> {
    /// The field of the response that has the identifier of the job.
    pub id: &'i str,
    /// The operation that says what became of the job.
    pub query: &'i Interface,
    /// How the query is given the identifier.
    pub key: Key<'i>,
    /// The fields that lead to the status in the response of the query.
    pub status: Vec<&'i str>,
    /// The fields that lead to the reason of a failure.
    pub reason: Option<Vec<&'i str>>,
    /// The fields that lead to the error code of a failure.
    pub code: Option<Vec<&'i str>>,
}

/// How a query is given the identifier of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'i> {
    /// As this parameter of the path.
    Path(&'i str),
    /// As this query parameter.
    Query(&'i str),
}

/// The words for a job that succeeded, in lower case. `JobSpec::SUCCESS` of the runtime has the same.
pub const SUCCESS: [&str; 3] = ["success", "succeeded", "completed"];
/// The words for a job that failed, in lower case. `JobSpec::FAILURE` of the runtime has the same.
pub const FAILURE: [&str; 3] = ["fail", "failed", "error"];
/// The fields for the reason of a failure.
const REASONS: [&str; 3] = ["failreason", "faileddetail", "errormsg"];
/// The fields for the code of a failure.
const CODES: [&str; 2] = ["errorcode", "failedcode"];

/// The job that `interface` starts. `service` has all interfaces of the same service. `None` if it starts none, or
/// if the pages do not settle how the job is asked for.
pub fn job<'i>(interface: &'i Interface, service: &'i [&'i Interface]) -> Option<Job<'i>> {
    let start = interface.endpoints.first()?;
    let is_change = start
        .method
        .as_deref()
        .is_some_and(|method| method != "GET");
    // An operation on a job returns the job that it is about.
    let is_on_job = parameters(&start.path).any(|it| plain(it.name) == "jobid");
    let fields = &object(interface, response(interface)?)?.properties;
    let is_id = |(name, schema): &&(String, Schema)| {
        plain(name) == "jobid" && resolved(interface, schema).kind == Kind::String
    };
    let (id, _) = fields.iter().find(is_id)?;
    if !is_change || is_on_job || has_own_query(start, service) {
        return None;
    }
    let queries = service.iter().filter_map(|query| candidate(query, id));
    let suitable = queries.filter_map(|(job, endpoint)| Some((shared(endpoint, start)?, job)));
    let mut best: Vec<(usize, Job<'i>)> = suitable.collect();
    let most = best.iter().map(|(shared, _)| *shared).max()?;
    best.retain(|(shared, _)| *shared == most);
    let (_, job) = best.pop()?;
    best.is_empty().then_some(job)
}

/// Whether a page asks for jobs below the path that starts them. Other queries may not know these jobs.
fn has_own_query(start: &Endpoint, service: &[&Interface]) -> bool {
    let is_below = |path: &str| {
        let below = path
            .strip_prefix(start.path.as_str())
            .filter(|below| below.starts_with('/'));
        below.is_some_and(|below| {
            // Another parameter means that the query is about a part of what is started.
            let mut names = parameters(below).map(|it| plain(it.name));
            names.next().is_some_and(|name| name == "jobid") && names.next().is_none()
        })
    };
    let mut endpoints = service.iter().filter_map(|it| it.endpoints.first());
    endpoints.any(|it| it.method.as_deref() == Some("GET") && is_below(&it.path))
}

/// `query` as the query of a job, if it is one.
fn candidate<'i>(query: &'i Interface, id: &'i str) -> Option<(Job<'i>, &'i Endpoint)> {
    let endpoint = query.endpoints.first()?;
    if endpoint.method.as_deref() != Some("GET") {
        return None;
    }
    let key = key(query, endpoint)?;
    let top = object(query, response(query)?)?;
    let place = ["", "job", "data"].iter().find_map(|around| {
        let (around, object) = match *around {
            "" => (None, top),
            name => {
                let (name, schema) = top.properties.iter().find(|(known, _)| known == name)?;
                (Some(name.as_str()), object(query, schema)?)
            }
        };
        is_told(query, object).then_some((around, object))
    });
    let (around, object) = place?;
    let place = |name: &'i str| around.into_iter().chain([name]).collect::<Vec<_>>();
    let field = |names: &[&str]| {
        let mut fields = object.properties.iter();
        let (name, _) = fields.find(|(name, schema)| {
            names.contains(&&*plain(name)) && resolved(query, schema).kind == Kind::String
        })?;
        Some(place(name))
    };
    let job = Job {
        id,
        query,
        key,
        status: place("status"),
        reason: field(&REASONS),
        code: field(&CODES),
    };
    Some((job, endpoint))
}

/// How the query is given the identifier: as the end of a path, `jobs/{job_id}`, or as the only required parameter
/// of the query, `jobs?id=`.
fn key<'i>(query: &'i Interface, endpoint: &'i Endpoint) -> Option<Key<'i>> {
    let mut segments = endpoint.path.rsplit('/').filter(|it| !it.is_empty());
    let last = segments.next()?;
    let is_jobs = |segment: &str| matches!(segment, "jobs" | "job");
    let is_required = |it: &&Parameter| it.location == In::Query && it.required;
    let mut required = query.parameters.iter().filter(is_required);
    if is_jobs(last) {
        let id = required.next().filter(|it| it.name == "id")?;
        return required.next().is_none().then_some(Key::Query(&id.name));
    }
    let name = last.strip_prefix('{')?.strip_suffix('}')?;
    let is_path = plain(name) == "jobid" && is_jobs(segments.next()?);
    (is_path && required.next().is_none()).then_some(Key::Path(name))
}

/// Whether `object` has a status whose words are known. The documentation often lists the words in prose only.
fn is_told(query: &Interface, object: &Object) -> bool {
    let status = object.properties.iter().find(|(name, _)| name == "status");
    let Some((_, schema)) = status else {
        return false;
    };
    let schema = resolved(query, schema);
    let has = |words: &[&str]| {
        schema.values.iter().any(|value| match value {
            Scalar::String(text) => words.contains(&&*text.to_ascii_lowercase()),
            _ => false,
        })
    };
    let is_known = schema.values.is_empty() || has(&SUCCESS) && has(&FAILURE);
    schema.kind == Kind::String && is_known
}

/// How many fixed segments the path of a query has in common with the path that starts the job. `None` if the query
/// is about something else, or if it needs a parameter that the start does not have.
fn shared(query: &Endpoint, start: &Endpoint) -> Option<usize> {
    let names: BTreeSet<&str> = parameters(&start.path).map(|it| it.name).collect();
    let own: BTreeSet<&str> = start.path.split('/').collect();
    let mut shared = 0;
    let mut segments = query.path.split('/').filter(|it| !it.is_empty()).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        if let Some(name) = segment.strip_prefix('{') {
            if !is_last && !names.contains(name.trim_end_matches('}')) {
                return None;
            }
        } else if own.contains(segment) {
            shared += 1;
        } else if !matches!(segment, "jobs" | "job") && !is_version(segment) {
            return None;
        }
    }
    Some(shared)
}

/// A name in lower case, without separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn response(interface: &Interface) -> Option<&Schema> {
    let mut good = interface.responses.iter().filter(|it| !it.failure);
    good.find_map(|response| response.schema.as_ref())
}

fn resolved<'i>(interface: &'i Interface, schema: &'i Schema) -> &'i Schema {
    match &schema.kind {
        Kind::Ref(name) => interface.schema(name).unwrap_or(schema),
        _ => schema,
    }
}

fn object<'i>(interface: &'i Interface, schema: &'i Schema) -> Option<&'i Object> {
    match &resolved(interface, schema).kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An interface: method and path, required query parameters, and the fields of the response as JSON.
    fn interface(id: &str, call: &str, queries: &[&str], fields: &str) -> Interface {
        let (method, path) = call.split_once(' ').unwrap();
        let queries: Vec<String> = queries
            .iter()
            .map(|name| {
                format!(r#"{{"name": "{name}", "in": "query", "required": true, "schema": {{}}, "line": 1}}"#)
            })
            .collect();
        let text = format!(
            r#"{{"permspec": 2, "service": "own", "page": {{"title": "", "path": "own/{id}.rst",
                "original_name": null, "doc_url": null, "sha256": "00"}},
                "id": "{id}", "permission": null, "line": 1, "deprecated": false,
                "endpoints": [{{"method": "{method}", "path": "{path}", "query": [], "body_action": null}}],
                "parameters": [{}], "request": null,
                "responses": [{{"status": 200, "schema": {{"type": "object", "properties": {{{fields}}}}}, "line": 1}}],
                "$defs": {{}}}}"#,
            queries.join(", ")
        );
        Interface::from_json(&text).unwrap()
    }

    const TEXT: &str = r#"{"type": "string"}"#;

    fn create() -> Interface {
        start("POST /v1.1/{project_id}/books")
    }

    fn start(call: &str) -> Interface {
        interface("CreateBook", call, &[], &format!(r#""job_id": {TEXT}"#))
    }

    fn query(call: &str) -> Interface {
        let fields = format!(r#""status": {TEXT}, "fail_reason": {TEXT}, "error_code": {TEXT}"#);
        interface("GetJob", call, &[], &fields)
    }

    fn found(start: &Interface, service: &[&Interface]) -> Option<String> {
        let job = job(start, service)?;
        let place = |place: Option<Vec<&str>>| place.map_or("-".into(), |it| it.join("."));
        let key = match job.key {
            Key::Path(name) => format!("{{{name}}}"),
            Key::Query(name) => format!("?{name}"),
        };
        let (status, reason) = (job.status.join("."), place(job.reason));
        Some(format!(
            "{} {key} {status} {reason} {}",
            job.query.page.path,
            place(job.code)
        ))
    }

    #[test]
    fn a_job_is_asked_for_at_the_end_of_a_path() {
        let query = query("GET /v1/{project_id}/jobs/{job_id}");
        let expected = "own/GetJob.rst {job_id} status fail_reason error_code";
        assert_eq!(found(&create(), &[&query]).unwrap(), expected);
        assert_eq!(found(&query, &[&query]), None);
        assert_eq!(found(&create(), &[]), None);
    }

    #[test]
    fn a_job_is_asked_for_by_its_only_required_query_parameter() {
        let fields = format!(r#""job": {{"type": "object", "properties": {{"status": {TEXT}}}}}"#);
        let with =
            |queries: &[&str]| interface("GetTask", "GET /v3/{project_id}/jobs", queries, &fields);
        let expected = "own/GetTask.rst ?id job.status - -";
        assert_eq!(found(&create(), &[&with(&["id"])]).unwrap(), expected);
        assert_eq!(found(&create(), &[&with(&[])]), None);
        assert_eq!(found(&create(), &[&with(&["id", "since"])]), None);
    }

    #[test]
    fn a_query_that_needs_more_than_the_start_has_is_another_one() {
        let query = query("GET /v1/{project_id}/jobs/{job_id}");
        assert_eq!(found(&start("POST /v2/books"), &[&query]), None);
        assert!(found(&start("DELETE /v2/{project_id}/books/{book_id}"), &[&query]).is_some());
    }

    #[test]
    fn a_query_about_other_things_is_another_one() {
        let streams = query("GET /v1/{project_id}/streaming/jobs/{job_id}");
        assert_eq!(found(&create(), &[&streams]), None);
        let stream = start("POST /v1/{project_id}/streaming/books");
        let plain = query("GET /v1/{project_id}/jobs/{job_id}");
        // The more they have in common, the better.
        let both: &[&Interface] = &[&plain, &streams];
        assert_eq!(job(&stream, both).unwrap().query, &streams);
    }

    #[test]
    fn a_query_below_the_path_of_the_start_is_the_one_that_knows_its_jobs() {
        let query = query("GET /v1/{project_id}/jobs/{job_id}");
        let own = interface("GetOwn", "GET /v1.1/{project_id}/books/{job_id}", &[], "");
        assert_eq!(found(&create(), &[&query, &own]), None);
        let other = interface("GetOwn", "GET /v1.1/{project_id}/books2/{job_id}", &[], "");
        assert!(found(&create(), &[&query, &other]).is_some());
    }

    #[test]
    fn two_queries_that_fit_alike_are_none() {
        let one = query("GET /v1/{project_id}/jobs/{job_id}");
        let other = query("GET /v2/{project_id}/jobs/{job_id}");
        assert_eq!(found(&create(), &[&one, &other]), None);
    }

    #[test]
    fn an_operation_on_a_job_and_one_that_changes_nothing_start_none() {
        let query = query("GET /v1/{project_id}/jobs/{job_id}");
        for call in [
            "PUT /v1/{project_id}/jobs/{job_id}/cancel",
            "GET /v1/{project_id}/books",
        ] {
            assert_eq!(found(&start(call), &[&query]), None, "{call}");
        }
    }

    #[test]
    fn a_status_whose_words_are_unknown_tells_nothing() {
        let with = |status: &str| {
            let fields = format!(r#""status": {status}"#);
            let query = interface("GetJob", "GET /v1/{project_id}/jobs/{job_id}", &[], &fields);
            found(&create(), &[&query]).is_some()
        };
        assert!(with(TEXT));
        assert!(with(
            r#"{"type": "string", "enum": ["Running", "Success", "Failed"]}"#
        ));
        assert!(!with(
            r#"{"type": "string", "enum": ["Running", "Gone", "Failed"]}"#
        ));
        assert!(!with(r#"{"type": "integer"}"#));
    }
}
