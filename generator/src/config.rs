//! Reads permspec.toml into a project, with a diagnostic at the line that is wrong.
//! Unknown keys are errors; this module must never fall back to a default for what was misspelt.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load;
use crate::project::Fixup;
use crate::project::{Project, shown};

impl Project {
    /// Reads a configuration file and the file of fix-ups that it names; its folder becomes the
    /// project's root.
    ///
    /// # Errors
    /// Where a file cannot be read, is no TOML, has an unknown or ill-typed key, or is of another
    /// version than 1.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let text = read(file)?;
        let root = file.parent().unwrap_or(Path::new(""));
        let mut project = Project::from_toml(&text, &shown(file), root)?;
        if project.fixups.is_some() {
            let file = project.fixup_file();
            project.mended = fixups(&read(Path::new(&file))?, &file)?;
        }
        Ok(project)
    }

    /// Reads the text of a configuration file that stands in the folder `root`; `file` is its name
    /// in messages. Fix-ups are not read.
    ///
    /// # Errors
    /// As [`Project::read`].
    pub fn from_toml(text: &str, file: &str, root: &Path) -> Result<Self, Error> {
        let project: Project = parse(text, file)?;
        if project.version != 1 {
            let message = format!(
                "version {} of the configuration is unknown",
                project.version
            );
            return Err(fault(text, file, 0..0, &message));
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

fn parse<T: serde::de::DeserializeOwned>(text: &str, file: &str) -> Result<T, Error> {
    toml::from_str(text)
        .map_err(|error| fault(text, file, error.span().unwrap_or(0..0), error.message()))
}

fn fault(text: &str, file: &str, span: Range<usize>, message: &str) -> Error {
    let mut report = Report::default();
    let mut place = Location::offset(file, text, span.start);
    place.end = span.end.max(place.start);
    report.add_source(file, text);
    report.push(Diagnostic::new(Code::Configuration, place, message));
    Error::from(report)
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
    fn a_fix_up_knows_its_line() {
        let text = "# why\n\n[[fixup]]\npage = \"p.rst\"\nrow = \"Adds image members.\"\nwhy = \"twice\"\n";
        let fixups = fixups(text, "fixups.toml").unwrap();
        assert_eq!((fixups[0].line, fixups[0].wrong.as_deref()), (3, None));
    }
}
