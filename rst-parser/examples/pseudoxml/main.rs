//! Prints a page in docutils' pseudo-XML form: one element per line, with four spaces per level.
//!
//! ```text
//! cargo run --example pseudoxml -- spec/ims/image_sharing.rst
//! ```
//!
//! With `--batch`, it reads texts from the standard input, separated by NUL bytes. For each text, it
//! prints the pseudo XML, a byte 1, the diagnostics (one per line), and a NUL byte.

mod blocks;
mod directives;
mod inlines;
mod tree;

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use tree::Tree;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [batch] if batch == "--batch" => run_batch(),
        pages => pages.iter().try_for_each(|page| {
            let text = std::fs::read_to_string(page)?;
            print(&pseudo_xml(page, &text, &rst_parser::parse(&text)))
        }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run_batch() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    for text in input.split('\0') {
        let parsed = rst_parser::parse(text);
        let diagnostics: Vec<_> = parsed.diagnostics.iter().map(ToString::to_string).collect();
        let diagnostics = diagnostics.join(
            "
",
        );
        print(&format!(
            "{}\u{1}{diagnostics}\0",
            pseudo_xml("test data", text, &parsed)
        ))?;
    }
    Ok(())
}

/// Prints to the standard output. If the reader of a pipe stops reading, this returns an error and does
/// not panic.
fn print(text: &str) -> std::io::Result<()> {
    std::io::stdout().lock().write_all(text.as_bytes())
}

fn pseudo_xml(page: &str, text: &str, parsed: &rst_parser::Parsed) -> String {
    let mut tree = Tree::new(text);
    tree.open("document", &[("source", page)]);
    tree.blocks(&parsed.document.blocks);
    tree.close();
    tree.finish()
}
