//! Reads the bytes of one file, up to a limit. It inspects the file before it opens it. A pipe that nobody
//! writes to must never block a run, and an endless file must never fill the memory.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::project::shown;

/// The longest text that is read as a whole, in bytes: a page, a model file, a configuration, a policy, a
/// template. The largest known page has 200 KB. The memory of a run grows with its pages, and the worst known
/// page of 4 MiB needs about 1 GB.
pub const LARGEST_TEXT: u64 = 4 << 20;

/// The longest log. A log contains the calls of a day and is much simpler to read than a page.
pub const LARGEST_LOG: u64 = 256 << 20;

/// The bytes of a file of at most `largest` bytes.
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

/// What a reader gives, if that is at most `largest` bytes. A file may have grown since it was inspected, and
/// a pipe has no length. Space for `expected` bytes is reserved.
pub(super) fn at_most(
    reader: impl Read,
    path: &Path,
    largest: u64,
    expected: usize,
) -> Result<Vec<u8>, Diagnostic> {
    // One byte more, so that the end is found without another allocation.
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

/// Whether a path is a file that this process was started with, such as the pipe of a shell's `<(..)`.
/// Somebody opened its other end, so reading it comes to an end.
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

/// The finding about a file or folder that the system does not let us read.
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
        // It was shorter when it was inspected.
        let grown = at_most(&b"12345678"[..], &file, 7, 1).unwrap_err();
        assert_eq!(grown.code, Code::TooLarge);
    }
}
