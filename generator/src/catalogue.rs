//! The catalogue of a project: every operation once, whether a permission page, a reference page or both describe it.
//! It only joins what the model pins. This module must never decide which page and which row are one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::load::{InterfaceFile, ModelFile};
use crate::model::{Documented, Endpoint, Operation, documented};
use crate::project::shown;

/// An operation by service and identifier.
type Key<'a> = (&'a str, &'a str);

/// The operations of permission pages, then those that only reference pages describe, each as a page of its own.
///
/// An operation of a permission page gets what its reference page adds to its calls. An operation without a row gets
/// the requirements of the row that states its call, if the interface names one.
pub(crate) fn joined(
    mut models: Vec<ModelFile>,
    interfaces: &[InterfaceFile],
    report: &mut Report,
) -> Vec<ModelFile> {
    let pages = models.iter().map(|file| &file.page);
    let all = documented(pages, interfaces.iter().map(|file| &file.interface));
    let rows: BTreeMap<Key<'_>, &Operation> = all
        .iter()
        .filter_map(|it| Some(((it.service, it.id), it.permissions?)))
        .collect();
    let alone: Vec<ModelFile> = interfaces
        .iter()
        .filter(|file| !rows.contains_key(&key(file)))
        .map(|file| without_row(file, &rows, report))
        .collect();
    let calls: Vec<Vec<Endpoint>> = all
        .iter()
        .filter(|it| it.permissions.is_some())
        .map(Documented::endpoints)
        .collect();
    let operations = models.iter_mut().flat_map(|file| &mut file.page.operations);
    for (operation, endpoints) in operations.zip(calls) {
        operation.endpoints = endpoints;
    }
    models.extend(alone);
    models
}

/// The interfaces whose operation no permission page has, as pages of their own.
pub(crate) fn alone(models: &[ModelFile], interfaces: &[InterfaceFile]) -> Vec<ModelFile> {
    let pages = models.iter().map(|file| &file.page);
    let all = documented(pages, interfaces.iter().map(|file| &file.interface));
    let rows: BTreeSet<Key<'_>> = all
        .iter()
        .filter(|it| it.permissions.is_some())
        .map(|it| (it.service, it.id))
        .collect();
    let alone = interfaces.iter().filter(|file| !rows.contains(&key(file)));
    alone.map(page).collect()
}

fn key(file: &InterfaceFile) -> Key<'_> {
    (&file.interface.service, &file.interface.id)
}

fn page(file: &InterfaceFile) -> ModelFile {
    ModelFile {
        path: file.path.clone(),
        text: file.text.clone(),
        page: file.interface.without_permissions(),
    }
}

/// An operation that no permission page has, with what the row requires that states its call.
fn without_row(
    file: &InterfaceFile,
    rows: &BTreeMap<Key<'_>, &Operation>,
    report: &mut Report,
) -> ModelFile {
    let mut made = page(file);
    let interface = &file.interface;
    let Some(permission) = &interface.permission else {
        return made;
    };
    match rows.get(&(interface.service.as_str(), permission.as_str())) {
        Some(stated) => {
            for own in &mut made.page.operations {
                own.actions.clone_from(&stated.actions);
                own.dependencies.clone_from(&stated.dependencies);
                own.iam_project = stated.iam_project;
                own.enterprise_project = stated.enterprise_project;
            }
        }
        None => report.push(stale(file, permission)),
    }
    made
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
