//! One case: files and variables, and the settings that they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use permspec_runtime::cloud::Sources;

/// Settings as texts. A setting without a value is not in the map.
pub type Settings = BTreeMap<String, String>;

/// A file of `cases/`. Lines `== NAME` begin its parts:
///
/// - `env`: variables, as lines `NAME=value`;
/// - `named`: the name of the cloud that the program asks for;
/// - `expected`: settings, as lines `name = value`. An error is `error = KIND`, and `message = ..` is a part of it;
/// - `differs`: settings that openstacksdk reads in another way on purpose, as lines `name: why`;
/// - all others are files, below `work` (the current directory), `home`, `xdg` or `etc`.
///
/// `$CASE` stands for the folder into which the files are written.
pub struct Case {
    pub name: String,
    parts: BTreeMap<String, String>,
}

impl Case {
    /// All cases, in the order of their names.
    pub fn all(folder: &Path) -> Vec<Case> {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths.iter().map(|path| Case::read(path)).collect()
    }

    fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).unwrap();
        let mut parts = BTreeMap::new();
        // The text before the first part says what the case shows.
        for part in text.split("\n== ").skip(1) {
            let (name, content) = part.split_once('\n').unwrap();
            let old = parts.insert(name.to_owned(), format!("{content}\n"));
            assert!(old.is_none(), "{} has `{name}` twice", path.display());
        }
        assert!(
            text.starts_with("# "),
            "{} says what it shows",
            path.display()
        );
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        Case { name, parts }
    }

    /// Writes the files of the case below `folder`.
    pub fn write(&self, folder: &Path) {
        for directory in ["work", "home/.config/openstack", "xdg/openstack", "etc"] {
            fs::create_dir_all(folder.join(directory)).unwrap();
        }
        fs::write(folder.join("env"), self.text("env", folder)).unwrap();
        for (name, content) in &self.parts {
            if !["env", "expected", "differs"].contains(&name.as_str()) {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content.replace("$CASE", folder.to_str().unwrap())).unwrap();
            }
        }
    }

    fn text(&self, part: &str, folder: &Path) -> String {
        let text = self.parts.get(part).map_or("", String::as_str);
        text.replace("$CASE", folder.to_str().unwrap())
    }

    /// The name of the cloud that the program asks for.
    pub fn named(&self) -> Option<&str> {
        self.parts.get("named").map(|name| name.trim())
    }

    /// The variables and the directories of the case.
    pub fn sources(&self, folder: &Path) -> Sources {
        let mut sources = Sources::new().home(folder.join("home"));
        for directory in ["work", "home/.config/openstack", "xdg/openstack", "etc"] {
            sources = sources.directory(folder.join(directory));
        }
        for line in self
            .text("env", folder)
            .lines()
            .filter(|line| !line.is_empty())
        {
            let (name, value) = line.split_once('=').unwrap();
            sources = sources.variable(name, value);
        }
        sources
    }

    /// The settings that the case expects.
    pub fn expected(&self, folder: &Path) -> Settings {
        let text = self.text("expected", folder);
        let lines = text.lines().filter(|line| !line.is_empty());
        let pairs = lines.map(|line| line.split_once(" = ").expect("`name = value`"));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// The settings that openstacksdk reads in another way. Each has a reason.
    pub fn differs(&self) -> BTreeSet<String> {
        let text = self.parts.get("differs").map_or("", String::as_str);
        let lines = text.lines().filter(|line| !line.is_empty());
        let pairs = lines.map(|line| line.split_once(": ").expect("`name: why`"));
        pairs.map(|(name, _)| name.to_owned()).collect()
    }
}
