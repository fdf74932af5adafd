//! Turns the operations that share a method and a path into one OpenAPI operation.
//! `x-permissions` keeps each operation in full. This module must never merge the needs of two operations.

use permspec::inert;
use permspec::model::{Endpoint, Operation, Page, Requirement};
use permspec::sharing::Decides;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::document::{ExternalDocs, OperationObject, Parameter, SCHEMES};
use super::{DocumentedEndpoint, Version};

/// One operation that a call may be, with everything that it needs.
#[derive(Clone, Serialize)]
pub(super) struct Alternative<'m> {
    operation: &'m str,
    title: &'m str,
    page: &'m str,
    section: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'m Endpoint>,
    actions: &'m [Requirement],
    dependencies: &'m [Requirement],
    iam_project: Option<bool>,
    enterprise_project: Option<bool>,
}

impl<'m> Alternative<'m> {
    pub(super) fn without_route(page: &'m Page, operation: &'m Operation) -> Self {
        Alternative {
            operation: &operation.id,
            title: &operation.title,
            page: &page.page.path,
            section: operation.section.as_deref(),
            route: None,
            actions: &operation.actions,
            dependencies: &operation.dependencies,
            iam_project: operation.iam_project,
            enterprise_project: operation.enterprise_project,
        }
    }

    fn of(documented: &DocumentedEndpoint<'m>) -> Self {
        Alternative {
            route: Some(documented.endpoint),
            ..Alternative::without_route(documented.page, documented.operation)
        }
    }

    fn body_action(&self) -> Option<&'m str> {
        self.route.and_then(|route| route.body_action.as_deref())
    }
}

/// The operations of one method and path.
pub(super) struct Merged<'m> {
    operation_id: String,
    takes_body: bool,
    tags: Vec<String>,
    external_docs: Option<ExternalDocs>,
    /// Parameters of the query, each name once.
    query: Vec<Parameter>,
    alternatives: Vec<Alternative<'m>>,
    /// What tells the operations apart, if there are several.
    decides: Option<Decides>,
}

impl<'m> Merged<'m> {
    pub(super) fn new(documented: &DocumentedEndpoint<'m>, method: &str) -> Self {
        let mut merged = Merged {
            operation_id: format!("{}{}", documented.operation.id, documented.suffix),
            takes_body: ["post", "put", "patch"].contains(&method),
            tags: Vec::new(),
            external_docs: ExternalDocs::of(documented.page),
            query: Vec::new(),
            alternatives: Vec::new(),
            decides: None,
        };
        merged.add(documented);
        merged
    }

    pub(super) fn add(&mut self, documented: &DocumentedEndpoint<'m>) {
        self.alternatives.push(Alternative::of(documented));
        // If the body decides between some of the operations, a body is required.
        if self.decides != Some(Decides::Body) {
            self.decides = documented.decides.or(self.decides);
        }
        let title = &documented.page.page.title;
        if !self.tags.contains(title) {
            self.tags.push(title.clone());
        }
        for name in &documented.endpoint.query {
            if self.query.iter().all(|known| known.name != *name) {
                self.query.push(Parameter::new(name, "query"));
            }
        }
    }

    pub(super) fn into_operation(self, version: Version) -> OperationObject<'m> {
        OperationObject {
            summary: self.alternatives[0].title.to_owned(),
            description: self.description(),
            request_body: self.takes_body.then(|| self.body()),
            responses: json!({
                "403": {"$ref": "#/components/responses/Forbidden"},
                "default": {"$ref": "#/components/responses/Response"},
            }),
            security: self.security(version),
            operation_id: self.operation_id,
            tags: self.tags,
            external_docs: self.external_docs,
            parameters: self.query,
            permissions: self.alternatives,
        }
    }

    /// The operations that the call may be, if there are several.
    fn description(&self) -> Option<String> {
        let item = |alternative: &Alternative<'_>| {
            let id = inert::code(alternative.operation);
            let title = inert::text(alternative.title);
            match alternative.body_action() {
                Some(key) => format!("- {id}, with {} in the body: {title}", inert::code(key)),
                None => format!("- {id}: {title}"),
            }
        };
        let items: Vec<String> = self.alternatives.iter().map(item).collect();
        let decides = match self.decides {
            Some(Decides::Body) => "the body decides",
            Some(Decides::Query) => "the query decides",
            Some(Decides::Unstated) | None => "the documentation does not say what decides",
        };
        (items.len() > 1).then(|| {
            format!(
                "These operations share this call; {decides}:\n\n{}",
                items.join("\n")
            )
        })
    }

    /// Any JSON, because the tables do not describe bodies. Keys that select an operation are named.
    fn body(&self) -> Value {
        let keys: Vec<&str> = self
            .alternatives
            .iter()
            .filter_map(Alternative::body_action)
            .collect();
        let schema = if keys.is_empty() {
            json!({})
        } else {
            let properties: Map<String, Value> = keys
                .iter()
                .map(|key| ((*key).to_owned(), json!({})))
                .collect();
            json!({"type": "object", "properties": properties})
        };
        let mut body = json!({
            "description": "The permission tables do not describe it.",
            "content": {"application/json": {"schema": schema}},
        });
        let all_have_keys = keys.len() == self.alternatives.len();
        if all_have_keys || self.decides == Some(Decides::Body) {
            body["required"] = json!(true);
        }
        body
    }

    /// The security requirements of all callers, by scheme: one requirement for each set of actions. OpenAPI 3.1 lists
    /// the actions as roles ("Security Requirement Object"). OpenAPI 3.0 cannot.
    fn security(&self, version: Version) -> Vec<Value> {
        let mut sets: Vec<Vec<&str>> = Vec::new();
        for alternative in &self.alternatives {
            let always = |needed: &&Requirement| needed.when.is_none();
            let actions = alternative.actions.iter().filter(always);
            let actions: Vec<&str> = match version {
                Version::V3_0 => Vec::new(),
                Version::V3_1 => actions.map(|needed| needed.action.as_str()).collect(),
            };
            if !sets.contains(&actions) {
                sets.push(actions);
            }
        }
        let requirement = |actions: &Vec<&str>| SCHEMES.map(|scheme| json!({scheme: actions}));
        sets.iter().flat_map(requirement).collect()
    }
}
