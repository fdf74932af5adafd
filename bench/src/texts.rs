//! The pages to read: the seed page, and two folders of pages if they exist.

use std::path::{Path, PathBuf};

pub struct Texts {
    pub name: &'static str,
    /// The path of each page, and its text.
    pub pages: Vec<(PathBuf, String)>,
}

impl Texts {
    pub fn bytes(&self) -> usize {
        self.pages.iter().map(|(_, text)| text.len()).sum()
    }

    pub fn paths(&self) -> Vec<String> {
        self.pages.iter().map(|(path, _)| path.display().to_string()).collect()
    }

    #[allow(clippy::cast_precision_loss)]
    pub fn megabytes(&self) -> f64 {
        self.bytes() as f64 / 1e6
    }

    /// How often to read the pages in one round, so that a round is long enough to measure.
    pub fn repeats(&self) -> u32 {
        u32::try_from(4_000_000 / self.bytes().max(1)).unwrap_or(1).max(1)
    }
}

pub fn all() -> Vec<Texts> {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/ims/image_sharing.rst");
    let mut all = vec![Texts { name: "seed page", pages: read(vec![seed]) }];
    if let Ok(folder) = std::env::var("PERMSPEC_SHARED") {
        for (name, part) in [("permission pages", "corpus"), ("pages with tables", "tables")] {
            let mut paths = Vec::new();
            find(&Path::new(&folder).join(part), &mut paths);
            paths.sort();
            all.push(Texts { name, pages: read(paths) });
        }
    }
    all.retain(|texts| !texts.pages.is_empty());
    all
}

fn read(paths: Vec<PathBuf>) -> Vec<(PathBuf, String)> {
    paths.into_iter().filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text))).collect()
}

fn find(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rst") {
            paths.push(path);
        }
    }
}
