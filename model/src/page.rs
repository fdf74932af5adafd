//! The operations of one documentation page, with the origin of the page.
//! One value is one JSON file of the model.

use std::collections::BTreeMap;

use super::object::json_object;
use super::{Extra, Operation, VERSION, parameters};

/// The model of one page: the content of `spec/<service>/<page>.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The major version of the format.
    #[cfg_attr(feature = "schema", schemars(range(min = 2, max = 2)))]
    pub permspec: u32,
    /// The short name of the service, such as `ims`.
    pub service: String,
    /// The origin of the operations.
    pub page: Origin,
    /// The operations in the order of the page's rows.
    pub operations: Vec<Operation>,
    /// The names of the constants of its actions that differ from their plain name, because another
    /// constant of the service already has that name. A key that begins with `?` is a query parameter.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub constants: BTreeMap<String, String>,
    /// The fields of a newer minor version.
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

/// The documentation page of a model file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// The title of the page.
    pub title: String,
    /// The path below the documentation folder, with `/` between folders.
    pub path: String,
    /// The stable name of the page: `:original_name:` without its ending. It stays if the page moves.
    pub original_name: Option<String>,
    /// The address of the published page, if a base address is configured.
    pub doc_url: Option<String>,
    /// The SHA-256 checksum of the page's text with line feeds as line ends, in lower-case hexadecimal.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: String,
    /// The fields of a newer minor version.
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
    /// Makes a page of the current format version.
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

    /// The file name of the page without folder and ending, such as `image_sharing`.
    pub fn stem(&self) -> &str {
        stem(&self.page.path)
    }
}

/// The name of a page: its path without folders and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".rst").unwrap_or(name)
}

/// A service: its pages, and its name for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The short name, such as `ims`. The folder, the feature and the module have this name.
    pub name: String,
    /// The full name, such as `Image Management Service`, if one is configured.
    pub title: Option<String>,
    /// Where it is.
    pub access: Access,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Page>,
}

/// Where a service is, and how its calls name the caller. Pages do not state it, so it is configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The pattern of its address: `https://ims.{region}.otc.t-systems.com`.
    pub address: Option<String>,
    /// Its types in the catalogue of a token, the best one first: `image`.
    pub types: Vec<String>,
    /// Whether it belongs to an account, and not to a project in a region.
    pub is_account_level: bool,
    /// The path parameters that mean the caller's own project or account: `project_id`.
    pub own: Vec<String>,
}

impl Access {
    /// Whether each parameter of a path means the caller's own project or account, from left to right. A second place
    /// with the same name means another one.
    pub fn is_own(&self, path: &str) -> Vec<bool> {
        let names: Vec<&str> = parameters(path).map(|it| it.name).collect();
        let is_own = |(at, name): (usize, &&str)| {
            self.own.iter().any(|own| own == name) && !names[..at].contains(name)
        };
        names.iter().enumerate().map(is_own).collect()
    }
}

impl Service {
    /// All operations, each with the page that documents it, in page and row order.
    pub fn operations(&self) -> impl Iterator<Item = (&Page, &Operation)> {
        self.pages
            .iter()
            .flat_map(|page| page.operations.iter().map(move |op| (page, op)))
    }

    /// The full name if it is known, and otherwise the short one.
    pub fn display_name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}
