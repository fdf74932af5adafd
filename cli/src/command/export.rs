//! `permspec export`: makes OpenAPI documents, the HTML catalogue, Markdown, and the data of templates.

use std::path::Path;

use permspec::write::Files;
use permspec::{Error, lookup, pipeline};
use permspec_export::{Context, openapi};

use super::render;
use super::store::store;
use crate::arguments::{CatalogueOption, Export, Openapi, OpenapiVersion};
use crate::output::print;
use crate::{Verdict, catalogue};

pub fn run(what: &Export, config: Option<&Path>) -> Result<Verdict, Error> {
    match what {
        Export::Openapi(options) => documents(options, config),
        Export::Html(target) => render::templates(&["html".to_owned()], target, config),
        Export::Markdown(target) => render::templates(&["markdown".to_owned()], target, config),
        Export::Json(option) => json(*option, config),
    }
}

fn documents(options: &Openapi, config: Option<&Path>) -> Result<Verdict, Error> {
    let version = match options.specification {
        OpenapiVersion::V3_0 => openapi::Version::V3_0,
        OpenapiVersion::V3_1 => openapi::Version::V3_1,
    };
    let known = catalogue::open(options.catalogue, config)?;
    known.check_service(options.service.as_deref())?;
    let mut services = pipeline::services(&known.project, &known.models);
    let catalogue = lookup::version(&known.project.catalogue_name(), &services);
    services.retain(|known| render::is_wanted(&known.name, options.service.as_deref()));
    let mut files = Files::below(options.out.clone().unwrap_or_default());
    for service in &services {
        let text = openapi::document(service, &catalogue, version);
        match &options.out {
            Some(folder) => files.insert(folder.join(format!("{}.json", service.name)), text),
            None => print(&text),
        }
    }
    match options.out {
        Some(_) => store(&files, options.check),
        None => Ok(Verdict::Clean),
    }
}

fn json(option: CatalogueOption, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(option, config)?;
    let context = Context::of(&known.project, &known.models);
    let text = serde_json::to_string_pretty(&context).expect("a context is plain JSON values");
    print(&format!("{text}\n"));
    Ok(Verdict::Clean)
}
