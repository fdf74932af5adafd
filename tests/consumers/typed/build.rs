//! Generates the modules `bake` and `bake.types` from pages of an API reference.

fn main() -> Result<(), permspec::Error> {
    permspec::Builder::new()
        .title("bake", "Bakery")
        .reference("bake", "docs")
        .compile()
}
