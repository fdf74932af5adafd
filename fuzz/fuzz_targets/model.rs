//! Any bytes as a file of the spec model: what is taken for one is written in one form, and read back
//! from it unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permspec::model::Page;

fuzz_target!(|bytes: &[u8]| {
    let Ok(page) = Page::from_json(&String::from_utf8_lossy(bytes)) else { return };
    let json = page.to_json();
    let again = Page::from_json(&json).expect("what was written is read");
    assert_eq!(again, page);
    assert_eq!(again.to_json(), json);
});
