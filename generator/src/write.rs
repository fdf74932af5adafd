//! The only module that writes: files in memory to files on the disk, or a comparison of the two.
//! A file is replaced as a whole and only where its bytes differ; this module must never leave a
//! half-written one behind.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::project::shown;

/// Files in memory: path and text, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    texts: BTreeMap<PathBuf, String>,
}

/// What a file on the disk is, beside the one in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The same bytes.
    Current,
    /// Other bytes.
    Differs,
    /// No such file.
    Missing,
}

impl Files {
    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: String) {
        self.texts.insert(path.into(), text);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every path with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.texts
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// The state of every file on the disk; what cannot be read is reported.
    pub fn compare(&self, report: &mut Report) -> Vec<(&Path, State)> {
        self.iter()
            .map(|(path, text)| (path, state(path, text, report)))
            .collect()
    }

    /// Writes the files that differ and returns their paths. Each is written beside its place and
    /// renamed into it, so a reader or a crash meets the old text or the new one.
    pub fn write(&self, report: &mut Report) -> Vec<&Path> {
        let mut written = Vec::new();
        for (path, text) in self.iter() {
            if state(path, text, report) == State::Current {
                continue;
            }
            match replace(path, text) {
                Ok(()) => written.push(path),
                Err(error) => {
                    let message = format!("`{}` cannot be written: {error}", shown(path));
                    report.push(Diagnostic::new(
                        Code::Unwritable,
                        Location::file(shown(path)),
                        message,
                    ));
                }
            }
        }
        written
    }
}

fn state(path: &Path, text: &str, report: &mut Report) -> State {
    match fs::read(path) {
        Ok(bytes) if bytes == text.as_bytes() => State::Current,
        Ok(_) => State::Differs,
        Err(error) if error.kind() == ErrorKind::NotFound => State::Missing,
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", shown(path));
            report.push(Diagnostic::new(
                Code::Unreadable,
                Location::file(shown(path)),
                message,
            ));
            State::Differs
        }
    }
}

/// How many files this process has begun to write.
static COUNT: AtomicU32 = AtomicU32::new(0);

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Two runs on one folder are kept apart by the process, two of one process by the count.
    let run = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let beside = path.with_file_name(format!(".{name}.{}.{}.tmp", run.0, run.1));
    let written = fs::File::create(&beside)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
        })
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The error that is reported is the first one; a temporary file that stays is harmless.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_differ_are_written_and_nothing_else_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (same, other) = (
            folder.path().join("same.json"),
            folder.path().join("new/other.json"),
        );
        fs::write(&same, "{}\n").unwrap();
        let mut files = Files::default();
        files.insert(&same, "{}\n".into());
        files.insert(&other, "[]\n".into());
        let mut report = Report::default();
        assert_eq!(
            files.compare(&mut report)[0],
            (other.as_path(), State::Missing)
        );
        assert_eq!(files.write(&mut report), [other.as_path()]);
        assert_eq!(files.write(&mut report), [] as [&Path; 0]);
        assert!(report.is_empty());
        assert_eq!(fs::read_dir(other.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_reported_and_the_rest_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let (blocked, free) = (folder.path().join("a"), folder.path().join("b"));
        fs::create_dir(&blocked).unwrap();
        let mut files = Files::default();
        files.insert(&blocked, "text".into());
        files.insert(&free, "text".into());
        let mut report = Report::default();
        assert_eq!(files.write(&mut report), [free.as_path()]);
        assert!(report.has_errors());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
