//! Which proxy a request goes through.

use std::io::{BufReader, Write};
use std::net::TcpListener;

use permspec_runtime::{ErrorKind, Network, Reqwest, Tls, Ureq};
use permspec_tests::cargo;

use super::answers;
use super::servers::{Authority, Proxy, listen, plain, request};

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
    let (ureq, reqwest) = (Ureq::with(&network), Reqwest::with(&network));
    assert!(!format!("{network:?} {ureq:?} {reqwest:?}").contains("s3cret"));
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error_before_anything_is_sent() {
    for (url, reason) in [
        ("://user:s3cret@", "it is not a URL"),
        ("nothing useful:s3cret", "it is not a URL"),
        (
            "socks5://user:s3cret@127.0.0.1:1",
            "SOCKS, are not supported",
        ),
    ] {
        for answer in answers(&Network::new().proxy(url), "http://demo.test") {
            let error = answer.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Network { .. }));
            assert!(error.to_string().contains(reason), "{error}");
            assert!(!format!("{error:?} {error:#}").contains("s3cret"));
        }
    }
}

#[test]
fn a_proxy_that_refuses_or_is_away_is_an_error_without_its_password() {
    let refusing = listen(|stream| {
        let mut writer = stream.try_clone().unwrap();
        if request(&mut BufReader::new(stream)).is_some() {
            let head = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
            writer.write_all(head.as_bytes()).unwrap();
        }
    });
    let away = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for proxy in [refusing, away] {
        let network = Network::new().proxy(&format!("http://user:s3cret@{proxy}"));
        for url in ["http://demo.test", "https://demo.test"] {
            for answer in answers(&network, url) {
                let error = answer.unwrap_err();
                let shown = format!("{error:?} {error:#}");
                for secret in ["s3cret", "dXNlcjpzM2NyZXQ"] {
                    assert!(!shown.contains(secret), "{shown}");
                }
            }
        }
    }
}

#[test]
fn a_password_with_special_characters_is_written_with_percent_signs() {
    let proxy = Proxy::to(plain());
    let network = Network::new().proxy(&format!("http://user:p%40ss%3A+@{}", proxy.address));
    for answer in answers(&network, "http://demo.test") {
        answer.unwrap();
    }
    // `user:p@ss:+`
    for note in proxy.noted() {
        assert!(note.contains("Basic dXNlcjpwQHNzOis="), "{note}");
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

/// What both clients of another process say to `GET /` at `urls`, and how often they asked the proxy.
/// Environment variables belong to a process, so another process sends these requests.
fn with_variables(proxy: &Proxy, variables: &[(&str, &str)], urls: &[&str]) -> (String, usize) {
    let mut command = cargo();
    let run = command.args(["run", "--quiet", "--package", "consumer-network", "--"]);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        run.env_remove(name).env_remove(name.to_uppercase());
    }
    let run = run.args(urls).envs(variables.iter().copied());
    let printed = permspec_tests::success(run.output().unwrap());
    (printed, proxy.noted().len())
}

#[test]
fn a_proxy_of_the_environment_is_chosen_for_each_request() {
    let server = plain();
    let proxy = Proxy::to(server);
    let url = format!("http://me:s3cret@{}", proxy.address);
    let local = format!("http://{server}");
    // The same transport sends to all hosts.
    let urls = ["http://demo.test", &local, "http://other.test"];
    let of_http = with_variables(&proxy, &[("http_proxy", &url)], &urls);
    assert_eq!(of_http, ("true\n".repeat(6), 4));
    let upper = with_variables(&proxy, &[("HTTP_PROXY", &url)], &urls);
    assert_eq!(upper, ("true\n".repeat(6), 4));
    let both = [("http_proxy", "socks5://me:s3cret@a"), ("all_proxy", &url)];
    let (printed, through) = with_variables(&proxy, &both, &["http://demo.test", &local]);
    assert_eq!(through, 0);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!((lines[1], lines[3]), ("true", "true"));
    for line in [lines[0], lines[2]] {
        assert!(
            line.contains("the variable `http_proxy` is unusable"),
            "{line}"
        );
        assert!(!line.contains("s3cret"), "{line}");
    }
}

#[test]
fn hosts_that_the_environment_excepts_are_asked_without_its_proxy() {
    let proxy = Proxy::to(plain());
    let url = format!("http://{}", proxy.address);
    // Nothing listens there, so a request without the proxy is an error.
    let urls = [
        "http://127.1.0.1:1",
        "http://a.demo.test:1",
        "http://demo.tests",
    ];
    let list = [("http_proxy", &*url), ("NO_PROXY", "x.test, demo.test")];
    let (printed, through) = with_variables(&proxy, &list, &urls);
    let is_true: Vec<_> = printed.lines().map(|line| line == "true").collect();
    assert_eq!(
        is_true,
        [false, false, true, false, false, true],
        "{printed}"
    );
    assert_eq!(through, 2);
}

#[test]
fn a_proxy_for_https_does_not_carry_requests_for_http() {
    let proxy = Proxy::to(plain());
    let url = format!("http://{}", proxy.address);
    let urls = ["http://demo.invalid"];
    let (printed, through) = with_variables(&proxy, &[("https_proxy", &url)], &urls);
    assert!(!printed.contains("true"), "{printed}");
    assert_eq!(through, 0);
}
