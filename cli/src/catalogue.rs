//! The project's model as a catalogue of the runtime: the same lookup and the same policy rules as in
//! a program that uses the generated crate.
//! A catalogue is constant data; this one is leaked once and lives as long as the command, so this
//! module must never be called in a loop.

use std::path::Path;

use permspec::model::{Operation, Page, Requirement as Needed, Route, Service};
use permspec::{Error, lookup, pipeline};
use permspec_runtime::{Catalogue, Endpoint, Permission, Requirement, RouteSpec, Scope};

use crate::command::project;
use crate::output::report_findings;

/// The catalogue of the project's model, of one service where one is named.
pub fn load(config: Option<&Path>, service: Option<&str>) -> Result<Catalogue, Error> {
    let project = project::find(config)?;
    let models = pipeline::models(&project)?;
    report_findings(&models.report);
    let mut services = pipeline::services(&project, &models.value);
    let version = lookup::version(&project.catalogue_name(), &services).leak();
    project::check_service(service, services.iter().map(|known| &*known.name))?;
    services.retain(|known| service.is_none_or(|wanted| wanted == known.name));
    let specs = services
        .iter()
        .map(|service| Some(specs(service)))
        .collect();
    Ok(Catalogue::new(
        version,
        Vec::leak(specs),
        Vec::leak(lookup::table(&services)),
    ))
}

fn specs(service: &Service) -> &'static [RouteSpec] {
    let name = leaked(&service.name);
    let spec = |(page, operation): (&Page, &Operation)| RouteSpec {
        service: name,
        id: leaked(&operation.id),
        title: leaked(&operation.title),
        endpoints: Vec::leak(operation.routes.iter().map(endpoint).collect()),
        permissions: Vec::leak(operation.actions.iter().map(requirement).collect()),
        dependencies: Vec::leak(operation.dependencies.iter().map(requirement).collect()),
        scope: Scope {
            iam_project: operation.iam_project,
            enterprise_project: operation.enterprise_project,
        },
        doc: Some(leaked(
            page.page.doc_url.as_ref().unwrap_or(&page.page.path),
        )),
    };
    Vec::leak(service.operations().map(spec).collect())
}

fn endpoint(route: &Route) -> Endpoint {
    Endpoint {
        method: route
            .method
            .as_deref()
            .and_then(|method| method.parse().ok()),
        path: leaked(&route.path),
        query: Vec::leak(route.query.iter().map(|name| leaked(name)).collect()),
        body_action: route.body_action.as_deref().map(leaked),
    }
}

fn requirement(needed: &Needed) -> Requirement {
    Requirement {
        permission: Permission::from(needed.action.clone()),
        when: needed.when.as_deref().map(leaked),
    }
}

fn leaked(text: &str) -> &'static str {
    text.to_owned().leak()
}
