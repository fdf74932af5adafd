//! Any bytes in: no panic, spans inside the text on character boundaries, each inside the span
//! around it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rst_parser::{Block, Span};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let parsed = rst_parser::parse(&text);
    let whole = parsed.document.span;
    for diagnostic in &parsed.diagnostics {
        check(&text, diagnostic.span, whole);
    }
    for block in &parsed.document.blocks {
        check_block(&text, block, whole);
        let _ = block.text();
    }
});

fn check(text: &str, span: Span, around: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} does not lie in the text");
    assert!(around.contains(span), "{span:?} does not lie in {around:?}");
}

fn check_block(text: &str, block: &Block, around: Span) {
    check(text, block.span(), around);
    if let Block::Table(table) = block {
        for cell in table.cells() {
            check(text, cell.span, table.span);
        }
    }
    for child in block.children() {
        check_block(text, child, block.span());
    }
}
