//! The bytes of one file, within a bound: what a name stands for is looked at before it is opened.
//! A pipe that nobody writes to and a file without an end must never hold a run up or fill the memory.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::project::shown;

/// The longest text that is read as a whole, in bytes: a page, a model file, a configuration, a policy,
/// a template. The largest page of the documentation that this was written for has 200 KB; memory grows
/// with a page, and the worst of 4 MiB that is known needs about 1 GB.
pub const LARGEST_TEXT: u64 = 4 << 20;

/// The longest log. A log holds calls of a day, not of a table, and is much simpler to read.
pub const LARGEST_LOG: u64 = 256 << 20;

/// The bytes of a file that has at most `largest`.
pub(super) fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Diagnostic> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if about.is_dir() {
        return Err(fault(path, "is a folder, not a file"));
    }
    if !about.is_file() && !is_own_pipe(path) {
        return Err(fault(path, "is a pipe or a device, not a file"));
    }
    if about.len() > largest {
        return Err(larger(path, largest));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let length = usize::try_from(about.len()).unwrap_or_default();
    at_most(file, path, largest, length)
}

/// What a reader gives, where it ends within `largest` bytes: a file may have grown since it was looked
/// at, and a pipe has no length. About `expected` bytes are read at once.
pub(super) fn at_most(
    reader: impl Read,
    path: &Path,
    largest: u64,
    expected: usize,
) -> Result<Vec<u8>, Diagnostic> {
    // One more, so that the end is met without asking for space for what comes.
    let mut bytes = Vec::with_capacity(expected + 1);
    reader
        .take(largest + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > largest {
        return Err(larger(path, largest));
    }
    Ok(bytes)
}

/// Whether a path is a file that this process was started with, such as the pipe of a shell's `<(..)`:
/// its other end is there, or was, so reading it comes to an end.
fn is_own_pipe(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path == Path::new("/dev/stdin")
}

fn larger(path: &Path, largest: u64) -> Diagnostic {
    let message = format!("`{}` {}", shown(path), too_large(largest));
    Diagnostic::new(Code::TooLarge, Location::file(shown(path)), message)
}

/// What is wrong with a text of more than `largest` bytes.
pub(super) fn too_large(largest: u64) -> String {
    format!("has more than {} MiB, the most that is read", largest >> 20)
}

/// The finding about a file or folder that the system does not give.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::NotFound => fault(path, "does not exist"),
        ErrorKind::PermissionDenied => fault(path, "may not be read"),
        _ => fault(path, &format!("cannot be read: {error}")),
    }
}

fn fault(path: &Path, what: &str) -> Diagnostic {
    let place = Location::file(shown(path));
    Diagnostic::new(Code::Unreadable, place, format!("`{}` {what}", shown(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_the_bound_is_read_and_one_beyond_it_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.rst");
        fs::write(&file, "12345678").unwrap();
        assert_eq!(bytes(&file, 8).unwrap(), b"12345678");
        assert_eq!(bytes(&file, 7).unwrap_err().code, Code::TooLarge);
        // It was short when it was looked at.
        let grown = at_most(&b"12345678"[..], &file, 7, 1).unwrap_err();
        assert_eq!(grown.code, Code::TooLarge);
    }
}
