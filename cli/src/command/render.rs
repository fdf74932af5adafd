//! `permspec render`: templates over the spec model.

use std::path::Path;

use permspec::Error;
use permspec_export::{Context, Templates};

use super::extract::store;
use crate::arguments::{Place, Render};
use crate::{Verdict, catalogue};

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
    let known = catalogue::open(place.asked, config)?;
    known.check_service(place.service.as_deref())?;
    let mut context = Context::of(&known.project, &known.models);
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
