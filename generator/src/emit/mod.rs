//! From the model to files in memory: a module per service, and the crate around them.
//! Emitters are pure functions of the model; this module must never read a page or touch the disk.

mod doc;
mod frame;
mod item;
mod lookup;
mod parameter;
mod permission;
mod query;
mod route;
mod stub;
mod syntax;

use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Value, context};
use syn::{File, Item};

use crate::inert;
use crate::lookup::{Digest, digest, table, version_of};
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

/// The module of one service: what `src/<service>.rs` holds, and what a build script puts into
/// `OUT_DIR`. It has no inner attributes, so that it can be included.
pub(crate) fn module(service: &Service) -> String {
    described(service, &digest(service))
}

/// The module of a service whose model has this digest.
fn described(service: &Service, digest: &Digest) -> String {
    let constants = permission::Constants::of(service);
    let queries = query::Names::of(service);
    let mut items = vec![
        Item::Use(route::imports(service)),
        Item::Enum(route::enumeration(service)),
        Item::Impl(route::methods(service)),
    ];
    items.extend(route::traits(service));
    items.push(Item::Static(route::table(service, &constants)));
    items.push(Item::Static(lookup::catalogue(service, digest)));
    items.push(Item::Mod(constants.module(service)));
    items.extend(queries.module(service).map(Item::Mod));
    items.extend(stub::functions(service, &queries).into_iter().map(Item::Fn));
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
fn formatted(item: Item) -> String {
    let file = File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    prettyplease::unparse(&file).trim_end().to_owned()
}
