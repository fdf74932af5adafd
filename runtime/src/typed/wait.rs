//! Operations that start a job: where the job's identifier is, and which operation says what became of the job.
//! This is data that generated code states. A client's `wait` acts on it.

use super::{FromBody, Operation, Place};
use crate::RouteSpec;

/// An operation that starts a job. A client's `wait` calls it and waits until the job has ended.
pub trait Starts: Operation {
    /// What the query of the job returns.
    type Job: FromBody;

    /// How the job is asked for.
    const JOB: JobSpec;
}

/// How a job is asked for.
///
/// ```
/// use permspec_runtime::typed::JobSpec;
/// use permspec_runtime::{Endpoint, Method, RouteSpec};
///
/// static GET_JOB: RouteSpec = RouteSpec {
///     id: "GetJob",
///     endpoints: &[Endpoint::new(Method::Get, "/v1/{project_id}/jobs/{job_id}")],
///     ..RouteSpec::of("evs")
/// };
/// const JOB: JobSpec = JobSpec::by_path("job_id", &GET_JOB, "job_id", &["status"])
///     .with_reason(&["fail_reason"])
///     .with_code(&["error_code"]);
/// # let _ = JOB;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobSpec {
    id: &'static str,
    query: &'static RouteSpec,
    key: Key,
    status: Place,
    reason: Option<Place>,
    code: Option<Place>,
}

/// How the query is given the identifier of the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Path(&'static str),
    Query(&'static str),
}

impl JobSpec {
    /// The words for a job that succeeded, in lower case. Services write them in either case. A word that is neither
    /// here nor in [`FAILURE`](JobSpec::FAILURE) means that the job has not ended.
    pub const SUCCESS: [&str; 3] = ["success", "succeeded", "completed"];
    /// The words for a job that failed, in lower case.
    pub const FAILURE: [&str; 3] = ["fail", "failed", "error"];

    const fn new(id: &'static str, query: &'static RouteSpec, key: Key, status: Place) -> JobSpec {
        JobSpec {
            id,
            query,
            key,
            status,
            reason: None,
            code: None,
        }
    }

    /// The response has the identifier in the field `id`. The operation `query` takes it as the path parameter
    /// `parameter`, and its response has the status in `status`. The other path parameters of `query` are those of
    /// the operation that started the job.
    pub const fn by_path(
        id: &'static str,
        query: &'static RouteSpec,
        parameter: &'static str,
        status: Place,
    ) -> JobSpec {
        JobSpec::new(id, query, Key::Path(parameter), status)
    }

    /// The same for an operation `query` that takes the identifier as the query parameter `parameter`.
    pub const fn by_query(
        id: &'static str,
        query: &'static RouteSpec,
        parameter: &'static str,
        status: Place,
    ) -> JobSpec {
        JobSpec::new(id, query, Key::Query(parameter), status)
    }

    /// Where the response of the query says why the job failed.
    #[must_use]
    pub const fn with_reason(self, field: Place) -> JobSpec {
        JobSpec {
            reason: Some(field),
            ..self
        }
    }

    /// Where the response of the query has the error code of a failure.
    #[must_use]
    pub const fn with_code(self, field: Place) -> JobSpec {
        JobSpec {
            code: Some(field),
            ..self
        }
    }
}

#[cfg(feature = "client")]
mod state {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::super::wire::scalar_text;
    use super::super::{Node, Place};
    use super::{JobSpec, Key};
    use crate::{Endpoint, OWN, Request};

    /// What a query says about a job.
    #[derive(Debug)]
    pub(crate) enum JobState {
        Running {
            status: String,
        },
        Succeeded,
        Failed {
            status: String,
            code: String,
            reason: String,
        },
    }

    impl JobSpec {
        /// The field of the response that has the identifier.
        pub(crate) fn id_field(&self) -> &'static str {
            self.id
        }

        /// The identifier of the job in the body of the response that started it.
        pub(crate) fn id(&self, body: &[u8]) -> Result<Option<String>, serde_json::Error> {
            if body.trim_ascii().is_empty() {
                return Ok(None);
            }
            let id = text(&Node::parse(body)?, &[self.id]);
            Ok(Some(id).filter(|id| !id.is_empty()))
        }

        /// The request that asks for the job `id`, which `start` started.
        pub(crate) fn request(&self, start: &Request, id: &str) -> Request {
            let endpoint = self.query.endpoints.first();
            let value = |name: &'static str| match self.key {
                Key::Path(parameter) if parameter == name => id,
                _ => {
                    let mut known = start.parameters();
                    let found = known.find_map(|(known, value)| (known == name).then_some(value));
                    // The start left it open, too.
                    found.unwrap_or(OWN)
                }
            };
            let names = endpoint.into_iter().flat_map(Endpoint::parameters);
            let values: Vec<&str> = names.map(value).collect();
            let mut request = Request::new(self.query, &values);
            if let Key::Query(parameter) = self.key {
                request = request.query(parameter, id);
            }
            match start.address() {
                Some(address) => request.at(address),
                None => request,
            }
        }

        /// What the body of a response of the query says.
        pub(crate) fn state(&self, body: &[u8]) -> Result<JobState, serde_json::Error> {
            let node = Node::parse(body)?;
            let status = text(&node, self.status);
            let is = |words: &[&str]| words.iter().any(|word| status.eq_ignore_ascii_case(word));
            let shown =
                |place: Option<Place>| place.map_or_else(String::new, |place| text(&node, place));
            Ok(if is(&JobSpec::SUCCESS) {
                JobState::Succeeded
            } else if is(&JobSpec::FAILURE) {
                JobState::Failed {
                    code: shown(self.code),
                    reason: shown(self.reason),
                    status,
                }
            } else {
                JobState::Running { status }
            })
        }
    }

    /// The text at a place. Empty if there is none.
    fn text(node: &Node<'_>, place: &[&str]) -> String {
        let found = place.iter().try_fold(node, |node, name| node.get(name));
        let text = found.and_then(scalar_text);
        text.map_or_else(String::new, |(text, _)| text.to_string())
    }
}

#[cfg(feature = "client")]
pub(crate) use state::JobState;
