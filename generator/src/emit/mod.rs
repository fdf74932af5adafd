//! From the model to files in memory: a module per service, and the crate around them.
//! Emitters are pure functions of the model; this module must never read a page or touch the disk.

mod doc;
mod frame;
mod lookup;
mod parameter;
mod permission;
mod query;
mod route;
mod stub;

use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Value, context};
use proc_macro2::TokenStream;

use crate::inert;
use crate::lookup::{table, version};
use crate::model::Service;
use crate::name::value_ident;
use crate::project::Package;
use crate::write::Files;

/// The version that headers name.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The whole generated crate below `root`: manifest, `lib.rs`, the catalogue of all services,
/// and one module a service.
pub(crate) fn package(services: &[Service], package: &Package, root: &Path) -> Files {
    let mut files = Files::default();
    let listed: Vec<_> = services
        .iter()
        .map(|service| {
            context! {
                name => &*service.name,
                module => value_ident(&service.name),
                title => inert::text(service.display_name()),
                operations => service.operations().count(),
                default => package.default_features.contains(&service.name),
            }
        })
        .collect();
    let context = context! { permspec => VERSION, package => Value::from(Serde(package)), services => listed };
    files.insert(
        root.join("Cargo.toml"),
        frame::render("crate/Cargo.toml.j2", context.clone()),
    );
    files.insert(
        root.join("src/lib.rs"),
        frame::render("crate/lib.rs.j2", context.clone()),
    );
    let catalogue = context! {
        version => version(&format!("{} {}", package.name, package.version), services),
        tree => lookup::byte_string(&table(services)),
        ..context
    };
    files.insert(
        root.join("src/catalogue.rs"),
        frame::render("crate/catalogue.rs.j2", catalogue),
    );
    for service in services {
        let file = format!("src/{}.rs", value_ident(&service.name));
        files.insert(root.join(file), module(service));
    }
    files
}

/// The module of one service: what `src/<service>.rs` holds, and what a build script puts into
/// `OUT_DIR`. It has no inner attributes, so that it can be included.
pub(crate) fn module(service: &Service) -> String {
    let constants = permission::Constants::of(service);
    let mut items = vec![route::imports(service)];
    items.extend(route::enumeration(service));
    items.push(route::table(service, &constants));
    items.push(lookup::catalogue(service));
    items.push(constants.module(service));
    let queries = query::Names::of(service);
    items.extend(queries.module(service));
    items.extend(stub::functions(service, &queries));
    let items: Vec<String> = items.into_iter().map(formatted).collect();
    let from = match service.pages.as_slice() {
        [page] => page.page.path.clone(),
        pages => format!("{} pages of {}", pages.len(), service.name),
    };
    frame::render(
        "rust/module.rs.j2",
        context! { permspec => VERSION, from => inert::line(&from), items },
    )
}

/// One item as prettyplease prints it. Items are printed one by one, so that the frame can set
/// them apart with blank lines.
fn formatted(item: TokenStream) -> String {
    let file = syn::parse2(item).expect("emitters make complete items");
    prettyplease::unparse(&file).trim_end().to_owned()
}
