//! One method of one path: the operations that share it, as one OpenAPI operation.
//! Each operation stays whole in `x-permissions`; this module must never merge what two of them need.

use permspec::inert;
use permspec::model::{Endpoint, Operation, Page, Requirement};
use permspec::sharing::Decides;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::document::{ExternalDocs, OperationObject, Parameter, SCHEMES};
use super::{DocumentedEndpoint, Version};

/// An operation that a call may be, with all that it needs.
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
    /// What tells the operations apart, where there are several.
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
        // Where the body decides between some of them, there must be one.
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
                "default": {"$ref": "#/components/responses/Answer"},
            }),
            security: self.security(version),
            operation_id: self.operation_id,
            tags: self.tags,
            external_docs: self.external_docs,
            parameters: self.query,
            permissions: self.alternatives,
        }
    }

    /// Which operations the call may be, where it may be several.
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

    /// Any JSON, for the tables do not describe bodies; the keys that select an operation are named.
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

    /// What every caller needs, by scheme: one requirement for each set of actions. OpenAPI 3.1 has room
    /// for roles there ("Security Requirement Object"), 3.0 has not.
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
