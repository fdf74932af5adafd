//! Reads permspec.toml into a project. A diagnostic points at the line that is wrong. Unknown keys are
//! errors. This module must never use a default for a misspelt key.

mod names;

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load;
use crate::nearest::nearest;
use crate::project::Fixup;
use crate::project::{Project, shown};

impl Project {
    /// Reads a configuration file and the file of fix-ups that it names. The folder of the file becomes the
    /// project's root.
    ///
    /// # Errors
    /// If a file cannot be read, is not TOML, has an unknown key or a value of the wrong type, has another
    /// version than 1, or has a name that cannot become a folder, a file or a name in code.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let text = read(file)?;
        let root = file.parent().unwrap_or(Path::new(""));
        let mut project = Project::from_toml(&text, &shown(file), root)?;
        if project.fixups.is_some() {
            let file = project.fixup_file();
            project.mended = fixups(&read(Path::new(&file))?, &file)?;
        }
        if project.renamed.is_some() {
            let file = project.renames_file();
            project.read_renames(&read(Path::new(&file))?, &file)?;
        }
        Ok(project)
    }

    /// Reads the text of a configuration file in the folder `root`. `file` is its name in messages. Fix-ups
    /// are not read.
    ///
    /// # Errors
    /// The errors of [`Project::read`].
    pub fn from_toml(text: &str, file: &str, root: &Path) -> Result<Self, Error> {
        let text = load::without_mark(text);
        let project: Project = parse(text, file)?;
        let mut report = Report::default();
        report.add_source(file, text);
        if project.version != 1 {
            let message = format!(
                "version {} of the configuration is unknown",
                project.version
            );
            let place = place(text, file, 0..0);
            report.push(Diagnostic::new(Code::Configuration, place, message));
        }
        names::check(&project, text, file, &mut report);
        if report.has_errors() {
            return Err(Error::from(report));
        }
        Ok(Project {
            root: root.to_owned(),
            ..project
        })
    }
}

fn read(file: &Path) -> Result<String, Error> {
    let mut report = Report::default();
    load::text(file, &mut report).ok_or_else(|| Error::from(report))
}

fn fixups(text: &str, file: &str) -> Result<Vec<Fixup>, Error> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        fixup: Vec<Spanned<Fixup>>,
    }
    let text = load::without_mark(text);
    let file: File = parse(text, file)?;
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let located = |fixup: Spanned<Fixup>| {
        let line = line(fixup.span().start);
        Fixup {
            line,
            ..fixup.into_inner()
        }
    };
    Ok(file.fixup.into_iter().map(located).collect())
}

/// Reports every unknown key: it removes the key and reads the rest again. It stops at any other error,
/// because the text after such an error may mean something else.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str, file: &str) -> Result<T, Error> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut report = Report::default();
    report.add_source(file, text);
    for error in &errors {
        let place = place(text, file, error.span().unwrap_or(0..0));
        report.push(Diagnostic::new(Code::Configuration, place, error.message()));
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    let mut table = table;
    loop {
        let error = match T::deserialize(toml::Deserializer::from(table.clone())) {
            Ok(read) if report.is_empty() => return Ok(read),
            Ok(_) => return Err(Error::from(report)),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        report.push(finding(&error, place(text, file, span.clone())));
        if unknown(&error).is_none() || !take_out(table.get_mut(), &span) {
            return Err(Error::from(report));
        }
    }
}

/// What is wrong, and which known key an unknown one may stand for.
fn finding(error: &toml::de::Error, place: Location) -> Diagnostic {
    let Some((key, known)) = unknown(error) else {
        return Diagnostic::new(Code::Configuration, place, error.message());
    };
    let help = match nearest(key, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the keys here are {}", known.join(", ")),
    };
    let message = format!("`{key}` is not a known key here");
    Diagnostic::new(Code::Configuration, place, message).with_help(help)
}

/// The unknown key and the known keys of serde's message: "unknown field `page`, expected one of `title`,
/// `pages`".
fn unknown(error: &toml::de::Error) -> Option<(&str, Vec<&str>)> {
    let message = error.message();
    let rest = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))?;
    let (key, expected) = rest.rsplit_once("`, expected ")?;
    Some((key, expected.split('`').skip(1).step_by(2).collect()))
}

/// Removes the key at `span`, at any depth.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let key = table.keys().find(|key| key.span() == *span).cloned();
    match key {
        Some(key) => table.remove(&key).is_some(),
        None => table
            .iter_mut()
            .any(|(_, value)| take_out_below(value.get_mut(), span)),
    }
}

fn take_out_below(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, span),
        DeValue::Array(items) => items
            .iter_mut()
            .any(|item| take_out_below(item.get_mut(), span)),
        _ => false,
    }
}

fn place(text: &str, file: &str, span: Range<usize>) -> Location {
    let mut place = Location::offset(file, text, span.start);
    place.end = span.end.max(place.start);
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = "permspec = 1\n\n[service.ims]\ntitle = \"Image Management Service\"\npages = [\"ims/image_sharing.rst\"]\n";

    #[test]
    fn a_small_configuration_names_services_and_pages() {
        let project = Project::from_toml(SEED, "spec/permspec.toml", Path::new("spec")).unwrap();
        assert_eq!(project.services["ims"].pages, ["ims/image_sharing.rst"]);
        assert_eq!(project.root, Path::new("spec"));
    }

    #[test]
    fn a_misspelt_key_is_an_error_at_its_line() {
        let text = SEED.replace("pages", "page");
        let error = Project::from_toml(&text, "permspec.toml", Path::new("")).unwrap_err();
        let diagnostic = error.report().diagnostics()[0].clone();
        assert_eq!(diagnostic.code, Code::Configuration);
        assert_eq!(
            (diagnostic.location.line, diagnostic.location.column),
            (5, 1)
        );
        assert!(
            diagnostic.message.contains("`page`"),
            "{}",
            diagnostic.message
        );
    }

    #[test]
    fn every_misspelt_key_is_an_error_with_what_was_meant() {
        let text = "permspec = 1\ndcos = \".\"\n\n[service.ims]\ntitel = \"x\"\npages = []\n\n[headers]\nappi = []\n\n[weather]\n";
        let error = Project::from_toml(text, "permspec.toml", Path::new("")).unwrap_err();
        let found: Vec<_> = error
            .report()
            .diagnostics()
            .iter()
            .map(|d| (d.location.line, d.message.clone(), d.help.clone()))
            .collect();
        let known = |key: &str| format!("`{key}` is not a known key here");
        assert_eq!(found[0], (2, known("dcos"), "did you mean `docs`?".into()));
        assert_eq!(
            found[1],
            (5, known("titel"), "did you mean `title`?".into())
        );
        assert_eq!(found[2], (9, known("appi"), "did you mean `api`?".into()));
        assert_eq!((found[3].0, &found[3].1), (11, &known("weather")));
        assert!(found[3].2.starts_with("the keys here are permspec, docs"));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn header_words_of_other_documentation_are_added_by_role() {
        let text =
            format!("{SEED}\n[headers]\napi = [\"REST call\"]\niam-project = [\"Tenant\"]\n");
        let project = Project::from_toml(&text, "permspec.toml", Path::new("")).unwrap();
        assert_eq!(
            project.headers.role("rest call"),
            Some(crate::extract::Role::Api)
        );
        assert_eq!(
            project.headers.role("Tenant"),
            Some(crate::extract::Role::IamProject)
        );
        assert_eq!(project.headers.role("API"), Some(crate::extract::Role::Api));
        let wrong = text.replace("iam-project", "tenant");
        let error = Project::from_toml(&wrong, "permspec.toml", Path::new("")).unwrap_err();
        assert!(error.to_string().contains("`tenant`"), "{error}");
    }

    #[test]
    fn a_byte_order_mark_and_other_line_ends_change_nothing_but_are_no_part_of_a_place() {
        let odd = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let read = |text: &str| Project::from_toml(text, "permspec.toml", Path::new(""));
        assert_eq!(read(&odd(SEED)).unwrap(), read(SEED).unwrap());
        let place = |text: &str| {
            let error = read(text).unwrap_err();
            let place = &error.report().diagnostics()[0].location;
            (place.line, place.column)
        };
        for wrong in [
            SEED.replace("permspec", "permspek"),
            SEED.replace("pages", "page"),
        ] {
            assert_eq!(place(&odd(&wrong)), place(&wrong));
        }
        let fixup =
            "[[fixup]]\npage = \"p.rst\"\nrow = \"x\"\nfound.calls = []\ntimes = 2\nwhy = \"y\"\n";
        assert_eq!(
            fixups(&odd(fixup), "fixups.toml").unwrap(),
            fixups(fixup, "fixups.toml").unwrap()
        );
    }

    #[test]
    fn a_fix_up_knows_its_line() {
        let text = "# why\n\n[[fixup]]\npage = \"p.rst\"\nrow = \"Adds image members.\"\nfound.calls = []\ntimes = 2\nwhy = \"twice\"\n";
        let fixups = fixups(text, "fixups.toml").unwrap();
        assert_eq!((fixups[0].line, fixups[0].times), (3, Some(2)));
    }

    #[test]
    fn a_fix_up_that_does_not_say_what_it_expects_is_an_error() {
        let text = "[[fixup]]\npage = \"p.rst\"\nrow = \"Adds\"\nmeant.calls = []\nwhy = \"x\"\n";
        let error = fixups(text, "fixups.toml").unwrap_err();
        assert!(error.to_string().contains("`found`"), "{error}");
        let text = text.replace("meant.calls", "found.routes");
        let error = fixups(&text, "fixups.toml").unwrap_err();
        assert!(error.to_string().contains("`routes`"), "{error}");
    }
}
