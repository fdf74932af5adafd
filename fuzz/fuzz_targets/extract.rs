//! Any bytes as a page: each row is accounted for, the model is read back as it was written, and what
//! is generated from it is Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permspec::load::Source;
use permspec::model::Page;
use permspec::pipeline;

fuzz_target!(|bytes: &[u8]| {
    let source = Source {
        service: "ims".to_owned(),
        path: "ims/page.rst".to_owned(),
        file: "page.rst".to_owned(),
        text: String::from_utf8_lossy(bytes).into_owned(),
    };
    // A page that is wrong is refused with findings, and that is all.
    let Ok(made) = pipeline::in_memory(vec![source]) else { return };
    for model in &made.value.models {
        let json = model.page.to_json();
        assert_eq!(Page::from_json(&json).expect("what was written is read").to_json(), json);
    }
    for (path, code) in made.value.files.iter() {
        if let Err(error) = syn::parse_file(code) {
            panic!("{}: {error}\n{code}", path.display());
        }
    }
});
