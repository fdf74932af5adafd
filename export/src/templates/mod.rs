//! Finds templates: the built-in ones, and the user's own, which take precedence.
//! A set is a folder of files. This module must never render a template.

mod builtin;
mod fault;
mod pattern;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};
use permspec::{Code, Diagnostic, Error, Location, Report, load, nearest};

pub(crate) use fault::fault;
pub(crate) use pattern::{Each, Pattern};

use crate::{filter, shown};

/// The file name extension of a template. Other files are copied.
const ENDING: &str = ".j2";

/// Templates to render, with everything that they may include, import or extend.
///
/// The file name of a template decides what is made: `operations.csv.j2` makes one file, `{service}.go.j2` makes one
/// file per service, and `{service}/{page}.md.j2` makes one file per page. A file that does not end with `.j2` is
/// copied. A file whose name begins with `_` is only for other templates to include.
#[derive(Debug)]
pub struct Templates {
    pub(crate) environment: Environment<'static>,
    pub(crate) outputs: Vec<Output>,
    texts: Arc<BTreeMap<String, Text>>,
}

/// A template or a file, with its name in the environment.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub name: String,
    pub pattern: Pattern,
}

/// The text of a template, and the name of its file in messages.
#[derive(Clone, Debug)]
struct Text {
    file: String,
    text: String,
}

impl Templates {
    /// The names of the built-in sets.
    pub fn built_in() -> Vec<&'static str> {
        let mut names: Vec<&str> = builtin::FILES
            .iter()
            .filter_map(|(name, _)| name.split_once('/').map(|(set, _)| set))
            .collect();
        names.dedup();
        names
    }

    /// Finds templates by name. A name is a built-in set, a set below `folder`, or the path of a file or folder. A file
    /// below `folder` replaces the built-in file of the same name. A name with the prefix `builtin/` always means the
    /// built-in file, so that a template can extend the file that it replaces.
    ///
    /// ```
    /// let csv = permspec_export::Templates::load(&["csv".to_owned()], None)?;
    /// # Ok::<(), permspec::Error>(())
    /// ```
    ///
    /// # Errors
    /// Every name that does not name anything, and every file that cannot be read.
    pub fn load(wanted: &[String], folder: Option<&Path>) -> Result<Templates, Error> {
        let mut report = Report::default();
        let mut texts = built_in_texts();
        if let Some(folder) = folder {
            texts.extend(texts_below(folder, "", &mut report));
        }
        let mut outputs = Vec::new();
        let files: Vec<String> = wanted
            .iter()
            .filter(|name| Path::new(name).is_file())
            .cloned()
            .collect();
        for name in wanted {
            let set: Vec<String> = members(&texts, name).map(str::to_owned).collect();
            let set = if set.is_empty() {
                let own = own_texts(name, &texts, &mut report);
                let names = own.keys().cloned().collect();
                texts.extend(own);
                names
            } else {
                set
            };
            for file in set {
                let shown = &texts[&file].file;
                outputs.extend(output(name, file.clone(), shown, &mut report));
            }
        }
        if report.has_errors() {
            return Err(Error::from(report));
        }
        let texts = Arc::new(texts);
        Ok(Templates {
            environment: environment(Arc::clone(&texts), files),
            outputs,
            texts,
        })
    }

    /// The text of a file to copy. `None` for a template.
    pub(crate) fn verbatim(&self, name: &str) -> Option<&str> {
        let text = self.texts.get(name)?;
        (!name.ends_with(ENDING)).then_some(&*text.text)
    }

    /// The file that messages name for a template.
    pub(crate) fn file<'t>(&'t self, name: &'t str) -> &'t str {
        self.texts.get(name).map_or(name, |text| &text.file)
    }
}

fn built_in_texts() -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for (name, text) in builtin::FILES {
        let text = Text {
            file: format!("builtin/{name}"),
            text: (*text).to_owned(),
        };
        texts.insert(format!("builtin/{name}"), text.clone());
        texts.insert((*name).to_owned(), text);
    }
    texts
}

/// The files of the set `name`.
fn members<'t>(texts: &'t BTreeMap<String, Text>, name: &str) -> impl Iterator<Item = &'t str> {
    let folder = format!("{name}/");
    texts
        .keys()
        .map(String::as_str)
        .filter(move |file| name != "builtin" && file.starts_with(&folder))
}

/// The files of a path that is not a set: a file, or the files of a folder.
fn own_texts(
    name: &str,
    known: &BTreeMap<String, Text>,
    report: &mut Report,
) -> BTreeMap<String, Text> {
    let path = Path::new(name);
    let name = name.trim_end_matches('/');
    if path.is_dir() {
        return texts_below(path, &format!("{name}/"), report);
    }
    if path.exists() {
        let text = load::text(path, report).map(|text| Text {
            file: name.to_owned(),
            text,
        });
        return text
            .map(|text| (name.to_owned(), text))
            .into_iter()
            .collect();
    }
    let sets: BTreeSet<&str> = known
        .keys()
        .filter_map(|name| name.split_once('/').map(|(set, _)| set))
        .filter(|set| *set != "builtin")
        .collect();
    let listed = sets.iter().copied().collect::<Vec<_>>().join(", ");
    let help = match nearest(name, sets) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {listed}, and paths of files"),
    };
    let message = format!("there is no template `{name}`");
    report.push(Diagnostic::new(Code::Template, Location::file(name), message).with_help(help));
    BTreeMap::new()
}

/// Every file below a folder. Its name is `prefix` and its path in the folder.
fn texts_below(folder: &Path, prefix: &str, report: &mut Report) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for file in load::files(folder, report) {
        let Some(text) = load::text(&file, report) else {
            continue;
        };
        let path = file.strip_prefix(folder).unwrap_or(&file);
        let shown = |path: &Path| path.display().to_string().replace('\\', "/");
        let text = Text {
            file: shown(&file),
            text,
        };
        texts.insert(format!("{prefix}{}", shown(path)), text);
    }
    texts
}

/// Adds what is made of a file of the set or path `wanted`. Nothing is made of a file that only others include.
fn output(wanted: &str, name: String, file: &str, report: &mut Report) -> Option<Output> {
    let own = name.rsplit('/').next().unwrap_or(&name);
    if own.starts_with('_') && name != wanted {
        return None;
    }
    let wanted = wanted.trim_end_matches('/');
    let below = name
        .strip_prefix(wanted)
        .and_then(|rest| rest.strip_prefix('/'));
    let path = below.unwrap_or(own);
    match Pattern::of(path.strip_suffix(ENDING).unwrap_or(path)) {
        Ok(pattern) => Some(Output { name, pattern }),
        Err(message) => {
            report.push(Diagnostic::new(Code::Output, Location::file(file), message));
            None
        }
    }
}

/// Loads files in the folder of a template that the user named by its path, or below, if a template includes them.
fn beside(name: &str, files: &[String]) -> Option<String> {
    let folder = |file: &str| {
        file.rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"))
    };
    let is_beside = files.iter().any(|file| {
        let below = name.strip_prefix(&folder(file));
        below.is_some_and(|below| {
            !below.starts_with('/') && !below.split('/').any(|part| part == "..")
        })
    });
    let path = Path::new(name);
    if !is_beside || !path.is_file() {
        return None;
    }
    load::text(path, &mut Report::default())
}

/// `beside_files` are templates that the user named by their paths.
fn environment(
    texts: Arc<BTreeMap<String, Text>>,
    beside_files: Vec<String>,
) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax());
    environment.set_debug(true);
    environment.set_path_join_callback(|name, from| match name.strip_prefix("./") {
        Some(name) => match from.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}").into(),
            None => name.to_owned().into(),
        },
        None => name.into(),
    });
    filter::add_to(&mut environment);
    shown::add_to(&mut environment);
    environment.set_loader(move |name| {
        let known = texts.get(name).map(|text| text.text.clone());
        Ok(known.or_else(|| beside(name, &beside_files)))
    });
    environment
}

/// Block tags are on lines of their own and leave nothing behind. A file keeps its final newline.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    syntax.build().expect("the delimiters are the default ones")
}
