//! The catalogue of a project: every operation once, whether a permission page, a reference page or both describe it.
//! It only joins what the model pins. This module must never decide which page and which row are one.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::load::{InterfaceFile, ModelFile};
use crate::model::{Endpoint, Operation};
use crate::project::shown;

/// Where an operation of a permission page is: the file and the place in it, by service and identifier.
type Rows = BTreeMap<(String, String), (usize, usize)>;

/// The operations of permission pages, then those that only reference pages describe, each as a page of its own.
///
/// An operation of a permission page gets the body action that its reference page shows, and the calls if the row
/// states none. An operation without a row
/// gets the requirements of the row that states its call, if the interface names one.
pub(crate) fn joined(
    models: Vec<ModelFile>,
    interfaces: &[InterfaceFile],
    report: &mut Report,
) -> Vec<ModelFile> {
    let rows = rows(&models);
    let mut catalogue = models;
    let mut alone = Vec::new();
    for file in interfaces {
        let interface = &file.interface;
        let row = |id: &str| {
            rows.get(&(interface.service.clone(), id.to_owned()))
                .copied()
        };
        if let Some((model, at)) = row(&interface.id) {
            let operation = &mut catalogue[model].page.operations[at];
            if operation.endpoints.is_empty() {
                operation.endpoints.clone_from(&interface.endpoints);
            }
            tell(&mut operation.endpoints, &interface.endpoints);
            continue;
        }
        let mut page = interface.without_permissions();
        if let Some(permission) = &interface.permission {
            match row(permission) {
                Some((model, at)) => {
                    let stated = &catalogue[model].page.operations[at];
                    page.operations
                        .iter_mut()
                        .for_each(|own| require(own, stated));
                }
                None => report.push(stale(file, permission)),
            }
        }
        alone.push(ModelFile {
            path: file.path.clone(),
            text: file.text.clone(),
            page,
        });
    }
    catalogue.extend(alone);
    catalogue
}

/// The interfaces whose operation no permission page has, as pages of their own.
pub(crate) fn without_row(models: &[ModelFile], interfaces: Vec<InterfaceFile>) -> Vec<ModelFile> {
    let rows = rows(models);
    let alone = interfaces.into_iter().filter(|file| {
        let InterfaceFile { interface, .. } = file;
        !rows.contains_key(&(interface.service.clone(), interface.id.clone()))
    });
    alone
        .map(|file| ModelFile {
            page: file.interface.without_permissions(),
            path: file.path,
            text: file.text,
        })
        .collect()
}

fn rows(models: &[ModelFile]) -> Rows {
    let mut rows = Rows::new();
    for (model, file) in models.iter().enumerate() {
        for (at, operation) in file.page.operations.iter().enumerate() {
            let key = (file.page.service.clone(), operation.id.clone());
            rows.entry(key).or_insert((model, at));
        }
    }
    rows
}

/// Adds the key of the body that selects the operation.
fn tell(stated: &mut [Endpoint], described: &[Endpoint]) {
    for endpoint in stated
        .iter_mut()
        .filter(|endpoint| endpoint.body_action.is_none())
    {
        let shape = endpoint.shape();
        let same = described.iter().find(|other| other.shape() == shape);
        endpoint.body_action = same.and_then(|other| other.body_action.clone());
    }
}

/// Adds what the row that states the call requires.
fn require(own: &mut Operation, stated: &Operation) {
    own.actions.clone_from(&stated.actions);
    own.dependencies.clone_from(&stated.dependencies);
    own.iam_project = stated.iam_project;
    own.enterprise_project = stated.enterprise_project;
}

fn stale(file: &InterfaceFile, permission: &str) -> Diagnostic {
    let name = shown(&file.path);
    let at = file.text.find("\"permission\"").unwrap_or_default();
    let message = format!("no permission page of the service has the operation `{permission}`");
    Diagnostic::new(
        Code::StaleJoin,
        Location::offset(name, &file.text, at),
        message,
    )
}
