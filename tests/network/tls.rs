//! Whom a transport trusts.

use permspec_runtime::{Network, Tls};

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
fn a_file_of_no_use_is_an_error_that_names_it() {
    let authority = Authority::new();
    let (certificate, key) = authority.caller();
    let empty = authority.folder().join("empty.pem");
    std::fs::write(&empty, "nothing").unwrap();
    let roots = Tls {
        roots: Some(empty.clone()),
        ..Tls::default()
    };
    let keyless = Tls {
        certificate: Some(certificate),
        key: Some(empty.clone()),
        ..Tls::default()
    };
    let alone = Tls {
        key: Some(key),
        ..Tls::default()
    };
    for (tls, [first, second]) in [
        (roots, ["empty.pem` has no certificate in PEM format"; 2]),
        (
            keyless,
            [
                "empty.pem` has no private key in PEM format",
                "caller.pem` has no certificate with a private key in PEM format",
            ],
        ),
        (alone, ["a key of the caller, but no certificate"; 2]),
    ] {
        let [blocking, asynchronous] = answers(&with(tls), "https://127.0.0.1:1");
        let (blocking, asynchronous) = (blocking.unwrap_err(), asynchronous.unwrap_err());
        assert!(blocking.to_string().contains(first), "{blocking}");
        assert!(asynchronous.to_string().contains(second), "{asynchronous}");
    }
}
