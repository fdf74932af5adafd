//! `permspec init`: makes the first files of a project from its pages.
//! This module must never replace a file, and it only appends to a manifest.

mod configuration;
mod manifest;
mod source;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use permspec::ident::{is_service, snake_case};
use permspec::load::ModelFile;
use permspec::recognise::may_be_permission_page;
use permspec::write::{Files, State};
use permspec::{Code, Diagnostic, Error, Location, Project, Report, load, pipeline};

use self::configuration::configuration;
use self::source::Source;
use crate::Verdict;
use crate::arguments::Init;
use crate::output::{counted, say};

const WORKFLOW: &str = include_str!("../../init/permspec.yml");
const ATTRIBUTES: &str = include_str!("../../init/gitattributes");
const BUILD_SCRIPT: &str = include_str!("../../init/build.rs");

/// The pages with permission tables, by service. Their paths are relative to the documentation folder.
type PagesByService = BTreeMap<String, Vec<String>>;

pub fn run(options: &Init) -> Result<Verdict, Error> {
    // Messages show paths below the working directory without `./`.
    let folder = options.folder.strip_prefix(".").unwrap_or(&options.folder);
    if !options.folder.is_dir() {
        let message = format!("`{}` is not a folder", folder.display());
        let place = Location::file(folder.display().to_string());
        let unreadable = Diagnostic::new(Code::Unreadable, place, message);
        return Err(Error::from(
            unreadable.with_help("name the project's folder"),
        ));
    }
    let docs = match &options.docs {
        Some(docs) => docs.clone(),
        None => documentation(folder)?,
    };
    let source = Source::of(options.permspec.as_deref(), &options.folder)?;
    let pages = pages(&Path::new(".").join(folder).join(&docs))?;
    let count = pages.values().map(Vec::len).sum();
    say(&format!(
        "found {} with permission tables below {}",
        counted(count, "page"),
        shown(&docs)
    ));
    let manifest = manifest_of(folder)?;
    let has_script = manifest.is_some() && !pages.is_empty();
    create(files(folder, &docs, &pages, &source, has_script))?;
    if let Some(text) = manifest.filter(|_| has_script) {
        depend(folder, &text, &source)?;
    }
    if let Some(path) = source.elsewhere() {
        let path = shown(path);
        say(&format!(
            "note: another machine needs `{path}` too; --permspec accepts a git repository instead"
        ));
    }
    say("next: `permspec extract` writes the spec model; review and commit it");
    if has_script {
        say("next: include the modules that build.rs names");
    }
    Ok(Verdict::Clean)
}

/// The manifest of the folder, if it is the manifest of a package.
fn manifest_of(folder: &Path) -> Result<Option<String>, Error> {
    let path = folder.join("Cargo.toml");
    if !path.is_file() {
        return Ok(None);
    }
    let mut report = Report::default();
    match load::text(&path, &mut report) {
        Some(text) => Ok(Some(text).filter(|text| manifest::is_package(text))),
        None => Err(Error::from(report)),
    }
}

/// Appends the dependencies of the build script and of its modules to the manifest.
fn depend(folder: &Path, text: &str, source: &Source) -> Result<(), Error> {
    let lacking = manifest::lacking(text, source);
    if lacking.is_empty() {
        return Ok(());
    }
    let path = folder.join("Cargo.toml");
    let Some(whole) = manifest::with(text, &lacking) else {
        say(&format!("next: add to {}:\n{lacking}", path.display()));
        return Ok(());
    };
    let mut files = Files::below(folder);
    files.insert(&path, whole);
    let mut report = Report::default();
    files.write(&mut report);
    if report.has_errors() {
        return Err(Error::from(report));
    }
    say(&format!("added permspec to {}", path.display()));
    Ok(())
}

fn files(
    folder: &Path,
    docs: &Path,
    pages: &PagesByService,
    source: &Source,
    has_script: bool,
) -> Files {
    let mut files = Files::below(folder);
    files.insert(folder.join("permspec.toml"), configuration(docs, pages));
    files.insert(
        folder.join(".github/workflows/permspec.yml"),
        workflow(docs, source),
    );
    files.insert(folder.join(".gitattributes"), ATTRIBUTES.to_owned());
    if has_script {
        files.insert(folder.join("build.rs"), build_script(docs, pages));
    }
    files
}

fn workflow(docs: &Path, source: &Source) -> String {
    let lint = format!("permspec lint {} --format github", shell_word(&shown(docs)));
    WORKFLOW
        .replace("INSTALL", &yaml_scalar(&source.install()))
        .replace("LINT", &yaml_scalar(&lint))
}

/// Writes the files that do not exist, and reports the files that do.
fn create(mut files: Files) -> Result<(), Error> {
    let mut report = Report::default();
    let compared = files.compare(&mut report).into_iter();
    let there = compared.filter(|(_, state)| *state != State::Missing);
    let there: Vec<PathBuf> = there.map(|(path, _)| path.to_owned()).collect();
    for path in &there {
        say(&format!("kept {}: it exists", path.display()));
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    files.retain(|path| !there.iter().any(|kept| kept == path));
    for path in files.write(&mut report) {
        say(&format!("wrote {}", path.display()));
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    Ok(())
}

/// The folder that contains all pages with permission tables, relative to the project.
fn documentation(folder: &Path) -> Result<PathBuf, Error> {
    let mut report = Report::default();
    let none = Project::new("");
    let root = Path::new(".").join(folder);
    let is_wanted = |text: &str| may_be_permission_page(text, &none.headers);
    let found = load::documentation(&none, &root, None, is_wanted, &mut report);
    if report.has_errors() {
        return Err(Error::from(report));
    }
    let is_own = |path: &&str| {
        let mut folders = path.split('/');
        !folders.any(|name| name.starts_with('.') || name == "target" || name == "node_modules")
    };
    let paths = found
        .iter()
        .map(|source| source.path.as_str())
        .filter(is_own);
    let mut common: Option<PathBuf> = None;
    for path in paths {
        let parent = Path::new(path).parent().unwrap_or(Path::new(""));
        common = Some(match common {
            None => parent.to_owned(),
            Some(common) => common
                .components()
                .zip(parent.components())
                .take_while(|(one, other)| one == other)
                .map(|(one, _)| one)
                .collect(),
        });
    }
    Ok(common.unwrap_or_default())
}

/// Reads the pages. Their findings are not reported here, because `permspec extract` reports them.
fn pages(docs: &Path) -> Result<PagesByService, Error> {
    if !docs.is_dir() {
        let message = format!("`{}` is not a folder", docs.display());
        let place = Location::file(docs.display().to_string());
        return Err(Error::from(Diagnostic::new(
            Code::Unreadable,
            place,
            message,
        )));
    }
    let mut pages = PagesByService::new();
    for model in pipeline::extract_docs(&Project::new(""), docs, None).models {
        let page = model.page.page.path.clone();
        pages.entry(service(&model)).or_default().push(page);
    }
    Ok(pages)
}

/// The short name of a page's service: the prefix of most of its actions, or else the name of its folder.
fn service(model: &ModelFile) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &model.page.operations {
        for needed in &operation.actions {
            let name = needed.action.split(':').next().unwrap_or_default();
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if !name.is_empty() && name.chars().all(is_name) {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let most = counts
        .iter()
        .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    let name = most.map_or(model.page.service.as_str(), |(name, _)| *name);
    if is_service(name) {
        return name.to_owned();
    }
    // A folder may have a name that a module cannot have.
    let plain = snake_case(name);
    if is_service(&plain) {
        plain
    } else {
        "docs".to_owned()
    }
}

fn build_script(docs: &Path, pages: &PagesByService) -> String {
    let module = |service: &String| {
        let ident = permspec::ident::value_ident(service);
        format!("//!     pub mod {ident} {{ permspec_runtime::include_module!({service:?}); }}")
    };
    let modules: Vec<String> = pages.keys().map(module).collect();
    let call = |(service, pages): (&String, &Vec<String>)| {
        let call = |page: &String| {
            let path = shown(&docs.join(page));
            format!("        .page({service:?}, {path:?})")
        };
        pages.iter().map(call).collect::<Vec<_>>().join("\n")
    };
    let calls: Vec<String> = pages.iter().map(call).collect();
    BUILD_SCRIPT
        .replace("MODULES", &modules.join("\n"))
        .replace("PAGES", &calls.join("\n"))
}

/// The path with `/` between folders on every platform. The folder itself is `.`.
fn shown(path: &Path) -> String {
    let shown = path.display().to_string().replace('\\', "/");
    if shown.is_empty() {
        ".".to_owned()
    } else {
        shown
    }
}

/// A scalar of YAML. It is written as a string of JSON, which YAML reads too, if it needs quotes.
fn yaml_scalar(text: &str) -> String {
    if text.contains(": ") || text.contains(" #") || text.chars().any(char::is_control) {
        serde_json::to_string(text).expect("a text is a JSON value")
    } else {
        text.to_owned()
    }
}

/// A word of a shell, in quotes if it needs them.
fn shell_word(text: &str) -> Cow<'_, str> {
    // No shell can quote this character, and no operating system accepts it in an argument or a path.
    shlex::try_quote(text).expect("an argument does not contain the character NUL")
}
