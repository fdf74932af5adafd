//! What the vendor's implementation cannot be compared for: refusals, and what must not be shown.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;

const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const AT: SystemTime = SystemTime::UNIX_EPOCH;

fn key() -> AccessKey {
    AccessKey::new("QTWAOYTTINDUT2QVKYUC", SECRET)
}

fn put(host: &str, body: Vec<u8>) -> Request<Vec<u8>> {
    Request::put(format!("https://{host}/v2/images/a/file"))
        .header("content-type", "application/octet-stream")
        .body(body)
        .unwrap()
}

#[test]
fn a_body_of_12_mb_is_signed_and_a_byte_more_is_refused() {
    let limit = usize::try_from(BODY_LIMIT).unwrap();
    for key in [key(), key().sign_every_body()] {
        key.sign(&mut put("ims.test", vec![0; limit]), AT).unwrap();
        let error = key
            .sign(&mut put("ims.test", vec![0; limit + 1]), AT)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the body has 12582913 bytes, but a signed body may have at most 12582912; use a token"
        );
    }
}

#[test]
fn object_storage_is_refused() {
    for host in [
        "obs.eu-de.otc.t-systems.com",
        "bucket.OBS.eu-nl.otc.t-systems.com:443",
    ] {
        let error = key().sign(&mut put(host, vec![]), AT).unwrap_err();
        assert!(matches!(error, AuthError::ObjectStorage), "{error}");
        assert!(
            error
                .to_string()
                .starts_with("Object Storage Service signs in another way")
        );
    }
    key().sign(&mut put("observer.test", vec![]), AT).unwrap();
}

#[test]
fn a_stream_is_signed_only_if_the_signature_leaves_the_body_out() {
    let sign = |content_type: &str, length| {
        let mut request = put("ims.test", vec![]);
        let content_type = HeaderValue::from_str(content_type).unwrap();
        request.headers_mut().insert(CONTENT_TYPE, content_type);
        key().sign_with(&mut request, AT, |_| Payload::Stream(length))
    };
    sign("application/octet-stream", Some(BODY_LIMIT)).unwrap();
    let refused = |content_type, length| sign(content_type, length).unwrap_err();
    assert!(matches!(
        refused("application/json", Some(2)),
        AuthError::StreamedBody
    ));
    for length in [None, Some(BODY_LIMIT + 1)] {
        let error = refused("application/octet-stream", length);
        assert!(matches!(error, AuthError::BodyTooLarge { .. }), "{error}");
    }
}

#[test]
fn every_body_is_signed_on_request() {
    let signature = |key: &AccessKey, body: &[u8]| {
        let mut request = put("ims.test", body.to_vec());
        key.sign(&mut request, AT).unwrap();
        request.headers()[AUTHORIZATION].clone()
    };
    let every = key().sign_every_body();
    assert_eq!(signature(&key(), b"a"), signature(&key(), b"b"), "left out");
    assert_ne!(signature(&every, b"a"), signature(&every, b"b"));
}

#[test]
fn what_a_key_adds_is_signed() {
    let key = key().security_token("t0ken").project_id("p").domain_id("d");
    let mut request = Request::get("https://ims.test/").body("").unwrap();
    key.sign(&mut request, AT).unwrap();
    let authorization = request.headers()[AUTHORIZATION].to_str().unwrap();
    assert!(
        authorization
            .contains("SignedHeaders=host;x-domain-id;x-project-id;x-sdk-date;x-security-token,"),
        "{authorization}"
    );
    assert_eq!(request.headers()["x-security-token"], "t0ken");
    // Signing it again, as for another attempt, does not change it.
    let before = request.headers().clone();
    key.sign(&mut request, AT).unwrap();
    assert_eq!(request.headers(), &before);
}

#[test]
fn a_request_without_a_host_or_with_another_date_is_refused() {
    let mut relative = Request::get("/v2/images").body("").unwrap();
    let error = key().sign(&mut relative, AT).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("neither an absolute address nor a `Host`")
    );
    let mut dated = Request::get("https://ims.test/")
        .header("x-sdk-date", "2024-04-16T09:53:41Z")
        .body("")
        .unwrap();
    assert!(key().sign(&mut dated, AT).is_err());
}

#[test]
fn no_secret_is_shown() {
    let key = AccessKey::new("ak", SECRET).security_token("t0ken");
    let mut request = Request::get("https://ims.test/").body("").unwrap();
    key.sign(&mut request, AT).unwrap();
    let shown = format!("{key:?} {key:#?} {request:?}");
    assert!(
        !shown.contains(SECRET) && !shown.contains("t0ken"),
        "{shown}"
    );
    assert!(!shown.contains("Signature"), "{shown}");

    let key = AccessKey::new("ak", SECRET).security_token("t0ken\r\nX-Admin: 1");
    let error = key
        .sign(&mut Request::get("https://ims.test/").body("").unwrap(), AT)
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("t0ken"));
}

#[test]
fn keys_are_overwritten_when_they_are_dropped() {
    fn overwritten<T: zeroize::ZeroizeOnDrop>(_: &T) {}
    overwritten(&key().secret);
    // The feature that overwrites the state of the hash is enabled.
    overwritten(&Sha256::new());
}
