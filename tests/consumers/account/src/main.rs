//! Lists the images of a cloud.

use otc_types::ims;
use permspec_runtime::Error;
use permspec_runtime::blocking::Cloud;

fn main() -> Result<(), Error> {
    let cloud = Cloud::from_env()?;
    for image in cloud.pages(ims::list_images().limit(100)) {
        println!("{}", image?.name.unwrap_or_default());
    }
    Ok(())
}
