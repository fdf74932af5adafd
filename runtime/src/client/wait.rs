//! Calls that start a job: the call, then questions about the job until it has ended or the time is over.
//! It must never start the job twice, and never ask without an end.

use core::time::Duration;
use std::time::Instant;

use pollster::block_on;
use serde_core::de::Error as _;

use super::retry::is_passing;
use super::{BlockingClient, Client, Engine, Error, ErrorKind, Response};
use crate::Request;
use crate::transport::excerpt;
use crate::typed::{JobSpec, JobState, Starts};

/// The bound of the first pause, and of every pause.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(15);
/// How many questions in a row may fail for a passing reason.
const FAILURES: u32 = 3;

/// A job that has succeeded, and the response to the call that started it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JobDone<R, J> {
    /// The response to the call that started the job.
    pub response: R,
    /// The last response of the query of the job. It often names what the job made.
    pub job: J,
}

impl Engine {
    /// Sends `request`, which starts a job, and waits for the job. Returns the responses of start and query.
    async fn wait(
        &self,
        job: JobSpec,
        request: Request,
        deadline: Duration,
    ) -> Result<(Response, Response), Error> {
        let start = request.outline_at_address();
        let started = self.send(request).await?;
        let failed = |error| Error::new(started.call().clone(), ErrorKind::Json(error));
        let id = job.id(started.body()).map_err(failed)?;
        let id = id.ok_or_else(|| {
            let message = format_args!("the response does not have a `{}`", job.id_field());
            failed(serde_json::Error::custom(message))
        })?;
        let query = job.request(&start, &id);
        let mut clock = Clock::new(deadline);
        let mut failures = 0;
        loop {
            self.pause(clock.pause()).await;
            let answer = match self.send(query.clone()).await {
                Ok(answer) => answer,
                Err(error) => {
                    failures += 1;
                    if failures >= FAILURES || clock.is_over() || !is_passing(&error) {
                        return Err(error);
                    }
                    continue;
                }
            };
            failures = 0;
            let ended = |kind| Error::new(answer.call().clone(), kind);
            let state = job.state(answer.body());
            match state.map_err(|error| ended(ErrorKind::Json(error)))? {
                JobState::Succeeded => return Ok((started, answer)),
                JobState::Failed {
                    status,
                    code,
                    reason,
                } => {
                    return Err(ended(ErrorKind::JobFailed {
                        job_id: id,
                        status: excerpt(&status, &[]),
                        code: excerpt(&code, &[]),
                        reason: excerpt(&reason, &[]),
                    }));
                }
                JobState::Running { status } if clock.is_over() => {
                    let status = excerpt(&status, &[]);
                    return Err(ended(ErrorKind::JobLate { job_id: id, status }));
                }
                JobState::Running { .. } => {}
            }
        }
    }
}

/// The time until the deadline. Pauses count as long as they should be, so a test needs no time.
struct Clock {
    begin: Instant,
    deadline: Duration,
    paused: Duration,
    bound: Duration,
}

impl Clock {
    fn new(deadline: Duration) -> Clock {
        Clock {
            begin: Instant::now(),
            deadline,
            paused: Duration::ZERO,
            bound: FIRST,
        }
    }

    fn left(&self) -> Duration {
        let passed = self.begin.elapsed().max(self.paused);
        self.deadline.saturating_sub(passed)
    }

    fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// The next pause: between half of the bound and the bound, so that many clients do not ask at one moment.
    /// The last pause ends at the deadline.
    fn pause(&mut self) -> Duration {
        let pause = self.bound.mul_f64(0.5 + fastrand::f64() / 2.0);
        let pause = pause.min(self.left());
        self.bound = self.bound.mul_f64(1.5).min(LONGEST);
        self.paused += pause;
        pause
    }
}

impl Client {
    /// Calls `operation`, which starts a job, and waits until the job has succeeded. It asks for the job after about
    /// a second, and then less and less often, up to every 15 seconds.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use permspec_runtime::typed::Starts;
    /// use permspec_runtime::{Client, Error, ErrorKind};
    ///
    /// async fn run(client: &Client, create: impl Starts) -> Result<(), Error> {
    ///     match client.wait(create, Duration::from_secs(600)).await {
    ///         Err(error) if matches!(error.kind(), ErrorKind::JobLate { .. }) => println!("it takes longer"),
    ///         other => drop(other?.job),
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns the same errors as [`call`](Client::call) for the call and for each question, except that questions
    /// may fail twice in a row for a passing reason. Returns [`ErrorKind::JobFailed`] if the job failed, and
    /// [`ErrorKind::JobLate`] if it did not end within `deadline` after the call. The job continues then.
    pub async fn wait<O: Starts>(
        &self,
        operation: O,
        deadline: Duration,
    ) -> Result<JobDone<O::Response, O::Job>, Error> {
        let request = operation.into_call().into_request();
        let (started, answer) = self.engine.wait(O::JOB, request, deadline).await?;
        done(&started, &answer)
    }
}

impl BlockingClient {
    /// Calls `operation`, which starts a job, and waits until the job has succeeded. It asks for the job after about
    /// a second, and then less and less often, up to every 15 seconds.
    ///
    /// # Errors
    /// Returns the same errors as [`call`](BlockingClient::call) for the call and for each question, except that
    /// questions may fail twice in a row for a passing reason. Returns [`ErrorKind::JobFailed`] if the job failed,
    /// and [`ErrorKind::JobLate`] if it did not end within `deadline` after the call. The job continues then.
    pub fn wait<O: Starts>(
        &self,
        operation: O,
        deadline: Duration,
    ) -> Result<JobDone<O::Response, O::Job>, Error> {
        let request = operation.into_call().into_request();
        let (started, answer) = block_on(self.engine.wait(O::JOB, request, deadline))?;
        done(&started, &answer)
    }
}

fn done<R, J>(started: &Response, answer: &Response) -> Result<JobDone<R, J>, Error>
where
    R: crate::typed::FromBody,
    J: crate::typed::FromBody,
{
    Ok(JobDone {
        response: started.read()?,
        job: answer.read()?,
    })
}

#[cfg(test)]
mod tests;
