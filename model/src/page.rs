//! The operations of one documentation page, with where the page came from.
//! One value is one JSON file of the model; this module must never touch the disk.

use std::collections::BTreeMap;

use super::object::json_object;
use super::{Extra, Operation, VERSION};

/// The model of one page: the content of `spec/<service>/<page>.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The major version of the format.
    #[cfg_attr(feature = "schema", schemars(range(min = 2, max = 2)))]
    pub permspec: u32,
    /// The short name of the service, such as `ims`.
    pub service: String,
    /// Where the operations came from.
    pub page: Origin,
    /// The operations in the order of the page's rows.
    pub operations: Vec<Operation>,
    /// What the constants of its actions are called, where that is not their plain name, which another
    /// constant of the service has. A key that begins with `?` is a query parameter.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub constants: BTreeMap<String, String>,
    /// What a newer minor version has added.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extra: Extra,
}

json_object!(Page {
    permspec,
    service,
    page,
    operations
} and {
    constants
});

/// The documentation page behind a model file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// The page's title.
    pub title: String,
    /// Its path below the documentation folder, with `/` between folders.
    pub path: String,
    /// The page's stable name, `:original_name:` without its ending: pages move, this stays.
    pub original_name: Option<String>,
    /// The published page, where a base address is configured.
    pub doc_url: Option<String>,
    /// SHA-256 of the page's text, its lines ended by line feeds, in lower-case hexadecimal.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: String,
    /// What a newer minor version has added.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extra: Extra,
}

json_object!(Origin {
    title,
    path,
    original_name,
    doc_url,
    sha256
});

impl Page {
    /// A page of the present format version.
    pub fn new(service: impl Into<String>, page: Origin, operations: Vec<Operation>) -> Self {
        Page {
            permspec: VERSION,
            service: service.into(),
            page,
            operations,
            constants: BTreeMap::new(),
            extra: Extra::new(),
        }
    }

    /// The page's file name without folder and ending: `image_sharing`.
    pub fn stem(&self) -> &str {
        stem(&self.page.path)
    }
}

/// A page's name: its path without folders and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".rst").unwrap_or(name)
}

/// A service: the pages that document it and the name that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The short name, such as `ims`: folder, feature and module are named for it.
    pub name: String,
    /// The full name, such as `Image Management Service`, where one is configured.
    pub title: Option<String>,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Page>,
}

impl Service {
    /// All operations with the page that documents each, in page and row order.
    pub fn operations(&self) -> impl Iterator<Item = (&Page, &Operation)> {
        self.pages
            .iter()
            .flat_map(|page| page.operations.iter().map(move |op| (page, op)))
    }

    /// The full name where one is known, else the short one.
    pub fn display_name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}
