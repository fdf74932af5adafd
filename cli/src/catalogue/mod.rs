//! The catalogue that a command uses: the project's own catalogue, or the built-in one.
//! A catalogue of the runtime is constant data. Therefore this module leaks the one that it makes, and a command
//! must never open catalogues in a loop.

mod builtin;

use std::path::Path;

use permspec::load::{InterfaceFile, ModelFile};
use permspec::model::{Endpoint as Stated, Operation, Page, Requirement as Needed, Service};
use permspec::{Code, Diagnostic, Error, Location, Project, lookup, pipeline};
use permspec_runtime::{
    Catalogue, Endpoint, Permission, Requirement, RouteSpec, Scope, ServiceSpec,
};

use crate::arguments::{CatalogueOption, Which};
use crate::command::project;
use crate::output::{quoted, report_findings, say};

/// A project and its models, from the project's files or built in.
pub struct OpenedCatalogue {
    pub project: Project,
    pub models: Vec<ModelFile>,
    /// The interfaces, if the catalogue was opened with them.
    pub interfaces: Vec<InterfaceFile>,
    /// The name of the catalogue in messages.
    name: &'static str,
}

/// The catalogue that the options choose. A project's own catalogue takes precedence.
pub fn open(option: CatalogueOption, config: Option<&Path>) -> Result<OpenedCatalogue, Error> {
    open_as(option, config, &Wanted::Operations)
}

/// The same with interfaces. If the catalogue has the service `only`, nothing of other services is read.
pub fn open_whole(
    option: CatalogueOption,
    config: Option<&Path>,
    only: Option<&str>,
) -> Result<OpenedCatalogue, Error> {
    open_as(option, config, &Wanted::Interfaces { only })
}

/// What a command needs of a catalogue.
enum Wanted<'w> {
    Operations,
    Interfaces { only: Option<&'w str> },
}

impl Wanted<'_> {
    /// Leaves out the services that the command does not need.
    fn narrow(&self, project: &mut Project) {
        if let Wanted::Interfaces { only: Some(only) } = self
            && project.services.contains_key(*only)
        {
            project.services.retain(|name, _| name == only);
            project.renames.retain(|rename| rename.service == *only);
        }
    }
}

fn open_as(
    option: CatalogueOption,
    config: Option<&Path>,
    wanted: &Wanted<'_>,
) -> Result<OpenedCatalogue, Error> {
    if config.is_some() && option.catalogue == Which::BuiltIn {
        let place = Location::file("the command line");
        let message = "--config names a project, but --catalogue chooses another catalogue";
        let both = Diagnostic::new(Code::Configuration, place, message);
        return Err(both.with_help("leave out one of the two options").into());
    }
    let has_project = || config.is_some() || project::search().is_some();
    let builtin = match option.catalogue {
        Which::Project => false,
        Which::BuiltIn => true,
        Which::Auto => !has_project(),
    };
    if builtin {
        if option.catalogue == Which::Auto {
            say(
                "note: there is no permspec.toml in this folder or in a parent folder; the built-in catalogue is used",
            );
        }
        let (project, models, interfaces) = builtin::open(|project| wanted.narrow(project))?;
        return Ok(OpenedCatalogue {
            name: builtin::NAME,
            interfaces,
            ..OpenedCatalogue::of(project, models)
        });
    }
    let mut project = project::find(config)?;
    wanted.narrow(&mut project);
    let (models, interfaces) = match wanted {
        Wanted::Interfaces { .. } => {
            let whole = pipeline::whole(&project)?;
            report_findings(&whole.report);
            (whole.value.models, whole.value.interfaces)
        }
        Wanted::Operations => {
            let models = pipeline::models(&project)?;
            report_findings(&models.report);
            (models.value, Vec::new())
        }
    };
    if models.is_empty() {
        say(
            "note: the project has no model yet; `--catalogue built-in` chooses the built-in catalogue",
        );
    }
    Ok(OpenedCatalogue {
        interfaces,
        ..OpenedCatalogue::of(project, models)
    })
}

impl OpenedCatalogue {
    pub fn of(project: Project, models: Vec<ModelFile>) -> Self {
        OpenedCatalogue {
            project,
            models,
            interfaces: Vec::new(),
            name: "permspec.toml",
        }
    }

    /// Every operation with its page.
    pub fn operations(&self) -> impl Iterator<Item = (&Page, &Operation)> {
        let pages = self.models.iter().map(|model| &model.page);
        pages.flat_map(|page| page.operations.iter().map(move |one| (page, one)))
    }

    /// The present name of an operation, if `text` is an earlier name of it. Otherwise `text` itself.
    pub fn present_name(&self, text: &str) -> String {
        let now = text.trim().split_once('.').and_then(|(service, old)| {
            let new = self.project.renamed(service, old)?;
            Some(format!("{service}.{new}"))
        });
        match now {
            Some(now) => {
                say(&format!(
                    "note: {} is now {}",
                    quoted(text.trim()),
                    quoted(&now)
                ));
                now
            }
            None => text.to_owned(),
        }
    }

    /// The catalogue as data of the runtime. With `service`, it contains only this service.
    pub fn catalogue(&self, service: Option<&str>) -> Result<Catalogue, Error> {
        self.check_service(service)?;
        let mut services = pipeline::services(&self.project, &self.models);
        let version = lookup::version(&self.project.catalogue_name(), &services).leak();
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

    /// Where a service is, as data of the runtime. `None` if the catalogue does not have it.
    pub fn service(&self, name: &str) -> Option<&'static ServiceSpec> {
        let services = pipeline::services(&self.project, &[]);
        let service = services.iter().find(|service| service.name == name)?;
        Some(place(service))
    }

    /// Fails if the command line names a service that the catalogue does not have.
    pub fn check_service(&self, wanted: Option<&str>) -> Result<(), Error> {
        let known: Vec<&str> = self.project.services.keys().map(String::as_str).collect();
        let Some(wanted) = wanted.filter(|wanted| !known.contains(wanted)) else {
            return Ok(());
        };
        let message = format!("the catalogue has no service {}", quoted(wanted));
        let place = Location::file(self.name);
        let unknown = Diagnostic::new(Code::Configuration, place, message);
        let help = format!("its services are {}", known.join(", "));
        Err(unknown.with_help(&help).into())
    }
}

/// The catalogue that the options choose. With `service`, it contains only this service.
pub fn load(
    option: CatalogueOption,
    config: Option<&Path>,
    service: Option<&str>,
) -> Result<Catalogue, Error> {
    open(option, config)?.catalogue(service)
}

fn specs(service: &Service) -> &'static [RouteSpec] {
    let name = leaked(&service.name);
    let place = place(service);
    let spec = |(page, operation): (&Page, &Operation)| RouteSpec {
        service: name,
        id: leaked(&operation.id),
        title: leaked(&operation.title),
        endpoints: Vec::leak(operation.endpoints.iter().map(endpoint).collect()),
        permissions: Vec::leak(operation.actions.iter().map(requirement).collect()),
        dependencies: Vec::leak(operation.dependencies.iter().map(requirement).collect()),
        scope: Scope {
            iam_project: operation.iam_project,
            enterprise_project: operation.enterprise_project,
        },
        doc: Some(leaked(
            page.page.doc_url.as_ref().unwrap_or(&page.page.path),
        )),
        service_spec: Some(place),
    };
    Vec::leak(service.operations().map(spec).collect())
}

fn place(service: &Service) -> &'static ServiceSpec {
    let access = &service.access;
    let types = access.types.iter().map(|it| leaked(it)).collect();
    let mut spec = ServiceSpec::new(leaked(&service.name)).with_types(Vec::leak(types));
    if let Some(address) = &access.address {
        spec = spec.with_address(leaked(address));
    }
    if access.is_account_level {
        spec = spec.at_account_level();
    }
    Box::leak(Box::new(spec))
}

fn endpoint(stated: &Stated) -> Endpoint {
    Endpoint {
        method: stated
            .method
            .as_deref()
            .and_then(|method| method.parse().ok()),
        path: leaked(&stated.path),
        query: Vec::leak(stated.query.iter().map(|name| leaked(name)).collect()),
        body_action: stated.body_action.as_deref().map(leaked),
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
