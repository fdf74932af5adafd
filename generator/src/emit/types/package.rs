//! The generated crate of types: manifest, `lib.rs`, and one module per service. It stands on the generated crate of
//! routes. This module must never write a file.

use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::super::{VERSION, frame};
use crate::ident::value_ident;
use crate::inert;
use crate::load::InterfaceFile;
use crate::model::{Interface, Service};
use crate::project::{Package, TypesPackage};
use crate::write::Files;

/// The folder of the crate of types, in the folder of the crate of routes.
const FOLDER: &str = "types";

/// Adds the crate of types to the files of the crate of routes at `root`.
pub(crate) fn package(
    services: &[Service],
    interfaces: &[InterfaceFile],
    routes: &Package,
    types: &TypesPackage,
    files: &mut Files,
    root: &Path,
) {
    let root = root.join(FOLDER);
    let listed: Vec<_> = services
        .iter()
        .map(|service| {
            context! {
                name => &*service.name,
                module => value_ident(&service.name),
                title => inert::text(service.display_name()),
                operations => service.operations().count(),
                default => routes.default_features.contains(&service.name),
            }
        })
        .collect();
    let context = context! {
        permspec => VERSION,
        package => Value::from(Serde(types)),
        routes => Value::from(Serde(routes)),
        services => listed,
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
        let own: Vec<&Interface> = interfaces
            .iter()
            .map(|file| &file.interface)
            .filter(|interface| interface.service == service.name)
            .collect();
        let code = super::module(service, &own, Some(&format!("::{routes}::{module}")));
        files.insert(root.join(format!("src/{module}.rs")), code);
    }
}
