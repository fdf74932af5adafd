//! One version of a documentation or of a model, named on a command line: a folder or a file, on the disk or
//! of a git revision. The files tell whether it is documentation or a model. This module must never parse a
//! page.

use std::path::Path;

use super::{ModelFile, Source, entries, git, text};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::project::{Project, shown};

/// The files of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Its pages, if it is documentation.
    pub pages: Vec<Source>,
    /// Its model files, if it is a model.
    pub models: Vec<ModelFile>,
    /// Whether it is a single file. The path of a single file says nothing about its place in the
    /// documentation.
    pub single: bool,
}

/// The prefix of a revision and a path: `git:HEAD~1:spec`.
const GIT: &str = "git:";
/// The name of an empty version. git uses the same name for the missing side of a difference.
const NOTHING: &str = "/dev/null";
const PAGE: &str = ".rst";
const MODEL: &str = ".json";
const ENDINGS: [&str; 2] = [PAGE, MODEL];

struct File {
    /// Its name in messages.
    name: String,
    /// Its path below the folder that was named.
    below: String,
    text: String,
}

/// Reads what `named` names. A folder that has model files is a model. Any other folder is documentation,
/// of which only pages are kept whose text is wanted.
pub fn version(
    project: &Project,
    named: &str,
    is_wanted: impl Fn(&str) -> bool,
    report: &mut Report,
) -> Version {
    if named == NOTHING {
        return Version::default();
    }
    let before = report.diagnostics().len();
    let (files, single) = match named.strip_prefix(GIT) {
        Some(revision) => of_git(named, revision, report),
        None => of_disk(Path::new(named), report),
    };
    let mut version = Version {
        single,
        ..Version::default()
    };
    if single && files.iter().any(|file| file.name.ends_with(MODEL)) {
        version.models = files
            .iter()
            .filter_map(|file| model(file, report))
            .collect();
    } else if files.iter().any(is_model) {
        let models = files.iter().filter(|file| is_model(file));
        version.models = models.filter_map(|file| model(file, report)).collect();
    } else {
        // A page that was named is read whatever it looks like, and reported if it has no table.
        version.pages = files
            .into_iter()
            .filter(|file| !file.name.ends_with(MODEL))
            .filter(|file| single || is_wanted(&file.text))
            .map(|file| page(project, file, single, report))
            .collect();
        if !single && version.pages.is_empty() && report.diagnostics().len() == before {
            let message = format!("`{named}` has neither permission pages nor model files");
            let note = Diagnostic::new(Code::NothingToCompare, Location::file(named), message);
            report.push(note);
        }
    }
    version
}

fn of_disk(path: &Path, report: &mut Report) -> (Vec<File>, bool) {
    let mut paths = Vec::new();
    let single = !path.is_dir();
    if single {
        paths.push(path.to_owned());
    }
    let mut folders = if single {
        Vec::new()
    } else {
        vec![path.to_owned()]
    };
    while let Some(folder) = folders.pop() {
        for (path, is_folder) in entries(&folder, report) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if is_folder && !name.starts_with('.') {
                folders.push(path);
            } else if !is_folder && ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let file = |file: std::path::PathBuf| {
        let text = text(&file, report)?;
        let below = file
            .strip_prefix(path)
            .ok()
            .filter(|below| *below != Path::new(""));
        Some(File {
            name: shown(&file),
            below: shown(below.unwrap_or(&file)),
            text,
        })
    };
    (paths.into_iter().filter_map(file).collect(), single)
}

fn of_git(named: &str, revision: &str, report: &mut Report) -> (Vec<File>, bool) {
    let (revision, path) = revision.split_once(':').unwrap_or((revision, ""));
    let (files, single) = match git::read(revision, path, &ENDINGS) {
        Ok(git::Contents::File(file)) => (vec![file], true),
        Ok(git::Contents::Folder(files)) => (files, false),
        Err(message) => {
            let place = Location::file(named);
            let help = "name it `git:REVISION:PATH`, with the path from the repository's root";
            report.push(Diagnostic::new(Code::Unreadable, place, message).with_help(help));
            return (Vec::new(), false);
        }
    };
    let file = |file: git::Blob| {
        let name = if single {
            format!("{GIT}{revision}:{}", file.path)
        } else {
            format!(
                "{GIT}{revision}:{}/{}",
                path.trim_end_matches('/'),
                file.path
            )
        };
        let text = super::utf8(&name, file.bytes, report)?;
        Some(File {
            name,
            below: file.path,
            text,
        })
    };
    (files.into_iter().filter_map(file).collect(), single)
}

/// Whether a JSON file is a model of a permission page. A documentation may contain other JSON files.
fn is_model(file: &File) -> bool {
    let is_interface = file.name.rsplit('/').nth(1) == Some(super::INTERFACES);
    file.name.ends_with(MODEL)
        && !is_interface
        && file.text.contains("\"permspec\"")
        && file.text.contains("\"operations\"")
}

fn model(file: &File, report: &mut Report) -> Option<ModelFile> {
    super::model_text(Path::new(&file.name), file.text.clone(), report)
}

fn page(project: &Project, file: File, single: bool, report: &mut Report) -> Source {
    report.add_source(&file.name, &file.text);
    let service = if single {
        owner(project, &file.below)
    } else {
        project.service_of(&file.below)
    };
    Source {
        service,
        path: file.below,
        file: file.name,
        text: file.text,
    }
}

/// The service of a single page: the service that the project lists it under, otherwise the one of its
/// folder.
fn owner(project: &Project, path: &str) -> String {
    let keeps = |settings: &crate::project::ServiceSettings| {
        settings
            .pages
            .iter()
            .any(|page| path.ends_with(page.as_str()))
    };
    let kept = project
        .services
        .iter()
        .find(|(_, settings)| keeps(settings));
    if let Some((name, _)) = kept {
        return name.clone();
    }
    let known = project.service_of(path);
    let folder = path.rsplit('/').nth(1).filter(|folder| !folder.is_empty());
    if project.services.contains_key(&known) {
        known
    } else {
        folder.unwrap_or("docs").to_owned()
    }
}
