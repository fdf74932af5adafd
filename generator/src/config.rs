//! Reads permspec.toml into a project, with a diagnostic at the line that is wrong.
//! Unknown keys are errors; this module must never fall back to a default for what was misspelt.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load;
use crate::project::{Project, shown};

impl Project {
    /// Reads a configuration file; its folder becomes the project's root.
    ///
    /// # Errors
    /// Where the file cannot be read, is no TOML, has an unknown or ill-typed key, or is of another
    /// version than 1.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let mut report = Report::default();
        let name = shown(file);
        let text = load::text(file, &mut report).ok_or_else(|| Error::from(report.clone()))?;
        let root = file.parent().unwrap_or(Path::new(""));
        Project::from_toml(&text, &name, root)
    }

    /// Reads the text of a configuration file that stands in the folder `root`; `file` is its name
    /// in messages.
    ///
    /// # Errors
    /// As [`Project::read`].
    pub fn from_toml(text: &str, file: &str, root: &Path) -> Result<Self, Error> {
        let fail = |start: usize, end: usize, message: &str| {
            let mut report = Report::default();
            let mut place = Location::offset(file, text, start);
            place.end = end.max(place.start);
            report.add_source(file, text);
            report.push(Diagnostic::new(Code::Configuration, place, message));
            Error::from(report)
        };
        let project: Project = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            fail(span.start, span.end, error.message())
        })?;
        if project.version != 1 {
            let message = format!(
                "version {} of the configuration is unknown",
                project.version
            );
            return Err(fail(0, 0, &message));
        }
        Ok(Project {
            root: root.to_owned(),
            ..project
        })
    }
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
}
