//! The generated crate of types: manifest, `lib.rs`, and one module per service. It stands on the generated crate of
//! routes. This module must never write a file.

use minijinja::value::Serde;
use minijinja::{Value, context};
use std::collections::BTreeSet;

use super::super::example::Example;
use super::super::package::listed;
use super::super::{VERSION, frame};
use super::Around;
use super::plan;
use super::shape::Function;
use crate::ident::value_ident;
use crate::load::InterfaceFile;
use crate::model::{Interface, Service};
use crate::project::{Package, Project, TypesPackage};
use crate::write::Files;

/// The folder of the crate of types, in the folder of the crate of routes.
const FOLDER: &str = "types";

/// Adds the crate of types to the files of the crate of routes.
pub(crate) fn package(
    project: &Project,
    (routes, types): (&Package, &TypesPackage),
    services: &[Service],
    interfaces: &[InterfaceFile],
    files: &mut Files,
) {
    let root = project.package_path(routes).join(FOLDER);
    let own = |service: &Service| -> Vec<&Interface> {
        let all = interfaces.iter().map(|file| &file.interface);
        all.filter(|interface| interface.service == service.name)
            .collect()
    };
    let example = Example::among(services, &routes.default_features, &|service| {
        Some(plain(service, &own(service)))
    });
    let context = context! {
        permspec => VERSION,
        package => Value::from(Serde(types)),
        routes => Value::from(Serde(routes)),
        services => listed(services, routes),
        example => Value::from(Serde(example)),
    };
    for (file, frame) in [
        ("Cargo.toml", "crate/types.toml.j2"),
        ("src/lib.rs", "crate/types.rs.j2"),
    ] {
        files.insert(root.join(file), frame::render(frame, context.clone()));
    }
    let routes = routes.name.replace('-', "_");
    for service in services {
        let module = value_ident(&service.name);
        let around = Around {
            routes: Some(&format!("::{routes}::{module}")),
            page: &|interface| project.source_of(&interface.without_permissions(), interface.line),
            offset: &|interface| project.offset(&interface.service, &interface.id),
        };
        let code = super::module(service, &own(service), around);
        files.insert(root.join(format!("src/{module}.rs")), code);
    }
}

/// The operations whose call is plain enough for an example.
fn plain(service: &Service, interfaces: &[&Interface]) -> BTreeSet<String> {
    let functions = plan(service, interfaces, Around::IN_ROUTES).functions;
    let plain = functions.into_iter().filter(Function::is_plain);
    plain.map(|function| function.id).collect()
}
