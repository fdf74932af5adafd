//! Servers that do not answer, answer half, or answer too much.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::get;
use otc_api::ims;
use permspec_runtime::ErrorKind;
use permspec_runtime::blocking::Client;
use permspec_tests::Server;
use serde_json::Value;

use crate::{IMAGE, TOKEN, always, client, shown};

#[test]
fn a_connection_that_is_refused_is_a_transport_error() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}"))
        .unwrap()
        .token(TOKEN);
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    let message = error.to_string().to_lowercase();
    assert!(
        message.starts_with("`ims.queryimagemembers` (get /v2/images/a/members): "),
        "{message}"
    );
    assert!(message.contains("refused"), "{message}");
    assert!(!shown(&error).contains(TOKEN));
}

#[test]
fn a_server_that_never_answers_ends_in_a_time_out() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = silent.local_addr().unwrap();
    let client = Client::new(&format!("http://{address}")).unwrap();
    let client = client.timeout(Duration::from_millis(100));
    let start = Instant::now();
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "the time-out that was set did not count"
    );
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    assert!(error.to_string().contains("timeout"), "{error}");
}

#[test]
fn an_answer_that_breaks_off_is_an_error_and_no_short_success() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let _ = socket.read(&mut [0; 4096]).unwrap();
        socket
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"members\": [")
            .unwrap();
    });
    let client = Client::new(&format!("http://{address}")).unwrap();
    let error = client.send(ims::query_image_members("a")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    server.join().unwrap();
}

#[test]
fn an_answer_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let server = always(Bytes::from_static(&[b'x'; 1_000]));
    let request = || ims::query_image_members(IMAGE);
    let answer = client(&server)
        .response_limit(1_000)
        .send(request())
        .unwrap();
    assert_eq!(answer.body().len(), 1_000);
    let error = client(&server)
        .response_limit(999)
        .send(request())
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::TooLarge { limit: 999 }),
        "{error}"
    );
}

#[test]
fn an_answer_of_another_shape_is_an_error_that_names_the_operation() {
    let server = Server::start(Router::new().fallback(get(|| async { "not json" })));
    let answer = client(&server)
        .send(ims::query_image_members(IMAGE))
        .unwrap();
    let error = answer.json::<Value>().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Json(_)), "{error}");
    assert_eq!(error.spec(), Some(ims::Route::QueryImageMembers.spec()));
}
