//! `permspec` alone: the whole pipeline over the page that is built in, in memory.

use permspec::{Error, load, pipeline};

use super::{extract, routes};
use crate::Verdict;

/// "Image Sharing", the page of the Image Management Service that the project starts from.
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
    println!(
        "read {}: {}\n",
        pages[0].page.path,
        extract::account(&made.account)
    );
    println!("{}", routes::grid(&pages));
    for (path, text) in made.files.iter() {
        println!(
            "made {} ({} lines of Rust), for example:\n",
            path.display(),
            text.lines().count()
        );
        println!("{}", excerpt(text));
    }
    println!("nothing was written; `permspec --help` lists the commands");
    Ok(Verdict::Clean)
}

/// The first client stub with its documentation.
fn excerpt(module: &str) -> String {
    let stubs = module.find("\npub fn ").unwrap_or(0);
    let start = module[..stubs].rfind("\n\n").map_or(0, |at| at + 2);
    let end = module[stubs..]
        .find("\n}\n")
        .map_or(module.len(), |at| stubs + at + 3);
    let lines: Vec<&str> = module[start..end].lines().collect();
    format!("    {}\n", lines.join("\n    "))
}
