//! Generates the module `ims` from a documentation page.

fn main() -> Result<(), permspec::Error> {
    permspec::Builder::new()
        .page("ims", "docs/image_sharing.rst")
        .title("ims", "Image Management Service")
        .compile()
}
