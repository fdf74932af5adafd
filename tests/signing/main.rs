//! Compares signatures with those of the vendor's own implementation (`vectors.py`), byte for byte.
//! The expected values must never come from this project's code.

use std::time::SystemTime;

use http::{HeaderName, HeaderValue, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use permspec_runtime::auth::AccessKey;
use permspec_tests::root;
use serde_json::Value;

/// A request of the file. It is not signed yet.
fn request(vector: &Value) -> Request<Vec<u8>> {
    let pairs = vector["query"].as_array().unwrap();
    let encoded =
        |value: &Value| utf8_percent_encode(value.as_str().unwrap(), NON_ALPHANUMERIC).to_string();
    let query: Vec<String> = pairs
        .iter()
        .map(|pair| format!("{}={}", encoded(&pair[0]), encoded(&pair[1])))
        .collect();
    let [host, path, body] = ["host", "path", "body"].map(|key| vector[key].as_str().unwrap());
    let separator = if query.is_empty() { "" } else { "?" };
    let target = format!("https://{host}{path}{separator}{}", query.join("&"));
    let body = body
        .chars()
        .map(|byte| u8::try_from(u32::from(byte)).unwrap());
    let mut request = Request::builder()
        .method(vector["method"].as_str().unwrap())
        .uri(target)
        .body(body.collect())
        .unwrap();
    for pair in vector["headers"].as_array().unwrap() {
        let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
        // `from_str` accepts only ASCII, and the vendor signs UTF-8.
        let value = HeaderValue::from_bytes(pair[1].as_str().unwrap().as_bytes()).unwrap();
        request.headers_mut().append(name, value);
    }
    let date = HeaderValue::from_str(vector["date"].as_str().unwrap()).unwrap();
    request.headers_mut().insert("x-sdk-date", date);
    request
}

#[test]
fn every_request_is_signed_as_the_vendor_signs_it() {
    let text = std::fs::read_to_string(root().join("tests/signing/vectors.jsonl")).unwrap();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for line in text.lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let key = AccessKey::new(
            vector["access"].as_str().unwrap(),
            vector["secret"].as_str().unwrap(),
        );
        let mut request = request(&vector);
        key.sign(&mut request, SystemTime::UNIX_EPOCH).unwrap();
        let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
        let authorization = vector["authorization"].as_str().map(str::as_bytes);
        let content = vector["content"].as_str().map(str::as_bytes);
        if header("authorization") != authorization || header("x-sdk-content-sha256") != content {
            wrong.push(vector["about"].to_string());
        }
        compared += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared}: {wrong:#?}",
        wrong.len()
    );
    assert!(compared >= 200, "only {compared} vectors");
}
