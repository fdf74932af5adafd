//! The generated crate as a dependency: a consumer crate compiles against it and runs.

use permspec_tests::{cargo, success};

#[test]
fn a_crate_that_imports_the_generated_one_uses_routes_permissions_and_stubs() {
    let run = cargo()
        .args(["run", "--quiet", "--package", "consumer-import"])
        .output()
        .unwrap();
    let printed = success(run);
    // The rows of the page "Image Sharing" that need it are all of them; other pages have none.
    for operation in [
        "AddImageMember",
        "UpdateImageSharingStatusInBatches",
        "QueryImageMemberDetails",
        "QueryImageMembers",
        "DeleteImageMember",
        "AddImageMembers",
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
