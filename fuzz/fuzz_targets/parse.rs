//! Any bytes in: no panic, spans inside the text on character boundaries, each inside the span
//! around it, with the line and column of its first byte.
#![no_main]

#[path = "../../rst-parser/tests/spans/mod.rs"]
mod spans;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| spans::check(&String::from_utf8_lossy(bytes)));
