//! Whom a transport trusts.

use std::path::PathBuf;

use permspec_runtime::{ErrorKind, Network, Tls};
use rcgen::KeyPair;

use super::answers;
use super::servers::Authority;

fn with(tls: Tls) -> Network {
    Network::new().tls(tls)
}

#[test]
fn a_server_of_another_authority_is_trusted_only_with_its_file_or_without_any_check() {
    let authority = Authority::new();
    let url = format!("https://{}", authority.serve(false));
    for answer in answers(&Network::new(), &url) {
        assert!(
            answer
                .unwrap_err()
                .to_string()
                .ends_with("no complete response")
        );
    }
    let own = Tls {
        roots: Some(authority.file()),
        ..Tls::default()
    };
    let unchecked = Tls {
        insecure: true,
        ..Tls::default()
    };
    for tls in [own, unchecked] {
        for answer in answers(&with(tls), &url) {
            assert_eq!(answer.unwrap().text(), "true");
        }
    }
    let other = Tls {
        roots: Some(Authority::new().file()),
        ..Tls::default()
    };
    // Its folder is gone, so the file cannot be read. The next one can, and is for another authority.
    for answer in answers(&with(other), &url) {
        assert!(
            answer
                .unwrap_err()
                .to_string()
                .contains("ca.pem` cannot be read")
        );
    }
    let second = Authority::new();
    let other = Tls {
        roots: Some(second.file()),
        ..Tls::default()
    };
    for answer in answers(&with(other), &url) {
        assert!(answer.is_err());
    }
}

#[test]
fn a_server_that_wants_a_certificate_gets_that_of_the_caller() {
    let authority = Authority::new();
    let url = format!("https://{}", authority.serve(true));
    let (certificate, key) = authority.caller();
    let without = Tls {
        roots: Some(authority.file()),
        ..Tls::default()
    };
    for answer in answers(&with(without.clone()), &url) {
        assert!(answer.is_err());
    }
    let both = authority.folder().join("both.pem");
    let text = |file| std::fs::read_to_string(file).unwrap();
    std::fs::write(&both, text(&certificate) + &text(&key)).unwrap();
    for (certificate, key) in [(certificate, Some(key)), (both, None)] {
        let tls = Tls {
            certificate: Some(certificate),
            key,
            ..without.clone()
        };
        for answer in answers(&with(tls), &url) {
            assert_eq!(answer.unwrap().text(), "true");
        }
    }
}

#[test]
fn a_caller_that_checks_no_certificate_still_shows_its_own() {
    let authority = Authority::new();
    let url = format!("https://{}", authority.serve(true));
    let (certificate, key) = authority.caller();
    let tls = Tls {
        insecure: true,
        certificate: Some(certificate),
        key: Some(key),
        ..Tls::default()
    };
    for answer in answers(&with(tls), &url) {
        assert_eq!(answer.unwrap().text(), "true");
    }
}

#[test]
fn a_bundle_may_contain_a_certificate_that_cannot_be_used() {
    let authority = Authority::new();
    let url = format!("https://{}", authority.serve(false));
    let bundle = authority.folder().join("bundle.pem");
    let text = std::fs::read_to_string(authority.file()).unwrap();
    std::fs::write(&bundle, format!("# Authorities\n{USELESS}{text}")).unwrap();
    let tls = Tls {
        roots: Some(bundle),
        ..Tls::default()
    };
    for answer in answers(&with(tls), &url) {
        assert_eq!(answer.unwrap().text(), "true");
    }
}

/// PEM, but not X.509.
const USELESS: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

#[test]
fn a_file_of_no_use_is_an_error_that_names_it() {
    let authority = Authority::new();
    let (certificate, key) = authority.caller();
    let write = |name: &str, text: &str| {
        let file = authority.folder().join(name);
        std::fs::write(&file, text).unwrap();
        Some(file)
    };
    let empty = write("empty.pem", "nothing");
    let useless = write("useless.pem", USELESS);
    let cut = write("cut.pem", &USELESS[..40]);
    let other = KeyPair::generate().unwrap().serialize_pem();
    let other = write("other.key", &other);
    let locked = write(
        "locked.key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    );
    let odd = write(
        "odd.key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    let roots = |roots: &Option<PathBuf>| Tls {
        roots: roots.clone(),
        ..Tls::default()
    };
    let caller = |certificate: Option<PathBuf>, key: Option<PathBuf>| Tls {
        certificate,
        key,
        ..Tls::default()
    };
    let certificate = || Some(certificate.clone());
    for (tls, reason) in [
        (roots(&empty), "empty.pem` has no certificate in PEM format"),
        (
            roots(&useless),
            "useless.pem` has no certificate that can be used",
        ),
        (
            roots(&cut),
            "cut.pem` is not in PEM format from its beginning to its end",
        ),
        (
            caller(certificate(), empty.clone()),
            "empty.pem` has no private key",
        ),
        (
            caller(certificate(), None),
            "caller.pem` has no private key",
        ),
        (
            caller(certificate(), locked),
            "locked.key` has no private key",
        ),
        (
            caller(certificate(), odd),
            "odd.key` has a key that cannot be used",
        ),
        (
            caller(certificate(), other),
            "other.key` has a key that does not belong to",
        ),
        (
            caller(useless, Some(key.clone())),
            "useless.pem` has no certificate of the caller",
        ),
        (caller(None, Some(key)), "caller.key`, but no certificate"),
        (
            roots(&Some("nowhere.pem".into())),
            "`nowhere.pem` cannot be read",
        ),
    ] {
        for answer in answers(&with(tls), "https://127.0.0.1:1") {
            let error = answer.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Network { .. }), "{error}");
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
