//! Typed calls, as the README shows them.

use otc_types::ims;
use permspec_runtime::Error;
use permspec_runtime::blocking::Client;

/// Shares an image with a project, and prints whether the project has accepted it.
pub fn share(client: &Client, image: &str, project: &str) -> Result<(), Error> {
    let member = client.call(ims::add_image_member(
        image,
        &ims::AddImageMember::new(project),
    ))?;
    println!("{}", member.status.unwrap_or_default());
    Ok(())
}

/// Prints the names of all shared images, page after page.
pub fn list(client: &Client) -> Result<(), Error> {
    for image in client.pages(ims::list_images().visibility("shared").limit(100)) {
        println!("{}", image?.name.unwrap_or_default());
    }
    Ok(())
}
