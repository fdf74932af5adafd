//! The generated module of types, as a person reviewed it. The crate compiles the same text.

use permspec_tests::{is_as_in, root};

#[test]
fn the_types_of_a_small_service_are_as_reviewed() {
    let golden = root().join("tests/consumers/typed/golden/bake.types.rs");
    is_as_in(&golden, consumer_typed::TYPES);
}
