//! Whether a model can become code: its names, routes and actions, whoever wrote the JSON.
//! A model file may have been edited by hand; this module must never assume that the extractor
//! made it, and never change what it checks.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::{METHODS, is_action};
use crate::load::ModelFile;
use crate::model::Operation;
use crate::name::is_identifier;
use crate::project::shown;

/// Reports what is wrong in model files of one project.
pub fn models(files: &[ModelFile], report: &mut Report) {
    let mut taken: BTreeMap<(&str, &str), &ModelFile> = BTreeMap::new();
    for file in files {
        // Most models have no faults, and then nobody asks where an operation is.
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
            }
        }
        report.add_source(shown(&file.path), &file.text);
    }
}

fn faults(operation: &Operation) -> Vec<(Code, String)> {
    let Operation {
        id,
        routes,
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
    for route in routes {
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
            faults.push((Code::UnknownMethod, format!("`{method}` is no HTTP method")));
        }
    }
    for requirement in actions.iter().chain(dependencies) {
        if !is_action(&requirement.action) {
            faults.push((
                Code::NotAnAction,
                format!("`{}` is no action", requirement.action),
            ));
        }
    }
    faults
}
