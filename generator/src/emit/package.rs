//! The generated crate: manifest, `lib.rs`, the catalogue of all services, and one module per service. Build
//! scripts do not use it. This module must never write a file.

use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::example::Example;
use super::{VERSION, described, frame, lookup};
use crate::ident::value_ident;
use crate::inert;
use crate::lookup::{Digest, digest, table, version_of};
use crate::model::Service;
use crate::project::Package;
use crate::write::Files;

/// The whole generated crate below `root`: manifest, `lib.rs`, the catalogue of all services, and one module
/// per service.
pub(crate) fn package(services: &[Service], package: &Package, root: &Path) -> Files {
    let mut files = Files::below(root);
    let context = context! {
        permspec => VERSION,
        package => Value::from(Serde(package)),
        services => listed(services, package),
        example => Value::from(Serde(Example::of(services, &package.default_features))),
    };
    files.insert(
        root.join("Cargo.toml"),
        frame::render("crate/Cargo.toml.j2", context.clone()),
    );
    files.insert(
        root.join("src/lib.rs"),
        frame::render("crate/lib.rs.j2", context.clone()),
    );
    let digests: Vec<Digest> = services.iter().map(digest).collect();
    let catalogue = context! {
        version => version_of(&format!("{} {}", package.name, package.version), &digests),
        tree => lookup::byte_string(&table(services)),
        ..context
    };
    files.insert(
        root.join("src/catalogue.rs"),
        frame::render("crate/catalogue.rs.j2", catalogue),
    );
    for (service, digest) in services.iter().zip(&digests) {
        let file = format!("src/{}.rs", value_ident(&service.name));
        files.insert(root.join(file), described(service, digest));
    }
    files
}

/// What the frames of a crate say of each service.
pub(super) fn listed(services: &[Service], package: &Package) -> Vec<Value> {
    let service = |service: &Service| {
        context! {
            name => &*service.name,
            module => value_ident(&service.name),
            title => inert::text(service.display_name()),
            operations => service.operations().count(),
            default => package.default_features.contains(&service.name),
        }
    };
    services.iter().map(service).collect()
}
