//! Uses the generated crate: the routes, a permission constant, a client stub.

use otc_api::ims;
use permspec_runtime::Route;

/// Written once, for the routes of any service.
fn needing<R: Route>(permission: &permspec_runtime::Permission) -> Vec<R> {
    let needs = |route: &&R| route.spec().needs(permission);
    R::all().iter().filter(needs).copied().collect()
}

fn main() -> Result<(), permspec_runtime::InvalidRequest> {
    let sharers: Vec<ims::Route> = needing(&ims::permission::IMAGES_SHARE);
    println!(
        "{} operations need {}",
        sharers.len(),
        ims::permission::IMAGES_SHARE
    );

    let request = ims::delete_image_member("70a599e0", "8989447062e04a818baf9e073fd04fa7");
    println!("{} {}", request.method(), request.path()?);
    Ok(())
}
