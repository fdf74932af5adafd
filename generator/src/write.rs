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

    /// Writes the files that differ and returns their paths. Each is written beside its place, and once
    /// all are on the disk they are renamed into their places: a reader or a crash meets the old text of
    /// a file or the new one, and where a disk is full every file is the old one.
    pub fn write(&self, report: &mut Report) -> Vec<&Path> {
        let mut beside = Vec::new();
        let before = report.error_count();
        for (path, text) in self.iter() {
            match state(path, text, report) {
                State::Current => {}
                State::Missing | State::Differs => match Beside::new(path, text) {
                    Ok(written) => beside.push(written),
                    Err(error) => report.push(unwritable(path, &error)),
                },
            }
        }
        // Only after all of them, since a file system that has a journal then writes it once.
        for file in &beside {
            if let Err(error) = file.sync() {
                report.push(unwritable(file.path, &error));
            }
        }
        if report.error_count() > before {
            return Vec::new();
        }
        let mut written = Vec::new();
        for file in beside {
            let path = file.path;
            match file.rename() {
                Ok(()) => written.push(path),
                Err(error) => report.push(unwritable(path, &error)),
            }
        }
        written
    }
}

/// How the file at `path` stands to `text`. Only one of the same length is read.
fn state(path: &Path, text: &str, report: &mut Report) -> State {
    let same = || -> std::io::Result<bool> {
        let about = fs::metadata(path)?;
        if about.is_dir() {
            return Err(std::io::Error::from(ErrorKind::IsADirectory));
        }
        Ok(about.is_file()
            && about.len() == text.len() as u64
            && fs::read(path)? == text.as_bytes())
    };
    match same() {
        Ok(true) => State::Current,
        Ok(false) => State::Differs,
        Err(error) if error.kind() == ErrorKind::NotFound => State::Missing,
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", shown(path));
            let place = Location::file(shown(path));
            report.push(Diagnostic::new(Code::Unreadable, place, message));
            State::Differs
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be written: {error}", shown(path));
    Diagnostic::new(Code::Unwritable, Location::file(shown(path)), message)
}

/// How many files this process has begun to write.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The new text of a file in a file beside it, which goes with the value unless it was renamed.
struct Beside<'a> {
    path: &'a Path,
    temporary: PathBuf,
}

impl<'a> Beside<'a> {
    fn new(path: &'a Path, text: &str) -> std::io::Result<Self> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Two runs on one folder are kept apart by the process, two of one process by the count.
        let run = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let temporary = path.with_file_name(format!(".{name}.{}.{}.tmp", run.0, run.1));
        let mut file = fs::File::create(&temporary)?;
        let beside = Beside { path, temporary };
        file.write_all(text.as_bytes())?;
        Ok(beside)
    }

    /// Waits until the text is on the disk. It is opened again, so that no run has more files open than
    /// it may.
    fn sync(&self) -> std::io::Result<()> {
        // Windows syncs only what may be written.
        fs::File::options()
            .write(true)
            .open(&self.temporary)?
            .sync_all()
    }

    fn rename(self) -> std::io::Result<()> {
        fs::rename(&self.temporary, self.path)
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        // It is gone where it was renamed. One that stays is in nobody's way: another run names its
        // own otherwise.
        let _ = fs::remove_file(&self.temporary);
    }
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
    fn a_place_that_cannot_be_written_is_reported_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let (blocked, free) = (folder.path().join("a"), folder.path().join("b"));
        fs::create_dir(&blocked).unwrap();
        fs::write(&free, "old").unwrap();
        let mut files = Files::default();
        files.insert(&blocked, "text".into());
        files.insert(&free, "text".into());
        let mut report = Report::default();
        assert_eq!(files.write(&mut report), [] as [&Path; 0]);
        assert_eq!(report.diagnostics().len(), 1, "{report}");
        assert_eq!(fs::read_to_string(&free).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
