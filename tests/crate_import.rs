//! The crates as dependencies: consumer crates compile with them and run.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use axum::http::Uri;
use axum::routing::get;
use axum::{Json, Router};
use permspec_tests::{Account, Run, cargo, success};
use serde_json::json;

#[test]
fn a_crate_that_imports_the_generated_one_uses_routes_permissions_and_stubs() {
    let run = cargo()
        .args(["run", "--quiet", "--package", "consumer-import"])
        .output()
        .unwrap();
    let printed = success(run);
    // All rows of the page "Image Sharing" need this action, and rows of other pages do not.
    for operation in [
        "AddImageMember",
        "UpdateImageSharingStatus",
        "GetImageMember",
        "ListImageMembers",
        "DeleteImageMember",
        "AddImageMembersInBatches",
        "UpdateStatusOfImageMembersInBatches",
        "DeleteImageMembersInBatches",
    ] {
        assert!(
            printed.contains(&format!("\n    {operation},\n")),
            "no {operation} in\n{printed}"
        );
    }
    assert!(printed.contains("] need ims:images:share\n"), "{printed}");
    let request = "DELETE /v2/images/70a599e0/members/8989447062e04a818baf9e073fd04fa7\n";
    assert!(printed.ends_with(request), "{printed}");
}

#[test]
fn a_crate_that_imports_the_types_shares_an_image_with_the_emulator() {
    let emulator = Emulator::start();
    let run = cargo()
        .args(["run", "--quiet", "--package", "consumer-import", "--"])
        .args([
            &emulator.endpoint,
            "a-token",
            &emulator.image,
            "8989447062e04a818baf9e073fd04fa7",
        ])
        .output()
        .unwrap();
    let printed = success(run);
    let (before, members) = printed
        .split_once("\npending\n")
        .unwrap_or_else(|| panic!("{printed}"));
    assert!(
        before.ends_with("8989447062e04a818baf9e073fd04fa7"),
        "{printed}"
    );
    let members: serde_json::Value = serde_json::from_str(members).unwrap();
    assert_eq!(
        members["members"][0]["member_id"],
        "8989447062e04a818baf9e073fd04fa7"
    );
}

/// A cloud with 101 images, of which a page has up to 100.
fn cloud() -> Account {
    let images = |uri: Uri| async move {
        let image = |number: u32| {
            let name = format!("image-{number}");
            json!({"id": name, "name": name})
        };
        let page: Vec<_> = match uri.query() {
            Some("limit=100") => (0..100).map(image).collect(),
            _ => vec![image(100)],
        };
        Json(json!({"images": page}))
    };
    Account::start(&["image"], Router::new().route("/v2/images", get(images)))
}

#[test]
fn a_program_lists_images_of_the_cloud_that_clouds_yaml_describes() {
    let cloud = cloud();
    let run = cargo()
        .args(["run", "--quiet", "--package", "consumer-account"])
        .env("OS_CLIENT_CONFIG_FILE", cloud.file())
        .env("OS_CLOUD", "otc")
        .output()
        .unwrap();
    let names: Vec<String> = (0..=100).map(|it| format!("image-{it}\n")).collect();
    assert_eq!(success(run), names.concat());
    let received = cloud.received();
    let calls: Vec<&str> = received.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(
        calls,
        [
            "/v2/images?limit=100",
            "/v2/images?limit=100&marker=image-99"
        ]
    );
}

/// The emulator as a process of its own.
struct Emulator {
    child: Child,
    endpoint: String,
    image: String,
}

impl Emulator {
    fn start() -> Emulator {
        let mut child = cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "ims-emulator",
                "--",
                "--listen",
                "127.0.0.1:0",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut after = |prefix: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(prefix).unwrap().to_owned()
        };
        let endpoint = after("image sharing at ");
        let image = after("images: ").split(", ").next().unwrap().to_owned();
        Emulator {
            child,
            endpoint,
            image,
        }
    }
}

impl Drop for Emulator {
    /// A test that failed does not leave it behind.
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn the_core_needs_neither_an_operating_system_nor_an_allocator() {
    let build = |features: &[&str]| {
        let output = cargo()
            .args(["rustc", "--quiet", "--package", "consumer-bare"])
            .args(["--crate-type", "staticlib"])
            .args(["--config", "profile.dev.panic='abort'"])
            .args(features)
            .args(["--", "--cfg", "bare"])
            .output()
            .unwrap();
        Run::of(output)
    };
    let core = build(&[]);
    assert_eq!(core.code, 0, "{}", core.stderr);
    // The check fails if an allocator is needed.
    let with_alloc = build(&["--features", "alloc"]);
    assert_ne!(with_alloc.code, 0);
    assert!(
        with_alloc.stderr.contains("no global memory allocator"),
        "{}",
        with_alloc.stderr
    );
}
