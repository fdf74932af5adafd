//! The only module that writes files. It writes files in memory to the disk, or compares the two. A file is
//! replaced as a whole, and only if its text differs. This module must never leave a half-written file, and
//! never write outside of the folder of a command.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::load::line_feeds;
use crate::project::shown;

/// Files in memory: path and text, in the order of their paths. All of them are below one folder. A file that
/// is not, by its name or by a link on the disk, is an error. In this case no file is written.
///
/// ```
/// use permspec::{Report, write::Files};
///
/// let mut files = Files::below("out");
/// files.insert("out/../elsewhere.json", "{}".to_owned());
/// let mut report = Report::default();
/// assert!(files.write(&mut report).is_empty() && report.has_errors());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    folder: PathBuf,
    texts: BTreeMap<PathBuf, String>,
    /// Paths that were inserted again with another text.
    twice: BTreeSet<PathBuf>,
}

/// How a file on the disk compares with the one in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The same text. A checkout may have changed the line ends.
    Current,
    /// Another text.
    Differs,
    /// No such file.
    Missing,
}

impl Files {
    /// No files yet. All of them will be below `folder`.
    pub fn below(folder: impl Into<PathBuf>) -> Self {
        Files {
            folder: folder.into(),
            ..Files::default()
        }
    }

    /// Adds a file. Its path begins with the folder.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: String) {
        let path = path.into();
        if self.texts.get(&path).is_some_and(|other| *other != text) {
            self.twice.insert(path.clone());
        }
        self.texts.insert(path, text);
    }

    /// Removes the files that are not `wanted`.
    pub fn retain(&mut self, wanted: impl Fn(&Path) -> bool) {
        self.texts.retain(|path, _| wanted(path));
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every path with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.texts
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// The state of every file on the disk. Files that cannot be read, and files outside of the folder, are
    /// reported.
    pub fn compare(&self, report: &mut Report) -> Vec<(&Path, State)> {
        self.check_places(report);
        self.iter()
            .map(|(path, text)| (path, state(path, text, report)))
            .collect()
    }

    /// Writes the files that differ and returns their paths. Each is written next to its place. Once all of
    /// them are on the disk, they are renamed to their places. A reader or a crash finds either the old or
    /// the new text of a file. If the disk is full, every file keeps its old text. If a file is outside of
    /// the folder, no file is written.
    pub fn write(&self, report: &mut Report) -> Vec<&Path> {
        let mut beside = Vec::new();
        let before = report.error_count();
        self.check_places(report);
        if report.error_count() > before {
            return Vec::new();
        }
        for (path, text) in self.iter() {
            match state(path, text, report) {
                State::Current => {}
                State::Missing | State::Differs => match Beside::new(path, text) {
                    Ok(written) => beside.push(written),
                    Err(error) => report.push(unwritable(path, &error)),
                },
            }
        }
        // Only after all files are written, because a file system with a journal then writes it once.
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

    /// Reports every file that does not have a unique place below the folder.
    fn check_places(&self, report: &mut Report) {
        for path in self.texts.keys() {
            let fault = if self.twice.contains(path) {
                Some(format!(
                    "`{}` is made twice, with different texts",
                    shown(path)
                ))
            } else {
                self.leaves(path).map(|why| {
                    let folder = match shown(&self.folder) {
                        folder if folder.is_empty() => ".".to_owned(),
                        folder => folder,
                    };
                    format!("`{}` is not below `{folder}`{why}", shown(path))
                })
            };
            if let Some(message) = fault {
                let place = Location::file(shown(path));
                report.push(Diagnostic::new(Code::Unwritable, place, message).with_help(
                    "nothing was written; give the file a unique name inside the folder",
                ));
            }
        }
    }

    /// Whether a path leads out of the folder, and through which link. The file itself may be a link. It is
    /// replaced, not followed.
    fn leaves(&self, path: &Path) -> Option<String> {
        let below = match path.strip_prefix(&self.folder) {
            Ok(below) if below.file_name().is_some() => below,
            _ => return Some(String::new()),
        };
        let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
        if !below.components().all(is_name) {
            return Some(String::new());
        }
        let mut folder = self.folder.clone();
        for part in below.parent().into_iter().flat_map(Path::components) {
            folder.push(part);
            match fs::symlink_metadata(&folder) {
                Ok(about) if about.is_symlink() => {
                    let top = match self.folder.as_os_str() {
                        none if none.is_empty() => Path::new("."),
                        _ => &self.folder,
                    };
                    let inside = match (fs::canonicalize(&folder), fs::canonicalize(top)) {
                        (Ok(real), Ok(top)) => real.starts_with(top),
                        _ => false,
                    };
                    if !inside {
                        return Some(format!(
                            ": `{}` is a link that leads out of it",
                            shown(&folder)
                        ));
                    }
                }
                Ok(_) => {}
                // What does not exist is created as a folder.
                Err(_) => break,
            }
        }
        None
    }
}

/// How the file at `path` compares with `text`. A file is read only if its length can match. Each line may
/// have another line end.
fn state(path: &Path, text: &str, report: &mut Report) -> State {
    let same = || -> std::io::Result<bool> {
        let about = fs::metadata(path)?;
        if about.is_dir() {
            return Err(std::io::Error::from(ErrorKind::IsADirectory));
        }
        let lines = text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        Ok(about.is_file()
            && about.len().abs_diff(text.len() as u64) <= lines
            && is_same(&fs::read(path)?, text))
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

/// Whether bytes are a text, with any line ends.
fn is_same(bytes: &[u8], text: &str) -> bool {
    bytes == text.as_bytes()
        || std::str::from_utf8(bytes).is_ok_and(|bytes| line_feeds(bytes) == line_feeds(text))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be written: {error}", shown(path));
    Diagnostic::new(Code::Unwritable, Location::file(shown(path)), message)
}

/// How many files this process has begun to write.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The new text of a file, in a file next to it. That file is removed with this value unless it was renamed.
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
        // The number of the process distinguishes two runs on one folder, and the count distinguishes two
        // files of one process.
        let run = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let temporary = path.with_file_name(format!(".{name}.{}.{}.tmp", run.0, run.1));
        let mut file = fs::File::create(&temporary)?;
        let beside = Beside { path, temporary };
        file.write_all(text.as_bytes())?;
        Ok(beside)
    }

    /// Waits until the text is on the disk. The file is opened again, so that a run does not have too many
    /// open files.
    fn sync(&self) -> std::io::Result<()> {
        // Windows syncs only files that are open for writing.
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
        // It is gone if it was renamed. A file that stays does no harm, because another run uses another
        // name.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests;
