//! The context: what a template sees, as plain data in one form for every template.
//! The context is an interface. It has a version and a checked-in schema (`schema/context.schema.json`). This module
//! must never remove a field or change its meaning without a new version.

use std::collections::BTreeMap;

use permspec::ident::constants;
use permspec::load::ModelFile;
use permspec::model::{self, Endpoint, Requirement};
use permspec::sharing::{Shared, Sharing};
use permspec::{Project, inert, lookup, pipeline, sharing};
use permspec_runtime::policy::limits;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the context. A new field does not change it.
pub const VERSION: u32 = 1;

/// The whole catalogue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Context {
    /// The version of the context: 1.
    #[schemars(range(min = 1, max = 1))]
    pub context: u32,
    /// The name and version of the program that renders, such as `permspec 0.1.0`.
    pub generator: String,
    /// The catalogue's name, its version, and a digest of the model.
    pub catalogue: String,
    /// The limits of a custom policy.
    pub limits: Limits,
    /// All services, in the order of their short names.
    pub services: Vec<Service>,
    /// The service of this file, if the template is rendered once per service or once per page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// The page of this file, if the template is rendered once per page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

/// The limits of a custom policy.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Limits {
    /// The maximum number of characters in a policy.
    pub characters: usize,
    /// The maximum number of statements in a policy.
    pub statements: usize,
    /// The maximum number of actions in a statement.
    pub actions: usize,
    /// The maximum number of characters in an action.
    pub action_characters: usize,
}

/// A service of the cloud.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Service {
    /// The short name, such as `ims`.
    pub name: String,
    /// The full name, such as `Image Management Service`. If none is configured, the short name.
    pub title: String,
    /// The number of operations on its pages.
    pub operation_count: usize,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Page>,
    /// Every action that its operations need or depend on, sorted, each once.
    pub actions: Vec<Action>,
}

/// A page of the documentation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Page {
    /// The name of its model file without the extension, unique in the service: `image_sharing`.
    pub name: String,
    /// The page's title.
    pub title: String,
    /// Its path below the documentation folder.
    pub path: String,
    /// The page's stable name, if it has one.
    pub original_name: Option<String>,
    /// The address of the published page, if it is known.
    pub url: Option<String>,
    /// SHA-256 of the page's text with line feeds as line ends, in lower-case hexadecimal.
    pub sha256: String,
    /// Its operations, in the order of its rows.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Operation {
    /// The identifier, in upper camel case, unique in its service: `AddImageMember`.
    pub id: String,
    /// The identifier with its service: `ims.AddImageMember`.
    pub name: String,
    /// The short name of its service.
    pub service: String,
    /// The title as the page writes it, on one line. Invisible characters are replaced by spaces.
    pub title: String,
    /// The group of rows on the page, if there is one.
    pub section: Option<String>,
    /// The first line of its row in the page, from 1.
    pub line: u32,
    /// The address of the row in the page's source, or else of the published page, if one of them is known.
    pub source: Option<String>,
    /// Its endpoints. Empty if the page does not name any.
    pub routes: Vec<TemplateEndpoint>,
    /// The call that it shares with other operations of the service. Null if it shares none.
    pub shares: Option<Shares>,
    /// The actions that it needs.
    pub actions: Vec<Needed>,
    /// The actions that it depends on: actions of other operations that should be allowed too.
    pub dependencies: Vec<Needed>,
    /// Whether a policy in an IAM project takes effect. Null if the page does not say.
    pub iam_project: Option<bool>,
    /// Whether a policy in an enterprise project takes effect. Null if the page does not say.
    pub enterprise_project: Option<bool>,
}

/// The endpoint of an operation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TemplateEndpoint {
    /// The HTTP method in upper case. Null if the page does not name a method, which means any method.
    pub method: Option<String>,
    /// The path template, such as `/v2/images/{image_id}/members`.
    pub path: String,
    /// The names of the query parameters, in the order of the page.
    pub query: Vec<String>,
    /// The key of the request body that selects the operation, such as `os-extend`.
    pub body_action: Option<String>,
}

/// A call that several operations of a service share.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shares {
    /// The identifiers of the other operations, in the order of the pages. At most twelve.
    pub with: Vec<String>,
    /// The number of other operations that are not in `with`.
    pub more: usize,
    /// What tells them apart.
    pub decides: Decides,
}

/// What tells operations with the same call apart.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decides {
    /// The body.
    Body,
    /// The query.
    Query,
    /// The documentation does not say.
    Unstated,
}

/// An action that an operation needs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Needed {
    /// `service:resource:operation`, as the page writes it.
    pub action: String,
    /// The case in which it is needed, in the words of the page. Null if it is always needed.
    pub when: Option<String>,
}

/// An action, with the operations of the service that name it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Action {
    /// `service:resource:operation`.
    pub name: String,
    /// The name of its constant, unique in the service: `IMAGES_SHARE`.
    pub constant: String,
    /// The identifiers of the operations that need it, at least in some case.
    pub needed_by: Vec<String>,
    /// The identifiers of the operations that depend on it.
    pub dependency_of: Vec<String>,
}

impl Context {
    /// The context of a project's model.
    pub fn of(project: &Project, models: &[ModelFile]) -> Context {
        let services = pipeline::services(project, models);
        let names: Names<'_> = models.iter().map(named).collect();
        Context {
            context: VERSION,
            generator: concat!("permspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            catalogue: lookup::version(&project.catalogue_name(), &services),
            limits: Limits {
                characters: limits::CHARACTERS,
                statements: limits::STATEMENTS,
                actions: limits::ACTIONS,
                action_characters: limits::ACTION_CHARACTERS,
            },
            services: services
                .iter()
                .map(|service| Service::of(project, service, &names))
                .collect(),
            service: None,
            page: None,
        }
    }
}

/// The names of pages by service and path. Two pages of one service may have the same file name.
type Names<'m> = BTreeMap<(&'m str, &'m str), String>;

fn named(model: &ModelFile) -> ((&str, &str), String) {
    let stem = model.path.file_stem().unwrap_or_default();
    let place = (&*model.page.service, &*model.page.page.path);
    (place, stem.to_string_lossy().into_owned())
}

impl Service {
    fn of(project: &Project, service: &model::Service, names: &Names<'_>) -> Service {
        let sharing = Sharing::of(service);
        let pages = service
            .pages
            .iter()
            .map(|page| Page::of(project, page, names, &sharing));
        Service {
            name: service.name.clone(),
            title: inert::line(service.display_name()),
            operation_count: service.operations().count(),
            pages: pages.collect(),
            actions: actions(service),
        }
    }
}

impl Page {
    fn of(project: &Project, page: &model::Page, names: &Names<'_>, sharing: &Sharing<'_>) -> Page {
        let origin = &page.page;
        let operation = |operation: &model::Operation| Operation {
            id: operation.id.clone(),
            name: format!("{}.{}", page.service, operation.id),
            service: page.service.clone(),
            title: inert::line(&operation.title),
            section: operation.section.as_deref().map(inert::line),
            line: operation.line,
            source: project
                .source_of(page, operation.line)
                .or_else(|| origin.doc_url.clone()),
            routes: operation
                .endpoints
                .iter()
                .map(TemplateEndpoint::of)
                .collect(),
            shares: sharing.with(operation).map(Shares::of),
            actions: needed(&operation.actions),
            dependencies: needed(&operation.dependencies),
            iam_project: operation.iam_project,
            enterprise_project: operation.enterprise_project,
        };
        Page {
            name: names[&(&*page.service, &*origin.path)].clone(),
            title: inert::line(&origin.title),
            path: origin.path.clone(),
            original_name: origin.original_name.clone(),
            url: origin.doc_url.clone(),
            sha256: origin.sha256.clone(),
            operations: page.operations.iter().map(operation).collect(),
        }
    }
}

/// The maximum number of other operations that are named.
const MOST_NAMES: usize = 12;

impl Shares {
    fn of(shared: Shared<'_, '_>) -> Shares {
        let mut others: Vec<String> = shared.others().map(|other| other.id.clone()).collect();
        let more = others.len().saturating_sub(MOST_NAMES);
        others.truncate(MOST_NAMES);
        Shares {
            with: others,
            more,
            decides: match shared.decides() {
                sharing::Decides::Body => Decides::Body,
                sharing::Decides::Query => Decides::Query,
                sharing::Decides::Unstated => Decides::Unstated,
            },
        }
    }
}

impl TemplateEndpoint {
    fn of(endpoint: &Endpoint) -> Self {
        TemplateEndpoint {
            method: endpoint.method.clone(),
            path: endpoint.path.clone(),
            query: endpoint.query.clone(),
            body_action: endpoint.body_action.clone(),
        }
    }
}

fn needed(requirements: &[Requirement]) -> Vec<Needed> {
    let needed = |Requirement { action, when }: &Requirement| Needed {
        action: action.clone(),
        when: when.as_deref().map(inert::line),
    };
    requirements.iter().map(needed).collect()
}

fn actions(service: &model::Service) -> Vec<Action> {
    let action = |(name, constant): (String, String)| {
        let action = Action {
            name: name.clone(),
            constant,
            needed_by: Vec::new(),
            dependency_of: Vec::new(),
        };
        (name, action)
    };
    let mut actions: BTreeMap<String, Action> =
        constants(service).into_iter().map(action).collect();
    for (_, operation) in service.operations() {
        for (requirements, depends) in
            [(&operation.actions, false), (&operation.dependencies, true)]
        {
            for requirement in requirements {
                let Some(action) = actions.get_mut(&requirement.action) else {
                    continue;
                };
                let users = if depends {
                    &mut action.dependency_of
                } else {
                    &mut action.needed_by
                };
                if users.last() != Some(&operation.id) {
                    users.push(operation.id.clone());
                }
            }
        }
    }
    actions.into_values().collect()
}
