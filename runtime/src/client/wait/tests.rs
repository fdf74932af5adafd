use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::*;
use crate::testing::{Recording, Reply, Scripted};
use crate::typed::{Call, Json, Operation};
use crate::{Body, BoxError, BoxFuture, Endpoint, Method, RouteSpec, Transport};

static CREATE: RouteSpec = RouteSpec {
    id: "CreateVolume",
    endpoints: &[Endpoint::new(
        Method::Post,
        "/v2/{project_id}/volumes/{kind}",
    )],
    ..RouteSpec::of("evs")
};
static GET_JOB: RouteSpec = RouteSpec {
    id: "GetJob",
    endpoints: &[Endpoint::new(Method::Get, "/v1/{project_id}/jobs/{job_id}")],
    ..RouteSpec::of("evs")
};
static GET_TASK: RouteSpec = RouteSpec {
    id: "GetTask",
    endpoints: &[Endpoint::new(Method::Get, "/v3/{project_id}/jobs")],
    ..RouteSpec::of("evs")
};

/// Operations in the form of generated ones.
macro_rules! starts {
    ($($name:ident: $job:expr;)+) => {$(
        struct $name(Call<Json>);

        impl Operation for $name {
            type Response = Json;

            fn into_call(self) -> Call<Json> {
                self.0
            }
        }

        impl Starts for $name {
            type Job = Json;
            const JOB: JobSpec = $job;
        }
    )+};
}

starts! {
    ByPath: JobSpec::by_path("job_id", &GET_JOB, "job_id", &["status"])
        .with_reason(&["fail_reason"])
        .with_code(&["error_code"]);
    ByQuery: JobSpec::by_query("job_id", &GET_TASK, "id", &["job", "status"]);
}

/// A transport on which pauses take no time and are noted.
#[derive(Clone)]
struct Virtual {
    cloud: Recording<Scripted>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Transport for Virtual {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        self.cloud.send(request, timeout)
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        self.pauses.lock().unwrap().push(pause);
        Box::pin(async {})
    }
}

impl Virtual {
    fn new(script: Scripted) -> Virtual {
        Virtual {
            cloud: Recording::new(script),
            pauses: Arc::default(),
        }
    }

    fn client(&self) -> BlockingClient {
        BlockingClient::over(self.clone(), "http://evs.test").unwrap()
    }

    fn paused(&self) -> Duration {
        self.pauses.lock().unwrap().iter().sum()
    }
}

fn call() -> Call<Json> {
    Call::new(Request::new(&CREATE, &["p1", "ssd"]))
}

fn started() -> Scripted {
    Scripted::new().reply(&CREATE, Reply::json(200, &json!({"job_id": "j1"})))
}

fn says(script: Scripted, answers: &[Value]) -> Scripted {
    answers.iter().fold(script, |script, answer| {
        script.reply(&GET_JOB, Reply::json(200, answer))
    })
}

fn status(status: &str) -> Value {
    json!({"status": status})
}

const TEN_MINUTES: Duration = Duration::from_secs(600);

#[test]
fn a_job_is_asked_for_until_it_has_succeeded() {
    let answers = [
        status("INIT"),
        status("RUNNING"),
        json!({"status": "SUCCESS", "entities": {"volume_id": "v1"}}),
    ];
    let network = Virtual::new(says(started(), &answers));
    let done = network.client().wait(ByPath(call()), TEN_MINUTES).unwrap();
    assert_eq!(done.response["job_id"], "j1");
    assert_eq!(done.job["entities"]["volume_id"], "v1");
    let asked = "evs.GetJob project_id=p1 job_id=j1\n".repeat(3);
    let sent = format!("evs.CreateVolume project_id=p1 kind=ssd\n{asked}");
    assert_eq!(network.cloud.to_string(), sent);
}

#[test]
fn the_async_client_waits_in_the_same_way() {
    let network = Virtual::new(says(started(), &[status("running"), status("success")]));
    let client = Client::over(network.clone(), "http://evs.test").unwrap();
    let done = block_on(client.wait(ByPath(call()), TEN_MINUTES)).unwrap();
    assert_eq!(done.job["status"], "success");
    assert_eq!(network.cloud.calls().len(), 3);
}

#[test]
fn a_job_is_asked_for_by_a_query_parameter() {
    let job = json!({"job": {"status": "Completed"}});
    let network = Virtual::new(started().reply(&GET_TASK, Reply::json(200, &job)));
    network.client().wait(ByQuery(call()), TEN_MINUTES).unwrap();
    let lines = network.cloud.to_string();
    assert!(
        lines.ends_with("evs.GetTask project_id=p1 id=j1\n"),
        "{lines}"
    );
}

#[test]
fn a_job_that_failed_is_an_error_with_its_reason() {
    let answer = json!({"status": "FAIL", "fail_reason": "no\nspace", "error_code": "EVS.1"});
    let network = Virtual::new(says(started(), &[status("RUNNING"), answer]));
    let error = network
        .client()
        .wait(ByPath(call()), TEN_MINUTES)
        .unwrap_err();
    let message = "`evs.GetJob` (GET /v1/p1/jobs/j1): job `j1` has failed: FAIL: EVS.1: no space";
    assert_eq!(error.to_string(), message);
    let ErrorKind::JobFailed { job_id, code, .. } = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!((job_id.as_str(), code.as_str()), ("j1", "EVS.1"));
}

#[test]
fn a_job_that_does_not_end_in_time_is_an_error_at_the_deadline() {
    let network = Virtual::new(started().always(&GET_JOB, Reply::json(200, &status("RUNNING"))));
    let error = network
        .client()
        .wait(ByPath(call()), TEN_MINUTES)
        .unwrap_err();
    let message = "job `j1` has not ended in time: RUNNING";
    assert!(error.to_string().ends_with(message), "{error}");
    assert!(matches!(error.kind(), ErrorKind::JobLate { .. }));
    // The real time that passed counts too, but it is short.
    let missing = TEN_MINUTES.saturating_sub(network.paused());
    assert!(missing < Duration::from_secs(5), "{missing:?}");
    let pauses = network.pauses.lock().unwrap();
    assert!(pauses[0] >= FIRST / 2 && pauses.iter().all(|pause| *pause <= LONGEST));
    assert!((40..100).contains(&pauses.len()), "{}", pauses.len());
    // Not all clients ask at the same moments.
    assert!(pauses.windows(2).any(|two| two[0] > two[1]));
}

#[test]
fn without_time_a_job_is_asked_for_once() {
    let network = Virtual::new(says(started(), &[status("SUCCESS")]));
    network
        .client()
        .wait(ByPath(call()), Duration::ZERO)
        .unwrap();
    let network = Virtual::new(says(started(), &[status("RUNNING")]));
    let error = network
        .client()
        .wait(ByPath(call()), Duration::ZERO)
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::JobLate { .. }));
}

#[test]
fn a_few_questions_may_fail_but_not_many() {
    let busy = |script: Scripted| script.reply(&GET_JOB, Reply::status(503));
    let script = busy(busy(started()));
    let script = busy(says(script, &[status("RUNNING")]));
    let network = Virtual::new(says(script, &[status("SUCCESS")]));
    network.client().wait(ByPath(call()), TEN_MINUTES).unwrap();

    let network = Virtual::new(started().always(&GET_JOB, Reply::status(503)));
    let error = network
        .client()
        .wait(ByPath(call()), TEN_MINUTES)
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(network.cloud.calls().len(), 4);

    let network = Virtual::new(started().always(&GET_JOB, Reply::status(403)));
    network
        .client()
        .wait(ByPath(call()), TEN_MINUTES)
        .unwrap_err();
    assert_eq!(network.cloud.calls().len(), 2);
}

#[test]
fn a_response_without_a_job_is_an_error_and_nothing_is_asked() {
    for body in ["", "{}", r#"{"job_id": null}"#, r#"{"order_id": "o1"}"#] {
        let script = Scripted::new().reply(&CREATE, Reply::status(200).body(body));
        let network = Virtual::new(script);
        let error = network
            .client()
            .wait(ByPath(call()), TEN_MINUTES)
            .unwrap_err();
        let cause = "the response does not have a `job_id`";
        assert!(format!("{error:#}").ends_with(cause), "{error:#}");
        assert_eq!(network.cloud.calls().len(), 1);
    }
}

/// A transport that notes where requests go.
struct Watched(Virtual, Arc<Mutex<Vec<String>>>);

impl Transport for Watched {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        self.1.lock().unwrap().push(request.uri().to_string());
        self.0.send(request, timeout)
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        self.0.wait(pause)
    }
}

#[test]
fn a_job_is_asked_for_at_the_address_of_the_call() {
    let network = Virtual::new(says(started(), &[status("SUCCESS")]));
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let client = BlockingClient::over(Watched(network, seen.clone()), "http://evs.test").unwrap();
    let call = call().at("http://other.test");
    client.wait(ByPath(call), TEN_MINUTES).unwrap();
    let seen = seen.lock().unwrap();
    assert!(
        seen.iter().all(|uri| uri.starts_with("http://other.test/")),
        "{seen:?}"
    );
}
