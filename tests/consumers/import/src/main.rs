//! Uses the generated crates: the routes, a permission constant, a client stub, a typed call, a client.

mod share;

use otc_api::ims;
use permspec_runtime::blocking::Client;
use permspec_runtime::{Error, Permission, Route};

/// Written once, for the routes of any service.
fn needing<R: Route>(permission: &Permission) -> Vec<R> {
    let needs = |route: &&R| route.spec().needs(permission);
    R::all().iter().filter(needs).copied().collect()
}

/// Asks the cloud who may use an image.
fn members(endpoint: &str, token: &str, image_id: &str) -> Result<String, Error> {
    let client = Client::new(endpoint)?.token(token);
    let members = client.send(ims::list_image_members(image_id))?;
    Ok(members.text().into_owned())
}

fn main() -> Result<(), Error> {
    let sharers: Vec<ims::Route> = needing(&ims::permission::IMAGES_SHARE);
    println!("{sharers:#?} need {}", ims::permission::IMAGES_SHARE);

    let request = ims::delete_image_member("70a599e0", "8989447062e04a818baf9e073fd04fa7");
    println!("{} {}", request.method(), request.path()?);

    // consumer-import ENDPOINT TOKEN [IMAGE PROJECT]
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, token, sharing @ ..] = arguments.as_slice() else {
        return Ok(());
    };
    let client = Client::new(endpoint.as_str())?.token(token.as_str());
    if let [image, project] = sharing {
        share::share(&client, image, project)?;
        println!("{}", members(endpoint, token, image)?);
    } else {
        share::list(&client)?;
    }
    Ok(())
}
