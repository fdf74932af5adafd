//! The crates as dependencies: consumer crates compile with them and run.

use permspec_tests::{Run, cargo, success};

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
