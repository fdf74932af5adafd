//! Reads the files of a revision through the `git` command, without a checkout and without the index. It runs
//! the same few commands per folder, however many files the folder has. This module must never run a command
//! that writes, and never give git an argument that git could take for an option.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::file::{LARGEST_TEXT, too_large};

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    /// Its path from the root of the repository, with `/` between folders.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// What a revision has under a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// The path is a file.
    File(Blob),
    /// The path is a folder, which has these files.
    Folder(Vec<Blob>),
}

/// Reads `path` of revision `rev` in the repository of the working folder. If `path` is a folder, the files
/// whose names end in one of `endings` are read, in the order of their paths. An empty path is the root.
pub(super) fn read(rev: &str, path: &str, endings: &[&str]) -> Result<Contents, String> {
    let path = path.trim_end_matches('/');
    if rev.starts_with('-') || rev.is_empty() {
        return Err(format!("`{rev}` is not a revision"));
    }
    let tree = verified(rev, &format!("{rev}^{{tree}}"))
        .map_err(|error| format!("`{rev}` is not a revision of this repository: {error}"))?;
    let object = verified(path, &format!("{tree}:{}", relative(path)?))
        .map_err(|_| format!("`{path}` is not in revision `{rev}`"))?;
    let kind = run(&["cat-file", "-t", &object], &[])?;
    if kind.trim_ascii() != b"tree" {
        let size = run(&["cat-file", "-s", &object], &[])?;
        check_size(&String::from_utf8_lossy(&size), path)?;
        let mut files = contents(vec![(object, relative(path)?)])?;
        return match files.pop() {
            Some(file) => Ok(Contents::File(file)),
            None => Err(format!("`{path}` of revision `{rev}` cannot be read")),
        };
    }
    let listing = run(&["ls-tree", "-r", "-z", "-l", "--full-tree", &object], &[])?;
    let mut files = Vec::new();
    for TreeEntry { object, size, name } in entries(&listing) {
        if endings.iter().any(|ending| name.ends_with(ending)) {
            check_size(&size, &name)?;
            files.push((object, name));
        }
    }
    files.sort_by(|a, b| a.1.cmp(&b.1));
    contents(files).map(Contents::Folder)
}

/// A path as git expects it after `tree:`. A path that starts with `./` is relative to the working folder.
fn relative(path: &str) -> Result<String, String> {
    match path.strip_prefix("./").or((path == ".").then_some("")) {
        None => Ok(path.to_owned()),
        Some(below) => {
            let prefix = run(&["rev-parse", "--show-prefix"], &[])?;
            let prefix = String::from_utf8_lossy(&prefix);
            Ok(format!("{}{below}", prefix.trim_end_matches('\n'))
                .trim_end_matches('/')
                .to_owned())
        }
    }
}

/// The object that `spec` names.
fn verified(named: &str, spec: &str) -> Result<String, String> {
    let found =
        run(&["rev-parse", "--verify", "--end-of-options", spec], &[]).map_err(|error| {
            if error.is_empty() {
                format!("`{named}`")
            } else {
                error
            }
        })?;
    Ok(String::from_utf8_lossy(&found).trim().to_owned())
}

/// A plain file in a listing.
struct TreeEntry {
    object: String,
    size: String,
    name: String,
}

/// Each plain file of `git ls-tree -z -l`: `mode SP type SP object SP size TAB path NUL`, with the size
/// padded by spaces.
fn entries(listing: &[u8]) -> impl Iterator<Item = TreeEntry> {
    let entries = listing.split(|byte| *byte == 0);
    entries.filter_map(|entry| {
        let entry = String::from_utf8_lossy(entry);
        let (about, name) = entry.split_once('\t')?;
        let mut words = about.split_ascii_whitespace();
        // 120000 is a link, 160000 another repository.
        let plain = words.next().is_some_and(|mode| mode.starts_with("100"));
        let found = TreeEntry {
            object: words.nth(1)?.to_owned(),
            size: words.next()?.to_owned(),
            name: name.to_owned(),
        };
        plain.then_some(found)
    })
}

/// The limit for files on the disk holds for files of a revision too.
fn check_size(size: &str, path: &str) -> Result<(), String> {
    match size.trim().parse::<u64>() {
        Ok(size) if size <= LARGEST_TEXT => Ok(()),
        Ok(_) => Err(format!("`{path}` {}", too_large(LARGEST_TEXT))),
        Err(_) => Err(format!("git does not say how large `{path}` is")),
    }
}

/// The bytes of objects, by one `git cat-file --batch`: `object SP type SP size LF bytes LF` each.
fn contents(files: Vec<(String, String)>) -> Result<Vec<Blob>, String> {
    let objects: Vec<&str> = files.iter().map(|(object, _)| object.as_str()).collect();
    let output = run(
        &["cat-file", "--batch"],
        format!("{}\n", objects.join("\n")).as_bytes(),
    )?;
    let mut rest = output.as_slice();
    let mut found = Vec::new();
    for (_, path) in files {
        let end = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len());
        let head = String::from_utf8_lossy(&rest[..end]);
        let size = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<usize>().ok());
        let start = (end + 1).min(rest.len());
        let Some(bytes) = size.and_then(|size| rest.get(start..start + size)) else {
            return Err(format!("git does not have an object for `{path}`: {head}"));
        };
        found.push(Blob {
            path,
            bytes: bytes.to_vec(),
        });
        rest = rest.get(start + bytes.len() + 1..).unwrap_or_default();
    }
    Ok(found)
}

/// Runs git with `input` and returns what it prints. If git fails, its message is the error.
fn run(arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, String> {
    let mut git = Command::new("git")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the `git` command does not run: {error}"))?;
    let mut stdin = git.stdin.take().expect("it was asked for");
    let mut stdout = git.stdout.take().expect("it was asked for");
    let sent = input.to_vec();
    // Both pipes are served at the same time, because git writes while it still reads.
    let writer = std::thread::spawn(move || stdin.write_all(&sent));
    let mut printed = Vec::new();
    let read = stdout.read_to_end(&mut printed);
    let done = git.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    if done.status.success() {
        read.map(|_| printed).map_err(|error| error.to_string())
    } else {
        let said = String::from_utf8_lossy(&done.stderr);
        let line = said.lines().next().unwrap_or_default();
        Err(line.trim_start_matches("fatal: ").to_owned())
    }
}
