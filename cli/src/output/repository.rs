//! Finds the path of a file in its repository, from any working directory and for any form of the name.
//! Programs read these paths. They know the repository, but not the working directory of the command.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The repository of the working directory.
#[derive(Debug)]
pub struct Repository {
    /// Its root. If there is no repository, the working directory.
    root: PathBuf,
    /// The working directory.
    here: PathBuf,
}

/// A file, as other programs find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileLocation {
    /// A path below the root, with `/` between folders.
    Inside(String),
    /// The full path of any other file.
    Outside(PathBuf),
}

/// The prefix of a path in a git revision.
const GIT: &str = "git:";

impl Repository {
    /// Finds the repository: the nearest folder with a `.git`, which is a file in a worktree.
    pub fn here() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let mut above = here.ancestors();
        let root = above.find(|folder| folder.join(".git").exists());
        Repository {
            root: root.unwrap_or(&here).to_owned(),
            here,
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The location of a file that a message names.
    pub fn place(&self, file: &str) -> FileLocation {
        // The path in a revision is relative to the root.
        let of_revision = file.strip_prefix(GIT).and_then(|rest| rest.split_once(':'));
        let named = match of_revision {
            Some((_, path)) => self.root.join(path),
            None => self.here.join(file),
        };
        let whole = plain(&named);
        // A link may lead to the folder. Then the real paths decide.
        let below = self.below(&whole).or_else(|| {
            let real = fs::canonicalize(&whole).ok()?;
            let root = fs::canonicalize(&self.root).ok()?;
            Some(joined(real.strip_prefix(root).ok()?))
        });
        below.map_or(FileLocation::Outside(whole), FileLocation::Inside)
    }

    fn below(&self, whole: &Path) -> Option<String> {
        Some(joined(whole.strip_prefix(&self.root).ok()?))
    }

    /// The path from the root, or else the full path, for formats that take only a path.
    pub fn path(&self, file: &str) -> String {
        match self.place(file) {
            FileLocation::Inside(path) => path,
            FileLocation::Outside(path) => path.to_string_lossy().into_owned(),
        }
    }
}

/// A path without `.` and `..`. The file need not exist.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn joined(path: &Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_place_however_it_is_named() {
        let repository = Repository {
            root: "/srv/docs".into(),
            here: "/srv/docs/ims/api".into(),
        };
        let inside = FileLocation::Inside("ims/api/page.rst".to_owned());
        for name in [
            "page.rst",
            "./page.rst",
            "../api/page.rst",
            "/srv/docs/ims/api/page.rst",
            "git:HEAD~1:ims/api/page.rst",
        ] {
            assert_eq!(repository.place(name), inside, "{name}");
        }
        let outside = FileLocation::Outside("/srv/other/page.rst".into());
        assert_eq!(repository.place("../../../other/page.rst"), outside);
    }
}
