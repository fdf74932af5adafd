//! The generated crate as a dependency: a consumer crate compiles against it and runs.

use permspec_tests::{cargo, success};

#[test]
fn a_crate_that_imports_the_generated_one_uses_routes_permissions_and_stubs() {
    let run = cargo()
        .args(["run", "--quiet", "--package", "consumer-import"])
        .output()
        .unwrap();
    assert_eq!(
        success(run),
        "8 operations need ims:images:share\n\
         DELETE /v2/images/70a599e0/members/8989447062e04a818baf9e073fd04fa7\n"
    );
}
