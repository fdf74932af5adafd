//! Uses the code that the build script generated: the routes, a permission constant, a client stub.

/// Operations of the Image Management Service.
pub mod ims {
    permspec_runtime::include_module!("ims");
}

fn main() -> Result<(), permspec_runtime::InvalidRequest> {
    for route in ims::Route::ALL {
        let needs: Vec<_> = route
            .spec()
            .permissions
            .iter()
            .map(|needed| needed.permission.as_str())
            .collect();
        println!("{route} needs {}", needs.join(", "));
    }
    let sharers = ims::Route::ALL
        .iter()
        .filter(|route| route.spec().needs(&ims::permission::IMAGES_SHARE));
    println!(
        "{} operations need {}",
        sharers.count(),
        ims::permission::IMAGES_SHARE
    );

    let request = ims::add_image_member("70a599e0-31e7-49b7-b260-868f441e862b");
    println!("{} {}", request.method(), request.path()?);
    Ok(())
}
