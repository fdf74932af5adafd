//! The generated client calls the emulator over a real socket.
//! The expected status codes are typed in from the pages, and never taken from the emulator.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use ims_emulator::{Store, app};
use otc_api::ims;
use otc_types::ims as types;
use permspec_runtime::policy::check;
use permspec_runtime::{Client, Error, Request, blocking};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const IMAGE: &str = "d164b5df-1bc3-4c3f-893e-3e471fd16e64";
const OTHER: &str = "0b680482-acaa-4045-b14c-9a8c7dfe9c70";
const MEMBER: &str = "edc89b490d7d4392898e19b2deb34797";
const POLICY: &str = include_str!("../policy.json");

/// An emulator with this policy, and a client for it.
async fn emulator(policy: &str) -> Client {
    let policy = check(policy, None).policy.unwrap();
    let app = app(Arc::new(Store::of([IMAGE, OTHER])), policy);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, app).await });
    Client::new(format!("http://{address}"))
        .unwrap()
        .token("a-token")
}

async fn json(client: &Client, request: Request) -> Result<Value, Error> {
    client.send(request).await?.json()
}

/// The status with which a call is refused.
async fn refused(client: &Client, request: Request) -> u16 {
    let error = client.send(request).await.unwrap_err();
    error.status().unwrap_or_else(|| panic!("{error}")).as_u16()
}

fn add(image: &str, member: &str) -> Request {
    let body = json!({ "member": member });
    ims::add_image_member(image).json(&body).unwrap()
}

fn set(image: &str, member: &str, status: &str) -> Request {
    let body = json!({ "status": status });
    let request = ims::update_image_sharing_status(image, member);
    request.json(&body).unwrap()
}

#[tokio::test]
async fn an_image_is_shared_accepted_and_taken_back() {
    let client = emulator(POLICY).await;
    let added = client.send(add(IMAGE, MEMBER)).await.unwrap();
    assert_eq!(added.status(), 200);
    let added: Value = added.json().unwrap();
    assert_eq!(added["status"], "pending");
    assert_eq!(added["image_id"], IMAGE);
    assert_eq!(added["member_id"], MEMBER);
    assert_eq!(added["schema"], "/v2/schemas/member");
    assert_eq!(added["created_at"], added["updated_at"]);

    let listed = json(&client, ims::list_image_members(IMAGE)).await.unwrap();
    assert_eq!(
        listed,
        json!({"members": [added], "schema": "/v2/schemas/members"})
    );

    let updated = json(&client, set(IMAGE, MEMBER, "accepted")).await.unwrap();
    assert_eq!(updated["status"], "accepted");
    let shown = json(&client, ims::get_image_member(IMAGE, MEMBER))
        .await
        .unwrap();
    assert_eq!(shown, updated);

    let deleted = client
        .send(ims::delete_image_member(IMAGE, MEMBER))
        .await
        .unwrap();
    assert_eq!((deleted.status().as_u16(), deleted.body().len()), (204, 0));
    let gone = ims::get_image_member(IMAGE, MEMBER);
    assert_eq!(refused(&client, gone).await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typed_calls_share_an_image_with_both_clients() {
    let client = emulator(POLICY).await;
    let new = types::AddImageMember::new(MEMBER);
    let added = client
        .call(types::add_image_member(IMAGE, &new))
        .await
        .unwrap();
    assert_eq!(added.status.as_deref(), Some("pending"));
    let accept = types::UpdateImageSharingStatus::new("accepted");
    let accepted = client.call(types::update_image_sharing_status(IMAGE, MEMBER, &accept));
    assert_eq!(accepted.await.unwrap().status.as_deref(), Some("accepted"));

    let blocking = blocking::Client::new(client.address().to_string())
        .unwrap()
        .token("a-token");
    let members = tokio::task::spawn_blocking(move || {
        let listed = blocking.call(types::list_image_members(IMAGE)).unwrap();
        blocking
            .call(types::delete_image_member(IMAGE, MEMBER))
            .unwrap();
        listed.members.unwrap()
    });
    assert_eq!(members.await.unwrap()[0].member_id.as_deref(), Some(MEMBER));

    let gone = client
        .call(types::get_image_member(IMAGE, MEMBER))
        .await
        .unwrap_err();
    assert_eq!(gone.status().unwrap(), 404);
    let incomplete = types::add_image_member(IMAGE, &types::AddImageMember::default());
    let error = client.call(incomplete).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("does not have the field `member`"),
        "{error}"
    );
}

#[tokio::test]
async fn several_images_are_shared_accepted_and_taken_back_at_once() {
    let client = emulator(POLICY).await;
    let projects = ["9c61004714024f9586705d090530f9fa", MEMBER];
    let both = json!({"images": [IMAGE, OTHER], "projects": projects});
    let add = ims::add_image_members_in_batches().json(&both).unwrap();
    let job = json(&client, add).await.unwrap();
    assert_eq!(job["job_id"].as_str().unwrap().len(), 32);

    let accept = json!({"images": [IMAGE, OTHER], "project_id": MEMBER, "status": "accepted"});
    let accept = ims::update_status_of_image_members_in_batches()
        .json(&accept)
        .unwrap();
    client.send(accept).await.unwrap();
    for image in [IMAGE, OTHER] {
        let listed = json(&client, ims::list_image_members(image)).await.unwrap();
        assert_eq!(listed["members"][0]["status"], "pending");
        assert_eq!(listed["members"][1]["status"], "accepted");
    }

    let delete = ims::delete_image_members_in_batches().json(&both).unwrap();
    client.send(delete).await.unwrap();
    let listed = json(&client, ims::list_image_members(OTHER)).await.unwrap();
    assert_eq!(listed["members"], json!([]));
}

#[tokio::test]
async fn what_the_pages_refuse_is_refused() {
    let client = emulator(POLICY).await;
    client.send(add(IMAGE, MEMBER)).await.unwrap();
    let malformed = ims::add_image_member(IMAGE).body("{", "application/json");
    let number = ims::add_image_member(IMAGE)
        .json(&json!({"member": 5}))
        .unwrap();
    let unknown_in_batch = json!({"images": [IMAGE, "none"], "projects": ["p"]});
    for (request, status, about) in [
        (add("none", MEMBER), 404, "unknown image"),
        (ims::list_image_members("none"), 404, "unknown image"),
        (ims::get_image_member(IMAGE, "none"), 404, "unknown member"),
        (set(IMAGE, "none", "accepted"), 404, "unknown member"),
        (
            ims::delete_image_member("none", MEMBER),
            404,
            "unknown image",
        ),
        (add(IMAGE, MEMBER), 409, "conflict"),
        (
            set(IMAGE, MEMBER, "pending"),
            400,
            "no status for a member to set",
        ),
        (malformed, 400, "no JSON"),
        (number, 400, "a number in the place of a text"),
        (add(IMAGE, ""), 400, "empty member"),
        (ims::add_image_members_in_batches(), 400, "no body"),
        (
            ims::add_image_members_in_batches()
                .json(&unknown_in_batch)
                .unwrap(),
            404,
            "unknown image",
        ),
    ] {
        assert_eq!(refused(&client, request).await, status, "{about}");
    }
    // The whole batch was refused.
    let listed = json(&client, ims::list_image_members(IMAGE)).await.unwrap();
    assert_eq!(listed["members"].as_array().unwrap().len(), 1);

    let anonymous = Client::new(client.address().to_string()).unwrap();
    assert_eq!(
        refused(&anonymous, ims::list_image_members(IMAGE)).await,
        401
    );
}

#[tokio::test]
async fn the_policy_decides_and_the_missing_action_is_named_on_both_sides() {
    let read_only =
        r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:get"]}]}"#;
    let client = emulator(read_only).await;
    let error = client.send(add(IMAGE, MEMBER)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    let answer: Value = error.response().unwrap().json().unwrap();
    assert_eq!(
        answer,
        json!({"error": {
            "code": "forbidden",
            "message": "`POST /v2/images/{image_id}/members` needs `ims:images:share`",
            "operations": ["ims.AddImageMember"],
            "missing": ["ims:images:share"],
        }})
    );
    let message = error.to_string();
    assert!(
        message.ends_with(
            "`POST /v2/images/{image_id}/members` needs `ims:images:get`, `ims:images:share`"
        ),
        "{message}"
    );
    // An operation that the policy allows and the emulator does not have is 404. An unknown operation is denied.
    assert_eq!(refused(&client, ims::get_image(IMAGE)).await, 404);
    let outside = ims::list_image_members("a/b").at(&format!("{}/x", client.address()));
    assert_eq!(refused(&client, outside).await, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_all_arrive() {
    let client = emulator(POLICY).await;
    let mut calls = JoinSet::new();
    for number in 0..1_000 {
        let client = client.clone();
        calls.spawn(async move { client.send(add(IMAGE, &format!("project-{number}"))).await });
    }
    let mut added = 0;
    while let Some(call) = calls.join_next().await {
        let answer = call.unwrap().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer.status(), 200);
        added += 1;
    }
    assert_eq!(added, 1_000);
    let listed = json(&client, ims::list_image_members(IMAGE)).await.unwrap();
    assert_eq!(listed["members"].as_array().unwrap().len(), 1_000);
}

/// The running command. It is stopped when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn one_command_starts_it() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ims-emulator"));
    let command = command
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let mut line = String::new();
    let output = running.0.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("image sharing at ").unwrap();

    let client = blocking::Client::new(address).unwrap().token("a-token");
    let added: Value = client.send(add(IMAGE, MEMBER)).unwrap().json().unwrap();
    assert_eq!(added["status"], "pending");
}

#[test]
fn a_policy_that_iam_would_reject_does_not_start() {
    let file = std::env::temp_dir().join(format!("ims-emulator-{}.json", std::process::id()));
    std::fs::write(&file, r#"{"Version": "1.1", "Statement": []}"#).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_ims-emulator"))
        .arg("--policy")
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the policy is not valid"), "{said}");
}
