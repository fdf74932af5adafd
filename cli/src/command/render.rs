//! `permspec render`: templates over the spec model.

use std::path::Path;

use permspec::load::ModelFile;
use permspec::{Error, Project, pipeline};
use permspec_export::{Context, Templates};

use super::extract::store;
use super::project;
use crate::Verdict;
use crate::arguments::{Place, Render};
use crate::output::report_findings;

pub fn run(options: &Render, config: Option<&Path>) -> Result<Verdict, Error> {
    templates(&options.wanted, &options.place, config)
}

/// Renders the templates that are wanted to where they belong.
pub fn templates(
    wanted: &[String],
    place: &Place,
    config: Option<&Path>,
) -> Result<Verdict, Error> {
    let templates = Templates::load(wanted, place.templates.as_deref())?;
    let (project, models) = model(config, place.service.as_deref())?;
    let mut context = Context::of(&project, &models);
    context
        .services
        .retain(|known| is_wanted(&known.name, place.service.as_deref()));
    let files = permspec_export::render(&templates, &context, &place.out)?;
    store(&files, place.check)
}

/// Whether a service was asked for: where none was named, each is.
pub fn is_wanted(name: &str, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| wanted == name)
}

/// The project and its whole model; fails where it has no service `service`.
pub fn model(
    config: Option<&Path>,
    service: Option<&str>,
) -> Result<(Project, Vec<ModelFile>), Error> {
    let project = project::find(config)?;
    let models = pipeline::models(&project)?;
    report_findings(&models.report);
    project::check_service(service, project.services.keys().map(String::as_str))?;
    Ok((project, models.value))
}
