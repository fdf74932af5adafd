//! Which proxy a request goes through.

use permspec_runtime::{Network, Tls};
use permspec_tests::cargo;

use super::answers;
use super::servers::{Authority, Proxy, plain};

#[test]
fn a_stated_proxy_carries_every_request_and_its_password_is_not_shown() {
    let proxy = Proxy::to(plain());
    let network = Network::new().proxy(&format!("http://user:s3cret@{}", proxy.address));
    for answer in answers(&network, "http://demo.test") {
        assert_eq!(answer.unwrap().text(), "true");
    }
    let noted = proxy.noted();
    assert_eq!(noted.len(), 2, "{noted:?}");
    for note in noted {
        assert!(
            note.contains("demo.test") && note.contains("Basic dXNlcjpzM2NyZXQ="),
            "{note}"
        );
    }
    assert!(!format!("{network:?}").contains("s3cret"));
    for url in ["://user:s3cret@", "nothing useful:s3cret"] {
        for answer in answers(&Network::new().proxy(url), "http://demo.test") {
            let error = answer.unwrap_err();
            assert!(
                error.to_string().contains("the proxy is not a URL"),
                "{error}"
            );
            assert!(!format!("{error:?} {error:#}").contains("s3cret"));
        }
    }
}

#[test]
fn an_https_request_is_tunnelled_through_a_proxy() {
    let authority = Authority::new();
    let server = authority.serve(false);
    let proxy = Proxy::to(server);
    let tls = Tls {
        roots: Some(authority.file()),
        ..Tls::default()
    };
    let network = Network::new()
        .proxy(&format!("http://{}", proxy.address))
        .tls(tls);
    for answer in answers(&network, &format!("https://{server}")) {
        assert_eq!(answer.unwrap().text(), "true");
    }
    let connect = format!("CONNECT {server} HTTP/1.1 ");
    assert_eq!(proxy.noted(), [connect.clone(), connect]);
}

/// Environment variables belong to a process, so another process sends these requests.
#[test]
fn a_proxy_of_the_environment_is_not_used_for_the_local_machine() {
    let server = plain();
    let proxy = Proxy::to(server);
    for (url, through) in [("http://demo.test", 2), (&*format!("http://{server}"), 0)] {
        let run = cargo()
            .args(["run", "--quiet", "--package", "consumer-network", "--", url])
            .env("http_proxy", format!("http://{}", proxy.address))
            .env("HTTP_PROXY", format!("http://{}", proxy.address))
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
            .unwrap();
        assert_eq!(permspec_tests::success(run), "true\ntrue\n");
        assert_eq!(proxy.noted().len(), through, "{url}");
    }
}
