//! Streamed bodies, in requests and responses.

use std::io::{self, Read};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use otc_api::ims;
use permspec_runtime::auth::AccessKey;
use permspec_runtime::{Body, ErrorKind, Request, Retry};
use permspec_tests::Server;

use super::wire::{Wire, answer};
use super::{IMAGE, both};

const LENGTH: u64 = 1_000_000;
const LARGE: u64 = 8 * 1024 * 1024;

fn upload() -> Request {
    ims::upload_image(IMAGE).header("Content-Type", "application/octet-stream")
}

fn sevens(length: u64) -> impl Read + Send + 'static {
    io::repeat(7).take(length)
}

#[test]
fn a_reader_arrives_with_its_length_or_in_chunks() {
    let server = Server::start(Router::new().fallback(|| async { "{}" }));
    for client in both(&server.url()) {
        for length in [Some(LENGTH), None] {
            let body = Body::reader(sevens(LENGTH), length);
            client.upload(upload(), body).unwrap();
            let received = server.received_one();
            let about = format!("{} {length:?}", client.name());
            assert_eq!(received.body.len() as u64, LENGTH, "{about}");
            assert!(received.body.iter().all(|byte| *byte == 7), "{about}");
            let announced = received
                .header("content-length")
                .map(|text| text.parse().unwrap());
            assert_eq!(announced, length, "{about}");
            let chunked = received.header("transfer-encoding");
            assert_eq!(chunked, length.is_none().then_some("chunked"), "{about}");
        }
    }
}

#[test]
fn a_large_answer_is_read_while_it_comes() {
    let large = any(|| async { axum::body::Body::new(Body::reader(sevens(LARGE), Some(LARGE))) });
    let routes = Router::new()
        .fallback_service(large)
        .layer(DefaultBodyLimit::disable());
    let server = Server::start(routes);
    for client in both(&server.url()) {
        let client = client.response_limit(1_000_000);
        let length = client.download(ims::list_image_members(IMAGE), 7).unwrap();
        assert_eq!(length as u64, LARGE, "{}", client.name());
        let error = client.send(ims::list_image_members(IMAGE)).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::TooLarge { .. }),
            "{error}"
        );
    }
}

#[test]
fn a_download_that_breaks_off_is_an_error_and_no_short_success() {
    let wire = Wire::start(|number| {
        let connection = "Connection: close\r\n";
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n{connection}\r\n");
        assert!(number < 100);
        Some((head + "xxxx").into_bytes())
    });
    for client in both(&wire.url) {
        let client = client.transfer_timeout(Duration::from_millis(300));
        let error = client
            .download(ims::list_image_members(IMAGE), b'x')
            .unwrap_err();
        assert!(
            error.contains("`ims.ListImageMembers`"),
            "{} {error}",
            client.name()
        );
    }
}

#[test]
fn a_download_that_is_refused_is_the_same_error_as_ever() {
    let wire = Wire::start(|_| answer("404 Not Found", "", "no image"));
    for client in both(&wire.url) {
        let error = client
            .download(ims::list_image_members(IMAGE), 0)
            .unwrap_err();
        assert!(error.ends_with("404 Not Found: no image"), "{error}");
    }
}

#[test]
fn a_body_that_is_gone_is_not_sent_again() {
    let wire = Wire::start(|_| answer("503 Service Unavailable", "Retry-After: 0\r\n", ""));
    for client in both(&wire.url) {
        let client = client.retry(Retry::attempts(3));
        let body = Body::reader(&b"image"[..], Some(5));
        assert_eq!(
            client.upload(upload(), body).unwrap_err().status().unwrap(),
            503
        );
        assert_eq!(wire.heads().len(), 1, "{}", client.name());
    }
}

#[test]
fn a_reader_that_fails_or_is_short_ends_the_call() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let server = Server::start(Router::new().fallback(|| async { "{}" }));
    for client in both(&server.url()) {
        let client = client.transfer_timeout(Duration::from_secs(5));
        let error = client
            .upload(upload(), Body::reader(Failing, Some(10)))
            .unwrap_err();
        assert!(
            format!("{error:#}").contains("the disk is gone"),
            "{} {error:#}",
            client.name()
        );
        let short = Body::reader(&b"abc"[..], Some(10));
        let error = client.upload(upload(), short).unwrap_err();
        assert!(
            format!("{error:#}").contains("shorter than announced"),
            "{error:#}"
        );
    }
}

#[test]
fn a_signed_upload_needs_a_length_within_the_limit() {
    let server = Server::start(Router::new().fallback(|| async { "{}" }));
    for client in both(&server.url()) {
        let client = client.auth(AccessKey::new("ak", "s3cret"));
        client
            .upload(upload(), Body::reader(sevens(1_000), Some(1_000)))
            .unwrap();
        let received = server.received_one();
        assert_eq!(
            received.header("x-sdk-content-sha256"),
            Some("UNSIGNED-PAYLOAD")
        );
        for length in [None, Some(12 * 1024 * 1024 + 1)] {
            let body = Body::reader(sevens(length.unwrap_or(1_000)), length);
            let error = client.upload(upload(), body).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Auth(_)), "{error}");
            assert!(error.to_string().ends_with("use a token"), "{error}");
        }
        assert!(server.received().is_empty());
    }
}
