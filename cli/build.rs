//! Packs the catalogue of `spec/` into the command, so that the command has a catalogue in every folder.
//! The files are sorted, because the same files must give the same bytes.
#![forbid(unsafe_code)]

use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::{env, fs};

use permspec_model::Interface;
use permspec_model::reference::In;
use permspec_model::schema::Schema;

fn main() -> Result<()> {
    let mut packed = Vec::new();
    for file in files(Path::new("spec"))? {
        let text = fs::read_to_string(&file)?;
        // A checkout may have other line ends. The command must be the same.
        let text = text.replace("\r\n", "\n");
        let name = file.strip_prefix("spec").unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        let text = if is_interface(&file) {
            head(&text)?
        } else {
            text
        };
        // `catalogue/builtin.rs` reads this: name, length, text.
        packed.extend(format!("{name}\n{}\n{text}", text.len()).bytes());
    }
    let packed = miniz_oxide::deflate::compress_to_vec(&packed, 10);
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("catalogue.deflate"), packed)
}

/// The configuration and the models, by their names.
fn files(spec: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in below(spec)? {
        if entry.is_dir() {
            for entry in below(&entry)? {
                if entry.is_dir() {
                    found.extend(below(&entry)?);
                } else if is(&entry, "json") {
                    found.push(entry);
                }
            }
        } else if is(&entry, "toml") || is(&entry, "json") {
            found.push(entry);
        }
    }
    found.sort();
    for file in &found {
        println!("cargo:rerun-if-changed={}", file.display());
    }
    Ok(found)
}

/// The files of a folder. Cargo runs this script again if a file is added to the folder.
fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// Whether a file is `spec/<service>/reference/<page>.json`.
fn is_interface(file: &Path) -> bool {
    file.parent()
        .is_some_and(|folder| folder.ends_with("reference"))
}

/// What the command needs of an interface: the operation and its parameters, and whether it has a body. Bodies and
/// schemas would make the command twice as large.
fn head(text: &str) -> Result<String> {
    let mut interface = Interface::from_json(text).map_err(|error| Error::other(error.message))?;
    // Nobody asks the command for these, and they hardly compress.
    interface.page.sha256.clear();
    interface.page.original_name = None;
    interface.parameters.retain(|it| it.location != In::Path);
    if let Some(body) = &mut interface.request {
        body.schema = Schema::default();
    }
    let head = Interface {
        responses: Vec::new(),
        schemas: Vec::new(),
        ..interface
    };
    Ok(head.to_json())
}

fn is(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|found| found == ending)
}
