//! No log and no error contains a secret, even at the most verbose level.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use otc_api::ims;
use permspec_runtime::auth::AccessKey;
use permspec_tests::Server;
use tracing_subscriber::fmt::MakeWriter;

use super::{IMAGE, both};

const SECRETS: [&str; 4] = [
    "t0ken-s3cret",
    "key-s3cret",
    "session-s3cret",
    "query-s3cret",
];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Log;

    fn make_writer(&'w self) -> Log {
        self.clone()
    }
}

/// A server that repeats everything that it received.
async fn echo(headers: HeaderMap) -> (StatusCode, [(&'static str, String); 1], String) {
    let told: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    let id = headers
        .get("x-auth-token")
        .map_or("id", |token| token.to_str().unwrap());
    (
        StatusCode::UNAUTHORIZED,
        [("x-request-id", id.into())],
        told.join("\n"),
    )
}

#[test]
fn no_log_and_no_error_has_a_secret() {
    let log = Log::default();
    // This includes everything that libraries log with `log` or `tracing`. A process has one logger, so this is one
    // test.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .init();
    let server = Server::start(Router::new().fallback(echo));
    let mut shown = String::new();
    for client in both(&server.url()) {
        let request = ims::list_image_members(IMAGE).query("marker", "query-s3cret");
        let by_token = client.clone().token("t0ken-s3cret");
        let key = AccessKey::new("ak", "key-s3cret").security_token("session-s3cret");
        let by_key = client.clone().auth(key);
        let own = request.clone().header("x-auth-token", "t0ken-s3cret");
        for error in [
            by_token.send(request.clone()).unwrap_err(),
            by_key.send(request).unwrap_err(),
            client.send(own).unwrap_err(),
        ] {
            assert_eq!(error.status().unwrap(), 401);
            shown.extend([format!("{error:#}\n{error:#?}\n{:?}\n", error.response())]);
        }
    }
    let signatures = shown.matches("Signature=").count();
    assert_eq!(signatures, 0, "a signature is shown: {shown}");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    // ureq logs every byte that it sends at the level TRACE. Its callers cannot prevent that, and the
    // documentation of `Ureq` says so. Only these lines are left out.
    let is_dump = |line: &&str| line.contains(" TRACE ") && line.contains("ureq_proto::util");
    let (dump, lines): (Vec<&str>, Vec<&str>) = log.lines().partition(is_dump);
    assert!(
        !dump.is_empty(),
        "ureq does so no longer; leave nothing out"
    );
    let log = lines.join("\n");
    assert!(
        log.contains("permspec.call") && log.contains("ims.ListImageMembers"),
        "{log}"
    );
    for secret in &SECRETS[..3] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    // The texts of this project do not contain the query either. HTTP libraries may log their URL.
    assert!(!shown.contains("query-s3cret"), "{shown}");
    let own = log.lines().filter(|line| line.contains("permspec_runtime"));
    assert!(
        own.clone().all(|line| !line.contains("query-s3cret")),
        "{log}"
    );
}
