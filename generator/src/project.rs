//! What a project wants: which pages belong to which service, and what is made from them. It contains values
//! only, from permspec.toml or a build script. This module must never read a page or a model.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::extract::Headers;
use crate::inert::is_link;
use crate::model::{Access, Page};
use crate::renamed::Rename;

/// A project: the content of `permspec.toml`, or the settings of a [`Builder`](crate::Builder).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(
    feature = "config",
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Project {
    /// The folder that every other path starts from.
    #[cfg_attr(feature = "config", serde(skip))]
    pub root: PathBuf,
    /// The version of this file's format: 1.
    #[cfg_attr(feature = "config", serde(rename = "permspec"))]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub version: u32,
    /// The folder of the documentation pages, from `root`.
    #[cfg_attr(feature = "config", serde(default))]
    pub docs: PathBuf,
    /// The folder of the spec model, from `root`: `<service>/<page>.json`. `None` if the project does not
    /// keep a model. Then no name is pinned.
    #[cfg_attr(feature = "config", serde(default = "beside_the_configuration"))]
    pub models: Option<PathBuf>,
    /// Header spellings of this documentation, in addition to the built-in ones.
    #[cfg_attr(feature = "config", serde(default))]
    pub headers: Headers,
    /// The file of fix-ups, from `root`.
    pub fixups: Option<PathBuf>,
    /// The fix-ups of that file.
    #[cfg_attr(feature = "config", serde(skip))]
    pub mended: Vec<Fixup>,
    /// The file of earlier names of operations, from `root`.
    pub renamed: Option<PathBuf>,
    /// The entries of that file.
    #[cfg_attr(feature = "config", serde(skip))]
    pub renames: Vec<Rename>,
    /// Where the sources of pages can be read: an address with `{repository}` (the service's), `{file}`
    /// (the page's path in it) and `{line}`.
    pub source_url: Option<String>,
    /// What all services of the cloud have in common.
    #[cfg_attr(feature = "config", serde(default))]
    pub cloud: CloudSettings,
    /// The services by short name.
    #[cfg_attr(feature = "config", serde(rename = "service", default))]
    pub services: BTreeMap<String, ServiceSettings>,
    /// The generated crate, if there is one.
    #[cfg_attr(feature = "config", serde(rename = "crate"))]
    pub package: Option<Package>,
}

/// Where the services of a cloud are, and how their calls name the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(
    feature = "config",
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CloudSettings {
    /// The pattern of a service's address, with `{host}` (the service's `host`) and `{region}`:
    /// `https://{host}.{region}.otc.t-systems.com`.
    pub address: Option<String>,
    /// The path parameters that mean the caller's own project or account, such as `project_id`. Typed functions do
    /// not take them.
    #[cfg_attr(feature = "config", serde(default))]
    pub own_parameters: Vec<String>,
}

/// What is known about a service apart from the text of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(
    feature = "config",
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServiceSettings {
    /// The full name, such as `Image Management Service`.
    pub title: Option<String>,
    /// The folder of the service in the documentation, such as `image-management-service`. It may be any
    /// folder of a page's path.
    pub repository: Option<String>,
    /// Pages that the project keeps itself, below its own documentation folder.
    #[cfg_attr(feature = "config", serde(default))]
    pub pages: Vec<String>,
    /// The address at which the pages are published. The page's name and `.html` are appended.
    pub doc_url: Option<String>,
    /// Identifiers that people chose, by `METHOD /path` (parameter names do not matter).
    #[cfg_attr(feature = "config", serde(default))]
    pub ids: BTreeMap<String, String>,
    /// The first part of the service's host, if it is not the short name.
    pub host: Option<String>,
    /// The types of the service in the catalogue of a token, the best one first, such as `image`. The short name is
    /// the type if there are none.
    #[cfg_attr(feature = "config", serde(default))]
    pub types: Vec<String>,
    /// Whether the service belongs to an account, and not to a project in a region.
    #[cfg_attr(feature = "config", serde(default))]
    pub account_level: bool,
    /// The path parameters of this service that mean the caller's own project or account, if they are not those of
    /// `[cloud]`.
    pub own_parameters: Option<Vec<String>>,
    /// What the value of an `offset` is, by the identifier of the operation, where its page says it in words only. `*`
    /// stands for all other operations.
    #[cfg_attr(feature = "config", serde(default))]
    pub offsets: BTreeMap<String, Offset>,
}

/// What the value of a parameter such as `offset` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(feature = "config", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Offset {
    /// The number of an item. The first one is 0.
    #[cfg_attr(feature = "config", serde(rename = "items-from-0"))]
    ItemsFrom0,
    /// The number of an item. The first one is 1.
    #[cfg_attr(feature = "config", serde(rename = "items-from-1"))]
    ItemsFrom1,
    /// The number of a page. The first one is 0.
    #[cfg_attr(feature = "config", serde(rename = "pages-from-0"))]
    PagesFrom0,
    /// The number of a page. The first one is 1.
    #[cfg_attr(feature = "config", serde(rename = "pages-from-1"))]
    PagesFrom1,
    /// The page says something that does not settle it.
    Unclear,
}

/// The generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(
    feature = "config",
    serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Package {
    /// Its folder, from the project's root.
    pub path: PathBuf,
    /// Its name, such as `otc-api`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line on what it is.
    pub description: String,
    /// SPDX expression.
    pub license: String,
    /// The features that are enabled by default.
    #[cfg_attr(feature = "config", serde(default))]
    pub default_features: Vec<String>,
    /// The path of permspec-runtime from the crate's folder, if it does not come from a registry.
    pub runtime_path: Option<String>,
    /// The crate of types that stands on this one.
    pub types: Option<TypesPackage>,
}

/// The generated crate of types and typed calls. It is in the folder `types` of the generated crate, and has its
/// version and license.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(
    feature = "config",
    serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TypesPackage {
    /// Its name, such as `otc-types`.
    pub name: String,
    /// One line on what it is.
    pub description: String,
}

/// One error of a page: the row as the page has it, and what is meant. If the page has another row in its
/// place, the fix-up is stale, which is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(feature = "config", serde(deny_unknown_fields))]
pub struct Fixup {
    /// The page: its `:original_name:` without the ending, or the end of its path. Exactly one page must fit.
    pub page: String,
    /// The title of the row.
    pub row: String,
    /// All that the row states. A cell that is left out here must be empty.
    pub found: Cells,
    /// What is meant. A cell that is left out here is correct as it was found.
    #[cfg_attr(feature = "config", serde(default))]
    pub meant: Cells,
    /// How many times the page states the row, if this is the error. The first row stays.
    pub times: Option<usize>,
    /// Calls and actions that show the error. Other rows of the page must state each of them.
    #[cfg_attr(feature = "config", serde(default))]
    pub evidence: Vec<String>,
    /// The reason why this is an error.
    pub why: String,
    /// The line in its file, from 1; 0 if it was made in code.
    #[cfg_attr(feature = "config", serde(skip))]
    pub line: usize,
}

/// The cells of a row, as a fix-up writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(feature = "config", serde(deny_unknown_fields))]
pub struct Cells {
    /// Calls as pages write them: `GET /v1/images?limit={limit}`, `POST /v2/{id}/action (action="start")`.
    pub calls: Option<Vec<String>>,
    /// Actions, with the case of each after it: `evs:tags:list (EVS disk)`.
    pub actions: Option<Vec<String>>,
    /// Actions of the column of dependencies.
    pub dependencies: Option<Vec<String>>,
}

impl ServiceSettings {
    /// Where a page of the service is published, if a base address is configured.
    pub(crate) fn page_url(&self, path: &str) -> Option<String> {
        let base = self.doc_url.as_deref()?;
        let name = crate::model::stem(path);
        Some(format!("{}/{name}.html", base.trim_end_matches('/')))
    }
}

impl Project {
    /// A project below `root` without services.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Project {
            root: root.into(),
            version: 1,
            ..Project::default()
        }
    }

    /// What the `offset` of an operation is, if it is stated.
    pub fn offset(&self, service: &str, id: &str) -> Option<Offset> {
        let offsets = &self.services.get(service)?.offsets;
        offsets.get(id).or_else(|| offsets.get("*")).copied()
    }

    /// Where a service is.
    pub(crate) fn access(&self, service: &str) -> Access {
        let settings = self.services.get(service).cloned().unwrap_or_default();
        let host = settings.host.as_deref().unwrap_or(service);
        let address = self.cloud.address.as_deref();
        let own = settings.own_parameters;
        Access {
            address: address.map(|pattern| pattern.replace("{host}", host)),
            types: settings.types,
            is_account_level: settings.account_level,
            own: own.unwrap_or_else(|| self.cloud.own_parameters.clone()),
        }
    }

    /// The service that a page of a documentation belongs to: the service whose repository is a folder of its
    /// path, otherwise the service with the name of its first folder.
    pub fn service_of(&self, page: &str) -> String {
        let mut folders: Vec<&str> = page.split('/').collect();
        folders.pop();
        let owner = self.services.iter().find(|(_, settings)| {
            settings
                .repository
                .as_deref()
                .is_some_and(|own| folders.contains(&own))
        });
        let folder = folders.first().copied().unwrap_or("docs");
        owner.map_or_else(|| folder.to_owned(), |(name, _)| name.clone())
    }

    /// The project with these services too. New services have no settings.
    pub(crate) fn with_services<'a>(&self, names: impl Iterator<Item = &'a String>) -> Self {
        let mut project = self.clone();
        for name in names {
            project.services.entry(name.clone()).or_default();
        }
        project
    }

    /// The name of the file of fix-ups in messages.
    pub(crate) fn fixup_file(&self) -> String {
        shown(&plain(
            &self
                .root
                .join(self.fixups.as_deref().unwrap_or(Path::new(""))),
        ))
    }

    /// The name of the file of renamed operations in messages.
    pub(crate) fn renames_file(&self) -> String {
        let file = self.renamed.as_deref().unwrap_or(Path::new(""));
        shown(&plain(&self.root.join(file)))
    }

    /// The name of the project's catalogue: the generated crate and its version, if there is one.
    pub fn catalogue_name(&self) -> String {
        match &self.package {
            Some(package) => format!("{} {}", package.name, package.version),
            None => "the spec model".to_owned(),
        }
    }

    /// The address of a line of a page's source, by `source_url`. `None` if there is no `source_url`, or if
    /// the page is not below the repository of its service.
    pub fn source_of(&self, page: &Page, line: u32) -> Option<String> {
        let address = self.source_url.as_deref()?;
        let settings = self.services.get(&page.service)?;
        let repository = settings.repository.as_deref()?;
        let (_, file) = format!("/{}", page.page.path)
            .split_once(&format!("/{repository}/"))
            .map(|(before, file)| (before.to_owned(), file.to_owned()))?;
        let address = address
            .replace("{repository}", repository)
            .replace("{file}", &file)
            .replace("{line}", &line.to_string());
        is_link(&address).then_some(address)
    }

    /// The file of a page, from its path below the documentation folder.
    pub fn page_path(&self, page: &str) -> PathBuf {
        plain(&self.root.join(&self.docs).join(page))
    }

    /// The folder that the project's own pages are in.
    pub fn docs_path(&self) -> PathBuf {
        plain(&self.root.join(&self.docs))
    }

    /// The folder of the spec model, if the project keeps one.
    pub fn models_path(&self) -> Option<PathBuf> {
        self.models
            .as_ref()
            .map(|models| plain(&self.root.join(models)))
    }

    /// The folder of a service's model files, if the project keeps a model.
    pub fn model_folder(&self, service: &str) -> Option<PathBuf> {
        self.models
            .as_ref()
            .map(|models| plain(&self.root.join(models).join(service)))
    }

    /// The folder of the generated crate.
    pub fn package_path(&self, package: &Package) -> PathBuf {
        plain(&self.root.join(&package.path))
    }
}

#[cfg(feature = "config")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "serde wants the type of the field"
)]
fn beside_the_configuration() -> Option<PathBuf> {
    Some(PathBuf::new())
}

/// The path without `.` and `folder/..`, for messages. The disk is not read.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// A path as messages and headers show it, with `/` between folders on every platform.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_source_has_an_address_where_the_page_is_in_a_repository() {
        let mut project = Project::new("");
        project.source_url = Some("https://code.example/{repository}/blob/{file}#L{line}".into());
        let settings = ServiceSettings {
            repository: Some("image-service".into()),
            ..ServiceSettings::default()
        };
        project.services.insert("ims".into(), settings);
        let page = |path: &str| {
            let origin = format!(
                r#"{{"title": "", "path": "{path}", "original_name": null, "doc_url": null, "sha256": ""}}"#
            );
            Page::new("ims", serde_json::from_str(&origin).unwrap(), Vec::new())
        };
        assert_eq!(
            project
                .source_of(&page("image-service/api/sharing.rst"), 11)
                .as_deref(),
            Some("https://code.example/image-service/blob/api/sharing.rst#L11")
        );
        assert_eq!(project.source_of(&page("ims/sharing.rst"), 11), None);
        assert_eq!(project.source_of(&page("image-service/x) y.rst"), 11), None);
    }

    #[test]
    fn paths_in_messages_have_no_detours() {
        let mut project = Project::new("spec");
        project.docs = ".".into();
        assert_eq!(
            shown(&project.page_path("ims/image_sharing.rst")),
            "spec/ims/image_sharing.rst"
        );
        assert_eq!(
            plain(Path::new("spec/../generated")),
            Path::new("generated")
        );
        assert_eq!(plain(Path::new("../generated")), Path::new("../generated"));
    }
}
