//! The build-script API: pages or models in, one Rust module a service out, into `OUT_DIR`.
//! It speaks cargo's protocol around the pipeline; this module must never do a stage's work.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load::{self, ModelFile};
use crate::project::{Project, shown};
use crate::write::Files;
use crate::{check, emit, inert, pipeline};

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
    out_dir: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

impl Builder {
    /// A builder without inputs; paths are relative to the package that is built.
    pub fn new() -> Self {
        Builder {
            project: Project::new(""),
            models: Vec::new(),
            out_dir: None,
        }
    }

    /// Adds a documentation page of a service. The module is called `<service>.rs`.
    pub fn page(mut self, service: &str, page: impl AsRef<Path>) -> Self {
        let settings = self.project.services.entry(service.to_owned()).or_default();
        settings.pages.push(shown(page.as_ref()));
        self
    }

    /// Adds a page of the spec model, which names its service itself. A model pins the names of
    /// its operations, so code made from it does not change when a title does.
    pub fn model(mut self, model: impl Into<PathBuf>) -> Self {
        self.models.push(model.into());
        self
    }

    /// Pins the names of pages by the models of this folder, `<service>/<page>.json`.
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

    /// Where to write, instead of cargo's `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Reads the inputs, writes the modules that changed, and tells cargo what to watch.
    ///
    /// # Errors
    /// Every finding of the run, where one of them is an error, or where there is no `OUT_DIR`.
    /// Nothing is written then.
    pub fn compile(self) -> Result<(), Error> {
        let Some(out_dir) = self
            .out_dir
            .clone()
            .or_else(|| std::env::var_os("OUT_DIR").map(Into::into))
        else {
            let message =
                "there is no OUT_DIR: this is no build script, and no `out_dir` was named";
            let place = Location::file("build.rs");
            return Err(Diagnostic::new(Code::Configuration, place, message).into());
        };
        self.watch();
        let (models, mut report) = self.read();
        check::models(&models, &mut report);
        let mut project = self.project;
        for model in &models {
            project
                .services
                .entry(model.page.service.clone())
                .or_default();
        }
        if report.has_errors() {
            return Err(Error::from(report));
        }
        let mut files = Files::below(&out_dir);
        for service in pipeline::services(&project, &models) {
            files.insert(
                out_dir.join(format!("{}.rs", service.name)),
                emit::module(&service),
            );
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
                // A second line would be another instruction to cargo.
                inert::line(&finding.message),
                finding.code
            );
        }
        Ok(())
    }

    fn watch(&self) {
        for (service, settings) in &self.project.services {
            for page in &settings.pages {
                println!(
                    "cargo::rerun-if-changed={}",
                    shown(&self.project.page_path(page))
                );
            }
            if let Some(folder) = self.project.model_folder(service) {
                println!("cargo::rerun-if-changed={}", shown(&folder));
            }
        }
        for model in &self.models {
            println!("cargo::rerun-if-changed={}", shown(model));
        }
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
