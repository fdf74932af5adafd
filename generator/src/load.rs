//! The only module that reads files: pages, models and generated files, as text. Its part `git` reads the
//! files of a revision. Everything that cannot be read becomes a diagnostic. This module must never stop at
//! the first one.

mod file;
#[cfg(feature = "tools")]
mod git;
#[cfg(feature = "reference")]
mod interface;
#[cfg(feature = "tools")]
mod version;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::ident::{OF_A_SERVICE, is_service};
#[cfg(feature = "tools")]
use crate::model::Operation;
use crate::model::{Page, ReadError, stem};
use crate::project::{Project, shown};

pub use file::{LARGEST_LOG, LARGEST_TEXT};
#[cfg(feature = "reference")]
pub(crate) use interface::INTERFACES;
#[cfg(feature = "reference")]
pub use interface::{InterfaceFile, interface_text, interfaces};
#[cfg(feature = "tools")]
pub use version::{Version, version};

/// A documentation page and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The short name of the service that it belongs to.
    pub service: String,
    /// Its path below the documentation folder, with `/` between folders.
    pub path: String,
    /// The name of the file in messages.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// The page's name without folder and ending: `image_sharing`.
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// SHA-256 of the page's text in lower-case hexadecimal. All line ends count as line feeds, so the
    /// checksum is the same in every checkout.
    pub fn sha256(&self) -> String {
        sha256(&self.text)
    }
}

/// SHA-256 of a text whose lines end with line feeds, in lower-case hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    use std::fmt::Write;
    hmac_sha256::Hash::hash(line_feeds(text).as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes every write");
            hex
        })
}

/// A text without the byte order mark that some editors write at its beginning.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A text whose lines all end with a line feed, whatever the checkout wrote.
pub(crate) fn line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Every page that the project names, in the order of services and their pages.
pub fn pages(project: &Project, report: &mut Report) -> Vec<Source> {
    let mut sources = Vec::new();
    for (service, settings) in &project.services {
        for path in &settings.pages {
            let page_path = project.page_path(path);
            let Some(text) = text(&page_path, report) else {
                continue;
            };
            let file = shown(&page_path);
            report.add_source(&file, &text);
            if text
                .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                .is_empty()
            {
                report.push(Diagnostic::new(
                    Code::EmptyPage,
                    Location::file(&file),
                    "the page is empty",
                ));
                continue;
            }
            sources.push(Source {
                service: service.clone(),
                path: path.clone(),
                file,
                text,
            });
        }
    }
    sources
}

/// Every page below `docs` whose text is wanted, in the order of their paths. If a `service` is given, only
/// its pages are read. The text of a page that is not wanted is dropped at once.
pub fn documentation(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    is_wanted: impl Fn(&str) -> bool,
    report: &mut Report,
) -> Vec<Source> {
    let found = files(docs, report);
    let mut sources = Vec::new();
    for page in page_files(project, docs, found, service) {
        if let Some(source) = page.source(report)
            && is_wanted(&source.text)
        {
            report.add_source(&source.file, &source.text);
            sources.push(source);
        }
    }
    sources
}

/// The texts of some reference pages of a service, and of the pages below folders among them.
#[cfg(feature = "reference")]
pub(crate) fn reference_pages(
    service: &str,
    pages: &[PathBuf],
    report: &mut Report,
) -> Vec<Source> {
    let mut found = Vec::new();
    for page in pages {
        if page.is_dir() {
            let below = files(page, report);
            found.extend(below.into_iter().filter(|file| is_page(file)));
        } else {
            found.push(page.clone());
        }
    }
    let source = |file: PathBuf| {
        let page = PageFile {
            service: service.to_owned(),
            path: shown(&file),
            file,
        };
        page.source(report)
    };
    found.into_iter().filter_map(source).collect()
}

fn is_page(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "rst")
}

/// A page of a documentation that is not read yet.
pub(crate) struct PageFile {
    /// The short name of the service it belongs to.
    pub(crate) service: String,
    /// Its path below the documentation folder.
    path: String,
    file: PathBuf,
}

impl PageFile {
    /// The page with its text; `None` if it cannot be read, with a finding.
    pub(crate) fn source(self, report: &mut Report) -> Option<Source> {
        Some(Source {
            text: text(&self.file, report)?,
            service: self.service,
            path: self.path,
            file: shown(&self.file),
        })
    }
}

/// The pages among the files of a documentation, of one service if one is given.
pub(crate) fn page_files(
    project: &Project,
    docs: &Path,
    found: Vec<PathBuf>,
    service: Option<&str>,
) -> impl Iterator<Item = PageFile> {
    let page = move |file: PathBuf| {
        let path = shown(file.strip_prefix(docs).unwrap_or(&file));
        PageFile {
            service: project.service_of(&path),
            path,
            file,
        }
    };
    found
        .into_iter()
        .filter(|file| is_page(file))
        .map(page)
        .filter(move |page| service.is_none_or(|wanted| wanted == page.service))
}

/// Every file below a folder, in the order of their paths. Links to folders are not followed, so there are no
/// loops.
pub fn files(folder: &Path, report: &mut Report) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for (path, is_folder) in entries(&folder, report) {
            if is_folder {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The entries of a folder, and whether each is a folder.
fn entries(folder: &Path, report: &mut Report) -> Vec<(PathBuf, bool)> {
    let entry = |found: std::io::Result<fs::DirEntry>| {
        let entry = found?;
        Ok((entry.path(), entry.file_type()?.is_dir()))
    };
    let read = fs::read_dir(folder).and_then(|found| found.map(entry).collect());
    read.unwrap_or_else(|error| {
        report.push(file::unreadable(folder, &error));
        Vec::new()
    })
}

/// A model page and the file it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The text of the file.
    pub text: String,
    /// What it says.
    pub page: Page,
}

impl ModelFile {
    /// Where each operation of the page is in the text: the place of its `"id"`, by identifier. If two
    /// operations have the same identifier, the first one counts.
    pub(crate) fn places(&self) -> BTreeMap<String, Location> {
        const KEY: &str = "\"id\"";
        let file = shown(&self.path);
        let mut places = BTreeMap::new();
        // The line and column of the byte that the search has reached.
        let (mut line, mut column, mut reached) = (1_usize, 1_usize, 0);
        for (start, _) in self.text.match_indices(KEY) {
            let passed = &self.text[reached..start];
            line += passed.matches('\n').count();
            column = match passed.rsplit_once('\n') {
                Some((_, last)) => 1 + last.chars().count(),
                None => column + passed.chars().count(),
            };
            reached = start;
            let value = self.text[start + KEY.len()..]
                .trim_start()
                .strip_prefix(':');
            let Some(value) = value.map(str::trim_start) else {
                continue;
            };
            let mut values = serde_json::Deserializer::from_str(value).into_iter::<String>();
            let Some(Ok(id)) = values.next() else {
                continue;
            };
            let end = self.text.len() - value.len() + values.byte_offset();
            places.entry(id).or_insert_with(|| Location {
                file: file.clone(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                column: u32::try_from(column).unwrap_or(u32::MAX),
                start,
                end,
            });
        }
        places
    }

    /// For each operation, in order, its line in the text, from 1.
    #[cfg(feature = "tools")]
    pub(crate) fn lines(&self) -> Vec<u32> {
        let places = self.places();
        let line = |operation: &Operation| places.get(&operation.id).map_or(1, |place| place.line);
        self.page.operations.iter().map(line).collect()
    }
}

/// The model files of every service of the project, in the order of their names. A service without a folder
/// has no models yet.
pub fn models(project: &Project, report: &mut Report) -> Vec<ModelFile> {
    let mut found = Vec::new();
    for service in project.services.keys() {
        let folder = project.model_folder(service);
        let paths = folder
            .map(|folder| json_files(&folder, report))
            .unwrap_or_default();
        found.extend(paths.iter().filter_map(|path| model(path, report)));
    }
    found
}

/// Reads one model file.
pub fn model(path: &Path, report: &mut Report) -> Option<ModelFile> {
    let text = text(path, report)?;
    model_text(path, text, report)
}

/// Reads the text of a model file. `path` is where the file is, or would be. Line ends and a byte order mark
/// come from checkouts and editors, so they are not part of the text.
pub fn model_text(path: &Path, text: String, report: &mut Report) -> Option<ModelFile> {
    let (text, page) = parsed(path, text, Page::from_json, |page| &page.service, report)?;
    Some(ModelFile {
        path: path.to_owned(),
        text,
        page,
    })
}

/// What the text of a file of the model says, and the text without what checkouts and editors add.
fn parsed<T>(
    path: &Path,
    text: String,
    parse: impl Fn(&str) -> Result<T, ReadError>,
    service: impl Fn(&T) -> &str,
    report: &mut Report,
) -> Option<(String, T)> {
    let text = match line_feeds(without_mark(&text)) {
        Cow::Borrowed(plain) if plain.len() == text.len() => text,
        plain => plain.into_owned(),
    };
    let file = shown(path);
    let fault = match parse(&text) {
        Ok(value) if is_service(service(&value)) => return Some((text, value)),
        Ok(value) => {
            let at = text.find("\"service\"").unwrap_or_default();
            let message = format!("`{}` cannot be the name of a service", service(&value));
            Diagnostic::new(Code::Model, Location::offset(&file, &text, at), message)
                .with_help(OF_A_SERVICE)
        }
        Err(error) => {
            let place = Location::line_column(&file, &text, error.line, error.column);
            Diagnostic::new(Code::Model, place, error.message)
        }
    };
    report.push(fault);
    report.add_source(file, text);
    None
}

fn json_files(folder: &Path, report: &mut Report) -> Vec<PathBuf> {
    if !folder.exists() {
        return Vec::new();
    }
    let found = entries(folder, report).into_iter();
    let is_json = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    };
    let mut files: Vec<PathBuf> = found
        .filter(|(_, is_folder)| !is_folder)
        .map(|(path, _)| path)
        .filter(is_json)
        .collect();
    files.sort();
    files
}

/// The text of a file of at most [`LARGEST_TEXT`] bytes. If it cannot be read, the report gets a diagnostic.
pub fn text(path: &Path, report: &mut Report) -> Option<String> {
    let bytes = reported(file::bytes(path, LARGEST_TEXT), report)?;
    utf8(&shown(path), bytes, report)
}

/// What was read. If nothing was read, the report gets the finding.
fn reported(read: Result<Vec<u8>, Diagnostic>, report: &mut Report) -> Option<Vec<u8>> {
    read.map_err(|finding| report.push(finding)).ok()
}

/// The bytes of a file as text. If they are not UTF-8, the report gets a diagnostic.
fn utf8(file: &str, bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let message = format!("byte 0x{:02x} is not UTF-8", bytes[valid]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let place = Location::offset(file, &text, valid);
            report.push(Diagnostic::new(Code::NotUtf8, place, message));
            report.add_source(file, text);
            None
        }
    }
}

/// The text of a log of at most [`LARGEST_LOG`] bytes. If `path` is `-`, it is read from standard input. A
/// log contains what strangers sent, so bytes that are not UTF-8 become U+FFFD and are not an error. If the
/// log cannot be read, the report gets a finding.
pub fn log(path: &Path, report: &mut Report) -> Option<String> {
    let bytes = if path == Path::new("-") {
        file::at_most(std::io::stdin().lock(), path, LARGEST_LOG, 0)
    } else {
        file::bytes(path, LARGEST_LOG)
    };
    reported(bytes, report).map(lossy)
}

/// The text of a file that another run wrote. Anybody may have changed it since, so bytes that are not UTF-8
/// become U+FFFD. If the file cannot be read, the report gets a finding.
#[cfg(feature = "tools")]
pub(crate) fn written(path: &Path, report: &mut Report) -> Option<String> {
    let text = reported(file::bytes(path, LARGEST_TEXT), report).map(lossy)?;
    Some(line_feeds(&text).into_owned())
}

/// Bytes as text. Valid UTF-8 is not copied.
fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
