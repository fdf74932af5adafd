//! A program calls the emulator through the proxy. The resulting policy allows what the program did and nothing else.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::sync::Arc;

use ims_emulator::Store;
use least_privilege_proxy::{Record, app};
use otc_api::ims;
use permspec_runtime::blocking::Client;
use permspec_runtime::policy::{Policy, check};
use permspec_runtime::{Method, Request, RouteSpec};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const IMAGE: &str = "d164b5df-1bc3-4c3f-893e-3e471fd16e64";
const ALL: &str =
    r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:*:*"]}]}"#;

/// An emulator that enforces `policy`, and its address.
fn emulator(runtime: &Runtime, policy: Policy) -> String {
    let app = ims_emulator::app(Arc::new(Store::of([IMAGE])), policy);
    let listener = runtime
        .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async { axum::serve(listener, app).await });
    format!("http://{address}")
}

fn policy(text: &str) -> Policy {
    check(text, None).policy.unwrap()
}

#[test]
fn the_policy_at_the_end_allows_what_passed_and_no_more() {
    let runtime = Runtime::new().unwrap();
    let upstream = emulator(&runtime, policy(ALL));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    let mut proxy = Command::new(env!("CARGO_BIN_EXE_least-privilege-proxy"))
        .args([
            "--upstream",
            &upstream,
            "--service",
            "ims",
            "--listen",
            "127.0.0.1:0",
            "--policy",
        ])
        .arg(&file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(proxy.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening at ").unwrap();

    let client = Client::new(address).unwrap().token("a-token");
    let share = ims::add_image_members_in_batches()
        .json(&json!({"images": [IMAGE], "projects": ["p"]}))
        .unwrap();
    assert_eq!(client.send(share).unwrap().status(), 200);
    // Responses other than 2xx pass too.
    let unknown = ims::list_image_members("none");
    let other = unknown.at(&format!("{address}/no/operation"));
    assert_eq!(client.send(other).unwrap_err().status().unwrap(), 403);

    let interrupted = Command::new("kill")
        .args(["-INT", &proxy.id().to_string()])
        .status();
    assert!(interrupted.unwrap().success());
    let mut said = String::new();
    output.read_to_string(&mut said).unwrap();
    assert!(proxy.wait().unwrap().success(), "{said}");
    assert!(said.contains("made from otc-api"), "{said}");
    assert!(
        said.contains("1 calls were not a documented operation"),
        "{said}"
    );

    let least = std::fs::read_to_string(&file).unwrap();
    let wanted = policy(
        r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:share"]}]}"#,
    );
    assert_eq!(policy(&least), wanted);

    // The policy allows what passed, and does not allow another operation.
    let client = Client::new(emulator(&runtime, policy(&least)))
        .unwrap()
        .token("a-token");
    let again = ims::add_image_members_in_batches()
        .json(&json!({"images": [IMAGE], "projects": ["p"]}))
        .unwrap();
    assert_eq!(client.send(again).unwrap().status(), 200);
    let more = client.send(ims::list_image_members(IMAGE)).unwrap_err();
    assert_eq!(more.status().unwrap(), 403);
}

/// A call that operations with different needs share, with two of these operations and their keys.
fn shared_call() -> (&'static str, [(&'static RouteSpec, &'static str); 2]) {
    let path = "/v2/p/volumes/v/action";
    let mut found = otc_api::CATALOGUE
        .find(Method::Post, path)
        .filter_map(|found| Some((found.spec(), found.endpoint().body_action?)));
    let first = found.next().unwrap();
    let second = found.find(|(spec, _)| spec.permissions != first.0.permissions);
    (path, [first, second.unwrap()])
}

/// What the proxy records for calls with these bodies.
fn recorded(bodies: &[&str]) -> Record {
    let runtime = Runtime::new().unwrap();
    let upstream = emulator(&runtime, policy(ALL)).try_into().unwrap();
    let record = Record::of("evs");
    let app = app(upstream, &otc_api::CATALOGUE, record.clone()).unwrap();
    let listener = runtime
        .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async { axum::serve(listener, app).await });
    let client = Client::new(format!("http://{address}").as_str()).unwrap();
    let (_, [(spec, _), _]) = shared_call();
    for body in bodies {
        let request = Request::new(spec, &["p", "v"]).body(*body, "application/json");
        // The emulator does not have disks. The test only needs the call to pass.
        client.send(request).unwrap_err();
    }
    record
}

#[test]
fn a_call_that_may_be_several_operations_grants_none_of_them_until_one_is_named() {
    let (path, [(first, _), _]) = shared_call();
    let record = recorded(&["{"]);
    let least = record.least(&otc_api::CATALOGUE);
    assert!(least.allowed.is_empty(), "{:?}", least.allowed);
    let open = record.ambiguous();
    assert_eq!((open.len(), open[0].count), (1, 1));
    assert_eq!(open[0].example, format!("POST {path}"));

    record.name(first);
    assert!(record.ambiguous().is_empty());
    let least = record.least(&otc_api::CATALOGUE);
    let granted = |needed: &permspec_runtime::Requirement| {
        least
            .allowed
            .iter()
            .any(|action| action == &needed.permission)
    };
    assert!(first.permissions.iter().all(granted), "{:?}", least.allowed);
}

#[test]
fn the_key_of_a_body_says_which_operation_passed() {
    let (_, [(first, key), (second, _)]) = shared_call();
    let record = recorded(&[&format!("{{\"{key}\": {{}}}}")]);
    let least = record.least(&otc_api::CATALOGUE);
    let of = |spec: &'static RouteSpec| -> Vec<String> {
        let mut actions: Vec<String> = spec
            .permissions
            .iter()
            .map(|needed| needed.permission.to_string())
            .collect();
        actions.sort();
        actions
    };
    let granted: Vec<String> = least.allowed.iter().map(ToString::to_string).collect();
    assert_eq!(granted, of(first));
    assert_ne!(granted, of(second));
    assert!(record.ambiguous().is_empty());
}

#[test]
fn a_proxy_of_the_environment_is_used_on_the_way_to_the_cloud() {
    let outer = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", outer.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut proxy = Command::new(env!("CARGO_BIN_EXE_least-privilege-proxy"))
        .args([
            "--upstream",
            "http://ims.test",
            "--service",
            "ims",
            "--listen",
            "127.0.0.1:0",
        ])
        .arg("--policy")
        .arg(folder.path().join("policy.json"))
        .env("HTTP_PROXY", &url)
        .env("http_proxy", &url)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let output = proxy.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut line).unwrap();
    let address = line
        .trim()
        .strip_prefix("listening at ")
        .unwrap()
        .to_owned();

    let asked = std::thread::spawn(move || {
        let (socket, _) = outer.accept().unwrap();
        let mut line = String::new();
        let mut reader = BufReader::new(&socket);
        reader.read_line(&mut line).unwrap();
        let mut header = String::from("-");
        while !header.trim().is_empty() {
            header.clear();
            reader.read_line(&mut header).unwrap();
        }
        (&socket)
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            .unwrap();
        line
    });
    let client = Client::new(address).unwrap();
    client.send(ims::list_image_members(IMAGE)).unwrap();
    let line = asked.join().unwrap();
    assert_eq!(
        line,
        format!("GET http://ims.test/v2/images/{IMAGE}/members HTTP/1.1\r\n")
    );
    proxy.kill().unwrap();
    proxy.wait().unwrap();
}
