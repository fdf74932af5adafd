//! `permspec` without a command: runs the whole pipeline over the built-in page, in memory.

use permspec::{Error, load, pipeline};

use super::{extract, listed};
use crate::Verdict;
use crate::output::print_line;

/// The first page of the project: "Image Sharing" of the Image Management Service.
const PAGE: &str = include_str!("../../demo/image_sharing.rst");

pub fn run() -> Result<Verdict, Error> {
    let source = load::Source {
        service: "ims".to_owned(),
        path: "ims/image_sharing.rst".to_owned(),
        file: "image_sharing.rst (built in)".to_owned(),
        text: PAGE.to_owned(),
    };
    let made = pipeline::in_memory(vec![source])?.value;
    let pages: Vec<_> = made.models.iter().map(|model| &model.page).collect();
    let account = extract::account(&made.account);
    print_line(format_args!("read {}: {account}\n", pages[0].page.path));
    let operations = pages
        .iter()
        .flat_map(|page| page.operations.iter().map(move |one| (*page, one)));
    print_line(listed::grid(operations));
    for (path, text) in made.files.iter() {
        let (path, lines) = (path.display(), text.lines().count());
        print_line(format_args!(
            "made {path} ({lines} lines of Rust), for example:\n"
        ));
        print_line(excerpt(text));
    }
    print_line("nothing was written; `permspec --help` lists the commands");
    Ok(Verdict::Clean)
}

/// The first client stub, with its documentation.
fn excerpt(module: &str) -> String {
    let stubs = module.find("\npub fn ").unwrap_or(0);
    let start = module[..stubs].rfind("\n\n").map_or(0, |at| at + 2);
    let end = module[stubs..]
        .find("\n}\n")
        .map_or(module.len(), |at| stubs + at + 3);
    let lines: Vec<&str> = module[start..end].lines().collect();
    format!("    {}\n", lines.join("\n    "))
}
