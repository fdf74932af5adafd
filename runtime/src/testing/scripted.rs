//! A transport that answers from a script.
//! This module must never make an answer up: a call that the script does not have is an error.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::boxed::{BoxError, BoxFuture};
use crate::transport::{Body, Transport, read_up_to};
use crate::{Request, RouteSpec};

/// Answers calls from a script: for each operation its answers, in their order.
///
/// A call of an operation that has no answer left fails as if there were no connection, and the error says
/// so. Waits before another attempt take no time.
#[derive(Debug, Default)]
pub struct Scripted {
    answers: Mutex<Vec<Line>>,
}

/// What one operation is answered with.
#[derive(Debug)]
struct Line {
    spec: &'static RouteSpec,
    answers: VecDeque<Answer>,
    /// The answer when there is no other.
    always: Option<Answer>,
}

/// An answer of a script.
///
/// ```
/// use permspec_runtime::testing::Answer;
///
/// let busy = Answer::status(503).header("Retry-After", "1");
/// let gone = Answer::broken("connection reset");
/// let found = Answer::json(200, &serde_json::json!({"status": "accepted"}));
/// # let _ = (busy, gone, found);
/// ```
#[derive(Clone)]
pub struct Answer(Result<http::Response<Bytes>, String>);

impl Scripted {
    /// A script without an answer.
    pub fn new() -> Scripted {
        Scripted::default()
    }

    /// The next call of `spec` gets `answer`.
    #[must_use]
    pub fn answer(self, spec: &'static RouteSpec, answer: Answer) -> Scripted {
        self.with(spec, |line| line.answers.push_back(answer))
    }

    /// Every call of `spec` gets `answer`, once its other answers are used up.
    #[must_use]
    pub fn always(self, spec: &'static RouteSpec, answer: Answer) -> Scripted {
        self.with(spec, |line| line.always = Some(answer))
    }

    fn with(self, spec: &'static RouteSpec, change: impl FnOnce(&mut Line)) -> Scripted {
        let mut lines = self
            .answers
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let known = lines.iter().position(|line| line.spec == spec);
        let at = known.unwrap_or_else(|| {
            lines.push(Line {
                spec,
                answers: VecDeque::new(),
                always: None,
            });
            lines.len() - 1
        });
        change(&mut lines[at]);
        Scripted {
            answers: Mutex::new(lines),
        }
    }

    fn next(&self, spec: &'static RouteSpec) -> Result<http::Response<Bytes>, BoxError> {
        let mut lines = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.iter_mut().find(|line| line.spec == spec);
        let answer = line.and_then(|line| line.answers.pop_front().or_else(|| line.always.clone()));
        let Some(Answer(answer)) = answer else {
            return Err(format!("the script has no answer left for `{spec}`").into());
        };
        answer.map_err(Into::into)
    }
}

impl Answer {
    /// An answer without a body.
    ///
    /// # Panics
    /// Where `status` is no status code: it has three digits.
    pub fn status(status: u16) -> Answer {
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() =
            StatusCode::from_u16(status).expect("a status code has three digits");
        Answer(Ok(answer))
    }

    /// An answer with this body as JSON.
    ///
    /// # Panics
    /// Where `status` is no status code.
    pub fn json(status: u16, body: &serde_json::Value) -> Answer {
        Answer::status(status)
            .header("Content-Type", "application/json")
            .body(format!("{body}"))
    }

    /// No answer: the connection fails, for this reason.
    pub fn broken(reason: &str) -> Answer {
        Answer(Err(reason.into()))
    }

    /// The answer with another header.
    ///
    /// # Panics
    /// Where it is none that HTTP allows.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Answer {
        if let Ok(answer) = &mut self.0 {
            let name: HeaderName = name.parse().expect("a name of a header");
            let value = HeaderValue::from_str(value).expect("a value of a header");
            answer.headers_mut().append(name, value);
        }
        self
    }

    /// The answer with this body.
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Answer {
        Answer(self.0.map(|answer| answer.map(|_| body.into())))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(answer) => write!(f, "{}", answer.status()),
            Err(reason) => f.write_str(reason),
        }
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let call = request.extensions().get::<Request>();
            let spec = call.map(Request::spec);
            // A body that comes piece by piece is read as a server would, so that its errors show.
            read_up_to(&mut request.into_body(), u64::MAX).await?;
            let spec = spec.ok_or("the script answers operations only")?;
            Ok(self.next(spec)?.map(Body::from))
        })
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(core::future::ready(()))
    }
}
