//! A program calls the emulator through the proxy; the policy at the end allows that program and no more.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::sync::Arc;

use ims_emulator::Store;
use otc_api::ims;
use permspec_runtime::blocking::Client;
use permspec_runtime::policy::{Policy, check};
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
    // Answers other than 2xx come through too.
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
        said.contains("1 calls were no documented operation"),
        "{said}"
    );

    let least = std::fs::read_to_string(&file).unwrap();
    let wanted = policy(
        r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:share"]}]}"#,
    );
    assert_eq!(policy(&least), wanted);

    // It works: what passed is allowed by it, and another operation is not.
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
