//! Checks whether a model can become code: its names, routes and actions. People may have edited a model
//! file. This module must never assume that the extractor made it, and never change what it checks.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::ident::{constant_faults, function, is_identifier};
use crate::load::ModelFile;
use crate::model::{METHODS, Operation, Page, is_action};
use crate::project::shown;

/// Reports what is wrong in model files of one project.
pub fn models(files: &[ModelFile], report: &mut Report) {
    let mut taken: BTreeMap<(&str, &str), &ModelFile> = BTreeMap::new();
    let mut functions: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for file in files {
        // The places of operations are only computed if there is a fault.
        let places: LazyCell<BTreeMap<String, Location>, _> = LazyCell::new(|| file.places());
        let place = |operation: &Operation| {
            let known = places.get(&operation.id).cloned();
            known.unwrap_or_else(|| Location::file(shown(&file.path)))
        };
        for operation in &file.page.operations {
            for (code, message) in faults(operation) {
                report.push(Diagnostic::new(code, place(operation), message));
            }
            let key = (file.page.service.as_str(), operation.id.as_str());
            if let Some(other) = taken.insert(key, file) {
                let message = format!("`{}` is also in {}", operation.id, shown(&other.path));
                report.push(Diagnostic::new(Code::EqualIds, place(operation), message));
                continue;
            }
            let function = function(&operation.id);
            let key = (file.page.service.as_str(), function.clone());
            if let Some(other) = functions.insert(key, &operation.id) {
                let id = &operation.id;
                let message =
                    format!("`{id}` and `{other}` would both become the function `{function}`");
                report.push(Diagnostic::new(Code::EqualIds, place(operation), message));
            }
        }
        report.add_source(shown(&file.path), &file.text);
    }
    constants(files, report);
}

/// Reports names of constants that cannot be used.
fn constants(files: &[ModelFile], report: &mut Report) {
    let services: BTreeSet<&str> = files.iter().map(|file| &*file.page.service).collect();
    for service in services {
        let own: Vec<&ModelFile> = files
            .iter()
            .filter(|file| file.page.service == service)
            .collect();
        let pages: Vec<&Page> = own.iter().map(|file| &file.page).collect();
        for (at, key, message) in constant_faults(service, &pages) {
            let name = shown(&own[at].path);
            let text = &own[at].text;
            let entry = format!("{}: ", serde_json::Value::from(key));
            let place = match text.find(&entry) {
                Some(offset) => Location::offset(name, text, offset),
                None => Location::file(name),
            };
            report.push(Diagnostic::new(Code::Constant, place, message));
        }
    }
}

fn faults(operation: &Operation) -> Vec<(Code, String)> {
    let Operation {
        id,
        endpoints,
        actions,
        dependencies,
        ..
    } = operation;
    let mut faults = Vec::new();
    if !is_identifier(id) {
        faults.push((
            Code::InvalidId,
            format!("`{id}` cannot be the name of an operation"),
        ));
    }
    for route in endpoints {
        if !route.path.starts_with('/') {
            faults.push((
                Code::NotARoute,
                format!("`{route}` has no path that starts with `/`"),
            ));
        }
        if let Some(method) = route
            .method
            .as_deref()
            .filter(|method| !METHODS.contains(method))
        {
            faults.push((
                Code::UnknownMethod,
                format!("`{method}` is not an HTTP method"),
            ));
        }
    }
    for requirement in actions.iter().chain(dependencies) {
        if !is_action(&requirement.action) {
            faults.push((
                Code::NotAnAction,
                format!("`{}` is not an action", requirement.action),
            ));
        }
    }
    faults
}
