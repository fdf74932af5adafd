//! The API for build scripts: it reads pages or models and writes one Rust module per service into `OUT_DIR`.
//! It adds cargo's protocol to the pipeline. This module must never do the work of a stage.

#[cfg(feature = "reference")]
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load::{self, ModelFile};
#[cfg(feature = "reference")]
use crate::model::Interface;
use crate::model::Service;
use crate::project::{Project, shown};
use crate::write::Files;
use crate::{check, emit, ident, inert, pipeline};

/// Generates code in a build script.
///
/// `build.rs`:
/// ```no_run
/// fn main() -> Result<(), permspec::Error> {
///     permspec::Builder::new().page("ims", "docs/image_sharing.rst").compile()
/// }
/// ```
/// and in the crate, which depends on `permspec-runtime`:
/// ```text
/// pub mod ims {
///     permspec_runtime::include_module!("ims");
/// }
/// ```
///
/// Cargo runs the script again when a page or model changes, and only then.
#[derive(Clone, Debug)]
#[must_use = "nothing is generated before `compile`"]
pub struct Builder {
    project: Project,
    models: Vec<PathBuf>,
    #[cfg(feature = "reference")]
    references: BTreeMap<String, Vec<PathBuf>>,
    out_dir: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

impl Builder {
    /// A builder without inputs. Paths are relative to the package that is built.
    pub fn new() -> Self {
        Builder {
            project: Project::new(""),
            models: Vec::new(),
            #[cfg(feature = "reference")]
            references: BTreeMap::new(),
            out_dir: None,
        }
    }

    /// Adds a documentation page of a service. The module is called `<service>.rs`.
    pub fn page(mut self, service: &str, page: impl AsRef<Path>) -> Self {
        let settings = self.project.services.entry(service.to_owned()).or_default();
        settings.pages.push(shown(page.as_ref()));
        self
    }

    /// Adds a page of the spec model. The page names its service itself. A model pins the names of its
    /// operations, so the code does not change if a title does.
    pub fn model(mut self, model: impl Into<PathBuf>) -> Self {
        self.models.push(model.into());
        self
    }

    /// Adds an API reference page of a service, or a folder of such pages. Typed calls go into a module of their
    /// own, `<service>.types.rs`, which belongs into the module of the service:
    ///
    /// ```text
    /// pub mod ims {
    ///     permspec_runtime::include_module!("ims");
    ///
    ///     /// Typed calls.
    ///     pub mod types {
    ///         permspec_runtime::include_module!("ims.types");
    ///     }
    /// }
    /// ```
    ///
    /// The crate needs the feature `typed` of `permspec-runtime`. An operation that a permission page has too is
    /// one operation. Without one, it has no known permission.
    #[cfg(feature = "reference")]
    pub fn reference(mut self, service: &str, page: impl Into<PathBuf>) -> Self {
        let services = &mut self.project.services;
        services.entry(service.to_owned()).or_default();
        let pages = self.references.entry(service.to_owned()).or_default();
        pages.push(page.into());
        self
    }

    /// Pins the names of pages by the models of this folder, `<service>/<page>.json`. If the folder does not
    /// exist, nothing is pinned, and a warning says so.
    pub fn pinned_by(mut self, folder: impl Into<PathBuf>) -> Self {
        self.project.models = Some(folder.into());
        self
    }

    /// The full name of a service, for the documentation of the generated items.
    pub fn title(mut self, service: &str, title: &str) -> Self {
        self.project
            .services
            .entry(service.to_owned())
            .or_default()
            .title = Some(title.to_owned());
        self
    }

    /// The folder to write to, instead of cargo's `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Reads the inputs, writes the modules that changed, and tells cargo what to watch.
    ///
    /// # Errors
    /// All findings of the run, if one of them is an error or if there is no `OUT_DIR`. In this case nothing
    /// is written.
    pub fn compile(self) -> Result<(), Error> {
        let Some(out_dir) = self
            .out_dir
            .clone()
            .or_else(|| std::env::var_os("OUT_DIR").map(Into::into))
        else {
            let message =
                "there is no OUT_DIR: this is not a build script, and `out_dir` was not called";
            let place = Location::file("build.rs");
            return Err(Diagnostic::new(Code::Configuration, place, message).into());
        };
        check_services(&self.project)?;
        for path in self.watched() {
            println!("cargo::rerun-if-changed={}", shown(&path));
        }
        let (models, mut report) = self.read();
        report.merge(self.nothing_pinned());
        let read = self.with_types(models, &mut report);
        let models = &read.models;
        check::models(models, &mut report);
        let mut project = self.project;
        for model in models {
            project
                .services
                .entry(model.page.service.clone())
                .or_default();
        }
        if report.has_errors() {
            return Err(Error::from(report));
        }
        check_services(&project)?;
        let mut files = Files::below(&out_dir);
        for service in pipeline::services(&project, models) {
            files.insert(
                out_dir.join(format!("{}.rs", service.name)),
                emit::module(&service),
            );
            read.add_types(&service, &out_dir, &mut files);
        }
        files.write(&mut report);
        if report.has_errors() {
            return Err(Error::from(report));
        }
        for finding in report.diagnostics() {
            let Location {
                file, line, column, ..
            } = &finding.location;
            println!(
                "cargo::warning={file}:{line}:{column}: {} [{}]",
                // A second line would be another instruction for cargo.
                inert::line(&finding.message),
                finding.code
            );
        }
        Ok(())
    }

    /// The paths that cargo should watch. A path that does not exist would run the script in every build.
    /// Therefore a folder of models that does not exist yet is left out, and the folder above it is watched.
    fn watched(&self) -> Vec<PathBuf> {
        let mut watched = Vec::new();
        for (service, settings) in &self.project.services {
            let pages = settings.pages.iter();
            watched.extend(pages.map(|page| self.project.page_path(page)));
            let own = self.project.model_folder(service);
            // A folder without a name is the folder of the package, which also contains the files that cargo
            // makes.
            let above = self.project.models_path();
            let above = above.filter(|folder| folder.file_name().is_some());
            watched.extend(
                [own, above]
                    .into_iter()
                    .flatten()
                    .find(|folder| folder.is_dir()),
            );
        }
        watched.extend(self.models.iter().cloned());
        #[cfg(feature = "reference")]
        watched.extend(self.references.values().flatten().cloned());
        watched.dedup();
        watched
    }

    /// The models, with the operations of the reference pages.
    #[cfg(feature = "reference")]
    fn with_types(&self, models: Vec<ModelFile>, report: &mut Report) -> Read {
        let pinned = self.pinned_interfaces(report);
        let mut interfaces = Vec::new();
        for (service, pages) in &self.references {
            let present = (models.as_slice(), pinned.as_slice());
            let made =
                pipeline::reference::of_service(&self.project, service, pages, present, report);
            interfaces.extend(made);
        }
        Read {
            models: pipeline::joined(models, &interfaces, report),
            interfaces,
        }
    }

    /// The interfaces that pin names of reference pages. They are many files, so they are not read for nothing.
    #[cfg(feature = "reference")]
    fn pinned_interfaces(&self, report: &mut Report) -> Vec<load::InterfaceFile> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let mut found = Report::default();
        let pinned = load::interfaces(&self.project, &mut found);
        // The extraction of permission pages may have reported the same.
        if !report.has_errors() {
            report.merge(found);
        }
        pinned
    }

    /// Reference pages are read with feature `reference`.
    #[cfg(not(feature = "reference"))]
    #[allow(
        clippy::unused_self,
        reason = "the other variant of this function uses it"
    )]
    fn with_types(&self, models: Vec<ModelFile>, _: &mut Report) -> Read {
        Read { models }
    }

    fn nothing_pinned(&self) -> Report {
        let mut report = Report::default();
        if let Some(folder) = self.project.models_path().filter(|folder| !folder.is_dir()) {
            let name = shown(&folder);
            let message = format!("there is no folder `{name}`, so it does not pin any name");
            report.push(Diagnostic::new(
                Code::NothingPinned,
                Location::file(name),
                message,
            ));
        }
        report
    }

    fn read(&self) -> (Vec<ModelFile>, Report) {
        let (mut models, mut report) = match pipeline::extract(&self.project) {
            Ok(outcome) => (outcome.value.models, outcome.report),
            Err(error) => (Vec::new(), error.into_report()),
        };
        models.extend(
            self.models
                .iter()
                .filter_map(|path| load::model(path, &mut report)),
        );
        (models, report)
    }
}

/// What the pages and models say.
struct Read {
    models: Vec<ModelFile>,
    #[cfg(feature = "reference")]
    interfaces: Vec<load::InterfaceFile>,
}

impl Read {
    /// Adds the module of typed calls of a service, if it has reference pages.
    #[cfg(feature = "reference")]
    fn add_types(&self, service: &Service, out_dir: &Path, files: &mut Files) {
        let interfaces = self.interfaces.iter().map(|file| &file.interface);
        let own = interfaces.filter(|interface| interface.service == service.name);
        let own: Vec<&Interface> = own.collect();
        if !own.is_empty() {
            let file = out_dir.join(format!("{}.types.rs", service.name));
            files.insert(
                file,
                emit::types::module(service, &own, emit::types::Around::IN_ROUTES),
            );
        }
    }

    #[cfg(not(feature = "reference"))]
    #[allow(
        clippy::unused_self,
        reason = "the other variant of this function uses it"
    )]
    fn add_types(&self, _: &Service, _: &Path, _: &mut Files) {}
}

/// Each service becomes its own file and its own module.
fn check_services(project: &Project) -> Result<(), Error> {
    let mut report = Report::default();
    let names = || project.services.keys().map(String::as_str);
    let unusable = names().filter(|name| !ident::is_service(name));
    let mut messages: Vec<String> = unusable
        .map(|name| format!("`{name}` cannot be the name of a service"))
        .collect();
    messages.extend(ident::twins(names()).into_iter().map(|(name, earlier)| {
        format!("the services `{name}` and `{earlier}` would share one module or file")
    }));
    for message in messages {
        let place = Location::file("build.rs");
        report.push(
            Diagnostic::new(Code::Configuration, place, message).with_help(ident::OF_A_SERVICE),
        );
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_not_watched_but_the_one_above_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("spec");
        let page = folder.path().join("page.rst");
        let builder = Builder::new().page("ims", &page).pinned_by(&spec);
        assert_eq!(builder.watched(), [page.as_path()]);
        assert_eq!(
            builder.nothing_pinned().diagnostics()[0].code,
            Code::NothingPinned
        );
        fs::create_dir(&spec).unwrap();
        assert_eq!(builder.watched(), [page.as_path(), &spec]);
        assert!(builder.nothing_pinned().is_empty());
        fs::create_dir(spec.join("ims")).unwrap();
        assert_eq!(builder.watched(), [page.as_path(), &spec.join("ims")]);
        // The folder of the package contains the folder `target`.
        for package in [".", ""] {
            let builder = Builder::new()
                .page("no-such-service", &page)
                .pinned_by(package);
            assert_eq!(builder.watched(), [page.as_path()]);
        }
    }

    #[cfg(feature = "reference")]
    #[test]
    fn an_interface_that_cannot_be_read_is_an_error_and_not_a_new_name() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("spec");
        fs::create_dir_all(spec.join("ims/reference")).unwrap();
        fs::write(spec.join("ims/reference/querying.json"), "{").unwrap();
        let page = folder.path().join("querying.rst");
        fs::write(
            &page,
            "Querying Images\n===============\n\nURI\n---\n\nGET /v2/images\n",
        )
        .unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let builder = Builder::new().reference("ims", &page).out_dir(&out);
        builder.clone().compile().unwrap();
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
        let error = builder.pinned_by(&spec).compile().unwrap_err();
        let found = error.report().diagnostics();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].location.file.ends_with("querying.json"));
    }

    #[test]
    fn services_that_are_no_module_of_their_own_are_refused() {
        let out = tempfile::tempdir().unwrap();
        for services in [
            &[""][..],
            &["../evil"],
            &["/evil"],
            &["a/b"],
            &["my-svc", "my_svc"],
            &["Demo", "demo"],
        ] {
            let builder = Builder::new().out_dir(out.path());
            let builder = services
                .iter()
                .fold(builder, |builder, name| builder.title(name, "x"));
            let error = builder.compile().unwrap_err();
            let found = &error.report().diagnostics()[0];
            assert_eq!(
                (found.code, &*found.location.file),
                (Code::Configuration, "build.rs")
            );
            assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
        }
    }
}
