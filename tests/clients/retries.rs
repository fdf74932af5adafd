//! Which requests are repeated, how often and when.

use std::time::{Duration, Instant, SystemTime};

use otc_api::ims;
use permspec_runtime::{Request, Retry};

use super::wire::{Wire, answer};
use super::{IMAGE, MEMBER, both};

const QUICK: Retry = Retry::attempts(3).first_wait(Duration::from_millis(2));

/// A server that fails twice and then succeeds.
fn fails_twice(failure: impl Into<Option<Vec<u8>>>) -> Wire {
    let response = failure.into();
    Wire::start(move |number| {
        if number < 2 {
            response.clone()
        } else {
            Some(answer("200 OK", "", "{}"))
        }
    })
}

fn get() -> Request {
    ims::list_image_members(IMAGE)
}

#[test]
fn nothing_is_tried_again_unless_it_was_asked_for() {
    let wire = fails_twice(answer("503 Service Unavailable", "", ""));
    for client in both(&wire.url) {
        assert_eq!(client.send(get()).unwrap_err().status().unwrap(), 503);
        assert_eq!(wire.heads().len(), 1, "{}", client.name());
    }
}

#[test]
fn idempotent_calls_are_tried_again_until_they_succeed() {
    for failure in [
        Some(answer("429 Too Many Requests", "", "")),
        Some(answer("500 Internal Server Error", "", "")),
        Some(answer("502 Bad Gateway", "", "")),
        Some(answer("503 Service Unavailable", "Retry-After: 0\r\n", "")),
        Some(answer("504 Gateway Timeout", "", "")),
        Some(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{".to_vec()),
        None,
    ] {
        let wire = fails_twice(failure);
        for client in both(&wire.url) {
            let client = client.retry(QUICK).timeout(Duration::from_millis(300));
            for request in [get(), ims::delete_image_member(IMAGE, MEMBER)] {
                client
                    .send(request)
                    .unwrap_or_else(|error| panic!("{} {error}", client.name()));
                assert!(wire.heads().len() >= 3);
            }
        }
    }
}

#[test]
fn what_may_have_been_done_is_not_repeated() {
    let wire = fails_twice(answer("503 Service Unavailable", "Retry-After: 0\r\n", ""));
    for client in both(&wire.url) {
        let client = client.retry(QUICK);
        assert!(client.send(ims::add_image_members_in_batches()).is_err());
        assert_eq!(wire.heads().len(), 1, "POST");
        assert!(client.send(ims::update_image(IMAGE)).is_err());
        assert_eq!(wire.heads().len(), 1, "PATCH");
    }
}

#[test]
fn a_refusal_that_will_stay_is_not_repeated() {
    for status in [
        "400 Bad Request",
        "403 Forbidden",
        "404 Not Found",
        "409 Conflict",
    ] {
        let wire = fails_twice(answer(status, "", ""));
        for client in both(&wire.url) {
            assert!(client.retry(QUICK).send(get()).is_err());
            assert_eq!(wire.heads().len(), 1, "{status}");
        }
    }
}

#[test]
fn the_last_error_stands_when_attempts_are_used_up() {
    let wire = Wire::start(|number| answer("503 Service Unavailable", "", &format!("{number}")));
    for client in both(&wire.url) {
        let error = client.retry(QUICK).send(get()).unwrap_err();
        assert_eq!(error.response().unwrap().text(), "2");
        assert_eq!(wire.heads().len(), 3);
    }
}

#[test]
fn retry_after_counts_in_seconds_and_as_a_date() {
    let seconds = || String::from("1");
    // A date has whole seconds, so two of them are at least one second.
    let date = || httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    for asked in [seconds as fn() -> String, date] {
        let asked = asked();
        let headers = format!("Retry-After: {asked}\r\n");
        let wire = Wire::start(move |number| match number {
            0 => answer("503 Service Unavailable", &headers, ""),
            _ => answer("200 OK", "", "{}"),
        });
        let [client, _] = both(&wire.url);
        let start = Instant::now();
        client
            .retry(QUICK.longest_wait(Duration::from_secs(5)))
            .send(get())
            .unwrap();
        assert!(start.elapsed() >= Duration::from_millis(900), "{asked}");
    }
}

#[test]
fn a_server_that_asks_for_more_patience_than_there_is_gets_no_second_call() {
    let wire = fails_twice(answer("429 Too Many Requests", "Retry-After: 3600\r\n", ""));
    for client in both(&wire.url) {
        let start = Instant::now();
        assert_eq!(
            client
                .retry(QUICK)
                .send(get())
                .unwrap_err()
                .status()
                .unwrap(),
            429
        );
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(wire.heads().len(), 1);
    }
}
