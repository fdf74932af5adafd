//! `permspec render`: makes files from the spec model with templates.

use std::path::Path;

use permspec::Error;
use permspec_export::{Context, Templates};

use super::store::store;
use crate::arguments::{ExportTarget, Render};
use crate::{Verdict, catalogue};

pub fn run(options: &Render, config: Option<&Path>) -> Result<Verdict, Error> {
    templates(&options.wanted, &options.target, config)
}

/// Renders the selected templates and writes the files.
pub fn templates(
    wanted: &[String],
    target: &ExportTarget,
    config: Option<&Path>,
) -> Result<Verdict, Error> {
    let templates = Templates::load(wanted, target.templates.as_deref())?;
    let known = catalogue::open(target.catalogue, config)?;
    known.check_service(target.service.as_deref())?;
    let mut context = Context::of(&known.project, &known.models);
    context
        .services
        .retain(|known| is_wanted(&known.name, target.service.as_deref()));
    let files = permspec_export::render(&templates, &context, &target.out)?;
    store(&files, target.check)
}

/// Whether a service is selected. Without `--service`, all services are.
pub fn is_wanted(name: &str, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| wanted == name)
}
