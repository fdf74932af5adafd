//! Any text as a request target: the tree finds what a linear search over all templates finds, and
//! each value of a parameter appears in the target.
#![no_main]

#[path = "../../tests/lookup/linear.rs"]
mod linear;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use linear::{Answer, Linear};
use otc_api::CATALOGUE;
use permspec_runtime::Method;

static LINEAR: LazyLock<Linear> = LazyLock::new(|| Linear::new(&CATALOGUE));

fuzz_target!(|input: (u8, &str)| {
    let (method, target) = input;
    let method = Method::ALL[usize::from(method) % Method::ALL.len()];
    let mut answers: Vec<Answer> = Vec::new();
    for candidate in CATALOGUE.find(method, target) {
        let spec = candidate.spec();
        answers.push((spec.service, spec.id, candidate.endpoint().path));
        for captured in candidate.parameters() {
            assert!(target.contains(captured.raw), "{captured:?} of {target:?}");
            let _ = captured.text();
        }
    }
    answers.sort_unstable();
    assert_eq!(answers, LINEAR.find(method, target), "{method} {target:?}");
});
